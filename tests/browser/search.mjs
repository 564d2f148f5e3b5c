// Search in a real browser: as one types, by keyboard, by address, from a file, without scripts.
//
//   PORTAL    the folder of the built portal      [default: target/portal]
//   CHROMIUM  the browser                         [default: /usr/bin/chromium]
import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "./server.mjs";
import { inQuietWindow, launch, SLOW } from "./window.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PORTAL = resolve(process.env.PORTAL || join(HERE, "../../target/portal"));
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

assert.ok(existsSync(join(PORTAL, "search/index/root.js")), `build the portal first: there is no index in ${PORTAL}`);

let browser;
let site;

before(async () => {
  site = await serve(PORTAL);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

const withPage = (options, visit) => inQuietWindow(browser, options, visit);
const open = (page, path) => page.goto(`${site.origin}/${path}`, { waitUntil: "load" });
const titles = (page) => page.locator(".hit-title").allInnerTexts();
const status = (page, text) => page.waitForFunction((wanted) => document.querySelector(".finder-status").textContent.includes(wanted), text);
const focused = (page, selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);

describe("the page of search", { timeout: 20 * SLOW }, () => {
  test("results come from the second letter on, and change with each", async () => {
    await withPage({}, async (page) => {
      await open(page, "search/");
      assert.ok(await focused(page, ".finder input"));
      await page.keyboard.type("k");
      await page.waitForTimeout(300);
      assert.equal(await page.locator(".hit").count(), 0);
      assert.ok(await page.isVisible("[data-browse]"), "the list of all pages stays");
      await page.keyboard.type("l");
      await page.waitForSelector(".hit");
      assert.ok(!(await page.isVisible("[data-browse]")));
      await page.keyboard.type("oonimine");
      await page.waitForFunction(() => [...document.querySelectorAll(".hit-title")].some(({ textContent }) => /kloonimi/i.test(textContent)));
      await page.waitForFunction(() => /^\d+ tulemust$/.test(document.querySelector(".finder-status").textContent));
      assert.match((await page.locator(".hit mark").first().innerText()).toLowerCase(), /^kloonimi/);
      await page.waitForFunction(() => new URLSearchParams(location.search).get("q") === "kloonimine");
    });
  });

  test("results stand under the names of their kinds, with the place in the page", async () => {
    await withPage({}, async (page) => {
      await open(page, "search/?q=kloonimine");
      await page.waitForSelector(".hit");
      const kinds = await page.locator(".finder-results h2").allInnerTexts();
      assert.ok(kinds.includes("Kloonimised") && kinds.includes("Juhendid"), kinds.join());
      const place = page.locator(".hit-place a").first();
      await Promise.all([page.waitForNavigation(), place.click()]);
      const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1));
      assert.ok(await page.evaluate((id) => Boolean(document.getElementById(id)), anchor), `there is no ${anchor}`);
    });
  });

  test("the code of a record comes first, however it is typed", async () => {
    await withPage({}, async (page) => {
      for (const [typed, wanted] of [["BEN-142", "cases/BEN-142/"], ["ben-142", "cases/BEN-142/"], ["2026.10", "releases/2026.10/"], ["d-317", "defects/D-317/"]]) {
        await open(page, `search/?q=${typed}`);
        await page.waitForSelector(".hit");
        const href = await page.locator(".hit-title").first().getAttribute("href");
        assert.ok(href.endsWith(`/${wanted}`), `${typed}: ${href}`);
      }
    });
  });

  test("a filter keeps in the address, and the way back takes it away", async () => {
    await withPage({}, async (page) => {
      await open(page, "search/?q=viga");
      await page.waitForSelector('[data-kind="guide"]');
      const all = await page.locator('.finder-kinds [aria-pressed="true"]').innerText();
      await page.click('[data-kind="guide"]');
      await page.waitForSelector('[data-kind="guide"][aria-pressed="true"]');
      assert.ok(await focused(page, '[data-kind="guide"]'), "the focus is lost");
      assert.deepEqual(await page.locator(".finder-results h2").allInnerTexts(), ["Juhendid"]);
      assert.equal(new URL(page.url()).search, "?q=viga&kind=guide");
      const shared = page.url();
      await page.goBack();
      await page.waitForSelector('[data-kind=""][aria-pressed="true"]');
      assert.equal(await page.locator('.finder-kinds [aria-pressed="true"]').innerText(), all);
      await page.goto(shared);
      await page.waitForSelector('[data-kind="guide"][aria-pressed="true"]');
      assert.deepEqual(await page.locator(".finder-results h2").allInnerTexts(), ["Juhendid"]);
    });
  });

  test("more results come when they are asked for, and the focus is on the first of them", async () => {
    await withPage({}, async (page) => {
      await open(page, "search/?q=viga&kind=guide");
      await page.waitForSelector(".finder-more");
      assert.equal(await page.locator(".hit").count(), 10);
      await page.click(".finder-more");
      await page.waitForFunction(() => document.querySelectorAll(".hit").length === 20);
      await page.waitForFunction(() => document.activeElement === document.querySelectorAll(".hit-title")[10]);
    });
  });

  test("the keyboard goes through everything", async () => {
    await withPage({}, async (page) => {
      await open(page, "search/");
      await page.keyboard.type("kloonimine");
      await page.waitForSelector(".hit");
      await status(page, "tulemust");
      await page.keyboard.press("ArrowDown");
      assert.ok(await focused(page, ".hit-title"));
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("ArrowUp");
      assert.ok(await focused(page, ".finder input"));
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Escape");
      assert.ok(await focused(page, ".finder input"));
      await page.keyboard.press("Escape");
      await page.waitForSelector("[data-browse]:visible");
      assert.equal(await page.inputValue(".finder input"), "");
      await page.keyboard.type("BEN-142");
      await page.waitForFunction(() => document.querySelector(".hit-title")?.href.endsWith("/BEN-142/"));
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("Enter");
      await page.waitForURL("**/cases/BEN-142/");
      await page.goBack();
      await page.waitForSelector(".hit");
      assert.equal(await page.inputValue(".finder input"), "BEN-142");
    });
  });

  test("a slip of the finger is told, and mended with a click", async () => {
    await withPage({}, async (page) => {
      await open(page, "search/?q=kloonimnie");
      await page.waitForSelector(".finder-near button");
      assert.match(await page.innerText(".finder-none"), /kloonimnie/);
      await page.locator(".finder-near button", { hasText: /^kloonimine$/i }).click();
      await page.waitForSelector(".hit");
      assert.equal(new URL(page.url()).searchParams.get("q"), "kloonimine");
    });
  });

  test("what no page has is said, and what most words find is shown", async () => {
    await withPage({}, async (page) => {
      await open(page, "search/?q=zyxwvu");
      await page.waitForSelector(".finder-none");
      assert.equal(await page.locator(".hit").count(), 0);
      await status(page, "0 tulemust");
      await open(page, "search/?q=kloonimine+zyxwvu");
      await page.waitForSelector(".hit");
      assert.match(await page.innerText(".finder-none"), /zyxwvu/);
    });
  });

  test("what is typed is text, never markup", async () => {
    await withPage({}, async (page) => {
      await open(page, `search/?q=${encodeURIComponent('<img src=x onerror=alert(1)> kloonimine')}`);
      await page.waitForSelector(".finder-none");
      assert.equal(await page.locator(".finder img").count(), 0);
    });
  });

  for (const [language, prefix, query, word] of [["et", "", "väljalase", /väljalas/i], ["en", "en/", "releases", /release/i]]) {
    for (const [width, colorScheme] of [[320, "light"], [1280, "dark"]]) {
      test(`in ${language} at ${width} px, ${colorScheme}: no barrier, nothing too wide`, async () => {
        await withPage({ viewport: { width, height: 800 }, colorScheme }, async (page) => {
          await open(page, `${prefix}search/?q=${encodeURIComponent(query)}`);
          await page.waitForSelector(".hit mark");
          assert.match(await page.locator(".hit mark").first().innerText(), word);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= width);
          await page.evaluate(AXE);
          const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
          assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
        });
      });
    }
  }
});

