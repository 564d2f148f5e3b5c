// One page of every kind in both languages: those of the browser suite, and those that stand in folders of their own.
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { LANGUAGES, inLanguage, kindsOf, pagesOf } from "../browser/kinds.mjs";

const HERE = dirname(fileURLToPath(import.meta.url));

/** The example portal, built. */
export const PORTAL = resolve(process.env.PORTAL || join(HERE, "../../target/portal"));

/** The portal of `tests/access/marked`, built for those who may see everything. */
export const MARKED = resolve(process.env.MARKED || join(HERE, "../../target/marked"));

/** Kinds whose language stands inside the address: behind `folder`. */
const WITHIN = [
  ["version", /^(v\/[^/]+\/)$/],
  ["guide of a version", /^(v\/[^/]+\/)(guides\/[^/]+\/[^/]+\/)$/],
  ["search of a version", /^(v\/[^/]+\/)(search\/)$/],
];

/** Kinds that only a portal with markings has. */
const MARKINGS = [
  ["restricted page", "guides/admin/keys/"],
  ["page with restricted parts", "guides/admin/server/"],
];

function within(pages) {
  return WITHIN.map(([kind, pattern]) => {
    const found = pages.map(({ path }) => path.match(pattern)).find((match) => match);
    return { kind, site: PORTAL, pathIn: (prefix) => found && `${found[1]}${prefix}${found[2] ?? ""}` };
  });
}

/** Every kind, with the folder of its portal and its address in a language. */
function everyKind() {
  const pages = pagesOf(PORTAL).filter(({ path }) => !path.includes("/en/"));
  const own = kindsOf(pages).map(({ kind, path }) => ({ kind, site: PORTAL, pathIn: (prefix) => path !== undefined && inLanguage(path, prefix) }));
  const marked = MARKINGS.map(([kind, path]) => ({ kind, site: MARKED, pathIn: (prefix) => prefix + path }));
  return [...own, ...within(pages), ...marked];
}

const EVERY_KIND = everyKind();

/** Every kind in every language: a page to look at. `KINDS` in the environment names a few, by a pattern. */
export const PLACES = EVERY_KIND.filter(({ kind }) => new RegExp(`^(${process.env.KINDS || ".*"})$`).test(kind)).flatMap(({ kind, site, pathIn }) =>
  LANGUAGES.map(({ language, prefix }) => ({ kind, site, language, path: pathIn(prefix) })),
);

/** The address of the page of `kind` in the default language. */
export const pathOf = (wanted) => EVERY_KIND.find(({ kind }) => kind === wanted).pathIn("");
