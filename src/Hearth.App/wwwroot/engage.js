// Counts an answer as its network will, while one types. Without this file the server counts when the answer is sent.
(() => {
  const letters = new Intl.Segmenter("und", { granularity: "grapheme" });
  const bytes = new TextEncoder();
  const length = (text, unit) => unit === "graphemes" ? [...letters.segment(text)].length : unit === "bytes" ? bytes.encode(text).length : text.length;

  for (const form of document.querySelectorAll("[data-composer]")) {
    const { limit, unit, signature, link } = form.dataset;
    // A link counts a fixed length on some networks, however long it is.
    const counted = (words) => link ? words.replace(/https?:\/\/[^\s<>"]+/g, "x".repeat(Number(link))) : words;
    const text = form.querySelector("textarea");
    const count = form.querySelector("[data-count]");
    const show = () => {
      const left = Number(limit) - length(counted(`${text.value.trim()}\n${signature}`), unit);
      count.textContent = left < 0 ? `${(-left).toLocaleString("en")} ${unit} too many` : `${left.toLocaleString("en")} ${unit} left`;
      count.toggleAttribute("data-over", left < 0);
    };
    text.addEventListener("input", show);
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    form.addEventListener("submit", (event) => { // a second click is not a second answer
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
    });
    show();
  }

  document.querySelector(".desk-list [aria-current]")?.scrollIntoView({ block: "nearest" });
})();
