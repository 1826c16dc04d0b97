// The form of the live page. Only Draw loads anything; Python and Graphviz run in a worker.
(() => {
  const self = document.currentScript;
  const files = JSON.parse(self.dataset.files);
  const worker_address = new URL("sweep-worker.mjs", self.src);
  const form = document.querySelector(".sweep-form");
  const part = (selector) => form.querySelector(selector);
  const { formula, point, example, cancel } = form.elements;
  const [progress, state, error, inputs] = ["progress", ".sweep-state", ".sweep-error", ".sweep-inputs"].map(part);
  const stage = document.querySelector(".sweep-stage");
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  const total = Object.values(files).reduce((sum, size) => sum + size, 0);
  const about = `Draw loads Python, ${megabytes(total)} MB, from this site, once.`;

  let worker = null, ready = false, waiting = null, busy = false, number = 0;
  let lead = null;

  const say = (text) => (state.textContent = text);
  const complain = (text) => {
    error.textContent = text;
    stage.classList.toggle("old", Boolean(text));
  };
  const rest = () => {
    progress.hidden = cancel.hidden = true;
    busy = false;
  };
  const stop = (text) => {
    worker?.terminate();
    worker = waiting = null;
    ready = false;
    rest();
    say(text);
  };

  // One question at a time; of those that come meanwhile, the last.
  const ask = (question) => {
    complain("");
    waiting = question;
    if (!worker) load();
    else if (ready && !busy) send();
  };
  const send = () => {
    if (!waiting) return;
    const question = { ...waiting, id: ++number, from: performance.now() };
    waiting = null;
    busy = true;
    cancel.hidden = false;
    worker.onmessage = ({ data }) => receive(data, question);
    worker.postMessage({ id: question.id, formula: question.formula, point: question.point });
  };

  const load = () => {
    if (location.protocol === "file:") {
      complain("Drawing needs a web server: a page that was opened from a disk may not start Python.");
      return;
    }
    worker = new Worker(worker_address, { type: "module" });
    worker.onerror = () => fail("Python could not be started.");
    worker.onmessage = ({ data }) => {
      if (data.loaded) {
        progress.value = data.loaded;
        say(data.loaded < total ? `${megabytes(data.loaded)} of ${megabytes(total)} MB` : "Python starts");
      }
      if (data.failed) fail(`Python could not be loaded: ${data.failed}. It needs a connection to this site.`);
      if (data.ready) {
        ready = true;
        rest();
        say("");
        send();
      }
    };
    progress.max = total;
    progress.value = 0;
    progress.hidden = cancel.hidden = false;
    say(`0.0 of ${megabytes(total)} MB`);
    worker.postMessage({ files: Object.keys(files) });
  };
  const fail = (text) => {
    stop("");
    complain(text);
  };

  const receive = ({ answer, failed }, question) => {
    rest();
    if (failed) return fail(`Python gave up: ${failed}. Draw starts it again.`);
    if (answer.error) complain(answer.error[0].toUpperCase() + answer.error.slice(1) + ".");
    else {
      const step = lead?.step === lead?.last || !question.moved ? Infinity : lead.step;
      stage.innerHTML = answer.html;
      lead = window.leadThrough(stage.querySelector(".sweep"), step);
      say(`Drawn in ${Math.round(performance.now() - question.from)} ms.`);
      if (!question.moved) offer(answer.inputs);
      if (!question.moving) share(question);
    }
    send();
  };

  // A view can be shared: formula and point stand in the address.
  const share = ({ formula, point }) =>
    history.replaceState(null, "", `?${new URLSearchParams({ formula, point })}`);

  // A slider for every number of every input.
  const offer = (values) => {
    const text = (value) => (Array.isArray(value) ? `[${value.map(text).join(", ")}]` : String(value));
    const change = (moving) => {
      point.value = Object.entries(values).map(([name, value]) => `${name} = ${text(value)}`).join(", ");
      ask({ formula: formula.value, point: point.value, moved: true, moving });
    };
    const slider = (name, row, column) => {
      const one = row === undefined;
      const label = document.createElement("label");
      const range = document.createElement("input");
      const get = () => (one ? values[name] : values[name][row][column]);
      const title = () => `${name}${one ? "" : `[${row + 1}, ${column + 1}]`} = ${get()}`;
      const span = 2 * Math.max(1, Math.abs(get()));
      const caption = document.createTextNode(title());
      Object.assign(range, { type: "range", min: get() - span, max: get() + span, step: span / 100, value: get() });
      const set = (moving) => {
        const value = Number(Number(range.value).toPrecision(6));
        if (one) values[name] = value;
        else values[name][row][column] = value;
        caption.data = title();
        change(moving);
      };
      range.addEventListener("input", () => set(true));
      range.addEventListener("change", () => set(false));
      label.append(caption, range);
      return label;
    };
    const sliders = Object.entries(values).flatMap(([name, value]) =>
      Array.isArray(value) ? value.flatMap((row, i) => row.map((_, j) => slider(name, i, j))) : [slider(name)],
    );
    inputs.replaceChildren(...sliders);
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask({ formula: formula.value, point: point.value });
  });
  cancel.addEventListener("click", () => stop(`Cancelled. ${about}`));
  example.addEventListener("change", () => {
    const chosen = example.selectedOptions[0].dataset;
    if (!chosen.formula) return;
    formula.value = chosen.formula;
    point.value = chosen.point;
    if (ready) ask({ formula: formula.value, point: point.value });
  });

  const shared = new URLSearchParams(location.search);
  if (shared.has("formula")) {
    formula.value = shared.get("formula");
    point.value = shared.get("point") ?? "";
  }
  say(about);
  form.hidden = false;
})();
