"""What three reviewers make of the applications to cohort 2. All of it is invented."""

from dataclasses import dataclass

from app.cohorts.reviewing.models import Recommendation

# Account -> how many each has read so far, beside what all three are told of below.
READERS = {"reviewer": 3, "farah.lindqvist": 6, "teresa.quill": 5}

KNOWS_SOMEBODY = "reviewer"
HOW_THEY_KNOW_THEM = "We were in the same youth theatre for two years."

DISAGREE = ("farah.lindqvist", "teresa.quill")


@dataclass(frozen=True)
class Words:
    """What somebody recommends, and says to whom."""

    recommendation: Recommendation
    for_the_panel: str
    for_them: str = ""


FOR = Words(
    Recommendation.YES,
    "Rough round the edges, and the strongest reason for applying that I have read. They have started "
    "something already with nothing.",
    "Your account of the Saturday group stayed with me. Tell us next time who helped you.",
)
AGAINST = Words(
    Recommendation.NO,
    "I could not tell what they did themselves and what others did. Little about the place they live in.",
    "Say more about your own part, with one example from start to finish.",
)
_Y, _M, _N = Recommendation
WORDS = (
    Words(_Y, "Knows the estate and who to talk to. Would bring others along.",
          "You describe your neighbours warmly and fairly. Keep that."),
    Words(_Y, "Clear, practical idea that needs no money to begin.",
          "Your plan for the first month is just what we hope to see."),
    Words(_Y, "Has led before without calling it that."),
    Words(_M, "Good heart, thin on detail. Worth meeting.",
          "Two or three examples would make your answers stronger."),
    Words(_M, "Strong on what is wrong, less on what they would do about it.",
          "You have seen the problem clearly. What would your first step be?"),
    Words(_M, "I would like to hear more about how they work with people who disagree."),
    Words(_N, "Mostly about getting a qualification. There are better courses for that.",
          "Have a look at the college’s own course, which may suit you better."),
)  # fmt: skip
