// The JSON API. What goes wrong has a type: Conflict, SignedOut, Offline, or Refused.

import { say } from "./words.js";

export class Conflict extends Error {
  constructor(reply) {
    super(reply.message);
    this.reply = reply;
  }
}
export class SignedOut extends Error {
  message = say("login_expired");
}
export class Offline extends Error {
  message = say("no_connection");
}
export class Refused extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

const meta = document.querySelector('meta[name="csrf-token"]');

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
  if (response.status !== 403) return answerOf(response);
  await renewToken(); // somebody logged in again, on another page
  return answerOf(await request(path, posted(body)));
}

/** Sent even while the page is being left; nobody hears the answer. */
export const postLast = (path) => void request(path, { ...posted(), keepalive: true }).catch(() => {});

async function answerOf(response) {
  if (response.status === 401 || response.status === 403) throw new SignedOut();
  if (response.status === 204) return null;
  const answer = await response.json().catch(() => null);
  if (response.ok && answer !== null) return answer;
  if (response.status === 409 && answer?.item) throw new Conflict(answer);
  if ([502, 503, 504].includes(response.status)) throw new Offline();
  throw new Refused(response.status, answer?.message ?? worded(answer?.detail ?? response.statusText));
}

const worded = (detail) => (typeof detail === "string" ? detail : JSON.stringify(detail));

async function renewToken() {
  const page = await fetch("/help", { credentials: "same-origin" }).then((r) => r.text());
  const fresh = new DOMParser().parseFromString(page, "text/html").querySelector("meta[name=csrf-token]");
  if (fresh) meta.content = fresh.content;
}
