"""Forms for members of the public, sent by a test that does not wait as a person would."""

from app.core.slowing import shown_token


def waited(seconds: float = 20) -> dict[str, str]:
    """What such a form carries when it was shown so many seconds ago. (Needs an application context.)"""
    return {"shown": shown_token(seconds), "website": ""}
