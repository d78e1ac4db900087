// sheet.js: styles of pasted text, read as text and never applied. style= and on…= are renamed before anything is parsed: each
// would be reported under our Content-Security-Policy, and the parsed style would be empty anyway.

const TAG = /<[a-z](?:[^>"']|"[^"]*"|'[^']*')*>/gi;
const ATTRIBUTE = /([\s"'/])(style|on[a-z]+)(\s*=)/gi;
const STYLE_SHEET = /<style\b[^>]*>([\s\S]*?)<\/style\s*>/gi;

export const STYLE = "data-gk-style";

export function neutralise(html) {
  return html.replace(TAG, (tag) => tag.replace(ATTRIBUTE, "$1data-gk-$2$3"));
}

export function readDeclarations(text) {
  const style = {};
  for (const declaration of text.split(";")) {
    const colon = declaration.indexOf(":");
    if (colon > 0) {
      const value = declaration.slice(colon + 1).replace(/!important/i, "").trim();
      style[declaration.slice(0, colon).trim().toLowerCase()] = value;
    }
  }
  return style;
}

// Style sheets out of the source: what classes mean, and Word's lists (@list l0:level1 {…}).
export function takeSheets(html) {
  const classes = new Map();
  const levels = new Map();
  const rest = html.replace(STYLE_SHEET, (_, css) => {
    readSheet(css.replace(/<!--|-->/g, " ").replace(/\/\*[\s\S]*?\*\//g, " "), classes, levels);
    return "";
  });
  return { rest, classes, levels };
}

function readSheet(css, classes, levels) {
  for (const rule of css.split("}")) {
    const open = rule.lastIndexOf("{");
    const style = open < 0 ? {} : readDeclarations(rule.slice(open + 1));
    const selectors = open < 0 ? "" : rule.slice(rule.lastIndexOf("{", open - 1) + 1, open);
    for (const selector of selectors.split(",").map((s) => s.trim())) {
      const list = /^@list\s+(l\d+):level(\d)/i.exec(selector);
      const named = /^[a-z0-9]*\.([\w-]+)$/i.exec(selector);
      if (list) {
        levels.set(`${list[1]}:${list[2]}`, {
          format: (style["mso-level-number-format"] || "decimal").toLowerCase(),
          text: unescapeText(style["mso-level-text"]),
          start: Number(style["mso-level-start-at"]) || 1,
        });
      } else if (named) {
        classes.set(named[1], { ...classes.get(named[1]), ...style });
      }
    }
  }
}

// "%1\." as CSS writes it.
function unescapeText(text) {
  return text === undefined ? "" : text.replace(/^["']|["']$/g, "").replace(/\\(.)/g, "$1");
}

// What an element's classes and its own attribute say together.
export function styleOf(element, classes) {
  let style = {};
  for (const name of element.classList) {
    style = { ...style, ...classes.get(name) };
  }
  const own = element.getAttribute(STYLE);
  return own ? { ...style, ...readDeclarations(own) } : style;
}
