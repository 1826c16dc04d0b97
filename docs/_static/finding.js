// Finds entries of the catalogue for what somebody types: words, code, LaTeX, or a number of an equation.
"use strict";

const GREEK = { α: "alpha", β: "beta", ε: "epsilon", λ: "lambda", μ: "mu", σ: "sigma", Σ: "sigma", Λ: "lambda", π: "pi", φ: "phi" };
const SMALL_WORDS = new Set(
  "a an and at backprop backpropagation backward by d derivative derivatives df diff differentiate dx f for formula function functional grad gradient gradients how is its linalg nn of on respect the through to torch w.r.t wrt what with".split(" "),
);
// What one person writes in one word, another in several.
const SAME = {
  logdet: "log det", slogdet: "log abs det", logabsdet: "log abs det", determinant: "det", logarithm: "log", trace: "tr",
  inverse: "inv", inversion: "inv", pinv: "pseudoinverse", svd: "singular", expm: "exponential", exp: "exponential",
  eig: "eigen", eigh: "eigen", kron: "kronecker", eqn: "eq", equation: "eq", eqs: "eq", nll: "likelihood",
  element: "entry", elements: "entry", component: "entry", components: "entry", normalization: "normalise", normalize: "normalise", regularized: "regularised", matmul: "product", kl: "kullback",
};

// A word of a formula, in contrast to letters that stand for something.
const SIGNS = new Set(
  "abs cof cos cosh det diag exp had huber inv kron log logsumexp max min re sign sin sinh softmax softplus sqrt sum tan tanh tr vec T H".split(" "),
);

