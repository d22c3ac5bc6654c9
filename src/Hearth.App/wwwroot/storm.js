// The tally of a storm, while one looks: server-sent events, and asking every ten seconds where they do not come through.
(() => {
  const card = document.querySelector("[data-storm-tally]");
  if (!card) return;
  const number = (n) => Number(n).toLocaleString("en");

  const show = (tally) => {
    for (const name of ["ideas", "people", "votes", "comments"]) card.querySelector(`[data-tally=${name}]`).textContent = number(tally[name]);
    const leading = card.querySelector("[data-tally=leading]");
    leading.replaceChildren(...tally.leading.map((idea) => {
      const link = Object.assign(document.createElement("a"), { href: "/ideas/" + encodeURIComponent(idea.idea), textContent: idea.title });
      const points = Object.assign(document.createElement("span"), { textContent: number(idea.points) + " points" });
      const row = document.createElement("li");
      row.append(link, " ", points);
      return row;
    }));
    card.querySelector(".storm-leading").hidden = tally.leading.length === 0;
    if (!tally.isOpen) stop();
  };

  let events, timer;
  const stop = () => { events?.close(); clearInterval(timer); };
  const ask = async () => {
    try {
      const answer = await fetch(card.dataset.poll);
      if (answer.ok) show(await answer.json());
    } catch { /* the next time will do */ }
  };
  const poll = () => { timer ??= setInterval(ask, 10_000); };

  if (!("EventSource" in window)) { poll(); return; }
  events = new EventSource(card.dataset.stormTally);
  events.addEventListener("tally", (event) => { clearInterval(timer); timer = undefined; show(JSON.parse(event.data)); });
  events.addEventListener("error", () => { ask(); poll(); }); // the browser goes on trying to connect; until it succeeds we ask
  addEventListener("pagehide", stop);
})();
