// How long somebody has looked at a cell; time with the page out of sight does not count.

const GLANCE = 150; // ms: nobody reads a cell in less; a key pressed twice is not two answers
const DAY = 86400;

let since = 0;
let away = 0;

export const begin = () => (since = performance.now());

export const tooShort = () => performance.now() - since < GLANCE;

export const seconds = () => Math.min((performance.now() - since) / 1000, DAY);

document.addEventListener("visibilitychange", () => {
  if (document.hidden) away = performance.now();
  else since += performance.now() - away;
});
