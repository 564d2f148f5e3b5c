// Windows of a real browser: how it is started, and what a sound page never causes in it.
//
//   CHROMIUM  the browser                         [default: /usr/bin/chromium]
import assert from "node:assert/strict";
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

/** How long a step may take while the machine has other work. */
export const SLOW = 60_000;

/** Starts the browser; it asks nothing of the network by itself. */
export const launch = () =>
  chromium.launch({
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

/** Gives `visit` a page in a profile of its own. */
export async function inWindow(browser, options, visit) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(SLOW);
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

/** The same; whatever the browser complains about fails the test. `visit` gets the list of complaints, too. */
export function inQuietWindow(browser, options, visit) {
  return inWindow(browser, options, async (page) => {
    const complaints = await listen(page);
    const seen = await visit(page, complaints);
    assert.deepEqual(complaints, [], "the browser complained");
    return seen;
  });
}

/** The list into which everything goes that a sound page never causes. */
async function listen(page) {
  const complaints = [];
  page.on("console", (message) => message.type() === "error" && complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`script: ${error.message}`));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`policy: ${event.violatedDirective} forbids ${event.blockedURI || event.sample}`);
    });
  });
  return complaints;
}

/** A server for the portal in `folder` and a browser for it; `close` ends both. */
export async function browse(folder) {
  const site = await serve(folder);
  const browser = await launch();
  const still = (options) => ({ reducedMotion: "reduce", ...options });
  const open = (page, path) => page.goto(`${site.origin}/${path}`, { waitUntil: "load" });
  return {
    /** What `find` finds on each of the pages at `paths`, one after the other in one window; nothing is left out. */
    walk: (paths, options, find) =>
      inWindow(browser, still(options), async (page) => {
        const found = [];
        for (const path of paths) {
          await open(page, path);
          for (const each of await find(page)) found.push(`/${path}: ${each}`);
        }
        return found;
      }),
    /** Shows the page at `path` to `visit`; whatever the browser complains about fails the test. */
    window: (path, options, visit) =>
      inQuietWindow(browser, still(options), async (page) => {
        await open(page, path);
        return visit(page);
      }),
    async close() {
      await browser.close();
      await site.close();
    },
  };
}
