// Asks both indexes of a built portal the same, in a browser, and prints what it took.
import { createReadStream, existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

const { chromium } = createRequire(new URL("../../browser/", import.meta.url))("playwright-core");
const folder = process.argv[2];
const words = readFileSync(0, "utf8").trim().split(",");

/** What is allowed: bytes of a query without compression, milliseconds of its work, size against Pagefind. */
const MOST = { bytes: 150_000, work: 50, share: 4 / 3 };
const QUERIES = {
  "the commonest word": words[0],
  "a common word": words[40],
  "a rare word": words[9000],
  "two letters": words[0].slice(0, 2),
  "two other letters": "ma",
  "three letters": words[3].slice(0, 3),
  "two words": `${words[25]} ${words[300]}`,
  "three words, the last one begun": `${words[12]} ${words[80]} ${words[5].slice(0, 3)}`,
  "a code": "TST-3001",
  "a word that no page has": "zzyzx",
};

const BARE = "/bare";
const TYPES = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url, "http://a");
  // The policy of the portal forbids WebAssembly, without which Pagefind does nothing.
  if (pathname === BARE) return response.writeHead(200, { "content-type": "text/html" }).end("<!doctype html><html lang=en><title>Bare</title>");
  let file = join(folder, decodeURIComponent(pathname));
  if (existsSync(file) && statSync(file).isDirectory()) file = join(file, "index.html");
  if (!existsSync(file)) return response.writeHead(404).end();
  response.writeHead(200, { "content-type": TYPES[extname(file)] ?? "application/octet-stream" });
  createReadStream(file).pipe(response);
});
await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
const origin = `http://127.0.0.1:${server.address().port}`;

/** Bytes of all files below a folder, as they are and each compressed by itself. */
function weigh(below) {
  let [files, bytes, compressed] = [0, 0, 0];
  for (const entry of readdirSync(below, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const data = readFileSync(join(entry.parentPath ?? entry.path, entry.name));
    files += 1;
    bytes += data.length;
    compressed += gzipSync(data).length;
  }
  return { files, bytes, compressed };
}

const sum = (all) => all.reduce((total, each) => ({ files: total.files + each.files, bytes: total.bytes + each.bytes, compressed: total.compressed + each.compressed }));
const own = weigh(join(folder, "search/index"));
// What Pagefind made of the pages: its scripts, styles and WebAssembly are left out on both sides.
const other = sum(["fragment", "index"].map((part) => weigh(join(folder, "pagefind", part))));
const mb = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
const share = own.bytes / other.bytes;
console.log(`\nindex      files    bytes   gzip`);
console.log(`juhend   ${String(own.files).padStart(7)} ${mb(own.bytes).padStart(8)} ${mb(own.compressed).padStart(8)}`);
console.log(`pagefind ${String(other.files).padStart(7)} ${mb(other.bytes).padStart(8)}   (compressed as it is)`);
console.log(`uncompressed, ours is ${share.toFixed(2)} times theirs\n`);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

/** Opens a fresh page, lets it get ready, asks; gives the bytes that were transferred and the milliseconds of work. */
async function asked(path, ready, ask, query, isCounted) {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}${path}`);
  const seen = [];
  page.on("response", (response) => isCounted(response.url()) && seen.push(response.body()));
  await page.evaluate(ready);
  const count = await page.evaluate(ask, query);
  const bodies = await Promise.all(seen);
  // Once everything is there, what is left is work.
  const work = await page.evaluate(
    async ({ ask, query }) => {
      const again = (0, eval)(ask);
      const all = [];
      for (let round = 0; round < 9; round++) {
        const started = performance.now();
        await again(query);
        all.push(performance.now() - started);
      }
      // The least: whatever else the machine does is not the search.
      return Math.min(...all);
    },
    { ask: ask.toString(), query },
  );
  await context.close();
  const bytes = bodies.reduce((total, body) => total + body.length, 0);
  const compressed = bodies.reduce((total, body) => total + gzipSync(body).length, 0);
  return { count, files: bodies.length, bytes, compressed, work };
}

const ownReady = async () => {
  globalThis.__index = JuhendSearch.open(JuhendSearch.loader(new URL("index/root.js", location.href).href));
  await globalThis.__index;
};
const ownAsk = async (query) => {
  const index = await globalThis.__index;
  const found = await index.find(query);
  await index.tell(found.pages.slice(0, 10), found.words);
  return found.total;
};
const otherReady = async () => {
  globalThis.__pagefind = await import("/pagefind/pagefind.js");
  await globalThis.__pagefind.init();
};
const otherAsk = async (query) => {
  const found = await globalThis.__pagefind.search(query);
  await Promise.all(found.results.slice(0, 10).map((result) => result.data()));
  return found.results.length;
};

const kb = (bytes) => `${(bytes / 1000).toFixed(0)} KB`.padStart(7);
console.log(`${"a query, the root and ten results included".padEnd(46)} juhend: pages  files   bytes    gzip   work | pagefind: pages   bytes   work`);
let isHeavy = share > MOST.share;
for (const [name, query] of Object.entries(QUERIES)) {
  const mine = await asked("/search/", ownReady, ownAsk, query, (url) => url.includes("/search/index/"));
  const theirs = await asked(BARE, otherReady, otherAsk, query, (url) => url.includes("/pagefind/"));
  const ms = ({ work }) => `${work.toFixed(1)} ms`.padStart(8);
  console.log(
    `${`${name}: ${query}`.padEnd(46)} ${String(mine.count).padStart(13)} ${String(mine.files).padStart(6)} ${kb(mine.bytes)} ${kb(mine.compressed)} ${ms(mine)} | ${String(theirs.count).padStart(15)} ${kb(theirs.bytes)} ${ms(theirs)}`,
  );
  isHeavy ||= mine.bytes > MOST.bytes || mine.work > MOST.work;
}
await browser.close();
server.close();
if (isHeavy) console.error("\nheavier than it may be");
process.exitCode = isHeavy ? 1 : 0;
