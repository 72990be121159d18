"""The links of a map, and what each assumes."""

import uuid
from functools import partial
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.core import access
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.theory_of_change import map_page, services
from app.theory_of_change.forms import AssumptionForm, LinkForm
from app.theory_of_change.models import Assumption, Link, Theory
from app.theory_of_change.queries import (
    any_assumption_in_url,
    any_link_in_url,
    assumption_in_url,
    link_in_url,
    map_url,
    theory_in_url,
)
from app.theory_of_change.reading import read_map
from app.theory_of_change.routes import bp
from app.workstreams.queries import Place


def _link_form(place: Place, theory: Theory, **kwargs: Any) -> LinkForm:
    return LinkForm(people=map_page.people_here(place), the_map=read_map(theory), **kwargs)


@bp.get("/<uuid:theory_id>/links/<uuid:link_id>")
@access.needs(Right.VIEW_WORKSTREAM, link_in_url)
def link(place: Place, theory: Theory, link: Link) -> ResponseReturnValue:
    """One link: why, how well it is known, and what it assumes."""
    return map_page.show(place, theory, "link", chosen=link.id)


@bp.route("/<uuid:theory_id>/links/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, theory_in_url)
def add_link(place: Place, theory: Theory) -> ResponseReturnValue:
    """Connect two steps; `from` and `to` in the URL are chosen already."""
    asked = {
        "from_id": request.args.get("from", type=uuid.UUID),
        "to_id": request.args.get("to", type=uuid.UUID),
    }
    form = _link_form(place, theory, data=asked)
    if form.validate_on_submit():
        with form.saving():
            services.add_link(theory=theory, link_id=form.id.data, words=form.words)
        if not form.failed:
            return map_page.saved(place, theory, "Steps connected", "link", chosen=form.id.data)
    return map_page.show(place, theory, "link_form", form=form, heading="Connect two steps")


@bp.route("/<uuid:theory_id>/links/<uuid:link_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, link_in_url)
def edit_link(place: Place, theory: Theory, link: Link) -> ResponseReturnValue:
    """Change a link's ends, reason, evidence and owner."""
    form = _link_form(place, theory, link=link)
    if form.validate_on_submit():
        fresh = partial(_link_form, place, theory, link=link, formdata=None)
        with form.saving(link, fresh=fresh):
            services.edit_link(
                theory=theory, link=link, version=form.version.data, words=form.words
            )
        if not form.failed:
            return map_page.saved(place, theory, "Link saved", "link", chosen=link.id)
    return map_page.show(place, theory, "link_form", chosen=link.id, form=form, heading="Edit link")


@bp.post("/<uuid:theory_id>/links/<uuid:link_id>/remove")
@access.needs(Right.EDIT_MAP, any_link_in_url)
def remove_link(place: Place, theory: Theory, link: Link) -> ResponseReturnValue:
    """Take a link off the map; one press, and Undo beside the answer."""
    return _remove(place, theory, link, "links", link.id)


@bp.post("/<uuid:theory_id>/links/<uuid:link_id>/bring-back")
@access.needs(Right.EDIT_MAP, any_link_in_url)
def bring_back_link(place: Place, theory: Theory, link: Link) -> ResponseReturnValue:
    """Undo a removal: the link with its assumptions."""
    return _bring_back(place, theory, link, link.id)


# --- Assumptions ---


def _assumption_form(place: Place, **kwargs: Any) -> AssumptionForm:
    return AssumptionForm(people=map_page.people_here(place), **kwargs)


@bp.route("/<uuid:theory_id>/links/<uuid:link_id>/assumptions/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, link_in_url)
def add_assumption(place: Place, theory: Theory, link: Link) -> ResponseReturnValue:
    """Add what must be true for a link to hold."""
    form = _assumption_form(place)
    if form.validate_on_submit():
        with form.saving():
            services.add_assumption(link=link, assumption_id=form.id.data, words=form.words)
        if not form.failed:
            return map_page.saved(place, theory, "Assumption added", "link", chosen=link.id)
    return map_page.show(
        place, theory, "assumption_form", chosen=link.id, form=form, heading="Add an assumption"
    )


@bp.route("/<uuid:theory_id>/assumptions/<uuid:assumption_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, assumption_in_url)
def edit_assumption(
    place: Place, theory: Theory, assumption: Assumption, link: Link
) -> ResponseReturnValue:
    """Change an assumption, or say whether it holds."""
    form = _assumption_form(place, assumption=assumption)
    if form.validate_on_submit():
        fresh = partial(_assumption_form, place, assumption=assumption, formdata=None)
        with form.saving(assumption, fresh=fresh):
            services.edit_assumption(
                assumption=assumption, version=form.version.data, words=form.words
            )
        if not form.failed:
            return map_page.saved(place, theory, "Assumption saved", "link", chosen=link.id)
    return map_page.show(
        place,
        theory,
        "assumption_form",
        chosen=link.id,
        form=form,
        heading="Edit assumption",
        assumption=assumption,
    )


@bp.post("/<uuid:theory_id>/assumptions/<uuid:assumption_id>/remove")
@access.needs(Right.EDIT_MAP, any_assumption_in_url)
def remove_assumption(
    place: Place, theory: Theory, assumption: Assumption, link: Link
) -> ResponseReturnValue:
    """Take an assumption away; one press, and Undo beside the answer."""
    return _remove(place, theory, assumption, "assumptions", link.id)


@bp.post("/<uuid:theory_id>/assumptions/<uuid:assumption_id>/bring-back")
@access.needs(Right.EDIT_MAP, any_assumption_in_url)
def bring_back_assumption(
    place: Place, theory: Theory, assumption: Assumption, link: Link
) -> ResponseReturnValue:
    """Undo a removal."""
    return _bring_back(place, theory, assumption, link.id)


def _remove(
    place: Place, theory: Theory, thing: Link | Assumption, path: str, link_id: uuid.UUID
) -> ResponseReturnValue:
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving(thing, fresh=lambda: ButtonForm(formdata=None, obj=thing)):
            services.remove(thing=thing, version=form.version.data)
        if not form.failed:
            words = map_page.removed_words(thing)
            url = f"{map_url(place, theory.id)}/{path}/{thing.id}/bring-back"
            undo = map_page.Undo(words, url)
            return map_page.saved(place, theory, words, undo=undo, after=f"removed={thing.id}")
    return map_page.show(place, theory, "link", chosen=link_id, form=form)


def _bring_back(
    place: Place, theory: Theory, thing: Link | Assumption, link_id: uuid.UUID
) -> ResponseReturnValue:
    form = ButtonForm()
    words = "Link brought back" if isinstance(thing, Link) else "Assumption brought back"
    if form.validate_on_submit():
        with form.saving():
            services.bring_back(theory=theory, thing=thing)
        if not form.failed:
            if link_id not in {link.id for link in read_map(theory).links}:
                return map_page.saved(place, theory, words)  # a step that it joins is off the map
            return map_page.saved(place, theory, words, "link", chosen=link_id)
    return map_page.show(place, theory, form=form)
