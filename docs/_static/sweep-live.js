// Only Draw loads Python, into a worker.
(() => {
  const script = document.currentScript;
  const { about } = script.dataset;
  const files = JSON.parse(script.dataset.files);
  const form = document.querySelector(".sweep-form");
  const stage = document.querySelector(".sweep-stage");
  const { formula, point, cancel } = form.elements;
  const [example, state, progress, error, inputs] = form.querySelectorAll("select, span, progress, p, .sweep-inputs");
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  const total = Object.values(files).reduce((sum, size) => sum + size);

  let worker, ready, busy, waiting, lead;

  const say = (text) => (state.textContent = text);
  const complain = (text) => {
    if (text) say("");
    error.textContent = text;
    stage.classList.toggle("old", text);
  };
  const wait = (yes, loading = false) => {
    busy = yes;
    cancel.hidden = progress.hidden = !loading;
  };
  const stop = () => {
    worker?.terminate();
    worker = waiting = ready = null;
    wait(false);
  };

  // One question at a time; of those that come meanwhile, the last.
  const ask = (question) => {
    error.textContent = "";
    waiting = question;
    if (!worker) load();
    else if (!busy) send();
  };
  const send = () => {
    if (!waiting) return;
    const question = { ...waiting, start: performance.now() };
    waiting = null;
    wait(true);
    worker.onmessage = ({ data }) => receive(data, question);
    worker.postMessage(question);
  };

  const load = () => {
    if (location.protocol === "file:")
      return complain("Drawing needs a web server: from a disk, no page may start Python.");
    const fail = (reason) => {
      stop();
      complain(`Python could not be loaded: ${reason}. It needs a connection to this site.`);
    };
    worker = new Worker(new URL("sweep-worker.mjs", script.src), { type: "module" });
    worker.onerror = () => fail("the worker did not start");
    worker.onmessage = ({ data }) => {
      if (data.failed) fail(data.failed);
      else if (data.ready) {
        ready = true;
        wait(false);
        send();
      } else {
        progress.value = data.loaded;
        say(data.loaded < total ? `${megabytes(data.loaded)} of ${megabytes(total)} MB` : "Python starts");
      }
    };
    progress.max = total;
    progress.value = ready = 0;
    wait(true, true);
    worker.postMessage({ files });
  };

  const receive = ({ answer, failed }, { moved, start, shared }) => {
    wait(false);
    if (failed) {
      stop();
      complain(`Python gave up: ${failed}. Draw starts it again.`);
    } else if (answer.error) complain(answer.error);
    else {
      complain("");
      const stay = moved && lead.value !== lead.max;
      stage.innerHTML = answer.html;
      lead = leadThrough(stage.firstChild, stay ? lead.value : Infinity);
      say(`Drawn in ${Math.round(performance.now() - start)} ms.`);
      if (!moved && shared === view()) offer(answer.inputs);
      if (moved !== "input") history.replaceState(0, "", shared);
    }
    send();
  };
  const view = () => `?${new URLSearchParams(new FormData(form))}`;
  const built = view();
  // A slider moves the point: "input" while it is dragged, then "change".
  const draw = (moved) => ask({ formula: formula.value, point: point.value, moved, shared: view() });

  // A slider for every number; a matrix is an array of rows.
  const offer = (values) => {
    const slider = (name, row, key) => {
      const label = document.createElement("label");
      const range = document.createElement("input");
      const show = () => (label.firstChild.data = `${name} = ${row[key]}`);
      const value = row[key], span = 2 * Math.max(1, Math.abs(value));
      Object.assign(range, { type: "range", min: value - span, max: value + span, step: span / 100, value });
      range.oninput = range.onchange = ({ type }) => {
        row[key] = Number(Number(range.value).toPrecision(6));
        show();
        point.value = Object.entries(values).map(([x, value]) => `${x} = ${JSON.stringify(value)}`).join(", ");
        draw(type);
      };
      label.append("", range);
      show();
      return label;
    };
    const sliders = Object.entries(values).flatMap(([name, value]) =>
      Array.isArray(value)
        ? value.flatMap((row, i) => row.map((_, j) => slider(`${name}[${i + 1}, ${j + 1}]`, row, j)))
        : [slider(name, values, name)],
    );
    inputs.replaceChildren(...sliders);
  };

  form.onsubmit = (event) => {
    event.preventDefault();
    draw();
  };
  cancel.onclick = () => {
    stop();
    formula.focus();
    say(`Cancelled. ${about}`);
  };
  // A slider would write over what is typed.
  formula.oninput = point.oninput = () => inputs.replaceChildren();
  const fill = (texts) => {
    formula.value = texts.formula ?? formula.value;
    point.value = texts.point ?? point.value;
    if (ready) return draw();
    stage.classList.toggle("old", view() !== built);
    say(view() === built ? about : `Press Draw to see ${formula.value}. ${about}`);
  };
  example.onchange = () => fill(example.selectedOptions[0].dataset);

  fill(Object.fromEntries(new URLSearchParams(location.search)));
  form.hidden = false;
})();
