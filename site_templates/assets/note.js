/* Followup: the form for a new note. The text is made here, in the browser; only in the local
   preview is it sent anywhere, and there to the preview itself. */
(function () {
  "use strict";
  if (window.followupNote && typeof window.followupNote.render === "function") return;
  var DRAFT = "followup-new-note", MADE = "followup-new-note-made";
  var LARGEST = 64 * 1024, PATIENCE = 12e4, MINUTE = 6e4;
  var PLAIN = /^\p{L}(?:[\p{L}\p{N}_ .()+/@'&-]*[\p{L}\p{N}_.)+])?$/u;
  // Other programs would take these for something else than text.
  var NO_TEXT = /^(null|n\/a|none|yes|no|true|false|on|off|y|n)$/i;
  var ID = /^\p{L}[\p{L}\p{N}_-]{0,59}$/u;
  var ATOM = "[^\\s@,;:\"<>()\\[\\]\\\\.\\p{DI}\\ufff9-\\ufffb\\u0000-\\u001f\\u007f-\\u009f]+";
  var EMAIL = new RegExp("^(?!.*=\\?)" + ATOM + "(?:\\." + ATOM + ")*@[\\p{L}\\p{N}][\\p{L}\\p{N}_-]*(?:\\.[\\p{L}\\p{N}_-]+)*$", "u");
  var LINK = /^(?:https?:\/\/[A-Za-z0-9][A-Za-z0-9.-]*(?::\d{1,4})?(?:[/?#][^\s"'<>\\^`{|}]*)?|tel:[+\d][\d().-]*|mailto:[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+)$/;
  var PLAIN_LINK = /^[A-Za-z0-9_:\/.?=&%+~@-]*[A-Za-z0-9_\/]$/;
  var FILE = /^20\d\d-\d\d-\d\d(-[a-z0-9]+)+\.md$/, LONGEST_NAME = 120;
  var form = null, known = [], sections = [], kept = "", asText = false, rows = 0;

  function each(root, selector, fn) { Array.prototype.forEach.call(root.querySelectorAll(selector), fn); }

  /* ---- text -------------------------------------------------------------- */
  /* What no editor shows and no note may hold is left out; every kind of line break is one. */
  function clean(text) {
    return String(text || "").replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, "\n").replace(/\t/g, " ")
      .replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069\ufeff\ufffe\uffff]/g, "").replace(/\p{Cs}/gu, "\ufffd");
  }
  function line(text) { return clean(text).split("\n").map(function (part) { return part.trim(); }).filter(Boolean).join(" "); }
  function lines(text) {  // a list marker that somebody typed is one
    return clean(text).split("\n").map(function (part) { return part.trim().replace(/^[-*•](\s+|$)/, ""); }).filter(Boolean);
  }
  function fold(text) { return line(text).normalize("NFKC").toLowerCase().split(/\s+/).join(" "); }

  /* A text as YAML reads it back unchanged, in quotes only where it needs them. */
  function scalar(text) {
    var value = line(text);
    if (PLAIN.test(value) && value.indexOf("  ") < 0 && !NO_TEXT.test(value)) return value;
    return '"' + value.replace(/\\/g, "\\\\").replace(/"/g, '\\"') + '"';
  }

  /* A line as Markdown shows it unchanged; only @id and #tag keep their meaning. */
  function prose(text, first) {
    var many = { "*": text.split("*").length > 2, "_": text.split("_").length > 2, "`": text.split("`").length > 2 };
    var safe = text.replace(/[\\`*_<&[]/g, function (sign, at) {
      var before = text.charAt(at - 1), rest = text.slice(at + 1), after = rest.charAt(0);
      if (sign === "\\") return /[!-/:-@[-`{-~]/.test(after) ? "\\\\" : sign;
      if (sign === "<") return /[A-Za-z/!?]/.test(after) ? "&lt;" : sign;
      if (sign === "&") return /^(#[0-9xX]|[A-Za-z][A-Za-z0-9]{1,31};)/.test(rest) ? "&amp;" : sign;
      if (sign === "[") return first && at === 0 || rest.indexOf("](") >= 0 ? "\\[" : sign;
      if (sign === "*" && /^\s?$/.test(before) && /^\s?$/.test(after)) return sign;
      if (sign === "_" && /[A-Za-z0-9]/.test(before) && /[A-Za-z0-9]/.test(after)) return sign;
      return many[sign] ? "\\" + sign : sign;
    });
    if (!first) return safe;
    if (/^~{3}/.test(safe)) return "&#126;" + safe.slice(1);
    return safe.replace(/^(?=[-+*](?:\s|$)|-[-\s]*$|#{1,6}(?:\s|$)|>)/, "\\").replace(/^(\d{1,9})(?=[.)](?:\s|$))/, "$1\\");
  }

  /* ---- the note ----------------------------------------------------------- */
  function field(data, name) { return data.fields[name] || ""; }
  function list(data, name) { return data.lists[name] || []; }
  function some(row) { return Object.keys(row).some(function (key) { return line(row[key]); }); }
  function met(data) { return list(data, "people").filter(some); }
  function company(name) {
    return known.filter(function (one) { return fold(one.name) === fold(name); })[0];
  }

  /* Somebody of this company who stands in an earlier note. */
  function acquaintance(employer, name) {
    return employer && line(name) && employer.people.filter(function (one) { return fold(one.name) === fold(name); })[0];
  }

  /* An id for everybody: the one they have, else made of their name, and nobody else's. */
  function identify(data) {
    var employer = company(field(data, "company")), taken = Object.create(null);
    if (employer) employer.ids.forEach(function (id) { taken[id] = true; });
    return met(data).map(function (row) {
      var before = acquaintance(employer, row.name);
      if (before) return before.id || "";
      var id = names(row).filter(function (name) { return !taken[name]; })[0];
      taken[id] = true;
      return id;
    });
  }
  function names(row) {
    var name = line(row.name).split(",")[0].split(/\s+/), found = [name[name.length - 1], name.join("-"), line(row.email).split("@")[0], row.job_title, row.role, "person"];
    found = found.map(word).filter(function (one) { return ID.test(one); });
    for (var number = 2; number < 99; number += 1) found.push(found[0] + "-" + number);
    return found;
  }
  function word(text) {
    var plain = line(text).replace(/ß/g, "ss").toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").normalize("NFC");
    return Array.from((plain.match(/[\p{L}\p{Nd}]+/gu) || []).join("-").replace(/^[^\p{L}]+/u, "")).slice(0, 30).join("").replace(/-+$/, "");
  }

  function interview(data) {
    var place = line(field(data, "place")), isLink = LINK.test(place), found = ["interview:"];
    function fact(key, value) { if (value) found.push("  " + key + ": " + value); }
    if (!field(data, "format")) return [];
    fact("format", field(data, "format"));
    fact("round", line(field(data, "round")));
    fact("start", [field(data, "date"), field(data, "time").slice(0, 5)].filter(Boolean).join(" "));
    fact("minutes", line(field(data, "minutes")));
    fact("timezone", field(data, "timezone"));
    fact(isLink ? "link" : "place", place && (isLink && PLAIN_LINK.test(place) ? place : scalar(place)));
    return found;
  }
  function people(data) {
    var ids = identify(data), found = [];
    met(data).forEach(function (row, at) {
      var facts = ids[at] ? ["id: " + ids[at]] : [];
      ["name", "honorific", "job_title", "role", "email", "hook"].forEach(function (key) {
        if (line(row[key])) facts.push(key + ": " + (key === "role" ? row[key] : scalar(row[key])));
      });
      facts.forEach(function (fact, number) { found.push((number ? "    " : "  - ") + fact); });
    });
    return found.length ? ["people:"].concat(found) : [];
  }
  function group(data, key, plain, spoken) {
    var facts = plain.filter(function (name) { return field(data, key + "." + name); }).map(function (name) { return name + ": " + field(data, key + "." + name); });
    spoken.forEach(function (name) { if (line(field(data, key + "." + name))) facts.push(name + ": " + scalar(field(data, key + "." + name))); });
    return facts.length ? [key + ": {" + facts.join(", ") + "}"] : [];
  }
  function contenders(data) {
    return group(data, "other_candidates", field(data, "other_candidates.answer") === "yes" ? ["answer", "count"] : ["answer"], []);
  }

  /* The questions that the head of a note answers; one without an answer is left as a comment. */
  function head(data) {
    var found = [], open = [], own = {
      people: people, other_candidates: contenders,
      next_step: function () { return group(data, "next_step", ["what", "by"], ["said"]); },
      decision: function () { return group(data, "decision", ["by"], ["said"]); }
    };
    sections.forEach(function (section) {
      if (section.heading) return;
      var answer = data.na.indexOf(section.key) < 0 ? own[section.key](data) : [section.key + ": n/a"];
      if (answer.length) found = found.concat(answer); else open.push(section.example);
    });
    if (!open.length) return found;
    return found.concat("# Take away the # and the blank after it to use a line; n/a where a question does not apply.", open.join("\n").split("\n").map(function (one) { return "# " + one; }));
  }

  function bullets(data, key) {
    if (data.na.indexOf(key) >= 0) return ["n/a"];
    if (!data.lists[key]) return lines(field(data, key)).map(function (text) { return "- " + prose(text, true); });
    return list(data, key).filter(some).reduce(function (found, row) {
      var what = lines(row.what).map(function (text) { return "- " + prose(text, true); });
      return found.concat(what.length ? what : ["- …"], below("Why: ", row.why), below("Better answer: ", row.better));
    }, []);
  }
  function below(lead, text) { return line(text) ? ["  - " + lead + prose(line(text), false)] : []; }

  /* The note that says what `data` does, and nothing else. */
  function render(data) {
    var text = ["---", "company: " + scalar(field(data, "company"))], body = [];
    if (line(field(data, "title"))) text.push("title: " + scalar(field(data, "title")));
    sections.forEach(function (section) {
      if (!section.heading) return;
      var answer = bullets(data, section.key);
      body.push("", "## " + section.heading);
      body = body.concat(answer.length ? answer : ["<!-- " + section.question + " -->", "", "- "]);
    });
    return text.concat(interview(data), head(data), "---", body).join("\n") + "\n";
  }

  function slug(text) {
    var plain = line(text).replace(/ß/g, "ss").normalize("NFKD").replace(/[^\u0000-\u007f]/g, "").toLowerCase();
    return (plain.match(/[a-z0-9]+/g) || []).join("-").slice(0, 40).replace(/-+$/, "") || "note";
  }
  function fileName(data) {
    return [field(data, "date") || today(), slug(field(data, "company")), slug(field(data, "format") || field(data, "title") || "note")].join("-") + ".md";
  }
  function today() {
    var pinned = document.querySelector("[data-fu-day]"), d = new Date();
    if (pinned) return pinned.dataset.fuDay;
    return [d.getFullYear(), d.getMonth() + 1, d.getDate()].map(function (n) { return String(n).padStart(2, "0"); }).join("-");
  }

  /* ---- what is still needed ------------------------------------------------ */
  function check(data) {
    var faults = [], format = field(data, "format");
    function need(good, name, message) { if (!good) faults.push({ name: name, message: message }); }
    need(line(field(data, "company")), "company", "Which company is it?");
    need(line(field(data, "title")) || format === "networking", "title", "Which job is it? Only a networking chat needs none.");
    need(format || !["time", "round", "minutes", "timezone", "place"].some(function (name) { return line(field(data, name)); }), "format", "How was it held? A time and a place belong to an interview.");
    need(!format || field(data, "date"), "date", "On which day is it? The follow-ups are planned from it.");
    ["date", "next_step.by", "decision.by"].forEach(function (name) { need(near(data, name), name, "Check the year: it lies outside this century."); });
    ["next_step", "decision"].forEach(function (key) {
      var by = field(data, key + ".by");
      need(!format || !by || !near(data, key + ".by") || data.na.indexOf(key) >= 0 || by >= field(data, "date"), key + ".by", "This is before the interview. One of the two days needs another look.");
    });
    need(within(field(data, "round"), 1, 99), "round", "A whole number, up to 99.");
    need(within(field(data, "minutes"), 1, 1440), "minutes", "A whole number, up to 1440: that is a day.");
    need(data.na.indexOf("other_candidates") >= 0 || within(field(data, "other_candidates.count"), 0, 1e4), "other_candidates.count", "A whole number, up to 10 000.");
    if (data.na.indexOf("people") < 0) acquaintances(data, need);
    need(!near(data, "date") || FILE.test(field(data, "file") || fileName(data)) && field(data, "file").length <= LONGEST_NAME, "file", "Small letters, digits and hyphens, and the day first: 2026-11-19-acme-panel.md.");
    return faults;
  }
  function near(data, name) { return !field(data, name) || /^20\d\d-/.test(field(data, name)); }
  function within(text, least, most) { return !line(text) || /^\d{1,5}$/.test(line(text)) && +text >= least && +text <= most; }
  function acquaintances(data, need) {
    var employer = company(field(data, "company")), seen = [];
    list(data, "people").forEach(function (row, at) {
      var email = line(row.email), name = fold(row.name), before = acquaintance(employer, row.name);
      need(!email || email.length <= 254 && EMAIL.test(email), "people." + at + ".email", "This does not read like an address. One looks like n.okafor@acme.example.");
      need(!seen.some(function (one) { return name && one.name === name && (before || email && one.email === email.toLowerCase()); }), "people." + at + ".name", "This person stands above already. Remove one of the two.");
      seen.push({ name: name, email: email.toLowerCase() });
    });
  }

  window.followupNote = { render: render, check: check, fileName: fileName, read: function () { return read(); }, fill: function (data) { fill(data); } };

  /* ---- the form ------------------------------------------------------------ */
  function controls(root) { return root.querySelectorAll("input[name]:not([name=na]), select[name], textarea[name]"); }
  function box(key) { return form.querySelector('[data-fu-list="' + key + '"]'); }

  function read() {
    var data = { fields: {}, lists: {}, na: [] };
    Array.prototype.forEach.call(controls(form), function (one) { data.fields[one.name] = one.value; });
    each(form, "[data-fu-list]", function (all) { data.lists[all.dataset.fuList] = Array.prototype.map.call(all.children, values); });
    each(form, "[name=na]:checked", function (one) { data.na.push(one.value); });
    return data;
  }
  function values(row) {
    var found = {};
    each(row, "[data-fu-field]", function (one) { found[one.dataset.fuField] = one.value; });
    return found;
  }

  function fill(data) {
    Array.prototype.forEach.call(controls(form), function (one) { one.value = field(data, one.name); });
    control("file").dataset.made = fileName(data);
    form.dataset.job = job(data).key;
    each(form, "[data-fu-list]", function (all) {
      var wanted = list(data, all.dataset.fuList);
      all.textContent = "";
      (wanted.length ? wanted : [{}]).forEach(function (row) { add(all.dataset.fuList, row); });
    });
    each(form, "[name=na]", function (one) { one.checked = data.na.indexOf(one.value) >= 0; });
    each(form, "[data-fu-fault]", function (one) { if (!one.hidden) mend(document.getElementById(one.dataset.fuFault)); });
    each(form, "[role=status]", function (one) { one.textContent = ""; });
    refresh();
  }

  function add(key, row) {
    var item = form.querySelector('template[data-fu-row="' + key + '"]').content.firstElementChild.cloneNode(true);
    rows += 1;
    each(item, "[data-fu-field]", function (one) {
      var part = one.closest(".fu-ask"), hint = part.querySelector("[data-fu-hint]");
      one.id = part.querySelector("label").htmlFor = "new-" + key + "-" + rows + "-" + one.dataset.fuField;
      one.value = row[one.dataset.fuField] || "";
      if (!hint) return;
      hint.id = one.id + "-hint";
      one.setAttribute("aria-describedby", hint.id);
    });
    box(key).append(item);
    return item;
  }

  /* The job that the company and the title mean, if an interview is about one that is known. */
  function job(data) {
    var employer = company(field(data, "company")), format = field(data, "format"), title = fold(field(data, "title"));
    var found = format && format !== "networking" && employer && employer.jobs.filter(function (one) { return fold(one.title) === title; })[0];
    return { key: found ? employer.name + "\n" + found.title : "", round: found && found.round || "", timezone: found && found.timezone || "" };
  }
  /* Its next round and its time zone stand there as soon as it is known, and can be changed. */
  function suggest(data) {
    var found = job(data);
    if (form.dataset.job === found.key) return;
    form.dataset.job = found.key;
    ["round", "timezone"].forEach(function (name) {
      var one = control(name);
      if (one && (one.value === "" || one.value === one.dataset.made)) one.value = one.dataset.made = found[name];
    });
  }

  /* What follows from what is typed: suggestions, ids, the file name, what does not apply. */
  function refresh() {
    var data = read(), employer = company(field(data, "company")), file = control("file");
    options("new-titles", employer ? employer.jobs.map(function (one) { return one.title; }) : []);
    options("new-people", employer ? employer.people.map(function (one) { return one.name; }) : []);
    meetings(employer, data);
    marks(data);
    form.querySelector("[data-fu-how-many]").hidden = field(data, "other_candidates.answer") !== "yes";
    each(form, "[data-fu-question]", function (one) {
      var off = data.na.indexOf(one.dataset.fuQuestion) >= 0;
      each(one, "input:not([name=na]), select, textarea, button", function (control) { control.disabled = off; });
    });
    each(form, "[data-fu-list]", function (all) {
      Array.prototype.forEach.call(all.children, function (item, at) {
        var entry = item.firstElementChild;
        entry.setAttribute("aria-label", entry.dataset.fuLabel + " " + (at + 1));
        entry.querySelector("[data-fu-remove]").hidden = all.children.length < 2 && !some(values(item));
      });
    });
    if (file.value === "" || file.value === file.dataset.made) file.value = file.dataset.made = fileName(data);
  }
  function options(id, texts) {
    var all = document.getElementById(id);
    all.textContent = "";
    texts.forEach(function (text) { var one = document.createElement("option"); one.value = text; all.append(one); });
  }
  function meetings(employer, data) {
    var all = form.querySelector("[data-fu-known-people]"), here = list(data, "people").map(function (row) { return fold(row.name); });
    each(all, "button", function (one) { one.remove(); });
    (employer ? employer.people : []).forEach(function (one) {
      if (here.indexOf(fold(one.name)) >= 0) return;
      all.append(button(one.name, function () { meet(one); }));
    });
    all.hidden = !all.querySelector("button");
  }
  function button(text, act) {
    var one = document.createElement("button");
    one.type = "button"; one.className = "fu-btn fu-btn--plain"; one.textContent = text;
    one.addEventListener("click", act);
    return one;
  }
  /* Everything that is known of somebody, in a row of their own. */
  function meet(person) {
    var empty = Array.prototype.filter.call(box("people").children, function (item) { return !some(values(item)); })[0];
    var item = empty || add("people", {});
    introduce(item, person);
    changed();
    item.querySelector("[data-fu-field=hook]").focus();
  }
  function introduce(item, person) {
    each(item, "[data-fu-field]", function (one) { if (!one.value && person[one.dataset.fuField]) one.value = person[one.dataset.fuField]; });
  }
  function marks(data) {
    var hint = form.querySelector("[data-fu-ids]"), ids = identify(data), shown = hint.lastElementChild;
    shown.textContent = "";
    met(data).forEach(function (row, at) {
      var code = document.createElement("code");
      if (!ids[at] || !line(row.name)) return;
      code.textContent = "@" + ids[at];
      if (shown.childNodes.length) shown.append(", ");
      shown.append(code, " " + line(row.name));
    });
    shown.append(".");
    hint.hidden = !shown.firstElementChild;
  }

  /* ---- words beside the form ------------------------------------------------ */
  function tell(status, text, label, act) {
    status.textContent = text;
    if (label) status.append(" ", button(label, act));
  }
  function told() { return form.querySelector("[data-fu-told]"); }
  function control(name) {
    var parts = name.split(".");
    if (parts[0] !== "people") return form.querySelector('[name="' + name + '"]');
    return box("people").children[parts[1]].querySelector('[data-fu-field="' + parts[2] + '"]');
  }
  function object(one, message) {
    var said = document.getElementById(one.id + "-fault");
    if (!said) {
      said = document.createElement("span");
      said.id = one.id + "-fault"; said.className = "fu-ask__fault"; said.dataset.fuFault = one.id;
      one.after(said);
      one.setAttribute("aria-describedby", ((one.getAttribute("aria-describedby") || "") + " " + said.id).trim());
    }
    said.hidden = false;
    said.textContent = message;
    one.setAttribute("aria-invalid", "true");
  }
  function mend(one) {
    var said = document.getElementById(one.id + "-fault");
    if (!said || said.hidden) return;
    said.hidden = true;
    one.removeAttribute("aria-invalid");
  }
  /* Whether the note can be made; what stands in the way is said where it is, and the first is shown. */
  function ready(data) {
    var faults = check(data);
    each(form, "input", function (one) {
      if (one.validity.badInput && !one.disabled) faults.push({ control: one, message: one.type === "number" ? "A whole number, in digits." : "This day or time is not complete." });
    });
    each(form, "[data-fu-fault]", function (one) { mend(document.getElementById(one.dataset.fuFault)); });
    faults.forEach(function (fault) { object(fault.control || control(fault.name), fault.message); });
    told().textContent = "";
    if (!faults.length && new Blob([render(data)]).size > LARGEST) {
      told().textContent = "The note is longer than 64 KiB. Put long texts into a file of their own beside the note, and link to it.";
      return false;
    }
    if (faults.length) form.querySelector("[aria-invalid]").focus();
    return !faults.length;
  }

  /* ---- keeping it ----------------------------------------------------------- */
  function store(text) {  // of this tab alone, and gone with it
    try { if (text) sessionStorage.setItem(DRAFT, text); else sessionStorage.removeItem(DRAFT); } catch (error) { /* full, or forbidden: then a reload loses it */ }
  }
  function recall(key) { try { return JSON.parse(sessionStorage.getItem(key)); } catch (error) { return null; } }
  function unsaved() { return Boolean(form && form.isConnected && JSON.stringify(read()) !== kept); }
  function changed() {
    suggest(read());
    refresh();
    store(unsaved() ? JSON.stringify(read()) : "");
  }
  function empty() {
    var data = { fields: { date: today() }, lists: {}, na: [] };
    fill(data);
    kept = JSON.stringify(read());
  }

  var keep = {
    download: function (data, text, name) {
      var link = document.createElement("a"), address = URL.createObjectURL(new Blob([text], { type: "text/markdown;charset=utf-8" }));
      link.href = address; link.download = name;
      document.body.append(link); link.click(); link.remove();
      setTimeout(function () { URL.revokeObjectURL(address); }, MINUTE);
      kept = JSON.stringify(data);
      tell(told(), "Downloaded as " + name + ". Put it into your notes folder.");
    },
    copy: function (data, text, name) {
      navigator.clipboard.writeText(text).then(function () { tell(told(), "Copied. Paste it into a file " + name + " in your notes folder."); },
        function () { tell(told(), "This browser does not copy here. Download it instead."); });
    },
    share: function (data, text, name) {
      var file = new File([text], name, { type: "text/markdown" }), whole = !asText && navigator.canShare && navigator.canShare({ files: [file] });
      navigator.share(whole ? { files: [file], title: name } : { title: name, text: text }).then(function () {
        kept = JSON.stringify(data);
        tell(told(), "Shared.");
      }, function (error) {
        if (error.name === "AbortError") return;
        if (whole) { asText = true; form.querySelector("[data-fu-note=share] > :last-child").textContent = "Share as text"; }
        tell(told(), whole ? "This browser does not share such a file. Press again to share it as text." : "This browser could not share it. Download it instead.");
      });
    },
    save: function (data, text, name) {
      if ("busy" in form.dataset) return;
      form.dataset.busy = "";
      tell(told(), "Saving…");
      window.followupPortal.ask("new", { name: name, text: text }).then(function (answer) {
        delete form.dataset.busy;
        if (answer.done) saved(data, answer); else refused(answer);
      });
    }
  };
  function saved(data, answer) {
    kept = JSON.stringify(data);
    store("");
    try { sessionStorage.setItem(MADE, JSON.stringify({ address: answer.data.address, said: answer.said, at: Date.now() })); } catch (error) { /* then the link below leads there */ }
    arrive({ address: answer.data.address, said: answer.said, at: Date.now() });
  }
  function refused(answer) {
    var data = answer.data || {}, status = told();
    tell(status, answer.said);
    if (data.address) status.append(" ", link(data.address, "Open that note"));
    if (data.problems && data.problems.length) status.append(faults(data.problems));
    if (data.taken) { object(control("file"), "A note of this name is there already. Give this one another name."); control("file").focus(); }
  }
  function link(address, text) { var one = document.createElement("a"); one.href = address; one.textContent = text; return one; }
  function faults(problems) {
    var all = document.createElement("ul");
    all.className = "fu-form__faults";
    problems.forEach(function (problem) {
      var one = document.createElement("li"), hint = document.createElement("small");
      hint.textContent = problem.hint;
      one.append("Line " + problem.line + ": " + problem.message + " ", hint);
      all.append(one);
    });
    return all;
  }

  /* The preview builds the page of the new note; as soon as it stands there, it is shown. */
  function arrive(made) {
    tell(told(), made.said + " ");
    told().append(link(made.address, "Open it"));
    fetch(made.address, { cache: "no-store" }).then(function (answer) { return answer.ok; }, function () { return false; }).then(function (there) {
      if (!form.isConnected) return;
      if (there) location.assign(made.address);
      else if (Date.now() - made.at < PATIENCE) setTimeout(arrive, 250, made);
      else tell(told(), made.said + " Its page appears when the preview is built again.");
    });
  }

  /* ---- what is pressed and typed --------------------------------------------- */
  function remove(item) {
    var all = item.parentElement, key = all.dataset.fuList, before = read(), something = some(values(item));
    var status = all.closest("[data-fu-question]").querySelector("[role=status]");
    item.remove();
    if (!all.children.length) add(key, {});
    changed();
    if (!something) { form.querySelector('[data-fu-add="' + key + '"]').focus(); return; }
    tell(status, "Removed.", "Put it back", function () { fill(before); changed(); form.querySelector('[data-fu-add="' + key + '"]').focus(); });
    status.lastElementChild.focus();
  }
  function clear() {
    var before = read(), something = unsaved();
    empty();
    store("");
    if (something) tell(told(), "Cleared.", "Put it back", function () { fill(before); changed(); });
    else tell(told(), "Cleared.");
  }

  document.addEventListener("click", function (event) {
    var one = event.target.closest("[data-fu-new] button"), data;
    if (!one || !form) return;
    if ("fuAdd" in one.dataset) { add(one.dataset.fuAdd, {}).querySelector("[data-fu-field]").focus(); changed(); }
    if ("fuRemove" in one.dataset) remove(one.closest("li"));
    if ("fuClear" in one.dataset) clear();
    if ("fuNote" in one.dataset) {
      data = read();
      if (ready(data)) keep[one.dataset.fuNote](data, render(data), field(data, "file"));
    }
  });
  document.addEventListener("input", function (event) {
    var one = event.target, person;
    if (!form || !form.contains(one)) return;
    if (one.dataset.fuField === "name") {  // chosen from the list of those met before
      person = acquaintance(company(control("company").value), one.value);
      if (person) introduce(one.closest("li"), person);
    }
    mend(one);
    changed();
  });
  window.addEventListener("beforeunload", function (event) {
    if (!unsaved()) return;
    event.preventDefault();
    event.returnValue = "";
  });

  function start() {
    var found = document.querySelector("[data-fu-new]"), draft = recall(DRAFT), made = recall(MADE);
    if (made && (made.address === location.pathname || Date.now() - made.at > PATIENCE)) { sessionStorage.removeItem(MADE); made = null; }
    if (!found || found === form) return;
    form = found;
    known = JSON.parse(form.dataset.known);
    sections = JSON.parse(form.dataset.sections);
    empty();
    if (draft && draft.fields) fill(draft);
    form.querySelector("[data-fu-note=share]").hidden = !navigator.share;
    form.querySelector("[data-fu-note=copy]").hidden = !navigator.clipboard;
    if (made && form.querySelector("[data-fu-note=save]")) arrive(made);
  }
  if (window.document$) document$.subscribe(start);
  else if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
