// commands.js: what the buttons and keys do.
import { baseKeymap, chainCommands, createParagraphNear, liftEmptyBlock, newlineInCode, setBlockType, splitBlockAs, toggleMark } from "prosemirror-commands";
import { redo, undo } from "prosemirror-history";
import { liftListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { TextSelection } from "prosemirror-state";
import { addRowAfter, goToNextCell, isInTable, selectedRect } from "prosemirror-tables";
import { schema } from "./schema.js";

const { nodes, marks } = schema;
const NEW_ROWS = 3;
const NEW_COLUMNS = 3;

export const bold = toggleMark(marks.strong);

export function block(type, attrs) {
  return setBlockType(type, attrs);
}

export const heading1 = block(nodes.heading, { level: 2 });
export const heading2 = block(nodes.heading, { level: 3 });
export const plain = block(nodes.paragraph);

// The text blocks of the selection, with their places.
function textBlocks(state) {
  const found = [];
  for (const { $from, $to } of state.selection.ranges) {
    state.doc.nodesBetween($from.pos, $to.pos, (node, pos) => {
      if (node.isTextblock) {
        found.push({ node, pos });
      }
    });
  }
  return found;
}

export function isBlock(state, type, attrs = {}) {
  const blocks = textBlocks(state);
  return blocks.length > 0 && blocks.every(({ node }) => node.type === type &&
    Object.entries(attrs).every(([name, value]) => node.attrs[name] === value));
}

export function isAligned(state, align) {
  const blocks = textBlocks(state);
  return blocks.length > 0 && blocks.every(({ node }) => node.attrs.align === align);
}

export function isBold(state) {
  const { from, to, empty, $from } = state.selection;
  if (empty) {
    return Boolean(marks.strong.isInSet(state.storedMarks || $from.marks()));
  }
  return state.doc.rangeHasMark(from, to, marks.strong);
}

// A second press takes it back.
export function align(value) {
  return (state, dispatch) => {
    const to = isAligned(state, value) ? null : value;
    if (dispatch) {
      const tr = state.tr;
      for (const { node, pos } of textBlocks(state)) {
        tr.setNodeMarkup(pos, null, { ...node.attrs, align: to });
      }
      dispatch(tr.scrollIntoView());
    }
    return true;
  };
}

export function inList(state) {
  const { $from } = state.selection;
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type === nodes.list_item) {
      return true;
    }
  }
  return false;
}

export function toggleList(state, dispatch) {
  if (inList(state)) {
    return liftListItem(nodes.list_item)(state, dispatch);
  }
  return wrapInList(nodes.bullet_list)(state, dispatch);
}

// Three by three with a head row; the caret stands in the first cell.
export function insertTable(state, dispatch) {
  if (isInTable(state) || inList(state)) {
    return false;
  }
  if (dispatch) {
    const row = (type) => nodes.table_row.create(null, Array.from({ length: NEW_COLUMNS }, () => type.createAndFill()));
    const table = nodes.table.create(null, Array.from({ length: NEW_ROWS }, (_, i) => row(i === 0 ? nodes.table_header : nodes.table_cell)));
    const tr = state.tr.replaceSelectionWith(table);
    let at = -1;
    const around = tr.mapping.map(state.selection.from, -1);
    tr.doc.nodesBetween(Math.max(around - 1, 0), Math.min(around + table.nodeSize + 1, tr.doc.content.size), (node, pos) => {
      if (at < 0 && node.type === nodes.table && pos >= around - 1) {
        at = pos;
      }
    });
    if (at >= 0) {
      tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1)));
    }
    dispatch(tr.scrollIntoView());
  }
  return true;
}

// ---- keys ----

// At the end of a signature line the next line stands right as well; after a heading comes text.
const splitKeepingAlign = splitBlockAs((node, atEnd) =>
  (atEnd && node.type === nodes.paragraph ? { type: nodes.paragraph, attrs: node.attrs } : null));

function lineBreak(state, dispatch) {
  if (dispatch) {
    dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  }
  return true;
}

// Tab goes from cell to cell, and makes a row after the last one. Outside tables it leaves, as everywhere on the page; inside,
// Esc and then Tab.
export function tableTab(leaving) {
  return (state, dispatch, view) => {
    if (leaving() || !isInTable(state)) {
      return false;
    }
    if (goToNextCell(1)(state, dispatch)) {
      return true;
    }
    const { bottom, map } = selectedRect(state);
    if (bottom !== map.height || !dispatch) {
      return bottom === map.height;
    }
    addRowAfter(state, dispatch);
    return goToNextCell(1)(view.state, view.dispatch);
  };
}

export function tableShiftTab(leaving) {
  return (state, dispatch) => !leaving() && isInTable(state) && goToNextCell(-1)(state, dispatch);
}

export function keys(leaving) {
  const map = {
    ...baseKeymap,
    "Mod-z": undo,
    "Mod-y": redo,
    "Shift-Mod-z": redo,
    "Mod-b": bold,
    "Enter": chainCommands(splitListItem(nodes.list_item), newlineInCode, createParagraphNear, liftEmptyBlock, splitKeepingAlign),
    "Shift-Enter": lineBreak,
    "Tab": tableTab(leaving),
    "Shift-Tab": tableShiftTab(leaving),
  };
  for (const [key, command] of [["2", heading1], ["3", heading2], ["0", plain]]) {
    map[`Ctrl-Alt-${key}`] = command;
    map[`Mod-Alt-${key}`] = command;
  }
  return map;
}
