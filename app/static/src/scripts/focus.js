// After a swap the focus lands somewhere sensible, never on the body.
//
// In this order:
//   1. where the server says:  HX-Trigger: {"waymark:done": {"focus": "#activity-123"}}
//   2. after a refusal (422, 409): the error summary or the conflict panel
//   3. an element marked data-focus in what came
//   4. if the focus was lost with what went: the first heading, the first field or link, or
//      the thing swapped in
const HEADINGS = "h1, h2, h3, h4";
const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden], [disabled]), select, textarea, summary";
const PROBLEMS = ".govuk-error-summary, .wm-conflict";

let asked = null; // the selector in the last waymark:done
let arrived = []; // what the swaps of this request put on the page

/** Focus `element`, making it able to take focus if it is not. */
export function focusOn(element) {
  if (!element) return false;
  if (!element.matches(FOCUSABLE) && !element.hasAttribute("tabindex")) {
    element.setAttribute("tabindex", "-1");
  }
  element.focus();
  return document.activeElement === element;
}

const within = (places, selector) => {
  for (const place of places) {
    const found = place.matches(selector) ? place : place.querySelector(selector);
    if (found) return found;
  }
  return null;
};

document.addEventListener("waymark:done", (event) => { asked = event.detail?.focus ?? null; });

document.addEventListener("htmx:after:settle", (event) => {
  const { task, newContent } = event.detail;
  // The out-of-band parts never take the focus.
  if (task.type !== "main") return;
  const inside = task.swapSpec.style === "innerHTML" || task.swapSpec.style === "innerMorph";
  arrived = inside ? [task.target] : newContent.filter((node) => node instanceof Element);
});

document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = event.detail;
  const places = arrived.filter((place) => place.isConnected);
  const wanted = asked;
  arrived = [];
  asked = null;

  if (wanted && focusOn(document.querySelector(wanted))) return;
  if (!places.length) return;
  if (ctx.response?.status >= 400 && focusOn(within(places, PROBLEMS))) return;
  if (focusOn(within(places, "[data-focus]"))) return;

  const now = document.activeElement;
  if (now && now !== document.body && now.isConnected) return;
  focusOn(within(places, HEADINGS)) || focusOn(within(places, FOCUSABLE)) || focusOn(places[0]);
});

// A page that opens with an error summary or a conflict starts there.
focusOn(document.querySelector(PROBLEMS));
