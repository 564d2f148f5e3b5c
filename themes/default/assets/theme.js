// Runs before the first paint: the page knows that scripts work, and which scheme the reader chose.
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");
  if ("deck" in root.dataset) root.classList.add("deck-on");
  try {
    const theme = localStorage.getItem("theme");
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  } catch { /* storage is switched off: follow the system */ }
})();
