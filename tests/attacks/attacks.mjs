// The portals of tests/attacks.rs in a browser. The policy is taken out of every page and no header sends it, so that
// what is tried is the cleaning of what authors write and nothing that would stop a script after it: whatever an
// attack calls, a dialog or a page that leads elsewhere fails the test.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, relative } from "node:path";
import { test } from "node:test";
import { chromium } from "../browser/node_modules/playwright-core/index.mjs";

const root = process.env.ATTACKS ?? join(import.meta.dirname, "../../target/tmp/attacks");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const AT_ONCE = 4;

const TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
  ".json": "application/json",
  ".png": "image/png",
};

/** A server of `folder` that sends no header but the type, and pages without their own policy. */
async function serve(folder) {
  const server = createServer((request, response) => {
    try {
      let path = join(folder, decodeURIComponent(new URL(request.url, "http://localhost").pathname));
      if (statSync(path).isDirectory()) path = join(path, "index.html");
      let body = readFileSync(path);
      if (extname(path) === ".html") {
        body = body.toString().replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, "");
      }
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "text/plain; charset=utf-8" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { base: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}

const pages = (folder) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((path) => path.endsWith(".html"))
    .map((path) => "/" + relative(folder, join(folder, path)).split("/").map(encodeURIComponent).join("/"));

/** What in the finished document could run somebody else's script, whether or not it ran. */
function alive() {
  const found = [];
  const own = (address) => new URL(address, location.href).origin === location.origin;
  for (const node of document.querySelectorAll("*")) {
    for (const { name, value } of node.attributes) {
      if (/^on/i.test(name) || name === "srcdoc" || (name === "style" && !node.matches("[data-finder] *, dialog, dialog *"))) {
        found.push(`${node.localName} ${name}="${value.slice(0, 80)}"`);
      }
    }
    for (const address of [node.href?.baseVal ?? node.href, node.src, node.action, node.data]) {
      if (typeof address === "string" && /^\s*(javascript|vbscript|data):/i.test(address)) found.push(`${node.localName}: ${address.slice(0, 80)}`);
    }
    if (node.localName === "script" && !(node.src && own(node.src))) found.push("a script that is no file of ours");
    if (["iframe", "object", "embed", "base", "foreignObject"].includes(node.localName)) found.push(node.localName);
  }
  return found;
}

async function open(browser, base, path, search) {
  const page = await browser.newPage();
  const said = [];
  await page.exposeFunction("fired", (what) => said.push(`ran: ${what}`));
  page.on("dialog", async (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    await dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url())) said.push(`asked for ${request.url().slice(0, 80)}`);
  });
  await page.goto(base + path, { waitUntil: "load" });
  if (search) {
    // Search draws titles and passages by script.
    await page.locator("[data-finder] input").fill(search);
    await page.waitForTimeout(500);
  }
  // What waits for a reader who looks, points or types.
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const node of document.querySelectorAll("main *")) {
      node.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
      node.focus?.();
    }
  });
  said.push(...(await page.evaluate(alive)));
  await page.close();
  return said.map((what) => `${path}: ${what}`);
}

for (const attack of readdirSync(root)) {
  test(`nothing comes alive: ${attack}`, async () => {
    const folder = join(root, attack, "public");
    const server = await serve(folder);
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    const left = pages(folder);
    assert.ok(left.length > 60, `${left.length} pages`);
    const found = [];
    const searched = left.filter((path) => path.endsWith("search/index.html"));
    for (const word of ["rollback", "script", "fired"]) {
      for (const path of searched) found.push(...(await open(browser, server.base, path, word)));
    }
    const worker = async () => {
      for (let path = left.pop(); path; path = left.pop()) found.push(...(await open(browser, server.base, path)));
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
    await browser.close();
    server.close();
    assert.deepEqual(found.slice(0, 40), [], `${found.length} places`);
  });
}
