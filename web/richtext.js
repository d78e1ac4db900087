// richtext.js: the rich text field in place of a textarea that holds HTML. The textarea stays, hidden, with its name: what is typed
// here is written there, with an input event, so that autosave, the question before leaving and the form itself need not know.
import { gapCursor } from "prosemirror-gapcursor";
import { history } from "prosemirror-history";
import { keymap } from "prosemirror-keymap";
import { Slice } from "prosemirror-model";
import { AllSelection, EditorState, Plugin } from "prosemirror-state";
import { tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { cleanPaste, PICTURE_MARK } from "./clean.js";
import { keys } from "./commands.js";
import { docFromHtml, htmlFromDoc, sliceFromLines } from "./html.js";
import { schema } from "./schema.js";
import { neutralise } from "./sheet.js";
import { Toolbar } from "./toolbar.js";

const WRITE_AFTER_MS = 300;
const HINT = "可以直接从 Word、WPS 粘贴，格式会自动清理，编号按原文保留";
const HELP = "快捷键：Ctrl+B 加粗，Ctrl+Z 撤销，Ctrl+Y 重做，Ctrl+Alt+2 一级标题，Ctrl+Alt+3 二级标题，Ctrl+Alt+0 正文。" +
  "按 Tab 离开正文；在表格里按 Tab 到下一格，先按 Esc 再按 Tab 离开。";

function make(name, className, words) {
  const element = document.createElement(name);
  element.className = className;
  element.textContent = words;
  return element;
}

// What a paste left behind, in words; empty when there is nothing to say.
export function pasteWords(counts) {
  const left = [];
  if (counts.deleted > 0) {
    left.push(`${counts.deleted} 处修订中已删除的文字`);
  }
  if (counts.hidden > 0) {
    left.push(`${counts.hidden} 处隐藏内容`);
  }
  if (counts.comments > 0) {
    left.push(`${counts.comments} 条批注`);
  }
  const words = left.length > 0 ? [`没有带入：${left.join("、")}。`] : [];
  if (counts.pictures > 0) {
    words.push(`${counts.pictures} 张图片没有带过来，原处写了“${PICTURE_MARK}”。请把图片作为附件上传，再删去这个标记。`);
  }
  if (counts.struck > 0) {
    words.push(`${counts.struck} 处带删除线的文字保留了，请核对是否应当公开。`);
  }
  return words.join("");
}

// A table at the very end leaves no place to write after it.
const lastParagraph = new Plugin({
  appendTransaction(transactions, _, state) {
    const last = state.doc.lastChild;
    if (!transactions.some((tr) => tr.docChanged) || last.type !== schema.nodes.table) {
      return null;
    }
    return state.tr.insert(state.doc.content.size, schema.nodes.paragraph.create());
  },
});

// Paragraphs put into an empty one keep what they are: without this the first would flow into it and lose its alignment.
function closedWhereEmpty(slice, view) {
  const { selection } = view.state;
  const { $from, empty } = selection;
  const intoEmpty = empty && $from.parent.isTextblock && $from.parent.content.size === 0 && $from.depth === 1;
  if (slice.content.childCount > 1 && (intoEmpty || selection instanceof AllSelection)) {
    return new Slice(slice.content, 0, slice.openEnd);
  }
  return slice;
}

class Field {
  constructor(area) {
    this.area = area;
    this.form = area.form;
    this.written = area.value;
    this.timer = 0;
    this.leaving = false;
    const id = area.id;
    area.id = `${id}-source`;
    area.required = false; // the browser could not show its question at a hidden field; the server asks
    area.hidden = true;

    this.help = make("p", "small muted", HELP);
    this.help.id = `${id}-keys`;
    this.toolbar = new Toolbar(id);
    this.mount = document.createElement("div");
    area.before(this.top(), this.mount, this.help);
    this.view = new EditorView({ mount: this.mount }, this.props(id));
    this.toolbar.attach(this.view);
    this.label(id);
    this.listen();
  }

  // Buttons, and what there is to say, stay in sight above a long text.
  top() {
    const top = make("div", "tools noprint", "");
    this.notice = make("div", "pasted", "");
    this.words = make("p", "", "");
    this.words.setAttribute("role", "status");
    this.seen = make("button", "link", "知道了");
    this.seen.type = "button";
    this.seen.hidden = true;
    this.seen.addEventListener("click", () => {
      this.say("");
      this.view.focus();
    });
    this.notice.append(this.words, this.seen);
    top.append(this.toolbar.dom, this.notice);
    return top;
  }

  label(id) {
    const label = this.area.closest(".f").querySelector("label");
    const hint = document.getElementById(`${id}-h`);
    if (label) {
      label.addEventListener("click", () => this.view.focus());
    }
    if (hint) {
      hint.textContent = HINT;
    }
  }

  attributes(id) {
    const label = this.area.closest(".f").querySelector("label");
    const attributes = {
      id,
      class: "card doc rich",
      role: "textbox",
      "aria-multiline": "true",
      "aria-label": label ? label.textContent.replace("（选填）", "") : "正文",
      "aria-describedby": [this.area.getAttribute("aria-describedby"), this.help.id].filter(Boolean).join(" "),
    };
    if (this.area.getAttribute("aria-invalid")) {
      attributes["aria-invalid"] = "true";
    }
    return attributes;
  }

  state(html) {
    return EditorState.create({
      doc: docFromHtml(html),
      plugins: [history(), keymap(keys(() => this.leaving)), gapCursor(), tableEditing(), lastParagraph],
    });
  }

  props(id) {
    return {
      state: this.state(this.area.value),
      attributes: this.attributes(id),
      dispatchTransaction: (tr) => {
        this.view.updateState(this.view.state.apply(tr));
        this.toolbar.update(this.view.state);
        if (tr.docChanged) {
          this.later();
        }
      },
      handleKeyDown: (_, event) => this.key(event),
      handleDOMEvents: { paste: (_, event) => this.filesOnly(event), drop: (_, event) => this.filesOnly(event) },
      transformPastedHTML: (html) => this.pasted(html),
      transformPasted: closedWhereEmpty,
      clipboardTextParser: (text, context) => sliceFromLines(text, context),
    };
  }

  // ---- keys and pasting ----

  key(event) {
    if (!["Tab", "Shift"].includes(event.key)) {
      this.leaving = event.key === "Escape";
    }
    return false;
  }

  // A picture alone: the browser would put it in by itself.
  filesOnly(event) {
    const data = event.clipboardData || event.dataTransfer;
    if (!data || data.files.length === 0 || data.types.includes("text/html") || data.types.includes("text/plain")) {
      return false;
    }
    event.preventDefault();
    this.say("这里不能直接放图片和文件，请作为附件上传。");
    return true;
  }

  pasted(html) {
    // Own text moved about: nothing to clean, and its numbers and lists stay what they are.
    if (/<[^>]+\sdata-pm-slice=/.test(html)) {
      return neutralise(html);
    }
    const { html: clean, counts } = cleanPaste(html);
    this.say(pasteWords(counts));
    return clean;
  }

  say(words) {
    this.words.textContent = words;
    this.notice.className = words ? "alert warn pasted" : "pasted";
    this.seen.hidden = !words;
  }

  // ---- in step with the textarea ----

  listen() {
    this.view.dom.addEventListener("focusout", () => this.write());
    // Before autosave looks: on the way down to the form.
    window.addEventListener("blur", () => this.write(), true);
    window.addEventListener("pagehide", () => this.write());
    this.form.addEventListener("submit", () => this.write(), true);
    // Somebody else wrote into the textarea: a copy kept by autosave was put back.
    this.form.addEventListener("input", () => {
      if (this.area.value !== this.written) {
        clearTimeout(this.timer);
        this.written = this.area.value;
        this.view.updateState(this.state(this.area.value));
        this.toolbar.update(this.view.state);
      }
    });
  }

  later() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.write(), WRITE_AFTER_MS);
    this.changed = true;
  }

  write() {
    clearTimeout(this.timer);
    if (!this.changed || this.view.composing) {
      return;
    }
    this.changed = false;
    const html = htmlFromDoc(this.view.state.doc);
    if (html !== this.area.value) {
      this.written = html;
      this.area.value = html;
      this.area.dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

export function enrich(area) {
  return new Field(area);
}
