// numbers.js: the automatic numbers of word processors, written out. A number is part of an official text; a list that counts
// for itself would count anew.

const HAN = "零一二三四五六七八九";

export function chinese(n) {
  if (n <= 0 || n > 99) {
    return String(n);
  }
  if (n < 10) {
    return HAN[n];
  }
  const tens = Math.floor(n / 10);
  return (tens > 1 ? HAN[tens] : "") + "十" + (n % 10 ? HAN[n % 10] : "");
}

function letters(n, first) {
  let words = "";
  for (let rest = n; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    words = String.fromCharCode(first + ((rest - 1) % 26)) + words;
  }
  return words;
}

function roman(n) {
  const steps = [[1000, "m"], [900, "cm"], [500, "d"], [400, "cd"], [100, "c"], [90, "xc"], [50, "l"], [40, "xl"], [10, "x"],
    [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]];
  let rest = n;
  let words = "";
  for (const [value, sign] of steps) {
    while (rest >= value) {
      words += sign;
      rest -= value;
    }
  }
  return words;
}

// Names of formats from CSS, from <ol type> and from Word's list definitions.
export function numberText(n, format) {
  if (/chinese|japanese-counting|japanese-digital|ideograph|cjk|informal|taiwanese/.test(format)) {
    return chinese(n);
  }
  if (/circle/.test(format) && n >= 1 && n <= 20) {
    return String.fromCharCode(0x2460 + n - 1);
  }
  switch (format) {
    case "a":
    case "lower-alpha":
    case "alpha-lower":
    case "lower-latin":
      return letters(n, 97);
    case "A":
    case "upper-alpha":
    case "alpha-upper":
    case "upper-latin":
      return letters(n, 65);
    case "i":
    case "lower-roman":
    case "roman-lower":
      return roman(n);
    case "I":
    case "upper-roman":
    case "roman-upper":
      return roman(n).toUpperCase();
    default:
      return String(n);
  }
}

// Counts the lists of one pasted text: Word names a list (l0) and a level (1…9) at each paragraph.
export class Counters {
  counts = new Map();

  next(list, level, levels) {
    const own = this.counts.get(list) || [];
    this.counts.set(list, own);
    const start = (levels.get(`${list}:${level}`) || {}).start || 1;
    own[level] = own[level] === undefined ? start : own[level] + 1;
    own.length = level + 1;
    return own;
  }
}

// "%1、" with the counts so far; without a definition "1."
export function markerText(list, level, levels, counts) {
  const definition = levels.get(`${list}:${level}`);
  const text = definition && definition.text ? definition.text : `%${level}.`;
  return text.replace(/%([1-9])/g, (_, digit) => {
    const at = Number(digit);
    const format = (levels.get(`${list}:${at}`) || {}).format || "decimal";
    return numberText(counts[at] === undefined ? 1 : counts[at], format);
  });
}
