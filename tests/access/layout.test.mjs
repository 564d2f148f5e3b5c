// Whether a page of every kind stays readable when readers change how it is laid out: narrow windows,
// 400 %, wider text, forced colours, no motion, paper.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { MARKED, PLACES, PORTAL } from "./places.mjs";
import { DESK, PHONE, desk } from "./window.mjs";

const SLOW = 180_000;
/** What 1280 × 1024 pixels leave at 400 %. */
const ENLARGED = { width: PHONE, height: 256 };
/** An A4 sheet within its margins, in CSS pixels. */
const SHEET = { width: 688, height: 1000 };
/** The spacing that WCAG 1.4.12 asks to bear. */
const SPACING = `* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }`;

let open;
before(async () => (open = await desk(PORTAL, MARKED)));
after(() => open?.close());

/** Whether the page has to be scrolled sideways, and because of what. */
function sideways(page) {
  return page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return [];
    const name = ({ tagName, className }) => `${tagName.toLowerCase()}.${className.baseVal ?? className}`;
    const scrolls = (element) => element.closest(".table-scroll, .chart-scroll, pre, .vh");
    const wide = [...document.querySelectorAll("body *")].filter((each) => each.getBoundingClientRect().right > innerWidth + 1 && !scrolls(each));
    const tables = [...document.querySelectorAll(".table-scroll")].filter((each) => each.checkVisibility() && each.firstElementChild.offsetWidth > innerWidth);
    return [`${document.documentElement.scrollWidth} px wide: ${wide.slice(0, 5).map(name)} ${tables.map((each) => `table ${each.getAttribute("aria-label")}`)}`];
  });
}

/** Regions that scroll though nothing in them needs two dimensions. */
function scrollingCards(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll(".stacks")]
      .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1)
      .map((each) => `cards that scroll: ${each.getAttribute("aria-label")}`),
  );
}

/** Values in cards without a name beside them that can be read. */
function namelessValues(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll(".stacks tbody tr > td")]
      .filter((each) => each.checkVisibility())
      .filter((each) => {
        const { content, marginLeft, width } = getComputedStyle(each, "::before");
        const room = parseFloat(getComputedStyle(each).paddingLeft);
        return content.length < 3 || parseFloat(width) < 40 || room + parseFloat(marginLeft) < -1 || parseFloat(width) > room;
      })
      .map((each) => `a value without a name: ${each.outerHTML.slice(0, 100)}`)
      .slice(0, 3),
  );
}

/** Regions that scroll and cannot be reached with the keyboard, or have no name. */
function unreachable(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((each) => each.checkVisibility() && each.scrollWidth > each.clientWidth + 1 && /auto|scroll/.test(getComputedStyle(each).overflowX))
      .filter((each) => each.tabIndex < 0 && !each.querySelector("a[href], button, [tabindex='0']"))
      .map((each) => `cannot be scrolled by keyboard: ${each.outerHTML.slice(0, 100)}`),
  );
}

/** Texts cut off by the box they stand in. */
function cutTexts(page) {
  return page.evaluate(() => {
    const isHidden = (each) => each.clientWidth <= 1 || each.closest(".vh, svg, [hidden]");
    const hides = (overflow) => overflow === "hidden" || overflow === "clip";
    return [...document.querySelectorAll("body *")]
      .filter((each) => each.checkVisibility() && !isHidden(each) && each.textContent.trim())
      .filter((each) => {
        const { overflowX, overflowY } = getComputedStyle(each);
        const across = hides(overflowX) && each.scrollWidth > each.clientWidth + 1;
        return across || (hides(overflowY) && each.scrollHeight > each.clientHeight + 1);
      })
      .filter((each) => !each.matches(".masthead, html, body"))
      .map((each) => `cut off: ${each.outerHTML.slice(0, 100)}`);
  });
}

/** Texts that run over what stands beside or below them. */
function overlaps(page) {
  return page.evaluate(() => {
    const texts = "main :is(p, h1, h2, h3, dt, dd, th, td, li > span, li > a, summary, .label, .figure, .badge)";
    const isHidden = (each) => each.closest(".vh, svg, .table-scroll:not(.stacks), .stacks thead, details:not([open]) > :not(summary)");
    const isFixed = (each) => getComputedStyle(each).position === "sticky";
    const shown = [...document.querySelectorAll(texts)].filter((each) => each.checkVisibility() && !isHidden(each) && !isFixed(each) && each.textContent.trim());
    // A text in a line has a box in each line that it takes.
    const boxed = shown.map((each) => ({ each, boxes: [...each.getClientRects()].filter(({ width, height }) => width > 1 && height > 1) }));
    const cross = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
    const found = [];
    boxed.forEach(({ each, boxes }, at) => {
      // Those that follow closely are the only ones a text can run into.
      for (const next of boxed.slice(at + 1, at + 12)) {
        if (each.contains(next.each) || !boxes.some((box) => next.boxes.some((other) => cross(box, other)))) continue;
        found.push(`overlap: ${each.outerHTML.slice(0, 80)} and ${next.each.outerHTML.slice(0, 80)}`);
      }
    });
    return found.slice(0, 5);
  });
}

/** Whatever still moves though the reader asked for stillness. */
function motions(page) {
  return page.evaluate(() => {
    const moves = (each) => {
      const { transitionDuration, animationName, scrollBehavior } = getComputedStyle(each);
      return /[1-9]/.test(transitionDuration) || animationName !== "none" || scrollBehavior === "smooth";
    };
    return [...document.querySelectorAll("*")].filter(moves).map((each) => `moves: ${each.outerHTML.slice(0, 80)}`).slice(0, 5);
  });
}

