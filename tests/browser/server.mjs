// Serves a built portal as a production server should: the strict policy on every answer, 404.html
// with the status 404 for what is not there.
import { createServer } from "node:http";
import { readFile, stat } from "node:fs/promises";
import { extname, join, normalize } from "node:path";

const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self'",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

const MEDIA_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".webmanifest": "application/manifest+json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".webp": "image/webp",
  ".xml": "application/xml",
  ".ics": "text/calendar; charset=utf-8",
  ".csv": "text/csv; charset=utf-8",
  ".txt": "text/plain; charset=utf-8",
};

const isFolder = async (path) => (await stat(path).catch(() => null))?.isDirectory() ?? false;

/** What `folder` has at `path`: a status, a file, or the place to look instead. */
async function answer(folder, path) {
  const file = join(folder, normalize(path));
  if (await isFolder(file)) {
    return path.endsWith("/") ? found(join(file, "index.html")) : { status: 301, location: `${path}/` };
  }
  return found(file);
}

async function found(file) {
  const body = await readFile(file).catch(() => null);
  return body ? { status: 200, body, type: MEDIA_TYPES[extname(file)] ?? "application/octet-stream" } : { status: 404 };
}

async function notFound(folder, path) {
  const language = path.match(/^\/[a-z]{2,3}(?=\/)/)?.[0] ?? "";
  const own = await found(join(folder, language, "404.html"));
  const page = own.status === 200 ? own : await found(join(folder, "404.html"));
  return { ...page, status: 404 };
}

/** Starts a server of `folder` on a free port of this machine; `close` ends it. */
export async function serve(folder) {
  const server = createServer(async (request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://127.0.0.1").pathname);
    const first = await answer(folder, path);
    const { status, body = "", type, location } = first.status === 404 ? await notFound(folder, path) : first;
    const headers = { "content-security-policy": POLICY, "x-content-type-options": "nosniff" };
    if (type) headers["content-type"] = type;
    if (location) headers.location = encodeURI(location);
    response.writeHead(status, headers).end(body);
  });
  await new Promise((ready) => server.listen(0, "127.0.0.1", ready));
  return {
    origin: `http://127.0.0.1:${server.address().port}`,
    close: () => {
      server.closeAllConnections?.();
      return new Promise((done) => server.close(done));
    },
  };
}
