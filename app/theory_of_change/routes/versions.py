"""The kept versions of a map: all of them, one to read, any two side by side."""

from typing import Any

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from app.core import access, htmx
from app.core.rights import Right
from app.theory_of_change import queries, theories
from app.theory_of_change.comparing import compare, people_in
from app.theory_of_change.forms import KeepForm
from app.theory_of_change.interchange import kept
from app.theory_of_change.models import NodeKind, Theory
from app.theory_of_change.outline import outline
from app.theory_of_change.queries import map_url, theory_in_url, version_in_url
from app.theory_of_change.reading import read_map
from app.theory_of_change.routes import bp
from app.theory_of_change.shown import map_of_version
from app.workstreams.queries import Place

NOW = "now"


def _page(place: Place, theory: Theory, form: KeepForm) -> ResponseReturnValue:
    return form.show(
        "theory_of_change/versions.html",
        place=place,
        theory=theory,
        base=map_url(place, theory.id),
        versions=queries.versions_of(theory.id),
        may_keep=place.can(Right.EDIT_MAP),
    )


@bp.get("/<uuid:theory_id>/versions")
@access.needs(Right.VIEW_WORKSTREAM, theory_in_url)
def versions(place: Place, theory: Theory) -> ResponseReturnValue:
    """The versions of a map, newest first; compare any two, keep another."""
    return _page(place, theory, KeepForm())


@bp.post("/<uuid:theory_id>/versions/keep")
@access.needs(Right.EDIT_MAP, theory_in_url)
def keep_version(place: Place, theory: Theory) -> ResponseReturnValue:
    """Keep the map as it reads now."""
    form = KeepForm()
    if form.validate_on_submit():
        with form.saving():
            version = theories.keep_version(
                theory=theory,
                version_id=form.id.data,
                label=form.label.data or "",
                by=current_user,
            )
        if not form.failed:
            url = f"{map_url(place, theory.id)}/versions"
            return htmx.done(url, f"Version {version.number} kept")
    return _page(place, theory, form)


@bp.get("/<uuid:theory_id>/versions/<int:number>")
@access.needs(Right.VIEW_WORKSTREAM, version_in_url)
def version(
    place: Place, theory: Theory, content: dict[str, Any], number: int
) -> ResponseReturnValue:
    """One version, to read and to print."""
    about = _about(theory, number)
    the_map = map_of_version(content, queries.names_of(people_in(content)))
    return htmx.render(
        "theory_of_change/version.html",
        place=place,
        theory=theory,
        base=map_url(place, theory.id),
        version=about,
        the_map=the_map,
        lines=outline(the_map),
        kinds=[kind for kind in NodeKind if the_map.column(kind)],
        linked=False,
    )


@bp.get("/<uuid:theory_id>/compare")
@access.needs(Right.VIEW_WORKSTREAM, theory_in_url)
def compare_two(place: Place, theory: Theory) -> ResponseReturnValue:
    """Two versions side by side: `from` and `to` in the URL are a number, or "now"."""
    contents, labels = [], []
    for name in ("from", "to"):
        asked = request.args.get(name, NOW)
        if asked == NOW:
            contents.append(kept(read_map(theory)))
            labels.append("the map as it is now")
        elif asked.isdecimal():
            content = queries.content_of(theory.id, int(asked))
            if content is None:
                abort(404)
            about = _about(theory, int(asked))
            contents.append(content)
            labels.append(
                f"version {about.number}, {about.label}"
                if about.label
                else f"version {about.number}"
            )
        else:
            abort(404)
    return htmx.render(
        "theory_of_change/compare.html",
        place=place,
        theory=theory,
        base=map_url(place, theory.id),
        versions=queries.versions_of(theory.id),
        labels=labels,
        view=compare(contents[0], contents[1], queries.names_of(people_in(*contents))),
    )


def _about(theory: Theory, number: int) -> Any:
    """A version's own words, day and maker."""
    return next(row for row in queries.versions_of(theory.id) if row.number == number)
