// A form that saves each change as it is made (data-save-changes): what was changed while the last save was
// on its way is sent when that is back, and what could not be sent when the connection is.
//
// What has been saved stands in the page: <p data-choice="name of the radio buttons" data-saved="value">.
import { guardAlso } from "./guard.js";

const forms = () => document.querySelectorAll("form[data-save-changes]");

const hasUnsaved = (form) => [...form.querySelectorAll("[data-choice]")].some((state) => {
  const chosen = form.elements.namedItem(state.dataset.choice)?.value;
  return chosen && chosen !== state.dataset.saved;
});

/** Send what is unsaved. */
const send = (form) => {
  if (form.isConnected && hasUnsaved(form)) form.dispatchEvent(new Event("change", { bubbles: true }));
};

document.addEventListener("htmx:finally:request", (event) => {
  const { form } = event.detail.ctx.request;
  // After a refusal it is for somebody to look first.
  if (form?.matches("[data-save-changes]") && event.detail.ctx.response?.status < 400) setTimeout(send, 0, form);
});

window.addEventListener("online", () => forms().forEach(send));

guardAlso(() => [...forms()].some(hasUnsaved));
