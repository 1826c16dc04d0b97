// On the search page, the entries of the catalogue that answer the query, above the pages that mention it.
"use strict";

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
