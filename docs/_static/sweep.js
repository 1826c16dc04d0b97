// Buttons, a slider and the arrow keys lead through a sweep.
window.leadThrough = (figure, start = 0) => {
  const all = (selector) => [...figure.querySelectorAll(selector)];
  const items = all("li");
  const last = items.length - 1;
  const nodes = all("g.node");
  const rows = all("tbody tr");
  const make = (tag, set) => Object.assign(document.createElement(tag), set);

  const controls = make("div", { className: "sweep-controls" });
  const back = make("button", { type: "button", textContent: "Back" });
  const next = make("button", { type: "button", textContent: "Next" });
  const slider = make("input", { type: "range", min: 0, max: last, ariaLabel: "Step" });
  const now = make("p", { className: "sweep-now", role: "status" });
  controls.append(back, next, slider, now);
  figure.querySelector("figcaption").after(controls);
  figure.classList.add("stepping");
  const svg = figure.querySelector("svg");
  figure.classList.toggle("large", nodes.length > 24 || svg.width.baseVal.value > 420);

  // Columns keep their width while numbers come and go.
  all("thead th").forEach((head) => (head.style.minWidth = `${head.offsetWidth}px`));

  const middle = (part) => {
    const { x, y, width, height } = part.getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  };

  let step = 0;
  const show = (wanted) => {
    step = Math.max(0, Math.min(last, wanted));
    const here = items[step].dataset;
    // What has come so far: values on the way forward, adjoints on the way back.
    const past = items.slice(0, step + 1).map((item) => item.dataset);
    const valued = past.flatMap(({ v = "" }) => v.split(" "));
    const adjoints = Object.fromEntries(past.map(({ to, a }) => [to, a?.split("|")]));
    nodes.forEach((node, i) => {
      const lines = adjoints[i] ?? [];
      for (const part of [node, rows[i]]) part.classList.toggle("valued", valued.includes(`${i}`));
      node.querySelectorAll(".adjoint").forEach((text, j) => (text.textContent = lines[j] ?? ""));
      rows[i].lastChild.textContent = lines.map((line) => line.slice(2)).join("\n");
    });
    all(".now").forEach((part) => part.classList.remove("now"));
    const marked = here.n.split(" ").map((place) => `[data-n="${place}"]:not(li)`);
    marked.push(here.to ? `[data-e="${here.e}"]` : `[data-e^="${here.v}-"]`);
    all(marked.join()).forEach((part) => part.classList.add("now"));
    svg.classList.toggle("back", !here.v);
    items[step].classList.add("now");
    // Each frame scrolls to what is marked in it, and the page stays.
    for (const frame of all("[tabindex]")) {
      const part = frame.querySelector(".now:not(.edge)");
      const [[x, y], [left, top]] = [part, frame].map(middle);
      frame.scrollTop += y - top;
      if (part.matches(".node")) frame.scrollLeft += x - left;
    }
    const where = `${step + 1} of ${items.length}`;
    now.textContent = `${where}. ${items[step].textContent}`;
    slider.value = step;
    slider.ariaValueText = where;
    back.ariaDisabled = step === 0;
    next.ariaDisabled = step === last;
  };

  back.onclick = () => show(step - 1);
  next.onclick = () => show(step + 1);
  slider.oninput = () => show(Number(slider.value));
  items.forEach((item, i) => (item.onclick = () => show(i)));
  figure.onkeydown = (event) => {
    const region = event.target.closest("[tabindex]");
    const scrolls = region && region.scrollWidth > region.clientWidth;
    const to = { ArrowLeft: step - 1, ArrowRight: step + 1, Home: 0, End: last }[event.key];
    if (to === undefined || scrolls || event.target === slider) return;
    event.preventDefault();
    show(to);
  };
  show(start);
  return slider;
};

document.querySelectorAll(".sweep").forEach((figure) => window.leadThrough(figure));
