// `juhend publish` with a store that others wrote, over a line that breaks, killed in the middle.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { after, before, test } from 'node:test';
import { KEY, REGION, SECRET, Store } from './store.mjs';

const juhend = resolve(process.env.JUHEND ?? 'target/debug/juhend');
const python = resolve(process.env.PYTHON ?? 'target/publish/bin/python');
const TOKEN = 'SessioonVoti+Sala==';
const folder = mkdtempSync(join(tmpdir(), 'juhend-publish-'));
const content = join(folder, 'project/content');
let store;
// Everything that the program said.
let said = '';

function write(path, text) {
  mkdirSync(join(content, path, '..'), { recursive: true });
  writeFileSync(join(content, path), text);
}

// Runs the program; `started` gets its process.
async function run(args, more = {}, started = () => {}) {
  const env = { PATH: process.env.PATH, HOME: folder, AWS_ACCESS_KEY_ID: KEY, AWS_SECRET_ACCESS_KEY: SECRET };
  const set = { ...env, AWS_SESSION_TOKEN: TOKEN, AWS_REGION: REGION, AWS_ENDPOINT_URL: store.address, ...more };
  const child = spawn(juhend, args, { env: set, cwd: folder });
  const ran = { out: '', err: '' };
  child.stdout.on('data', (part) => (ran.out += part));
  child.stderr.on('data', (part) => (ran.err += part));
  started(child);
  const [code, signal] = await once(child, 'close');
  said += ran.out + ran.err;
  return { ...ran, code, signal };
}

async function fine(args, more) {
  const ran = await run(args, more);
  assert.equal(ran.code, 0, ran.err);
  return ran;
}

const build = () => fine(['-C', join(folder, 'project'), '--as-of', '2026-10-16', 'build', '-q', '-o', join(folder, 'public')]);
const publish = (target, ...more) => ['publish', '-v', target, '--from', join(folder, 'public'), ...more];
const manifest = () => JSON.parse(readFileSync(join(folder, 'public/manifest.json')));
const puts = () => store.log.filter((name) => name.startsWith('PUT '));

// The bucket holds the built portal below `prefix`, and `others`; nothing else.
async function assertWhole(bucket, prefix = '', others = []) {
  const objects = await store.objects(bucket);
  const strange = new Set([...objects.keys()].filter((key) => !others.includes(key)));
  for (const { path, sha256 } of manifest().files) {
    assert.equal(objects.get(prefix + path), sha256, path);
    strange.delete(prefix + path);
  }
  assert.ok(strange.delete(`${prefix}manifest.json`), 'a manifest');
  assert.deepEqual([...strange], []);
  for (const other of others) assert.ok(objects.has(other), other);
}

async function bucket(name) {
  const body = `<CreateBucketConfiguration><LocationConstraint>${REGION}</LocationConstraint></CreateBucketConfiguration>`;
  const { status } = await store.inside('PUT', `/${name}`, {}, body);
  assert.equal(status, 200);
  store.log.length = 0;
  store.count = 0;
  store.fault = () => undefined;
  store.watch = () => {};
}

before(async () => {
  store = await Store.start(python);
  write('portal.yaml', 'title: Avaldamine\nlanguages: [et]\n');
  for (let at = 0; at < 20; at += 1) write(`guides/juhend-${at}.md`, `# Juhend ${at}\n\nTekst ${at}.\n`);
  write('guides/lisad/õ + ä.csv', 'a,b\n1,2\n');
  write('guides/lisad/tühi.txt', '');
  appendFileSync(join(content, 'guides/juhend-0.md'), '\n[Tabel](<lisad/õ + ä.csv>), [tühi](lisad/tühi.txt)\n');
  await build();
});

after(async () => {
  await store?.stop();
  rmSync(folder, { recursive: true, force: true });
});

