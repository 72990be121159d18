"""Examples of what the URLs of cohorts name: see `tests/rules/examples.py`.

A scene's workstream is a People Zone; anything that has a call is a cohort to the pages of one.
"""

from collections.abc import Callable
from typing import Any

COHORT_EXAMPLES: dict[str, Callable[[Any], dict[str, Any]]] = {
    # The call
    #
    # Applicants
    #
    # Applying
    #
    # Reviewing
    #
    # Interviews and decisions
    #
    # Sessions and participants
    #
    # Leaders Network and invitations
    #
    # Figures and personal data
    #
}
