// What a portal of Juhend shows of guides: sections, contents of the page, coloured code.
import { InputPathToUrlTransformPlugin } from "@11ty/eleventy";
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
import markdownIt from "markdown-it";
import anchor from "markdown-it-anchor";

const sectionOf = (page) => page.filePathStem.split("/")[1];

function sections(api) {
  const found = new Map();
  for (const page of api.getAll().filter((page) => sectionOf(page).startsWith("section-"))) {
    const name = sectionOf(page);
    const section = found.get(name) ?? { name, pages: [] };
    found.set(name, section);
    if (page.fileSlug === name) Object.assign(section, { title: page.data.title, url: page.url });
    else section.pages.push({ url: page.url, title: page.data.title, weight: page.data.weight });
  }
  for (const section of found.values()) section.pages.sort((a, b) => a.weight - b.weight);
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const contents = (html) =>
  [...html.matchAll(/<h([23]) id="([^"]+)"[^>]*>(.*?)<\/h\1>/gs)]
    .map(([, level, id, text]) => `<li class="level-${level}"><a href="#${id}">${text}</a></li>`)
    .join("\n");

export default function (config) {
  config.addPlugin(highlight);
  config.addPlugin(InputPathToUrlTransformPlugin);
  config.setLibrary("md", markdownIt({ html: true }).use(anchor));
  config.addCollection("sections", sections);
  config.addFilter("contents", contents);
  return { dir: { input: "content", includes: "../_includes" }, markdownTemplateEngine: false };
}
