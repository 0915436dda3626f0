// The queue screen: one doubtful cell after the other.

import { Conflict, Refused, get, post, unlikely } from "./api.js";
import { showEnd, showLeft } from "./end.js";
import { showAnswer, showItem, standing } from "./item.js";
import { command } from "./keys.js";
import { Leases } from "./leases.js";
import * as look from "./look.js";
import { find } from "./make.js";
import { failed, notice, toast, withdraw } from "./notices.js";
import { Outbox } from "./outbox.js";
import { seen } from "./pictures.js";
import { ask } from "./proposal.js";
import { tellAside, tellConflict, tellRefused, tellStuck } from "./troubles.js";
import { say } from "./words.js";

const LOOK_AGAIN = 10_000; // ms between looks for items that others give back

const desk = find("desk");
const asked = JSON.parse(desk.dataset.asked);
const leases = new Leases(asked);
const drafts = new Map(); // item → what was typed and not yet answered

let item = null; // the one that is shown
let typed = null; // what was typed for it; null: nothing yet
let undoing = null; // the name of an undo whose reply has not come: sent again, it undoes no more

const outbox = new Outbox({
  answered(entry, reply) {
    if (reply.settled) toast(say("settled", { n: reply.settled }));
    else if (reply.reopened) toast(say("reopened", { n: reply.reopened }));
    leases.left = reply.left;
    showLeft(left());
    refill();
  },
  conflict(entry, reply) {
    keepDraft(entry);
    tellConflict(entry, reply, () => go(entry.item.id));
    refill();
  },
  refused(entry, error) {
    keepDraft(entry);
    leases.takenBack(entry.item);
    tellRefused(entry, error, () => go(entry.item.id));
  },
  aside: (entries) => tellAside(entries, outbox, forget),
  stuck: (error) => tellStuck(error, outbox),
  flowing: () => withdraw("stuck"),
});

/** Their cells wait again, with what was typed. */
function forget(entries) {
  for (const entry of entries) {
    keepDraft(entry);
    leases.takenBack(entry.item);
  }
  refill();
}

const keepDraft = ({ item: { id }, request }) =>
  drafts.set(id, request.action === "value" ? request.text : null);

function show(next) {
  if (item) drafts.set(item.id, typed);
  item = next;
  leases.without(item.id);
  typed = drafts.get(item.id) ?? null;
  look.begin();
  desk.hidden = false;
  find("end").hidden = true;
  showItem(item, act);
  retype(typed);
  if (document.activeElement === find("answer")) find("answer").select();
  else find("answering").focus({ preventScroll: true });
  showLeft(left());
}

function retype(text) {
  typed = text;
  showAnswer(item, typed, go);
}

const left = () => Math.max(0, leases.left - outbox.size);

function advance() {
  const next = leases.next();
  if (next) return show(next);
  item = null;
  showEnd(left());
  showLeft(left());
}

/** Asks for what comes next, and sees whether the item on the screen still needs an answer. */
async function refill() {
  try {
    await leases.refill(outbox.size);
    if (!item) return advance();
    const shown = item;
    const now = leases.without(shown.id) ?? (await get(`/items/${shown.id}`));
    if (item !== shown) return;
    if (shown.state === "open" && now.state !== "open" && typed === null) {
      toast(say("this_settled"));
      drafts.delete(shown.id);
      advance();
    } else {
      // The sums may have moved; what the person reads and answers must not.
      item = { ...shown, rules: now.rules };
      retype(typed);
      showLeft(left());
    }
  } catch (error) {
    if (!item && !outbox.size) failed(error);
  }
}

async function go(id) {
  if (item?.id === id) return;
  try {
    const back = item;
    const next = leases.without(id) ?? (await leases.only(id));
    if (back?.state === "open" && item === back) leases.putBack(back);
    show(next);
  } catch (error) {
    failed(error);
  }
}