test('a portal is published, and then only what changed', async () => {
  await bucket('esimene');
  const first = await fine(publish('s3://esimene/osa/portaal'));
  await assertWhole('esimene', 'osa/portaal/');
  assert.match(first.err, new RegExp(`^${manifest().files.length + 1} files`, 'm'));

  store.log.length = 0;
  assert.match((await fine(publish('s3://esimene/osa/portaal'))).err, /^0 files .* uploaded/m);
  assert.deepEqual(puts(), []);

  await store.inside('PUT', '/esimene/osa/portaal/guides/juhend-1/oma.html', {}, 'not of the portal');
  write('guides/juhend-2.md', '# Juhend 2\n\nUus tekst.\n');
  rmSync(join(content, 'guides/juhend-1.md'));
  await build();
  store.log.length = 0;
  const foretold = await fine(publish('s3://esimene/osa/portaal', '--dry-run'));
  assert.deepEqual(store.log.filter((name) => !/^(GET|HEAD) /.test(name)), []);
  assert.match(foretold.out, /^upload guides\/juhend-2\/index\.html$/m);

  store.log.length = 0;
  await fine(publish('s3://esimene/osa/portaal'));
  await assertWhole('esimene', 'osa/portaal/', ['osa/portaal/guides/juhend-1/oma.html']);
  const did = store.log.map((name) => name.replace('/esimene/osa/portaal/', '')).filter((name) => !/^(GET|HEAD) /.test(name));
  const told = foretold.out.trim().split('\n').map((line) => line.replace('upload', 'PUT').replace('delete', 'DELETE'));
  const own = ['PUT .juhend', 'DELETE .juhend'];
  assert.deepEqual([...did].sort(), [...told, ...own].sort());
  // What pages show, pages, what lists them; the manifest, and deletes last of all.
  assert.equal(did[0], 'PUT .juhend');
  const rank = (name) =>
    name.startsWith('DELETE') ? 4 : name.endsWith('manifest.json') ? 3 : /feed|sitemap|\/index\/|\.ics$/.test(name) ? 2 : name.endsWith('.html') ? 1 : 0;
  const ranks = did.slice(1).map(rank);
  assert.deepEqual(ranks, [...ranks].sort());
  assert.equal(did.at(-1), 'DELETE .juhend');
  assert.ok(did.includes('DELETE guides/juhend-1/index.html'));
});

test('files are sent with their type, and are kept as the headers of servers say', async () => {
  await bucket('paised');
  await fine(publish('s3://paised'));
  const sent = (path) => store.sent.get(`/paised/${path}`);
  assert.equal(sent('index.html')['content-type'], 'text/html; charset=utf-8');
  assert.equal(sent('index.html')['cache-control'], 'no-cache');
  assert.equal(sent('manifest.json')['content-type'], 'application/json');
  const style = manifest().files.map(({ path }) => path).find((path) => /^assets\/.*\.css$/.test(path));
  assert.equal(sent(style)['content-type'], 'text/css; charset=utf-8');
  assert.equal(sent(style)['cache-control'], 'public, max-age=31536000, immutable');
  const kept = await store.inside('GET', `/paised/${style}`);
  assert.equal(kept.headers['cache-control'], 'public, max-age=31536000, immutable');
  assert.equal(kept.headers['content-type'], 'text/css; charset=utf-8');
});

test('the bucket may stand in the host', async () => {
  await bucket('hostis');
  const proxy = { AWS_ENDPOINT_URL: 'http://s3.test', http_proxy: store.address };
  await fine(publish('s3://hostis/portaal', '--addressing', 'host'), proxy);
  await assertWhole('hostis', 'portaal/');
});

test('a line that breaks in every way makes it slower, and nothing else', async () => {
  await bucket('katkine');
  const faults = ['before', 'half', 500, 503, 'after', 'cut'];
  store.fault = (number) => (number % 3 === 0 ? faults[(number / 3) % faults.length] : undefined);
  await fine(publish('s3://katkine', '--jobs', '8'));
  assert.ok(store.count > manifest().files.length * 1.3, 'faults');
  await assertWhole('katkine');
});

test('killed at any point, it goes on where it was', async () => {
  const files = manifest().files.length;
  for (const [at, kill] of [1, 2, Math.floor(files / 3), files - 1, files + 2].entries()) {
    const name = `tapetud-${at}`;
    await bucket(name);
    let writes = 0;
    let child;
    store.watch = (asked) => {
      if (asked.startsWith('PUT ') && (writes += 1) === kill) child.kill('SIGKILL');
    };
    const killed = await run(publish(`s3://${name}`, '--jobs', '4'), {}, (process) => (child = process));
    assert.equal(killed.signal, 'SIGKILL', `${kill}`);
    store.watch = () => {};
    // What it had sent when it died may still arrive.
    await new Promise((done) => setTimeout(done, 300));
    const there = (await store.objects(name)).size;
    store.log.length = 0;
    await fine(publish(`s3://${name}`));
    await assertWhole(name);
    const again = puts().length;
    // The journal is written once more, and the manifest, if it was there.
    assert.ok(again <= files + 2 - there + 2, `${again} again, where ${there} of ${files} were there`);
  }
});

test('another portal over one that was stopped leaves nothing of it', async () => {
  await bucket('teine');
  await fine(publish('s3://teine'));
  const saved = join(folder, 'saved');
  cpSync(join(folder, 'public'), saved, { recursive: true });
  const kept = readFileSync(join(content, 'guides/juhend-3.md'));
  write('guides/juhend-3.md', '# Vahepealne\n');
  write('guides/vahepealne.md', '# Vahepealne leht\n');
  await build();
  let child;
  store.watch = (asked) => asked.endsWith('/teine/manifest.json') && asked.startsWith('PUT') && child.kill('SIGKILL');
  const killed = await run(publish('s3://teine'), {}, (process) => (child = process));
  assert.equal(killed.signal, 'SIGKILL');
  store.watch = () => {};
  await store.inside('PUT', '/teine/manifest.json', {}, readFileSync(join(saved, 'manifest.json')));
  writeFileSync(join(content, 'guides/juhend-3.md'), kept);
  rmSync(join(content, 'guides/vahepealne.md'));
  await build();
  await fine(publish('s3://teine'));
  await assertWhole('teine');
});

