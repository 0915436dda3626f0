// What the page tells: a toast goes by itself, a notice stays until it is dealt with.

import { find, make } from "./make.js";
import { say } from "./words.js";

const SHOWN = 4000;
const TOGETHER = 1500; // ms: what is told so soon after something else does not hide it
let fading = 0;
let told = -TOGETHER;

/** A short word at the foot of the page, read out by screen readers. */
export function toast(text) {
  const before = performance.now() - told < TOGETHER ? find("toast").textContent : "";
  told = performance.now();
  find("toast").textContent = before && before !== text ? `${before} · ${text}` : text;
  clearTimeout(fading);
  fading = setTimeout(() => (find("toast").textContent = ""), SHOWN);
}

/**
 * A notice with buttons, `[[word, what it does], …]`; a second of the same `id` takes its place.
 * Where one of them must be chosen, `last` is null; else it says "dismiss".
 */
export function notice(text, actions = [], id = null, last = [say("dismiss"), () => {}]) {
  if (id) withdraw(id);
  const box = make("div", { class: "notice", "data-notice": id }, make("p", {}, text));
  const button = (word, act) => {
    const made = make("button", { type: "button" }, word);
    made.addEventListener("click", () => {
      box.remove();
      act();
    });
    return made;
  };
  box.append(...[...actions, last].filter(Boolean).map(([word, act]) => button(word, act)));
  find("notices").append(box);
}

export function withdraw(id) {
  for (const box of document.querySelectorAll(`[data-notice="${id}"]`)) box.remove();
}

/** For what a page cannot do without: says that it failed. */
export function failed(error) {
  notice(say("failed", { message: error.message }), [], "failed");
}
