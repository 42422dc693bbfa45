// What a provider does with its key. The key stands in its field and goes into requests, nowhere else.

const root = document.getElementById("publishing");
const words = JSON.parse(root.dataset.words);
const key = document.getElementById("key");

function element(name, properties = {}, ...children) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

function authorization() {
  return { Authorization: `Bearer ${key.value.trim()}` };
}

/** True where there is a key; says so where there is none. */
function hasKey(outcome) {
  if (key.value.trim() !== "") return true;
  outcome.replaceChildren(element("p", { className: "problem", textContent: words.no_key }));
  key.focus();
  return false;
}

// One credential.

const form = document.getElementById("credential");
const problems = form.querySelector(".problems");

function list(text, separator = ",") {
  return text.split(separator).map((part) => part.trim()).filter((part) => part !== "");
}

/** A decimal comma is what people type; what is no number is the API's to refuse. */
function number(text) {
  const value = Number(text.replace(",", "."));
  return Number.isNaN(value) ? text : value;
}

/** What was filled in; what was left empty is left out, and so not stated. */
function credential() {
  const value = (name) => form.elements[name].value.trim();
  const language = value("text_language") || "en";
  const text = (written) => ({ [language]: written });
  const made = {};
  if (value("title")) made.title = text(value("title"));
  if (value("description")) made.description = text(value("description"));
  for (const name of ["kind", "status", "sector", "integration", "assessed_by", "homepage", "external_id", "provider"]) {
    if (value(name)) made[name] = value(name);
  }
  if (value("countries")) made.countries = list(value("countries")).map((code) => code.toUpperCase());
  if (value("workload_hours")) made.workload = { hours: number(value("workload_hours")) };
  if (value("credit_system") || value("credit_points")) {
    made.credit = { system: value("credit_system") || null };
    if (value("credit_points")) made.credit.points = number(value("credit_points"));
  }
  if (value("levels")) {
    made.levels = list(value("levels")).map((level) => {
      const [framework, ...rest] = level.split(/[\s:]+/);
      return { framework, level: rest.join(" ") };
    });
  }
  if (value("learning_outcomes")) {
    made.learning_outcomes = list(value("learning_outcomes"), "\n").map((line) => ({ text: text(line) }));
  }
  const chosen = [...form.querySelectorAll("[name=participation]:checked")].map((box) => box.value);
  if (chosen.length > 0) made.participation = chosen;
  return made;
}

/** The field that an error's JSON Pointer is about; null where the form has none. */
function fieldOf(pointer) {
  return [...form.querySelectorAll("[data-pointer]")].find(({ dataset }) =>
    pointer === dataset.pointer || pointer.startsWith(`${dataset.pointer}/`)) ?? null;
}

function clear() {
  problems.replaceChildren();
  for (const message of form.querySelectorAll(".field-problem")) message.remove();
  for (const input of form.querySelectorAll("[aria-invalid]")) {
    input.removeAttribute("aria-invalid");
    const others = (input.getAttribute("aria-describedby") ?? "").split(" ").filter((id) => !id.startsWith("e-"));
    if (others.join("") === "") input.removeAttribute("aria-describedby");
    else input.setAttribute("aria-describedby", others.join(" "));
  }
}

/** Each of the API's errors at its field, and all of them, as links, above the form. */
function show(problem) {
  const entries = (problem.errors ?? [{ detail: problem.detail ?? problem.title }]).map((error, index) => {
    const field = fieldOf(error.pointer ?? "");
    const input = field?.querySelector("input, select, textarea");
    if (!input) return element("li", {}, error.detail);
    const id = `e-${index}`;
    field.append(element("p", { id, className: "problem field-problem", lang: "en", textContent: error.detail }));
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", `${input.getAttribute("aria-describedby") ?? ""} ${id}`.trim());
    return element("li", {}, element("a", { href: `#${input.id}`, textContent: error.detail }));
  });
  problems.replaceChildren(
    element("p", { className: "problem", textContent: words.problems }),
    element("ul", { lang: "en" }, ...entries));
  problems.focus();
}

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const outcome = form.querySelector(".outcome");
  outcome.replaceChildren();
  clear();
  if (!hasKey(outcome)) return;
  const body = JSON.stringify(credential());
  const button = form.querySelector("button");
  button.disabled = true;
  try {
    // The same form sent again after a lost answer is the same credential, not a second one.
    form.dataset.attempt = form.dataset.sent === body ? form.dataset.attempt : crypto.randomUUID();
    form.dataset.sent = body;
    const response = await fetch("/v1/credentials", {
      method: "POST", body,
      headers: {
        ...authorization(), "Content-Type": "application/json", "Idempotency-Key": form.dataset.attempt,
      },
    });
    const answer = await response.json();
    if (response.status === 201) {
      outcome.replaceChildren(element("p", {}, `${words.stored} `,
        element("a", { href: `/credentials/${encodeURIComponent(answer.slug)}`, textContent: words.look })));
    } else {
      show(answer);
    }
  } catch (error) {
    outcome.replaceChildren(element("p", { className: "problem", textContent: `${words.failed} ${error.message}` }));
  }
  button.disabled = false;
});

