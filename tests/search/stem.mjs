// Wants of the browser's script the keys that the program made: `cargo test --test search_words` writes them
// to target/tmp/search-keys.tsv, or KEYS names another place. Then: node --test tests/search/stem.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");

const page = vm.createContext({});
for (const name of ["stem.js", "stem-et.js"]) vm.runInContext(read(`themes/default/assets/${name}`), page);
const { JuhendStem } = page;

test("the script makes the same keys as the program", () => {
  const target = process.env.CARGO_TARGET_DIR ?? new URL("target", root).pathname;
  const rows = readFileSync(process.env.KEYS ?? `${target}/tmp/search-keys.tsv`, "utf8").split("\n").slice(0, -1);
  const stemmers = { et: JuhendStem("et"), en: JuhendStem("en-GB"), de: JuhendStem("de") };
  const different = [];
  for (const row of rows) {
    const [language, word, ...expected] = row.split("\t");
    const keys = stemmers[language].keys(word);
    const found = [keys.exact, keys.folded, keys.stem, keys.parts.join(" ")];
    if (found.join("\t") !== expected.join("\t")) different.push({ language, word, expected, found });
  }
  console.log(`${rows.length} words, ${different.length} differ`);
  assert.deepEqual(different.slice(0, 20), []);
});

test("words of a text are the same as in the program", () => {
  const words = (text) => Array.from(JuhendStem.tokens(text), ({ token }) => token);
  assert.deepEqual(words("Ülevaade: BEN-142, 2026.10."), ["Ülevaade", "BEN-142", "2026.10"]);
  assert.deepEqual(words("e-teenus – «UAT-keskkond» (portal.yaml)"), ["e-teenus", "UAT-keskkond", "portal", "yaml"]);
  assert.deepEqual(words("sit_03 - don't 22.11.2026 lõpp-"), ["sit_03", "don't", "22.11.2026", "lõpp"]);
});

test("a query finds forms and parts", () => {
  const estonian = JuhendStem("et");
  const shared = (one, other) => estonian.keys(one).stem === estonian.keys(other).stem;
  assert.ok(shared("testilugu", "testilood"));
  assert.ok(shared("ülevaade", "ülevaatele"));
  assert.ok(estonian.keys("testiloo").parts.includes(estonian.keys("lugu").stem));
});