test('of two at once one gives way, and the next publish finds nothing amiss', async () => {
  await bucket('kaks');
  const copy = join(folder, 'copy');
  cpSync(join(folder, 'public'), copy, { recursive: true });
  let other;
  const journals = () => store.log.filter((name) => name === 'PUT /kaks/.juhend').length;
  // The first uploads nothing before the other one has taken its journal over.
  store.watch = async (asked) => {
    if (!asked.startsWith('PUT ') || asked.endsWith('/.juhend')) return;
    other ??= run(['publish', 's3://kaks', '--from', copy, '--jobs', '2']);
    while (journals() < 2) await new Promise((done) => setTimeout(done, 10));
  };
  const ran = [await run(publish('s3://kaks', '--jobs', '2')), await other];
  store.watch = () => {};
  const refused = ran.filter(({ code }) => code !== 0);
  assert.equal(refused.length, 1, JSON.stringify(ran));
  assert.match(refused[0].err, /another publish is at work/);
  await fine(publish('s3://kaks'));
  await assertWhole('kaks');
});

test('what is refused is told with what to do', async () => {
  await bucket('keelatud');
  for (const [more, target, message, hint] of [
    [{ AWS_SECRET_ACCESS_KEY: 'wrong' }, 's3://keelatud', /403 SignatureDoesNotMatch/, /AWS_SECRET_ACCESS_KEY/],
    [{ AWS_ACCESS_KEY_ID: 'AKIAOTHER' }, 's3://keelatud', /403 InvalidAccessKeyId/, /AWS_ACCESS_KEY_ID/],
    [{ AWS_ACCESS_KEY_ID: '' }, 's3://keelatud', /AWS_ACCESS_KEY_ID/, /secrets/],
    [{}, 's3://puudub', /404 NoSuchBucket/, /make the bucket/],
    [{}, 'gs://keelatud', /gs:/, /AWS_ENDPOINT_URL/],
    [{ AWS_ENDPOINT_URL: 'https://mari:geheim@hoidla.ee' }, 's3://keelatud', /a password/, /AWS_ACCESS_KEY_ID/],
  ]) {
    const ran = await run(publish(target), more);
    assert.equal(ran.code, 1);
    assert.match(ran.err, message);
    assert.match(ran.err, hint);
  }
  const page = join(folder, 'public/index.html');
  const bytes = readFileSync(page);
  writeFileSync(page, 'changed');
  const broken = await run(publish('s3://keelatud'));
  writeFileSync(page, bytes);
  assert.equal(broken.code, 2);
  assert.match(broken.err, /index\.html/);
  assert.deepEqual(puts(), []);
});

test('pages of others and other audiences are safe', async () => {
  await bucket('ohutus');
  await store.inside('PUT', '/ohutus/index.html', {}, 'somebody else');
  const ran = await run(publish('s3://ohutus'));
  assert.equal(ran.code, 1);
  assert.match(ran.err, /no publish wrote/);
  await store.inside('PUT', '/ohutus/muu/404.html', {}, 'somebody else');
  const other = await run(publish('s3://ohutus/muu'));
  assert.equal(other.code, 1);
  assert.match(other.err, /`404\.html` already that no publish wrote/);
  assert.deepEqual(puts(), []);
  await fine(publish('s3://ohutus/muu', '--force'));
  await fine(publish('s3://ohutus/portaal'));
  const open = join(folder, 'open');
  await fine(['-C', join(folder, 'project'), '--as-of', '2026-10-16', 'build', '-q', '--audience', 'public', '-o', open]);
  await fine(['publish', 's3://ohutus/avalik', '--from', open]);
  const internal = await run(publish('s3://ohutus/avalik'));
  assert.equal(internal.code, 1);
  assert.match(internal.err, /audience `internal`.*`public`/);
  await fine(publish('s3://ohutus/avalik', '--audience', 'internal'));
  // A first publish that was stopped tells for whom it was.
  let child;
  store.watch = (asked) => /^PUT .*\.html$/.test(asked) && child.kill('SIGKILL');
  await run(['publish', 's3://ohutus/pooleli', '--from', open], {}, (process) => (child = process));
  store.watch = () => {};
  const later = await run(publish('s3://ohutus/pooleli'));
  assert.equal(later.code, 1);
  assert.match(later.err, /audience `internal`.*`public`/);
});

test('keys are never told', () => {
  assert.ok(said.length > 1000);
  for (const secret of [KEY, SECRET, TOKEN, 'geheim', 'X-Amz-Signature', 'X-Amz-Credential']) {
    assert.ok(!said.includes(secret) && !said.includes(encodeURIComponent(secret)), secret);
  }
});
