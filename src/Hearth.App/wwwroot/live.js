// What becomes different while one looks: who else is here, new posts and answers, whose it is. And the answer is kept as it is typed.
// Everything is there after a reload without this file.
(() => {
  const line = document.getElementById("live");
  if (!line) return;
  const { conversation, me } = line.dataset;
  const answers = line.dataset.answers === "yes";
  const form = document.querySelector("[data-composer]");
  const text = form?.querySelector("textarea");
  const api = `/api/v1/conversations/${conversation}`;
  const json = (method, body, more) => ({ method, headers: { "content-type": "application/json" }, body: JSON.stringify(body), ...more });
  const say = (words) => { line.textContent = words; };

  // ---- parts of the page that are renewed
  const parts = conversation ? [".desk-list", "#timeline", ".page-actions .badge", ".desk-side"] : [".inbox-views", ".inbox-rows"];
  // A part that somebody is filling in is left alone.
  const idle = (part) => !part.contains(document.activeElement) && [...part.querySelectorAll("input, textarea, select")].every((field) =>
    field.options ? [...field.options].every((o) => o.selected === o.defaultSelected) || field.selectedIndex === 0 : field.type === "hidden" || field.type === "checkbox" || field.value === field.defaultValue);
  const ticked = () => document.querySelector(".inbox-rows input:checked");
  let asked, last = 0, again = false;

  const renew = async () => {
    asked = undefined;
    last = performance.now();
    const answer = await fetch(location.href, { headers: { "X-Live": "1" } }).catch(() => null);
    if (!answer?.ok) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
    const answered = document.querySelectorAll(".said-us").length;
    for (const part of parts) {
      const [old, now] = [document.querySelector(part), fresh.querySelector(part)];
      if (part === ".inbox-rows" && ticked()) { say("Something is new here. It shows once nothing is ticked."); continue; }
      if (part === ".desk-side" && old && !idle(old)) continue;
      if (old && now) Idiomorph.morph(old, now, { ignoreActiveValue: true });
      else if ((old || now) && part === ".inbox-rows") { location.reload(); return; } // the first row came, or the last one went
    }

    marks();
    if (!form || document.querySelectorAll(".said-us").length === answered) return;
    if (text.value.trim()) warn();
    else form.elements["Answer.Version"].value = fresh.querySelector("[name='Answer.Version']")?.value ?? form.elements["Answer.Version"].value;
  };

  // At most every second and a half, however much happens.
  const soon = () => {
    if (document.hidden) { again = true; return; }
    asked ??= setTimeout(renew, Math.max(150, 1500 - (performance.now() - last)));
  };

  const warn = () => {
    if (document.getElementById("meanwhile")) return;
    const note = Object.assign(document.createElement("p"), { id: "meanwhile", className: "flash flash-warn" });
    note.setAttribute("role", "alert");
    note.textContent = "Somebody answered while you write. Read it above. Your text is kept, and is not sent before you have seen theirs.";
    form.closest(".composer").before(note);
  };

  // ---- who is here
  const there = new Map();
  const doing = (p) => `${p.name} ${p.isAnswering ? "is writing an answer" : "is looking"}`;
  const marks = () => {
    for (const row of document.querySelectorAll(".inbox-row")) {
      const id = row.pathname.split("/").pop();
      const people = there.get(id) ?? [];
      const old = row.querySelector(".inbox-here");
      if (people.length === 0) { old?.remove(); continue; }
      const mark = old ?? row.querySelector(".inbox-marks")?.appendChild(Object.assign(document.createElement("span"), { className: "inbox-here" }));
      if (mark) mark.textContent = people.map(doing).join(", ");
    }
  };
  const present = (id, everybody) => {
    const others = everybody.filter((p) => p.user !== me);
    there.set(id, others);
    marks();
    const here = document.getElementById("here");
    if (id !== conversation || !here) return;
    here.hidden = others.length === 0;
    here.replaceChildren(...others.map((p) => {
      const one = Object.assign(document.createElement("span"), { className: "here-one", textContent: doing(p) });
      if (p.isAnswering) one.dataset.answering = "yes";
      return one;
    }));
  };

  let typed = -Infinity, beat;
  const tell = async () => {
    if (!conversation || !answers || document.hidden) return;
    const answer = await fetch(`${api}/presence`, json("PUT", { answering: performance.now() - typed < 15_000 })).catch(() => null);
    if (answer?.ok) present(conversation, await answer.json());
  };
  const leave = () => { if (conversation && answers) fetch(`${api}/presence`, { method: "DELETE", keepalive: true }).catch(() => null); };

  // ---- the answer is kept while one types
  const state = form?.querySelector("[data-draft-state]");
  let kept = text?.value ?? "", waiting, saving, sent = false;
  const keep = async (options) => {
    clearTimeout(waiting);
    if (sent || !text || text.value === kept || (saving && !options)) return;
    const words = text.value;
    saving = new AbortController();
    const answer = await fetch(`${api}/draft`, json("PUT", { text: words, version: Number(form.elements["Answer.Version"].value) }, { signal: saving.signal, ...options })).catch(() => null);
    saving = undefined;
    if (sent) return;
    if (answer?.ok) kept = words;
    state.textContent = answer?.ok ? (words.trim() ? "Draft kept" : "") : "The draft could not be kept. It is tried again.";
    if (text.value !== kept) waiting = setTimeout(keep, answer?.ok ? 300 : 3000);
  };
  text?.addEventListener("input", () => {
    const first = performance.now() - typed > 10_000;
    typed = performance.now();
    if (first) tell();
    clearTimeout(waiting);
    waiting = setTimeout(keep, 600);
  });
  form?.addEventListener("submit", () => { sent = true; clearTimeout(waiting); saving?.abort(); });

  // ---- a saved reply comes in at the cursor
  const saved = form?.querySelector("[name='Answer.Saved']");
  form?.querySelector("[value=insert]")?.addEventListener("click", async (event) => {
    event.preventDefault();
    if (!saved.value) { saved.focus(); return; }
    const answer = await fetch(`${api}/saved-replies/${saved.value}`).catch(() => null);
    if (!answer?.ok) { state.textContent = "The saved reply could not be read."; return; }
    const reply = await answer.json();
    text.focus();
    const begin = text.selectionStart;
    text.setRangeText(reply.text, begin, text.selectionEnd, "end");
    const open = reply.missing.length > 0 ? text.value.indexOf(`{${reply.missing[0]}}`, begin) : -1;
    if (open >= 0) text.setSelectionRange(open, open + reply.missing[0].length + 2);
    state.textContent = reply.missing.length > 0 ? `Fill in ${reply.missing.map((m) => `{${m}}`).join(", ")}` : "";
    text.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // ---- the line to the server
  const news = { said: "Somebody wrote.", opened: "Somebody new wrote.", replied: "An answer was written." };
  let events, polling;
  const changed = (change) => {
    if (change.what === "presence") { present(change.conversation, change.people ?? []); return; }
    if (news[change.what] && (!conversation || change.conversation === conversation)) say(news[change.what]);
    soon();
  };
  const open = () => {
    if (!("EventSource" in window)) { polling ??= setInterval(soon, 15_000); return; }
    events = new EventSource(line.dataset.live);
    events.addEventListener("still-here", () => { clearInterval(polling); polling = undefined; line.dataset.connected = "yes"; });
    events.addEventListener("change", (event) => changed(JSON.parse(event.data)));
    events.addEventListener("error", () => { delete line.dataset.connected; polling ??= setInterval(soon, 15_000); }); // the browser goes on trying; until it succeeds we ask
  };
  const close = () => { events?.close(); clearInterval(beat); clearInterval(polling); polling = undefined; };
  const begin = () => { open(); tell(); beat = setInterval(tell, 10_000); };
  // A window that nobody looks at holds no line: browsers allow six to one server.
  document.addEventListener("visibilitychange", () => {
    if (document.hidden) { close(); leave(); keep({ keepalive: true }); return; }
    begin();
    if (again) { again = false; soon(); }
  });
  addEventListener("pagehide", () => { close(); if (!sent) keep({ keepalive: true }); leave(); });
  begin();
})();
