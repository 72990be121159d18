"""The accounts that the demo offers on its sign-in page. The people are invented."""

from dataclasses import dataclass

DOMAIN = "waymark.example"


@dataclass(frozen=True)
class DemoAccount:
    """One account: the part of its address before the @, who it is, and what they come to do."""

    local_part: str
    title: str
    description: str

    @property
    def email(self) -> str:
        return f"{self.local_part}@{DOMAIN}"


DEMO_ACCOUNTS = (
    DemoAccount("lead", "People Zone lead", "Keeps New Parks’ delivery plan current."),
    DemoAccount("contributor", "Partner contributor", "Answers only what their agency owes."),
    DemoAccount("coordinator", "Cohort coordinator", "Runs the Community Leadership Programme."),
    DemoAccount("evaluator", "Evaluator", "Reads the plans and records what changed."),
    DemoAccount("external", "External evaluator", "Reads New Parks and writes notes, until a day."),
    DemoAccount(
        "officer",
        "Partnership officer",
        "Sees everything and looks after people: an administrator.",
    ),
    DemoAccount("reviewer", "Reviewer", "Reads applications to Cohort 2 and scores them."),
    DemoAccount("facilitator", "Facilitator", "Runs sessions and takes the register."),
    DemoAccount("board", "Board member", "Reads every workstream, changes nothing."),
)
