// Which key means what. Digits go to the answer wherever the focus is, without a text field that a
// Chinese input method would open its window in.

import { find } from "./make.js";

const LETTERS = "ASDFBUZM";
const ARROWS = ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"];

/** The command of a key: "Enter", "A", "ArrowUp", "?", "5", "Backspace", …; null if it is not ours. */
export function command(event, typing) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return null;
  const { target } = event;
  const inField = target === find("answer");
  if (!inField && target.matches?.("input, select, textarea")) return null;
  if (event.key === "?") return "?";
  if (document.querySelector("dialog[open]")) return null;
  if (event.key === "Enter") return target.closest?.("button, a, summary") ? null : "Enter";
  if (event.key === "Escape") return "Escape";
  const scrolls = target.matches?.(".around"); // the picture, where somebody went there by Tab
  if (ARROWS.includes(event.key)) return scrolls || (inField && typing) ? null : event.key;
  if (!inField && (/^[0-9.+-]$/.test(event.key) || event.key === "Backspace")) return event.key;
  return letter(event);
}

function letter(event) {
  // An input method hides the letter, not the key.
  const key = event.key === "Process" ? event.code.replace("Key", "") : event.key.toUpperCase();
  return key.length === 1 && LETTERS.includes(key) ? key : null;
}
