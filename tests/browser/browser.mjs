// The example portal in a real browser, under the policy it is published with.
//
//   PORTAL    the folder of the built portal      [default: target/portal]
//   CHROMIUM  the browser                         [default: /usr/bin/chromium]
//   PICTURES  where pictures of every kind of page are left  [default: target/pictures]
import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { LANGUAGES, inLanguage, kindsOf, pagesOf } from "./kinds.mjs";
import { serve } from "./server.mjs";
import { inQuietWindow, launch } from "./window.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PORTAL = resolve(process.env.PORTAL || join(HERE, "../../target/portal"));
const PICTURES = resolve(process.env.PICTURES || join(HERE, "../../target/pictures"));
const PHONE = 320;
const DESK = 1280;
/** An A4 sheet within its margins, in CSS pixels. */
const SHEET = 688;
const SLOW = 180_000;

assert.ok(existsSync(join(PORTAL, "index.html")), `build the portal first: there is none in ${PORTAL}`);
const pages = pagesOf(PORTAL);
const kinds = kindsOf(pages);

let browser;
let site;

before(async () => {
  rmSync(PICTURES, { recursive: true, force: true });
  mkdirSync(PICTURES, { recursive: true });
  site = await serve(PORTAL);
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
});

/** Runs `visit` with a page in a profile of its own, and fails on whatever the browser complains about. */
const withPage = (options, visit) =>
  inQuietWindow(browser, options, (page, complaints) => {
    ask(page, complaints);
    return visit(page, complaints);
  });

/** Puts what the page asks for and does not get, or asks of others, among the complaints. */
function ask(page, complaints) {
  const say = (text) => complaints.push(text);
  const isOwn = (url) => url.startsWith(`${site.origin}/`);
  page.on("request", (request) => isOwn(request.url()) || say(`another origin: ${request.url()}`));
  page.on("requestfailed", (request) => {
    const { errorText } = request.failure();
    // Whoever leaves a page gives up what it was still fetching.
    if (errorText !== "net::ERR_ABORTED") say(`failed, ${errorText}: ${request.url()}`);
  });
  page.on("response", (response) => response.status() >= 400 && say(`${response.status()}: ${response.url()}`));
}

const address = (path) => `${site.origin}/${encodeURI(path)}`;
const open = (page, path) => page.goto(address(path), { waitUntil: "load" });

/** The first page whose HTML has `text`. */
function pageWith(text) {
  const page = pages.find(({ file }) => readFileSync(file, "utf8").includes(text));
  assert.ok(page, `no page has ${text}`);
  return page.path;
}

/** What is wrong with the document, whatever the window. */
async function documentFaults(page, language) {
  const found = await page.evaluate(() => ({
    language: document.documentElement.lang,
    headings: document.querySelectorAll("h1").length,
    mains: document.querySelectorAll("main").length,
    title: document.title.trim(),
    twice: [...document.querySelectorAll("[id]")].map(({ id }) => id).filter((id, at, all) => all.indexOf(id) !== at),
  }));
  const unfinished = await unfinishedTexts(page);
  const faults = [];
  if (found.language !== language) faults.push(`lang is ${JSON.stringify(found.language)}`);
  if (found.headings !== 1) faults.push(`${found.headings} h1`);
  if (found.mains !== 1) faults.push(`${found.mains} main`);
  if (!found.title) faults.push("no title");
  if (found.twice.length) faults.push(`ids that stand twice: ${found.twice}`);
  if (unfinished.length) faults.push(`what no reader should see: ${unfinished.join(" | ")}`);
  return faults;
}

/** Whether the page has to be scrolled sideways. */
async function widthFaults(page, width) {
  const found = await page.evaluate(() => document.documentElement.scrollWidth);
  return found > width ? [`${found} px wide: ${await tooWide(page)}`] : [];
}

/** Texts that are data, markup of a template, or the key of a word that the catalogue does not have. */
function unfinishedTexts(page) {
  return page.evaluate(() => {
    const isUnfinished = (text) => /\{"|\{\{|\{%|\[object |\bNaN\b/.test(text) || /^[a-z_]+(\.[a-z_]+)+$/.test(text);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) {
      const { data, parentElement } = walker.currentNode;
      if (!parentElement.closest("code, pre, kbd") && isUnfinished(data.trim())) texts.push(data.trim().slice(0, 60));
    }
    return texts.slice(0, 5);
  });
}

