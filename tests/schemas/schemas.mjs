// The schemas of the example portal, read by programs that others wrote: ajv is a validator of JSON Schema, and
// yaml is the reader inside the YAML language server of editors. A schema must let pass what the program reads
// without a fault of form, and refuse what it finds one in.
import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import Ajv from 'ajv';
import { parseDocument } from 'yaml';

const root = resolve(import.meta.dirname, '../..');
const portal = process.env.PORTAL ?? join(root, 'target/portal');
const juhend = process.env.JUHEND ?? join(root, 'target/debug/juhend');

// Faults of form: those that reading one file gives, and that a schema can know.
const FORM = new Set(['unknown-key', 'missing-key', 'unknown-value', 'wrong-type', 'bad-date', 'bad-duration']);

// What stands in the way of reading a file at all; its form is then not looked at.
const UNREADABLE = new Set(['bad-yaml', 'invalid-utf8']);

// What the schemas do not say, as `tree: file`, and why.
const BEYOND = new Map([
  ['unreadable-import: runs/1/format.yaml', 'formats are known where result files are read'],
  ['unreadable-import: runs/1/status.yaml', 'the fields of a table are known where it is read'],
]);

const ajv = () => new Ajv({ strict: true, strictTypes: false, allErrors: true });
const json = (path) => JSON.parse(readFileSync(path, 'utf8'));
const below = (folder) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll('\\', '/'))
    .sort();

const kinds = readdirSync(join(portal, 'schemas')).map((name) => name.replace('.json', ''));
const schemas = new Map(kinds.map((kind) => [kind, json(join(portal, 'schemas', `${kind}.json`))]));
const validators = new Map([...schemas].map(([kind, schema]) => [kind, ajv().compile(schema)]));

// The kind of the file at `path` in a content folder, as the titles of the schemas tell it.
const kindOf = (path) => {
  const page = /\.(md|markdown)$/i.test(path);
  const place = path.replace(/\.yml$/, '.yaml').replace(/\.markdown$/i, '.md');
  const folder = place.includes('/') ? place.slice(0, place.indexOf('/')) : '';
  const isList = /^(index|README)(\.[a-z-]+)?\.md$/.test(place.slice(folder.length + 1));
  for (const [kind, { title }] of schemas) {
    if (title === place) return kind;
    const [, own, ending] = /^(\w+)\/\*+\.(\w+)$/.exec(title) ?? [];
    if (own && own === folder && place.endsWith(`.${ending}`) && !(isList && kind !== 'training')) return kind;
  }
  return page ? 'page' : undefined;
};

// The YAML of a file, and the line after its last.
const yamlOf = (path, text) => {
  if (!/\.(md|markdown)$/i.test(path)) return { yaml: text, end: Infinity };
  const matter = /^\uFEFF?---[ \t]*\r?\n((?:[\s\S]*?\r?\n)?)---[ \t]*(\r?\n|$)/.exec(text);
  return matter ? { yaml: matter[1], end: matter[0].split('\n').length } : { yaml: undefined, end: 0 };
};

// What a YAML text says; nothing at all if it is none.
const read = (yaml) => {
  const document = parseDocument(yaml);
  if (document.errors.length > 0) return undefined;
  try {
    return { says: document.toJS() };
  } catch (error) {
    if (error instanceof ReferenceError) return undefined; // An alias bomb, of which there is one in tests/golden.
    throw error;
  }
};

// What the schema of a kind says of a YAML text: a list of faults; nothing at all if it is no YAML.
const faultsOf = (validate, yaml) => {
  const document = read(yaml);
  if (!document) return undefined;
  return validate(document.says) ? [] : validate.errors.map((error) => `${error.instancePath} ${error.message}`);
};

// Every YAML text of a content folder, with what its schema says of it.
const judged = (content) =>
  below(content).flatMap((path) => {
    const kind = kindOf(path);
    if (!kind) return [];
    const { yaml, end } = yamlOf(path, readFileSync(join(content, path), 'utf8'));
    if (yaml === undefined) return [];
    const faults = faultsOf(validators.get(kind), yaml);
    return faults === undefined ? [] : [{ path, kind, faults, end }];
  });

