// Passkeys: hands the server's question to the browser and the browser's answer to the server.
//
// A form with data-passkey ("create" or "get") carries the question in data-options, as JSON whose
// binary parts are base64url. Its answer goes into the hidden field `credential`, and the form is
// sent. The browser is asked at once, and again whenever the form's button is pressed.

const toBytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));

const toText = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

const withBytes = (list) => list?.map((entry) => ({ ...entry, id: toBytes(entry.id) }));

/** The question in the form in which the browser takes it. */
function question(json) {
  const options = JSON.parse(json);
  options.challenge = toBytes(options.challenge);
  if (options.user) options.user.id = toBytes(options.user.id);
  if (options.excludeCredentials) options.excludeCredentials = withBytes(options.excludeCredentials);
  if (options.allowCredentials) options.allowCredentials = withBytes(options.allowCredentials);
  return options;
}

/** The browser's answer in the form in which the server takes it. */
function answer(credential) {
  const { response } = credential;
  const parts = { clientDataJSON: toText(response.clientDataJSON) };
  for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (response[name]) parts[name] = toText(response[name]);
  }
  if (response.getTransports) parts.transports = response.getTransports();
  return JSON.stringify({
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    response: parts,
    authenticatorAttachment: credential.authenticatorAttachment ?? undefined,
    extensions: JSON.stringify(credential.getClientExtensionResults()),
  });
}

const TROUBLE = {
  InvalidStateError: "This device already holds a passkey for your account.",
  NotAllowedError: "No passkey was used. Try again, or go back and sign in another way.",
};

async function ask(form) {
  const trouble = form.querySelector("[data-passkey-trouble]");
  trouble.textContent = "";
  try {
    const publicKey = question(form.dataset.options);
    const credential = await navigator.credentials[form.dataset.passkey]({ publicKey });
    form.elements.namedItem("credential").value = answer(credential);
    form.submit();
  } catch (error) {
    trouble.textContent = TROUBLE[error.name] ?? "That did not work. Try again, or use another way.";
  }
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (window.PublicKeyCredential) ask(form);
  });
  if (window.PublicKeyCredential) ask(form);
}

if (!window.PublicKeyCredential) {
  for (const form of document.querySelectorAll("form[data-needs-passkeys]")) form.hidden = true;
}
