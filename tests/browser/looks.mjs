// What the eye wants of every page: the answer on the first screen, tables as wide as they may be, nothing cut off,
// however long a title or a word.
//
//   PORTAL    the folder of the built portal           [default: target/portal]
//   EXTREMES  the portal of tests/browser/extremes     [default: target/extremes]
//   CHROMIUM  the browser                              [default: /usr/bin/chromium]
import assert from "node:assert/strict";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { inLanguage, kindsOf, LANGUAGES, pagesOf } from "./kinds.mjs";
import { browse, SLOW } from "./window.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PORTAL = resolve(process.env.PORTAL || join(HERE, "../../target/portal"));
const EXTREMES = resolve(process.env.EXTREMES || join(HERE, "../../target/extremes"));
const DESK = { width: 1280, height: 800 };
const PHONE = { width: 320, height: 720 };

let portal;
let extremes;
before(async () => {
  portal = await browse(PORTAL);
  extremes = await browse(EXTREMES);
});
after(async () => {
  await portal?.close();
  await extremes?.close();
});

/** Which of `selectors` have nothing that can be read without scrolling. */
const outOfSight = (page, selectors) =>
  page.evaluate(
    (wanted) =>
      wanted.filter((selector) => {
        const places = [...document.querySelectorAll(selector)].map((each) => each.getBoundingClientRect());
        return !places.some(({ top, bottom, width }) => width > 0 && top >= 0 && bottom <= innerHeight);
      }),
    selectors,
  );

/** Tables that leave the width of their section unused. */
const narrow = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".block .table-scroll:not(.matrix)")]
      .filter((each) => each.checkVisibility() && each.firstElementChild.offsetWidth < each.clientWidth - 2 * parseFloat(getComputedStyle(each).paddingLeft) - 1)
      .map((each) => each.getAttribute("aria-label")),
  );

/** Tables that have more than their place shows. */
const scrolling = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".table-scroll:not(.matrix)")]
      .filter((each) => each.scrollWidth > each.clientWidth + 1)
      .map((each) => each.getAttribute("aria-label")),
  );

/** What stands out of the window to the right. */
const beyond = (page) =>
  page.evaluate(() => {
    const isScrolled = (each) => each.closest(".table-scroll, .chart-scroll, .diagram-scroll, pre, svg, .vh");
    return [...document.querySelectorAll("body *")]
      .filter((each) => each.getBoundingClientRect().right > document.documentElement.clientWidth + 1 && !isScrolled(each))
      .map((each) => `${each.localName}.${each.className}: ${each.textContent.slice(0, 30)}`)
      .slice(0, 3);
  });

/** A page of each kind of a portal, in every language. */
const everyKind = (folder) => {
  const kinds = kindsOf(pagesOf(folder)).filter(({ path }) => path !== undefined);
  return LANGUAGES.flatMap(({ prefix }) => kinds.map(({ path }) => inLanguage(path, prefix)));
};

// What answers the question with which a reader comes (docs: a page answers it in its first screenful).
const ANSWERS = [
  ["", [".lane .gate", ".lane .to-test", ".lane .figure", "#environments .status"]],
  ["releases/2026.10/", [".verdict h2", ".verdict .rules > li:nth-child(3)", ".verdict .figure"]],
  ["releases/", ["tbody .status", "tbody .bar"]],
  ["runs/2026.10/sit-02/", [".verdict h2", ".verdict .tile:nth-child(3)", ".verdict .bar", ".failures > li h3"]],
  ["environments/preprod/", [".kicker .status", "tbody tr:nth-child(3) .status", ".facts.side dd"]],
  ["environments/", [".strip .status"]],
  ["weekly/", [".chart"]],
  ["weekly/2026-W42/", [".tile .figure", "tbody tr"]],
  ["reports/", [".tile .figure", "tbody tr"]],
  ["schedule/", [".chart"]],
  ["defects/", [".tile .figure", ".chart, .bar"]],
  ["uat/", [".tile .figure", "tbody .status"]],
  ["404.html", ["main .find input"]],
];

describe("the first screen answers", { timeout: 10 * SLOW }, () => {
  for (const [path, answers] of ANSWERS) {
    test(`/${path}`, () =>
      portal.window(path, { viewport: DESK }, async (page) => assert.deepEqual(await outOfSight(page, answers), [])));
  }
});

test("tables take the width of their section", { timeout: 10 * SLOW }, async () => {
  assert.deepEqual(await portal.walk(everyKind(PORTAL), { viewport: DESK }, narrow), []);
});

describe("titles of 300 letters and words of 120", { timeout: 20 * SLOW }, () => {
  for (const viewport of [PHONE, DESK]) {
    test(`nothing leaves the window of ${viewport.width} px`, async () => {
      assert.deepEqual(await extremes.walk(everyKind(EXTREMES), { viewport }, beyond), []);
    });
  }

  test("tables fit the window of a desk", async () => {
    assert.deepEqual(await extremes.walk(everyKind(EXTREMES), { viewport: DESK }, scrolling), []);
  });

  test("the name of the portal leaves room for the page", async () => {
    await extremes.window("", { viewport: PHONE }, async (page) => {
      const height = await page.locator(".masthead").evaluate((each) => each.offsetHeight);
      assert.ok(height <= 72, `${height} px`);
    });
  });
});
