// What the arithmetic proposes of several cells at once: shown whole, applied or declined.

import { post, unlikely } from "./api.js";
import { find, make } from "./make.js";
import { say } from "./words.js";

const GLANCE = 600; // ms: a key pressed twice does not move what nobody has seen

let asked = null; // what the dialog is about

/** Opens the dialog; `done(apply, send)` is called once it is decided. */
export function ask(item, done) {
  asked = { item, done, request: unlikely(), since: performance.now(), busy: false };
  const { proposal } = item;
  find("proposal-reason").textContent = proposal.reason;
  find("proposal-print").hidden = proposal.cause !== "print";
  find("proposal-cells").replaceChildren(...grid(proposal.moves));
  showPicture(`/pictures/items/${item.id}/proposal?v=${proposal.id}`);
  find("proposal").showModal();
  find("proposal-title").focus();
}

function showPicture(src) {
  const picture = make("img", { src, alt: say("proposal_picture") });
  picture.onerror = () => picture.replaceWith(make("p", { class: "hint" }, say("picture_failed")));
  find("proposal-page").replaceChildren(picture);
}

/** The cells that would change, by row and column: before → after. */
function grid(moves) {
  const heading = (move, name, scope) => make("th", { scope }, move[`${name}_label`].at(-1) ?? move[name]);
  const columns = firsts(moves, "column");
  const line = (row) => {
    const cells = columns.map(({ column }) => moves.find((m) => m.row === row.row && m.column === column));
    return make("tr", {}, heading(row, "row", "row"), ...cells.map((move) => make("td", {}, ...change(move))));
  };
  return [
    make("thead", {}, make("tr", {}, make("td"), ...columns.map((move) => heading(move, "column", "col")))),
    make("tbody", {}, ...firsts(moves, "row").map(line)),
  ];
}

const firsts = (moves, name) => moves.filter((move, i) => moves.findIndex((m) => m[name] === move[name]) === i);

const number = (value) => value ?? "□";

function change(move) {
  if (!move) return [];
  const after = move.found ? number(move.after) : "?";
  return [make("del", {}, number(move.before)), make("span", { "aria-hidden": "true" }, " → "), make("ins", {}, after)];
}

async function decide(apply) {
  const { item, done, request, since } = asked;
  const loaded = [...find("proposal-page").querySelectorAll("img")].every((image) => image.complete);
  const looked = performance.now() - since;
  if (looked < GLANCE || !loaded || asked.busy) return;
  asked.busy = true;
  const seconds = Math.min(looked / 1000, 86400);
  const body = { proposal: item.proposal.id, apply, request, seconds };
  const kept = await done(apply, () => post(`/items/${item.id}/proposal`, body));
  asked.busy = false;
  if (kept) find("proposal").close();
}

find("proposal").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const key = event.key.toUpperCase();
  if (key !== "M" && key !== "N") return;
  event.preventDefault();
  if (!event.repeat) decide(key === "M");
});
find("proposal-apply").addEventListener("click", () => decide(true));
find("proposal-decline").addEventListener("click", () => decide(false));
