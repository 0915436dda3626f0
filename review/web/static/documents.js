// The files, and what of each waits: to work through one of them, a table of it, or a reason.

import { get } from "./api.js";
import { find, make } from "./make.js";
import { failed } from "./notices.js";
import { say } from "./words.js";

const number = (n, name) => make("td", { class: "number", "data-name": name }, String(n));

function row(file) {
  const more = make("button", { type: "button", class: "plain", "aria-expanded": "false" }, say("tables_in"));
  const inside = make("tr", { class: "inside", hidden: true }, make("td", { colspan: 7 }));
  more.addEventListener("click", () => {
    inside.hidden = !inside.hidden;
    more.setAttribute("aria-expanded", String(!inside.hidden));
    if (!inside.hidden) open(file, inside.firstElementChild).catch(failed);
  });
  const name = file.open
    ? make("a", { href: `/?document=${file.id}` }, file.name)
    : make("span", {}, file.name);
  const cells = [
    make("th", { scope: "row" }, name),
    make("td", {}, file.agency ?? ""),
    number(file.year ?? "", "year"),
    number(file.open, "open"),
    number(file.done, "done"),
    number(file.settled, "settled"),
    make("td", {}, more),
  ];
  return [make("tr", { "data-text": `${file.name} ${file.agency ?? ""}`.toLowerCase() }, ...cells), inside];
}

async function open(file, place) {
  place.replaceChildren(make("p", { class: "hint" }, say("loading")));
  const tables = await get(`/documents/${file.id}/tables`);
  place.replaceChildren(make("ul", { class: "tables" }, ...tables.map((one) => line(file, one))));
}

function line(file, { report, table, title, open, flags }) {
  const address = `document=${file.id}&table=${encodeURIComponent(table)}`;
  const count = make("span", { class: "count" }, say("left", { n: open }));
  const start = open ? make("a", { href: `/?${address}` }, count) : count;
  const chips = Object.entries(flags).map(([flag, n]) =>
    make("a", { class: "chip", href: `/?${address}&flag=${flag}` }, `${say(`flag_${flag}`)} ${n}`),
  );
  const whole = make("a", { href: `/tables/${file.id}/${report}/${table}` }, title);
  return make("li", {}, whole, start, ...chips);
}

find("find").addEventListener("input", (event) => {
  const wanted = event.target.value.trim().toLowerCase();
  let shown = 0;
  for (const line of document.querySelectorAll("tr[data-text]")) {
    line.hidden = !line.dataset.text.includes(wanted);
    if (line.hidden) line.nextElementSibling.hidden = true;
    else shown += 1;
  }
  find("nothing").hidden = shown > 0;
});

await get("/documents")
  .then((files) => find("documents").replaceChildren(...files.flatMap(row)))
  .catch(failed);
