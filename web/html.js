// html.js: between the HTML of the field and the document of the editor.
import { DOMParser as Reader, DOMSerializer } from "prosemirror-model";
import { linesToHtml } from "./clean.js";
import { schema } from "./schema.js";
import { neutralise } from "./sheet.js";

const reader = Reader.fromSchema(schema);
const writer = DOMSerializer.fromSchema(schema);

function blank() {
  return document.implementation.createHTMLDocument("");
}

// ---- reading ----

function rename(element, name) {
  const other = element.ownerDocument.createElement(name);
  if (element.hasAttribute("data-align")) {
    other.setAttribute("data-align", element.getAttribute("data-align"));
  }
  other.append(...element.childNodes);
  element.replaceWith(other);
}

// The server keeps more kinds of element than the editor has: each becomes the nearest that it has, with all its text.
function prepare(body) {
  const nearest = { h1: "h2", h5: "h4", h6: "h4", dt: "p", dd: "p", figcaption: "p", pre: "p" };
  for (const [name, other] of Object.entries(nearest)) {
    for (const element of body.querySelectorAll(name)) {
      rename(element, other);
    }
  }
  for (const caption of body.querySelectorAll("table > caption")) {
    const table = caption.parentNode;
    caption.setAttribute("data-align", "center");
    table.before(caption);
    rename(caption, "p");
  }
  for (const table of body.querySelectorAll("td table, th table, li table, blockquote table")) {
    for (const cell of table.querySelectorAll("td, th")) {
      table.before(cell);
      rename(cell, "p");
    }
    table.remove();
  }
  // How a cell is aligned is a property of its paragraphs here.
  for (const cell of body.querySelectorAll("td[data-align], th[data-align]")) {
    if (!cell.querySelector("p, ul, ol")) {
      const p = cell.ownerDocument.createElement("p");
      p.append(...cell.childNodes);
      cell.append(p);
    }
    for (const p of cell.querySelectorAll("p:not([data-align])")) {
      p.setAttribute("data-align", cell.getAttribute("data-align"));
    }
  }
  return body;
}

export function docFromHtml(source) {
  const html = source.includes("<") ? source : linesToHtml(source);
  const parsed = new DOMParser().parseFromString(neutralise(html), "text/html");
  return reader.parse(prepare(parsed.body));
}

export function sliceFromLines(text, context) {
  const body = blank().body;
  body.innerHTML = linesToHtml(text);
  return reader.parseSlice(body, { context });
}

// ---- writing ----

function isEmpty(element) {
  return element.textContent.trim() === "" && !element.querySelector("img, table");
}

// <td><p data-align="right">3</p></td> is <td data-align="right">3</td>, and the same for items of lists.
function unwrap(element) {
  const only = element.children.length === 1 && element.firstChild.localName === "p" ? element.firstChild : null;
  if (!only) {
    return;
  }
  if (only.hasAttribute("data-align")) {
    element.setAttribute("data-align", only.getAttribute("data-align"));
  }
  element.replaceChildren(...only.childNodes);
}

// Leading rows of head cells are the table's head, unless a merged cell reaches out of them: HTML would cut it off.
function splitHead(table) {
  const rows = [...table.rows];
  const heads = rows.findIndex((row) => [...row.cells].some((cell) => cell.localName !== "th"));
  const n = heads < 0 ? 0 : heads;
  const reach = rows.slice(0, n).some((row, at) => [...row.cells].some((cell) => at + cell.rowSpan > n));
  if (n === 0 || reach) {
    return;
  }
  const head = table.ownerDocument.createElement("thead");
  head.append(...rows.slice(0, n));
  table.prepend(head);
}

export function htmlFromDoc(doc) {
  const holder = blank().body;
  writer.serializeFragment(doc.content, { document: holder.ownerDocument }, holder);
  holder.querySelectorAll("td, th, li").forEach(unwrap);
  holder.querySelectorAll("table").forEach(splitHead);
  for (const p of holder.querySelectorAll("blockquote > p")) {
    if (isEmpty(p)) {
      p.remove();
    }
  }
  return [...holder.children].filter((element) => element.localName === "table" || !isEmpty(element))
    .map((element) => element.outerHTML).join("\n");
}
