// The portal without a mouse: what is reached, what is seen of it, what the keys do.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { pagesOf } from "../browser/kinds.mjs";
import { MARKED, PLACES, PORTAL, pathOf } from "./places.mjs";
import { DESK, PHONE, desk } from "./window.mjs";

const SLOW = 120_000;

let open;
before(async () => (open = await desk(PORTAL, MARKED)));
after(() => open?.close());

const visit = (path, options, look) => open.window(PORTAL, path, options, look);
const phone = { viewport: { width: PHONE, height: 640 } };
const isFocused = (page, selector) => page.evaluate((wanted) => document.activeElement.matches(wanted), selector);

/** The first page whose HTML has `text`. */
function pageWith(text) {
  const found = pagesOf(PORTAL).find(({ file }) => readFileSync(file, "utf8").includes(text));
  assert.ok(found, `no page has ${text}`);
  return found.path;
}

/**
 * Puts the focus on everything that can have it, there and back again, and tells where readers would not see
 * it: without a ring, out of the window, or under something that stays in place (WCAG 2.4.7, 2.4.11).
 */
function unseenFocus(page) {
  return page.evaluate(() => {
    const wanted = "a[href], button, input, select, textarea, summary, [tabindex='0']";
    const stops = [...document.querySelectorAll(wanted)].filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.disabled);
    const faults = [];
    const say = (text, each) => faults.push(`${text}: ${each.outerHTML.slice(0, 100)}`);
    const rings = ({ outlineStyle, outlineWidth, boxShadow }) => (outlineStyle !== "none" && parseFloat(outlineWidth) >= 1) || boxShadow !== "none";
    const look = (each) => {
      each.focus();
      if (document.activeElement !== each) return say("takes no focus", each);
      if (!each.matches(":focus-visible")) return say("shows no focus", each);
      const style = getComputedStyle(each);
      if (!rings(style)) say("has no ring", each);
      // A link over two lines has two boxes; one that is seen is enough.
      const boxes = [...each.getClientRects()].filter(({ width, height }) => width >= 1 && height >= 1);
      if (!boxes.length) return say("has no size", each);
      const thirds = (from, to) => [from + 2, (from + to) / 2, to - 2];
      const isSeen = (x, y) => {
        const top = document.elementFromPoint(x, y);
        return top && (each.contains(top) || top.contains(each));
      };
      const isBoxSeen = ({ left, right, top, bottom }) => thirds(left, right).some((x) => thirds(top, bottom).some((y) => isSeen(x, y)));
      if (!boxes.some(isBoxSeen)) say("is hidden when focused", each);
    };
    stops.forEach(look);
    stops.reverse().forEach(look);
    return [...new Set(faults)].slice(0, 8);
  });
}

describe("on every kind of page whatever has the focus is seen", { concurrency: 2, timeout: SLOW * PLACES.length }, () => {
  for (const { kind, site, path } of PLACES.filter(({ language }) => language === "et")) {
    test(`${kind}: /${path}`, { timeout: SLOW }, async () => {
      const faults = [];
      for (const width of [DESK, PHONE]) {
        await open.window(site, path, { viewport: { width, height: 700 } }, async (page) => {
          await page.keyboard.press("Tab");
          faults.push(...(await unseenFocus(page)).map((fault) => `${width} px: ${fault}`));
        });
      }
      assert.deepEqual(faults, []);
    });
  }
});

