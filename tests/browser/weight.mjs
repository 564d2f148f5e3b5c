// How pages come to a reader: nothing jumps while they load, and a copy without a server can be read from the disk.
//
//   PORTAL    the folder of the built portal      [default: target/portal]
//   JUHEND    the program                         [default: target/debug/juhend]
//   CHROMIUM  the browser                         [default: /usr/bin/chromium]
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { deflateSync } from "node:zlib";
import { kindsOf, pagesOf } from "./kinds.mjs";
import { serve } from "./server.mjs";
import { inWindow, launch } from "./window.mjs";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const PORTAL = resolve(process.env.PORTAL || join(ROOT, "target/portal"));
const JUHEND = resolve(process.env.JUHEND || join(ROOT, "target/debug/juhend"));
/** What a visit may shift at most; below 0.1 it counts as good (web.dev/cls), here it is nothing. */
const SHIFT = 0.001;
const SLOW = 180_000;

let browser;
let site;
let own;

/** A grey PNG of this size. */
function picture(width, height) {
  const crc = (bytes) => {
    let sum = ~0;
    for (const byte of bytes) {
      sum ^= byte;
      for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
    return ~sum >>> 0;
  };
  const chunk = (name, content) => {
    const body = Buffer.concat([Buffer.from(name), content]);
    const out = Buffer.alloc(body.length + 8);
    out.writeUInt32BE(content.length, 0);
    body.copy(out, 4);
    out.writeUInt32BE(crc(body), body.length + 4);
    return out;
  };
  const header = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 0, 0, 0]);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  const rows = deflateSync(Buffer.alloc((width + 1) * height, 0x60));
  const sign = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([sign, chunk("IHDR", header), chunk("IDAT", rows), chunk("IEND", Buffer.alloc(0))]);
}

/** A portal of a few pages with pictures, built with `flags`; gives its folder. */
function built(name, flags) {
  const folder = join(own, name);
  const put = (path, bytes) => {
    const full = join(folder, "content", path);
    mkdirSync(dirname(full), { recursive: true });
    writeFileSync(full, bytes);
  };
  put("portal.yaml", "title: Own\nlanguages: [en, et]\nproducts: {a: {title: A}}\n");
  put("index.md", "# Own\n\n[Guide](guides/folder/one.md)\n");
  put("guides/folder/one.md", `# One\n\n![Grey](grey.png)\n\n${"Text. ".repeat(200)}\n\n![Grey](grey.png)\n\n<kbd>End</kbd>\n`);
  put("guides/folder/grey.png", picture(900, 600));
  put("guides/folder/two.md", "# Two\n\n[One](one.md#one)\n");
  execFileSync(JUHEND, ["-C", folder, "build", "--quiet", "--as-of", "2026-10-16", ...flags]);
  return join(folder, "public");
}

before(async () => {
  own = mkdtempSync(join(tmpdir(), "juhend-"));
  browser = await launch();
});

after(async () => {
  await browser?.close();
  await site?.close();
  rmSync(own, { recursive: true, force: true });
});

/** How much of the page shifted from its first drawing until a reader has come to its end. */
function shifted(address, width) {
  return inWindow(browser, { viewport: { width, height: 800 } }, async (page) => {
    await page.addInitScript(() => {
      window.shifted = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifted += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(async () => {
      for (let y = 0; y < document.documentElement.scrollHeight; y += 600) {
        window.scrollTo(0, y);
        await new Promise((done) => setTimeout(done, 30));
      }
    });
    return page.evaluate(() => window.shifted);
  });
}

test("every kind of page stands still while it loads", { timeout: SLOW }, async () => {
  assert.ok(existsSync(join(PORTAL, "index.html")), `build the portal first: there is none in ${PORTAL}`);
  site = await serve(PORTAL);
  for (const { kind, path } of kindsOf(pagesOf(PORTAL)).filter(({ path }) => path !== undefined)) {
    for (const width of [320, 1280]) {
      const shift = await shifted(`${site.origin}/${path}`, width);
      assert.ok(shift < SHIFT, `${kind} ${path} at ${width}: ${shift}`);
    }
  }
});

test("pictures keep their place", { timeout: SLOW }, async () => {
  const server = await serve(built("pictures", []));
  try {
    for (const width of [320, 1280]) {
      const shift = await shifted(`${server.origin}/guides/folder/one/`, width);
      assert.ok(shift < SHIFT, `at ${width}: ${shift}`);
    }
  } finally {
    await server.close();
  }
});

describe("a copy for reading without a server", { timeout: SLOW }, () => {
  test("its links lead from page to page", async () => {
    const folder = built("files", ["--for-files"]);
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, "index.html")).href);
    await page.locator("main a", { hasText: "Guide" }).click();
    assert.equal(await page.locator("h1").textContent(), "One");
    await page.locator(".langs a", { hasText: "et" }).click();
    assert.equal(await page.locator("html").getAttribute("lang"), "et");
    await page.locator(".brand").click();
    assert.equal(new URL(page.url()).pathname.endsWith("/et/index.html"), true);
    await context.close();
  });

  test("none of its links leads to a folder", () => {
    const folder = join(own, "files/public");
    for (const { path, file } of pagesOf(folder)) {
      const html = readFileSync(file, "utf8");
      const hrefs = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map(([, href]) => href);
      const folders = hrefs.filter((href) => /(^|\/)(#|$)/.test(href) && href !== "" && !href.startsWith("#"));
      assert.deepEqual(folders.filter((href) => !/^https?:/.test(href)), [], path);
    }
  });

  test("its style and scripts are there", async () => {
    const page = await browser.newPage();
    await page.goto(pathToFileURL(join(own, "files/public/index.html")).href);
    assert.equal(await page.locator(".theme-switch").isVisible(), true);
    assert.equal(await page.evaluate(() => getComputedStyle(document.body).display), "flex");
    await page.close();
  });
});
