// When a request fails: say so beside the thing pressed, and take nothing away.
//
// Answers that are not for this place on the page are never put into it:
//   - a failure of the server (5xx) or of the network;
//   - a whole page where a fragment was asked for, as the error pages and the sign-in page are.
// A 422 or 409 fragment is swapped as usual: it is the form again, with what is wrong.
//
// The server can choose the words:  HX-Trigger: {"waymark:failed": {"message": "…"}}
const NOT_SAVED = "That did not save. Check your connection and try again - what you typed is still here.";
const NOT_LOADED = "That did not load. Check your connection and try again.";
const NOT_ALLOWED = "That did not save. The page has changed since you opened it, or it is not yours to change. Copy what you typed, then reload the page.";

const wholePage = (text) => /<html[\s>]/i.test(text ?? "");

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  const { status, raw } = ctx.response ?? {};
  const partial = ctx.request.headers["HX-Request-Type"] === "partial";
  if (!status || status < 400) {
    // A redirect that fetch followed to a whole page (signed out meanwhile): go there.
    if (partial && raw?.redirected && wholePage(ctx.text)) {
      event.preventDefault();
      window.location.assign(raw.url);
    }
    return;
  }
  if (status >= 500 || (partial && wholePage(ctx.text))) {
    event.preventDefault();
    const reading = ctx.request.method === "GET";
    report(ctx.sourceElement, reading ? NOT_LOADED : status >= 500 ? NOT_SAVED : NOT_ALLOWED);
  }
});

// No answer at all: offline, refused, or too slow. (Also fired, without ctx, for our own bugs.)
document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (!ctx || ctx.response) return;
  report(ctx.sourceElement, ctx.request.method === "GET" ? NOT_LOADED : NOT_SAVED);
});

document.addEventListener("waymark:failed", (event) => report(event.target, event.detail?.message));

document.addEventListener("htmx:before:request", (event) => {
  for (const old of document.querySelectorAll(".wm-trouble")) {
    if (old.parentElement?.contains(event.detail.ctx.sourceElement)) old.remove();
  }
});

/** Show `message` just before what was pressed, or at the foot of the form it belongs to. */
export function report(source, message) {
  if (!message) return;
  const box = document.createElement("div");
  box.className = "wm-notice wm-notice--error wm-trouble";
  box.setAttribute("role", "alert");
  const words = document.createElement("p");
  box.append(words);

  const form = source?.closest?.("form");
  const before = form?.querySelector(".wm-actions, .govuk-button-group, [type=submit], button:not([type])");
  if (before) before.before(box);
  else if (source && source !== document.body && source.parentElement) source.parentElement.append(box);
  else document.getElementById("main-content")?.prepend(box);

  // Filled after it is on the page, so that it is announced.
  setTimeout(() => {
    words.textContent = message;
    box.scrollIntoView({ block: "nearest" });
  }, 20);
}
