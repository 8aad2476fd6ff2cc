/* Followup: day words and sorting as of the reader's day, copy buttons, filters.
   Pages are complete without it; it only moves, labels and hides what is there. */
(function () {
  "use strict";
  if (window.followupPortal && typeof window.followupPortal.ask === "function") return;  // not an element with that id
  window.followupPortal = { ask: ask, now: now, preview: preview, start: start };  // for the other scripts
  var DAY = 864e5, SOON = 14, LONG = 30, LANG = document.documentElement.lang.replace(/^en$/, "en-GB");

  function day(text) { var p = text.split("-"); return Date.UTC(+p[0], p[1] - 1, +p[2]); }
  function now() {  // the device's day, or the one the site is pinned to: <article data-fu-day="2026-11-22">
    var pinned = document.querySelector("[data-fu-day]"), d = new Date();
    return pinned ? day(pinned.dataset.fuDay) : Date.UTC(d.getFullYear(), d.getMonth(), d.getDate());
  }
  function days(text) { return Math.round((day(text) - now()) / DAY); }
  function state(n) { return n < 0 ? "late" : n === 0 ? "today" : n <= 7 ? "week" : "later"; }
  function plural(n, word) { return n === 1 ? "1 " + word : n + " " + word + "s"; }
  function word(n, past) {
    if (n < 0) return plural(-n, "day") + past;
    return n === 0 ? "today" : n === 1 ? "tomorrow" : "in " + n + " days";
  }
  function count(n) { return ["no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen"][n] || String(n); }
  function icon(name) { var i = document.createElement("span"); i.className = "fu-i fu-i--" + name; i.setAttribute("aria-hidden", "true"); return i; }
  function each(root, selector, fn) { Array.prototype.forEach.call(root.querySelectorAll(selector), fn); }
  function shown(root, selector) { return Array.prototype.filter.call(root.querySelectorAll(selector), function (el) { return !el.hidden; }); }

  /* What makes sense only from one day to another: an interview ahead, a preparation, a week's work. */
  function expire(root) {
    each(root, "[data-from], [data-until]", function (el) {
      el.hidden = Boolean("fuGone" in el.dataset || el.dataset.from && days(el.dataset.from) > 0 || el.dataset.until && days(el.dataset.until) < 0);
    });
  }

  /* `data-due` is to be done and can be late; `data-on` just passes. */
  function label(root) {
    each(root, "[data-due]", function (el) {
      var n = days(el.dataset.due), rel = el.querySelector(".fu-rel");
      el.dataset.state = state(n);
      if (!rel) return;
      rel.textContent = n === 0 ? rel.dataset.before || (el.matches(".fu-row") ? "any time" : "today") : word(n, " late");
      if (n < 0) rel.prepend(icon("late"));
    });
    each(root, "[data-on]", function (el) {
      var n = days(el.dataset.on), rel = el.querySelector(".fu-rel");
      el.dataset.state = n < 0 ? "past" : state(n);
      if (rel) rel.textContent = word(n, " ago");
    });
    each(root, "[data-since]", function (el) {
      var n = -days(el.dataset.since);
      el.textContent = n > 0 ? ", " + plural(n, "day") : "";
    });
    each(root, "[data-day]", function (el) {
      if (days(el.dataset.day) === 0) el.setAttribute("aria-current", "date"); else el.removeAttribute("aria-current");
    });
  }

  function life(root) {
    each(root, ".fu-life[data-from-day]", function (el) {
      var from = day(el.dataset.fromDay), to = day(el.dataset.toDay), mark = el.querySelector("[data-fu-today]");
      el.style.setProperty("--today", Math.max(0, Math.min(100, 100 * (now() - from) / (to - from))).toFixed(1));
      each(el, "li > small > time", function (time) {
        var item = time.closest("li"), ahead = days(time.dateTime) > 0;
        item.classList.toggle("fu-life__ahead", ahead);
        if (!ahead) item.after(mark);
      });
    });
  }

  /* The plan of Today: every row into the part of its day, those of no use any more last. */
  function sort(plan) {
    var rows = Array.prototype.slice.call(plan.querySelectorAll(".fu-row[data-due]")), n = {};
    rows.sort(function (a, b) { return a.hidden - b.hidden; });
    rows.forEach(function (row) {
      var part = days(row.dataset.due) < -LONG ? "long" : row.dataset.state;
      plan.querySelector('[data-bucket="' + part + '"] .fu-rows').append(row);
    });
    each(plan, "[data-bucket]", function (box) {
      var name = box.dataset.bucket;
      n[name] = shown(box, ".fu-row").length;
      box.querySelector(".fu-count").textContent = n[name];
      if (!box.querySelector("[data-fu-empty]")) box.hidden = n[name] === 0;
    });
    each(plan, "[data-fu-empty]", function (empty) {
      var box = empty.closest("[data-bucket]"), wanted = n.late + n.long ? "quiet" : "clear";
      empty.hidden = n[box.dataset.bucket] > 0 || Boolean(empty.dataset.fuEmpty) && empty.dataset.fuEmpty !== wanted;
    });
    return n;
  }

  /* A short list with its count, its empty state, or none. */
  function shelves(root) {
    each(root, "[data-fu-shelf]", function (box) {
      var n = shown(box, "li").length, number = box.querySelector(".fu-count"), empty = box.querySelector("[data-fu-empty]");
      if (number) number.textContent = n;
      if (empty) empty.hidden = n > 0; else box.hidden = n === 0;
      each(box, "details:not(.fu-menu)", function (more) { more.hidden = shown(more, "li").length === 0; });
    });
  }

  function lede(n) {
    var all = n.late + n.long, late = all ? count(all) + (all === 1 ? " is late" : " are late") : "";
    var due = n.today ? count(n.today) + (n.today === 1 ? " is due today" : " are due today") : "nothing is due today";
    var text = [late, due].filter(Boolean).join(", ");
    return text.charAt(0).toUpperCase() + text.slice(1) + ".";
  }

  function next() {
    var box = document.querySelector("[data-fu-next]"), leaf = shown(document, ".fu-leaf[data-fu-when]")[0];
    if (!box) return;
    box.hidden = !leaf;
    if (!leaf) return;
    box.querySelector("a").textContent = leaf.dataset.fuWhen;
    box.querySelector("a").href = leaf.querySelector("h3 a").href;
  }

  function today(plan) {
    var n = sort(plan);
    document.querySelector("[data-fu-asof]").textContent = new Date(now()).toLocaleDateString(LANG, { timeZone: "UTC", weekday: "long", day: "numeric", month: "long" });
    document.querySelector("[data-fu-lede]").textContent = lede(n);
    next();
  }

  function fold(box) {
    var n = shown(box, ".fu-agenda__day:not([hidden]) .fu-agenda__item[data-kind]").length;
    box.hidden = n === 0;
    box.querySelector(".fu-count").textContent = n;
  }

  /* The agenda: days that have come near leave the later ones, those that have passed by themselves go to the past. */
  function agenda(list) {
    var past = document.querySelector("[data-fu-past]"), later = document.querySelector("[data-fu-later]");
    each(later, ".fu-agenda__day", function (el) {
      if (days(el.dataset.due || el.dataset.on) <= SOON) list.append(el);
    });
    each(document, ".fu-agenda__day", function (el) {
      if (el.dataset.state === "past") past.querySelector("ol").append(el);
      else el.hidden = shown(el, ".fu-agenda__item").length === 0;
    });
    fold(past);
    fold(later);
    document.querySelector("[data-fu-agenda] ~ [data-fu-empty]").hidden = shown(list, ".fu-agenda__day").length > 0;
  }

  /* What a link leads to is shown, also where it is folded away. */
  function unfold() {
    var target = null;
    try { target = document.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (error) { /* no name of a place */ }
    if (!target) return;
    var folded = target.matches(".fu-draft") ? target.querySelector(":scope > details") : target.closest("details");
    if (folded && !folded.open) { folded.open = true; target.scrollIntoView(); }
  }

  function copy(button) {
    var text = document.getElementById(button.dataset.fuCopy).textContent, label = button.lastElementChild, old = label.textContent;
    if ("copied" in button.dataset) return;
    navigator.clipboard.writeText(text).then(function () {
      label.textContent = "Copied"; button.dataset.copied = "";
      setTimeout(function () { label.textContent = old; delete button.dataset.copied; }, 2000);
    });
  }

  /* Whether a card is among those to be shown: all, the live ones, or those with something due. */
  function among(el, show) {
    var next = shown(el, ".fu-tile__next")[0], at = next && next.dataset.due ? next.dataset.state : "";
    if (!show || show === "live") return !show || "fuLive" in el.dataset;
    return at === show || show === "week" && (at === "late" || at === "today");
  }

  /* Only the pages of the local preview know its token. What it says, done or not, is a sentence. */
  function preview() { return document.querySelector("[name=followup-token]") !== null; }
  function ask(action, asked, small) {  // what is small gets there even if the page is made anew meanwhile
    return fetch("/.followup/" + action, {
      method: "POST", body: JSON.stringify(asked), keepalive: Boolean(small),
      headers: { "Content-Type": "application/json", "X-Followup-Token": document.querySelector("[name=followup-token]").content }
    }).then(function (answer) {
      return answer.json().then(function (data) { return { done: answer.ok, said: data.said, data: data }; });
    }).catch(function () { return { done: false, said: "The preview does not answer. Start it again, then reload the page." }; });
  }

  /* A note opens in the owner's editor: at the line of the link, or at the one this page was asked for. */
  function edit(link) {
    var box = link, status = null, here = /^#L(\d+)$/.exec(location.hash);
    while (!status) { box = box.parentElement; status = box.querySelector("[data-fu-answer]"); }
    if ("busy" in status.dataset) return;
    status.dataset.busy = "";
    status.textContent = "Opening…";
    ask("open", { path: link.dataset.fuOpen, line: Number(link.dataset.fuLine || (here ? here[1] : 1)) }).then(function (answer) {
      delete status.dataset.busy;
      status.textContent = answer.said + " ";
      if (!answer.done && link.href) status.append(elsewhere(link));
    });
  }

  function elsewhere(link) {
    var other = document.createElement("a");
    other.href = link.href;
    other.textContent = "See the place on the note’s page";
    return other;
  }

  /* Without capitals and accents, as `data-fu-text` is. */
  var FOLDED = { "ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss" };
  function folded(text) {
    return text.toLowerCase().replace(/[łøđıæœß]/g, function (sign) { return FOLDED[sign]; }).normalize("NFKD").replace(/\p{M}/gu, "");
  }
  function holds(text, words) { return words.every(function (word) { return text.indexOf(word) >= 0; }); }

  /* What somebody said that holds the words looked for, or nothing; it stands below the name. */
  function quoted(el, words) {
    var name = el.dataset.fuText;
    return (el.dataset.fuSaid || "").split("\n").filter(function (said) { return said && holds(name + " " + folded(said), words); })[0] || "";
  }
  function quote(el, said) {
    var line = el.querySelector("[data-fu-quote]");
    line.textContent = said ? "“" + said + "”" : "";
    line.hidden = !said;
  }

  /* The people by the day of the last contact, or by name as they stood. */
  function arrange(box) {
    var list = document.getElementById(box.dataset.fuArrange), items = Array.prototype.slice.call(list.children);
    items.forEach(function (el, place) { if (!el.dataset.place) el.dataset.place = place; });
    items.sort(function (a, b) {
      return box.value && (b.dataset.on || "").localeCompare(a.dataset.on || "") || a.dataset.place - b.dataset.place;
    });
    items.forEach(function (el) { list.append(el); });
  }

  function filter(box) {
    var words = folded(box.value).split(/\s+/).filter(Boolean), none = document.querySelector("[data-fu-none]");
    var show = document.querySelector("[data-fu-show]"), on = words.length > 0 || Boolean(show && show.value);
    each(document, box.dataset.fuFilter, function (el) {
      var named = holds(el.dataset.fuText, words), said = named ? "" : quoted(el, words);
      el.hidden = !(named || said) || Boolean(show && !among(el, show.value));
      if ("fuSaid" in el.dataset) quote(el, said);
    });
    each(document, "[data-fu-group]", function (group) {
      var n = shown(group, box.dataset.fuFilter).length, number = group.querySelector(".fu-count");
      group.hidden = n === 0;
      each(group, "details", function (more) { more.open = words.length > 0; });
      if (number) number.textContent = n;
    });
    tally(box.dataset.fuTally || box.dataset.fuFilter, on);
    none.hidden = shown(document, box.dataset.fuFilter).length > 0;
  }

  /* How many of how many are left: in the columns, on what jumps to them, and for those who listen. */
  function tally(selector, on) {
    function narrowed(root) {
      var all = root.querySelectorAll(selector).length, left = shown(root, selector).length;
      return on ? left + " of " + all : String(all);
    }
    each(document, "[data-fu-count-of]", function (number) {
      number.textContent = narrowed(document.getElementById(number.dataset.fuCountOf).parentElement);
    });
    each(document, "[data-fu-shown]", function (said) { said.textContent = on ? narrowed(document) + " shown" : ""; });
  }

  /* The calendar's filter: what is of another company or kind goes, what was folded away comes. */
  function pick() {
    var wanted = {};
    each(document, "[data-fu-pick]", function (box) { if (box.value) wanted[box.dataset.fuPick] = box.value; });
    var keys = Object.keys(wanted), on = keys.length > 0;
    each(document, ".fu-cal [data-kind]", function (el) {
      var over = el.dataset.until && days(el.dataset.until) < 0, folded = "folded" in el.dataset && !on;
      el.hidden = Boolean(over || folded || keys.some(function (key) { return el.dataset[key] !== wanted[key]; }));
    });
    each(document, ".fu-ev--more, .fu-agenda__item--off", function (el) { el.hidden = on; });
    each(document, ".fu-month td > a", function (link) { dayLink(link, on); });
    return on;
  }

  /* What the filter leaves of the days that are folded away, or that there is nothing left. */
  function leave(on) {
    var none = document.querySelector("[data-fu-none]");
    each(document, "details .fu-agenda__day", function (el) { el.hidden = shown(el, ".fu-agenda__item").length === 0; });
    each(document, "details:has(> .fu-agenda)", fold);
    none.hidden = !on || shown(document, ".fu-agenda__day").length > 0;
    if (!none.hidden) document.querySelector("[data-fu-agenda] ~ [data-fu-empty]").hidden = true;
  }

  function calendar(list) { var on = pick(); agenda(list); leave(on); }

  /* A day of the month leads to its place in the agenda while anything of it is shown there. */
  function dayLink(link, on) {
    var data = link.dataset;
    if (!data.fuHref) { data.fuHref = link.getAttribute("href"); data.fuLabel = link.getAttribute("aria-label"); }
    if (on && shown(link.parentElement, ".fu-ev[data-kind]").length === 0) {
      link.removeAttribute("href"); link.removeAttribute("aria-label");
    } else {
      link.setAttribute("href", data.fuHref); link.setAttribute("aria-label", on ? data.fuLabel.split(",")[0] : data.fuLabel);
    }
  }

  /* The pipeline as a board or as a table: one of them at a time. */
  function view(name) {
    each(document, "[data-fu-view]", function (button) {
      var on = button.dataset.fuView === name;
      button.setAttribute("aria-pressed", on);
      document.getElementById(button.dataset.fuView).hidden = !on;
    });
  }

  /* A table by one of its columns, and the other way round at the second press. */
  function sortable(table) {
    each(table, "th[aria-sort]", function (head) {
      var button = document.createElement("button");
      if (head.firstElementChild) return;
      button.type = "button"; button.className = "fu-sort"; button.textContent = head.textContent;
      head.textContent = ""; head.append(button);
    });
  }
  function order(head) {
    var table = head.closest("table"), place = head.cellIndex, body = table.tBodies[0];
    var down = head.getAttribute("aria-sort") === "ascending", rows = Array.prototype.slice.call(body.rows);
    each(table, "th[aria-sort]", function (other) { other.setAttribute("aria-sort", "none"); });
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    rows.sort(function (a, b) { return a.cells[place].dataset.fuKey.localeCompare(b.cells[place].dataset.fuKey) * (down ? -1 : 1); });
    rows.forEach(function (row) { body.append(row); });
  }

  /* The report: the rows of the days that are chosen, how many of each kind, and what it says at its head. */
  function iso(at) { return new Date(at).toISOString().slice(0, 10); }
  /* No range claims days that the notes do not reach to, but for a month that is all beyond them. */
  function range(name, first, last) {
    var d = new Date(now()), year = d.getUTCFullYear(), month = d.getUTCMonth(), today = Math.min(now(), last), ends;
    if (name === "weeks") return [today - 27 * DAY, today];
    if (name === "all") return [Math.min(first, today), today];
    ends = name === "month" ? [Date.UTC(year, month, 1), now()] : [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 0)];
    return ends[0] > last ? ends : [ends[0], Math.min(ends[1], last)];
  }
  function refused(from, to) {
    if (from && from < "1000" || to && to < "1000") return "Write the year with four digits.";
    return from && to && from > to ? "From lies after To." : "";
  }
  function spanned(from, to) {
    function long(text, year) { return new Date(day(text)).toLocaleDateString("en-GB", { timeZone: "UTC", day: "numeric", month: "long", year: year ? "numeric" : undefined }); }
    return from === to ? long(to, true) : long(from, from.slice(0, 4) !== to.slice(0, 4)) + " to " + long(to, true);
  }
  function report(box) {
    var rows = box.querySelectorAll("tr[data-fu-kinds]"), preset = box.querySelector('[data-fu-range][aria-pressed="true"]');
    var from = box.querySelector("[data-fu-from]"), to = box.querySelector("[data-fu-to]"), first = rows[0].querySelector("time").dateTime, n = {}, total = 0, last = box.dataset.last;
    if (preset) { var ends = range(preset.dataset.fuRange, day(first), day(last)); from.value = iso(ends[0]); to.value = iso(ends[1]); }
    var wrong = refused(from.value, to.value), start = from.value || first, end = to.value && to.value < last ? to.value : last;
    Array.prototype.forEach.call(rows, function (row) {
      var on = row.querySelector("time").dateTime;
      row.hidden = Boolean(wrong) || on < start || on > end;
      if (row.hidden) return;
      total += 1;
      row.dataset.fuKinds.split(" ").forEach(function (kind) { n[kind] = (n[kind] || 0) + 1; });
    });
    each(box, "section", function (month) {
      var left = shown(month, "tr[data-fu-kinds]").length;
      month.hidden = left === 0; month.querySelector(".fu-count").textContent = left;
    });
    each(document, "[data-fu-count]", function (el) { told(el, n[el.dataset.fuCount] || 0); });
    box.querySelector("[data-fu-none]").hidden = total > 0;
    box.querySelector("[data-fu-why]").textContent = wrong || "Nothing between these days.";
    box.querySelector("[data-fu-beyond]").hidden = Boolean(wrong) || to.value <= last;
    document.querySelector("[data-fu-span]").textContent = wrong || start > end ? "no days" : spanned(start, end);
  }
  function told(el, n) {
    el.hidden = n === 0 && el.matches("li");
    el.firstElementChild.textContent = n;
    el.lastElementChild.textContent = n === 1 ? el.dataset.one : el.dataset.many;
  }
  function press(box, chosen) {
    each(box, "[data-fu-range]", function (button) { button.setAttribute("aria-pressed", button === chosen); });
    report(box);
  }

  /* On paper the report is called after whose it is, and so is the file it is printed to. */
  function entitle() {
    var box = document.querySelector("[data-fu-report]");
    if (!box) return;
    box.dataset.title = document.title;
    document.title = [box.dataset.name, "job search", document.querySelector("[data-fu-span]").textContent].filter(Boolean).join(", ");
  }
  function untitle() {
    var box = document.querySelector("[data-fu-report][data-title]");
    if (box) { document.title = box.dataset.title; delete box.dataset.title; }
  }

  function paper(id) {  // the page, or the section alone whose heading has this id
    var part = id && document.getElementById(id).closest("section");
    if (part) part.dataset.fuAlone = "";
    window.print();
  }

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-fu-copy]"), shape = event.target.closest("[data-fu-view]");
    var head = event.target.closest(".fu-sort"), preset = event.target.closest("[data-fu-range]");
    var sheet = event.target.closest("[data-fu-print]");
    if (button) copy(button);
    if (shape) view(shape.dataset.fuView);
    if (head) order(head.parentElement);
    if (sheet) paper(sheet.dataset.fuPrint);
    if (preset) press(preset.closest("[data-fu-report]"), preset);
  });
  document.addEventListener("click", function (event) {  // before the theme follows the link
    var link = event.target.closest("[data-fu-open]");
    if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    event.stopPropagation();
    edit(link);
  }, true);
  document.addEventListener("input", function (event) {
    var box = event.target.closest("[data-fu-filter]");
    if (box) filter(box);
    if (event.target.closest("[data-fu-show]")) filter(document.querySelector("[data-fu-filter]"));
    if (event.target.closest("[data-fu-arrange]")) arrange(event.target);
    if (event.target.closest("[data-fu-from], [data-fu-to]")) press(event.target.closest("[data-fu-report]"), null);
    if (event.target.closest("[data-fu-pick]")) calendar(document.querySelector("[data-fu-agenda]"));
  });
  window.addEventListener("hashchange", unfold);
  window.addEventListener("beforeprint", entitle);
  window.addEventListener("afterprint", untitle);
  window.addEventListener("beforeprint", function () {  // nothing can be opened on paper
    each(document, ".fu details:not([open])", function (el) { el.open = true; el.dataset.fuPrinted = ""; });
  });
  window.addEventListener("afterprint", function () {
    each(document, "[data-fu-printed]", function (el) { el.open = false; delete el.dataset.fuPrinted; });
    each(document, "[data-fu-alone]", function (el) { delete el.dataset.fuAlone; });
  });

  function start() {
    var plan = document.querySelector("[data-fu-plan]"), list = document.querySelector("[data-fu-agenda]");
    document.dispatchEvent(new CustomEvent("followup:start"));
    if (!document.querySelector(".fu")) return;
    expire(document);
    label(document);
    life(document);
    shelves(document);
    if (plan) today(plan);
    if (list) calendar(list);
    each(document, "[data-fu-sortable]", sortable);
    each(document, "[data-fu-report]", report);
    each(document, '[data-fu-view][aria-pressed="true"]', function (button) { view(button.dataset.fuView); });
    if (!navigator.clipboard) each(document, "[data-fu-copy]", function (button) { button.hidden = true; });
  }
  function arrive() { start(); unfold(); }
  document.addEventListener("visibilitychange", function () { if (!document.hidden) start(); });  // a tab left open overnight
  if (window.document$) document$.subscribe(arrive);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", arrive);
  else arrive();
})();
