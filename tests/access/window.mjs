// A window of a real browser on a built portal, served as a production server should.
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { serve } from "../browser/server.mjs";
import { inWindow, launch } from "../browser/window.mjs";

/** The narrowest window that a page has to fit in: also 1280 px at 400 %. */
export const PHONE = 320;
export const DESK = 1280;

/** A browser and a server for each of the portals; `window` opens a page, `close` ends all. */
export async function desk(...folders) {
  for (const folder of folders) assert.ok(existsSync(join(folder, "index.html")), `build the portal first: there is none in ${folder}`);
  const sites = new Map();
  for (const folder of folders) sites.set(folder, await serve(folder));
  const browser = await launch();

  /** Opens `path` of the portal in `folder`, in a profile of its own, and gives the page to `visit`. */
  const window = (folder, path, options, visit) =>
    inWindow(browser, { reducedMotion: "reduce", ...options }, async (page) => {
      await page.goto(`${sites.get(folder).origin}/${encodeURI(path)}`, { waitUntil: "load" });
      return visit(page);
    });

  async function close() {
    await browser.close();
    for (const site of sites.values()) await site.close();
  }

  return { window, close };
}
