// Prints, for each query of standard input, the entries that it finds, best first: finding.js over the built texts.
"use strict";
const fs = require("node:fs");
const site = process.argv[2];
const { prepare, find } = require(`${site}/_static/finding.js`);
const window = { catalogueTexts: (entries) => { window.entries = entries.map(prepare); } };
new Function("window", fs.readFileSync(`${site}/catalogue-texts.js`, "utf-8"))(window);
const queries = JSON.parse(fs.readFileSync(0, "utf-8"));
console.log(JSON.stringify(queries.map((query) => find(window.entries, query).map((entry) => entry.name))));
