// Pictures of the cells, loaded before they are shown.

import { make } from "./make.js";
import { say } from "./words.js";

const loaded = new Map();
const KEPT = 12;

/** The item's two pictures as elements, begun to load; null where the page has no such cell. */
export function picturesOf(item) {
  if (item.page === null) return null;
  const key = addressOf(item, "cell");
  if (!loaded.has(key)) {
    loaded.set(key, { cell: picture(item, "cell"), around: picture(item, "around") });
    if (loaded.size > KEPT) loaded.delete(loaded.keys().next().value);
  }
  return loaded.get(key);
}

/** Another one as soon as the picture is: browsers keep what they have seen. */
export const addressOf = (item, name) => `/pictures/items/${item.id}/${name}?v=${encodeURIComponent(item.picture)}`;

function picture(item, name) {
  const image = make("img", { alt: say(`${name}_picture`), decoding: "sync" });
  image.src = addressOf(item, name);
  return image;
}

/** Whether somebody can have seen the cell: its picture is there, or there will be none. */
export function seen(item) {
  const pictures = picturesOf(item);
  return pictures === null || pictures.cell.complete;
}
