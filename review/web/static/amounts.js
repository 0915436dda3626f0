// Exact decimals, as [whole number, places]: 12.50 is [1250n, 2]. Never floats.

/** The text as a decimal, null if it is none: "１,234.5", "−3", "+7". */
export function parsed(text) {
  const plain = text.normalize("NFKC").replace(/[−–—]/g, "-").replace(/[,\s]/g, "");
  const match = /^([+-]?)(\d+)(?:\.(\d+))?$/.exec(plain);
  if (!match) return null;
  const [, sign, whole, part = ""] = match;
  const digits = BigInt(whole + part);
  return [sign === "-" ? -digits : digits, part.length];
}

export function sum(amounts) {
  const places = Math.max(0, ...amounts.map(([, p]) => p));
  const total = amounts.reduce((all, [n, p]) => all + n * 10n ** BigInt(places - p), 0n);
  return [total, places];
}

export const negated = ([n, places]) => [-n, places];

export const isZero = ([n]) => n === 0n;

export const sign = ([n]) => (n > 0n) - (n < 0n);

/** Plain digits without idle zeros: [1250n, 2] → "12.5". */
export function shown([n, places]) {
  const digits = (n < 0n ? -n : n).toString().padStart(places + 1, "0");
  const whole = digits.slice(0, digits.length - places);
  const part = digits.slice(digits.length - places).replace(/0+$/, "");
  return `${n < 0n ? "−" : ""}${whole}${part && `.${part}`}`;
}
