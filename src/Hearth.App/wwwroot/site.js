// Charts, and small comforts. Everything works without this file; charts then show their table.
(() => {
  const here = document.currentScript;
  const dark = () => getComputedStyle(document.documentElement).colorScheme.includes("dark")
    && (document.documentElement.dataset.bsTheme === "dark" || matchMedia("(prefers-color-scheme: dark)").matches);

  const palette = () => dark()
    ? { text: "#d6d3d1", line: "#57534e", tones: { bad: "#e5776c", good: "#8fc47f", neutral: "#8a8078" }, series: ["#f08a5d", "#6fb7c4", "#d9b44a", "#a3b86c", "#c792b8", "#b0a8a2"] }
    : { text: "#57534e", line: "#d6d3d1", tones: { bad: "#b3261e", good: "#4d8a45", neutral: "#b3a89e" }, series: ["#c2410c", "#1f7a8c", "#a16207", "#4d7c0f", "#86427a", "#78716c"] };

  // ECharts has no deep defaults: what a page's option leaves open is filled in here, so that every chart looks alike.
  const dressed = (option) => {
    const { text, line, series, tones } = palette();
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    const axis = (a) => ({
      ...a,
      axisLine: { lineStyle: { color: line }, ...a.axisLine },
      axisTick: { show: false, ...a.axisTick },
      axisLabel: { color: text, hideOverlap: true, ...a.axisLabel },
      splitLine: { show: a.type === "value", lineStyle: { color: line, opacity: 0.5 }, ...a.splitLine },
    });
    const each = (a) => a && (Array.isArray(a) ? a.map(axis) : axis(a));
    return {
      color: series, animation: !still, animationDuration: 250, textStyle: { fontFamily: getComputedStyle(document.body).fontFamily, color: text },
      grid: { left: 8, right: 24, top: option.legend ? 36 : 12, bottom: 8, containLabel: true },
      ...option,
      legend: option.legend && { textStyle: { color: text }, top: 0, icon: "circle", itemWidth: 8, itemHeight: 8, itemGap: 16, ...option.legend },
      tooltip: { trigger: "axis", ...option.tooltip, renderMode: "richText" },
      xAxis: each(option.xAxis), yAxis: each(option.yAxis),
      series: Array.isArray(option.series) ? option.series.map((s) => s.tone ? { ...s, itemStyle: { color: tones[s.tone], ...s.itemStyle }, lineStyle: { color: tones[s.tone], ...s.lineStyle } } : s) : option.series,
    };
  };

  const charts = new Map();
  const draw = (element) => {
    const option = JSON.parse(element.querySelector("script").textContent);
    const chart = charts.get(element) ?? echarts.init(element.querySelector(".chart-area") ?? element.appendChild(Object.assign(document.createElement("div"), { className: "chart-area" })));
    charts.set(element, chart);
    chart.setOption(dressed(option), true);
    chart.off("click");
    chart.on("click", ({ data }) => { if (data?.href?.startsWith("/")) location.assign(data.href); });
  };

  const library = () => library.loading ??= new Promise((done, failed) => {
    const script = Object.assign(document.createElement("script"), { src: here.dataset.charts, onload: done, onerror: failed });
    document.head.append(script);
  });

  const drawAll = async (root) => {
    const found = [...root.querySelectorAll("[data-chart]")].filter((e) => !charts.has(e));
    if (found.length === 0) return;
    await library();
    for (const element of found) draw(element);
  };

  const redraw = () => charts.forEach((_, element) => draw(element));
  addEventListener("resize", () => charts.forEach((chart) => chart.resize()));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);

  // An open menu closes on Escape and on a click elsewhere, as menus do.
  const menus = () => document.querySelectorAll("details.drop[open]");
  addEventListener("click", (event) => menus().forEach((menu) => menu.contains(event.target) || (menu.open = false)));
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menus().forEach((menu) => { menu.open = false; menu.querySelector("summary").focus(); });
  });

  // Days are those of who looks; the server divides them (docs/listening.md).
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (zone) document.cookie = `zone=${encodeURIComponent(zone)}; path=/; max-age=31536000; samesite=lax`;

  drawAll(document);
  document.addEventListener("htmx:afterSettle", (event) => drawAll(event.target));
})();
