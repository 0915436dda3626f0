// One item on the screen: where it stands, its pictures, what was read, why it is asked.

import { find, make, shortName } from "./make.js";
import { picturesOf } from "./pictures.js";
import { showRules } from "./rules.js";
import { say } from "./words.js";

/** What Enter would accept: typed, else as read; null where there is nothing. */
export function standing(item, typed) {
  if (typed !== null) return typed.trim() || null;
  return item.value ?? (item.blank ? "" : null);
}

/** The value of an item as it was left, in words. */
export const outcome = (item) =>
  item.value ?? (item.blank ? say("blank") : item.state === "done" ? say("unreadable") : "—");

export const cellName = (item) =>
  [item.row_label.at(-1) ?? item.table_title, item.column_label.at(-1)].filter(Boolean).join(" · ");

/** Everything but what is being typed. `pick` is called with a rival's letter. */
export function showItem(item, pick) {
  showPlace(item);
  showPictures(item);
  find("choices").replaceChildren(...item.choices.map((choice) => rival(choice, pick)));
  find("choices").hidden = !item.choices.length;
  find("why").replaceChildren(...reasons(item).map((text) => make("li", {}, text)));
  find("move").hidden = !item.proposal;
  find("state").hidden = item.state === "open";
  find("state").textContent = say("answered_before");
  find("announced").textContent = say("announce", {
    row: item.row_label.join(" "),
    column: item.column_label.join(" "),
    value: outcome(item),
  });
}

/** The field, the word on the button and the sums, after every key. */
export function showAnswer(item, typed, go) {
  const field = find("answer");
  const text = typed ?? item.value ?? "";
  if (field.value !== text) field.value = text;
  field.placeholder = item.blank ? say("blank") : "?";
  field.classList.toggle("typed", typed !== null);
  find("unit").textContent = item.unit ?? "";
  find("accept").textContent = say(typed === null && item.blank ? "accept_blank" : "accept");
  showRules(item, typed, go);
}

function showPlace(item) {
  find("row").replaceChildren(...path(item.row_label.length ? item.row_label : [item.table_title]));
  find("column").replaceChildren(...path(item.column_label));
  const source = [item.year, item.agency, item.table_title, shortName(item.name)];
  find("source").textContent = source.filter(Boolean).join(" · ");
  find("source").title = item.name;
  find("whole-table").href = `/tables/${item.document}/${item.report}/${item.table}#item-${item.id}`;
}

function path(labels) {
  const last = make("strong", {}, labels.at(-1) ?? "");
  return [...labels.slice(0, -1).map((label) => make("span", {}, `${label} › `)), last];
}

function showPictures(item) {
  const pictures = picturesOf(item);
  for (const name of ["cell", "around"]) {
    const picture = pictures?.[name];
    const frame = find(name);
    frame.replaceChildren(picture ?? make("p", { class: "hint" }, say("no_picture")));
    if (picture) picture.onerror = () => frame.replaceChildren(make("p", { class: "hint" }, say("picture_failed")));
  }
  find("around").hidden = !pictures;
  if (pictures) toCell(pictures.around);
}

/** The cell is near the foot of the picture of its table: what is above it leads there. */
function toCell(picture) {
  const scroll = () => (find("around").scrollTop = find("around").scrollHeight);
  if (picture.complete) scroll();
  else picture.addEventListener("load", scroll, { once: true });
}

function rival(choice, pick) {
  const text = choice.value ?? choice.text;
  const printed = choice.value !== null && choice.text !== choice.value ? choice.text : "";
  const button = make(
    "button",
    { type: "button", "data-rival": choice.key },
    make("kbd", {}, choice.key),
    make("span", { class: "value" }, text || say("blank")),
    printed && make("small", {}, printed),
  );
  button.addEventListener("click", () => pick(choice.key));
  return button;
}

function reasons(item) {
  const flags = item.flags.map((flag) => say(`flag_${flag}`));
  const read = (item.read ?? "").trim();
  const plain = read.replace(item.unit ?? "", "").trim();
  const other = read && plain !== (item.value ?? "") ? say("read_as", { read }) : null;
  const told = [...flags, item.reason, other].filter(Boolean);
  return told.length ? told : [say("just_compare")];
}
