// The kinds of pages, and one page of each: the largest, since it shows most.
import { readdirSync, statSync } from "node:fs";
import { join, relative } from "node:path";

/** Every kind with the paths that its pages have; the first that fits a path is its kind. */
const KINDS = [
  ["home", /^$/],
  ["guide-index", /^guides\/$/],
  ["handbook", /^guides\/handbook\/[^/]+\/$/],
  ["guide", /^guides\/[^/]+\/[^/]+\/$/],
  ["guide-folder", /^guides\/[^/]+\/$/],
  ["training", /^training\/$/],
  ["slides", /^training\/.*\/slides\/$/],
  ["module", /^training\/.+\/$/],
  ["schedule", /^schedule\/$/],
  ["releases", /^releases\/$/],
  ["release", /^releases\/.+\/$/],
  ["runs", /^runs\/$/],
  ["series", /^runs\/[^/]+\/$/],
  ["run", /^runs\/[^/]+\/[^/]+\/$/],
  ["cases", /^cases\/$/],
  ["case", /^cases\/(?!part\/).+\/$/],
  ["plans", /^plans\/$/],
  ["plan", /^plans\/.+\/$/],
  ["defects", /^defects\/$/],
  ["defect", /^defects\/.+\/$/],
  ["environments", /^environments\/$/],
  ["cloning", /^environments\/.+\/clonings\/.+\/$/],
  ["environment", /^environments\/[^/]+\/$/],
  ["data", /^data\/$/],
  ["data-set", /^data\/.+\/$/],
  ["weekly", /^weekly\/$/],
  ["snapshot", /^weekly\/.+\/$/],
  ["uat", /^uat\/$/],
  ["decisions", /^decisions\/$/],
  ["decision", /^decisions\/.+\/$/],
  ["reports", /^reports\/$/],
  ["report", /^reports\/.+\/$/],
  ["advice-list", /^advice\/$/],
  ["advice", /^advice\/.+\/$/],
  ["proposals", /^proposals\/$/],
  ["proposal", /^proposals\/.+\/$/],
  ["partners", /^partners\/$/],
  ["review", /^review\/$/],
  ["search", /^search\/$/],
  ["rules", /^about\/rules\/$/],
  ["accessibility", /^about\/accessibility\/$/],
  ["counting", /^about\/counting\/$/],
  ["reference", /^about\/reference\/$/],
  ["kind reference", /^about\/reference\/[a-z]+\/$/],
  ["differences", /^diff\/[^/]+\/$/],
  ["difference", /^diff\/[^/]+\/.+\/$/],
  ["not-found", /^404\.html$/],
];

/** The languages of the example portal, each with the folder its pages stand in. */
export const LANGUAGES = [
  { language: "et", prefix: "" },
  { language: "en", prefix: "en/" },
];

/** Where the page at `path` stands in a language: its folder stands first, of differences behind the two versions. */
export function inLanguage(path, prefix) {
  const [, versions, rest] = /^(diff\/[^/]+\/)?(.*)$/.exec(path);
  return `${versions ?? ""}${prefix}${rest}`;
}

const isTranslated = (path) =>
  LANGUAGES.some(({ prefix }) => prefix && /^(diff\/[^/]+\/)?(.*)$/.exec(path)[2].startsWith(prefix));

/** Every page of the default language in `folder`: its path as in its address, and its size. */
export function pagesOf(folder) {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".html"))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
  return files
    .map((file) => ({
      file,
      path: relative(folder, file).replaceAll("\\", "/").replace(/(^|\/)index\.html$/, "$1"),
      size: statSync(file).size,
    }))
    .filter(({ path }) => !isTranslated(path))
    .sort((a, b) => b.size - a.size || (a.path < b.path ? -1 : 1));
}

/** The kinds, each with the path of its page; `undefined` where the portal has none. */
export function kindsOf(pages) {
  const kindOf = ({ path }) => KINDS.find(([, pattern]) => pattern.test(path))?.[0];
  return KINDS.map(([kind]) => ({ kind, path: pages.find((page) => kindOf(page) === kind)?.path }));
}
