// Reloads the page once the preview shows something else than this page does. A reload keeps the place
// to which the page is scrolled. Only the preview adds this script; no built page has it.
"use strict";

(() => {
  const shown = document.currentScript.dataset.state;
  const events = "/-/events";
  const patience = 1000;
  let source = null;

  // Browsers allow six connections a host: a hidden page leaves its own to those in sight.
  const rest = () => {
    source?.close();
    source = null;
  };

  const listen = () => {
    if (source !== null || document.hidden) {
      return;
    }
    source = new EventSource(events);
    source.addEventListener("state", (event) => {
      if (event.data !== shown) {
        rest();
        location.reload();
      }
    });
    source.addEventListener("error", () => {
      // The browser tries again by itself unless it has given up.
      if (source?.readyState === EventSource.CLOSED) {
        rest();
        setTimeout(listen, patience);
      }
    });
  };

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  listen();
})();