function answer(action, text = "") {
  if (look.tooShort() || !seen(item)) return;
  const { version, value, flags, reason } = item;
  const request = { version, action, text, seconds: look.seconds(), shown: { value, flags, reason } };
  const answered = item;
  undoing = null;
  leases.answered(answered);
  outbox.add(answered, request);
  typed = null;
  item = null;
  drafts.delete(answered.id);
  advance();
}

async function undo() {
  const unsent = outbox.takeBack();
  if (unsent) {
    leases.takenBack(unsent.item);
    if (item) leases.putBack(item);
    return show(unsent.item);
  }
  try {
    await outbox.rest();
    undoing ??= unlikely();
    const reply = await post("/undo", { request: undoing });
    undoing = null;
    leases.left = reply.left;
    if (item?.state === "open") leases.putBack(item);
    toast(say("undone"));
    show(leases.without(reply.item.id) ?? reply.item);
    await leases.only(reply.item.id);
  } catch (error) {
    if (error instanceof Refused) undoing = null;
    if (error.status === 404) toast(say("nothing_to_undo"));
    else failed(error);
  }
}

function accept() {
  const text = standing(item, typed);
  if (text === null) toast(say("nothing_typed"));
  else if (text === "") answer("blank");
  else answer("value", text);
}

function pick(letter) {
  const choice = item.choices.find(({ key }) => key === letter);
  if (choice) answer(choice.text ? "value" : "blank", choice.text);
}

function beside(arrow) {
  const id = item.neighbours[arrow.replace("Arrow", "").toLowerCase()];
  if (id) go(id);
  else toast(say("no_neighbour"));
}

/** Several cells at once; answers under way come first, for they may be of some of them. */
function propose() {
  const of = item;
  if (!of.proposal) return;
  ask(of, async (apply, send) => {
    try {
      await outbox.rest();
      const reply = await send();
      undoing = null;
      toast(say(apply ? "proposal_moved" : "proposal_left"));
      item = null;
      await leases.refill(outbox.size);
      if (reply.item.state === "open") show(leases.without(of.id) ?? reply.item);
      else advance();
    } catch (error) {
      if (!(error instanceof Conflict)) return failed(error);
      toast(say("proposal_changed"));
      show(error.reply.item);
    }
    return true;
  });
}

function help() {
  const keys = find("keys");
  if (keys.open) keys.close();
  else keys.showModal();
}

function act(key) {
  if (key === "?") help();
  else if (key === "Z") undo();
  else if (!item) return;
  else if (key === "Enter") accept();
  else if (key === "Escape") retype(null);
  else if (key === "M") propose();
  else if (key === "B") answer("blank");
  else if (key === "U") answer("unreadable");
  else if (key.startsWith("Arrow")) beside(key);
  else if (key === "Backspace") retype((typed ?? item.value ?? "").slice(0, -1));
  else if ("ASDF".includes(key)) pick(key);
  else retype(((typed ?? "") + key).slice(0, 64));
}

document.addEventListener("keydown", (event) => {
  const key = command(event, typed !== null);
  if (key === null) return;
  event.preventDefault();
  // A key held down types digits; it never answers.
  if (!event.repeat || /^[0-9.+-]$|Backspace/.test(key)) act(key);
});
for (const button of document.querySelectorAll("button[data-key]")) {
  button.addEventListener("click", () => act(button.dataset.key));
}
find("answer").addEventListener("input", (event) => item && retype(event.target.value));
document.addEventListener("visibilitychange", () => document.hidden || refill());
setInterval(() => !item && !document.hidden && refill(), LOOK_AGAIN);
leases.keep(() => item, (one) => one.id === item?.id && notice(say("lost"), [], "lost"));

async function start() {
  try {
    if (asked.item) return show(await leases.only(asked.item));
    if (desk.dataset.first) leases.take(JSON.parse(desk.dataset.first));
    else await leases.refill();
    advance();
  } catch (error) {
    failed(error);
  }
}
await start();
if (asked.item) refill();
