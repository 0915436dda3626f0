// Elements without markup: what comes from a file or a person is only ever text.

/** An element; attributes that are null or false are left out, true is an empty one. */
export function make(tag, attributes = {}, ...content) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...content.filter((part) => part !== null && part !== undefined));
  return element;
}

export const find = (id) => document.getElementById(id);

/** The file's last name: long paths are cut at the front, where they are alike. */
export const shortName = (name) => name.split("/").at(-1);
