// How many cells are left, and what is shown when none comes.

import { find } from "./make.js";
import { say } from "./words.js";

export function showLeft(left) {
  find("left").textContent = say("left", { n: left });
}

/** In place of a cell: all done, or `left` in the hands of others. */
export function showEnd(left) {
  const end = find("end");
  const already = !end.hidden;
  end.hidden = false;
  find("desk").hidden = true;
  find("end-title").textContent = say(left ? "others_busy" : "all_done");
  find("end-more").textContent = left ? say("others_busy_more", { n: left }) : say("all_done_more");
  if (!already) end.focus();
}
