// Leaving a long form half-written asks first, only where the form says data-guard.
const touched = new Set();

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (form?.hasAttribute("data-guard")) touched.add(form);
});

document.addEventListener("submit", (event) => touched.delete(event.target));

window.addEventListener("beforeunload", (event) => {
  for (const form of touched) if (form.isConnected) event.preventDefault();
});

/** Leave without asking: what was typed is safe elsewhere. */
export const letGo = () => touched.clear();
