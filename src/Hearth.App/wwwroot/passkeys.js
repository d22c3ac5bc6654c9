// Asks the browser to make or to show a passkey, and puts its answer into the form. Without this file, or in a browser that knows none, these forms stay hidden.
(() => {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) return;
  for (const form of document.querySelectorAll("form[data-passkey]")) {
    const said = form.querySelector("[data-said]");
    const answer = form.querySelector("[name=credential], [name=\"Made.Credential\"]");
    form.hidden = false;
    form.addEventListener("submit", async (event) => {
      if (answer.value) return;
      event.preventDefault();
      said.hidden = true;
      try {
        const asked = await fetch(form.dataset.options, { method: "POST", body: new URLSearchParams({ __af: form.querySelector("[name=__af]").value }) });
        if (!asked.ok) throw new Error(asked.status === 429 ? "Too many tries. Wait a minute." : "The server did not answer. Load the page again.");
        const options = await asked.json();
        const credential = form.dataset.passkey === "make"
          ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
          : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
        answer.value = JSON.stringify(credential.toJSON());
        form.submit();
      } catch (error) {
        said.textContent = error.name === "NotAllowedError" ? "Nothing was chosen. Try again, or come in another way." : error.name === "InvalidStateError" ? "This device has a passkey for this account already." : error.message;
        said.hidden = false;
      }
    });
  }
})();
