// Search: reads the index that the build made in pieces, and ranks pages. It knows no page and no document but for
// the script elements by which pieces load from a file. docs/decisions/search.md says how the index is made.
//
//   const search = await JuhendSearch.open(JuhendSearch.loader(address of root.js))
//   const found = await search.find("koormustesti tul", { kind: "guide" })
//   const told = await search.tell(found.pages.slice(0, 10))
var juhendSearch; // what the pieces call when they are scripts
var JuhendSearch = (() => {
  "use strict";
  const LETTERS = " !#$%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
  const VALUES = new Uint8Array(128);
  for (let value = 0; value < LETTERS.length; value++) VALUES[LETTERS.charCodeAt(value)] = value;
  const BASE = 46;
  const PLACES = 11;
  const BEGINNING = "*";
  const PARTS = "";

  /** What a page is worth by where it has a word: running text, a heading, a title, a short title, its own id. */
  const LEVELS = [1, 1.4, 1.8, 2.2, 3.4, 5, 6.5, 30];
  const CODE = 7;
  /** How well a form of a word fits the one that was typed. */
  const FIT = { exact: 1, folded: 0.9, begins: 0.8, beginsFolded: 0.75, stem: 0.7, other: 0.5, part: 0.4, longerCode: 0.2 };
  /** Words in one passage of a page belong together. */
  const TOGETHER = 1.15;
  /** How long tags are, and how many pieces share one. */
  const [TAG, LISTS_TO_A_TAG, PAGES_TO_A_TAG] = [4, 4, 16];
  const SHORTEST_BEGINNING = 2;
  const EXCERPT = 170;

  // ---------------------------------------------------------------- words

  /** The words of a text, each with where it begins. */
  const tokens = (text) => JuhendStem.tokens(text).map(({ start, token }) => ({ at: start, text: token }));

  /** What was typed, as words; the last one may be the beginning of a longer one. */
  function parse(text, keys) {
    const all = tokens(text.slice(0, 200)).slice(0, 12);
    const last = all[all.length - 1];
    const isOpen = last && last.at + last.text.length === text.length;
    const words = new Map();
    for (const token of all) {
      const word = { ...keys(token.text), text: token.text, begins: token === last && isOpen };
      if (word.folded.length < SHORTEST_BEGINNING) word.begins = false;
      const known = words.get(word.exact);
      words.set(word.exact, known ? { ...known, begins: known.begins || word.begins } : word);
    }
    return [...words.values()];
  }

  // ---------------------------------------------------------------- reading

  /** Reads what digits.rs wrote. */
  function reader(text) {
    let at = 0;
    const value = () => VALUES[text.charCodeAt(at++)];
    const number = () => {
      let sum = 0;
      for (let unit = 1; ; unit *= BASE) {
        const digit = value();
        if (digit < BASE) return sum + digit * unit;
        sum += (digit - BASE) * unit;
      }
    };
    const signed = () => {
      const all = number();
      return all % 2 ? -(all - 1) / 2 : all / 2;
    };
    const until = (end) => {
      const from = at;
      at = text.indexOf(end, at) + 1;
      return text.slice(from, at - 1);
    };
    return { value, number, signed, until, more: () => at < text.length };
  }

  /** Calls `each` with page, level and place of every page in a list. */
  function eachPage(text, each) {
    const read = reader(text);
    for (let page = 0; read.more();) {
      page += read.number();
      const both = read.value();
      let place = both % PLACES;
      if (place === PLACES - 1) place += read.number();
      each(page, Math.floor(both / PLACES), place);
    }
  }

  /** Calls `each` with every page of a set. */
  function eachMember(text, each) {
    for (let at = 0; at < text.length; at++) {
      const bits = VALUES[text.charCodeAt(at)];
      for (let bit = 0; bit < 6; bit++) if (bits & (1 << bit)) each(at * 6 + bit);
    }
  }

  /** The numbers that begin pieces, written as differences. */
  function sums(text) {
    const read = reader(text);
    const all = [];
    for (let sum = 0; read.more();) all.push((sum += read.number()));
    return all;
  }

  /** A piece of the table of terms: each term with its groups. */
  function terms(text, first) {
    const read = reader(text);
    const all = [];
    for (let before = "", group = first; read.more();) {
      const shared = read.value();
      const term = [...before].slice(0, shared).join("") + read.until(" ");
      const groups = Array.from({ length: read.number() }, () => (group += read.signed()));
      all.push({ term, groups });
      before = term;
    }
    return all;
  }

  /** The place of the last of `sorted` that is not beyond `wanted`. */
  function lastUpTo(sorted, wanted) {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (sorted[middle] <= wanted) low = middle + 1;
      else high = middle;
    }
    return Math.max(0, low - 1);
  }

  // ---------------------------------------------------------------- loading

  /** Loads pieces that stand beside the root: by fetch from a server, as scripts from a file. */
  function loader(root) {
    const folder = new URL(".", root);
    const asData = async (piece, tag) => {
      // The root says what is new; all else carries a tag, so that it may be kept.
      const response = await fetch(new URL(`${piece}.js${tag ? `?${tag}` : ""}`, folder), { cache: tag ? "default" : "no-cache" });
      if (!response.ok) throw new Error(`${response.status} ${response.url}`);
      const text = await response.text();
      return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
    };
    const waiting = new Map();
    const asScript = (piece) =>
      new Promise((resolve, reject) => {
        juhendSearch = (name, data) => waiting.get(name)?.(data);
        waiting.set(piece, resolve);
        const script = document.createElement("script");
        const address = new URL(`${piece}.js`, folder).href;
        script.src = policy ? policy.createScriptURL(address) : address;
        script.onload = () => script.remove();
        script.onerror = () => reject(new Error(address));
        document.head.append(script);
      });
    return folder.protocol === "file:" ? asScript : asData;
  }

  /** Scripts come from the folder of the index alone. */
  const policy = globalThis.trustedTypes?.createPolicy("juhend-search", { createScriptURL: (address) => address });

  // ---------------------------------------------------------------- ranking

  /** How well a form of a group fits a word that was typed; nothing if it does not. */
  function fit(word, stem, form, keys) {
    if (form === PARTS) return stem === word.stem ? FIT.part : word.begins && stem.startsWith(word.folded) ? FIT.part * FIT.begins : 0;
    if (form === word.exact) return FIT.exact;
    const folded = keys(form).folded;
    if (folded === word.folded) return FIT.folded;
    const isLonger = word.begins && folded.startsWith(word.folded);
    // BEN-1422 is not about BEN-142, though somebody may be on the way to it.
    if (isLonger && /\d$/.test(word.folded)) return FIT.longerCode;
    if (isLonger) return form.startsWith(word.exact) ? FIT.begins : FIT.beginsFolded;
    return stem === word.stem ? FIT.stem : FIT.other;
  }

  /** The stem of a group, and each form with its pages: a stem that is the first form is not written twice. */
  const formsOf = (group) => (group.length % 2 ? [group[0], group.slice(1)] : [group[0], group]);

  /** What is known of the `count` pages for one word: how good each is, where in it the word stands, whether it is its code. */
  const nothing = (count) => ({ size: 0, scores: new Float64Array(count), places: new Uint16Array(count), levels: new Uint8Array(count), codes: new Uint8Array(count) });

  /** The pages of a word among `count`. */
  function pagesOf(word, groups, keys, count) {
    const found = nothing(count);
    const put = (page, level, place, quality) => {
      const score = LEVELS[level] * quality;
      if (level === CODE && (quality >= FIT.folded || quality === FIT.stem)) found.codes[page] = 1;
      if (score <= found.scores[page]) return;
      if (!found.scores[page]) found.size += 1;
      [found.scores[page], found.places[page], found.levels[page]] = [score, place, level];
    };
    for (const group of groups) {
      const [stem, forms] = formsOf(group);
      if (stem === BEGINNING) {
        eachMember(forms[0], (page) => put(page, 0, 0, FIT.beginsFolded));
        eachPage(forms[1], (page, level, place) => put(page, level, place, FIT.beginsFolded));
        continue;
      }
      for (let at = 0; at < forms.length; at += 2) {
        const quality = fit(word, stem, forms[at], keys);
        if (quality) eachPage(forms[at + 1], (page, level, place) => put(page, level, place, quality));
      }
    }
    return found;
  }

  /**
   * The pages that have all words, the best first; where none has all, those that have most. `found` has the pages of
   * each word, `count` says how many pages there are at all.
   */
  function rank(found, count) {
    const weights = found.map(({ size }) => Math.log(1 + (count - size + 0.5) / (size + 0.5)));
    const [words, scores, codes] = [new Uint8Array(count), new Float64Array(count), new Uint8Array(count)];
    let most = 0;
    found.forEach((word, at) => {
      for (let page = 0; page < count; page++) {
        if (!word.scores[page]) continue;
        scores[page] += word.scores[page] * weights[at];
        codes[page] |= word.codes[page];
        most = Math.max(most, ++words[page]);
      }
    });
    const having = (page) => found.filter((word) => word.scores[page]);
    // The passage to show is that of the word that says most, titles aside.
    const place = (page) => {
      const tells = (word) => (word.levels[page] < 5 ? weights[found.indexOf(word)] + word.levels[page] / 10 : -0.5);
      return having(page).reduce((best, word) => (tells(word) > tells(best) ? word : best)).places[page];
    };
    const pages = [];
    for (let page = 0; page < count; page++) {
      if (!most || words[page] < most) continue;
      pages.push(page);
      if (most > 1 && new Set(having(page).map(({ places }) => places[page])).size === 1) scores[page] *= TOGETHER;
    }
    pages.sort((a, b) => codes[b] - codes[a] || scores[b] - scores[a] || a - b);
    return { pages, place, isWhole: most === found.length };
  }

  /** In how many steps one word becomes another: letters put in, left out, exchanged with the next, or others. */
  function distance(a, b, most) {
    if (Math.abs(a.length - b.length) > most) return most + 1;
    let [before, row] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= a.length; i++) {
      const next = [i];
      for (let j = 1; j <= b.length; j++) {
        const cost = a[i - 1] === b[j - 1] ? 0 : 1;
        next[j] = Math.min(row[j] + 1, next[j - 1] + 1, row[j - 1] + cost);
        if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) next[j] = Math.min(next[j], before[j - 2] + 1);
      }
      [before, row] = [row, next];
    }
    return row[b.length];
  }

  // ---------------------------------------------------------------- showing

  /** Whether a word of a page is one that was typed. */
  function matcher(words, keys) {
    const known = new Map();
    const matches = (token) => {
      const own = keys(token);
      // The build knows all words of the portal, and finds them at the end of compounds that the rules alone do not part.
      const ends = (word) => {
        const at = word.stem.length > 3 && !own.parts.length ? own.folded.indexOf(word.stem.slice(0, 3), 3) : -1;
        return at > 0 && keys(own.folded.slice(at)).stem === word.stem;
      };
      return words.some(
        (word) =>
          own.folded === word.folded ||
          own.stem === word.stem ||
          own.parts.includes(word.stem) ||
          ends(word) ||
          (word.begins && (own.folded.startsWith(word.folded) || own.parts.some((part) => part.startsWith(word.folded)))),
      );
    };
    return (token) => {
      if (!known.has(token)) known.set(token, matches(token));
      return known.get(token);
    };
  }

  /** A text in pieces: each with whether it is a word that was typed. */
  function marked(text, matches) {
    const pieces = [];
    let from = 0;
    for (const token of tokens(text)) {
      if (!matches(token.text)) continue;
      if (token.at > from) pieces.push({ text: text.slice(from, token.at), isMarked: false });
      pieces.push({ text: token.text, isMarked: true });
      from = token.at + token.text.length;
    }
    if (from < text.length) pieces.push({ text: text.slice(from), isMarked: false });
    return pieces;
  }

  /** The part of a text that has most of the words that were typed. */
  function excerpt(text, matches) {
    const hits = tokens(text).filter((token) => matches(token.text)).map(({ at }) => at);
    let best = { from: 0, count: 0 };
    for (const from of hits) {
      const count = hits.filter((at) => at >= from && at < from + EXCERPT * 0.8).length;
      if (count > best.count) best = { from, count };
    }
    const start = best.from < EXCERPT * 0.6 ? 0 : text.indexOf(" ", best.from - EXCERPT * 0.3) + 1;
    const cut = text.slice(start, start + EXCERPT);
    const end = start + EXCERPT < text.length ? Math.max(cut.lastIndexOf(" "), 1) : cut.length;
    return (start > 0 ? "… " : "") + cut.slice(0, end) + (end < cut.length ? " …" : "");
  }

  // ---------------------------------------------------------------- the whole

  /** An index that is ready to be asked. `load` gives the data of a piece. */
  async function open(load, stem = JuhendStem) {
    const root = await load("root");
    const stemmer = stem(root.language);
    const known = new Map();
    const keys = (token) => {
      if (!known.has(token)) known.set(token, stemmer.keys(token));
      return known.get(token);
    };
    const starts = root.terms.map(([term]) => term);
    const lists = sums(root.lists[0]);
    const told = sums(root.told[0]);
    const kinds = root.kinds.map(({ from }) => from);
    const tag = (tags, at, together) => tags.slice(Math.floor(at / together) * TAG, (Math.floor(at / together) + 1) * TAG);
    const pieces = new Map();
    const piece = (name, tag, read = (data) => data) => {
      if (!pieces.has(name)) {
        const loaded = load(name, tag).then(read);
        // What could not be loaded may be asked for again.
        loaded.catch(() => pieces.delete(name));
        pieces.set(name, loaded);
      }
      return pieces.get(name);
    };
    const table = (at) => piece(`t${at}`, root.terms[at][2], (text) => terms(text, root.terms[at][1]));
    const between = async (first, last) => {
      const [from, to] = [lastUpTo(starts, first), lastUpTo(starts, last)];
      const all = await Promise.all(Array.from({ length: to - from + 1 }, (_, at) => table(from + at)));
      return all.flat();
    };
    const group = async (number) => {
      const at = lastUpTo(lists, number);
      return (await piece(`g${at}`, tag(root.lists[1], at, LISTS_TO_A_TAG)))[number - lists[at]];
    };

    /** The numbers of the groups that a word leads to. */
    async function leads(word) {
      if (!starts.length) return [];
      const numbers = new Set();
      const exactly = async (term) => {
        for (const each of await between(term, term)) if (each.term === term) for (const number of each.groups) numbers.add(number);
      };
      await Promise.all([exactly(word.folded), exactly(word.stem)]);
      if (word.begins) {
        const before = numbers.size;
        await exactly(word.folded + BEGINNING);
        if (numbers.size === before) {
          for (const each of await between(word.folded, `${word.folded}\uffff`)) {
            if (each.term.startsWith(word.folded)) for (const number of each.groups) numbers.add(number);
          }
        }
      }
      return [...numbers];
    }

    const pagesFor = async (word) => pagesOf(word, await Promise.all((await leads(word)).map(group)), keys, root.pages);

    /** The pages of a word; of a compound that no page has, those of its parts. */
    async function pagesOrParts(word) {
      const pages = await pagesFor(word);
      if (pages.size || !word.parts.length) return [{ word, pages }];
      const parts = word.parts.map((part) => ({ exact: part, folded: part, stem: part, parts: [], begins: false }));
      const found = await Promise.all(parts.map(async (part) => ({ word: part, pages: await pagesFor(part) })));
      return found.some(({ pages }) => pages.size) ? found : [{ word, pages }];
    }

    const kindOf = (page) => root.kinds[lastUpTo(kinds, page)];

    /** All pages for what was typed, the best first; how many there are of each kind; the words that no page has. */
    async function find(text, { kind = "" } = {}) {
      const typed = parse(text, keys);
      const found = (await Promise.all(typed.map(pagesOrParts))).flat();
      const words = found.map(({ word }) => word);
      const { pages, place, isWhole } = rank(found.map(({ pages }) => pages), root.pages);
      const counts = new Map();
      for (const page of pages) counts.set(kindOf(page).key, (counts.get(kindOf(page).key) ?? 0) + 1);
      const wanted = kind ? pages.filter((page) => kindOf(page).key === kind) : pages;
      return {
        words,
        isWhole,
        total: pages.length,
        kinds: root.kinds.filter(({ key }) => counts.has(key)).map((each) => ({ ...each, count: counts.get(each.key) })),
        pages: wanted.map((page) => ({ page, place: place(page), kind: kindOf(page) })),
        missing: found.filter(({ pages }) => !pages.size).map(({ word }) => word),
      };
    }

    /** What is to be shown of pages: title, address, heading and excerpt, with the words marked. */
    async function tell(pages, words) {
      const matches = matcher(words, keys);
      const one = async ({ page, place, kind }) => {
        const at = lastUpTo(told, page);
        const [title, code, href, passages, [marking = "", language = "", way = ""] = []] = (await piece(`p${at}`, tag(root.told[1], at, PAGES_TO_A_TAG)))[page - told[at]];
        const [anchor, heading, text] = passages[place] ?? passages[0];
        // Where the words stand in the title alone, the page may have them in its first words, too.
        const shown = text || passages.find(([, , other]) => other)?.[2] || "";
        return {
          title: marked(title, matches),
          code: marked(code, matches),
          href,
          kind,
          marking,
          language,
          way,
          heading: heading ? { text: marked(heading, matches), href: `${href}#${encodeURIComponent(anchor)}` } : null,
          excerpt: marked(excerpt(shown, matches), matches),
        };
      };
      return Promise.all(pages.map(one));
    }

    /** Words of the index that are nearly `word`, the nearest first. */
    async function near(word) {
      const MOST = 3;
      const allowed = word.folded.length < 4 ? 1 : 2;
      const start = word.folded.slice(0, 2);
      const candidates = (await between(start, `${start}\uffff`))
        .filter(({ term }) => term.startsWith(start) && !term.endsWith(BEGINNING))
        .map(({ term, groups }) => ({ term, groups, steps: distance(word.folded, term, allowed) }))
        .filter(({ steps }) => steps <= allowed)
        .sort((a, b) => a.steps - b.steps || (a.term < b.term ? -1 : 1));
      const near = [];
      for (const { groups, term } of candidates.slice(0, 8)) {
        const [, forms] = formsOf(await group(groups[0]));
        const names = forms.filter((form, at) => at % 2 === 0 && form !== PARTS);
        // Stems are no words: only a form is offered.
        const form = names.find((name) => keys(name).folded === term);
        if (form && !near.includes(form)) near.push(form);
      }
      return near.slice(0, MOST);
    }

    return { words: root.words, kinds: root.kinds, language: root.language, find, tell, near };
  }

  return { open, loader, parse, tokens, nothing, rank, fit, terms, sums, eachPage, eachMember, distance, excerpt, marked, matcher, FIT, LEVELS };
})();
