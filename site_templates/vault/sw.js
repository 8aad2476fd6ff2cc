/* Serves the pages below its scope from one encrypted file, which only the reader's key opens.
   Plain text is in memory and nowhere else; the cache holds what the host holds. A browser ends an
   idle worker after half a minute, memory and key with it: open pages then hand the key back. */
"use strict";

const FORMAT = 2;
const LEAST_ROUNDS = 600000;
const MOST_ROUNDS = 10000000;
const SCOPE = new URL(self.registration.scope);
const BASE = SCOPE.pathname;
const STORE = "private-page:" + BASE;
const MINUTE = 60000;
const PATIENCE = 1000;         // with an open page that does not answer
const SHORT = 10000;           // with a host that does not: a small file, and the large one
const LONG = 180000;

const ENVELOPE = {
  "index.html": "text/html; charset=utf-8",
  "manifest.webmanifest": "application/manifest+json",
  "icon.png": "image/png",
  "robots.txt": "text/plain; charset=utf-8",
  "shell.css": "text/css; charset=utf-8",
  "shell.js": "text/javascript; charset=utf-8",
  "sw.js": "text/javascript; charset=utf-8",
  "vault.json": "application/json",
};
const NEEDED_OFFLINE = ["index.html", "shell.js", "shell.css", "manifest.webmanifest", "icon.png"];
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
  + "img-src 'self' data:; font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; "
  + "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";
const HEADERS = {
  "Cache-Control": "private, no-store",
  "Content-Security-Policy": POLICY,
  "Cross-Origin-Opener-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "X-Robots-Tag": "noindex, nofollow, noarchive",
};
const SAVED = /\.(ics|eml|vcf)$/i;

let opened = null;     // {key, kdf, build, home, files, headers}
let reopening = null;  // the promise of it, while a worker that was ended asks for its key
let shut = false;      // locked: no page is asked for the key until one offers it
let turn = 0;          // rises at each lock: what was begun before it comes to nothing
let asked = 0;         // when the host was last asked for something newer

/* Why the pages stay shut; the locked page has the words for it. */
class Refusal extends Error {
  constructor(why) { super(why); this.why = why; }
}

function insist(condition, why) { if (!condition) throw new Refusal(why); }

/* ---- what the host has, and what is kept of it ---- */

function addressOf(name) { return BASE + (name === "index.html" ? "" : name); }

async function readHost(name) {
  try {
    const signal = AbortSignal.timeout(name.startsWith("v-") ? LONG : SHORT);
    const answer = await fetch(addressOf(name), { cache: "no-store", signal });
    insist(answer.status < 500 && answer.status !== 429, "unreachable");
    return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    throw new Refusal("unreachable");  // no connection, or one that broke off
  }
}

async function readKept(name) {
  const kept = await (await caches.open(STORE)).match(addressOf(name));
  insist(kept, "unreachable");
  return new Uint8Array(await kept.arrayBuffer());
}

/* The file with the pages does not change under its name: a good copy of it is not fetched twice. */
async function readBlob(name, sum) {
  const kept = await readKept(name).catch(() => null);
  return kept && await digest(kept) === sum ? kept : readHost(name);
}

const HOST = { read: readHost, readBlob, isKept: false };
const KEPT = { read: readKept, readBlob: readKept, isKept: true };

async function digest(bytes) {
  const sum = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(sum, byte => byte.toString(16).padStart(2, "0")).join("");
}

/* Everything is checked by now. What cannot be read goes last, so that a worker ended in between
   leaves the old copy whole. */
async function keep(text, meta, blob, envelope) {
  const store = await caches.open(STORE);
  const put = (name, bytes) => store.put(addressOf(name), new Response(bytes));
  await put(meta.blob, blob);
  for (const [name, bytes] of envelope) await put(name, bytes);
  await put("vault.json", text);
  for (const request of await store.keys()) {
    const name = new URL(request.url).pathname.slice(BASE.length);
    if (name.startsWith("v-") && name !== meta.blob) await store.delete(request);
  }
}

/* ---- reading the metadata ---- */

function parseJson(bytes) {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch (error) {
    throw new Refusal("damaged");
  }
}

function parseBytes(text, least, most) {
  insist(typeof text === "string", "damaged");
  let bytes;
  try {
    bytes = Uint8Array.from(atob(text), char => char.charCodeAt(0));
  } catch (error) {
    throw new Refusal("damaged");
  }
  insist(bytes.length >= least && bytes.length <= most, "damaged");
  return bytes;
}

