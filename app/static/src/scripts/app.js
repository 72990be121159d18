// The script of Waymark. Every page works without it; it makes them quicker and kinder.
// One file per idea. htmx reads its settings from <meta name="htmx-config"> in base.html.
import "./ready.js";
import "htmx.org";
import "./widgets.js";
import "./announce.js";
import "./focus.js";
import "./trouble.js";
import "./once.js";
import "./errors.js";
import "./menus.js";
import "./guard.js";
import "./changes.js";
import "./kept.js";
import "./idle.js";
import "./reorder.js";
import "./map.js";
import "./passkeys.js";
import "./send.js";
import "./closing.js";
