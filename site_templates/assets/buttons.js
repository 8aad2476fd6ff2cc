/* Followup: what can be pressed beside a follow-up. In the local preview it is written into the note
   and can be taken back; in any other copy it is kept on this device, and nothing leaves it. */
(function () {
  "use strict";
  if (window.followupButtons === true) return;
  window.followupButtons = true;
  var DAY = 864e5, WEEK = 7, LASTING = 6e4, TOLD = "followup-told", ASKED = "followup-asked", PLACE = "followup-place";
  var HOME = new URL("../../", document.currentScript.src).pathname, KEPT = "followup-kept:" + HOME;
  var UID = /^[0-9a-f]{16}$/, ON = /^\d{4}-\d\d-\d\d$/, WORDS = { sent: "Done", snoozed: "Put off" };
  var toast = null, shown = null, moved = false;

  function each(root, selector, fn) { Array.prototype.forEach.call(root.querySelectorAll(selector), fn); }
  function portal() { return window.followupPortal; }
  function make(name, className, text) {
    var el = document.createElement(name);
    if (className) el.className = className;
    if (text) el.textContent = text;
    if (name === "button") el.type = "button";
    return el;
  }
  function icon(name) { var i = make("span", "fu-i fu-i--" + name); i.setAttribute("aria-hidden", "true"); return i; }
  function boxes(uid) { return Array.prototype.slice.call(document.querySelectorAll('[data-fu-uid="' + uid + '"]')); }
  function title(box) { return box.dataset.fuTitle; }
  function iso(at) { return new Date(at).toISOString().slice(0, 10); }
  function day(text) { return Date.parse(text + "T00:00:00Z"); }
  function said(at) { return new Date(day(at)).toLocaleDateString("en-GB", { timeZone: "UTC", weekday: "short", day: "numeric", month: "short" }).replace(",", ""); }
  function stored(place, key) { try { return JSON.parse(place().getItem(key)); } catch (error) { return null; } }
  function store(place, key, value) {
    try {
      if (value) place().setItem(key, JSON.stringify(value)); else place().removeItem(key);
      return true;
    } catch (error) { return false; }
  }
  function session() { return window.sessionStorage; }
  function device() { return window.localStorage; }

  /* ---- menus ------------------------------------------------------------- */
  function shut(except) {
    each(document, ".fu-menu[open]", function (menu) { if (!except || !menu.contains(except)) menu.open = false; });
  }
  document.addEventListener("click", function (event) { shut(event.target); });
  document.addEventListener("focusin", function (event) { shut(event.target); });
  document.addEventListener("keydown", function (event) {
    var menu = event.key === "Escape" && document.querySelector(".fu-menu[open]");
    if (menu) { menu.open = false; menu.querySelector("summary").focus(); }
    else if (event.key === "Escape" && toast && toast.contains(event.target)) close();
  });

  /* ---- what is told, at the foot of the window, with a way back ----------- */
  function told() {
    if (toast) return toast;
    toast = make("section", "fu fu-toast");
    toast.setAttribute("aria-label", "What was done");
    toast.append(make("p"));
    toast.firstChild.setAttribute("role", "status");
    document.body.append(toast);
    return toast;
  }
  function tell(what) {
    var box = told();
    shown = what;
    while (box.children.length > 1) box.lastChild.remove();
    box.firstChild.textContent = what.said;
    box.classList.toggle("fu-toast--late", Boolean(what.failed));
    box.toggleAttribute("data-on", true);
    if (what.undo || what.uid) box.append(way("Undo", takeBack));
    box.append(way("Close", close));
  }
  function way(text, act) { var button = make("button", "fu-btn fu-btn--plain", text); button.addEventListener("click", act); return button; }
  function close() {
    var inside = toast.contains(document.activeElement);
    toast.toggleAttribute("data-on", false);
    toast.firstChild.textContent = "";
    while (toast.children.length > 1) toast.lastChild.remove();
    shown = null;
    store(session, TOLD, null);
    if (inside) focusOn(document.querySelector("[data-fu-uid]:not([hidden])"));
  }
  function takeBack() {
    var what = shown;
    if (what.uid) { put(what.before); close(); return; }
    if ("busy" in toast.dataset) return;
    toast.dataset.busy = "";
    portal().ask("undo", { id: what.undo }).then(function (answer) {
      delete toast.dataset.busy;
      if (answer.done) { what.over.forEach(function (uid) { boxes(uid).forEach(show); }); portal().start(); }
      keepTold({ said: answer.said, failed: !answer.done, over: [] });
      toast.lastChild.focus();
    });
  }
  /* It is there again when the page has been made anew. */
  function keepTold(what) {
    tell(what);
    store(session, TOLD, what.failed ? null : { said: what.said, undo: what.undo, over: what.over, at: Date.now() });
  }

  /* ---- the preview ------------------------------------------------------- */
  function hide(el) { el.hidden = true; el.dataset.fuGone = ""; }
  function show(el) { if ("fuGone" in el.dataset) { el.hidden = false; delete el.dataset.fuGone; } }

  function press(button) {
    var box = button.closest("[data-fu-uid]"), way = button.dataset, asked = { id: key(), uid: box.dataset.fuUid, event: way.fuLog };
    if ("busy" in box.dataset) return;
    box.dataset.busy = "";
    if (way.fuDays) asked.days = Number(way.fuDays);
    if (button.closest(".fu-menu")) { shut(); focusOn(box); }
    store(session, ASKED, asked.id);
    portal().ask("log", asked, true).then(function (answer) {
      delete box.dataset.busy;
      if (answer.data) store(session, ASKED, null);  // else it did not come, and may be asked for again
      if (answer.done) follow(box, answer.data);
      hear(answer);
    });
  }
  function key() { return Array.prototype.map.call(crypto.getRandomValues(new Uint8Array(12)), function (one) { return (one + 256).toString(16).slice(1); }).join(""); }
  function hear(answer) {
    keepTold({ said: answer.said, failed: !answer.done, undo: answer.done && answer.data.undo, over: answer.done ? answer.data.over : [] });
  }

  /* The page was made anew before the answer came, perhaps even before the press got there. */
  function hearAgain(id, tries) {
    portal().ask("told", { id: id }).then(function (answer) {
      if (!answer.done && tries > 1) { setTimeout(hearAgain, 400, id, tries - 1); return; }
      store(session, ASKED, null);
      if (answer.done) hear(answer);
    });
  }

  /* What is over goes from the lists of things to do, what was put off goes to its day: at once,
     and the reader goes on with the next. The page that is made anew then says the same. */
  function follow(box, data) {
    var next = box.matches(".fu-row") && (data.over.indexOf(box.dataset.fuUid) >= 0 || data.moved[box.dataset.fuUid]) ? neighbour(box) : null;
    data.over.forEach(function (uid) { boxes(uid).forEach(function (el) { if (el.matches(".fu-row")) hide(el); }); });
    Object.keys(data.moved).forEach(function (uid) { boxes(uid).forEach(function (el) { if (el.matches(".fu-row")) move(el, data.moved[uid]); }); });
    portal().start();
    if (next && box.contains(document.activeElement) || document.activeElement === document.body) focusOn(next || box);
  }
  function move(el, to) {
    var time = el.querySelector("time");
    el.dataset.due = time.dateTime = to.on;
    time.textContent = to.text;
  }
  function neighbour(box) {
    var rows = Array.prototype.filter.call(document.querySelectorAll(".fu-row"), function (el) { return el === box || el.offsetParent !== null; });
    var at = rows.indexOf(box);
    return rows[at + 1] || rows[at - 1] || null;
  }
  function focusOn(box) {
    var at = box && box.querySelector(".fu-menu > summary") || heading();
    if (!at) return;
    at.focus({ preventScroll: true });
    if (box) at.scrollIntoView({ block: "nearest" });
  }
  function heading() { var h1 = document.querySelector(".fu h1"); if (h1) h1.tabIndex = -1; return h1; }

  /* ---- the reader's place, over a page that is made anew ------------------ */
  function folded(el) {
    var home = el.parentElement.closest("[id]"), head = el.querySelector("summary");
    return (home ? home.id : "") + " " + (head ? head.textContent.replace(/\d+/g, "") : "");
  }
  function controls(box) { return Array.prototype.slice.call(box.querySelectorAll("a, button, summary")); }
  function remember() {
    var at = document.activeElement, box = at && at.closest("[data-fu-uid], .fu-toast"), open = [], mark = null;
    var menu = document.querySelector("[data-fu-uid] .fu-menu[open]");
    each(document, ".fu details[open]:not(.fu-menu)", function (el) { open.push(folded(el)); });
    each(document, "[data-fu-uid]", function (el) {
      var top = el.getBoundingClientRect().top;
      if (!mark && !el.hidden && el.offsetParent && top >= 0 && top < window.innerHeight) mark = { uid: el.dataset.fuUid, top: top };
    });
    store(session, PLACE, {
      path: location.pathname, y: window.scrollY, mark: mark, open: open, menu: menu && menu.closest("[data-fu-uid]").dataset.fuUid, broken: Boolean(document.getElementById("fu-problems")),
      focus: box ? { uid: box.dataset.fuUid || "", at: controls(box).indexOf(at) } : at && at.id ? { id: at.id } : null
    });
  }
  function comeBack(was) {
    var el = was.mark && boxes(was.mark.uid)[0], focus = was.focus, box;
    each(document, ".fu details:not(.fu-menu)", function (one) { if (was.open.indexOf(folded(one)) >= 0) one.open = true; });
    box = was.menu && boxes(was.menu)[0];
    if (box && box.querySelector(".fu-menu")) box.querySelector(".fu-menu").open = true;
    window.scrollTo(0, was.y);
    if (el && !el.hidden && el.offsetParent) window.scrollBy(0, el.getBoundingClientRect().top - was.mark.top);
    if (!focus) return;
    box = focus.uid ? boxes(focus.uid)[0] : "uid" in focus ? toast : null;
    el = box ? controls(box)[focus.at] : focus.id && document.getElementById(focus.id);
    el = el || shown && toast.querySelector("button") || heading();
    if (el) el.focus({ preventScroll: true });
  }
  function reloaded() { var how = performance.getEntriesByType("navigation")[0]; return Boolean(how) && how.type === "reload"; }
  function arrive() {
    var was = stored(session, PLACE), last = stored(session, TOLD), broken = document.getElementById("fu-problems");
    var asked = stored(session, ASKED);
    store(session, PLACE, null);
    if (asked) hearAgain(asked, 4);
    if (last && Date.now() - last.at < LASTING) tell(last);
    if (!was || was.path !== location.pathname || !reloaded()) return;
    comeBack(was);
    if (broken && !was.broken && window.scrollY > broken.offsetHeight) tell({ said: broken.querySelector("h2").textContent.trim() + ". What is wrong stands at the top of the page.", failed: true });
  }

  /* ---- any other copy: kept on this device -------------------------------- */
  function kept() {
    var all = stored(device, KEPT);
    return (Array.isArray(all) ? all : []).filter(function (one) {
      return one && UID.test(one.uid) && ON.test(one.on) && (one.event === "sent" || one.event === "snoozed" && ON.test(one.until));
    });
  }
  function put(all) { store(device, KEPT, all.length ? all : null); portal().start(); }
  function keep(button) {
    var box = button.closest("[data-fu-uid]"), before = kept(), uid = box.dataset.fuUid, today = portal().now(), one = { uid: uid, event: button.dataset.fuKeep, on: iso(today) };
    if (one.event === "snoozed") one.until = iso(until(box, Number(button.dataset.fuDays), today));
    shut();
    var next = box.matches(".fu-row") ? neighbour(box) : null, what = title(box);
    put(before.filter(function (other) { return other.uid !== uid; }).concat(one));
    tell({ said: what + ": " + (one.until ? "put off until " + said(one.until) : "done") + ". Kept on this device only.", uid: uid, before: before });
    focusOn(next);
  }
  function until(box, days, today) { return (days === WEEK ? Math.max(today, day(box.dataset.due)) : today) + days * DAY; }

  /* What a copy of the notes knows by now is let go; only Today knows of everything that is open. */
  function settle(all) {
    var plan = document.querySelector("[data-fu-uids]"), open = plan && plan.dataset.fuUids.split(" "), today = iso(portal().now());
    var left = all.filter(function (one) {
      var here = boxes(one.uid)[0];
      if (open && open.indexOf(short(one)) < 0) return false;
      return one.event === "sent" || one.until > today && !(here && here.dataset.due >= one.until);
    });
    if (left.length < all.length) store(device, KEPT, left.length ? left : null);
    return left;
  }
  function sheet(all) {
    var hidden = {};
    all.forEach(function (one) { hidden[one.uid] = true; });
    each(document, "[data-fu-uid]", function (box) {
      var gone = hidden[box.dataset.fuUid], jump = box.id && document.querySelector('.fu-jump a[href$="#' + CSS.escape(box.id) + '"]');
      [box, jump && jump.parentElement].filter(Boolean).forEach(gone ? hide : show);
    });
  }
  function offer(box) {
    var menu = make("details", "fu-menu"), list = make("div", "fu-menu__list"), head = make("summary", "fu-btn");
    if (box.querySelector(".fu-menu")) return;
    menu.setAttribute("name", "fu-menu");
    head.append(icon("more"), make("span", "fu-vh", "More for: " + title(box)));
    list.append(make("p", "fu-meta", "Kept on this device"));
    [[box.dataset.fuDone, "sent"], ["Snooze until tomorrow", "snoozed", 1], ["Snooze for a week", "snoozed", WEEK]].forEach(function (item) {
      var button = make("button", "", item[0]);
      button.dataset.fuKeep = item[1];
      if (item[2]) button.dataset.fuDays = item[2];
      list.append(button);
    });
    menu.append(head, list);
    (box.querySelector(".fu-row__act, .fu-letter__acts") || box).append(menu);
  }
  function short(one) { return one.uid.slice(0, 8); }
  function line(one) { return "followup log " + short(one) + " " + one.event + (one.until ? " --until " + one.until : "") + " --on " + one.on; }

  /* How many are hidden, which, and the lines that tell the notes. */
  function shelf(all) {
    var old = document.querySelector(".fu-kept"), head = document.querySelector(".fu-head"), box, list, open = old && !old.lastChild.hidden;
    if (old) old.remove();
    if (!all.length || !head || !document.querySelector("[data-fu-uids], [data-fu-gone]")) return;
    box = make("div", "fu-kept");
    list = make("div");
    list.id = "fu-kept--list"; list.hidden = !open;
    box.append(count(all), list);
    list.append(items(all), lines(all), make("p", "fu-meta", "Paste the lines into a terminal in your workspace. What a newer copy knows of vanishes here by itself."));
    head.after(box);
  }
  function count(all) {
    var row = make("p", "fu-kept__head"), fold = make("button", "fu-btn fu-btn--plain", "Show"), copy = make("button", "fu-btn fu-btn--plain");
    fold.setAttribute("aria-expanded", "false"); fold.setAttribute("aria-controls", "fu-kept--list");
    fold.addEventListener("click", function () {
      var list = document.getElementById("fu-kept--list");
      list.hidden = !list.hidden;
      fold.textContent = list.hidden ? "Show" : "Hide"; fold.setAttribute("aria-expanded", !list.hidden);
    });
    copy.dataset.fuCopy = "fu-kept--lines"; copy.append(icon("copy"), make("span", "", "Copy the lines for your notes"));
    copy.lastChild.setAttribute("aria-live", "polite");
    row.append(make("span", "", "Hidden on this device: " + all.length), fold, copy);
    return row;
  }
  function items(all) {
    var list = make("ul", "fu-lines");
    all.forEach(function (one) {
      var item = make("li"), box = boxes(one.uid)[0], back = make("button", "fu-btn fu-btn--plain", "Put it back"), what = box ? title(box) : "A follow-up on another page";
      back.append(make("span", "fu-vh", ": " + what));
      back.addEventListener("click", function () { put(kept().filter(function (other) { return other.uid !== one.uid; })); focusOn(boxes(one.uid)[0]); });
      item.append(make("strong", "", what), make("small", "", WORDS[one.event] + (one.until ? " until " + said(one.until) : " " + said(one.on))), back);
      list.append(item);
    });
    return list;
  }
  function lines(all) { var text = make("pre", "fu-code", all.map(line).join("\n") + "\n"); text.id = "fu-kept--lines"; return text; }

  function keeping() {
    var all;
    if (!store(device, KEPT + "?", 1)) return;  // a browser that keeps nothing
    store(device, KEPT + "?", null);
    all = settle(kept());
    sheet(all);
    each(document, "[data-fu-uid]", offer);
    shelf(all);
  }

  /* ---- together ---------------------------------------------------------- */
  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-fu-log]"), kept = event.target.closest("[data-fu-keep]");
    if (button) press(button);
    if (kept) keep(kept);
  });
  document.addEventListener("followup:start", function () {
    if (!portal().preview()) return keeping();
    told();
    if (!moved) setTimeout(arrive);
    moved = true;
  });
  window.addEventListener("pagehide", function () { if (portal() && portal().preview()) remember(); });
  window.addEventListener("storage", function (event) { if (event.key === KEPT) portal().start(); });
})();
