// What those hear who do not see the page: its parts and their names, in the language of the page.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { MARKED, PLACES, PORTAL } from "./places.mjs";
import { PHONE, desk } from "./window.mjs";

const SLOW = 120_000;
const WORDS = join(dirname(fileURLToPath(import.meta.url)), "../../themes/default/words");

/** The texts of a catalogue: what follows a key on its line, without its quotes. Enough for the short ones. */
function textsOf(language) {
  const lines = readFileSync(join(WORDS, `${language}.yaml`), "utf8").split("\n");
  const texts = lines.map((line) => line.match(/^\s*[\w-]+: (?!\{)(.+)$/)?.[1]?.trim().replace(/^"(.*)"$/, "$1"));
  return new Set(texts.filter((text) => text && !text.includes("{")));
}

const ESTONIAN = textsOf("et");
const ENGLISH = textsOf("en");
const OTHERS = { et: [...ENGLISH].filter((text) => !ESTONIAN.has(text)), en: [...ESTONIAN].filter((text) => !ENGLISH.has(text)) };

let open;
before(async () => (open = await desk(PORTAL, MARKED)));
after(() => open?.close());

/** What is wrong with the parts of the page and their names. */
function partFaults(page) {
  return page.evaluate(() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    const faults = [];
    const say = (text, each) => faults.push(`${text}: ${each.outerHTML.slice(0, 100)}`);
    const nameOf = (each) =>
      each.getAttribute("aria-label")?.trim() ||
      (each.getAttribute("aria-labelledby") ?? "").split(" ").map((id) => document.getElementById(id)?.textContent.trim()).join(" ").trim();

    if (all("h1").length !== 1) faults.push(`${all("h1").length} h1`);
    if (all("main").length !== 1) faults.push(`${all("main").length} main`);
    let level = 0;
    for (const heading of all("h1, h2, h3, h4, h5, h6")) {
      const own = Number(heading.tagName[1]);
      if (own > level + 1 && level) say(`a heading skips from ${level} to ${own}`, heading);
      if (!heading.textContent.trim()) say("an empty heading", heading);
      level = own;
    }
    for (const part of all("nav, aside, [role=region], [role=group], fieldset:not(:has(legend))")) if (!nameOf(part)) say("a part without a name", part);
    const navs = all("nav").map(nameOf);
    navs.filter((name, at) => navs.indexOf(name) !== at).forEach((name) => faults.push(`two navigations named ${name}`));

    for (const table of all("table")) {
      const region = table.closest("[role=region]");
      if (!table.caption && !(region && nameOf(region))) say("a table without a name", table);
      if (![...table.querySelectorAll("th")].every((head) => /^(col|row|colgroup|rowgroup)$/.test(head.scope))) say("a head without a scope", table);
      if (!table.querySelector("thead th")) say("a table without heads", table);
    }
    for (const each of all("time")) {
      const text = each.getAttribute("datetime") ?? "";
      if (!/^\d{4}(-\d{2}(-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?)?)?|-W\d{2})?$/.test(text)) say("a time that machines cannot read", each);
    }
    for (const each of all("abbr")) if (!each.title.trim()) say("an abbreviation without its meaning", each);
    for (const each of all("svg[role=img]")) if (!nameOf(each) && !each.querySelector("title")?.textContent.trim()) say("a drawing without a name", each);
    for (const each of all("svg:not([role]):not(svg svg)")) if (each.getAttribute("aria-hidden") !== "true" && !each.querySelector("title") && !each.closest("[role=img], [hidden]")) say("an icon that is read out", each);
    for (const each of all("a[href], button, summary")) {
      const name = nameOf(each) || each.textContent.trim() || each.querySelector("img")?.alt;
      if (!name) say("a control without a name", each);
    }
    return faults;
  });
}

/** The names that only some readers get, outside of passages in another language. */
function hiddenNames(page) {
  return page.evaluate(() => {
    const own = document.documentElement.lang;
    const isOwn = (each) => each.closest("[lang]").lang === own && !each.closest(".langs");
    const attributes = ["aria-label", "title", "alt", "placeholder", "aria-roledescription", "aria-description"];
    const texts = [...document.querySelectorAll("body *")].filter(isOwn).flatMap((each) => attributes.map((name) => each.getAttribute(name)));
    const drawn = [...document.querySelectorAll("svg title, svg desc, .vh")].filter(isOwn).map((each) => each.textContent);
    // The names of icons are for scripts alone.
    const { symbols, ...told } = document.documentElement.dataset;
    return [...new Set([...texts, ...drawn, ...Object.values(told)].map((text) => text?.trim()).filter(Boolean))];
  });
}

describe("every kind of page has parts with names", { concurrency: 2, timeout: SLOW * PLACES.length }, () => {
  for (const { kind, site, language, path } of PLACES) {
    test(`${kind} in ${language}: /${path}`, { timeout: SLOW }, async () => {
      await open.window(site, path, {}, async (page) => {
        assert.equal(await page.getAttribute("html", "lang"), language);
        assert.deepEqual(await partFaults(page), []);
        const names = await hiddenNames(page);
        assert.deepEqual(names.filter((name) => OTHERS[language].includes(name)), [], "names in the other language");
      });
    });
  }
});

describe("names follow the language", { concurrency: 2, timeout: SLOW * PLACES.length }, () => {
  for (const place of PLACES.filter(({ language }) => language === "et")) {
    const other = PLACES.find((each) => each.kind === place.kind && each.language === "en");
    test(`no name of ${place.kind} is the same sentence in both languages`, { timeout: SLOW }, async () => {
      const read = ({ site, path }) => open.window(site, path, {}, hiddenNames);
      const [own, foreign] = await Promise.all([read(place), read(other)]);
      const same = own.filter((name) => foreign.includes(name)).filter(isSentence);
      assert.deepEqual(same, []);
    });
  }
});

/** Whether a text holds words of a language, and not only codes, names of builds or addresses. */
function isSentence(text) {
  const words = text.replace(/\S*[\d./_:]\S*/g, " ").match(/\p{L}{3,}/gu) ?? [];
  return words.some((word) => word !== word.toUpperCase());
}

describe("on a phone", () => {
  test("a table laid out as cards is a table to those who do not see it", async () => {
    const { site, path } = PLACES.find(({ kind, language }) => kind === "releases" && language === "en");
    await open.window(site, path, { viewport: { width: PHONE, height: 800 } }, async (page) => {
      const cards = page.locator(".stacks").first();
      assert.equal(await cards.locator("tbody tr").first().evaluate((row) => getComputedStyle(row).display), "block");
      const told = await cards.ariaSnapshot();
      for (const role of ["table", "row ", "rowheader", "cell", "columnheader"]) assert.match(told, new RegExp(`- ${role}`), told.slice(0, 600));
    });
  });
});
