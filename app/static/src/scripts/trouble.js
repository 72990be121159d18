// When a request fails: say so beside the thing pressed, and take nothing away.
//
// Only a 422 or a 409 is swapped in: it is the form again, with what is wrong. Any other refusal
// would take the place of the form and of the words typed into it, so its words are shown
// beside the form instead. (A server that means to be swapped says where, with HX-Retarget.)
const NOT_SAVED = "That did not save. Check your connection and try again - what you typed is still here.";
const NOT_LOADED = "That did not load. Check your connection and try again.";
const REFUSED = "That did not save. Copy what you typed, then reload the page and try again.";

const wholePage = (text) => /<html[\s>]/i.test(text ?? "");

document.addEventListener("htmx:before:swap", (event) => {
  const { ctx } = event.detail;
  if (!ctx.response) return;
  const { status, raw } = ctx.response;
  if (status < 400) {
    // A redirect that fetch followed to a whole page (signed out meanwhile): go there.
    if (raw.redirected && wholePage(ctx.text) && ctx.request.headers["HX-Request-Type"] === "partial") {
      event.preventDefault();
      window.location.assign(raw.url);
    }
    return;
  }
  if (status === 409 || status === 422 || ctx.hx?.retarget) return;
  event.preventDefault();
  report(ctx.sourceElement, words(ctx, status));
});

// No answer at all: offline, refused, or too slow. (Also fired, without ctx, for our own bugs.)
document.addEventListener("htmx:error", (event) => {
  const { ctx } = event.detail;
  if (ctx && !ctx.response) report(ctx.sourceElement, ctx.request.method === "GET" ? NOT_LOADED : NOT_SAVED);
});

// A new try takes the old message away.
document.addEventListener("htmx:before:request", (event) => {
  for (const old of document.querySelectorAll(".wm-trouble")) {
    if (old.parentElement.contains(event.detail.ctx.sourceElement)) old.remove();
  }
});

/** What to say: the server's words, or our own where the answer is not Waymark's (a proxy's page). */
function words(ctx, status) {
  const reading = ctx.request.method === "GET";
  if (status >= 500 && !/\bwm-notice\b/.test(ctx.text ?? "")) return reading ? NOT_LOADED : NOT_SAVED;
  if (wholePage(ctx.text)) return reading ? NOT_LOADED : REFUSED;
  const answer = new DOMParser().parseFromString(ctx.text, "text/html").body.textContent.trim();
  return answer.replace(/\s+/g, " ") || REFUSED;
}

/** Show `message` just above the buttons of the form, or after what was pressed. */
function report(source, message) {
  const box = document.createElement("div");
  box.className = "wm-notice wm-notice--error wm-trouble";
  box.setAttribute("role", "alert");
  const paragraph = document.createElement("p");
  box.append(paragraph);

  const form = source?.closest?.("form");
  const buttons = form?.querySelector(".wm-actions, .govuk-button-group, [type=submit], button:not([type])");
  if (buttons) buttons.before(box);
  else if (source?.parentElement && source !== document.body) source.parentElement.append(box);
  else document.getElementById("main-content")?.prepend(box);

  // Filled once it is on the page, so that it is announced.
  setTimeout(() => {
    paragraph.textContent = message;
    box.scrollIntoView({ block: "nearest" });
  }, 20);
}
