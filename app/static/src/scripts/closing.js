// How long until applications close: told by the server, counted down here, said aloud now and then.
import { announce } from "./announce.js";

const SAID_AT = [30, 10, 5, 1]; // minutes
const notice = document.querySelector("[data-closing]");

if (notice) {
  const closes = Date.now() + Number(notice.dataset.closing) * 1000;
  const place = notice.querySelector("[data-closing-left]");
  let said;

  (function look() {
    const minutes = Math.ceil((closes - Date.now()) / 60000);
    if (minutes <= 0) {
      notice.querySelector("p").textContent = notice.dataset.closed;
      return announce(notice.dataset.closed);
    }
    const words = minutes === 1 ? "1 minute" : `${minutes} minutes`;
    if (place && place.textContent !== words) place.textContent = words;
    if (SAID_AT.includes(minutes) && said !== minutes) announce(`Applications close in ${words}.`);
    said = minutes;
    // A tab may be asleep when its time comes, so times are compared, never only waited for.
    setTimeout(look, 5000);
  })();
}
