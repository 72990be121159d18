// Leaving a form half-written asks first: a long one that says data-guard, and whatever else has something
// that is not saved.
const touched = new Set();
const others = new Set();
let asks = true;

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-guard")) touched.add(form);
});

let sending = false;
document.addEventListener("submit", (event) => {
  touched.delete(event.target);
  // The page goes because of it.
  sending = !event.defaultPrevented;
});

window.addEventListener("beforeunload", (event) => {
  for (const form of touched) if (form.isConnected) event.preventDefault();
  if (asks && !sending && [...others].some((unsaved) => unsaved())) event.preventDefault();
});

/** Ask also while `unsaved()` is true. */
export const guardAlso = (unsaved) => others.add(unsaved);

/** Leave without asking: what was typed is safe elsewhere. */
export const letGo = () => {
  touched.clear();
  asks = false;
};
