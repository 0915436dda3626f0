// The files, and what of each waits: to work through one of them, a table of it, or a reason.

import { get } from "./api.js";
import { find, make } from "./make.js";
import { failed } from "./notices.js";
import { say } from "./words.js";

const LOOKED_AT = 200; // items of a file that tell which tables and reasons it has

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
  const states = ["open", "done", "settled"];
  const items = (
    await Promise.all(
      states.map((state) => get(`/items?state=${state}&document=${file.id}&limit=${LOOKED_AT}`)),
    )
  ).flat();
  const lines = [...grouped(items, (item) => `${item.report}/${item.table}`).values()].map((of) => table(file, of));
  place.replaceChildren(make("ul", { class: "tables" }, ...lines));
}

function table(file, items) {
  const [first] = items;
  const waiting = items.filter((item) => item.state === "open");
  const flags = grouped(waiting.flatMap((item) => item.flags), (flag) => flag);
  const address = `document=${file.id}&table=${encodeURIComponent(first.table)}`;
  const count = make("span", { class: "count" }, say("left", { n: waiting.length }));
  const start = waiting.length ? make("a", { href: `/?${address}` }, count) : count;
  const chips = [...flags].map(([flag, of]) =>
    make("a", { class: "chip", href: `/?${address}&flag=${flag}` }, `${say(`flag_${flag}`)} ${of.length}`),
  );
  const whole = make("a", { href: `/tables/${file.id}/${first.report}/${first.table}` }, first.table_title);
  return make("li", {}, whole, start, ...chips);
}

function grouped(values, key) {
  const groups = new Map();
  for (const value of values) groups.set(key(value), [...(groups.get(key(value)) ?? []), value]);
  return groups;
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
