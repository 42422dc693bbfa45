// Searches as someone types and chooses: asks for the page that a link or the form leads to, and takes over its
// answer. What can't be taken over is gone to, as without a script.
import { suggest } from "./suggest.js";

const form = document.querySelector("form.search");
const box = form.q;
let asked;
/** What the page shows. */
let shown = location.pathname + location.search;

const answer = () => document.querySelector(".answer");

/** Where a form leads, without what is empty. */
function target(form) {
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(form)) if (value.trim() !== "") query.append(name, value);
  return new URL(`${form.getAttribute("action")}?${query}`, location.href);
}

async function go(url, { keeps = "push" } = {}) {
  asked?.abort();
  const asking = asked = new AbortController();
  answer().setAttribute("aria-busy", "true");
  try {
    const response = await fetch(url, { headers: { Accept: "text/html" }, signal: asking.signal });
    if (!response.ok) throw new Error(response.status);
    take(new DOMParser().parseFromString(await response.text(), "text/html"));
    if (keeps === "push") history.pushState(null, "", url);
    if (keeps === "replace") history.replaceState(null, "", url);
    shown = url.pathname + url.search;
  } catch (error) {
    if (error.name !== "AbortError") location.assign(url);
  }
}

/** Puts the new page's answer into this one; what was open stays open, and the focus where it was. */
function take(page) {
  const open = [...answer().querySelectorAll("details[open]")].map((details) => details.id);
  const focused = document.activeElement?.id;
  const wasInside = answer().contains(document.activeElement);
  for (const part of [".answer", ".count", ".kept", ".bottom"]) {
    document.querySelector(part).replaceChildren(...page.querySelector(part).childNodes);
  }
  answer().removeAttribute("aria-busy");
  document.title = page.title;
  if (document.activeElement !== box) box.value = page.querySelector("#q").value;
  for (const id of open) document.getElementById(id)?.setAttribute("open", "");
  if (!wasInside) return;
  const heading = document.querySelector("#results");
  heading.tabIndex = -1;
  (document.getElementById(focused) ?? heading).focus({ preventScroll: focused !== "" });
}

const isHere = (url) => url.origin === location.origin && url.pathname === form.getAttribute("action");

document.addEventListener("click", (event) => {
  const link = event.target.closest(".answer a[href]");
  if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const url = new URL(link.href);
  if (!isHere(url)) return;
  event.preventDefault();
  go(url).then(() => { if (link.closest(".pages")) scrollTo({ top: 0 }); });
});

document.addEventListener("submit", (event) => {
  if (!event.target.matches("form.search, .answer form")) return;
  event.preventDefault();
  go(target(event.target));
});

// A word that goes on is one entry of the history, not one a letter.
let waiting, typing = false;
box.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    go(target(form), { keeps: typing ? "replace" : "push" });
    typing = true;
  }, 200);
});
box.addEventListener("blur", () => { typing = false; });

// A way to another part of the page comes here, too.
addEventListener("popstate", () => {
  if (shown === location.pathname + location.search) return;
  box.value = new URLSearchParams(location.search).get("q") ?? "";
  go(new URL(location.href), { keeps: "nothing" });
});

suggest(box, () => { clearTimeout(waiting); form.requestSubmit(); });
