// A whole table laid over its pages.

import { get } from "./api.js";
import { find, make } from "./make.js";
import { failed } from "./notices.js";
import { say } from "./words.js";

const { document: file, report, table } = JSON.parse(find("table").dataset.place);

function kind(cell) {
  if (cell.source === "human") return "human";
  return cell.status === "review" ? "review" : "accepted";
}

const nameOf = ({ row, column, row_label, column_label }) =>
  `${row_label.at(-1) ?? row} / ${column_label.at(-1) ?? column}`;

const stateOf = (cell) => say({ human: "by_hand", review: "to_review", accepted: "accepted" }[kind(cell)]);

function mark(cell, [, width, height]) {
  const [x0, y0, x1, y1] = cell.bbox;
  const name = `${nameOf(cell)}: ${cell.value ?? say("blank")} (${stateOf(cell)})`;
  const mark = make(
    cell.item ? "a" : "span",
    {
      class: `mark ${kind(cell)}`,
      id: cell.item && `item-${cell.item}`,
      href: cell.item && `/?item=${cell.item}`,
      title: name,
      "aria-label": cell.item && name,
    },
    make("span", { class: "value" }, cell.value ?? ""),
  );
  const share = (part, whole) => `${(100 * part) / whole}%`;
  mark.style.left = share(x0, width);
  mark.style.top = share(y0, height);
  mark.style.width = share(x1 - x0, width);
  mark.style.height = share(y1 - y0, height);
  return mark;
}

function sheet(page, cells) {
  const [number, width, height] = page;
  const picture = make("img", {
    src: `/pictures/documents/${file}/pages/${number}`,
    alt: say("page", { n: number }),
    width: Math.round(width),
    height: Math.round(height),
  });
  const marks = cells.filter((cell) => cell.page === number && cell.bbox).map((cell) => mark(cell, page));
  return make(
    "figure",
    {},
    make("div", { class: "paper sheet" }, picture, ...marks),
    make("figcaption", {}, say("page", { n: number })),
  );
}

function missing(cell) {
  const name = nameOf(cell);
  return make("li", {}, cell.item ? make("a", { href: `/?item=${cell.item}` }, name) : name);
}

function show(view) {
  find("title").textContent = view.title;
  find("source").textContent = view.name;
  find("sheets").replaceChildren(...view.pages.map((page) => sheet(page, view.cells)));
  const nowhere = view.cells.filter((cell) => !cell.bbox);
  find("missing").hidden = !nowhere.length;
  find("missing").querySelector("ul").replaceChildren(...nowhere.map(missing));
  const asked = location.hash && find(location.hash.slice(1));
  (asked || document.querySelector(".mark"))?.scrollIntoView({ block: "center" });
  if (asked) asked.focus({ preventScroll: true });
}

find("values").addEventListener("change", (event) => {
  find("sheets").classList.toggle("bare", !event.target.checked);
});

await get(`/documents/${file}/reports/${report}/tables/${encodeURIComponent(table)}`).then(show).catch(failed);
