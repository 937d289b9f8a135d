/**
 * A host of files and nothing else, as a city's web server is one: the exported site below `/a/b/`, every other address 404.
 */
import { createReadStream, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

/** The folder of the site on the host. */
const BELOW = '/a/b/';
const TYPES = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.mjs': 'text/javascript', '.css': 'text/css', '.json': 'application/json',
  '.geojson': 'application/geo+json', '.svg': 'image/svg+xml', '.csv': 'text/csv', '.webmanifest': 'application/manifest+json',
};

/**
 * @param {string} folder  The exported site.
 * @returns {Promise<{base: string, missing: string[], stop: () => Promise<void>}>}  `missing` are the paths that were requested and are not there.
 */
export async function serveFiles(folder) {
  const missing = [];
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, 'http://host').pathname);
    const name = normalize(path.slice(BELOW.length) || 'index.html');
    const file = path.startsWith(BELOW) && !name.startsWith('..') ? join(folder, name) : folder;
    if (!statSync(file, { throwIfNoEntry: false })?.isFile()) {
      missing.push(path);
      return void response.writeHead(404).end();
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise((resolve) => { server.listen(0, '127.0.0.1', resolve); });
  const stop = () => new Promise((resolve) => {
    server.closeAllConnections();
    server.close(resolve);
  });
  return { base: `http://127.0.0.1:${server.address().port}${BELOW}`, missing, stop };
}