test('every schema is one of draft 7 and knows its address', () => {
  assert.ok(kinds.length > 10);
  for (const [kind, schema] of schemas) {
    assert.equal(schema.$schema, 'http://json-schema.org/draft-07/schema#', kind);
    assert.match(schema.$id, new RegExp(`/schemas/${kind}\\.json$`));
    assert.equal(ajv().validateSchema(schema), true, kind);
  }
});

test('the files of the example portal pass', () => {
  const files = judged(join(root, 'content'));
  assert.ok(files.length > 100, String(files.length));
  assert.deepEqual(files.filter(({ faults }) => faults.length > 0), []);
  const unseen = kinds.filter((kind) => !files.some((file) => file.kind === kind));
  assert.deepEqual(unseen, [], 'kinds without an example');
});

test('schemas refuse what reading finds a fault of form in, and nothing else', () => {
  const golden = join(root, 'tests/golden');
  const slips = [];
  let refused = 0;
  for (const tree of readdirSync(golden)) {
    const content = join(golden, tree, 'content');
    if (!existsSync(content)) continue;
    const expectation = join(golden, tree, 'faults.txt');
    const told = existsSync(expectation) ? readFileSync(expectation, 'utf8') : ''; // Without one there are no faults.
    const found = [...told.matchAll(/^content\/([^:\n]+)(?::(\d+):\d+)?: \w+\[([\w-]+)\].*$/gm)];
    for (const { path, kind, faults, end } of judged(content)) {
      if (found.some(([, file, , rule]) => UNREADABLE.has(rule) && file === path)) continue;
      const wanted = found.filter(([, file, line, rule]) => FORM.has(rule) && file === path && Number(line) < end);
      if (wanted.length > 0) refused += 1;
      if (wanted.length > 0 !== faults.length > 0 && !BEYOND.has(`${tree}: ${path}`)) {
        slips.push({ tree, path, kind, faults, wanted: wanted.map(([whole]) => whole) });
      }
    }
  }
  assert.deepEqual(slips, []);
  assert.ok(refused > 15, String(refused));
});

// Values that stand for what authors get wrong.
const WRONG = [null, [], {}, 'zzz', -1, true, ['zzz']];

// Every way to a value in a file, each as its keys.
const ways = (value, way = []) =>
  value === null || typeof value !== 'object'
    ? []
    : Object.keys(value).flatMap((key) => [[...way, key], ...ways(value[key], [...way, key])]);

// The same file with something done to the value at the end of a way.
const damaged = (value, way, harm) => {
  const copy = structuredClone(value);
  const holder = way.slice(0, -1).reduce((holder, key) => holder[key], copy);
  harm(holder, way.at(-1));
  return copy;
};

// What the program prints as an example of a kind.
const example = (kind, extent) => {
  const text = execFileSync(juhend, ['-C', root, 'schema', kind, extent], { encoding: 'utf8' });
  return yamlOf(text.startsWith('---') ? 'x.md' : 'x.yaml', text).yaml;
};

// Each key of a file left out, of a wrong value, and beside one that nobody knows.
const harmed = (says) =>
  ways(says).flatMap((way) => [
    { way, is: 'gone', says: damaged(says, way, (at, key) => (Array.isArray(at) ? at.splice(key, 1) : delete at[key])) },
    ...WRONG.map((value) => ({ way, is: JSON.stringify(value), says: damaged(says, way, (at, key) => (at[key] = value)) })),
    { way, is: 'unknown', says: damaged(says, way, (at) => Array.isArray(at) || (at.zzz = 'zzz')) },
  ]);

