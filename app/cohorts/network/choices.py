"""What members of the Leaders Network can say of themselves by ticking it: what is filtered by, and what
mentors are matched by."""

from enum import StrEnum


class Skill(StrEnum):
    SPEAKING = "speaking"
    EVENTS = "events"
    FUNDRAISING = "fundraising"
    SOCIAL_MEDIA = "social_media"
    WRITING = "writing"
    FILM = "film"
    COACHING = "coaching"
    LISTENING = "listening"
    VOLUNTEERS = "volunteers"
    BUDGETS = "budgets"
    CAMPAIGNS = "campaigns"
    LANGUAGES = "languages"

    @property
    def label(self) -> str:
        return {
            "speaking": "Public speaking",
            "events": "Running events",
            "social_media": "Social media",
            "film": "Film and photography",
            "listening": "Listening and mediation",
            "volunteers": "Organising volunteers",
            "budgets": "Budgets and bids",
            "campaigns": "Campaigning",
            "languages": "More than one language",
        }.get(self.value, self.value.capitalize())


class Interest(StrEnum):
    SAFER_STREETS = "safer_streets"
    YOUNG_PEOPLE = "young_people"
    HEALTH = "health"
    SPORT = "sport"
    ARTS = "arts"
    ENVIRONMENT = "environment"
    HOUSING = "housing"
    ADDICTION = "addiction"
    BELONGING = "belonging"
    WORK = "work"
    DIGITAL = "digital"
    OLDER_PEOPLE = "older_people"

    @property
    def label(self) -> str:
        return {
            "safer_streets": "Safer streets",
            "young_people": "Young people",
            "health": "Health and wellbeing",
            "arts": "Music and the arts",
            "environment": "Parks and the environment",
            "housing": "Homes and homelessness",
            "addiction": "Drugs and alcohol",
            "belonging": "Faith, culture and belonging",
            "work": "Skills and work",
            "older_people": "Older people",
        }.get(self.value, self.value.capitalize())


class Offer(StrEnum):
    """What a member will do for the programme."""

    RECRUIT = "recruit"
    MENTOR = "mentor"
    SPEAK = "speak"

    @property
    def label(self) -> str:
        return {
            "recruit": "Tell people about the next cohort",
            "mentor": "Mentor somebody in the next cohort",
            "speak": "Speak at sessions and events",
        }[self.value]

    @property
    def short(self) -> str:
        return {"recruit": "Recruits", "mentor": "Mentors", "speak": "Speaks"}[self.value]


def labels(choices: type[Skill] | type[Interest] | type[Offer], kept: list[str]) -> list[str]:
    """The words of what is kept, in the order of the choices; what is no longer a choice is left out."""
    return [choice.label for choice in choices if choice.value in kept]
