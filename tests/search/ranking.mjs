// What the script that ranks does with small indexes made by hand: input beside expectation.
//
//   node --test tests/search/ranking.mjs
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { engine } from "./engine.mjs";

const search = engine();
// Values from another realm have other prototypes.
const plain = (value) => JSON.parse(JSON.stringify(value));

/** Keys as English has them: a plural is the form of its singular; nothing else is. */
const keys = (token) => {
  const exact = token.toLowerCase();
  const folded = exact.normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  const parts = folded.includes("-") ? folded.split("-") : [];
  return { exact, folded, stem: folded.replace(/-/g, "").replace(/s$/, ""), parts };
};

const LETTERS = " !#$%&'()*+,-./0123456789:;<=>?ABCDEFGHIJKLMNOPQRSTUVWXYZ[]^_`abcdefghijklmnopqrstuvwxyz{|}~";
const number = (value) => (value < 46 ? LETTERS[value] : LETTERS[46 + (value % 46)] + number(Math.floor(value / 46)));
/** Pages with level and place, as the build writes them. */
const list = (...pages) => {
  let before = 0;
  return pages
    .map(([page, level, place]) => {
      const distance = page - before;
      before = page;
      return number(distance) + LETTERS[level * 11 + Math.min(place, 10)] + (place >= 10 ? number(place - 10) : "");
    })
    .join("");
};
const term = (text, group, before = group) => `${LETTERS[0]}${text} ${LETTERS[1]}${number(group >= before ? (group - before) * 2 : (before - group) * 2 + 1)}`;

/**
 * An index of `groups`, each `[stem, form, pages, …]`, over `count` pages; every form and stem is a term. Pages below
 * `cases` are guides.
 */
function index(groups, { count = 20, cases = 10, terms = [] } = {}) {
  const pairs = new Map(terms);
  groups.forEach(([stem, ...forms], number) => {
    for (const text of [stem, ...forms.filter((form, at) => at % 2 === 0 && form)]) pairs.set(keys(text).folded, number);
  });
  const sorted = [...pairs].sort(([a], [b]) => (a < b ? -1 : 1));
  const written = sorted.map(([text, group], at) => term(text, group, at ? sorted[at - 1][1] : sorted[0]?.[1])).join("");
  const told = Array.from({ length: count }, (_, page) => [`Page ${page}`, `C-${page}`, `../${page}/`, [["", "", `The lead of ${page}`], ["part", "A part", "The ledger is closed."]], []]);
  const pieces = {
    root: {
      language: "en",
      pages: count,
      kinds: [{ key: "guide", one: "Guide", all: "Guides", icon: "book", from: 0 }, { key: "case", one: "Case", all: "Cases", icon: "list", from: cases }],
      terms: [[sorted[0]?.[0] ?? "", sorted[0]?.[1] ?? 0, "tag"]],
      lists: [number(0), "tags"],
      told: [number(0), "tags"],
      words: {},
    },
    t0: written,
    g0: groups,
    p0: told,
  };
  return search.open(async (piece) => plain(pieces[piece]), () => ({ keys }));
}

const found = async (text, groups, options) => {
  const answer = await (await index(groups, options)).find(text, options);
  return answer.pages.map(({ page }) => page);
};

describe("words", () => {
  test("are told from what is between them", () => {
    const cases = [
      ["Sulge pearaamat.", ["Sulge", "pearaamat"]],
      ["BEN-142, 2026.10; sit-03", ["BEN-142", "2026.10", "sit-03"]],
      ["e-teenus ja UAT-keskkond", ["e-teenus", "ja", "UAT-keskkond"]],
      ["don’t – stop... 2.14.1.", ["don’t", "stop", "2.14.1"]],
      ["account_name(x)", ["account_name", "x"]],
      ["a\u0303ra", ["a\u0303ra"]],
      ["--- …", []],
    ];
    for (const [text, wanted] of cases) assert.deepEqual(plain(search.tokens(text)).map((token) => token.text), wanted, text);
  });

  test("the last one may go on, unless something stands behind it", () => {
    const begins = (text) => plain(search.parse(text, keys)).map((word) => word.begins);
    assert.deepEqual(begins("close led"), [false, true]);
    assert.deepEqual(begins("close ledger "), [false, false]);
    assert.deepEqual(begins("a"), [false], "one letter is the beginning of too much");
    assert.deepEqual(begins(""), []);
  });
});

