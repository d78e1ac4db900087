// line.js: what one line of plain text is. The same answers as src/intake/line.c gives on the server.

const HEADING_CHARS = 40;
const COUNT = "[〇零一二三四五六七八九十]{1,4}";
const LEVEL_1 = new RegExp(`^(?:${COUNT}、|第${COUNT}章)`);
const LEVEL_2 = new RegExp(`^[（(]${COUNT}[）)]`);
const SENTENCE = /[；;：:，,！？.]$|。/;

// 一、 or 第一章: 2 (h2); （一）: 3 (h3); else 0. Only short lines that do not end like a sentence.
export function headingLevel(line) {
  if (Array.from(line).length > HEADING_CHARS || SENTENCE.test(line)) {
    return 0;
  }
  if (LEVEL_1.test(line)) {
    return 2;
  }
  return LEVEL_2.test(line) ? 3 : 0;
}

// Blanks that only indent or part Chinese characters go; others become one space. Works on a list of {c, soft}: soft is the line
// break of the HTML source, which is a space only between two words of Latin letters.
const BLANK = /[\s\u00A0\u2002-\u200B\u202F\u3000\uFEFF]/;
const CHINESE = /[\p{Script=Han}\u3001-\u303F\uFF01-\uFFEE“”‘’…—·]/u;

export function isBlank(c) {
  return BLANK.test(c);
}

export function tidyChars(chars) {
  const kept = [];
  let blanks = [];
  for (const char of chars) {
    if (char.c !== "\n" && isBlank(char.c)) {
      blanks.push(char);
      continue;
    }
    const before = kept[kept.length - 1];
    if (blanks.length > 0 && before && before.c !== "\n" && char.c !== "\n" && blankStays(before.c, blanks, char.c)) {
      kept.push({ ...blanks[0], c: " " });
    }
    blanks = [];
    kept.push(char);
  }
  while (kept.length > 0 && kept[kept.length - 1].c === "\n") {
    kept.pop();
  }
  return kept;
}

function blankStays(before, blanks, after) {
  const left = CHINESE.test(before);
  const right = CHINESE.test(after);
  return blanks.every((b) => b.soft) ? !left && !right : !(left && right);
}

export function tidyLine(line) {
  return tidyChars(Array.from(line, (c) => ({ c: c === "\n" ? " " : c }))).map((char) => char.c).join("");
}
