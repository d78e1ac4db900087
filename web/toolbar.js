// toolbar.js: words, not icons. A second row appears inside tables.
import { redo, redoDepth, undo, undoDepth } from "prosemirror-history";
import { addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable, mergeCells, splitCell } from "prosemirror-tables";
import { align, bold, heading1, heading2, inList, insertTable, isAligned, isBlock, isBold, plain, toggleList } from "./commands.js";
import { schema } from "./schema.js";

const { nodes } = schema;

// label, command; on: is it so already?; can: could it be done now?
const TEXT = [
  { label: "一级标题", run: heading1, on: (state) => isBlock(state, nodes.heading, { level: 2 }) },
  { label: "二级标题", run: heading2, on: (state) => isBlock(state, nodes.heading, { level: 3 }) },
  { label: "正文", run: plain, on: (state) => isBlock(state, nodes.paragraph) },
  { label: "加粗", run: bold, on: isBold },
  { label: "列表", run: toggleList, on: inList },
  { label: "表格", run: insertTable, can: (state) => insertTable(state) },
  { label: "落款右对齐", run: align("right"), on: (state) => isAligned(state, "right") },
  { label: "居中", run: align("center"), on: (state) => isAligned(state, "center") },
  { label: "撤销", run: undo, can: (state) => undoDepth(state) > 0 },
  { label: "重做", run: redo, can: (state) => redoDepth(state) > 0 },
];
const TABLE = [
  { label: "加一行", run: addRowAfter },
  { label: "加一列", run: addColumnAfter },
  { label: "删这一行", run: deleteRow },
  { label: "删这一列", run: deleteColumn },
  { label: "合并单元格", run: mergeCells, can: (state) => mergeCells(state) },
  { label: "拆分单元格", run: splitCell, can: (state) => splitCell(state) },
  { label: "删除表格", run: deleteTable },
];

function row(items, label) {
  const element = document.createElement("div");
  element.className = "row";
  element.setAttribute("role", "group");
  element.setAttribute("aria-label", label);
  for (const item of items) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ghost";
    button.textContent = item.label;
    if (item.on) {
      button.setAttribute("aria-pressed", "false");
    }
    item.button = button;
    element.append(button);
  }
  return element;
}

function set(button, name, value) {
  if (button.getAttribute(name) !== value) {
    button.setAttribute(name, value);
  }
}

export class Toolbar {
  constructor(controls) {
    this.texts = TEXT.map((item) => ({ ...item }));
    this.tables = TABLE.map((item) => ({ ...item }));
    this.dom = document.createElement("div");
    this.dom.className = "buttons";
    this.dom.setAttribute("role", "toolbar");
    this.dom.setAttribute("aria-label", "排版工具");
    this.dom.setAttribute("aria-controls", controls);
    this.tableRow = row(this.tables, "表格");
    this.tableRow.hidden = true;
    this.dom.append(row(this.texts, "文字"), this.tableRow);
    this.dom.addEventListener("keydown", (event) => this.arrow(event));
  }

  attach(view) {
    for (const item of [...this.texts, ...this.tables]) {
      // The selection in the text stays while the mouse presses a button.
      item.button.addEventListener("mousedown", (event) => event.preventDefault());
      item.button.addEventListener("click", () => {
        if (item.button.getAttribute("aria-disabled") !== "true") {
          item.run(view.state, view.dispatch, view);
        }
        view.focus();
      });
    }
    this.update(view.state);
  }

  update(state) {
    this.tableRow.hidden = !isInTable(state);
    for (const { button, on, can } of this.tableRow.hidden ? this.texts : [...this.texts, ...this.tables]) {
      if (on) {
        set(button, "aria-pressed", String(on(state)));
      }
      if (can) {
        set(button, "aria-disabled", String(!can(state)));
      }
    }
  }

  // Arrows go along the buttons, besides Tab.
  arrow(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const buttons = [...this.dom.querySelectorAll("button")].filter((button) => button.offsetParent !== null);
    const at = buttons.indexOf(document.activeElement);
    if (step && at >= 0) {
      event.preventDefault();
      buttons[(at + step + buttons.length) % buttons.length].focus();
    }
  }
}
