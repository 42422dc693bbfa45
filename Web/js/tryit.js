// Sends the form of an operation as it stands, and shows the answer under it. The key stays in the field.

function request(form) {
  const fields = [...form.querySelectorAll("[data-in]")].filter((field) => field.value !== "");
  let path = form.getAttribute("action");
  const query = new URLSearchParams();
  const headers = {};
  let body;
  for (const field of fields) {
    switch (field.dataset.in) {
      case "path": path = path.replace(`{${field.name}}`, encodeURIComponent(field.value)); break;
      case "query": query.append(field.name, field.value); break;
      case "header": headers[field.name] = field.value; break;
      case "key": headers.Authorization = `Bearer ${field.value}`; break;
      case "body":
        body = field.value;
        headers["Content-Type"] = field.dataset.type;
    }
  }
  const text = query.toString();
  return { url: text ? `${path}?${text}` : path, options: { method: form.dataset.method, headers, body } };
}

/** The same for a terminal; the key is left to a variable. */
function curl({ url, options }) {
  const quoted = (text) => `'${text.replaceAll("'", `'\\''`)}'`;
  const words = ["curl"];
  if (options.method !== "GET") words.push("-X", options.method);
  words.push(quoted(new URL(url, location.href).href));
  for (const [name, value] of Object.entries(options.headers)) {
    words.push("-H", name === "Authorization" ? '"Authorization: Bearer $KEY"' : quoted(`${name}: ${value}`));
  }
  if (options.body !== undefined) words.push("-d", quoted(options.body));
  return words.join(" ");
}

function pre(text) {
  const element = document.createElement("pre");
  element.tabIndex = 0;
  element.append(Object.assign(document.createElement("code"), { textContent: text }));
  return element;
}

const most = 20_000;

async function shown(asked, form) {
  const began = performance.now();
  const response = await fetch(asked.url, asked.options);
  const text = await response.text();
  const head = [`HTTP/1.1 ${response.status} ${response.statusText}`];
  for (const [name, value] of response.headers) head.push(`${name}: ${value}`);
  let body = text.length > most ? `${text.slice(0, most)}…` : text;
  try { if (text.length <= most) body = JSON.stringify(JSON.parse(text), null, 2); } catch { /* not JSON */ }
  const milliseconds = Math.round(performance.now() - began);
  return [pre(curl(asked)), pre(`${head.join("\n")}\n\n${body}`), `${milliseconds} ms`];
}

for (const form of document.querySelectorAll("form.try")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = form.querySelector(".answer");
    const asked = request(form);
    form.setAttribute("aria-busy", "true");
    try {
      answer.replaceChildren(...await shown(asked, form));
    } catch (error) {
      answer.replaceChildren(pre(curl(asked)), `${form.dataset.failed} ${error.message}`);
    }
    form.removeAttribute("aria-busy");
  });
}
