// Answers on their way: sent one after the other, kept until the server has taken them.

import { Conflict, Refused, post } from "./api.js";

const RETRY = 5000;

export class Outbox {
  #waiting = [];
  #sending = false;
  #sent = Promise.resolve();
  #resting = 0;
  #on;

  /** `on`: answered(entry, reply), conflict(entry, reply), refused(entry, error), stuck(error), flowing(). */
  constructor(on) {
    this.#on = on;
    addEventListener("online", () => this.retry());
    addEventListener("focus", () => this.#waiting.length && this.retry());
    addEventListener("beforeunload", (event) => this.#waiting.length && event.preventDefault());
  }

  get size() {
    return this.#waiting.length;
  }

  /** `request` is an AnswerRequest for the item. */
  add(item, request) {
    this.#waiting.push({ item, request });
    this.#send();
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
    this.#send();
  }

  #send() {
    if (!this.#sending) this.#sent = this.#sendAll();
  }

  async #sendAll() {
    this.#sending = true;
    try {
      while (this.#waiting.length) await this.#first(this.#waiting[0]);
      this.#on.flowing();
    } catch (error) {
      this.#on.stuck(error);
      this.#resting = setTimeout(() => this.retry(), RETRY);
    } finally {
      this.#sending = false;
    }
  }

  async #first(entry) {
    try {
      const reply = await post(`/items/${entry.item.id}/answer`, entry.request);
      this.#waiting.shift();
      this.#on.answered(entry, reply);
    } catch (error) {
      if (!(error instanceof Conflict || error instanceof Refused)) throw error;
      this.#waiting.shift();
      if (error instanceof Conflict) this.#on.conflict(entry, error.reply);
      else this.#on.refused(entry, error);
    }
  }
}
