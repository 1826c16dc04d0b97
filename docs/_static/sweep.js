// Leads through a sweep, which is complete without it: buttons, a slider, the arrow keys.
window.leadThrough = (figure, start = 0) => {
  const all = (selector) => [...figure.querySelectorAll(selector)];
  const items = all("li");
  const nodes = new Map(all("g.node").map((node) => [node.dataset.n, node]));
  const numbers = (text) => (text ? text.split(" ") : []);
  const make = (tag, set) => Object.assign(document.createElement(tag), set);

  const controls = make("div", { className: "sweep-controls" });
  const back = make("button", { type: "button", textContent: "Back" });
  const next = make("button", { type: "button", textContent: "Next" });
  const slider = make("input", { type: "range", min: 0, max: items.length - 1 });
  const now = make("p", { className: "sweep-now" });
  slider.setAttribute("aria-label", "Step");
  now.setAttribute("role", "status");
  controls.append(back, next, slider, now);
  figure.querySelector("figcaption").after(controls);
  figure.classList.add("stepping");
  figure.classList.toggle("large", nodes.size > 24);

  // Scrolls a part into the middle of its frame, and nothing else.
  const bring = (part, frame) => {
    const [inner, outer] = [part, frame].map((selector) => figure.querySelector(selector));
    const [at, around] = [inner, outer].map((element) => element.getBoundingClientRect());
    outer.scrollTop += at.top + at.height / 2 - around.top - around.height / 2;
    outer.scrollLeft += at.left + at.width / 2 - around.left - around.width / 2;
  };

  const last = items.length - 1;
  let step = 0;
  const show = (wanted) => {
    step = Math.max(0, Math.min(last, wanted));
    const here = items[step].dataset;
    // What has come so far: values on the way forward, adjoints on the way back.
    const valued = new Set();
    const adjoints = new Map();
    for (const { dataset } of items.slice(0, step + 1)) {
      numbers(dataset.v).forEach((place) => valued.add(place));
      if (dataset.to) adjoints.set(dataset.to, dataset.a.split("|"));
    }
    for (const [place, node] of nodes) {
      node.classList.toggle("valued", valued.has(place));
      const lines = adjoints.get(place) ?? [];
      node.querySelectorAll(".adjoint").forEach((text, i) => (text.textContent = lines[i] ?? ""));
    }
    all(".now").forEach((part) => part.classList.remove("now"));
    const marked = numbers(here.n).map((place) => `[data-n="${place}"]:not(li)`);
    marked.push(here.to ? `[data-e="${here.e}"]` : `[data-e^="${here.v}-"]`);
    all(marked.join()).forEach((part) => part.classList.add("now"));
    figure.querySelector("svg").classList.toggle("back", !here.v);
    items[step].classList.add("now");
    bring("li.now", ".sweep-steps");
    bring("tr.now", ".sweep-table");
    bring(".node.now", ".sweep-graph");
    now.textContent = `${step + 1} of ${items.length}. ${items[step].textContent}`;
    slider.value = step;
    slider.setAttribute("aria-valuetext", `${step + 1} of ${items.length}`);
    back.setAttribute("aria-disabled", step === 0);
    next.setAttribute("aria-disabled", step === last);
  };

  back.addEventListener("click", () => show(step - 1));
  next.addEventListener("click", () => show(step + 1));
  slider.addEventListener("input", () => show(Number(slider.value)));
  items.forEach((item, i) => item.addEventListener("click", () => show(i)));
  figure.addEventListener("keydown", (event) => {
    const region = event.target.closest("[tabindex]");
    const scrolls = region && region.scrollWidth > region.clientWidth;
    const to = { ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: last }[event.key];
    if (to === undefined || scrolls || event.target === slider) return;
    event.preventDefault();
    show(to);
  });
  show(start);
  return { get step() { return step; }, last };
};

document.querySelectorAll(".sweep").forEach((figure) => window.leadThrough(figure));
