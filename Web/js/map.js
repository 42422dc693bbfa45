// The map, nearer and moved by D3; and in words what the pointer or the focus is on.
import "../vendor/d3.min.js";

const d3 = globalThis.d3;
const svg = d3.select("svg.map");
const [, , width, height] = svg.attr("viewBox").split(" ").map(Number);

const layer = svg.append("g");
for (const name of ["countries", "marks"]) layer.append(() => svg.select(`g.${name}`).node());

// The wheel scrolls the page unless Ctrl is held; one finger does, too: two move the map.
const zoom = d3.zoom().scaleExtent([1, 8]).translateExtent([[0, 0], [width, height]])
  .extent([[0, 0], [width, height]])
  .filter(() => {
    const { type, ctrlKey, touches, button } = d3.event;
    if (type === "wheel") return ctrlKey;
    return touches ? touches.length > 1 : !button;
  })
  .on("zoom", () => {
    const { k } = d3.event.transform;
    layer.attr("transform", d3.event.transform);
    // Marks and spots grow less than the land.
    layer.style("--near", k ** 0.8);
    svg.classed("near", k > 1.5);
  });
svg.call(zoom).on("dblclick.zoom", null);
svg.node().style.touchAction = "pan-x pan-y";

const tools = document.querySelector(".map-tools");
const { nearer, further, whole } = tools.dataset;
for (const [mark, name, go] of [
  ["+", nearer, () => svg.call(zoom.scaleBy, 1.7)],
  ["−", further, () => svg.call(zoom.scaleBy, 1 / 1.7)],
  ["⤢", whole, () => svg.call(zoom.transform, d3.zoomIdentity)],
]) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "plain";
  button.textContent = mark;
  button.setAttribute("aria-label", name);
  button.title = name;
  button.addEventListener("click", go);
  tools.append(button);
}

const told = document.querySelector(".map-told");
for (const link of svg.node().querySelectorAll("a")) {
  const tell = () => { told.textContent = link.getAttribute("aria-label"); };
  link.addEventListener("pointerenter", tell);
  link.addEventListener("focus", () => {
    tell();
    // The keyboard moves a map that is nearer by going from country to country.
    if (!link.matches(":focus-visible") || d3.zoomTransform(svg.node()).k === 1) return;
    const box = link.getBBox();
    svg.call(zoom.translateTo, box.x + box.width / 2, box.y + box.height / 2);
  });
}
