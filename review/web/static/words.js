// The page's words, as the server gave them in the reader's language.

const words = JSON.parse(document.body.dataset.words);

export const language = document.documentElement.lang;

/** The word as it stands, undefined where there is none. */
export const known = (key) => words[key];

/** The word, with `{name}` filled in: say("settled", {n: 3}). */
export function say(key, values = {}) {
  return words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}
