// Many cells of one reading side by side: mark the odd ones, accept the rest.

import { post, postLast } from "./api.js";
import { cellName } from "./item.js";
import { find, make, shortName } from "./make.js";
import { failed, toast } from "./notices.js";
import { addressOf } from "./pictures.js";
import { say } from "./words.js";

const BEAT = 40_000;
const GLANCE = 600; // ms: the next group is not accepted by a key meant for the last

const asked = JSON.parse(find("group").dataset.asked);
const put = new Set(); // items that were marked: they wait for the other screen
const MOST_PUT = 1000;
let group = { value: null, items: [] };
let odd = new Set();
let since = 0;

// Nobody accepts what was never on the screen.
const unseen = new Set();
const watch = new IntersectionObserver(
  (entries) => {
    for (const { target } of entries.filter((entry) => entry.isIntersecting)) {
      unseen.delete(target);
      watch.unobserve(target);
    }
    count();
  },
  { threshold: 0.9 },
);

/** Without a value, only blanks are alike: what is illegible or not found is looked at alone. */
const alike = (item) => item.value !== null || item.blank;

async function next() {
  const reply = await post("/groups", { ...asked, exclude: [...put].slice(-MOST_PUT) });
  group = { ...reply, items: reply.items.filter(alike) };
  odd = new Set();
  since = performance.now();
  const none = !group.items.length;
  find("group").hidden = none;
  find("end").hidden = !none;
  if (none) return find("end").focus();
  const n = group.items.length;
  const title = group.value === null ? "group_blank" : "group_title";
  find("group-title").textContent = say(title, { value: group.value, n });
  find("tiles").replaceChildren(...group.items.map(tile));
  watchAnew();
  count();
  find("tiles").querySelector("button").focus({ preventScroll: true });
  scrollTo(0, 0);
}

function watchAnew() {
  watch.disconnect();
  unseen.clear();
  for (const tile of find("tiles").children) {
    unseen.add(tile);
    watch.observe(tile);
  }
}

function tile(item, index) {
  const picture =
    item.page === null ? say("no_picture") : make("img", { src: addressOf(item, "cell"), alt: "" });
  const where = `${cellName(item)} · ${item.agency ?? shortName(item.name)}`;
  const button = make(
    "button",
    { type: "button", "aria-pressed": "false", "aria-label": `${where}: ${say("odd")}`, title: where },
    picture,
    make("span", { class: "where" }, where),
  );
  button.tabIndex = index ? -1 : 0; // one stop for all tiles, arrows within
  button.addEventListener("click", () => mark(item.id, button));
  return make("li", {}, button);
}

function mark(id, button) {
  if (!odd.delete(id)) odd.add(id);
  button.setAttribute("aria-pressed", String(odd.has(id)));
  count();
}

function count() {
  const rest = group.items.length - odd.size;
  const word = unseen.size ? "look_on" : odd.size ? "accept_rest" : "accept_all";
  find("accept").firstElementChild.textContent = say(word, { n: unseen.size || rest });
  find("accept").disabled = !rest;
  find("marked").textContent = odd.size ? say("marked", { n: odd.size }) : "";
}

async function accept() {
  const looked = performance.now() - since;
  if (unseen.size) return [...unseen][0].scrollIntoView({ block: "start" });
  const loaded = [...find("tiles").querySelectorAll("img")].every((image) => image.complete);
  const rest = group.items.filter((item) => !odd.has(item.id));
  if (find("accept").disabled || looked < GLANCE || !loaded) return;
  find("accept").disabled = true;
  try {
    const items = rest.map((item) => [item.id, item.version]);
    const seconds = Math.min(looked / 1000, 86400);
    const reply = await post("/groups/answer", { value: group.value, items, seconds });
    for (const id of odd) put.add(id);
    for (const id of odd) postLast(`/items/${id}/release`);
    group = { value: null, items: [] };
    toast(told(reply));
    find("left").textContent = say("left", { n: reply.left });
    await next();
  } catch (error) {
    count();
    failed(error);
  }
}

function told({ accepted, refused, settled }) {
  return [
    say("group_accepted", { n: accepted.length }),
    refused.length ? say("group_refused", { n: refused.length }) : "",
    settled ? say("settled", { n: settled }) : "",
  ].filter(Boolean).join(" · ");
}

function move(key) {
  const tiles = [...find("tiles").querySelectorAll("button")];
  const at = tiles.indexOf(document.activeElement);
  const top = tiles[0].getBoundingClientRect().top;
  const wide = tiles.filter((one) => one.getBoundingClientRect().top === top).length;
  const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -wide, ArrowDown: wide }[key];
  const to = tiles[Math.max(0, at) + (at < 0 ? 0 : step)];
  if (!to) return;
  for (const one of tiles) one.tabIndex = one === to ? 0 : -1;
  to.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || find("group").hidden) return;
  const inTiles = !event.target.closest?.("header, .bar, #notices");
  if (!inTiles) return;
  if (event.key.startsWith("Arrow")) move(event.key);
  else if (event.key === "Enter" && !event.repeat) accept();
  else return;
  event.preventDefault();
});
find("accept").addEventListener("click", accept);

setInterval(() => {
  if (document.hidden) return;
  for (const { id } of group.items) post(`/items/${id}/renew`).catch(() => {});
}, BEAT);
addEventListener("pagehide", () => {
  for (const { id } of group.items) postLast(`/items/${id}/release`);
});

await next().catch(failed);
