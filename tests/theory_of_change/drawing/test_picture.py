"""The picture shows what the map holds: every step and link once, whole words, nothing run."""

import itertools
import random
import re
import uuid
import xml.etree.ElementTree as ET

import pytest

from app.theory_of_change.drawing.columns import columns_of
from app.theory_of_change.drawing.layout import lay_out
from app.theory_of_change.drawing.picture import draw
from app.theory_of_change.models import NodeKind
from tests.theory_of_change.maps import IMPACT, MEDIUM, OUT, SHORT, A, a_map, link, node, step

SVG = "{http://www.w3.org/2000/svg}"


def any_map(seed: int):
    """Any kinds, any links: forwards, back, within a column, over others."""
    some = random.Random(seed)
    nodes = [node(n, some.choice(list(NodeKind))) for n in range(1, 25)]
    pairs = some.sample(list(itertools.permutations(range(1, 25), 2)), 40)
    return a_map(nodes, [link(a, b) for a, b in pairs])


def drawn(svg: str, what: str) -> list[str]:
    return re.findall(rf' data-{what}="([^"]+)"', svg)


@pytest.mark.parametrize("seed", range(6))
def test_every_step_and_link_is_drawn_once(app, seed):
    the_map = any_map(seed)
    svg = draw(the_map, base_url="/map")
    assert sorted(drawn(svg, "node")) == sorted(str(n.id) for n in the_map.nodes)
    assert sorted(drawn(svg, "link")) == sorted(str(each.id) for each in the_map.links)


@pytest.mark.parametrize("seed", range(6))
def test_no_step_lies_over_another_nor_outside(app, seed):
    layout = lay_out(any_map(seed))
    for a, b in itertools.combinations(layout.boxes, 2):
        apart = a.x != b.x or a.y + a.height < b.y or b.y + b.height < a.y
        assert apart, (a, b)
    for box in layout.boxes:
        assert box.x + box.width <= layout.width
        assert box.y + box.height <= layout.height


def test_columns_go_from_left_to_right_and_empty_ones_are_left_out(app):
    layout = lay_out(a_map([node(1, IMPACT), node(2, A)], [link(2, 1)]))
    assert [head.kind for head in layout.heads] == [A, IMPACT]
    at = {box.node.id: box.x for box in layout.boxes}
    assert at[step(2)] < at[step(1)]


def test_links_that_need_not_cross_do_not(app):
    """Two rows, put crosswise: the order of the second column is turned."""
    nodes = [node(1, A), node(2, A), node(3, OUT), node(4, OUT)]
    order = columns_of(a_map(nodes, [link(1, 4), link(2, 3)])).items
    first, second = order
    pairs = {step(1): step(4), step(2): step(3)}
    assert [pairs[one] for one in first] == second


def test_without_links_steps_stay_in_the_order_they_were_put(app):
    nodes = [node(n, A) for n in (5, 3, 8)]
    assert columns_of(a_map(nodes, [])).items == [[step(5), step(3), step(8)]]


def test_a_link_over_a_column_runs_between_its_steps(app):
    nodes = [node(1, A), *(node(n, OUT) for n in range(2, 6)), node(9, IMPACT)]
    layout = lay_out(a_map(nodes, [link(1, n) for n in (2, 3, 4, 5)] + [link(1, 9)]))
    over = next(line for line in layout.lines if line.link.to_id == step(9))
    y = float(re.search(r"([\d.]+)H", over.path)[1])
    for box in layout.boxes:
        if box.node.kind is OUT:
            assert not box.y <= y <= box.y + box.height


def test_a_loop_is_drawn_with_its_arrow_at_the_earlier_column(app):
    the_map = a_map([node(1, A), node(2, OUT)], [link(1, 2), link(2, 1)])
    forth, back = lay_out(the_map).lines
    assert (forth.is_back, back.is_back) == (False, True)
    assert "leads back to" in draw(the_map, base_url="/map")


def test_a_step_may_lead_to_one_in_its_own_column(app):
    the_map = a_map([node(1, A), node(2, A)], [link(1, 2)])
    assert len(lay_out(the_map).lines) == 1


def test_long_words_are_wrapped_and_the_whole_text_is_in_the_name(app):
    text = "Neighbourhood " * 60
    the_map = a_map([node(1, A, text)], [])
    [box] = lay_out(the_map).boxes
    assert len(box.lines) == 9
    assert box.lines[-1].endswith("…")
    assert text.strip() in draw(the_map, base_url="/map")


def test_what_people_wrote_is_text(app):
    words = "<script>alert(1)</script> & “so”"
    the_map = a_map([node(1, A, words), node(2, IMPACT)], [link(1, 2)], title='"><b>')
    for svg in (draw(the_map, base_url="/map"), draw(the_map, title=words)):
        assert "<script" not in svg
        assert "<b>" not in svg
    assert ET.fromstring(draw(the_map, title=words)).tag == f"{SVG}svg"


def test_steps_and_links_are_named_links_each_step_before_its_links(app):
    the_map = a_map(
        [node(1, A, "Hold drop-ins"), node(2, SHORT, "Young people come"), node(3, MEDIUM)],
        [link(1, 2), link(2, 3)],
    )
    svg = draw(the_map, base_url="/workstreams/x/map/1", query="?lens=evidence")
    places = re.findall(r'href="/workstreams/x/map/1/(nodes|links)/[^"?]+\?lens=evidence"', svg)
    assert places == ["nodes", "links", "nodes", "links", "nodes"]
    assert "<title>Activity: Hold drop-ins. Leads to 1 step</title>" in svg
    assert "<title>“Hold drop-ins” leads to “Young people come”</title>" in svg


def test_a_file_has_its_colours_and_nothing_to_press(app):
    svg = draw(any_map(1), title="A theory")
    assert "<style>" in svg
    assert "<a " not in svg
    assert "var(" not in svg
    assert "<style" not in draw(any_map(1), base_url="/map")


def test_an_empty_map_is_drawn_empty(app):
    assert "0 steps in 0 columns" in draw(a_map([], []), base_url="/map")


def test_the_chosen_step_or_link_is_marked(app):
    the_map = a_map([node(1, A), node(2, OUT)], [link(1, 2)])
    for chosen in (step(1), uuid.UUID(int=1002)):
        assert draw(the_map, chosen=chosen, base_url="/map").count('aria-current="true"') == 1