describe("the box over a page", { timeout: 6 * SLOW }, () => {
  const guide = "guides/";

  test("its scripts load when it is first wanted", async () => {
    await withPage({}, async (page) => {
      const loaded = [];
      page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
      await open(page, guide);
      assert.ok(!loaded.some((path) => /search|finder|stem/.test(path.split("/").pop())), loaded.join(" "));
      await page.click(".search-link");
      await page.waitForSelector(".finder-box[open] .finder-hint");
      assert.ok(loaded.some((path) => path.endsWith("/search/index/root.js")));
    });
  });

  for (const key of ["/", "Control+k"]) {
    test(`${key} opens it, the arrows and Enter lead on`, async () => {
      await withPage({}, async (page) => {
        await open(page, guide);
        await page.keyboard.press(key);
        await page.waitForSelector(".finder-box[open]");
        assert.ok(await focused(page, ".finder-box input"));
        await page.keyboard.type("kloonimine");
        await page.waitForFunction(() => /kloonimi/i.test(document.querySelector(".finder-box .hit-title")?.textContent));
        const first = await page.locator(".finder-box .hit-title").first().getAttribute("href");
        await page.keyboard.press("ArrowDown");
        await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
        assert.equal(page.url(), first);
      });
    });
  }

  test("Enter in it opens the page of a code", async () => {
    await withPage({}, async (page) => {
      await open(page, guide);
      await page.keyboard.press("/");
      await page.waitForSelector(".finder-box[open]");
      await page.keyboard.type("BEN-142");
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      assert.ok(page.url().endsWith("/cases/BEN-142/"), page.url());
    });
  });

  test("Escape closes it, and the focus is back", async () => {
    await withPage({}, async (page) => {
      await open(page, guide);
      await page.focus(".search-link");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".finder-box[open] .finder-hint");
      await page.keyboard.press("Escape");
      await page.waitForSelector(".finder-box:not([open])", { state: "attached" });
      assert.ok(await focused(page, ".search-link"));
    });
  });

  test("all results stand on the page of search", async () => {
    await withPage({ viewport: { width: 320, height: 700 } }, async (page) => {
      await open(page, `en/${guide}`);
      await page.click(".search-link");
      await page.waitForSelector(".finder-box[open]");
      await page.keyboard.type("release");
      await page.waitForSelector(".finder-all");
      assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 320);
      await page.evaluate(AXE);
      const { violations } = await page.evaluate(() => axe.run(".finder-box", { resultTypes: ["violations"] }));
      assert.deepEqual(violations.map(({ id, nodes }) => `${id}: ${nodes[0].html}`), []);
      await Promise.all([page.waitForNavigation(), page.click(".finder-all")]);
      assert.equal(page.url(), `${site.origin}/en/search/?q=release`);
    });
  });

  test("a slash in a field is a slash", async () => {
    await withPage({}, async (page) => {
      await open(page, "search/");
      await page.keyboard.type("a/b");
      assert.equal(await page.inputValue(".finder input"), "a/b");
      await page.evaluate(() => document.activeElement.blur());
      await page.keyboard.press("/");
      await page.waitForFunction(() => document.activeElement.matches(".finder input"));
    });
  });
});

