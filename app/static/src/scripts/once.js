// A double click sends once. (The server would create once anyway: forms carry the id they create.)
const busy = new WeakSet();
const formOf = new WeakMap(); // an htmx request's form, kept because the swap may replace it

document.addEventListener("htmx:config:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.request.method !== "GET" && ctx.request.form && busy.has(ctx.request.form)) event.preventDefault();
});

document.addEventListener("htmx:before:request", (event) => {
  const { ctx } = event.detail;
  if (ctx.request.method === "GET" || !ctx.request.form) return;
  busy.add(ctx.request.form);
  formOf.set(ctx, ctx.request.form);
});

document.addEventListener("htmx:finally:request", (event) => busy.delete(formOf.get(event.detail.ctx)));

// Forms that htmx does not send have been left alone (not prevented) when they get here.
const sent = new WeakMap();
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post") return;
  const now = Date.now();
  if (now - (sent.get(form) ?? 0) < 2000) event.preventDefault();
  else sent.set(form, now);
});
