"use strict";
// Everything from a page goes into the document as text, never as markup.

const $ = (id) => document.getElementById(id);

/** An element with attributes and children; strings become text. */
function el(name, attributes, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value !== undefined && value !== null && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat(9).filter((child) => child !== null && child !== undefined));
  return node;
}

const state = { mode: "html", view: "article", answer: null, source: "", speakers: new Map(), back: null };

const SAMPLES = {
  "News page": { mode: "html", url: "https://harbourpost.example/2024/05/02/ferry", body:
`<!doctype html><html lang="en"><head><title>Ferry resumes after storm | Harbour Post</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="Harbour Post">
<script type="application/ld+json">{"@type":"NewsArticle","headline":"Ferry resumes after storm",
"datePublished":"2024-05-02T07:30:00+02:00","author":{"@type":"Person","name":"Ana Ruiz"}}</script>
</head><body><nav><a href="/">Home</a> <a href="/weather">Weather</a></nav>
<article><h1>Ferry resumes after storm</h1><p class="byline">By Ana Ruiz</p>
<p>SKARHOLM — The island ferry sailed again on Tuesday, two days after the storm had torn its ramp away.</p>
<p>“We carried <em>everybody</em> who was waiting,” said the harbour master, Bo Lindqvist. “Nobody had to
spend another night on the quay.”</p>
<p>Lindqvist, 58, said the ramp would be checked again next week. The mayor, Ines Okafor, thanked the crew.</p>
<aside><h2>Read more</h2><ul><li><a href="/a">Storm closes schools</a></li></ul></aside>
<p>According to the ferry company, the damage comes to 40,000 euros.</p></article>
<footer>© Harbour Post</footer></body></html>` },
  "Wire copy": { mode: "text", url: "", body:
`Ferry resumes after storm

By ANA RUIZ
Harbour News Agency

SKARHOLM, May 2 (HNA) - The island ferry sailed again on Tuesday, two days
after the storm had torn its ramp away.

"We carried everybody who was waiting," said the harbour master, Bo Lindqvist.
"Nobody had to spend another night on the quay."

Lindqvist said the ramp would be checked again next week.

(Reporting by Ana Ruiz; Editing by Tom Hale)` },
  "Hostile page": { mode: "html", url: "", body:
`<html><head><title>&lt;img src=x onerror=alert(1)&gt;</title></head><body><article>
<h1>&lt;script&gt;alert(1)&lt;/script&gt; stays text</h1>
<p>A paragraph that is long enough to be a story, with <a href="javascript:alert(1)">a link</a> that
leads nowhere and <b onclick="alert(1)">bold words</b> that do nothing.</p>
<p>&lt;img src=x onerror="document.title='owned'"&gt; is shown as it was written, since the page is data.</p>
<script>document.title = "owned"</script><svg onload="document.title='owned'"></svg>
</article></body></html>` },
};

// ---------------------------------------------------------------- asking

