// clean.js: pasted HTML (Word, WPS, spreadsheets, web pages) to the simple HTML of an official document.
//
// The rules: numbers are text and are never counted anew; what the author had deleted or hidden never comes along, and neither do
// comments: it is counted, so that the person can be told; merged cells, centre and right stay; fonts, sizes, colours and
// indents go. Nothing of the source is copied: text and a few attributes are read, and new elements are made.
import { headingLevel, isBlank, tidyChars } from "./line.js";
import { Counters, markerText, numberText } from "./numbers.js";
import { neutralise, styleOf, takeSheets } from "./sheet.js";

export const PICTURE_MARK = "【此处有图片，没有带过来】";

const DROPPED = new Set(["audio", "button", "canvas", "embed", "frame", "head", "iframe", "input", "link", "math", "meta", "noscript",
  "object", "option", "script", "select", "style", "svg", "template", "textarea", "title", "video", "xml"]);
const BLOCKS = new Set(["address", "article", "aside", "body", "caption", "center", "dd", "details", "div", "dl", "dt", "fieldset", "figcaption",
  "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "main", "nav", "p", "pre", "section", "summary"]);
const COMMENTS = /(^|\s)(MsoCommentReference|msocomanchor|msocomtxt|msocomoff)(\s|$)/i;
const INDENT_BLANKS = 2; // full-width ones; or four narrow ones: a paragraph begins

// { html, counts } of what came from outside.
export function cleanPaste(source) {
  const { rest, classes, levels } = takeSheets(source);
  const parsed = new DOMParser().parseFromString(neutralise(rest), "text/html");
  const paste = {
    doc: document.implementation.createHTMLDocument(""),
    classes,
    levels,
    counters: new Counters(),
    shift: parsed.querySelector("h1") ? 1 : 0,
    counts: { deleted: 0, hidden: 0, comments: 0, pictures: 0, struck: 0 },
  };
  const out = paste.doc.body;
  const flow = new Flow(paste, out, {});
  flow.children(parsed.body, {});
  flow.flush();
  return { html: out.innerHTML, counts: paste.counts };
}

// Plain text: a line is a paragraph.
export function linesToHtml(text) {
  const doc = document.implementation.createHTMLDocument("");
  const flow = new Flow({ doc, counts: {} }, doc.body, {});
  for (const line of text.split(/\r\n?|\n/)) {
    flow.text(line, {});
    flow.flush();
  }
  return doc.body.innerHTML;
}

function nameOf(element) {
  return element.localName.toLowerCase();
}

function hides(element, style) {
  return element.hidden || /^none$/i.test(style.display || "") || /^hidden$/i.test(style.visibility || "") ||
    /^all$/i.test(style["mso-hide"] || "");
}

function isComment(element, style) {
  return COMMENTS.test(element.className) || /^comment/i.test(style["mso-element"] || "") ||
    /^comment$/i.test(style["mso-special-character"] || "");
}

function isDeleted(element) {
  return nameOf(element) === "del" || /(^|\s)msoDel(\s|$)/i.test(element.className);
}

function isInserted(element) {
  return nameOf(element) === "ins" || /(^|\s)msoIns(\s|$)/i.test(element.className);
}

function hasText(element) {
  return /[^\s\u00A0]/.test(element.textContent) || element.querySelector("img") !== null;
}

function alignIn(element, style, inherited) {
  const align = (style["text-align"] || element.getAttribute("align") || "").toLowerCase();
  if (nameOf(element) === "center" || align === "center") {
    return "center";
  }
  if (align === "right" || align === "end") {
    return "right";
  }
  return align === "" ? inherited : null;
}

// The marks of a run, outermost first; values are true, or the address of a link.
function marksIn(element, style, marks) {
  const name = nameOf(element);
  const own = { ...marks };
  const weight = style["font-weight"] || "";
  if (/^(bold|bolder|[6-9]00)$/i.test(weight) || (/^(b|strong)$/.test(name) && weight === "")) {
    own.strong = true;
  } else if (/^(normal|lighter|[1-5]00)$/i.test(weight)) {
    delete own.strong;
  }
  if (/^(i|em|cite|dfn)$/.test(name) || /^(italic|oblique)$/i.test(style["font-style"] || "")) {
    own.em = true;
  }
  const line = `${style["text-decoration"] || ""} ${style["text-decoration-line"] || ""}`;
  if ((name === "u" || /underline/i.test(line)) && !isInserted(element) && name !== "a") {
    own.u = true;
  }
  if (/^(s|strike)$/.test(name) || /line-through/i.test(line)) {
    own.s = true;
  }
  if (/^(sub|sup)$/.test(name)) {
    own[name] = true;
  } else if (/^(sub|super)$/i.test(style["vertical-align"] || "")) {
    own[style["vertical-align"].toLowerCase() === "sub" ? "sub" : "sup"] = true;
  }
  const href = name === "a" ? (element.getAttribute("href") || "").trim() : "";
  if (/^(https?:\/\/|mailto:|tel:)[^\s\\]+$/i.test(href)) {
    own.a = href;
    delete own.u;
  }
  return own;
}

// Word's list paragraph: which list, which level; null for any other.
function listOf(style) {
  const found = /^(l\d+)\s+level(\d)/i.exec(style["mso-list"] || "");
  return found ? { list: found[1], level: Number(found[2]) } : null;
}

// Glyphs of Symbol and Wingdings fonts: one sign, be it a letter of that font, that counts nothing.
function isBullet(marker) {
  return Array.from(marker).length === 1 && !/[0-9\p{Script=Han}\u2460-\u24FF]/u.test(marker);
}

function spanOf(cell, name) {
  const n = Number(cell.getAttribute(name));
  return Number.isInteger(n) && n > 1 && n <= 1000 ? n : 1;
}

// Which columns of a spreadsheet are hidden: <col style="display:none"> hides nothing in a browser, but in the source it did.
class Columns {
  constructor(table, classes) {
    this.hidden = [];
    this.taken = []; // rows that a cell from above still covers, by column
    this.at = 0;
    for (const col of table.querySelectorAll(":scope > col, :scope > colgroup > col")) {
      const hidden = hides(col, styleOf(col, classes));
      for (let i = Number(col.getAttribute("span")) || 1; i > 0 && this.hidden.length < 1000; i--) {
        this.hidden.push(hidden);
      }
    }
  }

  nextRow() {
    this.at = 0;
    this.taken = this.taken.map((rows) => Math.max(rows - 1, 0));
  }

  // How many visible columns the next cell of this row covers.
  visible(cell) {
    while (this.taken[this.at] > 0) {
      this.at++;
    }
    let seen = 0;
    for (let n = spanOf(cell, "colspan"); n > 0; n--) {
      seen += this.hidden[this.at] ? 0 : 1;
      this.taken[this.at++] = spanOf(cell, "rowspan");
    }
    return seen;
  }
}

// Blocks into one parent: collects the characters of a paragraph until something ends it.
class Flow {
  constructor(paste, parent, { cell = false, item = false }) {
    Object.assign(this, { paste, parent, cell, item });
    this.chars = [];
    this.begin({});
  }

  // What the next paragraph will be.
  begin({ align = null, heading = 0, marker = "", bullet = 0 }) {
    Object.assign(this, { align, heading, marker, bullet });
  }

  // ---- reading ----

  children(element, marks) {
    for (const node of element.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) {
        this.text(node.data, marks);
      } else if (node.nodeType === Node.ELEMENT_NODE) {
        this.element(node, marks);
      }
    }
  }

  text(data, marks) {
    for (const c of data) {
      if (/[\n\r]/.test(c)) {
        this.chars.push(this.pre ? { c: "\n", ends: true } : { c: " ", soft: true, marks });
      } else {
        this.chars.push({ c, marks });
      }
    }
  }

  // Left out and counted; true when there is nothing more to do with the element.
  leftOut(element, style) {
    const { counts } = this.paste;
    if (isComment(element, style)) {
      counts.comments += /(^|\s)MsoCommentReference(\s|$)/i.test(element.className) && hasText(element) ? 1 : 0;
      return true;
    }
    if (isDeleted(element)) {
      counts.deleted += hasText(element) ? 1 : 0;
      return true;
    }
    if (hides(element, style)) {
      counts.hidden += hasText(element) ? 1 : 0;
      return true;
    }
    return DROPPED.has(nameOf(element)) || /^(v|o):(shape|imagedata|smarttagtype)/i.test(element.localName);
  }

  element(element, marks) {
    const name = nameOf(element);
    const style = styleOf(element, this.paste.classes);
    if (this.leftOut(element, style) || /^ignore$/i.test(style["mso-list"] || "")) {
      return;
    }
    const own = marksIn(element, style, marks);
    if (name === "br") {
      this.chars.push({ c: "\n" });
    } else if (name === "img") {
      this.picture(element);
    } else if (name === "table") {
      this.table(element);
    } else if (name === "ul" || name === "ol") {
      this.list(element, own);
    } else if (name === "blockquote" && !this.cell && !this.item) {
      this.quote(element, own);
    } else if (BLOCKS.has(name)) {
      this.block(element, style, own);
    } else {
      this.children(element, own);
    }
  }

  picture(img) {
    const tiny = Number(img.getAttribute("width")) <= 2 && Number(img.getAttribute("height")) <= 2;
    if (img.hasAttribute("width") && img.hasAttribute("height") && tiny) {
      return;
    }
    const src = img.getAttribute("src") || "";
    if (/^\/files\/[\w.-]+/.test(src)) {
      this.chars.push({ c: "\uFFFC", src, alt: img.getAttribute("alt") || "" });
      return;
    }
    this.paste.counts.pictures++;
    this.text(PICTURE_MARK, {});
  }

  block(element, style, marks) {
    const name = nameOf(element);
    const outer = { align: this.align, pre: this.pre };
    this.flush();
    const level = /^h[1-6]$/.test(name) ? Math.min(Number(name[1]) + this.paste.shift, 4) : 0;
    this.pre = this.pre || name === "pre";
    const next = { align: alignIn(element, style, outer.align), heading: level > 0 ? Math.max(level, 2) : 0 };
    const list = listOf(style);
    if (list) {
      Object.assign(next, this.listed(element, list));
    } else if (this.marker) {
      next.marker = this.marker; // the number of the list item this block opens
    }
    this.begin(next);
    this.children(element, marks);
    this.flush();
    this.pre = outer.pre;
    this.begin({ align: outer.align });
  }

  // The number or bullet of a list paragraph: as Word wrote it beside the text, else by the definition of the list.
  listed(element, { list, level }) {
    const { counters, levels, classes } = this.paste;
    const counts = counters.next(list, level, levels);
    const written = [...element.querySelectorAll("span")].find((s) => /^ignore$/i.test(styleOf(s, classes)["mso-list"] || ""));
    const format = (levels.get(`${list}:${level}`) || {}).format;
    const marker = written ? written.textContent.replace(/[\s\u00A0]+/g, "") : markerText(list, level, levels, counts);
    if (format === "bullet" || isBullet(marker)) {
      return { bullet: level };
    }
    return { marker };
  }

  quote(element, marks) {
    this.flush();
    const quote = this.paste.doc.createElement("blockquote");
    const inner = new Flow(this.paste, quote, { item: true });
    inner.children(element, marks);
    inner.flush();
    if (quote.childNodes.length > 0) {
      this.parent.append(quote);
    }
  }

  list(element, marks) {
    this.flush();
    const ordered = nameOf(element) === "ol";
    const format = styleOf(element, this.paste.classes)["list-style-type"] || element.getAttribute("type") || "decimal";
    let number = Number(element.getAttribute("start")) || 1;
    let ul = null;
    for (const item of element.children) {
      const style = styleOf(item, this.paste.classes);
      if (this.leftOut(item, style)) {
        continue;
      }
      if (nameOf(item) !== "li") {
        this.element(item, marks);
        continue;
      }
      const own = marksIn(item, style, marks);
      const list = listOf(style);
      const listed = list ? this.listed(item, list) : {};
      if (ordered && !listed.bullet) {
        number = Number(item.getAttribute("value")) || number;
        const text = numberText(number++, format);
        this.begin({ align: alignIn(item, style, null), marker: listed.marker || (/^\d+$|^[a-z]+$/i.test(text) ? `${text}.` : `${text}、`) });
        this.children(item, own);
        this.flush();
        this.begin({});
        ul = null;
        continue;
      }
      if (!ul) {
        ul = this.parent.appendChild(this.paste.doc.createElement("ul"));
      }
      this.putItem(ul, item, own);
    }
    if (ul && ul.childNodes.length === 0) {
      ul.remove();
    }
  }

  putItem(ul, item, marks) {
    const li = this.paste.doc.createElement("li");
    const inner = new Flow(this.paste, li, { cell: this.cell, item: true });
    inner.children(item, marks);
    inner.flush();
    if (li.childNodes.length > 0) {
      if (li.firstChild.localName !== "p") {
        li.prepend(this.paste.doc.createElement("p"));
      }
      ul.append(li);
    }
  }

  // ---- tables ----

  table(element) {
    this.flush();
    for (const caption of element.querySelectorAll(":scope > caption")) {
      this.begin({ align: "center" });
      this.children(caption, {});
      this.flush();
    }
    this.begin({ align: this.align });
    if (this.cell || this.item) {
      this.tableAsLines(element);
      return;
    }
    const table = this.paste.doc.createElement("table");
    const body = table.appendChild(this.paste.doc.createElement("tbody"));
    const columns = new Columns(element, this.paste.classes);
    for (const row of element.rows) {
      this.row(body, row, columns);
    }
    if (body.rows.length > 1 && body.rows[0].cells.length > 1 && !table.querySelector("th")) {
      for (const cell of [...body.rows[0].cells]) {
        const head = this.paste.doc.createElement("th");
        for (const name of ["colspan", "rowspan"]) {
          if (cell.hasAttribute(name)) {
            head.setAttribute(name, cell.getAttribute(name));
          }
        }
        head.append(...cell.childNodes);
        cell.replaceWith(head);
      }
    }
    if (body.rows.length > 0) {
      this.parent.append(table);
    }
  }

  row(body, row, columns) {
    const { counts, doc, classes } = this.paste;
    const style = styleOf(row, classes);
    columns.nextRow();
    if (this.leftOut(row, style)) {
      return;
    }
    const deletedBefore = counts.deleted;
    const tr = doc.createElement("tr");
    for (const cell of row.cells) {
      const cellStyle = styleOf(cell, classes);
      const wide = columns.visible(cell);
      if (this.leftOut(cell, cellStyle)) {
        continue;
      }
      if (wide === 0) {
        counts.hidden += hasText(cell) ? 1 : 0;
        continue;
      }
      const made = doc.createElement(nameOf(cell) === "th" ? "th" : "td");
      for (const [name, n] of [["colspan", wide], ["rowspan", spanOf(cell, "rowspan")]]) {
        if (n > 1) {
          made.setAttribute(name, String(n));
        }
      }
      const inner = new Flow(this.paste, made, { cell: true });
      inner.begin({ align: alignIn(cell, cellStyle, alignIn(row, style, null)) });
      inner.children(cell, marksIn(cell, { "font-weight": cellStyle["font-weight"] }, {}));
      inner.flush();
      tr.append(made);
    }
    // A row whose whole content was deleted is a deleted row.
    const gone = counts.deleted > deletedBefore && !hasText(tr) && !tr.querySelector("[rowspan]");
    if (tr.childNodes.length > 0 && !gone) {
      body.append(tr);
    }
  }

  // A table inside a cell: its text, a line per cell.
  tableAsLines(element) {
    for (const row of element.rows) {
      if (this.leftOut(row, styleOf(row, this.paste.classes))) {
        continue;
      }
      for (const cell of row.cells) {
        this.block(cell, styleOf(cell, this.paste.classes), {});
      }
    }
  }

  // ---- writing ----

  // Ends the paragraph: an empty one leaves nothing behind.
  flush() {
    const chars = this.chars;
    this.chars = [];
    for (const piece of splitParagraphs(chars)) {
      const tidy = tidyChars(piece);
      if (tidy.length > 0) {
        this.put(tidy);
      }
    }
  }

  put(chars) {
    const all = this.marker ? withMarker(this.marker, chars) : chars;
    this.marker = "";
    if (this.bullet > 0) {
      this.putBullet(all);
      return;
    }
    const text = all.map((char) => char.c).join("");
    const byText = this.cell || this.item || text.includes("\n") ? 0 : headingLevel(text);
    const level = byText || (this.cell || this.item ? 0 : this.heading);
    const element = this.paste.doc.createElement(level > 0 ? `h${level}` : "p");
    if (this.align) {
      element.setAttribute("data-align", this.align);
    }
    this.putChars(element, level > 0 ? all.map((char) => ({ ...char, marks: { ...char.marks, strong: undefined } })) : all);
    this.parent.append(element);
  }

  // Bullets that follow each other are one list; a deeper level is a list in the last item.
  putBullet(chars) {
    let place = this.parent;
    for (let level = 1; ; level++) {
      let ul = place.lastElementChild;
      if (!ul || ul.localName !== "ul") {
        ul = place.appendChild(this.paste.doc.createElement("ul"));
      }
      if (level === this.bullet || !ul.lastElementChild) {
        const p = ul.appendChild(this.paste.doc.createElement("li")).appendChild(this.paste.doc.createElement("p"));
        this.putChars(p, chars);
        return;
      }
      place = ul.lastElementChild;
    }
  }

  putChars(element, chars) {
    let run = "";
    let key = "";
    let marks = {};
    let struck = false;
    const end = () => {
      if (run) {
        element.append(this.marked(run, marks));
        this.paste.counts.struck += marks.s && !struck ? 1 : 0;
        struck = marks.s === true;
      }
      run = "";
    };
    for (const char of chars) {
      if (char.c === "\n" || char.src) {
        end();
        element.append(char.src ? this.ownPicture(char) : this.paste.doc.createElement("br"));
        continue;
      }
      const own = JSON.stringify(char.marks || {});
      if (own !== key) {
        end();
        key = own;
        marks = char.marks || {};
      }
      run += char.c;
    }
    end();
  }

  ownPicture({ src, alt }) {
    const img = this.paste.doc.createElement("img");
    img.setAttribute("src", src);
    img.setAttribute("alt", alt);
    return img;
  }

  marked(text, marks) {
    let node = this.paste.doc.createTextNode(text);
    for (const name of ["sup", "sub", "s", "u", "em", "strong", "a"]) {
      if (marks[name]) {
        const around = this.paste.doc.createElement(name);
        if (name === "a") {
          around.setAttribute("href", marks.a);
        }
        around.append(node);
        node = around;
      }
    }
    return node;
  }
}

// Chinese follows its number at once; a Latin word stands apart from it.
function withMarker(marker, chars) {
  const apart = /[.)]$/.test(marker) && /[a-z]/i.test(chars[0].c) ? " " : "";
  return [...Array.from(marker + apart, (c) => ({ c, marks: chars[0].marks })), ...chars];
}

// Two breaks, or a break and an indent, part paragraphs on pages that have none of their own.
function splitParagraphs(chars) {
  const pieces = [[]];
  for (let i = 0; i < chars.length; i++) {
    if (chars[i].c !== "\n") {
      pieces[pieces.length - 1].push(chars[i]);
      continue;
    }
    let at = i + 1;
    let wide = 0;
    let narrow = 0;
    while (at < chars.length && chars[at].c !== "\n" && isBlank(chars[at].c)) {
      wide += chars[at].c === "\u3000" ? 1 : 0;
      narrow += chars[at].c !== "\u3000" && !chars[at].soft ? 1 : 0;
      at++;
    }
    const twice = at < chars.length && chars[at].c === "\n";
    if (chars[i].ends || twice || wide >= INDENT_BLANKS || narrow >= 4) {
      pieces.push([]);
      i = twice ? at : i;
    } else {
      pieces[pieces.length - 1].push(chars[i]);
    }
  }
  return pieces;
}
