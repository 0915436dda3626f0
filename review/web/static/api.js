// The JSON API. What goes wrong has a type: Conflict, SignedOut, SomebodyElse,
// Offline, its kind Failed, or Refused.

import { known, say } from "./words.js";

export class Conflict extends Error {
  constructor(reply) {
    super(reply.message);
    this.reply = reply;
  }
}
export class SignedOut extends Error {
  message = say("login_expired");
}
/** The cookie is another person's: nothing is sent in their name. */
export class SomebodyElse extends Error {
  constructor(name) {
    super(say("somebody_else_here", { name }));
    this.who = name;
  }
}
/** What was sent may be sent again. */
export class Offline extends Error {
  message = say("no_connection");
}
/** A server that is there and fails. */
export class Failed extends Offline {}
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const meta = document.querySelector('meta[name="csrf-token"]');
const person = document.querySelector('meta[name="person"]').content;

const request = (path, options) =>
  fetch(`/api/v1${path}`, { credentials: "same-origin", ...options }).catch(() => {
    throw new Offline();
  });

const posted = (body) => ({
  method: "POST",
  headers: { "Content-Type": "application/json", "X-CSRF-Token": meta.content },
  body: JSON.stringify(body ?? {}),
});

export const get = async (path) => answerOf(await request(path, {}));

export async function post(path, body) {
  const response = await request(path, posted(body));
  if (![401, 403].includes(response.status)) return answerOf(response);
  await renewToken(); // somebody logged in again, on another page
  return answerOf(await request(path, posted(body)));
}

/** A name that no other request has. */
export const unlikely = () =>
  [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** Sent even while the page is being left; nobody hears the answer. */
export const postLast = (path) => void request(path, { ...posted(), keepalive: true }).catch(() => {});

async function answerOf(response) {
  if (response.status === 401 || response.status === 403) throw new SignedOut();
  if (response.status === 204) return null;
  if (response.status >= 500) throw new Failed();
  const answer = await response.json().catch(() => {
    if (response.ok) throw new Failed(); // cut off on the way
    return null;
  });
  if (response.ok) return answer;
  if (response.status === 409 && answer?.item) throw new Conflict(answer);
  throw new Refused(response.status, known(`error_${answer?.code}`) ?? answer?.message ?? worded(answer?.detail ?? response.statusText));
}

const worded = (detail) => (typeof detail === "string" ? detail : JSON.stringify(detail));

async function renewToken() {
  const me = await get("/me");
  if (me.name !== person) throw new SomebodyElse(me.name);
  meta.content = me.csrf;
}