/** The elements that make the page wider than its window. */
function tooWide(page) {
  return page.evaluate(() => {
    const name = ({ tagName, className }) => `${tagName.toLowerCase()}.${className.baseVal ?? className}`;
    const scrolls = (element) => element.closest(".table-scroll, .chart-scroll, pre, .vh");
    return [...document.querySelectorAll("body *")]
      .filter((element) => element.getBoundingClientRect().right > innerWidth + 1 && !scrolls(element))
      .slice(0, 5)
      .map(name)
      .join(", ");
  });
}

describe("every kind of page", { concurrency: 2, timeout: SLOW * kinds.length }, () => {
  for (const { kind, path } of kinds) {
    for (const { language, prefix } of LANGUAGES) {
      test(`${kind} in ${language}: /${inLanguage(path, prefix)}`, { timeout: SLOW }, async () => {
        assert.notEqual(path, undefined, `the example portal has no page of the kind ${kind}`);
        const faults = [];
        for (const width of [PHONE, DESK]) {
          await withPage({ viewport: { width, height: 800 } }, async (page, complaints) => {
            await open(page, inLanguage(path, prefix));
            if (width === DESK) faults.push(...(await documentFaults(page, language)));
            for (const scheme of ["light", "dark"]) {
              await page.emulateMedia({ colorScheme: scheme });
              const found = await widthFaults(page, width);
              faults.push(...found.map((fault) => `${width} px, ${scheme}: ${fault}`));
              const picture = join(PICTURES, `${kind}-${language}-${width}-${scheme}.png`);
              if (isPictured(language, scheme)) await page.screenshot({ path: picture, fullPage: true });
            }
            faults.push(...complaints.splice(0).map((complaint) => `${width} px: ${complaint}`));
          });
        }
        assert.deepEqual(faults, []);
      });
    }
  }
});

/** Each kind is seen light in one language and dark in the other. */
const isPictured = (language, scheme) => (language === "et") === (scheme === "light");

describe("links", () => {
  for (const { language, prefix } of LANGUAGES) {
    test(`the main navigation in ${language}, and every link on its pages`, { timeout: SLOW }, async () => {
      await withPage({}, async (page) => {
        await open(page, prefix);
        const links = (selector) =>
          page.$$eval(selector, (all) => all.map((link) => new URL(link.getAttribute("href"), document.baseURI).href.split("#")[0]).filter((href) => href));
        const navigation = [...new Set(await links(".nav a[href]"))];
        assert.ok(navigation.length > 10, `only ${navigation.length} links`);
        const seen = new Map(navigation.map((href) => [href, "the navigation"]));
        for (const href of navigation) {
          assert.equal((await page.goto(href)).status(), 200, href);
          for (const below of await links("a[href]")) if (!seen.has(below)) seen.set(below, href);
        }
        const broken = [];
        for (const [href, from] of seen) {
          if (!href.startsWith(`${site.origin}/`)) continue;
          const { status } = await fetch(href, { redirect: "manual" });
          if (status !== 200) broken.push(`${status} ${href} on ${from}`);
        }
        assert.deepEqual(broken, []);
      });
    });
  }

  test("an address that leads nowhere shows the way back, at any depth", async () => {
    await withPage({}, async (page, complaints) => {
      for (const { language, prefix } of LANGUAGES) {
        const response = await open(page, `${prefix}guides/no/such/page/`);
        assert.equal(response.status(), 404);
        assert.deepEqual(complaints.filter((text) => !text.includes("404")), []);
        complaints.length = 0;
        assert.equal(await page.getAttribute("html", "lang"), language);
        const isStyled = await page.evaluate(() => [...document.styleSheets].every((sheet) => sheet.cssRules.length > 0));
        assert.ok(isStyled, "the page has no style");
        await Promise.all([page.waitForNavigation(), page.click("a.brand")]);
        assert.equal(page.url(), address(prefix));
      }
    });
  });
});

