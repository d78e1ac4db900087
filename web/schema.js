// schema.js: what an official document may consist of. The server's allow-list is wider (src/html/allow.c); whatever is not here
// cannot be written, pasted or kept by the rich text field.
import { Schema } from "prosemirror-model";

const LEVELS = [2, 3, 4]; // h1 is the title, a field of its own

function alignOf(element) {
  const align = element.getAttribute("data-align");
  return align === "center" || align === "right" ? align : null;
}

function aligned(node) {
  return node.attrs.align ? { "data-align": node.attrs.align } : {};
}

function span(element, name) {
  const n = Number(element.getAttribute(name));
  return Number.isInteger(n) && n > 1 && n <= 1000 ? n : 1;
}

function cellAttrs(element) {
  return {
    colspan: span(element, "colspan"),
    rowspan: span(element, "rowspan"),
    scope: ["row", "col", "rowgroup", "colgroup"].includes(element.getAttribute("scope")) ? element.getAttribute("scope") : null,
  };
}

function cellTo(name) {
  return (node) => {
    const attrs = {};
    for (const key of ["colspan", "rowspan"]) {
      if (node.attrs[key] > 1) {
        attrs[key] = node.attrs[key];
      }
    }
    if (name === "th" && node.attrs.scope) {
      attrs.scope = node.attrs.scope;
    }
    return [name, attrs, 0];
  };
}

// colwidth is never set: prosemirror-tables reads it.
const cellSpec = { colspan: { default: 1 }, rowspan: { default: 1 }, colwidth: { default: null }, scope: { default: null } };

const nodes = {
  doc: { content: "block+" },
  paragraph: {
    group: "block",
    content: "inline*",
    attrs: { align: { default: null } },
    parseDOM: [{ tag: "p", getAttrs: (e) => ({ align: alignOf(e) }) }],
    toDOM: (node) => ["p", aligned(node), 0],
  },
  heading: {
    group: "block",
    content: "inline*",
    attrs: { level: { default: 2 }, align: { default: null } },
    defining: true,
    parseDOM: LEVELS.map((level) => ({ tag: `h${level}`, getAttrs: (e) => ({ level, align: alignOf(e) }) })),
    toDOM: (node) => [`h${node.attrs.level}`, aligned(node), 0],
  },
  blockquote: {
    group: "block",
    content: "(paragraph | bullet_list | ordered_list)+",
    defining: true,
    parseDOM: [{ tag: "blockquote" }],
    toDOM: () => ["blockquote", 0],
  },
  bullet_list: {
    group: "block",
    content: "list_item+",
    parseDOM: [{ tag: "ul" }],
    toDOM: () => ["ul", 0],
  },
  ordered_list: {
    group: "block",
    content: "list_item+",
    attrs: { start: { default: 1 } },
    parseDOM: [{ tag: "ol", getAttrs: (e) => ({ start: e.hasAttribute("start") ? Number(e.getAttribute("start")) || 1 : 1 }) }],
    toDOM: (node) => ["ol", node.attrs.start === 1 ? {} : { start: node.attrs.start }, 0],
  },
  list_item: {
    content: "paragraph (paragraph | bullet_list | ordered_list)*",
    defining: true,
    parseDOM: [{ tag: "li" }],
    toDOM: () => ["li", 0],
  },
  table: {
    group: "block",
    content: "table_row+",
    tableRole: "table",
    isolating: true,
    parseDOM: [{ tag: "table" }],
    toDOM: () => ["table", ["tbody", 0]],
  },
  table_row: {
    content: "(table_cell | table_header)*",
    tableRole: "row",
    parseDOM: [{ tag: "tr" }],
    toDOM: () => ["tr", 0],
  },
  table_cell: {
    content: "(paragraph | bullet_list | ordered_list)+",
    attrs: cellSpec,
    tableRole: "cell",
    isolating: true,
    parseDOM: [{ tag: "td", getAttrs: cellAttrs }],
    toDOM: cellTo("td"),
  },
  table_header: {
    content: "(paragraph | bullet_list | ordered_list)+",
    attrs: cellSpec,
    tableRole: "header_cell",
    isolating: true,
    parseDOM: [{ tag: "th", getAttrs: cellAttrs }],
    toDOM: cellTo("th"),
  },
  // Kept where the text has one already; only our own files, as the server rules.
  image: {
    group: "inline",
    inline: true,
    attrs: { src: {}, alt: { default: "" }, width: { default: null }, height: { default: null } },
    parseDOM: [{
      tag: 'img[src^="/files/"]',
      getAttrs: (e) => ({
        src: e.getAttribute("src"),
        alt: e.getAttribute("alt") || "",
        width: e.getAttribute("width"),
        height: e.getAttribute("height"),
      }),
    }],
    toDOM: (node) => ["img", node.attrs],
  },
  hard_break: {
    group: "inline",
    inline: true,
    selectable: false,
    parseDOM: [{ tag: "br" }],
    toDOM: () => ["br"],
  },
  text: { group: "inline" },
};

const marks = {
  link: {
    attrs: { href: {} },
    inclusive: false,
    parseDOM: [{ tag: "a[href]", getAttrs: (e) => ({ href: e.getAttribute("href") }) }],
    toDOM: (mark) => ["a", { href: mark.attrs.href }, 0],
  },
  strong: { parseDOM: [{ tag: "strong" }, { tag: "b" }], toDOM: () => ["strong", 0] },
  em: { parseDOM: [{ tag: "em" }, { tag: "i" }], toDOM: () => ["em", 0] },
  u: { parseDOM: [{ tag: "u" }], toDOM: () => ["u", 0] },
  s: { parseDOM: [{ tag: "s" }, { tag: "del" }], toDOM: () => ["s", 0] },
  sub: { excludes: "sup", parseDOM: [{ tag: "sub" }], toDOM: () => ["sub", 0] },
  sup: { excludes: "sub", parseDOM: [{ tag: "sup" }], toDOM: () => ["sup", 0] },
};

export const schema = new Schema({ nodes, marks });
