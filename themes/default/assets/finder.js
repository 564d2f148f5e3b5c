// What a reader sees of search: the page of search, and the box that opens over any other page.
// All words come with the index, from the catalogue of its language.
var JuhendFinder = (() => {
  "use strict";
  const root = document.documentElement;
  const STEP = 10;
  const QUICK = 7;
  const SHORTEST = 2;
  const make = (tag, props = {}, ...children) => {
    const node = Object.assign(document.createElement(tag), props);
    node.append(...children.filter((child) => child !== null));
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
  const later = (wait) => {
    let timer;
    return (todo) => {
      clearTimeout(timer);
      timer = setTimeout(todo, wait);
    };
  };
  const fill = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  const counted = (forms, n, language) => {
    const form = typeof forms === "string" ? forms : (forms[new Intl.PluralRules(language).select(n)] ?? forms.other);
    return fill(form, { n: new Intl.NumberFormat(language).format(n) });
  };
  const pieces = (all) => all.map(({ text, isMarked }) => (isMarked ? make("mark", { textContent: text }) : text));

  /** Ways through the results: the arrow keys go from the box to each link and back. */
  function arrows(box, input, links) {
    box.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
      const all = links();
      const at = all.indexOf(document.activeElement);
      const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (to === undefined || !all.length) return;
      if (document.activeElement === input && event.key !== "ArrowDown") return;
      if (document.activeElement !== input && at < 0) return;
      event.preventDefault();
      if (to < 0) input.focus();
      else all[Math.min(to, all.length - 1)].focus();
    });
  }

  /** Answers in the order in which they were asked for: a slow one never comes after a later one. */
  function asker(index, show, fail) {
    let last = 0;
    return async (text, options) => {
      const mine = ++last;
      try {
        const search = await index();
        const found = text.trim().length < SHORTEST ? null : await search.find(text, options);
        const told = found ? await search.tell(found.pages.slice(0, options.most), found.words) : [];
        const near = found && !found.isWhole && found.missing.length ? await search.near(found.missing[0]) : [];
        if (mine === last) show({ search, text, found, told, near });
      } catch (error) {
        if (mine === last) fail(error);
      }
    };
  }

  /** The index at an address, opened once. */
  const opened = new Map();
  function indexAt(address) {
    return () => {
      if (!opened.has(address)) {
        const index = JuhendSearch.open(JuhendSearch.loader(address));
        index.catch(() => opened.delete(address));
        opened.set(address, index);
      }
      return opened.get(address);
    };
  }

  /** From a file, a folder is no page. */
  const href = (to, base) => {
    const url = new URL(to, base);
    if (url.protocol === "file:" && url.pathname.endsWith("/")) url.pathname += "index.html";
    return url.href;
  };

  /** A page that was found. */
  function hit(told, base, withKind) {
    const title = make("a", { className: "hit-title", href: href(told.href, base) }, ...pieces(told.title));
    const code = told.code.length ? make("span", { className: "hit-code" }, ...pieces(told.code)) : null;
    const kind = withKind ? make("span", { className: "hit-kind", textContent: told.kind.one }) : null;
    const way = told.way ? make("span", { className: "hit-way", textContent: told.way }) : null;
    const marking = told.marking ? make("b", { className: "hit-marking", textContent: told.marking }) : null;
    const place = told.heading
      ? make("p", { className: "hit-place" }, make("a", { href: href(told.heading.href, base) }, ...pieces(told.heading.text)))
      : null;
    const text = told.excerpt.length ? make("p", { className: "hit-text" }, ...pieces(told.excerpt)) : null;
    for (const node of [title, place, text]) if (node && told.language) node.lang = told.language;
    return make("li", { className: "hit" }, make("p", { className: "hit-head" }, title, code, way, kind, marking), place, text);
  }

  /** What is said where nothing, or not all, was found. */
  function nothing(words, { text, found, near }, choose) {
    const missing = found.missing.map((word) => word.text ?? word.exact).join(", ");
    const some = missing ? fill(words.partly, { words: missing }) : words.apart;
    const said = found.total ? some : fill(words.none, { query: text.trim() });
    const offers = near.map((word) => {
      const missing = found.missing[0].text ?? found.missing[0].exact;
      const button = make("button", { type: "button", className: "button", textContent: word });
      button.addEventListener("click", () => choose(text.replace(missing, word)));
      return button;
    });
    return make(
      "div",
      { className: "finder-none" },
      make("p", {}, said),
      offers.length ? make("p", { className: "finder-near" }, `${words.near} `, ...offers) : null,
      found.total || offers.length ? null : make("p", { textContent: words.hint }),
    );
  }

  // ---------------------------------------------------------------- the page

  /** Searches on the page of search: what is typed stands in its address. */
  function page(box) {
    const form = box.querySelector("form");
    const input = form.querySelector("input");
    const status = box.querySelector(".finder-status");
    const filters = box.querySelector(".finder-kinds");
    const results = box.querySelector(".finder-results");
    const browse = document.querySelector("[data-browse]");
    const index = indexAt(new URL(box.dataset.index, document.baseURI).href);
    const announce = later(500);
    const remember = later(600);
    const title = document.title;
    let state = { kind: "", most: STEP };

    const address = () => {
      const query = new URLSearchParams();
      if (input.value.trim()) query.set("q", input.value.trim());
      if (state.kind) query.set("kind", state.kind);
      const text = query.toString();
      return location.pathname + (text ? `?${text}` : "");
    };
    const isNew = () => address() !== location.pathname + location.search;
    const push = () => isNew() && history.pushState(null, "", address());
    const replace = () => isNew() && history.replaceState(null, "", address());

    const chip = (text, count, kind, language) => {
      const number = make("span", { className: "count", textContent: new Intl.NumberFormat(language).format(count) });
      const button = make("button", { type: "button", className: "finder-chip" }, text, " ", number);
      button.dataset.kind = kind;
      button.setAttribute("aria-pressed", String(state.kind === kind));
      button.addEventListener("click", () => {
        state = { kind, most: STEP };
        push();
        ask(input.value, state);
      });
      return button;
    };

    function show(answer) {
      const { search, text, found, told } = answer;
      const { words, language } = search;
      const isEmpty = !found;
      box.classList.toggle("is-empty", isEmpty);
      root.classList.remove("asks");
      if (browse) browse.hidden = !isEmpty;
      filters.hidden = isEmpty || !found.total;
      document.title = isEmpty ? title : `${text.trim()} – ${title}`;
      if (isEmpty) {
        results.replaceChildren();
        status.textContent = "";
        announce(() => {});
        return;
      }
      const held = document.activeElement?.dataset?.kind;
      // A filter that nothing passes any more stays in sight, so that it can be taken away.
      const chosen = search.kinds.find(({ key }) => key === state.kind);
      const kinds = chosen && !found.kinds.some(({ key }) => key === state.kind) ? [...found.kinds, { ...chosen, count: 0 }] : found.kinds;
      filters.replaceChildren(
        chip(words.all_kinds, found.total, "", language),
        ...kinds.map(({ key, all, count }) => chip(all, count, key, language)),
      );
      if (held !== undefined) filters.querySelector(`[data-kind="${held}"]`)?.focus();
      const count = counted(words.results, found.pages.length, language);
      results.replaceChildren(...(found.isWhole && found.total ? [] : [nothing(words, answer, choose)]), ...groups(answer));
      if (found.pages.length > told.length) results.append(more(words, told.length));
      announce(() => { status.textContent = count; });
    }

    /** The results under the names of their kinds, the kind of the best one first. */
    function groups({ search, found, told }) {
      const base = new URL(".", new URL(box.dataset.index, document.baseURI)).href.replace(/index\/$/, "");
      const byKind = new Map();
      for (const each of told) byKind.set(each.kind.key, [...(byKind.get(each.kind.key) ?? []), each]);
      return [...byKind].map(([key, hits]) => {
        const { all, count } = found.kinds.find((kind) => kind.key === key);
        const number = make("span", { className: "aside", textContent: counted(search.words.results, count, search.language) });
        const list = make("ol", { className: "hits" }, ...hits.map((each) => hit(each, base, false)));
        const head = make("div", { className: "block-head" }, make("h2", {}, icon(hits[0].kind.icon), all), number);
        return make("section", { className: "block" }, head, list);
      });
    }

    function more(words, shown) {
      const button = make("button", { type: "button", className: "button finder-more", textContent: words.more });
      button.addEventListener("click", async () => {
        state = { ...state, most: state.most + STEP };
        await ask(input.value, state);
        results.querySelectorAll(".hit-title")[shown]?.focus();
      });
      return button;
    }

    const fail = () => {
      root.classList.remove("asks");
      results.replaceChildren(make("p", { className: "empty", textContent: box.dataset.error }));
      if (browse) browse.hidden = false;
    };
    const ask = asker(index, show, fail);
    const choose = (text) => {
      input.value = text;
      input.focus();
      push();
      ask(text, state);
    };
    const read = () => {
      const query = new URLSearchParams(location.search);
      input.value = query.get("q") ?? "";
      state = { kind: query.get("kind") ?? "", most: STEP };
      ask(input.value, state);
    };

    input.addEventListener("input", () => {
      state = { kind: input.value.trim() ? state.kind : "", most: STEP };
      ask(input.value, state);
      remember(replace);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      remember(() => {});
      push();
      ask(input.value, state);
    });
    box.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      event.preventDefault();
      if (document.activeElement !== input) input.focus();
      else if (input.value) {
        input.value = "";
        input.dispatchEvent(new Event("input"));
      }
    });
    arrows(box, input, () => [...results.querySelectorAll("a")]);
    // Whoever comes back finds what was asked, however soon they went.
    results.addEventListener("click", replace);
    addEventListener("popstate", read);
    if (new URLSearchParams(location.search).has("q")) read();
    // Only a pointer that hovers promises a keyboard; elsewhere the keyboard would cover the list.
    if (!location.hash && matchMedia("(hover: hover)").matches) input.focus({ preventScroll: true });
    return { focus: () => input.select() };
  }

  // ---------------------------------------------------------------- the box over a page

  let dialog;

  /** Opens the box; `link` leads to the page of search, and its data to the index. */
  async function quick(link) {
    dialog ??= build(link);
    if (!dialog.open) dialog.showModal();
    dialog.querySelector("input").select();
  }

  function build(link) {
    const address = new URL(link.dataset.index, document.baseURI).href;
    const base = new URL("..", address).href;
    const label = link.textContent.trim();
    const input = make("input", { type: "search", name: "q", autocomplete: "off", spellcheck: false });
    input.setAttribute("autocapitalize", "off");
    input.setAttribute("aria-label", label);
    const close = make("button", { type: "button", className: "tool" }, make("span", { textContent: "✕", ariaHidden: "true" }));
    const status = make("div", { className: "vh" });
    status.setAttribute("role", "status");
    const results = make("div", { className: "finder-results" });
    const form = make("form", { className: "finder-form" }, icon("search"), input, close);
    form.setAttribute("role", "search");
    const box = make("dialog", { className: "finder-box" }, form, status, results);
    box.setAttribute("aria-label", label);
    const announce = later(500);
    const index = indexAt(address);
    const show = (answer) => {
      const { search, text, found, told } = answer;
      close.setAttribute("aria-label", search.words.close);
      close.title = search.words.close;
      input.placeholder = search.words.placeholder;
      if (!found) {
        results.replaceChildren(make("p", { className: "finder-hint", textContent: search.words.keys }));
        announce(() => { status.textContent = ""; });
        return;
      }
      const count = counted(search.words.results, found.total, search.language);
      const list = make("ol", { className: "hits" }, ...told.map((each) => hit(each, base, true)));
      const all = make("a", { className: "finder-all", href: `${href(link.href, base)}?q=${encodeURIComponent(text.trim())}` }, `${search.words.all}: ${count}`);
      results.replaceChildren(...(found.isWhole && found.total ? [] : [nothing(search.words, answer, choose)]), ...(told.length ? [list, all] : []));
      announce(() => { status.textContent = count; });
    };
    const ask = asker(index, show, () => location.assign(link.href));
    const choose = (text) => {
      input.value = text;
      input.focus();
      ask(text, { most: QUICK });
    };
    input.addEventListener("input", () => ask(input.value, { most: QUICK }));
    close.addEventListener("click", () => box.close());
    box.addEventListener("click", (event) => { if (event.target === box) box.close(); });
    results.addEventListener("click", (event) => { if (event.target.closest("a")) box.close(); });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      await ask(input.value, { most: QUICK });
      results.querySelector("a.hit-title, a.finder-all")?.click();
    });
    arrows(box, input, () => [...results.querySelectorAll("a")]);
    document.body.append(box);
    ask("", { most: QUICK });
    return box;
  }

  const own = document.querySelector("[data-finder]");
  const searching = own ? page(own) : null;
  return { quick, focus: () => searching?.focus() };
})();
