// A combobox (ARIA APG, "editable with list autocomplete"): what the API suggests for what has been typed.

export function suggest(box, choose) {
  const list = Object.assign(document.createElement("ul"), { id: `${box.id}-suggestions`, className: "suggestions", hidden: true });
  const said = Object.assign(document.createElement("p"), { className: "hidden-text" });
  list.role = "listbox";
  list.ariaLabel = box.dataset.suggestions;
  said.role = "status";
  box.parentElement.append(list, said);
  box.role = "combobox";
  box.ariaAutoComplete = "list";
  box.setAttribute("aria-controls", list.id);
  box.ariaExpanded = "false";
  let active = -1;
  let asked;

  // What was chosen stays so where it is still suggested.
  function show(items) {
    const chosen = items.findIndex((item) => item.text === list.children[active]?.textContent);
    list.replaceChildren(...items.map((item, index) => {
      const option = Object.assign(document.createElement("li"), { id: `${list.id}-${index}`, textContent: item.text });
      option.role = "option";
      option.ariaSelected = "false";
      option.dataset.kind = item.kind;
      return option;
    }));
    list.hidden = items.length === 0;
    box.ariaExpanded = String(!list.hidden);
    said.textContent = items.length ? box.dataset.count.replace("{count}", items.length) : "";
    move(chosen);
  }

  // Until the answer comes, none can be taken that isn't of what is typed by now.
  function narrow(words) {
    const last = words.split(/\s+/).at(-1).toLowerCase();
    const items = Array.from(list.children, (option) => ({ text: option.textContent, kind: option.dataset.kind }));
    show(items.filter((item) => item.text.toLowerCase().includes(last)));
  }

  function move(index) {
    list.children[active]?.setAttribute("aria-selected", "false");
    active = index;
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) box.setAttribute("aria-activedescendant", option.id);
    else box.removeAttribute("aria-activedescendant");
  }

  function take(option) {
    box.value = option.textContent;
    close();
    choose();
  }

  function close() {
    asked?.abort();
    show([]);
  }

  box.addEventListener("input", async () => {
    asked?.abort();
    const asking = asked = new AbortController();
    const words = box.value.trim();
    if (words === "") return show([]);
    narrow(words);
    try {
      const response = await fetch(`/v1/credentials/suggest?limit=8&q=${encodeURIComponent(words)}`, { signal: asking.signal });
      if (response.ok && document.activeElement === box) show((await response.json()).items);
    } catch { /* Nothing is suggested: the box still searches. */ }
  });

  box.addEventListener("keydown", (event) => {
    const count = list.children.length;
    if (event.key === "ArrowDown" && count) move((active + 1) % count);
    else if (event.key === "ArrowUp" && count) move((active <= 0 ? count : active) - 1);
    else if (event.key === "Escape" && count) close();
    else if (event.key === "Enter" && active >= 0) take(list.children[active]);
    else {
      if (event.key === "Enter") close();
      return;
    }
    event.preventDefault();
  });
  // Before the box loses the focus to the press.
  list.addEventListener("pointerdown", (event) => {
    const option = event.target.closest("li");
    event.preventDefault();
    if (option) take(option);
  });
  box.addEventListener("blur", close);
}