describe("pages", () => {
  test("a title is before a heading, a heading before text", async () => {
    const groups = [["ledger", "ledger", list([1, 3, 0], [2, 4, 0], [3, 5, 0], [4, 6, 0])]];
    assert.deepEqual(await found("ledger ", groups), [4, 3, 2, 1]);
  });

  test("exact letters are before folded ones, an exact form before another", async () => {
    const groups = [["tuli", "tuli", list([1, 3, 0]), "tulis", list([3, 3, 0]), "tüli", list([2, 3, 0])]];
    assert.deepEqual(await found("tuli ", groups), [1, 2, 3]);
    assert.deepEqual(await found("tüli ", groups), [2, 1, 3]);
    assert.equal((await found("tulis ", groups))[0], 3);
  });

  test("a word is before those that it is a part of", async () => {
    const groups = [["case", "", list([1, 5, 0]), "case", list([2, 5, 0])]];
    assert.deepEqual(await found("case ", groups), [2, 1]);
  });

  test("the code of a page is before all that speaks of it", async () => {
    const groups = [["ben142", "ben-142", list([1, 6, 0], [15, 7, 0])], ["pay", "pay", list([1, 6, 0], [2, 6, 0])]];
    assert.deepEqual(await found("BEN-142", groups), [15, 1]);
    assert.deepEqual(await found("ben142 ", groups), [15, 1], "without its hyphen");
  });

  test("a whole code is before longer ones that begin so", async () => {
    const groups = [["2026.1", "2026.1", list([1, 7, 0], [2, 0, 0], [3, 0, 0], [4, 0, 0])], ["2026.10", "2026.10", list([5, 7, 0])]];
    assert.deepEqual((await found("2026.1", groups)).slice(0, 2), [1, 5]);
  });

  test("what speaks of a code is before what speaks of a longer one", async () => {
    const groups = [["ben142", "ben-142", list([1, 0, 0])], ["ben1422", "ben-1422", list([2, 3, 0])]];
    assert.deepEqual(await found("BEN-142", groups), [1, 2]);
    assert.deepEqual(await found("BEN-14", groups), [2, 1]);
  });

  test("all words are wanted; where no page has them, most", async () => {
    const groups = [["close", "close", list([1, 3, 0], [2, 3, 0])], ["ledger", "ledger", list([2, 0, 0], [3, 6, 0])], ["never", "never", list([9, 0, 0])]];
    assert.deepEqual(await found("close ledger ", groups), [2]);
    assert.deepEqual(await found("close ledger never ", groups), [2]);
    const answer = await (await index(groups)).find("close ledger never ");
    assert.equal(answer.isWhole, false);
    assert.deepEqual((await found("close unheard ", groups)).sort(), [1, 2]);
  });

  test("a rare word weighs more than a common one", async () => {
    const common = Array.from({ length: 15 }, (_, page) => [page, 3, 0]);
    const groups = [["rare", "rare", list([3, 0, 0])], ["test", "test", list(...common)]];
    // Equally good places: page 3 has the rare word, page 4 the common one.
    const [rare, often] = [search.nothing(20), search.nothing(20)];
    [rare.size, rare.scores[3]] = [1, 2];
    [often.size, often.scores[4]] = [15, 2];
    assert.deepEqual(plain(search.rank([rare, often], 20).pages), [3, 4]);
    assert.deepEqual(await found("rare test ", groups), [3]);
  });

  test("words in one passage belong together", async () => {
    const groups = [["close", "close", list([1, 1, 1], [2, 1, 2])], ["ledger", "ledger", list([1, 1, 2], [2, 1, 2])]];
    assert.deepEqual(await found("close ledger ", groups), [2, 1]);
  });

  test("the beginning of a word finds it while it is typed", async () => {
    const groups = [["ledger", "ledger", list([1, 3, 0])], ["legend", "legend", list([2, 3, 0])]];
    assert.deepEqual(await found("led", groups), [1]);
    assert.deepEqual((await found("le", groups)).sort(), [1, 2]);
    assert.deepEqual(await found("le ", groups), [], "a space ends the word");
  });

  test("a heavy beginning knows all its pages, and the best of them", async () => {
    // Pages 0, 1, 6 and 7 of twelve; of page 7 it is known that it is good.
    const groups = [["*", LETTERS[0b000011] + LETTERS[0b000011], list([7, 6, 0])]];
    assert.deepEqual(await found("re", groups, { terms: [["re*", 0]] }), [7, 0, 1, 6]);
  });

  test("a compound that no page has leads to its parts", async () => {
    const groups = [["load", "load", list([1, 3, 0], [2, 3, 0])], ["test", "test", list([2, 3, 0], [3, 3, 0])]];
    assert.deepEqual(await found("load-test ", groups), [2]);
  });

  test("kinds are counted over all pages, whatever the filter", async () => {
    const groups = [["ledger", "ledger", list([1, 3, 0], [12, 3, 0], [13, 3, 0])]];
    const answer = await (await index(groups)).find("ledger ", { kind: "case" });
    assert.deepEqual(plain(answer.pages).map(({ page }) => page), [12, 13]);
    assert.deepEqual(plain(answer.kinds).map(({ key, count }) => [key, count]), [["guide", 1], ["case", 2]]);
    assert.equal(answer.total, 3);
  });

  test("an empty portal finds nothing", async () => {
    assert.deepEqual(await found("ledger", []), []);
  });
});