describe("without scripts", () => {
  const options = { javaScriptEnabled: false };

  test("a guide can be read", async () => {
    await withPage(options, async (page) => {
      await open(page, kinds.find(({ kind }) => kind === "guide").path);
      assert.ok((await page.innerText(".prose")).length > 500);
    });
  });

  for (const width of [PHONE, DESK]) {
    test(`the menu is open at ${width} px`, async () => {
      await withPage({ ...options, viewport: { width, height: 800 } }, async (page) => {
        await open(page, "");
        assert.ok(await page.isVisible(".nav a[href*='guides']"));
        assert.ok(!(await page.isVisible("[data-menu]")), "a button that does nothing");
        assert.ok(!(await page.isVisible(".theme-switch")), "a switch that does nothing");
      });
    });
  }

  test("the answer of a quiz is one click away", async () => {
    await withPage(options, async (page) => {
      await open(page, pageWith('class="quiz"'));
      const quiz = page.locator("fieldset.quiz").first();
      assert.ok(await quiz.locator(".quiz-answers > li").first().isVisible());
      await quiz.locator("summary").click();
      assert.ok((await quiz.locator(".quiz-right").innerText()).trim());
    });
  });

  test("slides read as a page", async () => {
    await withPage(options, async (page) => {
      await open(page, kinds.find(({ kind }) => kind === "slides").path);
      const slides = page.locator(".deck > .slide");
      assert.ok((await slides.count()) > 1);
      for (const slide of await slides.all()) assert.ok(await slide.isVisible());
    });
  });
});

describe("weight", () => {
  const KB = 1000;

  test("no page is heavier than 250 KB", () => {
    const heavy = pages.filter(({ size }) => size > 250 * KB).map(({ path, size }) => `${path}: ${size}`);
    assert.deepEqual(heavy, []);
  });

  test("a first visit costs at most 50 KB, compressed", async () => {
    await withPage({}, async (page) => {
      const files = new Set();
      page.on("request", (request) => files.add(request.url()));
      await open(page, "");
      const weigh = async (url) => gzipSync(await (await fetch(url)).arrayBuffer(), { level: 9 }).length;
      const weights = await Promise.all([...files].map(weigh));
      const bytes = weights.reduce((sum, weight) => sum + weight, 0);
      assert.ok(bytes <= 50 * KB, `${bytes} bytes in ${weights.length} files`);
    });
  });
});

describe("comforts", () => {
  test("the chosen theme stays, on this page and the next", async () => {
    await withPage({ colorScheme: "light" }, async (page) => {
      const theme = () => page.getAttribute("html", "data-theme");
      const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
      await open(page, "");
      const light = await ground();
      await page.click('[data-set-theme="dark"]');
      assert.equal(await page.getAttribute('[data-set-theme="dark"]', "aria-pressed"), "true");
      assert.notEqual(await ground(), light);
      await page.reload();
      assert.equal(await theme(), "dark");
      await open(page, "guides/");
      assert.equal(await theme(), "dark");
      await page.click('[data-set-theme="system"]');
      await page.reload();
      assert.equal(await theme(), null);
      assert.equal(await ground(), light);
    });
  });

  test("code is copied with a button", async () => {
    await withPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await open(page, pageWith("<code class=\"language-"));
      const box = page.locator(".code").first();
      await box.locator("button").click();
      const said = await page.getAttribute("html", "data-copied");
      await box.locator("button", { hasText: said }).waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.equal(copied.trim(), (await box.locator("code").textContent()).trim());
    });
  });
});

describe("on paper", () => {
  test("a report is laid out for A4, with its tables whole and nothing of the portal around it", { timeout: SLOW }, async () => {
    const { path } = kinds.find(({ kind }) => kind === "report");
    await withPage({ viewport: { width: SHEET, height: 1000 } }, async (page) => {
      await open(page, path);
      await page.emulateMedia({ media: "print" });
      const shown = (selector) => page.$$eval(selector, (all) => all.filter((element) => element.checkVisibility()).length);
      for (const selector of [".masthead", ".crumbs", ".pager", ".actions", ".anchor", ".theme-switch"]) {
        assert.equal(await shown(selector), 0, `${selector} is printed`);
      }
      for (const selector of ["h1", ".facts", ".toc", ".prose table"]) assert.ok((await shown(selector)) > 0, `${selector} is not printed`);
      assert.deepEqual(await widthFaults(page, SHEET), []);
      const cut = await page.$$eval(".table-scroll", (all) => all.filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1).length);
      assert.equal(cut, 0, "tables are cut off at the edge of the sheet");
      const sheets = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/MediaBox *\[[^\]]*\]/g) ?? [];
      assert.ok(sheets.length > 0 && sheets.every((box) => /\[0 0 59[45](\.\d+)? 84[12](\.\d+)?\]/.test(box)), `sheets: ${sheets[0]}`);
    });
  });
});
