// Drag to reorder: an extra for those with a mouse. The buttons "Move up" and "Move down" are
// the way; this ends in the same form, [data-reorder-form], with activity_id and before_id
// (empty for "last").
//
//   <div data-reorder>  <form data-reorder-form …>  <ol>  <li data-id="…"> <button data-handle> …
document.addEventListener("pointerdown", (event) => {
  const handle = event.target.closest?.("[data-handle]");
  const row = handle?.closest("[data-id]");
  const area = handle?.closest("[data-reorder]");
  const form = area?.querySelector("form[data-reorder-form]");
  if (!row || !form || event.button !== 0) return;

  event.preventDefault();
  const list = row.parentElement;
  const home = row.nextElementSibling;
  const stop = new AbortController();
  handle.setPointerCapture(event.pointerId);
  row.classList.add("wm-dragging");

  const finish = (dropped) => {
    stop.abort();
    row.classList.remove("wm-dragging");
    if (!dropped) return list.insertBefore(row, home);
    if (row.nextElementSibling === home) return undefined;
    form.elements.activity_id.value = row.dataset.id;
    form.elements.before_id.value = row.nextElementSibling?.dataset.id ?? "";
    return form.requestSubmit();
  };

  const on = (name, listener) => document.addEventListener(name, listener, { signal: stop.signal });
  on("pointermove", ({ clientY }) => {
    const after = [...list.children].find((other) => {
      const { top, height } = other.getBoundingClientRect();
      return other !== row && clientY < top + height / 2;
    });
    if (after !== row.nextElementSibling) list.insertBefore(row, after ?? null);
  });
  on("pointerup", () => finish(true));
  on("pointercancel", () => finish(false));
  on("keydown", (key) => { if (key.key === "Escape") finish(false); });
});
