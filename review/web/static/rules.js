// The rules a cell stands in, worked out anew as somebody types.

import { negated, parsed, shown, sign, sum } from "./amounts.js";
import { find, make } from "./make.js";
import { say } from "./words.js";

const FITS = { "=": (s) => s === 0, "<=": (s) => s <= 0, ">=": (s) => s >= 0 };
const SIGNS = { "=": "=", "<=": "≤", ">=": "≥" };

/**
 * The rule with `text` in the item's cell: {ok, difference}, both null where something is unknown.
 * `typed` null stands for the cell as it is, which the server has judged, blanks and all.
 */
export function workedOut(rule, typed) {
  if (typed === null) {
    return { ok: rule.ok, difference: rule.difference === null ? null : parsed(rule.difference) };
  }
  const amounts = rule.terms.map((term) => {
    const amount = term.this ? parsed(typed) : term.value === null ? null : parsed(term.value);
    return amount && (term.side === "left") === (term.sign === 1) ? amount : amount && negated(amount);
  });
  if (amounts.includes(null)) return { ok: null, difference: null };
  const difference = sum(amounts);
  return { ok: FITS[rule.relation](sign(difference)), difference };
}

/** Shows the item's rules; `go` is called with the item of a term that somebody picks. */
export function showRules(item, typed, go) {
  const list = item.rules.map((rule) => line(rule, typed, go));
  find("sums").replaceChildren(...(list.length ? list : [make("li", { class: "hint" }, say("no_sums"))]));
}

function line(rule, typed, go) {
  const { ok, difference } = workedOut(rule, typed);
  const side = (name) => rule.terms.filter((t) => t.side === name).flatMap((t, i) => term(t, i, typed, go));
  return make(
    "li",
    { class: ok === null ? "open" : ok ? "holds" : "off" },
    make("span", { class: "verdict" }, verdict(ok, difference)),
    make("span", { class: "name", title: rule.notation }, inWords(rule)),
    make("span", { class: "terms" }, ...side("left"), ` ${SIGNS[rule.relation]} `, ...side("right")),
  );
}

const MANY = 3;

/** "总计 = 自然人 + … + 其他": the labels, of many the first and the last. */
function inWords({ terms, relation }) {
  const side = (name) => {
    const [first, ...rest] = terms.filter((term) => term.side === name);
    const told = rest.length < MANY ? rest : [{ ...rest[0], label: "…" }, rest.at(-1)];
    const lead = first ? `${first.sign < 0 ? "−" : ""}${first.label}` : "";
    return told.reduce((all, { sign, label }) => `${all} ${sign < 0 ? "−" : "+"} ${label}`, lead);
  };
  return `${side("left")} ${SIGNS[relation]} ${side("right")}`;
}

function verdict(ok, difference) {
  if (ok === null) return say("open");
  if (ok) return `✓ ${say("holds")}`;
  return say("off_by", { n: difference ? shown(difference).replace("−", "") : "?" });
}

function term(term, index, typed, go) {
  const text = term.this && typed !== null ? typed : term.value;
  const number = text === null || text === "" ? "□" : text.replace("-", "−");
  const lead = term.sign < 0 ? " − " : index ? " + " : "";
  const kind = term.this ? "this" : number === "0" ? "zero" : null;
  if (term.this || !term.item) return [lead, make("span", { class: kind, title: term.label }, number)];
  const button = make("button", { type: "button", class: "term", title: term.label, "aria-label": `${term.label} ${number}` }, number);
  button.addEventListener("click", () => go(term.item));
  return [lead, button];
}
