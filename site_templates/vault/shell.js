/* On the locked page: turns the passphrase into a key that cannot be read out, and gives it to the
   worker. On every other page: holds that key for a worker that the browser ended, and locks. */
(function () {
  "use strict";
  const LOADED = Symbol.for("private-page");
  if (window[LOADED]) return;
  window[LOADED] = true;

  const { src, dataset } = document.currentScript;
  const BASE = new URL("./", src).pathname;
  const STORE = "private-page:" + BASE;
  const DAY = 864e5, REMEMBERED = 30 * DAY, PATIENCE = 3000;
  const SPACE = /[\t-\r\x1c-\x20\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g;
  const WORDS = {
    wrong: ["That passphrase does not open it.", "Check for a missing word or a space."],
    damaged: ["The file is damaged.", "Publish again, then reload."],
    older: ["This copy is older than the one you saw last.", "Ask who changed it before you go on."],
    weak: ["This copy protects its passphrase too little.", "Ask who changed it before you go on."],
    format: ["This page is too old for what was published.", "Reload; if it says so again, publish again."],
    changed: ["The passphrase has changed.", "Type the new one."],
    unreachable: ["The pages could not be fetched.", "Check the connection, then try again."],
    locked: ["It was locked meanwhile.", "Type your passphrase again."],
    insecure: ["This address is not secure, so nothing can be opened here.", "Use the one that begins with https."],
    workers: ["This browser cannot open private pages here.", "Leave its private mode, or use another browser."],
    old: ["This browser is too old to open private pages.", "Update it, or use another one."],
  };

  let held = null;  // {key, kdf} while these pages are open

  /* ---- the worker ---- */

  function tell(worker, message, patience) {
    return new Promise((resolve, reject) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve(data);
      if (patience) setTimeout(() => reject(new Error("no answer")), patience);
      worker.postMessage(message, [port2]);
    });
  }

  function listen(onLocked) {
    navigator.serviceWorker.addEventListener("message", ({ data, ports }) => {
      if (data.type === "need-key") ports[0].postMessage(held ? { type: "key", ...held } : { type: "locked" });
      if (data.type === "locked") { held = null; onLocked(); }
    });
    navigator.serviceWorker.startMessages();
  }

  /* ---- what this browser remembers ---- */

  function store(mode, use) {
    return new Promise((resolve, reject) => {
      const opening = indexedDB.open(STORE, 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore("keys");
      opening.onerror = () => reject(opening.error);
      opening.onsuccess = () => {
        const base = opening.result, work = base.transaction("keys", mode), request = use(work.objectStore("keys"));
        base.onversionchange = () => base.close();
        work.oncomplete = () => { base.close(); resolve(request.result); };
        work.onabort = () => { base.close(); reject(work.error); };
      };
    });
  }

  function remember(key, kdf) {
    const from = Date.now();
    return store("readwrite", keys => keys.put({ key, kdf, from, until: from + REMEMBERED }, "key"));
  }

  function forget() { return store("readwrite", keys => keys.clear()); }

  /* The remembered key, while its time lasts; a clock that was put back ends it too. */
  async function recall() {
    const found = await store("readonly", keys => keys.get("key"));
    if (!found) return null;
    if (Date.now() >= found.from && Date.now() < found.until) return found;
    await forget();
    return null;
  }

  function seen() {
    try { return Number(localStorage.getItem(STORE)) || 0; } catch (error) { return 0; }
  }

  function see(build) {
    try { localStorage.setItem(STORE, String(Math.max(build, seen()))); } catch (error) { /* it allows nothing */ }
  }

  /* Openings by this tab that did not lead to a page; null takes the count away. */
  function tries(count) {
    try {
      if (count === undefined) return Number(sessionStorage.getItem(STORE)) || 0;
      if (count === null) sessionStorage.removeItem(STORE); else sessionStorage.setItem(STORE, String(count));
    } catch (error) { /* it allows nothing */ }
    return 0;
  }

  /* What pages kept of this visit in plain text: what was typed and said, and which tabs were chosen. */
  function wipe() {
    try {
      sessionStorage.clear();
      for (const name of Object.keys(localStorage)) if (name.endsWith(".__tabs")) localStorage.removeItem(name);
    } catch (error) { /* it allows nothing */ }
  }

  /* ---- a page of the site ---- */

  function leave() {
    held = null;
    document.body.replaceChildren();
    wipe();
    location.reload();
  }

  async function hold() {
    const worker = navigator.serviceWorker.controller;
    const answer = worker ? await tell(worker, { type: "need-key" }, PATIENCE) : { type: "locked" };
    if (answer.type === "key") held = { key: answer.key, kdf: answer.kdf }; else leave();
  }

  async function lock() {
    held = null;
    const worker = navigator.serviceWorker.controller;
    await forget().catch(() => null);
    if (worker) await tell(worker, { type: "lock" }, PATIENCE).catch(() => null);
    leave();
  }

  function startPage() {
    tries(null);
    listen(leave);
    hold();
    document.addEventListener("click", event => { if (event.target.closest("[data-fu-lock]")) lock(); });
    window.addEventListener("pageshow", event => { if (event.persisted) hold(); });
  }

  /* ---- the locked page ---- */

  function missing() {
    if (!window.isSecureContext) return "insecure";
    if (!("serviceWorker" in navigator)) return "workers";
    const needed = window.crypto && crypto.subtle && window.DecompressionStream && window.indexedDB;
    return needed && AbortSignal.timeout ? "" : "old";
  }

  function normal(passphrase) { return passphrase.normalize("NFKC").replace(SPACE, " ").trim(); }

  async function derive(passphrase, kdf) {
    const raw = new TextEncoder().encode(normal(passphrase));
    const salt = Uint8Array.from(atob(kdf.salt), char => char.charCodeAt(0));
    const base = await crypto.subtle.importKey("raw", raw, "PBKDF2", false, ["deriveKey"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt, iterations: kdf.iterations };
    return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, ["unwrapKey"]);
  }

  function activated(worker) {
    return new Promise((resolve, reject) => {
      const look = () => {
        if (worker.state === "activated") resolve();
        if (worker.state === "redundant") reject(new Error("damaged"));
      };
      worker.addEventListener("statechange", look);
      look();
    });
  }

  /* The worker of these pages, running; an answer of the host that is no worker is a damaged one. */
  async function findWorker() {
    let registration;
    try {
      await fetch(BASE + "sw.js", { cache: "no-store", integrity: dataset.worker });
      registration = await navigator.serviceWorker.register(BASE + "sw.js", { scope: BASE, updateViaCache: "none" });
      const newer = registration.installing || registration.waiting;
      if (newer) await activated(newer);
    } catch (error) {
      if (error.name === "SecurityError" || error.name === "NotSupportedError") throw new Error("workers");
      const reached = await fetch(BASE + "sw.js", { cache: "no-store" }).catch(() => null);
      throw new Error(!reached ? "unreachable" : reached.ok ? "damaged" : "unreachable");
    }
    return registration.active;
  }

  let finding = null;
  async function ask(message) {
    finding = finding || findWorker();
    const worker = await finding.catch(error => { finding = null; throw error; });
    const answer = await tell(worker, { ...message, seen: seen() });
    if (answer.type === "refused") throw new Error(answer.why);
    return answer;
  }

  function need(part) {
    const found = document.querySelector(".lock " + part);
    if (!found) throw new Error("damaged");
    return found;
  }

  function startLocked() {
    const [form, field, say, show, keeping, button, stopped, unready] = [
      "form", "#pass", "#say", "#show", "#remember", "button", "#stop", "#unready",
    ].map(need);

    function explain(place, why) {
      const [what, next] = WORDS[why] || WORDS.damaged, strong = document.createElement("b");
      strong.textContent = what;
      place.replaceChildren(strong, " " + next);
    }
    function quiet() {
      say.replaceChildren();
      field.removeAttribute("aria-invalid");
    }
    function work(on) {
      button.disabled = on;
      button.textContent = on ? "Unlocking…" : "Unlock";
      form.setAttribute("aria-busy", String(on));
    }
    function refuse(error) {
      const why = error.message in WORDS ? error.message : "damaged";
      if (why === "damaged" && error.message !== why) console.error(error);
      work(false);
      explain(say, why);
      if (why === "wrong") {
        field.setAttribute("aria-invalid", "true");
        field.select();
      }
      field.focus();
    }
    function stop(why) {
      form.hidden = true;
      explain(stopped, why);
    }

    async function open(key, meta) {
      const answer = await ask({ type: "key", key, meta });
      see(answer.build);
      held = { key, kdf: meta.kdf };  // the worker may be ended before the page is there
      tries(tries() + 1);
    }
    async function unlock() {
      quiet();
      work(true);
      try {
        const { meta } = await ask({ type: "look" });
        const key = await derive(field.value, meta.kdf);
        await open(key, meta);
        if (keeping.checked) await remember(key, meta.kdf).catch(error => console.warn("not remembered:", error));
        field.value = "";
        location.reload();
      } catch (error) {
        refuse(error);
      }
    }
    async function unlockRemembered(found) {
      work(true);
      try {
        await open(found.key, { kdf: found.kdf });
        location.reload();
      } catch (error) {
        if (error.message === "wrong" || error.message === "changed") await forget();
        refuse(error.message === "wrong" ? new Error("changed") : error);
      }
    }
    async function begin() {
      const found = await recall().catch(() => { keeping.disabled = true; return null; });
      if (tries() > 1) return refuse(new Error("workers"));
      if (found) return unlockRemembered(found);
      // What is wrong with the copy is said before anybody types a passphrase into it.
      return ask({ type: "look" }).catch(error => { if (!button.disabled) refuse(error); });
    }

    const lacking = missing();
    if (lacking) stop(lacking); else listen(wipe);
    form.addEventListener("submit", event => { event.preventDefault(); if (!button.disabled) unlock(); });
    show.addEventListener("change", () => { field.type = show.checked ? "text" : "password"; });
    window.addEventListener("pageshow", event => { if (event.persisted) location.reload(); });
    unready.remove();  // by now all is there that the page needs
    if (!lacking) begin();
  }

  if ("fuOpen" in dataset) startPage(); else startLocked();
})();
