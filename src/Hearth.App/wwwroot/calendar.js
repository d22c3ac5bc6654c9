// Drags a post that waits to another day or hour: it fills in the form beneath that moves it, and sends it.
(() => {
  const grid = document.querySelector("[data-plan]");
  if (!grid) return;
  let dragged;
  grid.addEventListener("dragstart", (event) => {
    dragged = event.target.closest?.("[data-move]");
    if (!dragged) { event.preventDefault(); return; }
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.move);
  });
  grid.addEventListener("dragover", (event) => {
    const cell = event.target.closest("[data-day]");
    if (!dragged || !cell) return;
    event.preventDefault();
    for (const other of grid.querySelectorAll(".is-target")) if (other !== cell) other.classList.remove("is-target");
    cell.classList.add("is-target");
  });
  grid.addEventListener("dragend", () => {
    dragged = undefined;
    for (const cell of grid.querySelectorAll(".is-target")) cell.classList.remove("is-target");
  });
  grid.addEventListener("drop", (event) => {
    const cell = event.target.closest("[data-day]");
    const form = dragged && document.getElementById(dragged.dataset.move);
    if (!cell || !form) return;
    event.preventDefault();
    const field = form.elements.at;
    const time = field.value.slice(11, 16);
    const wanted = `${cell.dataset.day}T${cell.dataset.hour ? cell.dataset.hour + time.slice(2) : time}`;
    if (wanted === field.value.slice(0, 16)) return;
    field.value = wanted;
    form.requestSubmit();
  });
})();
