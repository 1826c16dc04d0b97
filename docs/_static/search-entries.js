// The search page: which pages come first, and above them the entries of the catalogue that answer.
"use strict";

// A page comes before a script that shows the same, both before reference and bibliography, and all before hundreds of cases.
Scorer.score = ([page, , , , score, , kind]) =>
  score - (kind === "object" ? 20 : 0) - (/^(api|bibliography|genindex|contributing)/.test(page) ? 8 : page.startsWith("gallery/") ? 2 : 0) - (/^engines\/(cases|libraries)\//.test(page) ? 1000 : 0);
// From a disk a script cannot read the pages for their excerpts.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

const query = new URLSearchParams(location.search).get("q")?.trim();
const results = document.getElementById("search-results");

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
