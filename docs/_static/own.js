// Typing, or Answer, loads Python, into a worker.
(() => {
  const script = document.currentScript;
  const { about } = script.dataset;
  const files = JSON.parse(script.dataset.files);
  const root = new URL("../", script.src);
  const total = Object.values(files).reduce((sum, size) => sum + size);
  const form = document.querySelector(".own-form");
  const result = document.querySelector(".own-result");
  const { cancel, example } = form.elements;
  const [state, progress, error, chips, log] = ["state", "progress", "error", "chips", "log"].map((name) => form.querySelector(`.own-${name}`));
  const FIELDS = { derive: ["function"], lines: ["lines"], claim: ["function", "claim"] };
  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);
  const element = (name, properties = {}, ...parts) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...parts);
    return made;
  };

  let worker, ready, asked, busy, start, typing, cancelled;
  let free = ""; // by what entries a structured matrix moves, where an exercise says so
  let said = {}; // what the reader said of a letter: { X: "X in spd" }
  let number = 0;

  // The question, and the address that holds it

  const way = () => form.elements.way.value;
  const question = () => ({
    way: way(),
    ...Object.fromEntries(FIELDS[way()].map((name) => [name, form.elements[name].value])),
    variables: Object.values(said).join("\n"),
    free: way() === "claim" ? free : "",
  });
  const address = () => {
    const texts = Object.entries(question()).filter(([, text]) => text);
    return `#${new URLSearchParams(texts)}`;
  };
  const fill = (texts) => {
    for (const name of ["way", "function", "lines", "claim"]) {
      const text = texts.get(name);
      if (text !== null && (name !== "way" || text in FIELDS)) form.elements[name].value = text;
    }
    free = texts.get("free") ?? "";
    said = {};
    for (const line of (texts.get("variables") ?? "").split("\n")) {
      const name = /^\s*(?:constant\s+)?(\w+(?:\s*,\s*\w+)*)\s+in\s/.exec(line)?.[1];
      if (name) said[name] = line;
    }
    show();
  };
  const show = () => {
    for (const label of form.querySelectorAll("[data-ways]")) label.hidden = !label.dataset.ways.split(" ").includes(way());
  };

  // The worker: one question at a time, and of those that come meanwhile the last

  const say = (text) => (state.textContent = text);
  const wait = (yes, loading = false) => {
    busy = yes;
    cancel.hidden = !yes;
    progress.hidden = !loading;
    result.setAttribute("aria-busy", yes);
  };
  const stop = () => {
    worker?.terminate();
    worker = ready = asked = null;
    wait(false);
  };
  const ask = () => {
    clearTimeout(typing);
    start = performance.now();
    asked = question();
    if (!worker) load();
    else if (ready) send();
  };
  const send = () => {
    if (!asked) return;
    wait(true);
    worker.postMessage({ question: asked, number: ++number });
    history.replaceState(0, "", address());
    asked = null;
  };
  const load = () => {
    if (location.protocol === "file:")
      return complain({ error: "An answer needs a web server: from a disk, no page may start Python." });
    const fail = (reason) => {
      stop();
      complain({ error: `Python could not be loaded: ${reason}. It needs a connection to this site, once.` });
    };
    worker = new Worker(new URL("own-worker.mjs", script.src), { type: "module" });
    worker.onerror = () => fail("the worker did not start");
    worker.onmessage = ({ data }) => {
      if (data.failed && !ready) fail(data.failed);
      else if (data.failed) {
        stop();
        complain({ error: `Python gave up: ${data.failed}. The next answer starts it again.` });
      } else if (data.ready) {
        ready = true;
        words = data.words;
        wait(false);
        send();
        navigator.serviceWorker?.register(new URL("own-offline.js", root), { scope: new URL("own.html", root).pathname });
      } else if (data.part) {
        if (data.number === number) receive(data.part);
      } else {
        progress.value = data.loaded;
        say(data.loaded < total ? `${megabytes(data.loaded)} of ${megabytes(total)} MB` : "Python starts");
      }
    };
    progress.max = total;
    progress.value = 0;
    wait(true, true);
    worker.postMessage({ files });
  };

  // The answer, part by part

  const complain = ({ error: problem, field: name = FIELDS[way()][0], line, column, offered }) => {
    say("");
    error.replaceChildren(problem, /[.?]$/.test(problem) ? "" : ".");
    result.classList.toggle("old", Boolean(result.firstChild));
    const field = form.elements[name];
    const text = field.value.split("\n")[(line || 1) - 1];
    for (const name of ["function", "lines", "claim"]) form.elements[name].removeAttribute("aria-invalid");
    field.setAttribute("aria-invalid", "true");
    if (column && text !== undefined) {
      const before = text.slice(0, column - 1);
      const [token] = /^(\w+|.|$)/.exec(text.slice(column - 1)) ?? [" "];
      error.append(element("pre", { tabIndex: 0 }, before, element("mark", {}, token || " "), text.slice(column - 1 + token.length)));
    }
    for (const declaration of offered ?? []) {
      error.append(" ", element("button", { type: "button", onclick: () => declare(declaration) }, declaration));
    }
  };
  const declare = (declaration) => {
    said[/(\w+)\s+in\s/.exec(declaration)[1]] = declaration;
    ask();
  };
  const receive = (part) => {
    if (part.error) complain(part);
    if (part.html !== undefined) draw(part);
    if (part.verdict) judge(part.verdict);
    if (part.more !== undefined) result.querySelector(".own-more").innerHTML += part.more;
    if (part.summary) conclude(part);
    if (part.done) {
      wait(false);
      if (!error.firstChild) {
        say(`Answered in ${Math.round(performance.now() - start)} ms.`);
        remember();
      }
      send();
    } else if (part.error) log.replaceChildren();
  };
  const draw = (part) => {
    error.replaceChildren();
    log.replaceChildren();
    for (const name of ["function", "lines", "claim"]) form.elements[name].removeAttribute("aria-invalid");
    result.hidden = false;
    result.classList.remove("old");
    chips.innerHTML = part.chips;
    const read = element("p", { className: "own-read" }, "Read as ", element("code", {}, part.function));
    for (const note of part.notes) read.append(`; ${note}`);
    const shown = element("div");
    shown.innerHTML = part.html;
    const whole = element("p", { className: "own-summary derivation-check" });
    result.replaceChildren(read, shown, whole, element("div", { className: "own-more" }), ...codes(part.codes ?? {}));
    if (part.latex) look(part.latex);
  };
  const judge = ({ line, holds, words }) => {
    const mark = result.querySelector(`.own-mark[data-line="${line}"]`);
    if (mark) {
      mark.classList.add(holds ? "holds" : "fails");
      mark.textContent = holds ? "✓" : "✗";
      mark.title = words;
      if (!holds) mark.parentNode.append(element("p", { className: "own-wrong" }, words));
    }
    log.append(element("p", {}, words));
  };
  const conclude = ({ holds, summary }) => {
    const whole = result.querySelector(".own-summary");
    whole.textContent = summary;
    whole.classList.toggle("fails", !holds);
    log.append(element("p", {}, summary));
  };

  const codes = (texts) =>
    Object.entries(texts).map(([language, text]) => {
      const copy = element("button", { type: "button" }, "Copy");
      copy.onclick = async () => {
        await navigator.clipboard.writeText(text);
        say(`${language} copied.`);
      };
      const code = element("pre", { tabIndex: 0 }, text);
      return element("details", { className: "own-code" }, element("summary", {}, language), copy, code);
    });

  // The entry of the catalogue, found as the search page finds it

  let entries;
  const fetched = () =>
    (entries ??= new Promise((found) => {
      window.catalogueTexts = (texts) => found(texts.map(prepare));
      const texts = () => document.head.append(element("script", { src: new URL("catalogue-texts.js", root) }));
      document.head.append(element("script", { src: new URL("_static/finding.js", root), onload: texts }));
    }));
  const look = async (latex) => {
    const mine = number;
    const scored = (await fetched()).map((entry) => [score(entry, latex), entry]).sort(([a], [b]) => b - a);
    const [[points, entry]] = scored;
    // Of equal formulas, or of equal ones with other letters.
    if (points < 110 || mine !== number) return;
    const link = element("a", { href: new URL(entry.address, root) }, entry.title);
    result.querySelector(".own-more").append(element("p", { className: "own-entry" }, "In the catalogue: ", link));
  };

  // Words are completed, with what they take; earlier questions are kept until the page is left

  let words = {};
  let chosen = -1;
  const earlier = new Map();
  const proposals = form.querySelector(".own-words");
  const before = (field) => /[A-Za-z_]\w*$/.exec(field.value.slice(0, field.selectionStart))?.[0] ?? "";
  const propose = (field) => {
    const begun = before(field);
    const fits = ([word]) => begun.length > 1 && word.startsWith(begun) && word !== begun;
    const found = Object.entries(words).filter(fits).slice(0, 6); // more would hide the page
    proposals.replaceChildren(
      ...found.map(([word, usage], place) => {
        const item = element("li", { id: `own-word-${place}` }, element("code", {}, word), ` ${usage}`);
        item.setAttribute("role", "option");
        item.onmousedown = (event) => {
          event.preventDefault();
          complete(field, word);
        };
        return item;
      }),
    );
    choose(field, -1);
  };
  const choose = (field, place) => {
    const items = [...proposals.children];
    proposals.hidden = !items.length;
    chosen = items.length ? Math.max(-1, Math.min(place, items.length - 1)) : -1;
    items.forEach((item, i) => item.setAttribute("aria-selected", i === chosen));
    if (chosen < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", items[chosen].id);
  };
  const complete = (field, word) => {
    const end = field.selectionStart;
    field.setRangeText(`${word}(`, end - before(field).length, end, "end");
    proposals.replaceChildren();
    choose(field, -1);
    field.focus();
  };
  const keyed = (event) => {
    const { key, target: field } = event;
    if (proposals.hidden) return false;
    if (key === "ArrowDown" || key === "ArrowUp") choose(field, chosen + (key === "ArrowDown" ? 1 : -1));
    else if ((key === "Enter" || key === "Tab") && chosen >= 0) complete(field, proposals.children[chosen].firstChild.textContent);
    else if (key === "Escape") {
      proposals.replaceChildren();
      choose(field, -1);
    } else return false;
    event.preventDefault();
    return true;
  };
  const remember = () => {
    const text = form.elements[FIELDS[way()][0]].value;
    earlier.set(address(), text);
    const links = [...earlier].reverse().map(([href, shown]) => element("li", {}, element("a", { href }, shown.split("\n")[0])));
    form.querySelector(".own-earlier").hidden = links.length < 2;
    form.querySelector(".own-earlier ol").replaceChildren(...links);
  };

  // What the reader does

  form.onsubmit = (event) => {
    event.preventDefault();
    cancelled = false;
    ask();
  };
  cancel.onclick = () => {
    stop();
    cancelled = true;
    form.elements[FIELDS[way()][0]].focus();
    say(`Cancelled. ${about}`);
  };
  form.addEventListener("input", ({ target }) => {
    if (target.tagName !== "TEXTAREA") return;
    if (!ready) {
      // Who types wants an answer; Python is loaded meanwhile, unless that was cancelled.
      if (worker || !cancelled) ask();
      return;
    }
    propose(target);
    clearTimeout(typing);
    typing = setTimeout(ask, 150); // milliseconds: a letter more may come
  });
  form.addEventListener("change", ({ target }) => {
    const chip = target.closest(".own-chip");
    if (chip) {
      const { name } = chip.dataset;
      const moves = chip.querySelector("[name=moves]")?.checked ?? true;
      said[name] = `${moves ? "" : "constant "}${name} in ${chip.querySelector("select").value}`;
      ask();
    } else if (target.name === "way") {
      show();
      if (ready) ask();
    } else if (target === example && example.value) {
      fill(new URLSearchParams(example.value));
      ask();
    }
  });
  for (const field of form.querySelectorAll("textarea"))
    field.addEventListener("keydown", (event) => {
      if (keyed(event)) return;
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey || field.name !== "lines") && !event.shiftKey) {
        event.preventDefault();
        ask();
      }
    });
  // "Try it" on another page gives the key of a text of this site; any other address holds the texts.
  const read = async () => {
    let texts = new URLSearchParams(location.hash.slice(1));
    const key = texts.get("try");
    if (key !== null) {
      const all = await (await fetch(new URL("own-texts.json", root))).json();
      texts = new URLSearchParams(Object.hasOwn(all, key) ? all[key] : "");
    }
    fill(texts);
    say(location.hash.length > 1 ? `Press Answer to see it. ${about}` : about);
  };
  window.addEventListener("hashchange", async () => {
    await read();
    if (ready) ask();
  });
  read();
  form.hidden = false;
})();
