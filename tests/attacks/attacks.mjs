// The portals of tests/attacks.rs in a browser. The policy is taken out of every page and no header sends it, so that
// what is tried is the cleaning of what authors write and nothing that would stop a script after it: whatever an
// attack calls, a dialog or a page that leads elsewhere fails the test.
import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, relative } from "node:path";
import { test } from "node:test";
import { chromium } from "../browser/node_modules/playwright-core/index.mjs";

const root = process.env.ATTACKS ?? join(import.meta.dirname, "../../target/tmp/attacks");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";

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
    const isOwnBase = node.localName === "base" && own(node.href);
    if (["iframe", "object", "embed", "base", "foreignObject"].includes(node.localName) && !isOwnBase) found.push(node.localName);
  }
  return found;
}

/** A tab that notes what runs in it. */
async function tab(browser) {
  const page = await browser.newPage();
  const said = [];
  page.setDefaultTimeout(20_000);
  await page.exposeFunction("fired", (what) => said.push(`ran: ${what}`));
  page.on("dialog", (dialog) => {
    said.push(`dialog: ${dialog.message()}`);
    dialog.dismiss().catch(() => {});
  });
  page.on("request", (request) => {
    if (!/^(http:\/\/127\.0\.0\.1|data:|blob:)/.test(request.url())) said.push(`asked for ${request.url().slice(0, 80)}`);
  });
  return { page, said };
}

/** What comes alive on the page at `address`, also when a reader looks, points and types. */
async function look({ page, said }, address, search) {
  said.length = 0;
  await page.goto(address, { waitUntil: "load" });
  if (search) {
    // Search draws titles and passages by script.
    await page.locator("[data-finder] input").first().fill(search);
    await page.waitForTimeout(500);
  }
  await page.evaluate(() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const node of document.querySelectorAll("main [tabindex], main a, main button, main input, main img, main svg")) {
      node.dispatchEvent(new MouseEvent("mouseover", { bubbles: true }));
      node.focus?.();
    }
  });
  const found = [...said, ...(await page.evaluate(alive))];
  return found.map((what) => `${new URL(address).pathname}: ${what}`);
}

test("what would come alive is found", { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), "attacks-"));
  const policy = `<meta http-equiv="Content-Security-Policy" content="default-src 'none'">`;
  writeFileSync(join(folder, "index.html"), `${policy}<main><img src=x onerror="fired('control')"><p style="color:red">a</p></main>`);
  const server = await serve(folder);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
  try {
    const found = await look(await tab(browser), `${server.base}/`);
    assert.deepEqual(found.map((what) => what.slice(0, 14)).sort(), ["/: img onerror", "/: p style=\"co", "/: ran: contro"]);
  } finally {
    await browser.close();
    server.close();
    rmSync(folder, { recursive: true });
  }
});

for (const attack of readdirSync(root)) {
  test(`nothing comes alive: ${attack}`, { timeout: 300_000 }, async () => {
    const folder = join(root, attack, "public");
    const server = await serve(folder);
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
    try {
      // The pages of the other language are made of the same words.
      // Those at former addresses lead on before they can be looked at.
      const isPage = (path) => /<main/.test(readFileSync(join(folder, decodeURIComponent(path))));
      const own = pages(folder).filter((path) => !path.startsWith("/en/") && isPage(path));
      assert.ok(own.length > 10, `${own.length} pages`);
      const found = [];
      const one = await tab(browser);
      const searched = own.filter((path) => path.endsWith("/search/index.html"));
      for (const path of searched) found.push(...(await look(one, server.base + path, "fired")));
      const work = async (held) => {
        for (let path = own.pop(); path; path = own.pop()) found.push(...(await look(held, server.base + path)));
      };
      await Promise.all([work(one), work(await tab(browser))]);
      assert.deepEqual(found.slice(0, 40), [], `${found.length} places`);
    } finally {
      await browser.close();
      server.close();
    }
  });
}
