// The search page: which pages come first, and above them the entries of the catalogue that answer.
"use strict";

// A page comes before a script that shows the same, both before reference and bibliography, and all before hundreds of cases.
Scorer.score = ([page, , , , score, , kind]) =>
  score - (kind === "object" ? 20 : 0) - (/^(api|bibliography|genindex|contributing)/.test(page) ? 14 : /^(gallery|engines\/libraries)\//.test(page) ? 12 : 0) - (/^engines\/cases\//.test(page) ? 1000 : 0);

// Sphinx asks that a page has every word, and gives all such pages the same score. Here a word counts the more, the fewer
// pages have it, and where it stands: in a title, among the words that a page gives itself, in a heading or the index, in the
// text; there the more, the fewer words a page has. A page with half of what was asked for is shown.
const [RELEVANT, TITLE, OWN, HEADING, TEXT] = [60, 1, 0.9, 0.5, 0.25];
const SYMBOLS = { ...GREEK, "∂": "partial", "∇": "nabla", "∑": "sum", "∏": "prod", "⊗": "otimes", "⊙": "odot", "⊤": "top", "√": "sqrt", "∈": "in" };
Search.performTermsSearch = (asked, excluded) => {
  const { terms, titleterms, alltitles, indexentries, docnames, filenames, titles } = Search._index;
  const list = (found) => (found === undefined ? [] : [].concat(found));
  const stemmer = new Stemmer();
  const stems = (text) => splitQuery(text.toLowerCase()).map((word) => stemmer.stemWord(word));
  const sizes = docnames.map(() => 0);
  for (const files of Object.values(terms)) for (const file of list(files)) sizes[file]++;
  const mean = sizes.reduce((sum, size) => sum + size, 0) / sizes.length;
  const headings = new Map();
  for (const [text, places] of [...Object.entries(alltitles), ...Object.entries(indexentries)])
    for (const word of stems(text))
      for (const [file, , main] of places) {
        const known = headings.get(word) ?? headings.set(word, new Map()).get(word);
        known.set(file, Math.max(known.get(file) ?? 0, main ? OWN : HEADING));
      }

  // The index has formulas as LaTeX, whose words are the names of the symbols.
  const names = [...Search.asked].flatMap((sign) => SYMBOLS[sign] ?? []).map((name) => stemmer.stemWord(name));
  const long = [...asked].filter((word) => word.length > 2);
  const words = new Set([...(long.length ? long : asked), ...names]);
  const scores = new Map();
  let whole = 0;
  for (const word of words) {
    const own = (table) => (Object.hasOwn(table, word) ? list(table[word]) : []);
    let inText = new Set(own(terms));
    if (!inText.size && word.length > 3) inText = new Set(Object.keys(terms).filter((term) => term.includes(word)).flatMap((term) => list(terms[term])));
    const [inTitle, inHeading] = [new Set(own(titleterms)), headings.get(word) ?? new Map()];
    const found = new Set([...inText, ...inTitle, ...inHeading.keys()]);
    if (!found.size) continue;
    const rarity = Math.log(1 + docnames.length / (1 + found.size));
    whole += rarity;
    for (const file of found) {
      const place = inTitle.has(file) ? TITLE : inHeading.get(file) ?? (TEXT * 4) / (3 + sizes[file] / mean);
      const [score, share] = scores.get(file) ?? [0, 0];
      scores.set(file, [score + rarity * place, share + rarity]);
    }
  }
  const unwanted = new Set([...excluded].flatMap((word) => list(terms[word])));
  return [...scores]
    .filter(([file, [, share]]) => share >= whole / 2 && !unwanted.has(file))
    .map(([file, [score, share]]) => [docnames[file], titles[file], "", null, (RELEVANT * score * share) / whole ** 2, filenames[file], SearchResultKind.text]);
};
// For an excerpt Sphinx takes an anchor as a selector, in which the dot of a module's name would begin a class.
const read = Search.htmlToText;
Search.htmlToText = (page, anchor) => read(page, anchor && `[id="${anchor.slice(1)}"]`);
// From a disk a script cannot read the pages for their excerpts.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

const query = new URLSearchParams(location.search).get("q")?.trim();
const results = document.getElementById("search-results");
Search.asked = query ?? "";

if (query && results) {
  window.catalogueTexts = (entries) => {
    const found = find(entries.map(prepare), query).slice(0, 10);
    if (!found.length) return;
    const heading = document.createElement("h2");
    heading.textContent = "In the catalogue";
    const list = document.createElement("ul");
    list.className = "search";
    list.id = "catalogue-results";
    for (const { title, address, also } of found) {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = address;
      link.textContent = title;
      item.append(link, also.length ? ` (${also.join(", ")})` : "");
      list.append(item);
    }
    results.before(heading, list);
  };
  const script = document.createElement("script");
  script.src = "catalogue-texts.js";
  document.head.append(script);
}

// An excerpt is parsed without the styles of its page, which the policy of this one does not name.
Search.textOf = Search.htmlToText;
Search.htmlToText = (html, anchor) => Search.textOf(html.replace(/\sstyle="[^"]*"|<style>[^]*?<\/style>/g, ""), anchor);
