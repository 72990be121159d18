"""How templates are found and kept: GOV.UK's macros beside ours, whitespace trimmed."""

from typing import Any

from flask import Flask
from jinja2 import ChainableUndefined, ChoiceLoader, PackageLoader, PrefixLoader, Undefined


class StrictNames(ChainableUndefined):
    """A misspelt name or attribute is an error, not an empty space on somebody's page.

    Missing keys of a mapping stay lenient: GOV.UK's macros are written for optional parameters.
    """

    def _lenient(self) -> bool:
        # A macro asks `if caller` to learn whether it was called with a body.
        return isinstance(self._undefined_obj, dict | Undefined) or self._undefined_name == "caller"

    def __bool__(self) -> bool:
        return False if self._lenient() else self._fail_with_undefined_error()

    def __str__(self) -> str:
        return "" if self._lenient() else self._fail_with_undefined_error()

    def __html__(self) -> str:
        return str(self)

    def __iter__(self) -> Any:
        return iter(()) if self._lenient() else self._fail_with_undefined_error()

    def __getattr__(self, name: str) -> Any:
        if name[:2] == "__":
            raise AttributeError(name)
        return self if self._lenient() else self._fail_with_undefined_error()

    def __getitem__(self, name: str) -> Any:
        return self if self._lenient() else self._fail_with_undefined_error()


def register_templating(app: Flask) -> None:
    """Set the environment up; the loaders' prefixes are those the GOV.UK packages use themselves."""
    app.jinja_env.undefined = StrictNames
    # GOV.UK's macros, born in Nunjucks, name it.
    app.jinja_env.globals["undefined"] = Undefined(name="undefined")
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    ours = app.jinja_loader
    assert ours is not None
    app.jinja_loader = ChoiceLoader(  # type: ignore[misc]
        [
            ours,
            PrefixLoader(
                {
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                    "govuk_frontend_wtf": PackageLoader("govuk_frontend_wtf"),
                }
            ),
        ]
    )
