"""The metrics, for a machine that holds the token."""

import hmac
import os

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue

from app.core import access
from app.operations.metric_files import VARIABLE

bp = Blueprint("operations", __name__)


@bp.get("/metrics")
@access.public
def metrics() -> ResponseReturnValue:
    """For Prometheus. Without a token in the settings there is no such page."""
    token = current_app.config["METRICS_TOKEN"]
    if not token:
        abort(404)
    given = request.authorization
    told = given.token if given and given.type == "bearer" and given.token else ""
    if not hmac.compare_digest(told.encode(), token.encode()):
        return Response(status=401, headers={"WWW-Authenticate": 'Bearer realm="metrics"'})
    from prometheus_client import CONTENT_TYPE_LATEST

    from app.operations.metrics import exposition

    text = exposition(of_all_processes=os.environ.get(VARIABLE))
    response = Response(text, content_type=CONTENT_TYPE_LATEST)
    response.headers["Cache-Control"] = "no-store"
    return response
