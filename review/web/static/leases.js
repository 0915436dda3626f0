// The items that are leased to this screen: what comes next, with its pictures at hand.

import { get, post, postLast } from "./api.js";
import { picturesOf } from "./pictures.js";

const HELD = 4;
const BEAT = 40_000; // a lease lasts two minutes

export class Leases {
  left = 0;
  #ahead = [];
  #answered = new Map(); // item → the version that was answered here
  #filters;

  constructor({ document, table, flag }) {
    this.#filters = { document, table, flag };
  }

  /** The next items from the server; `busy`: how many it may still hold for answers under way. */
  async refill(busy = 0) {
    this.take(await post("/leases", { ...this.#filters, count: Math.min(20, HELD + busy) }));
  }

  /** What the server leased: all that was ahead gives way, for some of it may be settled. */
  take(reply) {
    this.left = reply.left;
    this.#ahead = reply.items.filter((item) => !this.#isAnswered(item));
    for (const item of this.#ahead) picturesOf(item);
  }

  /** The next item, undefined where there is none. */
  next() {
    this.#ahead = this.#ahead.filter((item) => !this.#isAnswered(item));
    return this.#ahead.shift();
  }

  #isAnswered = (item) => this.#answered.get(item.id) === item.version;

  /** The item as the server last told it, taken from those ahead. */
  without(id) {
    const item = this.#ahead.find((one) => one.id === id);
    this.#ahead = this.#ahead.filter((one) => one !== item);
    return item;
  }

  putBack(item) {
    this.without(item.id);
    this.#ahead.unshift(item);
  }

  /** This one and no other, leased if nobody else has it. */
  async only(id) {
    const { items } = await post("/leases", { count: 1, item: id });
    return items[0] ?? (await get(`/items/${id}`));
  }

  answered(item) {
    this.#answered.set(item.id, item.version);
  }

  takenBack(item) {
    this.#answered.delete(item.id);
  }

  /** Keeps what is held while the page is seen, and gives it back when it is left. */
  keep(shown, lost) {
    const held = () => [shown(), ...this.#ahead].filter((item) => item?.state === "open");
    setInterval(() => {
      if (document.hidden) return;
      for (const item of held()) {
        post(`/items/${item.id}/renew`).catch((error) => error.reply && lost(item));
      }
    }, BEAT);
    addEventListener("pagehide", () => {
      for (const item of held()) postLast(`/items/${item.id}/release`);
    });
  }
}
