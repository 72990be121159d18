"""The timeline: by mouse, by keyboard, on a phone, on paper; and how wide its words really are."""

import pytest
from playwright.sync_api import expect

TIMELINE = "/workstreams/female-offender-strategy/plan/timeline"

# Each text's width as Chromium draws it, in the drawing's own units, beside what is taken or free to
# its right in the same lane.
OVERLAPS = """() => {
  const found = [];
  for (const svg of document.querySelectorAll(".wm-drawing__sheet > svg")) {
    const texts = [...svg.querySelectorAll("text")].map((e) => [e, e.getBoundingClientRect()]);
    const edge = svg.getBoundingClientRect();
    for (const [e, box] of texts) {
      if (box.right > edge.right + 0.5 || box.left < edge.left - 0.5) found.push(`off: ${e.textContent}`);
      for (const [other, b] of texts) {
        if (other === e || e.closest("a") && e.closest("a") === other.closest("a")) continue;
        const over = Math.min(box.right, b.right) - Math.max(box.left, b.left);
        const down = Math.min(box.bottom, b.bottom) - Math.max(box.top, b.top);
        if (over > 0.5 && down > 6) found.push(`${e.textContent} meets ${other.textContent}`);
      }
    }
  }
  return found;
}"""

WORKSTREAMS = ["female-offender-strategy", "new-parks", "domestic-abuse", "volunteer-strategy"]


@pytest.mark.parametrize("slug", WORKSTREAMS)
def test_no_words_meet_others_or_leave_the_drawing(visit, slug):
    visitor = visit("officer")
    page = visitor.goto(f"/workstreams/{slug}/plan/timeline")
    expect(page.locator(".wm-drawing__sheet > svg").first).to_be_visible()
    assert page.evaluate(OVERLAPS) == []
    visitor.check()


def test_from_the_plan_and_on_to_an_activity(visit):
    visitor = visit("officer")
    page = visitor.goto("/workstreams/female-offender-strategy/plan")
    page.get_by_role("link", name="Timeline", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Timeline")
    expect(page.locator("svg text", has_text="Today, 18 June 2021")).to_be_visible()
    late = page.get_by_role("row", name="Second workshop")
    expect(late.first).to_contain_text("Theory of change drafted (promised 30 June 2021)")
    name = (
        "Deliver two workshops over the next two months: promised 19 May 2021, forecast 6 July 2021"
    )
    link = page.locator("svg").get_by_role("link", name=name)
    visitor.tab_to(page.get_by_role("region", name="Drawing of the timeline"))
    visitor.tab_to(link)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Deliver two workshops")
    expect(page.get_by_text("It holds up: Theory of change drafted")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_a_phone_gets_the_table_first_and_the_drawing_when_asked(visit, javascript):
    visitor = visit("officer", width=320, javascript=javascript)
    page = visitor.goto(TIMELINE)
    drawing = page.get_by_role("region", name="Drawing of the timeline")
    expect(page.get_by_role("row", name="First workshop").first).to_be_visible()
    expect(drawing).to_be_hidden()
    page.get_by_role("link", name="Show the drawing").click()
    expect(drawing).to_be_visible()
    if javascript:
        visitor.check()
        moved = drawing.evaluate("e => { e.scrollLeft = 300; return e.scrollLeft }")
        assert moved == 300


def test_the_filter_swaps_the_drawing(visit):
    visitor = visit("officer")
    page = visitor.goto("/workstreams/domestic-abuse/plan/timeline")
    rows = page.locator("svg a")
    expect(rows).to_have_count(9)
    page.locator("summary", has_text="Filter").click()
    page.locator("#filter-rag").select_option("red")
    page.locator(".wm-filter__form").get_by_role("button", name="Apply filters").click()
    expect(rows).to_have_count(1)
    assert (
        visitor.path()
        == "/workstreams/domestic-abuse/plan/timeline?show=&rag=red&lead=&organisation=&domain="
    )
    visitor.check(swapped=True)


def test_saying_what_a_milestone_waits_for(visit):
    visitor = visit("lead")
    page = visitor.goto("/workstreams/new-parks/plan")
    page.get_by_role("link", name="Problem-solving sessions on off-road bikes").first.click()
    page.get_by_role("link", name="Edit Barriers fitted at the green").click()
    page.get_by_role("link", name="Change what this milestone waits for").click()
    visitor.check()
    expect(page.get_by_label("Three hot spots agreed with residents")).to_be_checked()
    page.get_by_label("Draft agreed by the Community Panel").check()
    page.get_by_role("button", name="Save").click()
    told = "“Barriers fitted at the green” is expected on 14 June 2021, before “Draft agreed"
    expect(page.get_by_text(told)).to_be_visible()


def test_it_prints_on_a3_landscape(visit, tmp_path):
    pikepdf = pytest.importorskip("pikepdf")
    visitor = visit("officer")
    page = visitor.goto(TIMELINE)
    path = tmp_path / "timeline.pdf"
    page.pdf(path=str(path), prefer_css_page_size=True)
    with pikepdf.open(path) as pdf:
        sizes = {tuple(round(float(side)) for side in sheet.mediabox[2:]) for sheet in pdf.pages}
        assert sizes == {(1191, 842)}
        assert len(pdf.pages) <= 3
