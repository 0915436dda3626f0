// How far the work is; looked up again while the page is seen.

import { get } from "./api.js";
import { find, make } from "./make.js";
import { failed, withdraw } from "./notices.js";
import { language, say } from "./words.js";

const AGAIN = 10_000;

const whole = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat(language, { maximumFractionDigits: 1 });
const percent = new Intl.NumberFormat(language, { style: "percent", maximumFractionDigits: 1 });
const moment = new Intl.DateTimeFormat(language, {
  month: "short",
  day: "numeric",
  hour: "2-digit",
  minute: "2-digit",
  hourCycle: "h23",
});

const known = (value, worded) => (value === null ? say("none_yet") : worded(value));
const seconds = (value) => say("seconds", { n: tenth.format(value) });

function show(progress) {
  const { open, done, settled } = progress;
  const all = open + done + settled;
  const share = all ? (done + settled) / all : 1;
  find("share").value = share;
  // Rounded down: 100 % is said when nothing is left.
  find("percent").textContent = percent.format(Math.floor(share * 1000) / 1000);
  for (const name of ["open", "done", "settled", "leased"]) find(name).textContent = whole.format(progress[name]);
  find("median").textContent = known(progress.median_seconds, seconds);
  find("finish").textContent = known(progress.finish, (when) => moment.format(new Date(when)));
  if (progress.reviewers.length) find("reviewers").replaceChildren(...progress.reviewers.map(reviewer));
  withdraw("failed");
}

function reviewer({ name, answers, median_seconds, per_hour, agreement }) {
  const number = (text) => make("td", { class: "number" }, text);
  return make(
    "tr",
    {},
    make("th", { scope: "row" }, name),
    number(whole.format(answers)),
    number(known(median_seconds, seconds)),
    number(known(per_hour, (pace) => whole.format(pace))),
    number(known(agreement, (share) => percent.format(share))),
  );
}

const look = () => get("/progress").then(show).catch(failed);
setInterval(() => document.hidden || look(), AGAIN);
await look();
