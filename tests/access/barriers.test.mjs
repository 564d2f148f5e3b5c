// What axe finds on a page of every kind: both languages, both schemes, a phone and a desk.
//
//   PORTAL, MARKED  the built portals; KINDS a pattern of kinds, for looking at a few; CHROMIUM the browser
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, describe, test } from "node:test";
import { MARKED, PLACES, PORTAL } from "./places.mjs";
import { DESK, PHONE, desk } from "./window.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** WCAG 2.2 A and AA with EN 301 549, and what axe calls good practice beyond them. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "EN-301-549", "best-practice"];
/** The rules that look at colours: what another scheme can change. */
const COLOURS = ["color-contrast", "link-in-text-block"];
const SLOW = 180_000;

const EVERY_RULE = { runOnly: { type: "tag", values: TAGS }, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
const ONLY_COLOURS = { runOnly: { type: "rule", values: COLOURS }, resultTypes: ["violations"] };

let open;
before(async () => (open = await desk(PORTAL, MARKED)));
after(() => open?.close());

/** What axe finds, one line for each element. */
async function findings(page, options) {
  const { violations } = await page.evaluate((wanted) => axe.run(document, wanted), options);
  return violations.flatMap(({ id, nodes }) =>
    nodes.slice(0, 3).map(({ target, any, html }) => `${id} (${nodes.length}): ${target} ${any[0]?.message ?? ""} ${html.slice(0, 120)}`),
  );
}

describe("no page has a barrier that axe can find", { concurrency: 2, timeout: SLOW * PLACES.length }, () => {
  for (const { kind, site, language, path } of PLACES) {
    test(`${kind} in ${language}: /${path}`, { timeout: SLOW }, async () => {
      assert.ok(typeof path === "string", `the portal has no page of the kind ${kind}`);
      const found = [];
      await open.window(site, path, {}, async (page) => {
        await page.evaluate(AXE);
        for (const width of [DESK, PHONE]) {
          await page.setViewportSize({ width, height: 800 });
          for (const [scheme, options] of [["light", EVERY_RULE], ["dark", ONLY_COLOURS]]) {
            await page.emulateMedia({ colorScheme: scheme });
            found.push(...(await findings(page, options)).map((text) => `${width} px, ${scheme}: ${text}`));
          }
        }
      });
      assert.deepEqual(found, []);
    });
  }
});
