// The scripts that search in the reader's browser, in Node.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import vm from "node:vm";

const ASSETS = fileURLToPath(new URL("../../themes/default/assets/", import.meta.url));

/** The script that ranks, with those that make keys of words. */
export function engine() {
  for (const name of ["stem-et.js", "stem.js", "search.js"]) vm.runInThisContext(readFileSync(join(ASSETS, name), "utf8"), { filename: name });
  return globalThis.JuhendSearch;
}

/** Reads pieces of the index in a folder; `read` hears the bytes of each. */
export function fromFolder(folder, read = () => {}) {
  return async (piece) => {
    const bytes = readFileSync(join(folder, `${piece}.js`));
    read(bytes, piece);
    const text = bytes.toString();
    return JSON.parse(text.slice(text.indexOf(",") + 1, text.lastIndexOf(")")));
  };
}
