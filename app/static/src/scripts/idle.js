// Signed out for idleness: a warning three minutes before, in every tab at once, and nothing lost.
//
// The server counts from the last request; so does this, by a time stamp that the tabs share.
// A tab may be asleep when its time comes, so times are compared, never only waited for.
import { focusOn } from "./focus.js";
import { keep } from "./kept.js";

const STAMP = "waymark:last-seen";
const WARNING = 180; // seconds
const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;

const allowed = Number(meta("waymark-idle"));
const dialog = document.getElementById("idle");
let timer;

function seen() {
  localStorage.setItem(STAMP, Date.now());
  look();
}

const secondsLeft = () => allowed - (Date.now() - Number(localStorage.getItem(STAMP))) / 1000;

/** Do what the time asks for, and come back when it will next ask for something. */
function look() {
  clearTimeout(timer);
  const left = secondsLeft();
  const warning = Math.min(WARNING, allowed / 2);
  if (left <= 0) return leave();
  if (left <= warning) {
    const minutes = Math.ceil(left / 60);
    const words = minutes === 1 ? "1 minute" : `${minutes} minutes`;
    const place = dialog.querySelector("[data-idle-left]");
    if (place.textContent !== words) place.textContent = words;
    if (!dialog.open) {
      dialog.showModal();
      focusOn(dialog.querySelector("[data-idle-stay]"));
    }
    timer = setTimeout(look, 1000);
  } else {
    if (dialog.open) dialog.close();
    timer = setTimeout(look, Math.min(left - warning, 60) * 1000);
  }
}

async function stay() {
  const trouble = dialog.querySelector("[data-idle-trouble]");
  trouble.textContent = "";
  try {
    const answer = await fetch("/account/stay", {
      method: "POST",
      headers: { "X-CSRFToken": meta("csrf-token"), "HX-Request": "true" },
    });
    if (answer.ok && !answer.redirected) return seen();
    if (answer.status === 401 || answer.redirected) return leave();
  } catch { /* said below */ }
  trouble.textContent = "That did not work. Check your connection and try again.";
}

function leave() {
  clearTimeout(timer);
  keep();
  window.location.assign(`/account/sign-in?next=${encodeURIComponent(location.pathname + location.search)}`);
}

if (allowed && dialog) {
  dialog.querySelector("[data-idle-stay]").addEventListener("click", stay);
  dialog.addEventListener("cancel", (event) => { // Escape means stay
    event.preventDefault();
    stay();
  });
  window.addEventListener("storage", (event) => { if (event.key === STAMP) look(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) look(); });
  window.addEventListener("pageshow", (event) => { if (event.persisted) look(); });
  document.addEventListener("htmx:after:request", (event) => {
    if (event.detail.ctx.response.status < 500) seen();
  });
  // Sent back to sign in by the server in the middle of a swap: keep what was typed first.
  document.addEventListener("htmx:before:response", (event) => {
    if (event.detail.ctx.hx?.redirect?.includes("/account/sign-in")) keep();
  });
  seen();
}
