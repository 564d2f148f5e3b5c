// A window of a real browser on a built portal, served as a production server should.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { serve } from "../browser/server.mjs";

/** The narrowest window that a page has to fit in: also 1280 px at 400 %. */
export const PHONE = 320;
export const DESK = 1280;

/** A browser and a server for each of the portals; `window` opens a page, `close` ends all. */
export async function desk(...folders) {
  for (const folder of folders) assert.ok(existsSync(join(folder, "index.html")), `build the portal first: there is none in ${folder}`);
  const sites = new Map();
  for (const folder of folders) sites.set(folder, await serve(folder));
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });

  /** Opens `path` of the portal in `folder`, in a profile of its own, and gives the page to `visit`. */
  async function window(folder, path, options, visit) {
    const context = await browser.newContext({ viewport: { width: DESK, height: 800 }, reducedMotion: "reduce", ...options });
    try {
      const page = await context.newPage();
      await page.goto(`${sites.get(folder).origin}/${encodeURI(path)}`, { waitUntil: "load" });
      return await visit(page);
    } finally {
      await context.close();
    }
  }

  async function close() {
    await browser.close();
    for (const site of sites.values()) await site.close();
  }

  return { window, close };
}