describe("what is told of a page", () => {
  test("its code, the place of the word, and the word marked", async () => {
    const open = await index([["ledger", "ledger", list([1, 3, 1])]]);
    const { pages, words } = await open.find("ledger ");
    const [told] = plain(await open.tell(pages, words));
    assert.deepEqual(told.title, [{ text: "Page 1", isMarked: false }]);
    assert.deepEqual(told.code, [{ text: "C-1", isMarked: false }]);
    assert.equal(told.heading.href, "../1/#part");
    assert.deepEqual(told.excerpt, [{ text: "The ", isMarked: false }, { text: "ledger", isMarked: true }, { text: " is closed.", isMarked: false }]);
  });

  test("an excerpt is cut about the words, at whole words", () => {
    const matches = search.matcher([{ ...keys("ledger"), begins: false }], keys);
    const text = `${"word ".repeat(60)}the ledger closes ${"again ".repeat(60)}`;
    const cut = search.excerpt(text, matches);
    assert.match(cut, /^… word .*the ledger closes again .* …$/);
    assert.ok(cut.length < 190);
    assert.equal(search.excerpt("Short.", matches), "Short.");
  });

  test("a beginning marks the whole word", () => {
    const matches = search.matcher([{ ...keys("led"), begins: true }], keys);
    assert.deepEqual(plain(search.marked("A Ledger.", matches)).filter(({ isMarked }) => isMarked), [{ text: "Ledger", isMarked: true }]);
  });
});

describe("words that are near", () => {
  test("steps are counted", () => {
    for (const [a, b, wanted] of [["ledger", "ledger", 0], ["ledgre", "ledger", 1], ["leger", "ledger", 1], ["lexxer", "ledger", 2], ["a", "abcdef", 3]]) {
      assert.equal(search.distance(a, b, 2), wanted, `${a} ${b}`);
    }
  });

  test("forms are offered, not stems", async () => {
    const open = await index([["ledg", "ledger", list([1, 3, 0])], ["other", "other", list([2, 3, 0])]]);
    const { missing } = await open.find("ledgre ");
    assert.deepEqual(plain(await open.near(missing[0])), ["ledger"]);
  });
});

describe("numbers", () => {
  test("places beyond the tenth, pages far apart", () => {
    const seen = [];
    search.eachPage(list([3, 2, 9], [3000, 7, 10], [300000, 0, 700]), (...each) => seen.push(each));
    assert.deepEqual(seen, [[3, 2, 9], [3000, 7, 10], [300000, 0, 700]]);
  });

  test("sets", () => {
    const seen = [];
    search.eachMember(LETTERS[0b100001] + LETTERS[0b000010], (page) => seen.push(page));
    assert.deepEqual(seen, [0, 5, 7]);
  });

  test("the table of terms as the build writes it", () => {
    assert.deepEqual(plain(search.terms(" lug ! $u !  uus #%$", 7)), [
      { term: "lug", groups: [7] },
      { term: "lugu", groups: [7] },
      { term: "uus", groups: [9, 8] },
    ]);
  });
});