describe("the key Tab", () => {
  for (const kind of ["home", "guide", "release"]) {
    test(`goes through the whole page of the kind ${kind} in its order, and out of it`, { timeout: SLOW }, async () => {
      await visit(pathOf(kind), {}, async (page) => {
        const count = await page.$$eval("a[href], button, input, summary, [tabindex='0']", (all) => all.filter((each) => each.checkVisibility()).length);
        // Whatever scrolls is a stop of its own in Chromium, hence a few more than there are controls.
        let last = -1;
        let stops = 0;
        for (let press = 0; press < count + 20; press++) {
          await page.keyboard.press("Tab");
          const at = await page.evaluate(() => [...document.querySelectorAll("*")].indexOf(document.activeElement));
          const isOut = await page.evaluate(() => document.activeElement === document.body);
          if (isOut || at < last) break;
          assert.ok(at > last, `the focus stays at element ${at} after ${press} presses`);
          last = at;
          stops = press + 1;
        }
        assert.ok(stops >= count * 0.9, `${stops} stops for ${count} controls`);
        assert.ok(stops < count + 20, "the focus never leaves the page");
      });
    });
  }

  test("leads past the menu at the first stop", async () => {
    await visit(pathOf("guide"), {}, async (page) => {
      await page.keyboard.press("Tab");
      assert.ok(await isFocused(page, "a.skip"));
      assert.ok((await page.locator("a.skip").boundingBox()).y >= 0, "the link cannot be seen");
      await page.keyboard.press("Enter");
      await page.waitForFunction(() => document.activeElement.matches("main"));
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.querySelector("main").contains(document.activeElement)));
    });
  });
});

describe("the menu", () => {
  test("of a phone opens with Enter, closes with Escape, and gives the focus back", async () => {
    await visit("", phone, async (page) => {
      const button = page.locator("[data-menu]");
      await button.focus();
      await page.keyboard.press("Enter");
      assert.equal(await button.getAttribute("aria-expanded"), "true");
      await page.keyboard.press("Tab");
      assert.ok(await isFocused(page, ".nav a"), "the menu does not follow its button");
      await page.keyboard.press("Escape");
      assert.equal(await button.getAttribute("aria-expanded"), "false");
      assert.ok(await isFocused(page, "[data-menu]"), "the focus is lost");
      for (const isOpen of ["true", "false"]) {
        await page.keyboard.press("Space");
        assert.equal(await button.getAttribute("aria-expanded"), isOpen);
        assert.equal(String(await page.locator(".nav a").first().isVisible()), isOpen);
      }
    });
  });

  for (const [name, selector] of [["more sections", ".nav details"], ["the versions", ".versions details"]]) {
    test(`with ${name} opens with Enter, closes with Escape and when the focus leaves`, async () => {
      await visit(pathOf("guide"), {}, async (page) => {
        const box = page.locator(selector).first();
        const isOpen = () => box.evaluate((details) => details.open);
        await box.locator("summary").focus();
        await page.keyboard.press("Enter");
        assert.ok(await isOpen());
        await page.keyboard.press("Tab");
        assert.ok(await isFocused(page, `${selector} a`), "its first link does not follow");
        await page.keyboard.press("Escape");
        assert.ok(!(await isOpen()));
        assert.ok(await isFocused(page, `${selector} summary`), "the focus is lost");
        await page.keyboard.press("Space");
        assert.ok(await isOpen());
        const links = await box.locator("a").count();
        for (let press = 0; press <= links; press++) await page.keyboard.press("Tab");
        assert.ok(!(await isOpen()), "it stays open over the page");
      });
    });
  }

  test("of languages leads to the same page, which says its language", async () => {
    await visit(pathOf("guide"), {}, async (page) => {
      await page.locator(".langs a[hreflang=en]").focus();
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      assert.match(page.url(), new RegExp(`/en/${pathOf("guide")}$`));
      assert.equal(await page.getAttribute("html", "lang"), "en");
    });
  });

  test("of themes says which is chosen", async () => {
    await visit("", {}, async (page) => {
      const dark = page.locator("[data-set-theme=dark]");
      await dark.focus();
      await page.keyboard.press("Space");
      assert.equal(await dark.getAttribute("aria-pressed"), "true");
      assert.equal(await page.getAttribute("html", "data-theme"), "dark");
    });
  });

  test("has the search one key away from the name of the portal", async () => {
    await visit("", {}, async (page) => {
      await page.locator("a.brand").focus();
      await page.keyboard.press("Tab");
      assert.ok(await page.evaluate(() => document.activeElement.closest(".search-link, [role=search], form") !== null));
    });
  });
});

