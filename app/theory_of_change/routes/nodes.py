"""The steps of a map."""

import uuid
from functools import partial
from typing import Any

from flask import request
from flask.typing import ResponseReturnValue

from app.core import access
from app.core.forms import ButtonForm
from app.core.rights import Right
from app.extensions import db
from app.theory_of_change import map_page, queries, services
from app.theory_of_change.forms import NodeForm
from app.theory_of_change.models import Node, NodeKind, Theory
from app.theory_of_change.queries import any_node_in_url, map_url, node_in_url, theory_in_url
from app.theory_of_change.routes import bp
from app.workstreams.queries import Place


def _form(place: Place, *, node: Node | None = None, **kwargs: Any) -> NodeForm:
    return NodeForm(
        people=map_page.people_here(place),
        ties=queries.ties_of(place.id, node.id if node else None),
        node=node,
        **kwargs,
    )


def _asked(theory: Theory, place: Place) -> dict[str, Any]:
    """What the URL of a new step fills in: its column, the step that it follows, a row of the plan."""
    kinds = list(NodeKind)
    wanted = request.args.get("kind")
    data: dict[str, Any] = {}
    after = request.args.get("after", type=uuid.UUID)
    before = db.session.get(Node, after) if after else None
    if before is not None and before.theory_id == theory.id:
        data = {"after": before.id, "kind": kinds[min(kinds.index(before.kind) + 1, 6)]}
    if wanted in {kind.value for kind in kinds}:
        data["kind"] = NodeKind(wanted)
    activity = request.args.get("activity", type=uuid.UUID)
    rows = [row for row in queries.plan_activities(place.id) if row.id == activity]
    if rows:
        data |= {"kind": NodeKind.ACTIVITY, "text": rows[0].text, "activities": [rows[0].id]}
    return data


@bp.get("/<uuid:theory_id>/nodes/<uuid:node_id>")
@access.needs(Right.VIEW_WORKSTREAM, node_in_url)
def node(place: Place, theory: Theory, node: Node) -> ResponseReturnValue:
    """One step: what it says, what leads to it and follows, what it is tied to."""
    return map_page.show(place, theory, "node", chosen=node.id)


@bp.route("/<uuid:theory_id>/nodes/add", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, theory_in_url)
def add_node(place: Place, theory: Theory) -> ResponseReturnValue:
    """Add a step; after another, linked to it at once."""
    form = _form(place, data=_asked(theory, place))
    if form.validate_on_submit():
        with form.saving():
            services.add_node(
                theory=theory, node_id=form.id.data, words=form.words, after_id=form.after_id
            )
        if not form.failed:
            return map_page.saved(place, theory, "Step added", "node", chosen=form.id.data)
    return map_page.show(place, theory, "node_form", form=form, heading="Add a step")


@bp.route("/<uuid:theory_id>/nodes/<uuid:node_id>/edit", methods=["GET", "POST"])
@access.needs(Right.EDIT_MAP, node_in_url)
def edit_node(place: Place, theory: Theory, node: Node) -> ResponseReturnValue:
    """Change what a step says, its column, owner and ties."""
    form = _form(place, node=node)
    if form.validate_on_submit():
        with form.saving(node, fresh=partial(_form, place, node=node, formdata=None)):
            services.edit_node(node=node, version=form.version.data, words=form.words)
        if not form.failed:
            return map_page.saved(place, theory, "Step saved", "node", chosen=node.id)
    return map_page.show(place, theory, "node_form", chosen=node.id, form=form, heading="Edit step")


@bp.post("/<uuid:theory_id>/nodes/<uuid:node_id>/move")
@access.needs(Right.EDIT_MAP, any_node_in_url)
def move_node(place: Place, theory: Theory, node: Node) -> ResponseReturnValue:
    """Up or down within its column, by one."""
    up = request.form.get("to") == "up"
    node_id = node.id
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving():
            services.move_node(theory=theory, node_id=node_id, places=-1 if up else 1)
        if not form.failed:
            words = "Moved up" if up else "Moved down"
            return map_page.saved(place, theory, words, "node", chosen=node_id)
    return map_page.show(place, theory, form=form)


@bp.post("/<uuid:theory_id>/nodes/<uuid:node_id>/remove")
@access.needs(Right.EDIT_MAP, any_node_in_url)
def remove_node(place: Place, theory: Theory, node: Node) -> ResponseReturnValue:
    """Take a step off the map; one press, and Undo beside the answer."""
    form = ButtonForm()
    if form.validate_on_submit():
        with form.saving(node, fresh=lambda: ButtonForm(formdata=None, obj=node)):
            services.remove(thing=node, version=form.version.data)
        if not form.failed:
            words = map_page.removed_words(node)
            url = f"{map_url(place, theory.id)}/nodes/{node.id}/bring-back"
            undo = map_page.Undo(words, url)
            return map_page.saved(place, theory, words, undo=undo, after=f"removed={node.id}")
    return map_page.show(place, theory, "node", chosen=node.id, form=form)


@bp.post("/<uuid:theory_id>/nodes/<uuid:node_id>/bring-back")
@access.needs(Right.EDIT_MAP, any_node_in_url)
def bring_back_node(place: Place, theory: Theory, node: Node) -> ResponseReturnValue:
    """Undo a removal: the step with its links."""
    form = ButtonForm()
    node_id = node.id
    if form.validate_on_submit():
        with form.saving():
            services.bring_back(theory=theory, thing=node)
        if not form.failed:
            return map_page.saved(place, theory, "Step brought back", "node", chosen=node_id)
    return map_page.show(place, theory, form=form)
