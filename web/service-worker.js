// @ts-check
/**
 * Keeps pages, their modules and the last data for when there is no connection. What is asked of a server alone (`nearest`, a filter's
 * data, planners' and link workers' pages) is neither kept nor answered; nor is any query, which says what somebody looks for.
 *
 * Served from the root of the site, which is its scope, with the version of the files in the place of `{version}`.
 *
 * @module service-worker
 */

const worker = /** @type {ServiceWorkerGlobal} */ (/** @type {unknown} */ (self));

/**
 * @typedef {Event & {waitUntil: (done: Promise<unknown>) => void}} Waiting
 * @typedef {Waiting & {request: Request, clientId: string, resultingClientId: string, respondWith: (answer: Promise<Response>) => void}} Asked
 * @typedef {object} ServiceWorkerGlobal
 * @property {Location} location
 * @property {() => Promise<void>} skipWaiting
 * @property {{claim: () => Promise<void>}} clients
 * @property {(name: string, listener: (event: any) => void) => void} addEventListener
 */

const ROOT = new URL('./', worker.location.href);
/** Several sites may be on one host, each in a folder. */
const OWN = `tsunagari ${ROOT.pathname} `;
const FILES = `${OWN}{version}`;
const DATA = `${OWN}data`;
/** When an answer was kept, in milliseconds since 1970. */
const KEPT_AT = 'x-kept-at';
/** Pages and data that are kept at most; the oldest go first. */
const MOST_KEPT = 300;

/** Files of the version, which never change. */
const IS_ASSET = /^assets\/[0-9a-f]{16}\//;
/** Data that the list needs. */
const IS_DATA = /^(places|districts|land)\.geojson$|^search(\.[a-z]+)?\.json$|^categories\.css$|^manifest\.webmanifest$/;
/** Pages of the site, by file or by route. */
const IS_PAGE = /^$|^(index|embed|month|print|guide|sheets|link-workers)(\.[a-z]+)?(\.html)?$|^(places|categories|districts|month|guide|sheets|link-workers|print|print\/places|print\/districts)\/[^/]+$/;
/** What looks like a page by its folder and is data. */
const IS_OTHER_DATA = /\.(csv|xlsx|jsonl|geojson|ics|json)$/;

/** From when the answers are that a page has got from here: the oldest, by the id of the page. @type {Map<string, number>} */
const keptFor = new Map();

worker.addEventListener('install', (/** @type {Waiting} */ event) => event.waitUntil(worker.skipWaiting()));

worker.addEventListener('activate', (/** @type {Waiting} */ event) => event.waitUntil(takeOver()));

worker.addEventListener('fetch', (/** @type {Asked} */ event) => {
  const kind = kindOf(event.request.url);
  if (event.request.method !== 'GET' || !kind) return;
  event.respondWith(kind === 'asset' ? fromFiles(event.request) : fromNetwork(event));
});

worker.addEventListener('message', (/** @type {MessageEvent & Waiting & {source: {id: string}}} */ event) => {
  if (event.data?.keep) event.waitUntil(keepAll(event.data.keep));
  if (event.data?.since) event.ports[0]?.postMessage({ at: keptFor.get(event.source.id) ?? null });
});

/** Removes the files of former versions, and answers for pages that are open already. */
async function takeOver() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(OWN) && name !== FILES && name !== DATA).map((name) => caches.delete(name)));
  await worker.clients.claim();
}

/**
 * @param {string} url
 * @returns {'asset' | 'data' | 'page' | null}  `null` for what is none of this worker's business.
 */
function kindOf(url) {
  if (!url.startsWith(ROOT.href)) return null;
  const name = decodeURI(new URL(url).pathname.slice(ROOT.pathname.length));
  if (IS_ASSET.test(name)) return 'asset';
  if (IS_DATA.test(name)) return 'data';
  return IS_PAGE.test(name) && !IS_OTHER_DATA.test(name) ? 'page' : null;
}

/** @param {Request} request */
async function fromFiles(request) {
  const kept = await caches.match(request, { cacheName: FILES });
  if (kept) return kept;
  const answer = await fetch(request);
  if (isKept(answer)) await (await caches.open(FILES)).put(request, answer.clone());
  return answer;
}

/** @param {Asked} event */
async function fromNetwork(event) {
  const { request } = event;
  try {
    const answer = await fetch(request);
    event.waitUntil(keep(request.url, answer.clone()));
    return answer;
  } catch (error) {
    const kept = await lastKept(request.url);
    if (!kept) throw error;
    const page = event.resultingClientId || event.clientId;
    const at = Number(kept.headers.get(KEPT_AT));
    keptFor.set(page, Math.min(keptFor.get(page) ?? at, at));
    return kept;
  }
}

/**
 * The last answer of a page or file, whatever the query: pages choose by script.
 *
 * @param {string} url
 */
async function lastKept(url) {
  const plain = new URL(url);
  plain.search = '';
  const options = { cacheName: DATA, ignoreVary: true };
  const own = await caches.match(plain.href, options);
  const isStart = plain.href === ROOT.href;
  return own ?? (isStart ? caches.match(new URL('index.html', ROOT).href, options) : undefined);
}

/**
 * @param {string} url
 * @param {Response} answer
 */
async function keep(url, answer) {
  if (new URL(url).search || !isKept(answer)) return;
  const headers = new Headers(answer.headers);
  headers.set(KEPT_AT, String(Date.now()));
  const data = await caches.open(DATA);
  await data.delete(url, { ignoreVary: true });
  await data.put(url, new Response(await answer.blob(), { status: answer.status, headers }));
  const known = await data.keys();
  await Promise.all(known.slice(0, Math.max(0, known.length - MOST_KEPT)).map((request) => data.delete(request)));
}

/**
 * Whether an answer may be kept: a whole one of this site that everybody may have.
 *
 * @param {Response} answer
 */
function isKept(answer) {
  return answer.ok && answer.status === 200 && answer.type === 'basic' && !/no-store|private/.test(answer.headers.get('cache-control') ?? '');
}

/**
 * Keeps what a page has loaded before this worker was there.
 *
 * @param {string[]} urls
 */
async function keepAll(urls) {
  await Promise.all(urls.map(async (url) => {
    const kind = kindOf(url);
    try {
      if (kind === 'asset') await fromFiles(new Request(url));
      else if (kind && !(await lastKept(url))) await keep(url, await fetch(url));
    } catch {
      // No connection any more: the next visit keeps it.
    }
  }));
}
