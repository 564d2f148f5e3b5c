// Runs before the first paint: the page knows that scripts work, and which scheme the reader chose.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  if ("deck" in root.dataset) root.classList.add("deck-on");
  // Who comes with a question sees no list first.
  if (/[?&]q=./.test(location.search)) root.classList.add("asks");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage is switched off: follow the system */ }
})();
