// Hundreds of pages of cases are found, below the pages that explain them. The numbers are Sphinx's.
var Scorer = {
  score: ([docname, , , , score]) => (/^engines\/(cases|libraries)\//.test(docname) ? score - 1000 : score),
  objNameMatch: 11,
  objPartialMatch: 6,
  objPrio: { 0: 15, 1: 5, 2: -5 },
  objPrioDefault: 0,
  title: 15,
  partialTitle: 7,
  term: 5,
  partialTerm: 2,
};
