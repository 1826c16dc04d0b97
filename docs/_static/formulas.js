// Formulas that are copied: text with LaTeX between dollars, and HTML with MathML.
(() => {
  "use strict";
  // What a character is called in LaTeX; words of several letters that LaTeX knows.
  const NAMES = Object.fromEntries(
    ("α alpha β beta γ gamma δ delta ε varepsilon ϵ epsilon ζ zeta η eta θ theta κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma τ tau φ varphi ϕ phi χ chi ψ psi ω omega " +
      "Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega ∂ partial ∇ nabla ∞ infty ℓ ell ⊤ top ∑ sum ∏ prod ∫ int ∈ in × times ⟨ langle ⟩ rangle ‖ | ≠ neq ⊙ odot ⊗ otimes ⊘ oslash ≻ succ ⪰ succeq ⋅ cdot · cdot " +
      "→ to ↦ mapsto ≤ leq ≥ geq ± pm ∘ circ ≈ approx ≅ cong ≡ equiv ∀ forall … dots ⋯ cdots { { } } & & % % # # _ _").split(" ").map((word, i, words) => (i % 2 ? [] : [word, `\\${words[i + 1]}`])).filter((pair) => pair.length),
  );
  const KNOWN = new Set("log ln exp sin cos tan sinh cosh tanh arcsin arccos arctan det max min sup inf lim dim ker".split(" "));
  const LIMITS = new Set("max min sup inf lim det".split(" "));
  const PLAIN = { "−": "-", "∗": "*", "′": "'", "″": "''", "‴": "'''", "⁗": "''''", "\u2061": "", "\u2062": "", "\u00a0": "\\ " };
  const ACCENTS = { "‾": "overline", "¯": "bar", "˙": "dot", "¨": "ddot", "^": "hat", "ˆ": "hat", "~": "tilde", "˜": "tilde", "→": "vec" };
  const SPACES = [[0.15, "\\,"], [0.2, "\\:"], [0.25, "\\;"], [0.9, "\\quad "], [1.9, "\\qquad "]];
  const FENCES = /^[([{|‖⟨)\]}⟩]$/;
  // The alphabets of mathematics, by their first characters.
  const ALPHABETS = [[0x1d400, "mathbf"], [0x1d434, ""], [0x1d49c, "mathcal"], [0x1d504, "mathfrak"], [0x1d538, "mathbb"], [0x1d56c, "mathbf"], [0x1d5a0, "mathsf"], [0x1d670, "mathtt"], [0x1d6a4, ""], [0x1d7ce, "mathbf"]];

  /** LaTeX for the text of a leaf; an operator may be a single letter. */
  function word(text, upright, operator = false) {
    const letters = [...text.replace(/\ufe00/g, "")];
    if ((operator || letters.length > 1) && /^[A-Za-z ]+$/.test(text)) return KNOWN.has(text) ? `\\${text}` : `\\operatorname{${text}}`;
    return letters.map((letter) => {
      if (letter in PLAIN) return PLAIN[letter];
      if (letter in NAMES) return NAMES[letter];
      const plain = letter.normalize("NFKD");
      const alphabet = plain === letter ? "" : /[\u2100-\u214f]/.test(letter) ? "mathbb" : ALPHABETS.findLast(([first]) => letter.codePointAt(0) >= first)?.[1];
      if (alphabet) return `\\${alphabet}{${plain}}`;
      return upright && /[A-Za-z]/.test(letter) ? `\\mathrm{${letter}}` : plain === letter ? letter : plain;
    }).reduce(join, "");
  }

  /** Two pieces of LaTeX, with a space where the first would swallow the second. */
  const join = (one, other) => (/\\[A-Za-z]+$/.test(one) && /^[A-Za-z]/.test(other) ? `${one} ${other}` : one + other);
  const row = (parts) => [...parts].map(tex).reduce(join, "");
  const group = (part) => {
    const text = tex(part).trim();
    return /^(.|\\[A-Za-z]+)$/su.test(text) && !KNOWN.has(text.slice(1)) ? text : `{${text}}`;
  };
  const raised = (part) => (/^'+$/.test(tex(part)) ? tex(part) : `^${group(part)}`);
  const stretches = (part) => part?.localName === "mo" && part.getAttribute("stretchy") !== "false" && FENCES.test(part.textContent) && !part.hasAttribute("minsize");

  /** LaTeX for a part of a formula; LaTeX itself sets a space behind a sum. */
  function tex(part) {
    const [base, first, second] = part.children;
    switch (part.localName) {
      case "mi": return part.textContent === ":" ? "\\colon" : word(part.textContent.trim(), part.getAttribute("mathvariant") === "normal");
      case "mn": return part.textContent;
      case "mtext": return part.textContent === "\u00a0" ? "\\ " : `\\text{${escape(part.textContent)}}`;
      case "mspace": return /^[∑∏]/.test(part.previousElementSibling?.textContent) && part.previousElementSibling.children.length ? "" : SPACES.findLast(([width]) => parseFloat(part.getAttribute("width")) >= width)?.[1] ?? "";
      case "mo": {
        const text = word(part.textContent.trim(), false, true);
        const size = { 1: "\\big", 1.2: "\\big", 1.623: "\\Big", 1.8: "\\Big", 2.047: "\\bigg", 2.4: "\\bigg" }[parseFloat(part.getAttribute("minsize"))];
        return size ? size + text : /^(=|\+|-|[<>]|\\(in|neq|leq|geq|succ|succeq|to|mapsto|approx|cong|times|otimes|odot|oslash|pm))$/.test(text) ? ` ${text} ` : text === "," ? ", " : text;
      }
      case "mfrac": return `\\${part.getAttribute("displaystyle") === "false" ? "t" : ""}frac{${tex(base)}}{${tex(first)}}`;
      case "msqrt": return `\\sqrt{${row(part.children)}}`;
      case "mroot": return `\\sqrt[${tex(first)}]{${tex(base)}}`;
      case "msub": return `${below(base)}_${group(first)}`;
      case "msup": return `${below(base)}${raised(first)}`;
      case "munder": return LIMITS.has(base.textContent) || /[∑∏∫]/.test(base.textContent) ? `${tex(base)}_${group(first)}` : `\\underset{${tex(first)}}{${tex(base)}}`;
      case "mover": {
        const accent = ACCENTS[first.textContent];
        return accent ? `\\${accent}{${tex(base)}}` : `${tex(base)}^${group(first)}`;
      }
      case "msubsup":
      case "munderover": return `${below(base)}_${group(first)}${raised(second)}`;
      case "mtable": {
        const name = part.getAttribute("displaystyle") === "true" ? "aligned" : "matrix";
        const rows = [...part.children].map((line) => [...line.children].map((cell) => row(cell.children).trim()).join(" & "));
        return `\\begin{${name}} ${rows.join(" \\\\ ")} \\end{${name}}`;
      }
      default: {
        const parts = [...part.children];
        const last = parts.at(-1);
        if (parts.length < 2 || !stretches(base) || !stretches(last)) return row(parts);
        return `\\left${tex(base)} ${row(parts.slice(1, -1)).trim()} \\right${tex(last)}`;
      }
    }
  }

  /** What has an index: in braces if it has several parts, none of them a fence around the others. */
  const fenced = ({ localName, firstElementChild: first, lastElementChild: last }) =>
    localName === "mrow" && first !== last && [first, last].every((part) => part?.localName === "mo" && FENCES.test(part.textContent));
  const below = (base) => (/^(mi|mn|mo|mover)$/.test(base.localName) || fenced(base) ? tex(base).trim() : `{${tex(base)}}`);
  const latex = (math) =>
    row(math.children).replaceAll("\\cdot\\cdot\\cdot", "\\cdots").replaceAll("...", "\\dots").replace(/([([{]) ([-+]) /g, "$1$2").replace(/ {2,}/g, " ").trim();
  const escape = (text) => text.replace(/[%&#_]/g, "\\$&");

  /** The lines of a chain of equations, aligned, each with its reason. */
  function chain(rows) {
    const lines = [];
    for (const cell of rows.children) {
      const math = cell.querySelector("math");
      if (cell.matches(".derivation-left")) lines.push(latex(math));
      else if (cell.matches(".derivation-right")) {
        const text = `&${latex(math)}`;
        if (lines.length && !lines.at(-1).includes("&")) lines.push(`${lines.pop()} ${text}`);
        else lines.push(text);
      } else if (cell.textContent.trim() && lines.length) lines.push(`${lines.pop()} &&\\text{${reason(cell).trim()}}`);
    }
    return `\\begin{align*}\n${lines.join(" \\\\\n")}\n\\end{align*}`;
  }
  const reason = (part) =>
    part.localName === "math" ? `$${latex(part)}$` : part.data ? escape(part.data) : [...part.childNodes].map(reason).join("");
  const CHAIN = ".derivation-chain";
  window.derivationAsLatex = (derivation) => [...derivation.querySelectorAll(CHAIN)].map(chain).join("\n");

  /** A copy of what is selected, formulas whole. */
  function selected(range) {
    const inside = (node) => (node.closest ? node : node.parentElement).closest("math");
    const [begun, ended] = [inside(range.startContainer), inside(range.endContainer)];
    if (begun) range.setStartBefore(begun);
    if (ended) range.setEndAfter(ended);
    const around = range.commonAncestorContainer;
    const box = around.matches?.(CHAIN) ? around.cloneNode(false) : document.createElement("div");
    box.append(range.cloneContents());
    box.querySelectorAll(".headerlink, button, script").forEach((part) => part.remove());
    box.querySelectorAll("[href], [src]").forEach((part) => { for (const name of ["href", "src"]) if (part[name] && part.hasAttribute(name)) part.setAttribute(name, part[name]); });
    if (!box.matches(CHAIN)) return box;
    const whole = document.createElement("div");
    whole.append(box);
    return whole;
  }

  /** The text of a copy, as a page would show it. */
  function plain(box) {
    box.querySelectorAll(CHAIN).forEach((rows) => {
      const lines = document.createElement("pre");
      lines.textContent = chain(rows);
      rows.replaceWith(lines);
    });
    box.querySelectorAll("math").forEach((math) => {
      const dollars = math.getAttribute("display") === "block" ? "$$" : "$";
      math.replaceWith(dollars + latex(math) + dollars);
    });
    box.style = "position: fixed; left: -99em; width: 90em";
    document.body.append(box);
    const text = box.innerText;
    box.remove();
    return text;
  }

  document.addEventListener("copy", (event) => {
    const selection = getSelection();
    if (selection.isCollapsed || event.target.closest?.("input, textarea")) return;
    const box = document.createElement("div");
    for (let i = 0; i < selection.rangeCount; i++) box.append(...selected(selection.getRangeAt(i).cloneRange()).childNodes);
    if (!box.querySelector("math")) return;
    event.preventDefault();
    event.clipboardData.setData("text/html", box.innerHTML);
    event.clipboardData.setData("text/plain", plain(box));
  });

  window.formulaAsLatex = latex;
})();
