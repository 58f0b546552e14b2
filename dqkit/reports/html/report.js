"use strict";
(() => {
  const root = document.documentElement;
  const $ = (id) => document.getElementById(id);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const make = (tag, attributes = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name === "click") element.addEventListener("click", value);
      else if (value !== false && value != null) element.setAttribute(name, value);
    }
    element.append(...children);
    return element;
  };
  for (const element of all(".scripted")) element.hidden = false;
  const compact = matchMedia("(max-width: 45rem)");

  /* what the reader keeps: decisions and theme. A browser may refuse storage; then they last as long as the page. */
  const kept = {
    memory: {},
    get(key) { try { return localStorage.getItem(key) ?? this.memory[key] ?? null; } catch { return this.memory[key] ?? null; } },
    set(key, value) {
      this.memory[key] = value;
      try { if (value == null) localStorage.removeItem(key); else localStorage.setItem(key, value); } catch { /* kept in memory */ }
    },
  };
  let toasting = 0;
  const toast = (text) => {
    $("toast").textContent = text;
    clearTimeout(toasting);
    toasting = setTimeout(() => { $("toast").textContent = ""; }, 2500);
  };
  const copy = async (text, what) => {
    try { await navigator.clipboard.writeText(text); } catch {
      const area = make("textarea", {}, text);
      document.body.append(area);
      area.select();
      document.execCommand("copy");
      area.remove();
    }
    toast(`Copied ${what}`);
  };

  /* theme */
  const themes = ["", "dark", "light"];
  const paint = (theme) => {
    if (theme) root.dataset.theme = theme; else delete root.dataset.theme;
    $("theme").textContent = `Theme: ${theme || "system"}`;
  };
  paint(kept.get("dqkit-theme") || "");
  $("theme").addEventListener("click", () => {
    const theme = themes[(themes.indexOf(root.dataset.theme || "") + 1) % themes.length];
    kept.set("dqkit-theme", theme || null);
    paint(theme);
  });
  $("help").addEventListener("click", () => $("keys").showModal());

  /* decisions */
  const key = `dqkit-review-${document.body.dataset.run}`;
  let decisions = {};
  const load = () => { try { decisions = JSON.parse(kept.get(key) || "{}"); } catch { decisions = {}; } };
  load();
  const quoted = (text) => JSON.stringify(text).replace(/[\u007f-\u009f\u2028\u2029\ufeff]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`);
  const exported = () => {
    const accepted = Object.values(decisions).filter((one) => one.verdict === "accept");
    const mend = Object.values(decisions).filter((one) => one.verdict === "mend");
    const lines = ["# Decisions made in the HTML report.", "accept:"];
    const reasoned = accepted.filter((one) => one.note.trim());
    if (!reasoned.length) lines[1] = "accept: []";
    for (const one of reasoned) lines.push(one.entry.replace(/^( {2}reason: ).*$/m, (_, head) => head + quoted(one.note)).replace(/^/gm, "  "));
    const bare = accepted.filter((one) => !one.note.trim());
    if (bare.length) lines.push("# Left out until somebody says why they may stay:", ...bare.map((one) => `#   ${one.where} ${one.rule}`));
    if (mend.length) lines.push("# To mend:", ...mend.map((one) => `#   ${one.where} ${one.rule}${one.note ? `: ${one.note.replace(/\s+/g, " ")}` : ""}`));
    return `${lines.join("\n")}\n`;
  };
  const whereOf = (card) => card.querySelector(".where").textContent;
  const decide = (card, verdict) => {
    const id = card.dataset.fingerprint;
    const note = card.querySelector(".acts input").value;
    if (verdict === null) delete decisions[id];
    else decisions[id] = { verdict, note, entry: card.querySelector("details.accept pre").textContent, where: whereOf(card), rule: card.querySelector(".body > .soft a").textContent, href: `#${card.id}` };
    if (verdict !== null && !$("overview")) decisions[id].href = `${location.pathname.split("/").slice(-2).join("/")}#${card.id}`;
    kept.set(key, JSON.stringify(decisions));
    showDecision(card);
    toast(verdict === "accept" ? (note.trim() ? "Accepted" : "Accepted; say why it may stay") : verdict === "mend" ? "To be mended" : "Undecided");
  };
  const showDecision = (card) => {
    const one = decisions[card.dataset.fingerprint];
    card.classList.toggle("accept-it", one?.verdict === "accept");
    card.classList.toggle("mend-it", one?.verdict === "mend");
    let sign = card.querySelector("summary .decision");
    if (!sign) card.querySelector("summary .at").before(sign = make("span", { class: "decision" }));
    sign.textContent = one ? (one.verdict === "accept" ? "✓ accepted" : "✗ to mend") : "";
    for (const button of all(".acts button[data-verdict]", card)) if (button.closest(".card") === card) button.setAttribute("aria-pressed", String(button.dataset.verdict === one?.verdict));
  };
  const review = () => {
    load();
    const entries = Object.entries(decisions);
    const count = (verdict) => entries.filter(([, one]) => one.verdict === verdict).length;
    const total = take() ? findings.id.length : 0;
    $("decided").textContent = `${entries.length} of ${total} findings decided: ${count("accept")} accepted, ${count("mend")} to be mended.`;
    $("decisions").replaceChildren(...entries.map(([id, one]) => {
      const known = $(`f-${id}`);
      const elsewhere = /^[^/:?#]+\/file-\d+\.html#f-[0-9a-f]+$/.test(one.href) ? one.href : null;
      const where = known || elsewhere ? make("a", { href: known ? `#f-${id}` : elsewhere }, one.where) : make("span", {}, one.where);
      const item = make("li", {}, one.verdict === "accept" ? "✓ accepted " : "✗ to mend ", where, ` ${one.rule} `);
      if (one.verdict === "accept") {
        const reason = make("input", { type: "text", value: one.note, placeholder: "Why may it stay? Without a reason it is left out", "aria-label": `Reason for ${one.where}` });
        reason.addEventListener("input", () => { one.note = reason.value; kept.set(key, JSON.stringify(decisions)); $("export").value = exported(); });
        item.append(reason);
      } else if (one.note) item.append(`— ${one.note}`);
      return item;
    }));
    $("export").value = exported();
  };

  /* cards: made ready when they are first opened */
  const dress = (card) => {
    if (card.dataset.dressed) return;
    card.dataset.dressed = "yes";
    const one = decisions[card.dataset.fingerprint];
    const note = make("input", { type: "text", placeholder: "Why? A note for the accept file", "aria-label": `Note on finding ${card.dataset.number}`, value: one?.note ?? "" });
    note.addEventListener("change", () => { const now = decisions[card.dataset.fingerprint]; if (now) decide(card, now.verdict); });
    const verdict = (name) => () => decide(card, decisions[card.dataset.fingerprint]?.verdict === name ? null : name);
    const body = card.querySelector(".body");
    const acts = make("div", { class: "acts" }, note,
      make("button", { type: "button", "data-verdict": "accept", "aria-pressed": "false", click: verdict("accept") }, "Accept"),
      make("button", { type: "button", "data-verdict": "mend", "aria-pressed": "false", click: verdict("mend") }, "To mend"),
      make("button", { type: "button", click: () => copy(whereOf(card), whereOf(card)) }, "Copy place"),
      make("button", { type: "button", click: () => copy(`${location.href.split("#")[0]}#${card.id}`, "link") }, "Copy link"),
      make("button", { type: "button", click: () => copy(card.querySelector("details.accept pre").textContent, "accept entry") }, "Copy accept entry"));
    const inside = body.querySelector(":scope > details.inside");
    if (inside) inside.before(acts); else body.append(acts);
    showDecision(card);
  };
  const cards = all(".card");
  for (const card of cards) {
    if (decisions[card.dataset.fingerprint]) showDecision(card);
    card.querySelector("details").addEventListener("toggle", (event) => { if (event.target.open && event.target.parentElement === card) dress(card); });
  }

  /* views */
  const views = all(".view");
  let view = views[0];
  const show = (wanted) => {
    view = wanted;
    for (const one of views) one.classList.toggle("open", one === wanted);
    const top = all("nav a");
    const name = wanted.classList.contains("file") ? "files" : wanted.classList.contains("pair") ? "pairs" : wanted.id;
    for (const link of top) { if (link.hash === `#${name}`) link.setAttribute("aria-current", "page"); else link.removeAttribute("aria-current"); }
    const dock = document.querySelector(".dock");
    const mine = shownCards();
    dock.classList.toggle("live", wanted.classList.contains("file") && mine.length > 0);
    dock.querySelector("output").textContent = `${mine.length} finding${mine.length === 1 ? "" : "s"}`;
    if (wanted.id === "findings") openList();
    if (wanted.id === "review") review();
  };
  const shownCards = () => all(".card", view);
  const openUp = (element) => { for (let at = element; at; at = at.parentElement) if (at.tagName === "DETAILS") at.open = true; };
  const route = () => {
    const hash = location.hash.slice(1);
    const [name, query] = [hash.split("?")[0], hash.split("?")[1] || ""];
    const target = (name && $(name)) || views[0];
    const home = target.closest(".view");
    if (!home) return;
    if (home.id === "findings") readFilters(query);
    show(home);
    if (target.classList.contains("card")) select(target);
    else if (target !== home) { openUp(target); if (target.tagName === "LI") for (const inner of all("details", target)) inner.open = true; target.scrollIntoView({ block: "center" }); if (target.classList.contains("copies-of")) compare(target); }
    else scrollTo(0, 0);
  };
  addEventListener("hashchange", route);
  /* when a page is loaded at a fragment, the browser takes the focus away after this script has run */
  addEventListener("load", () => setTimeout(() => { if (selected && document.activeElement === document.body) selected.querySelector("summary").focus({ preventScroll: true }); }, 0));
  const compare = (copies) => {
    const card = $(`f-${copies.id.slice(2)}`);
    if (card) select(card, { focus: false, scroll: false, address: false });
    copies.querySelector("summary").focus({ preventScroll: true });
  };

  /* a file: a finding, its words, and their place on the map belong together */
  let selected = null;
  const marked = (card) => {
    const home = card.closest(".view");
    return all("[data-m]", home).filter((one) => one.dataset.m.split(" ").includes(card.dataset.number));
  };
  const select = (card, { focus = true, scroll = true, address = true } = {}) => {
    if (selected) { selected.classList.remove("on"); for (const one of all(".lit")) one.classList.remove("lit"); }
    selected = card;
    card.classList.add("on");
    openUp(card);
    const details = card.querySelector("details");
    details.open = true;
    dress(card);
    const words = marked(card);
    for (const one of words) one.classList.add("lit");
    const rail = card.closest(".rail");
    if (rail && rail.scrollHeight > rail.clientHeight) rail.scrollTop += card.getBoundingClientRect().top - rail.getBoundingClientRect().top - 12;
    if (scroll && words.length) words[0].scrollIntoView({ block: "center" });
    else if (scroll) card.scrollIntoView({ block: "center" });
    if (focus) details.querySelector("summary").focus({ preventScroll: true });
    document.querySelector(".dock output").textContent = `${shownCards().indexOf(card) + 1}/${shownCards().length} ${card.querySelector(".message").textContent}`;
    if (address) history.replaceState(null, "", `#${card.id}`);
  };
  const step = (by) => {
    const mine = shownCards();
    if (!mine.length) return;
    const at = mine.indexOf(selected);
    select(mine[at < 0 ? (by > 0 ? 0 : mine.length - 1) : (at + by + mine.length) % mine.length]);
  };
  for (const button of all(".dock button")) button.addEventListener("click", () => step(Number(button.dataset.step)));
  document.addEventListener("click", (event) => {
    const words = event.target.closest?.("mark[data-m], .opens[data-m]");
    if (!words || String(getSelection())) return;
    const numbers = words.dataset.m.split(" ");
    const at = selected ? numbers.indexOf(selected.dataset.number) : -1;
    const card = all(".card", words.closest(".view")).find((one) => one.dataset.number === numbers[(at + 1) % numbers.length]);
    if (card) select(card, { scroll: false, focus: !compact.matches });
  });
  for (const button of all("button.preview")) {
    button.addEventListener("click", () => {
      const on = button.closest(".sheet").classList.toggle("previewing");
      button.setAttribute("aria-pressed", String(on));
      button.parentElement.querySelector(".result").hidden = !on;
    });
  }
  /* the next file is the next worst; from elsewhere, the worst */
  const nextFile = (by) => {
    const before = views.find((one) => one.querySelector("a.next")?.hash === `#${view.id}`);
    const link = view.classList.contains("file") ? (by > 0 ? view.querySelector("a.next") : before && { href: `#${before.id}` }) : document.querySelector("#overview ul.files h3 a");
    if (link) { location.href = link.href; route(); } /* at once, so that the next key is for the next file */
    else toast(by > 0 ? "This is the last file with findings" : "This is the first file with findings");
  };

  /* a pair */
  for (const button of all("button.differences")) {
    button.addEventListener("click", () => {
      const on = button.closest(".view").querySelector(".beads").classList.toggle("differing");
      button.setAttribute("aria-pressed", String(on));
    });
  }
  const light = (event) => {
    const fact = event.target.closest?.(".bead .fact");
    if (!fact) return;
    for (const one of all(".fact.lit")) one.classList.remove("lit");
    if (event.type === "mouseover") for (const one of all(".fact", fact.closest(".bead"))) if (one.dataset.v === fact.dataset.v) one.classList.add("lit");
  };
  document.addEventListener("mouseover", light);
  document.addEventListener("mouseout", light);

  /* the list of findings: only the rows in sight exist */
  const SEVERITY = ["info", "warning", "error"];
  const STANDING = ["new", "known", "accepted"];
  let findings = null; /* read when it is first needed: of many findings it is megabytes */
  const take = () => { findings ??= $("data") ? JSON.parse($("data").textContent) : null; return findings; };
  const form = document.querySelector("#findings form");
  const list = $("list");
  let rows = [];
  let texts = null;
  let opened = false;
  let current = 0;
  const value = {
    severity: (i) => SEVERITY[findings.severity[i]],
    family: (i) => findings.rules[findings.rule[i]][1],
    rule: (i) => findings.rules[findings.rule[i]][0],
    language: (i) => findings.files[findings.file[i]][1],
    path: (i) => findings.files[findings.file[i]][0],
    standing: (i) => STANDING[findings.standing[i]],
  };
  const address = (i) => `${findings.files[findings.file[i]][2]}#f-${findings.id[i]}`;
  const place = (i) => `${value.path(i)}:${findings.line[i]}:${findings.column[i]}`;
  const words = (i) => findings.messages[findings.words[i]];
  const said = (i) => findings.messages[findings.message[i]] + (words(i) ? `: “${words(i)}”` : "");
  const FIELDS = ["family", "rule", "language", "standing"];
  let column = null;
  const readFilters = (query) => {
    if (!form) return;
    take();
    const asked = new URLSearchParams(query);
    $("q").value = asked.get("q") || "";
    for (const field of [...FIELDS, "sort", "group"]) {
      const box = form.elements[field];
      const wanted = asked.get(field) || "";
      if (FIELDS.includes(field)) fill(field);
      box.value = wanted || box.options[0].value;
    }
    const severities = asked.get("severity");
    for (const box of form.elements.severity) box.checked = severities ? severities.split(",").includes(box.value) : true;
    column = asked.has("column") ? Number(asked.get("column")) : null;
    opened = true;
    filter();
  };
  const writeFilters = () => {
    const asked = new URLSearchParams();
    if ($("q").value) asked.set("q", $("q").value);
    for (const field of [...FIELDS, "group"]) if (form.elements[field].value) asked.set(field, form.elements[field].value);
    if (form.elements.sort.value !== "severity") asked.set("sort", form.elements.sort.value);
    const severities = [...form.elements.severity].filter((box) => box.checked).map((box) => box.value);
    if (severities.length < 3) asked.set("severity", severities.join(",") || "none");
    if (column !== null) asked.set("column", column);
    const query = String(asked);
    history.replaceState(null, "", `#findings${query ? `?${query}` : ""}`);
  };
  const fill = (field) => {
    const box = form.elements[field];
    if (box.options.length > 1) return;
    const counts = new Map();
    const get = value[field];
    for (let i = 0; i < findings.id.length; i++) counts.set(get(i), (counts.get(get(i)) || 0) + 1);
    for (const name of [...counts.keys()].sort()) box.append(make("option", { value: name }, `${name} (${counts.get(name)})`));
  };
  const filter = () => {
    const words = $("q").value.toLowerCase().split(/\s+/).filter(Boolean);
    const n = findings.id.length;
    if (words.length && !texts) {
      const low = { path: findings.files.map((one) => one[0].toLowerCase()), rule: findings.rules.map((one) => one[0].toLowerCase()), message: findings.messages.map((one) => one.toLowerCase()) };
      texts = { low };
    }
    const severities = [...form.elements.severity].map((box) => (box.checked ? box.value : ""));
    const allowed = SEVERITY.map((name) => severities.includes(name));
    const tests = FIELDS.filter((field) => form.elements[field].value).map((field) => [value[field], form.elements[field].value]);
    /* a word is looked for once in each text, not once in each finding */
    const hits = words.map((word) => ({
      path: texts.low.path.map((one) => one.includes(word)), rule: texts.low.rule.map((one) => one.includes(word)), message: texts.low.message.map((one) => one.includes(word)), word,
    }));
    const kept = [];
    const where = (i) => `:${findings.line[i]}:${findings.column[i]}`;
    for (let i = 0; i < n; i++) {
      if (!allowed[findings.severity[i]]) continue;
      if (column !== null && Math.floor(findings.file[i] / findings.group) !== column) continue;
      if (!tests.every(([get, wanted]) => get(i) === wanted)) continue;
      if (!hits.every((hit) => hit.path[findings.file[i]] || hit.rule[findings.rule[i]] || hit.message[findings.message[i]] || hit.message[findings.words[i]] || (hit.word.includes(":") && (value.path(i).toLowerCase() + where(i)).includes(hit.word)))) continue;
      kept.push(i);
    }
    const order = form.elements.sort.value;
    const byPlace = (a, b) => findings.file[a] - findings.file[b] || findings.line[a] - findings.line[b] || findings.column[a] - findings.column[b];
    if (order === "place") kept.sort(byPlace);
    if (order === "rule") kept.sort((a, b) => (value.rule(a) < value.rule(b) ? -1 : value.rule(a) > value.rule(b) ? 1 : 0) || byPlace(a, b));
    const group = form.elements.group.value;
    rows = kept;
    if (group) {
      const groups = new Map();
      for (const i of kept) { const name = value[group](i); if (groups.has(name)) groups.get(name).push(i); else groups.set(name, [i]); }
      rows = [];
      for (const [name, members] of [...groups].sort((a, b) => b[1].length - a[1].length)) rows.push([name, members.length], ...members);
    }
    $("count").textContent = `${kept.length.toLocaleString("en")} of ${n.toLocaleString("en")}`;
    current = Array.isArray(rows[0]) ? 1 : 0;
    list.scrollTop = 0;
    draw();
  };
  const height = () => (compact.matches ? 64 : 40);
  const sized = { tall: null };
  const LIMIT = 8000000; /* pixels: browsers draw no element higher than some 16 to 33 million */
  const draw = () => {
    if (!list) return;
    if (!sized.tall) {
      sized.tall = make("div", { class: "tall", role: "rowgroup" });
      list.setAttribute("role", "grid");
      list.setAttribute("aria-label", "Findings");
      list.append(sized.tall);
      list.addEventListener("scroll", () => requestAnimationFrame(draw), { passive: true });
      addEventListener("resize", draw);
    }
    const h = height();
    const full = rows.length * h;
    const scale = Math.max(1, full / LIMIT);
    list.setAttribute("aria-rowcount", rows.length || 1);
    sized.tall.style.height = `${Math.max(full / scale, 1)}px`;
    const room = list.clientHeight || 600;
    const range = Math.max(1, full / scale - room);
    const top = scale === 1 ? list.scrollTop : (list.scrollTop / range) * (full - room);
    const first = Math.max(0, Math.floor(top / h) - 6);
    const last = Math.min(rows.length, Math.ceil((top + room) / h) + 6);
    const shift = list.scrollTop - top;
    const drawn = [];
    for (let at = first; at < last; at++) {
      const row = rowOf(at);
      row.style.top = `${at * h + shift}px`;
      drawn.push(row);
    }
    if (!rows.length) drawn.push(make("div", { role: "row", class: "empty" }, make("span", { role: "gridcell", tabindex: "0" }, "No finding is like that.")));
    const focused = list.contains(document.activeElement);
    sized.tall.replaceChildren(...drawn);
    if (focused) list.querySelector("[tabindex='0']")?.focus({ preventScroll: true });
  };
  const rowOf = (at) => {
    const i = rows[at];
    if (Array.isArray(i)) return make("div", { role: "row", class: "group", "aria-rowindex": at + 1 }, make("span", { role: "gridcell" }, i[0]), make("span", { role: "gridcell", class: "number" }, i[1].toLocaleString("en")));
    const mine = at === current;
    const severity = value.severity(i);
    const cell = (attributes, ...inner) => make("span", { role: "gridcell", ...attributes }, ...inner);
    const standing = value.standing(i);
    const row = make("div", { role: "row", "aria-rowindex": at + 1, tabindex: mine ? "0" : "-1", "aria-selected": String(mine), "data-fingerprint": findings.id[i], click: () => { location.href = address(i); } },
      cell({ class: `sev ${severity}` }, severity), cell({ class: "path", title: place(i) }, make("bdi", {}, place(i))), cell({ dir: "auto", title: said(i) }, findings.messages[findings.message[i]], ...(words(i) ? [": “", make("q", {}, words(i)), "”"] : [])), cell({ class: "rule" }, value.rule(i)),
      cell({}, ...(standing === "new" ? [] : [make("span", { class: `tag ${standing}` }, standing)]), ...(decisions[findings.id[i]] ? [decisions[findings.id[i]].verdict === "accept" ? "✓" : "✗"] : [])));
    return row;
  };
  const move = (by) => {
    let at = current + by;
    while (Array.isArray(rows[at])) at += Math.sign(by) || 1;
    if (at < 0 || at >= rows.length) return;
    current = at;
    const h = height();
    const scale = Math.max(1, (rows.length * h) / LIMIT);
    if (scale === 1) {
      if (at * h < list.scrollTop) list.scrollTop = at * h;
      else if ((at + 1) * h > list.scrollTop + list.clientHeight) list.scrollTop = (at + 1) * h - list.clientHeight;
    } else list.scrollTop = ((at * h) / (rows.length * h - list.clientHeight)) * (sized.tall.offsetHeight - list.clientHeight);
    draw();
    list.querySelector("[tabindex='0']")?.focus({ preventScroll: true });
  };
  const openList = () => {
    if (!form || opened) { if (form) draw(); return; }
    readFilters("");
  };
  if (form) {
    let waiting = 0;
    const later = () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(() => { filter(); writeFilters(); }); };
    form.addEventListener("input", later);
    form.addEventListener("submit", (event) => { event.preventDefault(); list.querySelector("[tabindex='0']")?.focus(); });
    $("clear").addEventListener("click", () => { readFilters(""); writeFilters(); });
    list.addEventListener("keydown", (event) => {
      const page = Math.max(1, Math.floor(list.clientHeight / height()) - 1);
      const by = { ArrowDown: 1, ArrowUp: -1, PageDown: page, PageUp: -page }[event.key];
      if (by) { event.preventDefault(); move(by > 0 ? Math.min(by, rows.length - 1 - current) : Math.max(by, -current)); }
      if (event.key === "Home") { event.preventDefault(); move(-current); }
      if (event.key === "End") { event.preventDefault(); move(rows.length - 1 - current); }
      if (event.key === "Enter" && !Array.isArray(rows[current])) location.href = address(rows[current]);
    });
  }
  for (const cell of all(".matrix rect[data-rule]")) cell.addEventListener("click", () => { location.hash = `findings?${new URLSearchParams({ rule: cell.dataset.rule, column: cell.dataset.column })}`; });

  /* the review */
  if ($("save")) {
    $("save").addEventListener("click", () => {
      const link = make("a", { href: URL.createObjectURL(new Blob([exported()], { type: "application/yaml" })), download: "dqkit-accept.yaml" });
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 1000);
    });
    $("copy-export").addEventListener("click", () => copy(exported(), "dqkit-accept.yaml"));
    $("forget").addEventListener("click", () => { decisions = {}; kept.set(key, null); for (const card of cards) showDecision(card); review(); });
  }

  /* keys */
  const go = (anchor) => { const link = all("nav a").find((one) => one.hash === `#${anchor}`); if (link) location.href = link.href; };
  const keys = {
    j: () => (view.id === "findings" ? move(1) : step(1)),
    k: () => (view.id === "findings" ? move(-1) : step(-1)),
    n: () => nextFile(1),
    p: () => nextFile(-1),
    c: () => { const link = selected?.querySelector("a.button[href^='#c-']"); if (link) location.href = link.href; },
    v: () => view.querySelector("button.preview")?.click(),
    d: () => view.querySelector("button.differences")?.click(),
    a: () => selected?.closest(".view") === view && decide(selected, "accept"),
    r: () => selected?.closest(".view") === view && decide(selected, "mend"),
    y: () => { if (view.id === "findings" && rows.length) copy(place(rows[current]), place(rows[current])); else if (selected) copy(whereOf(selected), whereOf(selected)); },
    "/": () => { if ($("q")) { if (view.id !== "findings") location.hash = "findings"; setTimeout(() => $("q").focus()); } else go("findings"); },
    o: () => go("overview"),
    f: () => go("findings"),
    "?": () => $("keys").showModal(),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || $("keys").open || event.target.matches("input:not([type=checkbox]), textarea, select")) {
      if (event.key === "Escape") event.target.blur?.();
      return;
    }
    const act = keys[event.key];
    if (act) { event.preventDefault(); act(); }
  });

  /* print: everything opened, and closed again afterwards */
  let closed = [];
  addEventListener("beforeprint", () => { closed = all("details:not([open])", view); for (const one of closed) one.open = true; });
  addEventListener("afterprint", () => { for (const one of closed) one.open = false; });

  route();
})();
