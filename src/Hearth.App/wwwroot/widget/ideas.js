// The board's ideas inside any page, by one tag:
//   <script src="https://YOUR-HEARTH/widget/ideas.js" data-count="5" data-category="stoves" async></script>
// No cookie is read or set, nothing is kept and nobody is counted: it reads the public API and links to the board.
(() => {
  "use strict";
  const here = document.currentScript;
  if (!here) return;
  const home = new URL(here.src).origin;
  const said = here.dataset;
  const count = Math.min(Math.max(parseInt(said.count, 10) || 5, 1), 20);
  const titles = { popular: "Popular", new: "New", top: "Top" };

  const css = `
    :host { all: initial; display: block; max-width: 40rem; color-scheme: light dark; }
    :host([hidden]) { display: none; }
    section { --ink: #1c1917; --soft: #57534e; --edge: #d6d3d1; --back: #fff; --wash: #f5f5f4; --accent: #9a3412; --good: #3f6212;
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; color: var(--ink); background: var(--back); border: 1px solid var(--edge); border-radius: 12px; overflow: hidden; text-align: start; }
    section.dark { --ink: #f5f5f4; --soft: #c2bbb4; --edge: #44403c; --back: #1c1917; --wash: #292524; --accent: #fdba74; --good: #bef264; }
    header { display: flex; flex-wrap: wrap; gap: .5rem 1rem; align-items: center; justify-content: space-between; padding: .75rem 1rem; border-bottom: 1px solid var(--edge); }
    h2 { font-size: 1.05rem; font-weight: 650; margin: 0; }
    div.lists { display: flex; gap: .25rem; }
    button { font: inherit; font-size: .875rem; color: var(--soft); background: none; border: 1px solid transparent; border-radius: 8px; padding: .25rem .6rem; min-height: 1.9rem; cursor: pointer; }
    button[aria-pressed=true] { color: var(--ink); background: var(--wash); border-color: var(--edge); font-weight: 600; }
    ol { list-style: none; margin: 0; padding: 0; }
    li { display: flex; gap: .9rem; padding: .7rem 1rem; border-bottom: 1px solid var(--edge); }
    .points { flex: none; min-width: 3rem; text-align: center; font-weight: 700; font-variant-numeric: tabular-nums; }
    .points small { display: block; font-weight: 400; font-size: .75rem; color: var(--soft); }
    .idea { min-width: 0; overflow-wrap: anywhere; }
    a { color: var(--accent); text-underline-offset: .15em; }
    .idea a { color: var(--ink); font-weight: 600; text-decoration: none; }
    .idea a:hover { color: var(--accent); text-decoration: underline; }
    p { margin: 0; font-size: .875rem; color: var(--soft); }
    p.state { padding: 1rem; }
    .done { color: var(--good); font-weight: 600; }
    footer { display: flex; flex-wrap: wrap; gap: .5rem 1rem; justify-content: space-between; padding: .7rem 1rem; font-size: .875rem; }
    :focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: 4px; }
    @media (forced-colors: active) { button[aria-pressed=true] { outline: 2px solid; } }`;

  const words = {
    submitted: "Submitted", acknowledged: "Acknowledged", underReview: "Under review", planned: "Planned", partiallyImplemented: "Partially implemented",
    implemented: "Implemented", alreadyOffered: "Already offered", notPlanned: "Not planned", archived: "Archived",
  };

  const make = (name, properties, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };
  const link = (path, text) => make("a", { href: home + path, target: "_blank", rel: "noopener", textContent: text });
  const number = (n) => Number(n).toLocaleString("en");

  class Ideas {
    constructor(into) {
      this.host = into.appendChild(make("div", { className: "hearth-ideas" }));
      const root = this.host.attachShadow({ mode: "open" });
      // A sheet made by script is no inline style, so the page's content security policy need allow no more than this script and its server.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(css);
      root.adoptedStyleSheets = [sheet];
      this.order = titles[said.order] ? said.order : "popular";
      this.state = make("p", { className: "state" });
      this.state.setAttribute("role", "status");
      this.list = make("ol", {});
      this.list.setAttribute("role", "list");
      const heading = make("h2", { id: "title", textContent: said.title || "Ideas" });
      const lists = make("div", { className: "lists" });
      lists.setAttribute("role", "group");
      lists.setAttribute("aria-label", "Order");
      this.buttons = Object.keys(titles).map((order) => make("button", { type: "button", textContent: titles[order], onclick: () => this.show(order) }));
      lists.append(...this.buttons);
      this.frame = make("section", {}, make("header", {}, heading, lists), this.state, this.list,
        make("footer", {}, link("/ideas/new", "Post an idea"), link("/ideas", "All ideas")));
      this.frame.setAttribute("aria-labelledby", "title");
      root.append(this.frame);
      const dark = matchMedia("(prefers-color-scheme: dark)");
      const dress = () => {
        const is = said.theme === "dark" || (said.theme !== "light" && dark.matches);
        this.frame.className = is ? "dark" : "";
        this.host.style.colorScheme = is ? "dark" : "light";
      };
      dark.addEventListener("change", dress);
      dress();
      this.show(this.order);
    }

    async show(order) {
      this.order = order;
      Object.keys(titles).forEach((o, i) => this.buttons[i].setAttribute("aria-pressed", String(o === order)));
      this.say("Loading ideas …");
      const query = new URLSearchParams({ order, size: count });
      for (const name of ["category", "status"]) if (said[name]) query.set(name, said[name]);
      try {
        const answer = await fetch(`${home}/api/v1/ideas?${query}`, { credentials: "omit", referrerPolicy: "no-referrer" });
        if (!answer.ok) throw new Error(String(answer.status));
        const page = await answer.json();
        if (this.order !== order) return; // another list was chosen meanwhile
        this.list.replaceChildren(...page.items.map((idea) => this.row(idea)));
        this.say(page.items.length === 0 ? "No idea here yet. Be the first." : "");
      } catch {
        if (this.order !== order) return;
        this.list.replaceChildren();
        this.say("The ideas cannot be loaded just now. The board itself is linked below.");
      }
    }

    row(idea) {
      const done = idea.status === "implemented" || idea.status === "partiallyImplemented";
      return make("li", {},
        make("div", { className: "points" }, number(idea.points), make("small", { textContent: idea.points === 1 ? "point" : "points" })),
        make("div", { className: "idea" }, link("/ideas/" + encodeURIComponent(idea.id), idea.title),
          make("p", {}, make("span", { className: done ? "done" : "", textContent: words[idea.status] || idea.status }), ` · ${number(idea.comments)} ${idea.comments === 1 ? "comment" : "comments"}`)));
    }

    say(text) {
      this.state.textContent = text;
      this.state.hidden = text === "";
    }
  }

  const start = () => {
    const into = said.into && document.querySelector(said.into);
    const beside = into || here.parentElement;
    const place = !into && beside && beside !== document.head ? make("div", {}) : null;
    if (place) here.after(place);
    new Ideas(place || into || document.body);
  };
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
