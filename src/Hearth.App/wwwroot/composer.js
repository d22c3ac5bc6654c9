// Shows an answer as it will stand while one types: the server reads it as the network will. Without this file the button "Preview" asks for the same.
(() => {
  const make = (name, className, text) => {
    const element = document.createElement(name);
    element.className = className;
    if (text !== undefined) element.textContent = text;
    return element;
  };

  const posts = (preview) => {
    const shown = [];
    shown.push(make("p", "composer-preview-head", preview.parts.length > 1 ? `As it will stand, a thread of ${preview.parts.length}:` : "As it will stand:"));
    for (const part of preview.parts) {
      const post = make("p", "composer-part");
      post.dir = "auto";
      let at = 0;
      for (const mark of part.marks) {
        post.append(part.text.slice(at, mark.start), make("span", "composer-link", part.text.slice(mark.start, mark.start + mark.length)));
        at = mark.start + mark.length;
      }
      post.append(part.text.slice(at));
      shown.push(post, make("p", "composer-part-count", `${part.length.length} of ${part.length.limit.toLocaleString("en")} ${part.length.unit}`));
    }
    for (const why of preview.waitsFor) shown.push(make("p", "field-hint", `Will wait for somebody else. ${why}`));
    return shown;
  };

  for (const form of document.querySelectorAll("[data-preview-at]")) {
    const text = form.querySelector("textarea");
    const place = form.querySelector("[data-preview]");
    if (!text || !place) continue;
    let waiting, asked = 0;
    const ask = async () => {
      const number = ++asked;
      if (text.value.trim() === "") { place.replaceChildren(); return; }
      const evidence = form.elements["correct"]?.checked ? form.elements["correction.evidence"]?.value : "";
      const body = { text: text.value, version: 0, asThread: Boolean(form.elements["thread"]?.checked), correction: evidence ? { claim: "", evidence, of: "product" } : null };
      try {
        const answer = await fetch(form.dataset.previewAt, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
        if (answer.ok && number === asked) place.replaceChildren(...posts(await answer.json()));
      } catch { /* offline: the count beneath still counts */ }
    };
    form.addEventListener("input", () => { clearTimeout(waiting); waiting = setTimeout(ask, 400); });
    form.querySelector("[data-preview-button]")?.addEventListener("click", (event) => { event.preventDefault(); ask(); });
    if (text.value.trim() !== "") ask();
  }
})();