/* Keys in order and no spaces: what the check in the metadata is made of. */
function canonical(value) {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return "[" + value.map(canonical).join(",") + "]";
  const pairs = Object.keys(value).sort().map(key => JSON.stringify(key) + ":" + canonical(value[key]));
  return "{" + pairs.join(",") + "}";
}

async function parseMeta(bytes) {
  const meta = parseJson(bytes);
  insist(meta && typeof meta === "object" && meta.kdf && meta.wrapped, "damaged");
  const { check, ...rest } = meta;
  insist(await digest(new TextEncoder().encode(canonical(rest))) === check, "damaged");
  insist(Number.isSafeInteger(meta.format), "damaged");
  insist(meta.format === FORMAT, "format");
  insist(meta.kdf.name === "PBKDF2-HMAC-SHA256", "format");
  insist(Number.isSafeInteger(meta.kdf.iterations) && meta.kdf.iterations <= MOST_ROUNDS, "damaged");
  insist(meta.kdf.iterations >= LEAST_ROUNDS, "weak");
  parseBytes(meta.kdf.salt, 16, 1024);
  insist(Number.isSafeInteger(meta.build) && meta.build > 0, "damaged");
  insist(/^[0-9a-f]{64}$/.test(meta.sha256), "damaged");
  insist(meta.blob === `v-${meta.sha256.slice(0, 32)}.bin`, "damaged");
  return meta;
}

async function look(source, seen) {
  const text = await source.read("vault.json");
  const meta = await parseMeta(text);
  insist(source.isKept || meta.build >= seen, "older");
  return { text, meta };
}

/* The highest build that this browser knows to have been good. */
async function latest(seen) {
  const kept = await look(KEPT, 0).catch(() => null);
  return Math.max(seen || 0, kept ? kept.meta.build : 0, opened ? opened.build : 0);
}

/* ---- opening ---- */

function associated(...parts) { return new TextEncoder().encode(["private-page", FORMAT, ...parts].join("|")); }

async function unwrap(key, meta) {
  const iv = parseBytes(meta.wrapped.iv, 12, 12), wrapped = parseBytes(meta.wrapped.key, 48, 48);
  const how = { name: "AES-GCM", iv, additionalData: associated("key") };
  try {
    return await crypto.subtle.unwrapKey("raw", wrapped, key, how, "AES-GCM", false, ["decrypt"]);
  } catch (error) {
    throw new Refusal("wrong");
  }
}

async function decrypt(contentKey, meta, blob) {
  insist(blob.length === meta.size && await digest(blob) === meta.sha256, "damaged");
  const iv = parseBytes(meta.iv, 12, 12);
  const how = { name: "AES-GCM", iv, additionalData: associated("blob", meta.build) };
  try {
    return await crypto.subtle.decrypt(how, contentKey, blob);
  } catch (error) {
    throw new Refusal("damaged");
  }
}

async function unpack(packed) {
  try {
    const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("gzip"));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch (error) {
    throw new Refusal("damaged");
  }
}

/* The next `length` bytes from `start`, without a copy. */
function view(payload, start, length) {
  insist(Number.isSafeInteger(length) && length >= 0 && start + length <= payload.byteLength, "damaged");
  return new Uint8Array(payload, start, length);
}

/* The files by path, each with the block that it is in. A block is unpacked when the first of its
   files is read: all of them at once would be the longest part of an opening. Zeros follow the last. */
async function parsePack(payload) {
  insist(payload.byteLength >= 4, "damaged");
  const size = new DataView(payload).getUint32(0);
  const index = parseJson(await unpack(view(payload, 4, size)));
  insist(index && index.files && Array.isArray(index.blocks) && index.headers && index.shell, "damaged");
  let start = 4 + size;
  const blocks = index.blocks.map(length => {
    const block = { packed: view(payload, start, length), unpacked: null };
    start += length;
    return block;
  });
  const files = new Map();
  for (const [path, [number, offset, length, type]] of Object.entries(index.files)) {
    insist(blocks[number] && offset >= 0 && length >= 0, "damaged");
    files.set(path, { type, block: blocks[number], offset, length });
  }
  insist(files.has(index.home), "damaged");
  await readFile(files.get(index.home));
  return { files, home: index.home, headers: index.headers, sums: index.shell };
}

async function readFile({ block, offset, length }) {
  block.unpacked = block.unpacked || unpack(block.packed);
  const bytes = await block.unpacked;
  insist(offset + length <= bytes.length, "damaged");
  return bytes.subarray(offset, offset + length);
}