async function ask(path, body, accept) {
  const response = await fetch(path, {
    method: "POST",
    headers: { "content-type": "application/json", accept: accept || "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (response.ok) return text;
  let problem = {};
  try { problem = JSON.parse(text); } catch { /* a proxy's answer */ }
  throw new Error(problem.detail || "The service answered " + response.status);
}

function say(text, isError) {
  $("status").textContent = text;
  $("status").classList.toggle("error", Boolean(isError));
}

async function read(event) {
  if (event) event.preventDefault();
  const source = $("source").value;
  const url = $("url").value.trim();
  const body = { options: { offset_unit: "utf16", any_page: $("any-page").checked } };
  if (state.mode !== "url") body[state.mode] = source;
  if (url) body.url = url;
  say("Reading …");
  try {
    const answer = JSON.parse(await ask("/v1/articles:explain", body));
    state.answer = answer;
    state.speakers = speakersOf(answer);
    state.back = null;
    state.source = state.mode === "url" ? "" : source;
    show();
    const verdict = answer.verdict;
    say(`${words(verdict.kind)}, ${words(verdict.completeness)}, ` +
      `${answer.blocks.length} blocks, ${(answer.warnings || []).length} warnings.`);
  } catch (error) {
    say(error.message, true);
  }
}

const words = (name) => String(name).replaceAll("_", " ");

// ---------------------------------------------------------------- what lights up together

/** Ranges of the source by the id of what was read from them, in bytes. */
function sourceRanges(answer) {
  const ranges = [];
  answer.blocks.forEach((block, n) => {
    for (const range of block.source || []) ranges.push({ id: "block-" + n, kind: "kept", ...range });
    (block.blocks || []).forEach((inner) => {
      for (const range of inner.source || []) {
        ranges.push({ id: "block-" + n, kind: "kept", ...range });
      }
    });
  });
  for (const [name, field] of Object.entries(answer.metadata)) {
    const range = field && field.origin && field.origin.range;
    if (range) ranges.push({ id: "field-" + name, kind: "field", ...range });
  }
  answer.trace.decisions.forEach((decision, n) => {
    if (decision.fate === "removed") {
      // Headline and byline are left out of the story because they are fields.
      const kind = /headline|author/.test(decision.rule) ? "field" : "removed";
      ranges.push({ id: "removed-" + n, kind, ...decision.range });
    }
  });
  return ranges;
}

/** The source in pieces, each marked with all that was read from it. */
function sourcePieces(text, ranges) {
  const cuts = [...new Set(ranges.flatMap((r) => [r.start, r.end]))].sort((a, b) => a - b);
  const pieces = [];
  let at = 0;
  let byte = 0;
  const advance = (target) => {
    while (byte < target && at < text.length) {
      const code = text.codePointAt(at);
      byte += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
      at += code < 0x10000 ? 1 : 2;
    }
    return at;
  };
  const starts = new Map();
  const ends = new Map();
  const push = (map, key, value) => map.set(key, [...(map.get(key) || []), value]);
  for (const range of ranges) {
    if (range.start < range.end) { push(starts, range.start, range); push(ends, range.end, range); }
  }
  const open = new Set();
  let from = 0;
  for (const cut of cuts) {
    const to = advance(cut);
    if (to > from) pieces.push({ text: text.slice(from, to), open: [...open] });
    from = to;
    for (const range of ends.get(cut) || []) open.delete(range);
    for (const range of starts.get(cut) || []) open.add(range);
  }
  if (from < text.length) pieces.push({ text: text.slice(from), open: [...open] });
  return pieces;
}

function showSource() {
  const raw = $("raw");
  raw.replaceChildren();
  if (!state.source) {
    raw.append("The service fetched this page; its source is not shown here.");
    return;
  }
  for (const { text, open } of sourcePieces(state.source, sourceRanges(state.answer))) {
    if (!open.length) { raw.append(text); continue; }
    const ids = [...new Set(open.map((range) => range.id))];
    raw.append(el("span", { class: open[open.length - 1].kind, "data-ids": ids.join(" ") }, text));
  }
}

/** Lights up everything that shares an id; `from` is what was pointed at and does not move. */
function light(ids, from) {
  for (const node of document.querySelectorAll(".lit")) node.classList.remove("lit");
  if (!ids) return;
  const wanted = ids.split(" ");
  let first = true;
  for (const node of document.querySelectorAll("[data-ids]")) {
    if (!node.dataset.ids.split(" ").some((id) => wanted.includes(id))) continue;
    node.classList.add("lit");
    const other = node.closest(".pane") !== from.closest(".pane");
    if (other && first) { node.scrollIntoView({ block: "nearest" }); first = false; }
  }
}

/** Enter goes from a part to what it was read from, or what was read from it; Escape comes back. */
$("results").addEventListener("keydown", (event) => {
  const node = event.target.closest("[data-ids]");
  if (event.key === "Escape") {
    choose(null);
    light(null);
    if (state.back && state.back.isConnected) state.back.focus();
    state.back = null;
  } else if (event.key === "Enter" && node === event.target && !event.ctrlKey && !event.metaKey) {
    const wanted = node.dataset.ids.split(" ");
    const other = [...document.querySelectorAll("[data-ids]")].find((part) =>
      part.closest(".pane") !== node.closest(".pane") &&
      part.dataset.ids.split(" ").some((id) => wanted.includes(id)));
    if (!other) return;
    state.back = node;
    if (!other.hasAttribute("tabindex")) other.setAttribute("tabindex", "-1");
    other.focus();
  }
});

for (const kind of ["pointerover", "focusin"]) {
  $("results").addEventListener(kind, (event) => {
    const node = event.target.closest("[data-ids]");
    if (node) light(node.dataset.ids, node);
  });
}

// ---------------------------------------------------------------- the article

const TAGS = { emphasis: "em", strong: "strong", code: "code" };

/** Text cut wherever a mark or something read in it begins or ends. */
function marked(text, marks, found) {
  const all = [...(marks || []), ...(found || [])].filter((range) => range.start < range.end);
  const cuts = [...new Set([0, text.length, ...all.flatMap((range) => [range.start, range.end])])]
    .filter((at) => at >= 0 && at <= text.length).sort((a, b) => a - b);
  const out = [];
  for (let n = 0; n + 1 < cuts.length; n += 1) {
    const [start, end] = [cuts[n], cuts[n + 1]];
    const over = all.filter((range) => range.start <= start && range.end >= end);
    out.push(over.reduce((inner, range) => wrap(range, inner), text.slice(start, end)));
  }
  return out;
}

function wrap(range, inner) {
  if (range.class) {
    return el("span", { class: range.class, title: range.title, "data-who": range.who }, inner);
  }
  if (range.mark !== "link") return el(TAGS[range.mark] || "span", {}, inner);
  const safe = /^(https?|mailto):/i.test(range.url);
  return el("a", { href: safe ? range.url : null, rel: "noopener noreferrer", target: "_blank" }, inner);
}

/** What was read in a block, the wider first: ranges of its lines joined by line breaks. */
function readIn(n) {
  const reading = state.answer.reading || {};
  const found = [];
  const add = (span, name, title, who) => {
    if (!span || span.block !== n) return;
    const colour = who === undefined ? "" : ` ${colourOf(who)}`;
    found.push({ start: span.start, end: span.end, class: name + colour, title, who });
  };
  for (const time of reading.times || []) add(time, "time", `${words(time.kind)} ${time.value}`);
  for (const entity of reading.entities || []) {
    for (const mention of entity.mentions) {
      add(mention, entity.type === "person" ? "person" : "named", `${words(entity.type)}: ${entity.name}`);
    }
  }
  for (const quote of reading.quotes || []) {
    const [who, key] = [speakerOf(quote), speakerKey(quote)];
    add(quote.speaker, "speaker", `speaker: ${who}`, key);
    if (quote.cue) add(quote.cue, "cue", `${quote.cue.lemma} (${words(quote.cue.stance)})`);
    for (const content of quote.contents) add(content, "quote", `${words(quote.kind)} quote: ${who}`, key);
  }
  return found.sort((a, b) => (a.end - a.start) - (b.end - b.start));
}

function speakerOf(quote) {
  return quote.speaker ? quote.speaker.name || quote.speaker.text : "not told";
}

/** What tells one speaker from another. */
function speakerKey(quote) {
  if (!quote.speaker) return "";
  return quote.speaker.entity === undefined ? speakerOf(quote).toLowerCase() : "entity " + quote.speaker.entity;
}

/** Who speaks, in the order of the text: name, role, number of quotes and colour. */
function speakersOf(answer) {
  const reading = answer.reading || {};
  const speakers = new Map();
  for (const quote of reading.quotes || []) {
    const key = speakerKey(quote);
    const entity = quote.speaker && (reading.entities || [])[quote.speaker.entity];
    const role = ((entity && entity.roles) || []).find((role) => role.kind !== "honorific");
    const known = speakers.get(key) || { name: speakerOf(quote), role: role && role.text, quotes: 0,
      colour: key ? speakers.size % COLOURS : null };
    known.quotes += 1;
    speakers.set(key, known);
  }
  return speakers;
}

const COLOURS = 8;

function colourOf(key) {
  const speaker = state.speakers.get(key);
  return speaker && speaker.colour !== null ? "who-" + speaker.colour : "who-none";
}

/** Shows one speaker's words and fades the others'; again, or nobody: all. */
function choose(key) {
  const chosen = document.querySelector(".speakers [aria-pressed=true]");
  const wanted = chosen && chosen.dataset.speaker === key ? null : key;
  for (const button of document.querySelectorAll(".speakers button")) {
    button.setAttribute("aria-pressed", button.dataset.speaker === wanted);
  }
  const story = document.querySelector(".story");
  if (!story) return;
  story.classList.toggle("only", wanted !== null);
  let first = null;
  for (const part of story.querySelectorAll("[data-who]")) {
    const on = part.dataset.who === wanted;
    part.classList.toggle("on", on);
    if (on && !first) first = part;
  }
  if (first) first.scrollIntoView({ block: "nearest" });
}

function speakerList() {
  if (!state.speakers.size) return [];
  const items = [...state.speakers].map(([key, speaker]) => {
    const button = el("button", { type: "button", class: colourOf(key), "data-speaker": key, "aria-pressed": "false" },
      el("b", {}, speaker.name), speaker.role ? ` ${speaker.role}` : "",
      el("span", { class: "note" }, ` ${speaker.quotes} ${speaker.quotes === 1 ? "quote" : "quotes"}`));
    button.addEventListener("click", () => choose(key));
    return el("li", {}, button);
  });
  return [el("ul", { class: "speakers", "aria-label": "Speakers" }, items)];
}

/** The part of `found` that lies in a line of `length` units that starts at `from`. */
function within(found, from, length) {
  return found.filter((range) => range.start >= from && range.end <= from + length)
    .map((range) => ({ ...range, start: range.start - from, end: range.end - from }));
}

/** A block of the article. `found`: what was read in its text. */
function block(b, found) {
  const text = () => marked(b.text || "", b.marks, found);
  switch (b.type) {
    case "heading": return el("h" + Math.min(6, Math.max(2, b.level)), {}, text());
    case "block_quote": case "pull_quote": return el("blockquote", {}, text());
    case "list": {
      let from = 0;
      return el(b.ordered ? "ol" : "ul", {}, b.items.map((item) => {
        const inside = within(found, from, item.text.length);
        from += item.text.length + 1;
        return el("li", {}, marked(item.text, item.marks, inside));
      }));
    }
    case "summary_bullet": return el("ul", {}, el("li", {}, text()));
    case "table": return el("table", {}, el("tbody", {}, (b.rows || []).map((row) => el("tr", {},
      row.map((cell) => el(cell.header ? "th" : "td", { colspan: cell.columns }, marked(cell.text, cell.marks)))))));
    case "figure": return el("figure", {}, el("div", { class: "note" }, "Picture: " + (b.alt || b.url)),
      el("figcaption", {}, [b.caption, b.credit].filter(Boolean).join(" · ")));
    case "embed": return el("div", { class: "note" }, `Embedded: ${b.platform} ${b.url || ""} `, b.quoted || "");
    case "code": return el("pre", {}, b.text);
    case "turn": return el("p", {}, el("strong", {}, b.role === "question" ? "Q: " : "A: "), text());
    case "live_entry": return el("section", {}, el("h3", {}, [b.time, b.heading].filter(Boolean).join(" · ")),
      (b.blocks || []).map((inner) => block(inner, [])));
    default: return el("p", {}, text());
  }
}

function linked(node, id) {
  node.setAttribute("data-ids", id);
  node.setAttribute("tabindex", "0");
  return node;
}

/** A field's value in a line: people by name, role and organisation, pictures by address. */
function line(value) {
  if (Array.isArray(value)) return value.map(line).join(", ");
  if (!value || typeof value !== "object") return String(value);
  const more = [value.role, value.organisation].filter(Boolean).join(", ");
  if (value.name) return value.name + (more ? ` (${more})` : "");
  return value.url || JSON.stringify(value);
}

const VIEWS = {
  article(answer) {
    const field = (name) => answer.metadata[name] && answer.metadata[name].value;
    const story = el("div", { class: "story" });
    const add = (name, node) => { if (field(name)) story.append(linked(node, "field-" + name)); };
    add("headline", el("h2", {}, field("headline")));
    const authors = (field("authors") || []).map((author) => author.name).join(", ");
    add("authors", el("p", { class: "note" }, authors));
    add("published", el("p", { class: "note" }, String(field("published"))));
    answer.blocks.forEach((b, n) => story.append(linked(block(b, readIn(n)), "block-" + n)));
    if (!answer.blocks.length) story.append(el("p", { class: "note" }, "No story: see the verdict under Fields."));
    const legend = [["quote who-0", "quote, in its speaker's colour"], ["speaker who-0", "speaker"], ["cue", "cue"],
      ["person", "person"], ["named", "organisation or place"], ["time", "date or time"]];
    return [...speakerList(), story,
      el("p", { class: "legend" }, "Legend: ", legend.map(([name, text]) => el("span", { class: name }, text)))];
  },
  fields(answer) {
    const rows = Object.entries(answer.metadata).filter(([, field]) => field && field.origin).map(([name, field]) =>
      linked(el("tr", {}, el("th", { scope: "row" }, words(name)), el("td", {}, line(field.value)),
        el("td", {}, `${words(field.origin.place)}: ${field.origin.key}`),
        el("td", {}, field.confidence.toFixed(2)),
        el("td", {}, (field.rejected || []).map((other) => el("div", {}, line(other.value), " ",
          el("span", { class: "note" }, other.origin.key))))), "field-" + name));
    const verdict = answer.verdict;
    return [
      el("p", {}, el("strong", {}, words(verdict.kind)), `, ${words(verdict.completeness)}, confidence ${verdict.confidence.toFixed(2)}`),
      el("p", { class: "note" }, (verdict.reasons || []).join(" · ")),
      el("table", {}, el("thead", {}, el("tr", {}, ["Field", "Value", "Origin", "Confidence", "Also stated"]
        .map((title) => el("th", { scope: "col" }, title)))), el("tbody", {}, rows)),
      ...(answer.warnings || []).map((warning) => el("p", { class: "note" }, `${warning.code}: ${warning.message}`)),
    ];
  },
  reading(answer) {
    const reading = answer.reading;
    if (!reading) return [el("p", { class: "note" }, "There is no story to read.")];
    const said = (span) => lineText(answer.blocks[span.block]).slice(span.start, span.end);
    const table = (titles, rows) => el("table", {}, el("thead", {}, el("tr", {}, titles
      .map((title) => el("th", { scope: "col" }, title)))), el("tbody", {}, rows));
    const row = (span, cells) => linked(el("tr", {}, cells.map((cell) => el("td", {}, cell))), "block-" + span.block);
    const quotes = (reading.quotes || []).map((quote) => row(quote.contents[0], [speakerOf(quote),
      quote.contents.map(said).join(" … "), quote.cue ? quote.cue.lemma : "", words(quote.kind)]));
    const entities = (reading.entities || []).map((entity) => row(entity.mentions[0], [entity.name,
      words(entity.type), (entity.roles || []).map((role) => role.text).join(", ") || entity.country || "",
      String(entity.mentions.length), String((entity.quotes || []).length)]));
    const times = (reading.times || []).map((time) => row(time, [said(time), words(time.kind),
      el("code", {}, time.value), time.anchor ? Object.values(time.anchor).join(" ") : ""]));
    const part = (title, titles, rows) => rows.length ? [el("h3", {}, title), table(titles, rows)] : [];
    return [
      el("p", { class: "note" }, `${reading.sentences.length} sentences, ${quotes.length} quotes, ` +
        `${entities.length} names, ${times.length} dates and times.`),
      ...part("Quotes", ["Speaker", "Said", "Cue", "Kind"], quotes),
      ...part("Speakers, people, organisations, places", ["Name", "What", "Role or country", "Mentions", "Quotes"], entities),
      ...part("Dates and times", ["Said", "Kind", "Value", "Counted from"], times),
    ];
  },
  removed(answer) {
    const removed = answer.trace.decisions.map((decision, n) => [decision, n])
      .filter(([decision]) => decision.fate === "removed");
    if (!removed.length) return [el("p", { class: "note" }, "Nothing was removed.")];
    return [el("table", {}, el("thead", {}, el("tr", {}, ["Text", "Rule", "Measured", "Place"]
      .map((title) => el("th", { scope: "col" }, title)))),
    el("tbody", {}, removed.map(([decision, n]) => linked(el("tr", {}, el("td", {}, decision.text),
      el("td", {}, decision.rule),
      el("td", {}, decision.measured === undefined || decision.measured === null ? "" : `${decision.measured.toFixed(2)} / ${(decision.limit || 0).toFixed(2)}`),
      el("td", {}, el("code", {}, decision.path))), "removed-" + n))))];
  },
  json(answer) { return [el("pre", {}, JSON.stringify(answer, null, 2))]; },
  export(answer) {
    const output = el("pre", { id: "exported" });
    const select = el("select", { id: "format" }, Object.keys(FORMATS).map((name) => el("option", {}, name)));
    const load = async () => {
      const { trace, ...article } = answer;
      try {
        output.textContent = await ask("/v1/articles:convert?standalone=true", article, FORMATS[select.value][0]);
      } catch (error) { output.textContent = error.message; }
    };
    select.addEventListener("change", load);
    load();
    const copy = el("button", { type: "button" }, "Copy");
    copy.addEventListener("click", () => navigator.clipboard.writeText(output.textContent).then(
      () => say("Copied."), () => say("The browser does not let this page copy.", true)));
    const save = el("button", { type: "button" }, "Download");
    save.addEventListener("click", () => {
      const [type, ending] = FORMATS[select.value];
      const url = URL.createObjectURL(new Blob([output.textContent], { type }));
      el("a", { href: url, download: "article." + ending }).click();
      setTimeout(() => URL.revokeObjectURL(url), 1000);
    });
    return [el("div", { class: "row" }, el("label", {}, "Format ", select), copy, save), output];
  },
};

const FORMATS = {
  JSON: ["application/json", "json"],
  Markdown: ["text/markdown", "md"],
  Text: ["text/plain", "txt"],
  HTML: ["text/html", "html"],
  "JSON-LD": ["application/ld+json", "jsonld"],
  ninjs: ["application/ninjs+json", "ninjs"],
  NITF: ["application/nitf+xml", "nitf"],
  TEI: ["application/tei+xml", "tei"],
};

/** A block's lines joined by line breaks, in which what was read counts. */
function lineText(b) {
  if (!b) return "";
  if (b.items) return b.items.map((item) => item.text).join("\n");
  if (b.rows) return b.rows.map((row) => row.map((cell) => cell.text).join("\t")).join("\n");
  if (b.blocks) return [b.heading, ...b.blocks.map(lineText)].filter(Boolean).join("\n");
  return b.text || "";
}

// ---------------------------------------------------------------- views and controls

function show() {
  $("results").hidden = false;
  showSource();
  showView(state.view);
}

function showView(name) {
  state.view = name;
  for (const tab of document.querySelectorAll("[role=tab]")) {
    const selected = tab.dataset.view === name;
    tab.setAttribute("aria-selected", selected);
    tab.tabIndex = selected ? 0 : -1;
  }
  $("view").setAttribute("aria-labelledby", "tab-" + name);
  if (state.answer) $("view").replaceChildren(...VIEWS[name](state.answer));
}

const tabs = [...document.querySelectorAll("[role=tab]")];
tabs.forEach((tab, n) => {
  tab.addEventListener("click", () => showView(tab.dataset.view));
  tab.addEventListener("keydown", (event) => {
    const to = { ArrowRight: n + 1, ArrowLeft: n - 1, Home: 0, End: -1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs.at(to % tabs.length);
    showView(next.dataset.view);
    next.focus();
  });
});

function setMode(mode) {
  state.mode = mode;
  for (const button of document.querySelectorAll("[data-mode]")) {
    button.setAttribute("aria-pressed", button.dataset.mode === mode);
  }
  $("source").hidden = $("source-label").hidden = mode === "url";
  $("source-label").textContent = mode === "text" ? "Plain text, such as wire copy" : "HTML of a page";
  $("url-label").textContent = mode === "url" ? "Address to fetch" : "Its address (optional)";
}

for (const button of document.querySelectorAll("[data-mode]")) {
  button.addEventListener("click", () => setMode(button.dataset.mode));
}
for (const name of Object.keys(SAMPLES)) $("sample").append(el("option", { value: name }, name));
$("sample").addEventListener("change", () => {
  const sample = SAMPLES[$("sample").value];
  if (!sample) return;
  setMode(sample.mode);
  $("source").value = sample.body;
  $("url").value = sample.url;
  read();
});
$("form").addEventListener("submit", read);
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) read();
});
fetch("/version").then((response) => response.json()).then((version) => {
  if (version.fetch) document.querySelector("[data-mode=url]").hidden = false;
}).catch(() => {});
showView("article");
