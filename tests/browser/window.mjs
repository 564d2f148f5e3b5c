// A built portal in a browser: one server and one browser for a file of tests, a profile of its own for each visit.
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

/** How long a step may take while the machine has other work. */
export const SLOW = 60_000;

/** Opens the browser on the portal in `folder`; `close` ends both. */
export async function browse(folder) {
  const site = await serve(folder);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
  });
  return {
    /** What `find` finds on each of the pages at `paths`, one after the other in one window; nothing is left out. */
    async walk(paths, options, find) {
      const context = await browser.newContext({ reducedMotion: "reduce", ...options });
      context.setDefaultTimeout(SLOW);
      try {
        const page = await context.newPage();
        const found = [];
        for (const path of paths) {
          await page.goto(`${site.origin}/${path}`, { waitUntil: "load" });
          for (const each of await find(page)) found.push(`/${path}: ${each}`);
        }
        return found;
      } finally {
        await context.close();
      }
    },
    /** Shows the page at `path` to `visit`; whatever the browser complains about fails the test. */
    async window(path, options, visit) {
      const context = await browser.newContext({ reducedMotion: "reduce", ...options });
      context.setDefaultTimeout(SLOW);
      try {
        const page = await context.newPage();
        const complaints = [];
        page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
        page.on("pageerror", (error) => complaints.push(error.message));
        await page.goto(`${site.origin}/${path}`, { waitUntil: "load" });
        const seen = await visit(page);
        assert.deepEqual(complaints, [], "the browser complained");
        return seen;
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
