// Counts a hold down while somebody looks. Without it the page says until when, and looks again by itself.
(() => {
  const tick = () => {
    for (const element of document.querySelectorAll("[data-until]")) {
      const left = Math.max(0, Math.ceil((Number(element.dataset.until) - Date.now()) / 1000));
      element.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
      if (left === 0) element.removeAttribute("data-until");
    }
  };
  tick();
  setInterval(tick, 1000);
})();
