// What someone finds who has never seen the portal: what to test this week, why a release is refused, how to report a
// defect. Each from the home page, in at most two clicks or one search, on a desk and on a phone, in both languages.
//
//   PORTAL    the folder of the built portal      [default: target/portal]
//   CHROMIUM  the browser                         [default: /usr/bin/chromium]
import assert from "node:assert/strict";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { browse, SLOW } from "./window.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PORTAL = resolve(process.env.PORTAL || join(HERE, "../../target/portal"));

const SCREENS = [
  { name: "desk", viewport: { width: 1280, height: 800 } },
  { name: "phone", viewport: { width: 320, height: 720 } },
];

const READERS = [
  {
    language: "et",
    home: "",
    whatToTest: "Mida testida",
    gate: /^Kvaliteedivärav: läbimata/,
    refused: "Ei ole valmis paigaldamiseks",
    rule: "Läbitud testide osakaal",
    report: "Kuidas veast teatada",
    question: "kuidas veast teatada",
    guide: "Teata veast",
  },
  {
    language: "en",
    home: "en/",
    whatToTest: "What to test",
    gate: /^Quality gate: fail/,
    refused: "Not ready to be installed",
    rule: "Pass rate",
    report: "How to report a defect",
    question: "report a defect",
    guide: "Report a defect",
  },
];

let portal;
before(async () => (portal = await browse(PORTAL)));
after(() => portal?.close());

/** Whether an element can be read without scrolling, once the page has come to the place that its address names. */
const inSight = (locator) =>
  locator.evaluate(async (each) => {
    const isSeen = () => {
      const { top, bottom, width } = each.getBoundingClientRect();
      return width > 0 && top >= 0 && bottom <= innerHeight;
    };
    const until = performance.now() + 5000;
    while (!isSeen() && performance.now() < until) await new Promise(requestAnimationFrame);
    return isSeen();
  });

const heading = (page, text) => page.getByRole("heading", { name: text }).first();

/** Asks the search that opens over any page. */
async function ask(page, question) {
  await page.locator(".search-link").click();
  await page.locator(".finder-box input").fill(question);
  await page.waitForFunction(() => document.querySelector(".finder-box .hit"));
}

for (const { name, viewport } of SCREENS) {
  for (const reader of READERS) {
    describe(`${name}, ${reader.language}`, { timeout: 10 * SLOW }, () => {
      const home = (visit) => portal.window(reader.home, { viewport }, visit);

      test("what to test this week: one click to the changes, each with its risk, state and cases", () =>
        home(async (page) => {
          const link = page.getByRole("link", { name: reader.whatToTest }).first();
          if (name === "desk") assert.ok(await inSight(link), "the link is on the first screen");
          await link.click();
          assert.ok(await inSight(page.locator("#contents h2")), "the list of changes is in sight");
          const rows = page.locator("#contents tbody tr");
          assert.ok((await rows.count()) > 3);
          assert.ok(await page.locator("#contents tbody .status").first().isVisible());
          assert.ok(await page.locator("#environments").count(), "where");
          assert.ok(await page.locator("#data, #test-data").count(), "with which data");
        }));

      test("why a release is refused: one click to the rules that it does not meet", () =>
        home(async (page) => {
          await page.getByRole("link", { name: reader.gate }).first().click();
          assert.ok(await inSight(heading(page, reader.refused)), "the answer is on the first screen");
          const rule = page.locator(".verdict .rules > li").first();
          if (name === "desk") assert.ok(await inSight(rule), "and its first reason");
          assert.ok(await page.getByRole("link", { name: reader.rule }).first().isVisible());
        }));

      test("why a release is refused: one search for its number", () =>
        home(async (page) => {
          await ask(page, "2026.10");
          await page.locator(".finder-box .hit-title a, .finder-box a.hit-title").first().click();
          assert.ok(await inSight(heading(page, reader.refused)));
        }));

      test("how to report a defect: one click", () =>
        home(async (page) => {
          await page.getByRole("link", { name: reader.report }).first().click();
          assert.ok(await inSight(heading(page, reader.guide)));
        }));

      test("how to report a defect: one search in the reader's own words", () =>
        home(async (page) => {
          await ask(page, reader.question);
          const titles = await page.locator(".finder-box .hit-title").allInnerTexts();
          assert.ok(titles.slice(0, 5).includes(reader.guide), titles.slice(0, 5).join(", "));
        }));
    });
  }
}
