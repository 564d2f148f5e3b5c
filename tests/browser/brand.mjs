// Colours, icons and sheets of paper of the example portal in a real browser.
//
//   PORTAL    the folder of the built portal      [default: target/portal]
//   CHROMIUM  the browser                         [default: /usr/bin/chromium]
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { serve } from "./server.mjs";
import { launch } from "./window.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));
const PORTAL = resolve(process.env.PORTAL || join(HERE, "../../target/portal"));

assert.ok(existsSync(join(PORTAL, "index.html")), `build the portal first: there is none in ${PORTAL}`);

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

/** How many icons of the page that is open are seen, and how many of them show nothing. */
const icons = (page) =>
  page.evaluate(() => {
    const shown = [...document.querySelectorAll("svg:has(> use)")].filter((svg) => svg.checkVisibility());
    const empty = shown.filter((svg) => svg.querySelector("use").getBBox().width === 0);
    return { shown: shown.length, empty: empty.length };
  });

for (const path of ["index.html", "guides/index.html", "404.html", "releases/index.html"]) {
  test(`icons of ${path} are seen when it is opened from a disk`, async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(PORTAL, path)).href);
    const { shown, empty } = await icons(page);
    assert.ok(shown > 3, `${shown} icons`);
    assert.equal(empty, 0);
    await page.close();
  });
}

test("icons are seen at addresses that lead nowhere, too", async () => {
  const page = await browser.newPage();
  await page.goto(`${site.origin}/no/such/page/`);
  const { shown, empty } = await icons(page);
  assert.ok(shown > 3, `${shown} icons`);
  assert.equal(empty, 0);
  await page.close();
});

test("one sheet of an agency changes every page that uses its tokens", async () => {
  const context = await browser.newContext({ bypassCSP: true });
  const page = await context.newPage();
  await page.goto(`${site.origin}/releases/`);
  await page.addStyleTag({
    content: `:root { --paper: light-dark(#fffbe6, #151926); --ink: light-dark(#002b49, #fff); --radius: 9px;
      --link: light-dark(#7a0019, #ffb3c1); --font: Georgia, serif; --s6: 4rem; }`,
  });
  const seen = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return {
      paper: style("html").backgroundColor,
      ink: style("h1").color,
      stripe: style(".masthead").borderTopColor,
      font: style("body").fontFamily,
      radius: style(".tool").borderRadius,
    };
  });
  assert.deepEqual(seen, {
    paper: "rgb(255, 251, 230)",
    ink: "rgb(0, 43, 73)",
    stripe: "rgb(122, 0, 25)",
    font: "Georgia, serif",
    radius: "9px",
  });
  await context.close();
});

test("paper has no navigation, and no buttons that would keep heads of tables on the first sheet", async () => {
  const page = await browser.newPage();
  await page.emulateMedia({ media: "print" });
  for (const path of ["weekly/", "releases/", "reports/", "guides/"]) {
    await page.goto(`${site.origin}/${path}`);
    const seen = await page.evaluate(() => {
      const all = (selector) => [...document.querySelectorAll(selector)];
      return {
        navigation: all(".masthead, .crumbs, .foot ul, .sidebar").filter((part) => part.checkVisibility()).length,
        buttons: all("thead th button").filter((button) => getComputedStyle(button).display !== "contents").length,
        scrolling: all(".table-scroll").filter((part) => getComputedStyle(part).overflowX !== "visible").length,
      };
    });
    assert.deepEqual(seen, { navigation: 0, buttons: 0, scrolling: 0 }, path);
  }
  await page.close();
});

test("the browser finds the manifest and can read it", async () => {
  const page = await browser.newPage();
  for (const path of ["", "en/", "v/2025/"]) {
    await page.goto(`${site.origin}/${path}`);
    const session = await page.context().newCDPSession(page);
    const { url, errors, data } = await session.send("Page.getAppManifest");
    assert.match(url, /manifest\.webmanifest$/, path);
    assert.deepEqual(errors, [], path);
    assert.ok(JSON.parse(data).icons.length > 0, path);
  }
  await page.close();
});