/** A formula without its typography: LaTeX, Python and Unicode of one formula agree. */
function plain(text) {
  return text
    .replace(/\b(?:determinant|trace|inverse|logarithm|exponential|log det|logdet) of (?:the )?/gi, (word) => `${SAME[word.split(" ")[0].toLowerCase()] ?? "log det"} `)
    .replace(/^(?:solve|minimi[sz]e|maximi[sz]e|gradient of|derivative of) /, "").replace(/∑/g, "\\sum ").replace(/∏/g, "\\prod ")
    .replace(/\\[dt]?frac\{\s*(?:\\partial|d)\s*([^{}]*)\}\{\s*(?:\\partial|d)\s*[^{}]*\}/g, "$1").replace(/(?:\\nabla|∇)(?:_\{?\w+\}?)?|[∂d]\s*\/\s*[∂d]\s*\w+/g, "")
    .replace(/torch\.(?:linalg\.)?|np\.|jnp\./g, "").replace(/(\w+|\([^()]*\))\.(trace|det|logdet|slogdet|inverse|abs|sum|exp|log)\(\)/g, "$2($1)")
    .replace(/⁻¹/g, "^{-1}").replace(/\^?\{?(ᵀ|⊤|\.mT|\.T\b|\\top|\\mathsf\{T\}|'|\^T\b)\}?/g, "^T ").replace(/\^?\{?(ᴴ|\.mH|\.H\b|\\mathsf\{H\})\}?/g, "^H ")
    .replace(/²/g, "^2").replace(/⊗|\\otimes/g, " kron ").replace(/⊙|∘|\\odot|\\circ/g, " had ").replace(/\\[lr]vert/g, "|").replace(/∥|‖|\\lVert|\\rVert|\\\||\|\|/g, "‖")
    .replace(/\*\*/g, "^").replace(/_\{?\*\}?/g, "star").replace(/([A-Z])\s*\*\s*([A-Z])/g, "$1 had $2").replace(/[αβελμσΣΛπφ]/g, (letter) => ` ${GREEK[letter]} `)
    .replace(/\\operatorname|\\math\w+|\\left|\\right|\\,|\\d\b/g, " ").replace(/\\?\bln\b/g, "log ")
    .replace(/\binv(?:erse)?\(([^()]*)\)/g, "($1)^{-1}").replace(/\btrace\b/gi, "tr").replace(/\bTr\b/g, "tr").replace(/slogdet|logabsdet/g, "log|det|").replace(/logdet/g, "log det")
    .normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[−–]/g, "-")
    .replace(/\^\{?\(?(-?[A-Za-z0-9]+)\)?\}?/g, "^$1").replace(/\b([A-Z])(?:\s*@\s*|\s+)\1\b(?!\^)/g, "$1^2");
}

/** A formula as letters, digits and few signs. */
function compact(text) {
  return plain(text).replace(/[^A-Za-z0-9^‖|+\-/=]/g, "");
}

/** A formula whose letters are numbered as they come, so that other letters make no other formula; "" for a text with words. */
function shape(text) {
  let words = false;
  const numbers = new Map();
  const letter = (name) => {
    if (!numbers.has(name)) numbers.set(name, `${/^[A-Z]/.test(name) ? "M" : "v"}${numbers.size}`);
    return numbers.get(name);
  };
  const named = new Set(Object.values(GREEK));
  const numbered = plain(text).replace(/\^[TH]\b|[A-Za-z]+/g, (word) => {
    if (word[0] === "^" || SIGNS.has(word.toLowerCase()) || word === "e" || word === "I") return word;
    if (named.has(word)) return letter(word);
    words ||= word.length > 3;
    return [...word].map(letter).join("");
  }).replace(/[^A-Za-z0-9^‖|+\-/=]/g, "");
  return words ? "" : numbered;
}

/** The words of a text, in one form each. */
function words(text) {
  return text
    .normalize("NFKD").replace(/[\u0300-\u036f]/g, "").replace(/[αβελμσΣΛπφ]/g, (letter) => ` ${GREEK[letter]} `).toLowerCase()
    .replace(/isation|ization/g, "isation").replace(/ise\b|ize\b/g, "ise")
    .split(/[^a-z0-9.]+/).map((word) => word.replace(/^\.+|\.+$/g, "")).filter(Boolean)
    .flatMap((word) => (SAME[word] ?? word).split(" "))
    .flatMap((word) => (word.includes(".") && !/^\d/.test(word) ? word.split(".") : [word]))
    .flatMap((word) => (/^non\w{5}/.test(word) ? ["not", word.slice(3)] : [word]))
    .map((word) => (word.length > 4 ? word.replace(/ies$/, "y").replace(/(?<!s)s$/, "") : word));
}

/** The words that say something: "matrix" says little here, beside others. */
function telling(text) {
  const told = words(text).filter((word) => !SMALL_WORDS.has(word));
  const others = told.filter((word) => word !== "matrix");
  return others.length ? others : told;
}

/** Formulas, and what stands in those that were made a number by an inner product. */
function opened(formulas) {
  return formulas.flatMap((text) => [text, ...(/^\\langle\s*\w+\s*,(.*)\\rangle$/.exec(text)?.slice(1) ?? [])]);
}

/** An entry, prepared: its formulas compact, its words in order of their weight. */
function prepare(entry) {
  const fields = [
    [12, entry.title], [12, entry.also.join(" ; ")], [10, entry.name.replaceAll("-", " ")], [9, entry.source],
    [3, entry.group], [3, entry.code], [2, entry.words],
  ];
  return {
    ...entry,
    typed: [...opened(entry.formulas), ...entry.also].map(compact),
    formulas: [...opened(entry.formulas), ...entry.also].map((text) => compact(text).toLowerCase()),
    shapes: opened(entry.formulas).map(shape).filter(Boolean),
    gradients: entry.gradients.map((text) => compact(text).toLowerCase()),
    names: [entry.title, entry.name.replaceAll("-", " "), ...entry.also].map((text) => telling(text).join(" ")),
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
  const typed = compact(query);
  const formula = typed.toLowerCase();
  let points = formula.length > 1 && entry.formulas.includes(formula) ? 200 : 0;
  if (points && entry.typed.includes(typed)) points += 10;
  if (/[(^@*_=\\‖'|+/-]|[⁻ᵀ⊤²]|^[A-Za-z]{1,2} [A-Za-z]/.test(query) && formula.length > 1) {
    for (const other of entry.formulas) {
      if (other.includes(formula)) points = Math.max(points, 60 + (40 * formula.length) / other.length);
    }
    for (const form of new Set([shape(query), shape(query.replace(/\bI\b/g, "A"))])) {
      for (const other of entry.shapes) {
        if (form && other === form) points = Math.max(points, 110);
        else if (form.length > 4 && other.startsWith(form)) points = Math.max(points, 50 + (20 * form.length) / other.length);
      }
    }
    if (entry.gradients.some((other) => other.includes(formula))) points = Math.max(points, 40);
  }
  const asked = telling(query);
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

/** The part of its words, of more than one letter, that an entry has; where two have as many, their weight decides. */
function share(entry, asked) {
  const weights = asked.filter((word) => word.length > 1).map((word) => weigh(entry, word)).map((w) => (w > 2 ? 1 + w / 1000 : 0));
  return weights.length > 1 ? weights.reduce((a, b) => a + b) / weights.length : 0;
}

/** The entries that answer a query, best first. Where they are few, those that have most of its words follow. */
function find(prepared, query) {
  const best = (entries, least) =>
    entries.filter(([points]) => points >= least).sort(([a], [b]) => b - a).map(([, entry]) => entry);
  const found = best(prepared.map((entry) => [score(entry, query), entry]), 0.1);
  if (found.length >= 5) return found;
  const asked = telling(query);
  const others = prepared.filter((entry) => !found.includes(entry)).map((entry) => [share(entry, asked), entry]);
  return [...found, ...best(others, found.length ? 0.6 : 0.5)];
}

if (typeof module !== "undefined") module.exports = { prepare, find, compact, words };
