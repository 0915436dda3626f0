// Answers on their way: sent one after the other, kept until the server has taken them. One that the
// server fails at again and again is set aside, so that it holds up no other.

import { Conflict, Failed, Refused, post } from "./api.js";

const RETRY = 5000;
const TRIES = 3;

export class Outbox {
  #waiting = [];
  #aside = [];
  #sending = false;
  #sent = Promise.resolve();
  #resting = 0;
  #on;

  /**
   * `on`: answered(entry, reply), conflict(entry, reply), refused(entry, error),
   * stuck(error), flowing(), aside(entries): those set aside by now. */
  constructor(on) {
    this.#on = on;
    addEventListener("online", () => this.retry());
    addEventListener("focus", () => this.#waiting.length && this.retry());
    addEventListener("beforeunload", (event) => this.size && event.preventDefault());
  }

  /** Answers that the server has not taken. */
  get size() {
    return this.#waiting.length + this.#aside.length;
  }

  /** `request` is an AnswerRequest for the item. */
  add(item, request) {
    this.#waiting.push({ item, request, tries: 0 });
    this.#send();
  }

  /** Those set aside are sent once more, after the others. */
  tryAside() {
    this.#waiting.push(...this.discardAside().map((entry) => ({ ...entry, tries: 0 })));
    this.retry();
  }

  /** Those set aside, which are not sent any more. */
  discardAside() {
    return this.#aside.splice(0);
  }

  /** The last answer, if it is not on its way: it is not sent any more. Else null. */
  takeBack() {
    return this.#waiting.length > (this.#sending ? 1 : 0) ? this.#waiting.pop() : null;
  }

  /** When no answer is on its way. */
  async rest() {
    await this.#sent;
  }

  retry() {
    clearTimeout(this.#resting);
    this.#send(1);
  }

  /** `counts`: 1 for a try more, 0 where it is only that another answer came. */
  #send(counts = 0) {
    if (!this.#sending) this.#sent = this.#sendAll(counts);
  }

  async #sendAll(counts) {
    this.#sending = true;
    try {
      while (this.#waiting.length) await this.#first(this.#waiting[0], counts);
      this.#on.flowing();
    } catch (error) {
      this.#on.stuck(error);
      this.#resting = setTimeout(() => this.retry(), RETRY);
    } finally {
      this.#sending = false;
    }
  }

  async #first(entry, counts) {
    try {
      const reply = await post(`/items/${entry.item.id}/answer`, entry.request);
      this.#waiting.shift();
      this.#on.answered(entry, reply);
    } catch (error) {
      const lasting = error instanceof Failed && (entry.tries += counts) >= TRIES;
      if (!(error instanceof Conflict || error instanceof Refused || lasting)) throw error;
      this.#waiting.shift();
      if (lasting) this.#setAside(entry);
      else if (error instanceof Conflict) this.#on.conflict(entry, error.reply);
      else this.#on.refused(entry, error);
    }
  }

  #setAside(entry) {
    this.#aside.push(entry);
    this.#on.aside(this.#aside);
  }
}