describe("wherever the portal is", { timeout: 6 * SLOW }, () => {
  test("from a file", async () => {
    await withPage({}, async (page) => {
      await page.goto(`${pathToFileURL(join(PORTAL, "search/index.html"))}?q=kloonimine`);
      await page.waitForSelector(".hit mark");
      const href = await page.locator(".hit-title").first().getAttribute("href");
      assert.match(href, /^file:.*\/index\.html$/);
      await page.click('[data-kind="guide"]');
      await page.waitForSelector('[data-kind="guide"][aria-pressed="true"]');
      await page.locator(".hit-title").first().click();
      await page.waitForFunction(() => document.querySelector("main h1") && !document.querySelector("[data-finder]"));
      // The script that knows the key comes after the heading.
      await page.waitForLoadState("load");
      await page.keyboard.press("/");
      await page.waitForSelector(".finder-box[open] .finder-hint");
      await page.keyboard.type("BEN-142");
      await page.waitForFunction(() => /BEN-142/.test(document.querySelector(".finder-box .hit-code")?.textContent));
    });
  });

  test("below a folder of a host", async () => {
    const below = await serve(dirname(PORTAL));
    try {
      await withPage({}, async (page) => {
        await page.goto(`${below.origin}/${PORTAL.split("/").pop()}/en/search/?q=defect`);
        await page.waitForSelector(".hit mark");
        const href = await page.locator(".hit-title").first().getAttribute("href");
        assert.equal((await fetch(href)).status, 200, href);
      });
    } finally {
      await below.close();
    }
  });

  const versions = existsSync(join(PORTAL, "v")) ? readdirSync(join(PORTAL, "v")).filter((id) => existsSync(join(PORTAL, "v", id, "search/index/root.js"))) : [];
  test("in an older version, whose pages alone are found", { skip: !versions.length }, async () => {
    await withPage({}, async (page) => {
      await open(page, `v/${versions[0]}/search/?q=viga`);
      await page.waitForSelector(".hit");
      for (const link of await page.locator(".hit-title").all()) {
        const href = await link.getAttribute("href");
        assert.ok(href.startsWith(`${site.origin}/v/${versions[0]}/`), href);
        assert.equal((await fetch(href)).status, 200, href);
      }
    });
  });

  test("an index that is not there is told, and the list stands in for it", async () => {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.route("**/root.js*", (route) => route.fulfill({ status: 503 }));
    await open(page, "search/?q=viga");
    await page.waitForSelector(".finder-results .empty");
    assert.ok(await page.isVisible("[data-browse]"));
    await context.close();
  });
});

describe("without scripts", { timeout: SLOW }, () => {
  test("all pages and their headings stand by the alphabet", async () => {
    await withPage({ javaScriptEnabled: false, viewport: { width: 320, height: 800 } }, async (page) => {
      await open(page, "search/");
      assert.ok(!(await page.isVisible(".finder")), "a box that does nothing");
      assert.ok((await page.locator(".letters a").count()) > 10);
      const last = page.locator(".letters a").last();
      await last.click();
      const anchor = decodeURIComponent(new URL(page.url()).hash.slice(1));
      assert.equal(await page.locator(`[id="${anchor}"]`).count(), 1, anchor);
      assert.ok((await page.locator(".rows small a[href*='#']").count()) > 0, "no headings");
    });
  });
});
