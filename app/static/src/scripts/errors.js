// A link in an error summary puts the cursor in the field and keeps the label in view.
import { focusOn } from "./focus.js";

document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".govuk-error-summary a[href^='#'], .wm-conflict a[href^='#']");
  if (!link) return;
  const id = decodeURIComponent(link.hash.slice(1));
  const field = document.getElementById(id)
    // The first choice of radios and checkboxes, whose own id belongs to no element.
    ?? document.querySelector(`input[name="${CSS.escape(id)}"]`);
  if (!field) return;
  event.preventDefault();
  const target = field.matches("fieldset, div") ? field.querySelector("input, select, textarea") ?? field : field;
  const label = target.closest("fieldset")?.querySelector("legend") ?? document.querySelector(`label[for="${CSS.escape(target.id)}"]`);
  (label ?? target).scrollIntoView();
  target.focus({ preventScroll: true }) ?? focusOn(target);
});
