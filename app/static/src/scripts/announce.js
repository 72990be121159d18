// The polite live region: what happened, for those who do not see it happen.
//
// The server says it in a header:  HX-Trigger: {"waymark:done": {"announce": "Update saved"}}

/** Say `words` to a screen reader, once. The same words twice in a row are said twice. */
export function announce(words) {
  const region = document.getElementById("announcements");
  if (!region || !words) return;
  region.textContent = "";
  // Emptied first and filled a moment later: a region that does not change is not read.
  setTimeout(() => { region.textContent = words; }, 60);
}

document.addEventListener("waymark:done", (event) => announce(event.detail?.announce));