test('a file that is damaged anywhere is refused if and only if reading refuses it', () => {
  const made = mkdtempSync(join(tmpdir(), 'juhend-damage-'));
  try {
    cpSync(join(root, 'content/portal.yaml'), join(made, 'content/portal.yaml'), { recursive: true });
    const harms = new Map();
    for (const [kind, { title }] of schemas) {
      if (!title.includes('*')) continue; // A tree has one such file, and it is read before all else.
      const folder = title.includes('/') ? title.slice(0, title.indexOf('/')) : 'guides';
      const isPage = title.endsWith('.md');
      mkdirSync(join(made, 'content', folder), { recursive: true });
      for (const harm of harmed(read(example(kind, '--every-key')).says)) {
        const path = `${folder}/harm-${harms.size}.${isPage ? 'md' : 'yaml'}`;
        const json = JSON.stringify(harm.says);
        writeFileSync(join(made, 'content', path), isPage ? `---\n${json}\n---\n` : json);
        harms.set(path, { kind, ...harm });
      }
    }
    const check = spawnSync(juhend, ['-C', made, '--as-of', '2026-10-16', 'check', '--format', 'json'], {
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
    });
    const refused = new Map();
    for (const fault of JSON.parse(check.stdout)) {
      if (FORM.has(fault.rule)) refused.set(fault.path.replace(/^content\//, ''), fault.message);
    }
    const slips = [...harms].flatMap(([path, { kind, way, is, says }]) => {
      const isValid = validators.get(kind)(says);
      const name = way.filter((key) => !/^\d+$/.test(key)).join('.');
      return isValid === !refused.has(path) ? [] : [{ kind, name, is, isValid, read: refused.get(path) }];
    });
    assert.deepEqual(slips, []);
    assert.ok(harms.size > 1000 && refused.size > 500, `${refused.size} of ${harms.size}`);
  } finally {
    rmSync(made, { recursive: true });
  }
});

test('the shortest file of each kind passes, and the one with every key', () => {
  for (const kind of kinds) {
    for (const extent of ['--example', '--every-key']) {
      const yaml = example(kind, extent);
      assert.deepEqual(faultsOf(validators.get(kind), yaml), [], `${kind}\n${yaml}`);
    }
  }
});

// What `new` makes in a new portal.
const NEW = [
  ['guide', 'smoke-test'],
  ['training', '20-next'],
  ['report', '2026.10-completion'],
  ['release', '2026.11'],
  ['run', '2026.10/sit-02'],
  ['environment', 'uat'],
  ['data', 'applicants-02'],
  ['tickets', '2026-10-23'],
  ['decision', '2026.10'],
  ['defect', 'D-2'],
  ['advice', 'stub-down'],
  ['proposal', 'smoke'],
];

test('a new portal names its schemas, for both families of editors, and passes them', () => {
  const made = mkdtempSync(join(tmpdir(), 'juhend-schemas-'));
  try {
    const run = (...args) => execFileSync(juhend, ['-C', made, '--as-of', '2026-10-16', '--quiet', ...args]);
    run('init');
    for (const [kind, id] of NEW) run('new', kind, id);
    let named = 0;
    for (const path of below(join(made, 'content'))) {
      const file = join(made, 'content', path);
      const { yaml } = yamlOf(path, readFileSync(file, 'utf8'));
      const lines = yaml && /^# yaml-language-server: \$schema=(\S+)\n# \$schema: (\S+)$/m.exec(yaml);
      if (!lines) continue;
      assert.equal(lines[1], lines[2], path);
      const schema = json(resolve(dirname(file), lines[1]));
      assert.equal(schema.title, schemas.get(kindOf(path)).title, path);
      // What nobody decided yet is marked in the editor too, and nothing else is.
      const isDecision = path.startsWith('decisions/');
      const decided = isDecision ? yaml.replaceAll(/: …(?=[,}\n])/g, ': deferred') : yaml;
      const validate = ajv().compile(schema);
      assert.equal(faultsOf(validate, yaml).length > 0, decided !== yaml, path);
      assert.deepEqual(faultsOf(validate, decided), [], path);
      named += 1;
    }
    assert.ok(named >= kinds.length + NEW.length, String(named));
  } finally {
    rmSync(made, { recursive: true });
  }
});
