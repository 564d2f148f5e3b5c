// Prints how well forms of Estonian words find each other by other rules than those of the theme:
// node tests/search/measure.mjs RULES.js (without a name: by those of the theme).
import { readFileSync } from "node:fs";
import vm from "node:vm";

const root = new URL("../../", import.meta.url);
const read = (path) => readFileSync(new URL(path, root), "utf8");
const page = vm.createContext({});
vm.runInContext(read("themes/default/assets/stem.js"), page);
vm.runInContext(process.argv[2] ? readFileSync(process.argv[2], "utf8") : read("themes/default/assets/stem-et.js"), page);
const stemmer = page.JuhendStem("et");

const rows = read("tests/search/forms.tsv").trimEnd().split("\n").filter((line) => !line.startsWith("#")).map((line) => line.split("\t"));
const percent = (part, all) => `${((100 * part) / all).toFixed(1)} %`;
for (const half of ["held", "seen"]) {
  const words = rows.filter((row) => row[0] === half).map((row) => row.slice(1).map((form) => stemmer.keys(form).stem));
  let [found, forms, pairs, all] = [0, 0, 0, 0];
  for (const keys of words) {
    found += keys.slice(1).filter((key) => key === keys[0]).length;
    forms += keys.length - 1;
    for (const key of keys) pairs += keys.filter((other) => other === key).length - 1;
    all += keys.length * (keys.length - 1);
  }
  const foreign = words.flatMap((keys) => words.filter((other) => other !== keys && other.includes(keys[0]))).length;
  console.log(
    `${half}: nominative finds ${percent(found, forms)} of forms, a form ${percent(pairs, all)} of the others; ` +
      `${(foreign / words.length).toFixed(2)} foreign words per query`,
  );
}
