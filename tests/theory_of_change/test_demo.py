"""The demo's maps name what its plans hold."""

from app.demo.evaluation.maps import _DRAFTS
from app.theory_of_change.gaps import loops_of
from app.theory_of_change.interchange import draft_as_json
from app.theory_of_change.reading_json import read_json
from app.theory_of_change.shown import map_of_draft


def test_each_is_a_sound_map_without_loops():
    for draft in _DRAFTS.values():
        assert read_json(draft_as_json(draft)) == draft
        assert loops_of(map_of_draft(draft)) == []
