// A store as strict as Amazon's, on a line that breaks: moto keeps the objects, and what stands before it here looks at
// what moto does not: signatures (Signature 4 in the query, computed once more from the standard), checksums, lengths.
// It also breaks what it is told to.
import { createHash, createHmac } from 'node:crypto';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer, request } from 'node:http';

export const KEY = 'AKIAPUBLISHTEST00000';
export const SECRET = 'Kuus9vAga+SalaJane/Voti12345678901234567';
export const REGION = 'eu-north-1';

const hmac = (key, text) => createHmac('sha256', key).update(text).digest();
const hash = (bytes) => createHash('sha256').update(bytes);
const encoded = (text) =>
  encodeURIComponent(text).replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`);

// The signature that a request has to have: the "canonical request" of the AWS documentation, step by step.
function signature(method, url, headers, secret) {
  const query = [...url.searchParams].filter(([name]) => name !== 'X-Amz-Signature');
  const canonicalQuery = query.map(([name, value]) => `${encoded(name)}=${encoded(value)}`).sort().join('&');
  const signed = url.searchParams.get('X-Amz-SignedHeaders').split(';');
  const canonicalHeaders = signed.map((name) => `${name}:${(headers[name] ?? '').trim()}\n`).join('');
  const path = url.pathname.split('/').map((part) => encoded(decodeURIComponent(part))).join('/');
  const canonical = [method, path, canonicalQuery, canonicalHeaders, signed.join(';'), 'UNSIGNED-PAYLOAD'].join('\n');
  const time = url.searchParams.get('X-Amz-Date');
  const scope = `${time.slice(0, 8)}/${REGION}/s3/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', time, scope, hash(canonical).digest('hex')].join('\n');
  const key = [time.slice(0, 8), REGION, 's3', 'aws4_request'].reduce(hmac, `AWS4${secret}`);
  return hmac(key, text).toString('hex');
}

// Why a store would refuse the request, as status and code; nothing if it would not.
function refusal(message, url, body) {
  const { headers, method } = message;
  const credential = url.searchParams.get('X-Amz-Credential') ?? '';
  if (!credential.startsWith(`${KEY}/`)) return [403, 'InvalidAccessKeyId'];
  const unsigned = Object.keys(headers).filter((name) => name.startsWith('x-amz-'));
  const signed = url.searchParams.get('X-Amz-SignedHeaders').split(';');
  if (unsigned.some((name) => !signed.includes(name))) return [403, 'AccessDenied'];
  if (signature(method, url, headers, SECRET) !== url.searchParams.get('X-Amz-Signature')) {
    return [403, 'SignatureDoesNotMatch'];
  }
  if (method !== 'PUT') return undefined;
  if (headers['content-length'] === undefined) return [411, 'MissingContentLength'];
  if (hash(body).digest('base64') !== headers['x-amz-checksum-sha256']) return [400, 'BadDigest'];
  return undefined;
}

export class Store {
  // What was asked and carried out: `PUT a/index.html`; what each object was sent with.
  log = [];
  sent = new Map();
  // What is broken of the request with this number: 'before', 'half', '500', '503', 'after' or 'cut'.
  fault = () => undefined;
  // Called, and waited for, before a request is carried out.
  watch = () => {};
  count = 0;

  static async start(python) {
    const store = new Store();
    // Its port is free now, and asked for again if somebody else was faster.
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    store.inner = free.address().port;
    free.close();
    store.moto = spawn(python, ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(store.inner)], { stdio: 'ignore' });
    for (let left = 200; left > 0; left -= 1) {
      const answer = await store.inside('GET', '/').catch(() => undefined);
      if (answer) break;
      if (left === 1) throw new Error('moto does not start');
      await new Promise((done) => setTimeout(done, 100));
    }
    store.server = createServer((message, answer) => store.serve(message, answer).catch(() => message.destroy()));
    // Through a proxy the host is another: the name of the bucket stands in it.
    store.server.on('connect', (message, socket) => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      store.server.emit('connection', socket);
    });
    store.server.listen(0, '127.0.0.1');
    await once(store.server, 'listening');
    store.address = `http://127.0.0.1:${store.server.address().port}`;
    return store;
  }

  async stop() {
    this.server.closeAllConnections();
    this.server.close();
    this.moto.kill();
    await once(this.moto, 'exit');
  }

  // Asks moto itself.
  inside(method, path, headers = {}, body = undefined) {
    const authorization = `AWS4-HMAC-SHA256 Credential=${KEY}/20261016/${REGION}/s3/aws4_request, SignedHeaders=host, Signature=0`;
    const options = { host: '127.0.0.1', port: this.inner, method, path, headers: { authorization, ...headers } };
    return new Promise((done, fail) => {
      const asked = request({ ...options, agent: false }, (answer) => {
        const parts = [];
        answer.on('data', (part) => parts.push(part));
        answer.on('end', () => done({ status: answer.statusCode, headers: answer.headers, body: Buffer.concat(parts) }));
        answer.on('error', fail);
      });
      asked.on('error', fail);
      asked.end(body);
    });
  }

  async serve(message, answer) {
    const number = (this.count += 1);
    const host = message.headers.host;
    const url = new URL(message.url.startsWith('http') ? message.url : `http://${host}${message.url}`);
    const bucket = host.match(/^(.+)\.s3\.test$/)?.[1];
    const path = bucket ? `/${bucket}${url.pathname}` : url.pathname;
    const name = `${message.method} ${decodeURIComponent(path)}`;
    const fault = this.fault(number, name);
    if (fault === 'before') return message.socket.destroy();
    const parts = [];
    for await (const part of message) {
      parts.push(part);
      if (fault === 'half') return message.socket.destroy();
    }
    if (fault === 'half') return message.socket.destroy();
    const body = Buffer.concat(parts);
    const refused = fault > 499 ? [fault, 'SlowDown'] : refusal(message, url, body);
    if (refused) {
      const [status, code] = refused;
      answer.writeHead(status, { 'content-type': 'application/xml' });
      return answer.end(`<Error><Code>${code}</Code><Resource>${url.pathname}</Resource><Key>${KEY}</Key></Error>`);
    }
    await this.watch(name);
    const { host: _, connection: __, ...headers } = message.headers;
    const inner = await this.inside(message.method, path + url.search, headers, body);
    this.log.push(name);
    if (message.method === 'PUT' && inner.status === 200) this.sent.set(decodeURIComponent(path), message.headers);
    if (fault === 'after') return message.socket.destroy();
    const { 'transfer-encoding': ___, connection: ____, ...told } = inner.headers;
    answer.writeHead(inner.status, told);
    if (fault === 'cut' && inner.body.length > 1) {
      answer.write(inner.body.subarray(0, inner.body.length >> 1));
      return setTimeout(() => message.socket.destroy(), 5);
    }
    return answer.end(inner.body);
  }

  // What the bucket holds: the SHA-256 of each object, by its name.
  async objects(bucket) {
    const objects = new Map();
    let next = '';
    do {
      const { body } = await this.inside('GET', `/${bucket}?list-type=2${next}`);
      const text = body.toString();
      for (const [, escaped] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) {
        const key = escaped.replaceAll('&amp;', '&');
        const { body: bytes } = await this.inside('GET', `/${bucket}/${key.split('/').map(encoded).join('/')}`);
        objects.set(key, hash(bytes).digest('hex'));
      }
      const token = text.match(/<NextContinuationToken>([^<]*)</)?.[1];
      next = token ? `&continuation-token=${encodeURIComponent(token)}` : '';
    } while (next);
    return objects;
  }
}
