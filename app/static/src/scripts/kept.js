// What was typed, kept over a sign-out for idleness, for this person, in this tab only.
//
// Only what was typed: never passwords, one-time codes, files or hidden fields, except the
// `version` the form was opened at, and what is marked data-kept (what a row of a register had shown), so
// that somebody else's change meanwhile is still noticed.
import { letGo } from "./guard.js";

const PREFIX = "waymark:kept:";
const user = document.querySelector('meta[name="waymark-user"]')?.content;
const key = PREFIX + user;

const KEEPABLE = "input:not([type=hidden], [type=password], [type=file], [type=submit], [autocomplete=one-time-code]), select, textarea";
const formId = (form) => new URL(form.getAttribute("action") || location.href, location.href).pathname + "#" + (form.id || "");

const changed = (field) => {
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.tagName === "SELECT") return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
};

/** Keep what has been typed on this page and not sent. */
export function keep() {
  const forms = [];
  for (const form of document.querySelectorAll('form[method="post" i]')) {
    const fields = [...form.querySelectorAll(KEEPABLE)].filter((field) => field.name && changed(field));
    if (!fields.length) continue;
    forms.push({
      form: formId(form),
      page: location.pathname,
      version: form.elements.namedItem("version")?.value,
      seen: [...form.querySelectorAll("[data-kept]")].map((field) => [field.name, field.value]),
      fields: fields.map((field) => [field.name, field.value, field.checked ?? null]),
    });
  }
  if (forms.length) sessionStorage.setItem(key, JSON.stringify(forms));
  letGo();
}

/** Forget everything kept in this tab, or everything kept for other people. */
export function forget({ others = false } = {}) {
  for (const name of Object.keys(sessionStorage)) {
    if (name.startsWith(PREFIX) && !(others && name === key)) sessionStorage.removeItem(name);
  }
}

function refill(scope) {
  const stored = sessionStorage.getItem(key);
  if (!stored) return;
  const left = JSON.parse(stored).filter((kept) => {
    const form = [...scope.querySelectorAll('form[method="post" i]')].find((candidate) => formId(candidate) === kept.form);
    if (!form) return true;
    for (const [name, value] of kept.seen ?? []) {
      const field = form.elements.namedItem(name);
      if (field) field.value = value;
    }
    for (const [name, value, checked] of kept.fields) {
      for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
        if (field.type === "checkbox" || field.type === "radio") {
          if (field.value === value) field.checked = checked;
        } else {
          field.value = value;
        }
        field.dispatchEvent(new Event("change", { bubbles: true }));
      }
    }
    const version = form.elements.namedItem("version");
    if (version && kept.version) version.value = kept.version;
    note(form, "We kept what you typed before you were signed out.");
    return false;
  });
  if (left.length) sessionStorage.setItem(key, JSON.stringify(left));
  else sessionStorage.removeItem(key);

  // The form was opened in its place by htmx, and is not open now: say where it is.
  for (const kept of left) {
    if (kept.page === location.pathname && scope === document) {
      note(document.getElementById("main-content"), "We kept what you typed before you were signed out.", kept.form.split("#")[0]);
    }
  }
}

function note(place, words, link) {
  const box = document.createElement("div");
  box.className = "wm-notice wm-notice--kept";
  box.setAttribute("role", "status");
  const text = document.createElement("p");
  text.textContent = words;
  if (link) {
    const go = document.createElement("a");
    go.href = link;
    go.textContent = "Open the form again";
    text.append(" ", go, ".");
  }
  box.append(text);
  place?.prepend(box);
}

if (user) {
  forget({ others: true });
  refill(document);
  document.addEventListener("htmx:after:settle", (event) => refill(event.detail.task.target?.parentElement ?? document));
}

document.addEventListener("submit", (event) => {
  if (event.target.matches("[data-sign-out]")) forget();
});
