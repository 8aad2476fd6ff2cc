/* Followup: day words and sorting as of the reader's day, copy buttons, filters.
   Pages are complete without it; it only moves, labels and hides what is there. */
(function () {
  "use strict";
  if (window.followupPortal === true) return;  // not an element with that id
  window.followupPortal = true;
  var DAY = 864e5, SOON = 14, LANG = document.documentElement.lang.replace(/^en$/, "en-GB");

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
      el.hidden = Boolean(el.dataset.from && days(el.dataset.from) > 0 || el.dataset.until && days(el.dataset.until) < 0);
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
    rows.forEach(function (row) { plan.querySelector('[data-bucket="' + row.dataset.state + '"] .fu-rows').append(row); });
    each(plan, "[data-bucket]", function (box) {
      var name = box.dataset.bucket;
      n[name] = shown(box, ".fu-row").length;
      box.querySelector(".fu-count").textContent = n[name];
      if (!box.querySelector("[data-fu-empty]")) box.hidden = n[name] === 0;
    });
    each(plan, "[data-fu-empty]", function (empty) {
      var box = empty.closest("[data-bucket]"), wanted = n.late ? "quiet" : "clear";
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
      each(box, "details", function (more) { more.hidden = shown(more, "li").length === 0; });
    });
  }

  function lede(n) {
    var late = n.late ? count(n.late) + (n.late === 1 ? " is late" : " are late") : "";
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
    var n = shown(box, ".fu-agenda__day").length;
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
    var target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
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

  function filter(box) {
    var wanted = box.value.trim().toLowerCase(), none = document.querySelector("[data-fu-none]");
    each(document, box.dataset.fuFilter, function (el) { el.hidden = el.dataset.fuText.indexOf(wanted) < 0; });
    each(document, "[data-fu-group]", function (group) {
      var n = shown(group, box.dataset.fuFilter).length, number = group.querySelector(".fu-count");
      group.hidden = n === 0;
      each(group, "details", function (more) { more.open = wanted !== ""; });
      if (number) number.textContent = n;
    });
    none.hidden = shown(document, box.dataset.fuFilter).length > 0;
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
    each(document, "details:has(> .fu-agenda)", function (box) {
      var n = shown(box, ".fu-agenda__day").length;
      box.hidden = n === 0;
      box.querySelector(".fu-count").textContent = n;
    });
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

  document.addEventListener("click", function (event) {
    var button = event.target.closest("[data-fu-copy]");
    if (button) copy(button);
  });
  document.addEventListener("input", function (event) {
    var box = event.target.closest("[data-fu-filter]");
    if (box) filter(box);
    if (event.target.closest("[data-fu-pick]")) calendar(document.querySelector("[data-fu-agenda]"));
  });
  window.addEventListener("hashchange", unfold);
  window.addEventListener("beforeprint", function () {  // nothing can be opened on paper
    each(document, ".fu details:not([open])", function (el) { el.open = true; el.dataset.fuPrinted = ""; });
  });
  window.addEventListener("afterprint", function () {
    each(document, "[data-fu-printed]", function (el) { el.open = false; delete el.dataset.fuPrinted; });
  });

  function start() {
    var plan = document.querySelector("[data-fu-plan]"), list = document.querySelector("[data-fu-agenda]");
    if (!document.querySelector(".fu")) return;
    expire(document);
    label(document);
    life(document);
    shelves(document);
    if (plan) today(plan);
    if (list) calendar(list);
    if (!navigator.clipboard) each(document, "[data-fu-copy]", function (button) { button.hidden = true; });
    unfold();
  }
  document.addEventListener("visibilitychange", function () { if (!document.hidden) start(); });  // a tab left open overnight
  if (window.document$) document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