/* The files round the vault as the host has them, each the one that was published. */
async function readEnvelope(sums) {
  const names = [...new Set([...NEEDED_OFFLINE, ...Object.keys(sums)])];
  return Promise.all(names.map(async name => {
    const bytes = await readHost(name);
    insist(!Object.hasOwn(sums, name) || await digest(bytes) === sums[name], "damaged");
    return [name, bytes];
  }));
}

function isSameLock(one, other) { return one.salt === other.salt && one.iterations === other.iterations; }

async function openFrom(source, key, kdf, seen) {
  const { text, meta } = await look(source, seen);
  insist(isSameLock(meta.kdf, kdf), source.isKept ? "unreachable" : "changed");
  const contentKey = await unwrap(key, meta);
  const blob = await source.readBlob(meta.blob, meta.sha256);
  const { files, home, headers, sums } = await parsePack(await decrypt(contentKey, meta, blob));
  if (!source.isKept) {
    const envelope = await readEnvelope(sums);
    await keep(text, meta, blob, envelope).catch(error => console.warn("not kept for offline:", error));
  }
  return { key, kdf, build: meta.build, files, home, headers };
}

/* The host's copy; the one kept from before only where the host cannot be reached. */
async function openNewest(key, kdf, seen) {
  const known = await latest(seen);
  try {
    // A publish between reading the metadata and the file makes them differ: once more, then.
    return await openFrom(HOST, key, kdf, known).catch(refusal => {
      if (refusal.why !== "damaged") throw refusal;
      return openFrom(HOST, key, kdf, known);
    });
  } catch (refusal) {
    if (refusal.why !== "unreachable") throw refusal;
    return openFrom(KEPT, key, kdf, 0);
  }
}

async function open(key, kdf, seen) {
  const mine = turn;
  const found = await openNewest(key, kdf, seen);
  insist(mine === turn, "locked");
  asked = Date.now();
  shut = false;
  opened = found;
  return found;
}

/* A newer publish, fetched beside the reading. Whatever is wrong with it, the good copy stays, and
   the locked page says so at the next unlocking. */
async function refresh() {
  if (!opened || Date.now() - asked < MINUTE) return;
  asked = Date.now();
  const mine = turn, { key, kdf, build } = opened;
  try {
    const { meta } = await look(HOST, build);
    if (meta.build === build) return;
    const found = await openFrom(HOST, key, kdf, build);
    if (mine === turn) opened = found;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
  }
}

/* ---- the pages that are open, and the key that they hold ---- */

function isOurs(client) { return Boolean(client) && client.url.startsWith(SCOPE.href); }

/* A picture or a text has no script that would hear or answer anything. */
function isBare(client) { return !/(\/|\.html)$/.test(new URL(client.url).pathname); }

async function pages() {
  const all = await self.clients.matchAll({ includeUncontrolled: true, type: "window" });
  return all.filter(isOurs);
}

function askForKey(client) {
  return new Promise((resolve, reject) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => data.type === "key" ? resolve(data) : reject(new Refusal("locked"));
    setTimeout(() => reject(new Refusal("locked")), PATIENCE);
    client.postMessage({ type: "need-key" }, [port2]);
  });
}

async function reopen() {
  const mine = turn;
  const asking = (await pages()).filter(client => !isBare(client)).map(askForKey);
  const held = await Promise.any(asking).catch(() => null);
  if (!held || mine !== turn) return null;
  try {
    const found = await openFrom(KEPT, held.key, held.kdf, 0).catch(() => openNewest(held.key, held.kdf, 0));
    if (mine === turn) opened = found;
  } catch (refusal) {
    if (!(refusal instanceof Refusal)) throw refusal;
  }
  return opened;
}

async function stillOpen() {
  if (opened || shut) return opened;
  reopening = reopening || reopen().finally(() => { reopening = null; });
  return reopening;
}

function forget() {
  return new Promise(resolve => {
    const request = indexedDB.deleteDatabase(STORE);
    request.onsuccess = request.onerror = request.onblocked = resolve;
  });
}

async function lock() {
  turn += 1;
  shut = true;
  opened = reopening = null;
  const all = await pages();
  // All are told before any is asked for a key again.
  for (const client of all) client.postMessage({ type: "locked" });
  await forget();
  for (const client of all.filter(isBare)) client.navigate(client.url).catch(() => null);
}

/* ---- answering ---- */

function answerWith(body, type, more = {}, status = 200) {
  return new Response(body, { status, headers: { ...HEADERS, "Content-Type": type, ...more } });
}

function say(text, status) { return answerWith(text, "text/plain; charset=utf-8", {}, status); }