// A file of many.

const file = document.getElementById("file");
const input = file.elements.file;
const drop = file.querySelector(".drop");

for (const name of ["dragover", "dragleave", "drop"]) {
  drop.addEventListener(name, (event) => {
    event.preventDefault();
    drop.classList.toggle("over", name === "dragover");
    if (name === "drop" && event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      file.requestSubmit();
    }
  });
}

function headers({ name }) {
  const plain = name.toLowerCase().replace(/\.gz$/, "");
  const made = { "Content-Type": /\.(ndjson|jsonl)$/.test(plain) ? "application/x-ndjson" : "text/csv" };
  if (plain !== name.toLowerCase()) made["Content-Encoding"] = "gzip";
  return made;
}

/** The lines of an answer as they come, parsed. */
async function* lines(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (;;) {
    const { value, done } = await reader.read();
    const parts = (rest + (value ?? "")).split("\n");
    rest = done ? "" : parts.pop();
    for (const part of parts) if (part !== "") yield JSON.parse(part);
    if (done) return;
  }
}

const mostShown = 500;

/** Sends the file and shows what becomes of each row; answers the counts, or null where it was refused. */
async function send(chosen, isDryRun, total, outcome) {
  const progress = element("progress", total > 0 ? { max: total, value: 0 } : {});
  progress.setAttribute("aria-label", isDryRun ? words.checking : words.importing);
  const said = element("p", { textContent: isDryRun ? words.checking : words.importing });
  const rows = element("tbody");
  const table = element("div", { className: "table", tabIndex: 0 }, element("table", {},
    element("thead", {}, element("tr", {},
      ...[words.line, words.result, words.detail].map((name) => element("th", { scope: "col", textContent: name })))),
    rows));
  table.setAttribute("role", "region");
  table.setAttribute("aria-label", words.result);
  outcome.replaceChildren(said, progress, table);
  const response = await fetch(`/v1/credentials:import${isDryRun ? "?dry_run=true" : ""}`, {
    method: "POST", body: chosen, headers: { ...authorization(), ...headers(chosen) },
  });
  if (!response.ok) {
    const problem = await response.json();
    const details = problem.errors?.map((error) => error.detail) ?? [problem.detail ?? problem.title];
    outcome.replaceChildren(element("p", { className: "problem", textContent: words.not_stored }),
      element("ul", { lang: "en" }, ...details.map((detail) => element("li", { textContent: detail }))));
    return null;
  }
  const counts = {};
  let seen = 0;
  for await (const line of lines(response)) {
    if (line.summary) continue;
    seen += 1;
    counts[line.result] = (counts[line.result] ?? 0) + 1;
    if (total > 0) progress.value = seen;
    if (rows.childElementCount < mostShown && (line.result === "rejected" || rows.childElementCount < 50)) {
      rows.append(row(line, isDryRun));
    }
  }
  progress.remove();
  const tally = Object.entries(counts).map(([result, count]) => `${count} ${words[result] ?? result}`).join(", ");
  said.textContent = `${isDryRun ? words.rows_ok : words.done} ${tally}`;
  if (seen > rows.childElementCount) table.after(element("p", { className: "hint", textContent: words.more }));
  return { seen, ...counts };
}

function row(line, isDryRun) {
  const details = (line.errors ?? []).map((error) =>
    element("div", { lang: "en", textContent: [error.pointer, error.detail].filter(Boolean).join(": ") }));
  if (line.slug && !isDryRun) {
    details.push(element("a", { href: `/credentials/${encodeURIComponent(line.slug)}`, textContent: line.slug }));
  }
  return element("tr", { className: line.result },
    element("td", { className: "number", textContent: line.line ?? "" }),
    element("td", { textContent: words[line.result] ?? line.result }),
    element("td", {}, ...details));
}

file.addEventListener("submit", async (event) => {
  event.preventDefault();
  const outcome = file.querySelector(".outcome");
  const [chosen] = input.files;
  if (!hasKey(outcome) || !chosen) return;
  try {
    const checked = await send(chosen, true, 0, outcome);
    const wanted = checked ? checked.seen - (checked.rejected ?? 0) : 0;
    if (wanted === 0) return;
    const go = element("button", { type: "button", textContent: words.import_now.replace("{count}", wanted) });
    outcome.firstChild.after(element("p", {}, go));
    go.addEventListener("click", async () => {
      go.disabled = true;
      try { await send(chosen, false, checked.seen, outcome); } catch (error) { failed(outcome, error); }
    });
  } catch (error) {
    failed(outcome, error);
  }
});

function failed(outcome, error) {
  outcome.replaceChildren(element("p", { className: "problem", textContent: `${words.failed} ${error.message}` }));
}
