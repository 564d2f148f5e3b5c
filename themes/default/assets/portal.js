// What the pages gain when scripts run. Every page is complete without this file.
// All words come from data attributes on <html>; see VOCABULARY.md.
(() => {
  "use strict";
  const root = document.documentElement;
  const word = (name, fallback) => root.dataset[name] || fallback;
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children);
    return node;
  };
  const icon = (name) => {
    const ns = "http://www.w3.org/2000/svg";
    const svg = document.createElementNS(ns, "svg");
    const use = document.createElementNS(ns, "use");
    svg.setAttribute("class", "icon");
    svg.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `#i-${name}`);
    svg.append(use);
    return svg;
  };
  const say = (() => {
    let region;
    return (text) => {
      region ??= document.body.appendChild(make("div", { className: "vh", role: "status" }));
      region.textContent = text;
    };
  })();

  themeSwitch();
  menu();
  all("pre").forEach(copyButton);
  all("table[data-sort]").forEach(sortable);
  all("fieldset.quiz").forEach(quiz);
  all(".toc").forEach(followSections);
  printEverything();
  finder();

  /** Light, dark, or as the system says. The choice is kept on this device only. */
  function themeSwitch() {
    for (const group of all(".theme-switch")) {
      const buttons = all("button[data-set-theme]", group);
      const show = () => {
        const now = root.dataset.theme || "system";
        for (const b of buttons) b.setAttribute("aria-pressed", String(b.dataset.setTheme === now));
      };
      const choose = (theme) => {
        if (theme === "system") delete root.dataset.theme;
        else root.dataset.theme = theme;
        try {
          if (theme === "system") localStorage.removeItem("theme");
          else localStorage.setItem("theme", theme);
        } catch { /* the choice lasts for this page */ }
        show();
      };
      for (const b of buttons) b.addEventListener("click", () => choose(b.dataset.setTheme));
      show();
      group.hidden = false;
    }
  }

  /** The menu of a narrow window, and the “more” disclosure of a wide one. */
  function menu() {
    const button = document.querySelector("[data-menu]");
    const panel = button && document.getElementById(button.getAttribute("aria-controls"));
    const open = (yes) => {
      panel.classList.toggle("open", yes);
      button.setAttribute("aria-expanded", String(yes));
    };
    if (panel) {
      button.hidden = false;
      button.addEventListener("click", () => open(button.getAttribute("aria-expanded") !== "true"));
    }
    const more = all(".nav details, .versions details");
    const wide = matchMedia("(min-width: 64em)");
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      const opened = more.find((d) => d.open && d.contains(document.activeElement));
      if (opened) {
        opened.open = false;
        opened.querySelector("summary").focus();
      } else if (panel?.classList.contains("open")) {
        open(false);
        button.focus();
      }
    });
    document.addEventListener("click", (event) => {
      if (wide.matches) for (const d of more) if (!d.contains(event.target)) d.open = false;
    });
    for (const d of more) {
      d.addEventListener("focusout", (event) => {
        if (wide.matches && event.relatedTarget && !d.contains(event.relatedTarget)) d.open = false;
      });
    }
  }

  /** A copy button on every block of code that holds more than a glance. */
  function copyButton(pre) {
    const code = pre.querySelector("code");
    if (!code || pre.closest(".no-copy")) return;
    const label = make("span", {}, word("copy", "Copy"));
    const button = make("button", { type: "button", className: "button" }, icon("copy"), label);
    const box = make("div", { className: "code" });
    pre.replaceWith(box);
    box.append(pre, button);
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(code.textContent);
      } catch {
        getSelection().selectAllChildren(code); // plain http: at least select it
        if (!document.execCommand("copy")) return;
      }
      label.textContent = word("copied", "Copied");
      say(label.textContent);
      setTimeout(() => { label.textContent = word("copy", "Copy"); }, 2000);
    });
  }

  /** <table data-sort>: a button in every head cell but th[data-nosort]; td[data-value] sorts by that. */
  function sortable(table) {
    const heads = [...table.tHead.rows[table.tHead.rows.length - 1].cells];
    const text = new Intl.Collator(root.lang, { numeric: true });
    const key = (row, i) => {
      const cell = row.cells[i];
      return cell ? (cell.dataset.value ?? cell.textContent.trim()) : "";
    };
    const number = (s) => (/^[-−+]?[\d\s.,]+\s*%?$/.test(s) ? parseFloat(s.replace(/[\s%]/g, "").replace("−", "-").replace(",", ".")) : NaN);
    const compare = (a, b) => {
      const [x, y] = [number(a), number(b)];
      return Number.isNaN(x) || Number.isNaN(y) ? text.compare(a, b) : x - y;
    };
    heads.forEach((th, i) => {
      if ("nosort" in th.dataset || !th.textContent.trim()) return;
      const button = make("button", { type: "button" }, ...th.childNodes);
      th.append(button);
      button.addEventListener("click", () => {
        const down = th.getAttribute("aria-sort") === "ascending";
        for (const other of heads) other.removeAttribute("aria-sort");
        th.setAttribute("aria-sort", down ? "descending" : "ascending");
        const sign = down ? -1 : 1;
        for (const body of table.tBodies) {
          const rows = [...body.rows].map((row) => [key(row, i), row]);
          rows.sort(([a], [b]) => (!a || !b ? !a - !b : sign * compare(a, b))); // empty last, both ways
          body.append(...rows.map(([, row]) => row));
        }
      });
    });
  }

  /** Turns the answers of a quiz into radio buttons (one right) or check boxes (several). */
  function quiz(box, index) {
    const right = new Set((box.dataset.right || "").split(/\s+/).map(Number));
    const items = all(".quiz-answers > li", box);
    const details = box.querySelector("details");
    const inputs = items.map((li, i) => {
      const input = make("input", { type: right.size > 1 ? "checkbox" : "radio", name: `quiz-${index}`, value: String(i + 1) });
      const label = make("label", {}, input, make("span", {}, ...li.childNodes));
      li.append(label);
      return input;
    });
    const check = make("button", { type: "button", className: "button primary" }, word("quizCheck", "Check"));
    const feedback = make("span", { role: "status" });
    box.insertBefore(make("div", { className: "quiz-bar" }, check, feedback), details);
    if (details) details.hidden = true; // comes back with the first try
    const clear = () => {
      for (const mark of all(".quiz-mark", box)) mark.remove();
      feedback.replaceChildren();
    };
    const mark = (kind, text) => make("span", { className: `status is-${kind} quiz-mark` }, icon(kind), text);
    box.addEventListener("change", clear);
    check.addEventListener("click", () => {
      clear();
      if (!inputs.some((input) => input.checked)) {
        feedback.append(mark("unknown", word("quizChoose", "Choose an answer")));
        return;
      }
      const good = inputs.every((input, i) => input.checked === right.has(i + 1));
      inputs.forEach((input, i) => {
        if (!input.checked) return;
        const kind = right.has(i + 1) ? "passed" : "failed";
        items[i].append(mark(kind, word(kind === "passed" ? "quizRight" : "quizWrong", kind)));
      });
      feedback.append(good ? mark("passed", word("quizRight", "Right")) : mark("failed", word("quizWrong", "Wrong")));
      if (details) {
        details.hidden = false;
        if (good) details.open = true;
      }
    });
  }

  /** Marks the section being read in the list “on this page”. */
  function followSections(toc) {
    const links = new Map();
    for (const link of all('a[href^="#"]', toc)) {
      const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
      if (heading) links.set(heading, link);
    }
    if (!links.size || !("IntersectionObserver" in window)) return;
    const headings = [...links.keys()];
    const mark = () => {
      const line = innerHeight * 0.3;
      const now = headings.findLast((h) => h.getBoundingClientRect().top < line) ?? headings[0];
      for (const [heading, link] of links) {
        if (heading === now) link.setAttribute("aria-current", "location");
        else link.removeAttribute("aria-current");
      }
    };
    const watch = new IntersectionObserver(mark, { rootMargin: "0px 0px -70% 0px", threshold: [0, 1] });
    headings.forEach((h) => watch.observe(h));
    mark();
  }

  /** Paper has no clicks: what is folded is printed unfolded. */
  function printEverything() {
    let opened = [];
    addEventListener("beforeprint", () => {
      opened = all("main details:not([open])");
      for (const d of opened) d.open = true;
    });
    addEventListener("afterprint", () => {
      for (const d of opened) d.open = false;
    });
  }

  /** Search opens over the page, by its link or the key “/”. What searches is loaded when it is first wanted. */
  function finder() {
    const link = document.querySelector("a.search-link[data-index]");
    if (!link) return;
    const policy = globalThis.trustedTypes?.createPolicy("juhend-scripts", { createScriptURL: (address) => address });
    let loaded;
    const script = (named) =>
      new Promise((resolve, reject) => {
        const [address, integrity = ""] = named.split("|");
        const node = make("script", { async: false, onload: resolve, onerror: reject, integrity });
        node.src = policy ? policy.createScriptURL(address) : address;
        document.head.append(node);
      });
    const load = () => {
      loaded ??= globalThis.JuhendFinder ? Promise.resolve() : Promise.all(link.dataset.scripts.split(" ").map(script));
      return loaded;
    };
    const open = async () => {
      try {
        await load();
        if (document.querySelector("[data-finder]")) globalThis.JuhendFinder.focus();
        else globalThis.JuhendFinder.quick(link);
      } catch {
        location.assign(link.href);
      }
    };
    // On the page of search a question in the address is answered at once; else the first letter wakes what searches.
    const field = document.querySelector("[data-finder] input");
    if (field && /[?&]q=./.test(location.search)) load();
    else if (field) {
      const wake = () => load().then(() => field.dispatchEvent(new Event("input")));
      field.addEventListener("input", wake, { once: true });
      if (!location.hash && matchMedia("(hover: hover)").matches) field.focus({ preventScroll: true });
    }
    link.addEventListener("click", (event) => {
      if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      open();
    });
    document.addEventListener("keydown", (event) => {
      const isTyping = event.target.closest?.("input, textarea, select, [contenteditable]");
      const isSlash = event.key === "/" && !isTyping && !event.ctrlKey && !event.metaKey && !event.altKey;
      const isCommand = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey;
      if (!isSlash && !isCommand) return;
      event.preventDefault();
      open();
    });
  }
})();
