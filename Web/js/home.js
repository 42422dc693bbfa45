import { suggest } from "./suggest.js";

const box = document.querySelector("form.search").q;
suggest(box, () => box.form.requestSubmit());
