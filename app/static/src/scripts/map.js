// Arrow keys on a map: right and left along links, up and down among steps of a column or links of a
// step. Tab goes through all of them without this.
const THINGS = ".wm-picture [data-node], .wm-picture [data-link]";

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const here = event.target.closest?.(THINGS);
  const next = here && MOVES[event.key]?.(here, here.closest(".wm-picture"));
  if (!next) return;
  event.preventDefault();
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
});

const step = (map, id) => map.querySelector(`[data-node="${id}"]`);
const link = (map, end, id) => map.querySelector(`[data-link][data-${end}="${id}"]`);

const MOVES = {
  ArrowRight: ({ dataset: { node, to } }, map) => (node ? link(map, "from", node) : step(map, to)),
  ArrowLeft: ({ dataset: { node, from } }, map) => (node ? link(map, "to", node) : step(map, from)),
  ArrowDown: (here, map) => beside(here, map, 1),
  ArrowUp: (here, map) => beside(here, map, -1),
};

/** The next step down or up its column, or the next link of the same step. */
function beside(here, map, by) {
  const { column, from } = here.dataset;
  const all = [...map.querySelectorAll(from ? `[data-link][data-from="${from}"]` : `[data-node][data-column="${column}"]`)];
  if (!from) all.sort((a, b) => a.dataset.y - b.dataset.y);
  return all[all.indexOf(here) + by];
}
