// Charts, drawn by D3 from the tables below them.
import "../vendor/d3.min.js";

const { axisBottom, max, scaleLinear, select } = globalThis.d3;
const step = 46;

function rowsOf(svg) {
  const table = document.getElementById(svg.dataset.table);
  return [...table.tBodies[0].rows].map((row) => ({
    label: row.cells[0].textContent.trim(),
    start: Number(row.dataset.start ?? 0),
    value: "value" in row.dataset ? Number(row.dataset.value) : null,
    shown: row.dataset.shown ?? "",
  }));
}

// A label that is wider than the chart is cut; the table has it whole.
function fit(text, width) {
  const node = text.node();
  while (node.textContent.length > 2 && node.getComputedTextLength() > width) {
    node.textContent = node.textContent.replace(/.…?$/u, "…");
  }
}

function bars(svg, width) {
  const rows = rowsOf(svg);
  const most = Number(svg.dataset.most) || max(rows, (row) => row.value) || 1;
  const room = 96;
  const x = scaleLinear().domain([0, most]).range([0, Math.max(40, width - room)]);
  const groups = select(svg).selectAll("g").data(rows).join("g")
    .attr("transform", (_, index) => `translate(0 ${index * step})`);
  for (const node of groups.nodes()) {
    const group = select(node);
    const row = group.datum();
    group.selectAll("*").remove();
    const label = group.append("text").attr("class", "label").attr("y", 15).text(row.label);
    fit(label, width);
    group.append("rect").attr("class", "track").attr("y", 22).attr("height", 15)
      .attr("width", x(most)).attr("rx", 2);
    group.append("rect").attr("class", "bar").attr("y", 22).attr("height", 15)
      .attr("width", x(row.value ?? 0)).attr("rx", 2);
    group.append("text").attr("class", row.value === null ? "shown none" : "shown")
      .attr("x", x(most) + 8).attr("y", 34).text(row.shown);
  }
}

function span(svg, width) {
  const [from, to] = [Number(svg.dataset.from), Number(svg.dataset.to)];
  const x = scaleLinear().domain([from, to]).range([14, width - 14]);
  const drawing = select(svg);
  drawing.selectAll("*").remove();
  for (const row of rowsOf(svg)) {
    if (row.value === null) continue;
    drawing.append("rect").attr("class", "bar").attr("x", x(row.start) - 8).attr("y", 24)
      .attr("width", x(row.value) - x(row.start) + 16).attr("height", 22).attr("rx", 11);
    drawing.append("text").attr("class", "shown").attr("text-anchor", "middle")
      .attr("x", (x(row.start) + x(row.value)) / 2).attr("y", 15).text(row.shown);
  }
  drawing.append("g").attr("class", "axis").attr("transform", "translate(0 54)")
    .call(axisBottom(x).ticks(to - from).tickFormat((level) => String(level)));
}

const drawings = { bars, span };
const drawn = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.clientWidth === 0) continue;
    // On paper, which is narrower, the drawing shrinks as it is.
    target.setAttribute("viewBox", `0 0 ${target.clientWidth} ${target.getAttribute("height")}`);
    target.setAttribute("preserveAspectRatio", "xMinYMin");
    drawings[target.dataset.drawing](target, target.clientWidth);
  }
});
for (const svg of document.querySelectorAll("svg.plot")) drawn.observe(svg);
