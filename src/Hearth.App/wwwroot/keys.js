// The keys of Engage (Keys.cs says which there are), and the palette. Each does what a button or link on the page does.
(() => {
  const find = (selector) => document.querySelector(selector);
  const rows = () => [...document.querySelectorAll(".inbox-rows .inbox-row")];
  const form = (handler) => find(`form input[name="_handler"][value="${handler}"]`)?.closest("form");
  const send = (handler) => { const found = form(handler); found?.requestSubmit(); return !!found; };
  const focus = (selector) => {
    const field = find(selector);
    if (!field) return false;
    for (let outer = field.closest("details:not([open])"); outer; outer = outer.parentElement.closest("details:not([open])")) outer.open = true;
    field.focus();
    field.scrollIntoView({ block: "nearest" });
    return true;
  };

  // On the list a step moves the focus; beside an open conversation it opens the neighbour.
  const step = (by) => {
    const list = rows();
    const current = find(".inbox-row[aria-current]");
    if (current) { list[list.indexOf(current) + by]?.click(); return true; }
    const at = list.indexOf(document.activeElement?.closest(".inbox-row") ?? document.activeElement?.closest("li")?.querySelector(".inbox-row"));
    const next = list[at < 0 ? (by > 0 ? 0 : list.length - 1) : at + by];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
    return !!next;
  };
  const tick = () => {
    const box = document.activeElement?.closest("li")?.querySelector("input[type=checkbox]");
    box?.click();
    return !!box;
  };
  // On the list: chooses what is done with the ticked rows, or with the one that has the focus; Enter does it.
  const many = (what, field, nth = 0) => {
    const bulk = find("#bulk");
    if (!bulk || (!find(".inbox-rows input:checked") && !tick())) return false;
    const choice = bulk.elements["Many.What"];
    choice.value = [...choice.options].filter((o) => o.value.startsWith(what))[nth]?.value ?? "";
    const then = bulk.elements[field ?? "Many.What"];
    then.focus();
    then.scrollIntoView({ block: "nearest" });
    return true;
  };
  const takeBack = () => {
    const undo = find("[data-undo]");
    if (undo) { undo.click(); return true; }
    const last = find(".step-log button");
    if (!last) { location.assign("/engage/undo"); return true; }
    last.closest("details").open = true;
    last.focus();
    last.scrollIntoView({ block: "center" });
    return true;
  };
  const back = () => { const link = find(".desk-view a, .page-back"); link?.click(); return !!link; };

  const keys = {
    j: () => step(1), k: () => step(-1), u: back, x: tick,
    "/": () => focus("#search, [type=search][name=search]") || back(),
    n: () => send("take-next"), t: () => send("claim") || many("assign:"), e: () => send("status-Closed") || many("move:Closed"),
    r: () => focus("textarea[name='Answer.Text']"), m: () => focus("[name='Note.Text']"), a: () => focus("[name='Owner.Assignee']") || many("assign:", "Many.What", 2), l: () => focus("[name='NewLabel.Text']") || many("label:", "Many.Label"),
    s: () => focus("[name='Sleep.Time']") || many("snooze:"), p: () => focus("[name='Press.Priority']") || many("priority:"),
    z: takeBack,
    "?": () => { find("#keys")?.showModal(); return true; },
  };

  const switchBox = find("[data-single-keys]");
  const singles = () => { try { return localStorage.getItem("hearth.keys") !== "off"; } catch { return true; } };
  if (switchBox) {
    switchBox.checked = singles();
    switchBox.addEventListener("change", () => { try { localStorage.setItem("hearth.keys", switchBox.checked ? "on" : "off"); } catch { /* then it lasts for this page */ } });
  }

  const writes = (element) => element?.closest?.("textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=submit], [type=button])");

  // ---- the palette
  const palette = find("#palette");
  const choices = () => [...palette.querySelectorAll("[data-command]")].filter((c) => !c.hidden).map((c) => c.querySelector("a, button"));
  const narrow = () => {
    const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const choice of palette.querySelectorAll("[data-command]")) choice.hidden = !words.every((w) => choice.textContent.toLowerCase().includes(w));
    for (const group of palette.querySelectorAll("[data-group]")) group.hidden = !group.querySelector("[data-command]:not([hidden])");
  };
  const search = palette?.querySelector("[type=search]");
  let loading;
  const load = async () => {
    const answer = await fetch(palette.dataset.from, { headers: { "X-Live": "1" } }).catch(() => null);
    const commands = answer?.ok && new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("#command-list");
    if (!commands) { loading = undefined; return; }
    palette.querySelector("[data-commands]").replaceChildren(document.adoptNode(commands));
    narrow();
  };
  // What is typed before the list is there waits for it; the field stands there at once.
  const summon = () => {
    if (!palette || palette.open) return;
    palette.showModal();
    search.focus();
    search.select();
    loading ??= load();
  };
  search?.form.addEventListener("submit", async (event) => {
    event.preventDefault();
    await loading;
    const first = choices()[0];
    if (first) first.click();
    else search.form.submit(); // the page says what there is
  });
  search?.addEventListener("input", narrow);
  palette?.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const all = [search, ...choices()];
    all.at((all.indexOf(document.activeElement) + (event.key === "ArrowDown" ? 1 : -1)) % all.length).focus();
  });
  for (const dialog of document.querySelectorAll("dialog.keys, dialog.palette")) dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });

  addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "k") { event.preventDefault(); summon(); return; }
    if (event.key === "Escape" && writes(event.target) && !event.target.closest("dialog")) { event.target.blur(); return; }
    if (event.ctrlKey || event.metaKey || event.altKey || writes(event.target) || find("dialog[open]") || !singles()) return;
    if (keys[event.key]?.()) event.preventDefault();
  });

  find(".inbox-views [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" }); // on a phone the views stand in one line
})();
