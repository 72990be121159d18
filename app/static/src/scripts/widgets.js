// The few GOV.UK Frontend behaviours in use: answers that reveal a further question, counting
// characters, showing a password. Set up again inside whatever htmx brings.
import { CharacterCount, Checkboxes, PasswordInput, Radios, createAll } from "govuk-frontend";

function setUp(scope) {
  for (const Widget of [Radios, Checkboxes, CharacterCount, PasswordInput]) {
    createAll(Widget, undefined, { scope, onError: () => {} });
  }
}

setUp(document);
document.addEventListener("htmx:after:settle", (event) => setUp(event.detail.task.target?.parentElement ?? document));
