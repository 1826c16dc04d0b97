// <autodiff-derivation>: a derivation that is checked in the browser of whoever reads it, on any site.
//   <script type="module" src="https://SITE/_static/autodiff-derivation.mjs"></script>
//   <autodiff-derivation>d(x @ x)
//   = 2 * x @ d(x)</autodiff-derivation>
// With function="..." instead of lines, the machine derives. Python is loaded when the button is pressed,
// or with the attribute auto as soon as the derivation comes into view; all elements of a page share it.

const site = new URL("./", import.meta.url);
const STYLE = `
:host { display: block; margin: 1em 0; }
button { font: inherit; font-size: 0.9em; padding: 0.2em 0.8em; }
pre, .frame { overflow-x: auto; margin: 0 0 0.5em; }
.derivation-given, .derivation-reason, .own-summary, .own-wrong { font-size: 0.85em; opacity: 0.85; margin: 0.2em 0; }
.derivation-right { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.6em; }
.derivation-reason p, .own-why p { margin: 0; }
.own-mark { width: 1em; flex: none; }
.own-mark:empty::before { content: "·"; }
.own-wrong { flex-basis: 100%; }
div.math { overflow-x: auto; padding: 0.3em 0; min-width: 0; }
math[display="block"] { display: inline math; }
.holds { color: #1a7f4e; } .fails, .own-wrong { color: #b04a00; }
@media (prefers-color-scheme: dark) { .holds { color: #5fc794; } .fails, .own-wrong { color: #f0a060; } }
`;

const FILES = [
  "pyodide.mjs", "pyodide-lock.json", "pyodide.asm.mjs.gz", "pyodide.asm.wasm.gz", "python.bin.gz", "temml.js.gz",
];

// One worker for all elements; it takes one question at a time.
let started, last = Promise.resolve(), number = 0;
const worker = () =>
  (started ??= new Promise((go, stop) => {
    // A worker has the origin of its page, so that a script of this one imports that of the site.
    const url = JSON.stringify(new URL("own-worker.mjs", site).href);
    const script = `import(${url}).then(() => postMessage({ awake: true }), (e) => postMessage({ failed: e.message }));`;
    const made = new Worker(URL.createObjectURL(new Blob([script], { type: "text/javascript" })), { type: "module" });
    made.onerror = () => stop(new Error("the worker did not start"));
    made.onmessage = ({ data }) => {
      if (data.awake) made.postMessage({ files: Object.fromEntries(FILES.map((name) => [name, 0])) });
      if (data.ready) go(made);
      if (data.failed) stop(new Error(data.failed));
    };
  }));
const ask = (question, receive) =>
  (last = last.catch(() => {}).then(async () => {
    const python = await worker();
    const mine = ++number;
    await new Promise((done, fail) => {
      python.onmessage = ({ data }) => {
        if (data.failed) fail(new Error(data.failed));
        else if (data.number === mine) data.part.done ? done() : receive(data.part);
      };
      python.postMessage({ question, number: mine });
    });
  }));

class Derivation extends HTMLElement {
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const text = (this.getAttribute("function") ?? this.textContent).trim();
    const shown = document.createElement("div");
    const source = document.createElement("pre");
    source.textContent = text;
    shown.append(source);
    const state = document.createElement("p");
    state.className = "own-summary";
    state.setAttribute("role", "status");
    const button = document.createElement("button");
    button.textContent = this.hasAttribute("function") ? "Derive it here" : "Check it here";
    root.append(shown, button, state);
    button.onclick = () => this.check(text, { shown, button, state });
    if (this.hasAttribute("auto"))
      new IntersectionObserver((entries, observer) => {
        if (!entries.some((entry) => entry.isIntersecting)) return;
        observer.disconnect();
        button.click();
      }).observe(this);
  }

  async check(text, { shown, button, state }) {
    button.disabled = true;
    state.textContent = "Python starts.";
    const derive = this.hasAttribute("function");
    const question = {
      way: derive ? "derive" : "lines",
      [derive ? "function" : "lines"]: text,
      variables: this.getAttribute("variables") ?? "",
    };
    let holds = false;
    try {
      await ask(question, (part) => {
        if (part.error) state.textContent = `${part.error}${part.line && !derive ? ` (line ${part.line})` : ""}`;
        if (part.html !== undefined) {
          shown.innerHTML = part.html;
          button.hidden = true;
        }
        if (part.verdict) this.mark(shown, part.verdict);
        if (part.summary) {
          state.textContent = part.summary;
          state.classList.toggle("fails", !(holds = part.holds));
        }
      });
    } catch (error) {
      state.textContent = `Python could not be loaded: ${error.message}.`;
      started = undefined;
    }
    button.disabled = false;
    this.dispatchEvent(new CustomEvent("checked", { detail: { holds }, bubbles: true }));
  }

  mark(shown, { line, holds, words }) {
    const mark = shown.querySelector(`.own-mark[data-line="${line}"]`);
    mark.classList.add(holds ? "holds" : "fails");
    mark.textContent = holds ? "✓" : "✗";
    mark.title = words;
    if (holds) return;
    const wrong = document.createElement("p");
    wrong.className = "own-wrong";
    wrong.textContent = words;
    mark.parentNode.append(wrong);
  }
}
customElements.define("autodiff-derivation", Derivation);
