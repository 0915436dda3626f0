// On every page: language and theme, kept in cookies so that the server paints them at once.

import { find } from "./make.js";

const YEAR = 365 * 24 * 3600;
const keep = (name, value) => {
  document.cookie = `${name}=${value}; Max-Age=${YEAR}; Path=/; SameSite=Lax`;
};

find("language").addEventListener("click", (event) => {
  keep("lang", event.currentTarget.value);
  location.reload();
});

find("theme").addEventListener("click", () => {
  const root = document.documentElement;
  const dark = root.dataset.theme
    ? root.dataset.theme === "dark"
    : matchMedia("(prefers-color-scheme: dark)").matches;
  root.dataset.theme = dark ? "light" : "dark";
  document.querySelector('meta[name="color-scheme"]').content = root.dataset.theme;
  keep("theme", root.dataset.theme);
});
