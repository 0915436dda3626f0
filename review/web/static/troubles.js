// What is told when an answer was not taken: never without the answer itself.

import { SignedOut, SomebodyElse } from "./api.js";
import { cellName, outcome } from "./item.js";
import { notice } from "./notices.js";
import { say } from "./words.js";

const inWords = ({ action, text }) => (action === "value" ? text : say(action));

/** Somebody was first; `again` shows the cell once more. */
export function tellConflict({ item, request }, reply, again) {
  const told = {
    by: reply.by ?? say("somebody"),
    cell: cellName(item),
    theirs: outcome(reply.item),
    yours: inWords(request),
  };
  notice(say("conflict", told), [[say("look_again"), again]]);
}

export function tellRefused({ item, request }, error, again) {
  const told = { cell: cellName(item), yours: inWords(request), message: error.message };
  notice(say("refused", told), [[say("look_again"), again]]);
}

/** Answers that the server fails at, each time; they are sent again, or `discard` forgets them. */
export function tellAside(entries, outbox, discard) {
  const cells = entries.map(({ item, request }) => `${cellName(item)}: ${inWords(request)}`).join("; ");
  const actions = [[say("retry"), () => outbox.tryAside()], [say("discard"), () => discard(outbox.discardAside())]];
  notice(say("not_kept", { n: entries.length, cells }), actions, "aside", null);
}

/** No way to the server, or not with this login or not as this person; one notice, however often it fails. */
export function tellStuck(error, outbox) {
  const retry = [say("retry"), () => outbox.retry()];
  const login = [say("login_again"), () => open("/login", "_blank", "noopener")];
  if (error instanceof SomebodyElse) {
    notice(say("signed_in_other", { name: error.who, n: outbox.size }), [login, retry], "stuck");
  } else if (error instanceof SignedOut) {
    notice(say("signed_out", { n: outbox.size }), [login, retry], "stuck");
  } else {
    notice(say("offline", { n: outbox.size }), [retry], "stuck");
  }
}