/* A file of the envelope: what was found good at opening, or, as long as all is shut, what the host
   has now. The host is asked for the page at its root only: it does not learn which one is wanted. */
async function envelopeFile(name) {
  const [first, second] = opened ? [readKept, readHost] : [readHost, readKept];
  const bytes = await first(name).catch(() => second(name)).catch(() => null);
  return bytes ? answerWith(bytes, ENVELOPE[name] || "application/octet-stream") : Response.error();
}

function isEnvelope(path) {
  return path !== "index.html" && Object.hasOwn(ENVELOPE, path) || /^v-[0-9a-f]{32}\.bin$/.test(path);
}

function disposition(path) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return SAVED.test(name) ? { "Content-Disposition": `attachment; filename*=UTF-8''${encodeURIComponent(name)}` } : {};
}

/* Sound and film are asked for in parts. */
function slice(request, size) {
  const wanted = /^bytes=(\d*)-(\d*)$/.exec(request.headers.get("Range") || "");
  if (!wanted || !wanted[1] && !wanted[2]) return null;
  const from = wanted[1] ? Number(wanted[1]) : Math.max(0, size - Number(wanted[2]));
  const to = wanted[1] && wanted[2] ? Math.min(Number(wanted[2]), size - 1) : size - 1;
  return from <= to ? { from, to, size } : { size };
}

async function answerFile(found, path, file, request) {
  const headers = { ...found.headers, ...disposition(path), "Accept-Ranges": "bytes" };
  const part = slice(request, file.length);
  if (part && part.from === undefined) {
    return answerWith(null, file.type, { ...headers, "Content-Range": `bytes */${part.size}` }, 416);
  }
  const whole = await readFile(file);
  const bytes = part ? whole.subarray(part.from, part.to + 1) : whole;
  headers["Content-Length"] = String(bytes.length);
  if (part) headers["Content-Range"] = `bytes ${part.from}-${part.to}/${part.size}`;
  return answerWith(request.method === "HEAD" ? null : bytes, file.type, headers, part ? 206 : 200);
}

async function answerPath(found, path, request) {
  const name = path === "" ? found.home : path.endsWith("/") ? path + "index.html" : path;
  const file = found.files.get(name);
  if (file) return answerFile(found, name, file, request);
  if (found.files.has(path + "/index.html")) return Response.redirect(new URL(request.url).pathname + "/", 302);
  const missing = found.files.get("404.html");
  if (!missing) return say("There is no such page.", 404);
  return answerWith(await readFile(missing), missing.type, found.headers, 404);
}

function pathOf(url) {
  try {
    return decodeURIComponent(url.pathname.slice(BASE.length));
  } catch (error) {
    return url.pathname.slice(BASE.length);
  }
}

async function answer(event, path) {
  const { request } = event;
  if (isEnvelope(path)) return envelopeFile(path);
  if (request.method !== "GET" && request.method !== "HEAD") return say("Only reading is possible here.", 405);
  const found = await stillOpen();
  if (!found) return request.mode === "navigate" ? envelopeFile("index.html") : say("Locked.", 403);
  if (request.mode === "navigate") event.waitUntil(refresh());
  return answerPath(found, path, request);
}

/* ---- what the pages ask for ---- */

const REPLIES = {
  async look({ seen }) {
    const source = await look(HOST, await latest(seen)).catch(refusal => {
      if (refusal.why !== "unreachable") throw refusal;
      return look(KEPT, 0);
    });
    return { type: "meta", meta: source.meta };
  },
  async key({ key, meta, seen }) {
    const found = await open(key, meta.kdf, seen);
    return { type: "opened", home: found.home, build: found.build };
  },
  async "need-key"() {
    const found = await stillOpen();
    return found ? { type: "key", key: found.key, kdf: found.kdf } : { type: "locked" };
  },
  async lock() {
    await lock();
    return { type: "locked" };
  },
};

async function reply({ data, ports }) {
  let message;
  try {
    message = await REPLIES[data.type](data);
  } catch (error) {
    if (!(error instanceof Refusal)) console.error(error);
    message = { type: "refused", why: error.why || "damaged" };
  }
  if (ports[0]) ports[0].postMessage(message);
}

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", event => event.waitUntil(self.clients.claim()));
self.addEventListener("message", event => {
  if (isOurs(event.source) && event.data && Object.hasOwn(REPLIES, event.data.type)) event.waitUntil(reply(event));
});
self.addEventListener("fetch", event => {
  const url = new URL(event.request.url);
  if (url.origin === SCOPE.origin && url.pathname.startsWith(BASE)) event.respondWith(answer(event, pathOf(url)));
});
