// Finds entries of the catalogue for what somebody types: words, code, LaTeX, or a number of an equation.
"use strict";

const GREEK = { α: "alpha", β: "beta", ε: "epsilon", λ: "lambda", μ: "mu", σ: "sigma", Σ: "sigma", Λ: "lambda", π: "pi", φ: "phi" };
const SMALL_WORDS = new Set(
  "a an and at by d df derivative derivatives diff differentiate dx for formula function grad gradient gradients how is its of on respect the to torch w.r.t wrt what with".split(" "),
);
// What one person writes in one word, another in several.
const SAME = {
  logdet: "log det", slogdet: "log abs det", logabsdet: "log abs det", determinant: "det", logarithm: "log", trace: "tr",
  inverse: "inv", inversion: "inv", pinv: "pseudoinverse", svd: "singular", expm: "exponential", exp: "exponential",
  eig: "eigen", eigh: "eigen", kron: "kronecker", eqn: "eq", equation: "eq", eqs: "eq", nll: "likelihood",
  normalization: "normalise", normalize: "normalise", regularized: "regularised", matmul: "product", kl: "kullback",
};

/** A formula as letters, digits and few signs: LaTeX, Python and Unicode of one formula agree. */
function compact(text) {
  return text
    .replace(/⁻¹/g, "^{-1}").replace(/\^?\{?(ᵀ|⊤|\.mT|\.T\b|\\top|\\mathsf\{T\}|')\}?/g, "^T ").replace(/\^?\{?(ᴴ|\.mH|\.H\b|\\mathsf\{H\})\}?/g, "^H ")
    .replace(/²/g, "^2").replace(/⊗|\\otimes/g, " kron ").replace(/⊙|∘|\\odot|\\circ/g, " had ").replace(/∥|‖|\\lVert|\\rVert|\\\||\|\|/g, "‖")
    .replace(/\*\*/g, "^").replace(/[αβελμσΣΛπφ]/g, (letter) => GREEK[letter])
    .replace(/torch\.linalg\.|torch\.|np\.|jnp\./g, "").replace(/\\operatorname|\\mathbf|\\mathrm|\\left|\\right|\\,|\\d\b|\\odot/g, "")
    .replace(/inv\(\s*(\w+)\s*\)/g, "$1^{-1}").replace(/\btrace\b/gi, "tr").replace(/slogdet|logabsdet/g, "log|det|").replace(/logdet/g, "log det")
    .normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[−–]/g, "-").toLowerCase()
    .replace(/\^\{?\(?(-?[a-z0-9]+)\)?\}?/g, "^$1").replace(/[^a-z0-9^‖+\-/=]/g, "");
}

/** The words of a text, in one form each. */
function words(text) {
  return text
    .normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[αβελμσΣΛπφ]/g, (letter) => ` ${GREEK[letter]} `).toLowerCase()
    .replace(/isation|ization/g, "isation").replace(/ise\b|ize\b/g, "ise")
    .split(/[^a-z0-9.]+/).map((word) => word.replace(/^\.+|\.+$/g, "")).filter(Boolean)
    .flatMap((word) => (SAME[word] ?? word).split(" "))
    .flatMap((word) => (word.includes(".") && !/^\d/.test(word) ? word.split(".") : [word]))
    .map((word) => (word.length > 4 ? word.replace(/(?<!s)s$/, "") : word));
}

/** An entry, prepared: its formulas compact, its words in order of their weight. */
function prepare(entry) {
  const fields = [
    [12, entry.title], [12, entry.also.join(" ; ")], [10, entry.name.replaceAll("-", " ")], [9, entry.source],
    [3, entry.group], [3, entry.code], [2, entry.words],
  ];
  return {
    ...entry,
    formulas: [...entry.formulas, ...entry.also].map(compact),
    gradients: entry.gradients.map(compact),
    names: [entry.title, entry.name.replaceAll("-", " "), ...entry.also].map((text) =>
      words(text).filter((word) => !SMALL_WORDS.has(word)).join(" "),
    ),
    weighed: fields.map(([weight, text]) => [weight, words(text)]),
  };
}

function weigh(entry, word) {
  let best = 0;
  for (const [weight, found] of entry.weighed) {
    for (const other of found) {
      if (other === word) best = Math.max(best, weight);
      else if (word.length > 2 && other.startsWith(word)) best = Math.max(best, 0.8 * weight);
      else if (word.length > 4 && word.startsWith(other) && other.length > 3) best = Math.max(best, 0.5 * weight);
    }
  }
  return best;
}

/** How well an entry answers; 0 if it does not. */
function score(entry, query) {
  const formula = compact(query);
  let points = entry.formulas.includes(formula) && formula.length > 1 ? 200 : 0;
  if (/[(^@*_=\\‖'|+/-]|[⁻ᵀ⊤²]|^[A-Za-z]{1,2} [A-Za-z]/.test(query) && formula.length > 1) {
    for (const other of entry.formulas) {
      if (other.includes(formula)) points = Math.max(points, 60 + (40 * formula.length) / other.length);
    }
    if (entry.gradients.some((other) => other.includes(formula))) points = Math.max(points, 40);
  }
  const asked = words(query).filter((word) => !SMALL_WORDS.has(word));
  if (!asked.length) return points;
  const weights = asked.map((word) => weigh(entry, word));
  const key = asked.join(" ");
  if (entry.names.includes(key)) points = Math.max(points, 150);
  if (weights.every(Boolean)) {
    const [, title] = entry.weighed[0];
    const sum = weights.reduce((a, b) => a + b, 0) / asked.length;
    points = Math.max(points, 5 * sum + (20 * asked.length) / (asked.length + title.length));
  }
  return points;
}

/** The entries that answer a query, best first. With no whole answer, those that have most of its words. */
function find(prepared, query) {
  let found = prepared.map((entry) => [score(entry, query), entry]).filter(([points]) => points > 0);
  if (!found.length) {
    const asked = words(query).filter((word) => !SMALL_WORDS.has(word));
    const share = (entry) => asked.filter((word) => weigh(entry, word) > 2).length / asked.length;
    found = prepared.map((entry) => [share(entry), entry]).filter(([points]) => asked.length > 1 && points >= 0.5);
  }
  return found.sort(([a], [b]) => b - a).map(([, entry]) => entry);
}

if (typeof module !== "undefined") module.exports = { prepare, find, compact, words };
