// The Nu HTML checker on every page, style sheet and drawing of the example portal.
//
//   PORTAL, MARKED  the built portals; JAVA the program that runs the checker
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { describe, test } from "node:test";
import { promisify } from "node:util";
import { MARKED, PORTAL } from "./places.mjs";

const run = promisify(execFile);
const JAR = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
const JAVA = process.env.JAVA || "java";
/** Two thousand pages take half a minute of computing. */
const SLOW = 600_000;

/** Warnings that are not about the page. */
const BESIDE_THE_POINT = [
  // The checker reads files, to which `'self'` means nothing; browsers read them from a server in the other tests.
  /^Resource violates Content Security Policy \(meta tag\)/,
  // It guesses the language by the most frequent letters; texts of records are in one language only.
  /^This document appears to be written in /,
];

/** Functions of CSS that the checker does not know yet: they stand in browsers since the year given. */
const NEWER_THAN_THE_CHECKER = [
  /“container-type”: Property “container-type” doesn't exist/, // 2023
  /Unrecognized at-rule “@container”/, // 2023
  /“vector-effect”: Property “vector-effect” doesn't exist/, // 2015, in SVG
  /“mask”: “repeating-linear-gradient\(/, // 2023 without a prefix
];

/** What the checker says about `files` of one kind. */
async function messages(kind, files) {
  const { stdout } = await run(
    JAVA,
    ["-Xss4m", "-Xmx1200m", "-XX:+UseSerialGC", "-jar", JAR, "--format", "json", "--stdout", "--exit-zero-always", kind, ...files],
    { maxBuffer: 256 * 1024 * 1024 },
  );
  return JSON.parse(stdout).messages;
}

const told = ({ url, lastLine, message, extract }) => `${url.replace(/^file:/, "")}:${lastLine ?? 1}: ${message} ${extract ?? ""}`;

function filesIn(folder, ending) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
}

describe("the checkers of the W3C find nothing", () => {
  for (const [name, folder] of [["the example portal", PORTAL], ["marked pages", MARKED]]) {
    test(`on every page of ${name}`, { timeout: SLOW }, async () => {
      const count = filesIn(folder, ".html").length;
      assert.ok(count > 10, `only ${count} pages in ${folder}`);
      const found = await messages("--skip-non-html", [folder]);
      const said = found.filter(({ message }) => !BESIDE_THE_POINT.some((pattern) => pattern.test(message)));
      assert.deepEqual(said.slice(0, 20).map(told), [], `${said.length} findings on ${count} pages`);
    });
  }

  test("in the style sheets", { timeout: SLOW }, async () => {
    const found = await messages("--css", filesIn(join(PORTAL, "assets"), ".css"));
    const said = found.filter(({ type, message }) => type === "error" && !NEWER_THAN_THE_CHECKER.some((pattern) => pattern.test(message)));
    assert.deepEqual(said.map(told), []);
  });

  test("in the drawings", { timeout: SLOW }, async () => {
    const found = await messages("--svg", filesIn(PORTAL, ".svg"));
    assert.deepEqual(found.filter(({ type }) => type === "error").map(told), []);
  });
});