/** States that only a colour would tell, where the reader's system chooses the colours. */
function lostInForcedColours(page) {
  return page.evaluate(() => {
    const style = (each, part) => getComputedStyle(each, part);
    const hasBorder = (each) => ["Top", "Right", "Bottom", "Left"].some((side) => parseFloat(style(each)[`border${side}Width`]) > 0 && style(each)[`border${side}Style`] !== "none");
    const isUnderlined = (each) => style(each).textDecorationLine.includes("underline");
    const isFilled = (each) => style(each).backgroundColor !== style(document.documentElement).backgroundColor && style(each).backgroundColor !== "rgba(0, 0, 0, 0)";
    const wanted = [
      [".button, .find input", hasBorder],
      [".chip, .badge", hasBorder],
      [".notice, .verdict, .audience, .stamp, .markdown-alert", hasBorder],
      [".nav a[aria-current], .sidebar [aria-current], .toc [aria-current]", isUnderlined],
      ["[aria-pressed='true']", (each) => isFilled(each) || hasBorder(each)],
      [".langs [aria-current], .parts [aria-current]", (each) => isUnderlined(each) || hasBorder(each) || isFilled(each)],
      [".prose a[href]:not(.anchor, .button, sup a), .lede a", isUnderlined],
    ];
    return wanted.flatMap(([selector, tells]) =>
      [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility() && !tells(each)).slice(0, 2).map((each) => `lost: ${each.outerHTML.slice(0, 100)}`),
    );
  });
}

/** Boxes that stay in place over more than a third of a small window when it is scrolled. */
function stays(page) {
  return page.evaluate(() =>
    [...document.querySelectorAll("body *")]
      .filter((each) => /sticky|fixed/.test(getComputedStyle(each).position) && each.checkVisibility() && !each.closest(".table-scroll"))
      .filter((each) => each.getBoundingClientRect().height > innerHeight / 3)
      .filter((each) => getComputedStyle(each).top !== "auto" || getComputedStyle(each).position === "fixed")
      .map((each) => `stays in the way: ${each.outerHTML.slice(0, 80)}`),
  );
}

/** What paper does not need, what it lacks, and tables that the edge of the sheet cuts. */
function offPaper(page) {
  return page.evaluate(() => {
    const shown = (selector) => [...document.querySelectorAll(selector)].filter((each) => each.checkVisibility());
    const faults = shown(".masthead, .skip, .crumbs, .sidebar, .pager, .actions, .anchor, .theme-switch, .deck-controls, .find").map((each) => `printed: ${each.className}`);
    if (!shown("h1").length) faults.push("no title is printed");
    if (document.querySelector(".stamp") && !(shown(".stamp").length && shown(".stamp-edge").length)) faults.push("no marking is printed");
    const cut = shown(".table-scroll, pre").filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1);
    return [...faults, ...cut.map((each) => `cut: ${each.outerHTML.slice(0, 100)}`)];
  });
}

const all = async (page, ...looks) => (await Promise.all(looks.map((look) => look(page)))).flat();

/** What `look` finds at both widths. */
async function atBothWidths(page, look) {
  const found = [];
  for (const width of [PHONE, DESK]) {
    await page.setViewportSize({ width, height: 800 });
    found.push(...(await look(page)).map((fault) => `${width} px: ${fault}`));
  }
  return found;
}

/** Lets `look` see the page with the rules of `text` on top. */
async function withStyle(page, text, look) {
  await page.evaluate((rules) => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(rules);
    document.adoptedStyleSheets = [sheet];
  }, text);
  const found = await look();
  await page.evaluate(() => (document.adoptedStyleSheets = []));
  return found;
}

/** Lets `look` see the page in another medium. */
async function inMedium(page, medium, look) {
  await page.emulateMedia(medium);
  const found = await look();
  await page.emulateMedia({ media: null, forcedColors: null });
  return found;
}

/** What a reader may do to a page, and what is wrong with it then. */
const CHECKS = {
  "a window of 320 pixels": async (page) => {
    await page.setViewportSize({ width: PHONE, height: 800 });
    return all(page, sideways, scrollingCards, namelessValues, unreachable, cutTexts, overlaps);
  },
  "400 %": async (page) => {
    await page.setViewportSize(ENLARGED);
    return all(page, sideways, stays);
  },
  "wider text": (page) => withStyle(page, SPACING, () => atBothWidths(page, () => all(page, sideways, cutTexts, overlaps))),
  "forced colours": (page) => inMedium(page, { forcedColors: "active" }, () => atBothWidths(page, lostInForcedColours)),
  "no motion": motions,
  paper: async (page) => {
    await page.setViewportSize(SHEET);
    return inMedium(page, { media: "print" }, () => all(page, sideways, offPaper));
  },
};

describe("every kind of page bears what readers do to it", { concurrency: 2, timeout: SLOW * PLACES.length }, () => {
  for (const { kind, site, language, path } of PLACES) {
    test(`${kind} in ${language}: /${path}`, { timeout: SLOW }, async () => {
      const faults = [];
      await open.window(site, path, {}, async (page) => {
        for (const [name, look] of Object.entries(CHECKS)) faults.push(...(await look(page)).map((fault) => `${name}: ${fault}`));
      });
      assert.deepEqual(faults, []);
    });
  }
});