describe("slides", () => {
  test("turn with the arrow keys, and say which of how many is shown", async () => {
    await visit(pathOf("slides"), {}, async (page) => {
      const total = await page.locator(".deck > .slide").count();
      for (const [key, wanted] of [["ArrowRight", 2], ["PageDown", 3], ["ArrowLeft", 2], ["End", total], ["Home", 1], ["Space", 2]]) {
        await page.keyboard.press(key);
        assert.equal((await page.locator(".deck-controls [role=status]").innerText()).trim(), `${wanted} / ${total}`, key);
        assert.equal(await page.locator(".deck > .slide:visible").count(), 1);
        assert.ok(await isFocused(page, ".slide.now"), `after ${key} the focus is not on the slide`);
      }
    });
  });

  test("can be left, and their buttons pressed", async () => {
    await visit(pathOf("slides"), {}, async (page) => {
      await page.locator("[data-slide=next]").focus();
      await page.keyboard.press("Enter");
      assert.ok((await page.locator(".deck-controls .count").innerText()).startsWith("2 /"));
      await page.locator(".deck-controls a[href]").focus();
      await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
      assert.ok(!page.url().includes("/slides/"));
    });
  });
});

describe("on a page", () => {
  test("a quiz is answered with arrows, Space and Enter, and its answer is said", async () => {
    await visit(pageWith('class="quiz"'), {}, async (page) => {
      const quiz = page.locator("fieldset.quiz").first();
      const right = (await quiz.getAttribute("data-right")).split(" ").map(Number);
      for (const answer of right) {
        await quiz.locator(`input[value="${answer}"]`).focus();
        await page.keyboard.press("Space");
      }
      await quiz.locator("button").focus();
      await page.keyboard.press("Enter");
      assert.equal((await quiz.locator("[role=status]").innerText()).trim(), await page.getAttribute("html", "data-quiz-right"));
      assert.ok(await quiz.locator(".quiz-right").isVisible());
    });
  });

  test("a table is sorted with the buttons of its head, both on a desk and on a phone", async () => {
    for (const options of [{}, phone]) {
      await visit("uat/", options, async (page) => {
        const head = page.locator("table[data-sort] thead th").first();
        const rows = () => page.locator("table[data-sort]").first().locator("tbody th").allInnerTexts();
        await head.locator("button").focus();
        const orders = [];
        for (const order of ["ascending", "descending"]) {
          await page.keyboard.press("Enter");
          assert.equal(await head.getAttribute("aria-sort"), order);
          assert.ok(await head.locator("button").isVisible());
          orders.push(await rows());
        }
        assert.deepEqual(orders[0].toSorted(), orders[1].toSorted());
        assert.notDeepEqual(orders[0], orders[1]);
      });
    }
  });

  test("a wide table scrolls with the arrow keys", async () => {
    await visit(pathOf("series"), phone, async (page) => {
      const region = page.locator(".matrix").first();
      await region.focus();
      await page.keyboard.press("ArrowRight");
      await page.waitForFunction(() => document.activeElement.scrollLeft > 0);
    });
  });

  test("the numbers of a drawing unfold", async () => {
    await visit(pathOf("series"), {}, async (page) => {
      const data = page.locator("details.data").first();
      await data.locator("summary").focus();
      await page.keyboard.press("Enter");
      assert.ok(await data.locator("table").isVisible());
    });
  });

  test("code is copied, and that is said", async () => {
    await visit(pageWith('<code class="language-'), { permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.locator(".code button").first().focus();
      await page.keyboard.press("Enter");
      const said = await page.getAttribute("html", "data-copied");
      await page.locator("[role=status]", { hasText: said }).waitFor({ state: "attached" });
    });
  });
});
