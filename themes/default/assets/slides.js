// One slide at a time from <section class="slide">. Without this file the slides read as a page.
// Keys: → ↓ space PageDown next, ← ↑ PageUp back, Home, End, F full screen, N notes.
(() => {
  "use strict";
  const root = document.documentElement;
  const deck = document.querySelector(".deck");
  const slides = [...document.querySelectorAll(".deck > .slide")];
  if (!deck || !slides.length) {
    root.classList.remove("deck-on");
    return;
  }

  const controls = document.querySelector(".deck-controls");
  const count = controls?.querySelector(".count");
  const button = (name) => controls?.querySelector(`[data-slide="${name}"]`);
  const clamp = (i) => Math.min(Math.max(i, 0), slides.length - 1);
  const fromHash = () => clamp((parseInt(location.hash.slice(1), 10) || 1) - 1);
  let now = -1;

  const show = (i, focus) => {
    if (i === now) return;
    now = i;
    slides.forEach((slide, n) => slide.classList.toggle("now", n === now));
    slides[now].scrollTop = 0;
    if (count) count.textContent = `${now + 1} / ${slides.length}`;
    for (const [name, end] of [["prev", 0], ["next", slides.length - 1]]) {
      button(name)?.setAttribute("aria-disabled", String(now === end));
    }
    if (location.hash !== `#${now + 1}`) history.replaceState(null, "", `#${now + 1}`);
    if (focus) slides[now].focus({ preventScroll: true });
  };
  const fullScreen = () => {
    if (document.fullscreenElement) document.exitFullscreen();
    else root.requestFullscreen?.();
  };
  const notes = () => {
    const on = root.classList.toggle("notes-on");
    button("notes")?.setAttribute("aria-pressed", String(on));
  };
  const act = {
    prev: () => show(clamp(now - 1), true),
    next: () => show(clamp(now + 1), true),
    first: () => show(0, true),
    last: () => show(slides.length - 1, true),
    full: fullScreen,
    notes,
  };
  const keys = {
    ArrowRight: "next", ArrowDown: "next", PageDown: "next", " ": "next",
    ArrowLeft: "prev", ArrowUp: "prev", PageUp: "prev",
    Home: "first", End: "last", f: "full", F: "full", n: "notes", N: "notes",
  };

  slides.forEach((slide, i) => {
    slide.tabIndex = -1;
    slide.setAttribute("aria-label", `${i + 1} / ${slides.length}`);
  });
  if (controls) controls.hidden = false;
  root.classList.add("deck-on");

  document.addEventListener("keydown", (event) => {
    const name = keys[event.key];
    if (!name || event.altKey || event.ctrlKey || event.metaKey) return;
    const at = event.target;
    if (at.closest("input, select, textarea, pre, .table-scroll")) return;
    if (event.key === " " && (event.shiftKey || at.closest("button, a, summary"))) {
      if (!event.shiftKey) return;
      event.preventDefault();
      return act.prev();
    }
    const slide = slides[now]; // a slide taller than the window scrolls before it turns
    const down = event.key === "ArrowDown" && slide.scrollTop + slide.clientHeight < slide.scrollHeight - 2;
    const up = event.key === "ArrowUp" && slide.scrollTop > 2;
    if (down || up) return;
    event.preventDefault();
    act[name]();
  });
  controls?.addEventListener("click", (event) => act[event.target.closest("[data-slide]")?.dataset.slide]?.());

  let start = null;
  deck.addEventListener("touchstart", (e) => { start = e.touches.length === 1 ? e.touches[0] : null; }, { passive: true });
  deck.addEventListener("touchend", (e) => {
    if (!start) return;
    const end = e.changedTouches[0];
    const [dx, dy] = [end.clientX - start.clientX, end.clientY - start.clientY];
    start = null;
    if (Math.abs(dx) > 60 && Math.abs(dx) > 2 * Math.abs(dy)) act[dx < 0 ? "next" : "prev"]();
  }, { passive: true });

  addEventListener("hashchange", () => show(fromHash(), true));
  show(fromHash(), false);
})();
