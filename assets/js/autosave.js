// autosave.js: a draft is never lost. <form data-module="autosave dirty" data-autosave="/office/…/autosave" data-login-name="chenxiao">
//
// Every 20 seconds, and when the window loses the focus, changed fields go to the server: never more than one at a time. Until
// the server has confirmed, a copy stays in this browser. The server answers in JSON:
//   200 {"saved":"11:42","version":3,"draft":3}     optional: "id", "autosave" and "action" (new addresses) once a new draft has a number
//   401 {"login":"/login.json","token":"…"}          the password is asked for in place, then the same text is sent again
//   409 {"words":"…"}                                somebody else saved in between: nothing is overwritten, the copy stays
//   422 {"words":"…"}                                a field is wrong: said, tried again after the next change
// POST of login.json: _token, login, password, code; answers 200 {"token":"…"}, else {"words":"…"} or {"words":"…","code":true}.
// Sent without the form's _key: that one belongs to the real sending, which must not be taken for a repetition.

const EVERY_MS = 20000;
const COPY_MS = 1000;
const ANSWER_MS = 20000;

export function start(form) {
  if (!form.dataset.autosave || !window.fetch || !window.FormData) {
    return;
  }
  const draft = {
    form,
    key: `gk-draft:${form.dataset.autosave}`,
    status: statusOf(form),
    sent: "",
    busy: false,
    stopped: false,
    waiting: undefined,
  };
  draft.sent = wordsOf(draft);
  offerCopy(draft);

  let copyTimer = 0;
  form.addEventListener("input", () => {
    clearTimeout(copyTimer);
    copyTimer = setTimeout(() => keepCopy(draft), COPY_MS);
  });
  form.addEventListener("submit", (event) => {
    keepCopy(draft);
    draft.stopped = true;
    if (draft.busy) {
      // A save on its way raises the version this sending names: its answer comes first, or we would conflict with ourselves.
      event.preventDefault();
      draft.waiting = event.submitter;
    }
  });
  setInterval(() => save(draft), EVERY_MS);
  form.addEventListener("focusout", () => save(draft));
  window.addEventListener("blur", () => save(draft));
}

// ---- the fields ----

// Uploads are sent with the form itself, not every 20 seconds.
function fieldsOf(draft) {
  const fields = new FormData(draft.form);
  for (const [name, value] of Array.from(fields.entries())) {
    if (typeof value !== "string") {
      fields.delete(name);
    }
  }
  fields.delete("_key");
  return fields;
}

function entriesOf(draft) {
  const own = ["_token", "version", "id"];
  return Array.from(fieldsOf(draft).entries()).filter(([name]) => !own.includes(name));
}

function wordsOf(draft) {
  return JSON.stringify(entriesOf(draft));
}

function setHidden(form, name, value) {
  const field = form.elements.namedItem(name);
  if (field && value !== undefined && value !== null) {
    field.value = String(value);
  }
}

function versionOf(draft) {
  const field = draft.form.elements.namedItem("version");
  return field ? field.value : "";
}

// ---- saying what happened ----

function statusOf(form) {
  const given = document.querySelector("[data-autosave-status]");
  if (given) {
    return given;
  }
  const line = document.createElement("p");
  line.className = "muted";
  line.setAttribute("role", "status");
  form.parentNode.insertBefore(line, form);
  return line;
}

function say(draft, words) {
  if (draft.status.textContent !== words) {
    draft.status.textContent = words;
  }
}

// ---- saving ----

async function save(draft) {
  const words = wordsOf(draft);
  if (draft.busy || draft.stopped || words === draft.sent) {
    return;
  }
  draft.busy = true;
  keepCopy(draft);
  try {
    const response = await fetch(draft.form.dataset.autosave, {
      method: "POST",
      body: fieldsOf(draft),
      credentials: "same-origin",
      headers: { Accept: "application/json" },
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    take(draft, response.status, await answerOf(response), words);
  } catch {
    say(draft, "没有连上服务器。内容已存在这台电脑上，连上后会自动保存。");
  }
  draft.busy = false;
  if (draft.waiting !== undefined) {
    const submitter = draft.waiting;
    draft.waiting = undefined;
    draft.form.requestSubmit(submitter);
  }
}

async function answerOf(response) {
  try {
    return await response.json();
  } catch {
    return {};
  }
}

function take(draft, status, answer, words) {
  if (status === 200 && answer.saved) {
    saved(draft, answer, words);
  } else if (status === 401) {
    askPassword(draft, answer.login || "/login.json", answer.token || "");
  } else if (status === 409) {
    draft.stopped = true;
    say(draft, answer.words || "别人刚刚保存了这份文稿，没有覆盖。请另开一页查看，再把您的改动抄过去。");
  } else if (status === 422) {
    draft.sent = words;
    say(draft, answer.words || "有内容需要修改，还没有保存到服务器。");
  } else {
    say(draft, answer.words || "服务器现在没有保存成功，稍后会再试。内容已存在这台电脑上。");
  }
}

function saved(draft, answer, words) {
  draft.sent = words;
  setHidden(draft.form, "version", answer.version);
  setHidden(draft.form, "id", answer.id);
  dropCopy(draft);
  if (answer.action) {
    // The draft has a number by now: sending the form saves it, and makes no second one.
    draft.form.action = answer.action;
  }
  if (answer.autosave) {
    draft.form.dataset.autosave = answer.autosave;
    draft.key = `gk-draft:${answer.autosave}`;
  }
  const number = answer.draft ? `（第 ${answer.draft} 稿）` : "";
  say(draft, `${answer.saved} 已自动保存到服务器${number}。断网或者登录过期也不会丢稿。`);
  if (wordsOf(draft) === words) {
    draft.form.dispatchEvent(new Event("gk:saved"));
  }
}

// ---- the copy in this browser ----

function keepCopy(draft) {
  if (wordsOf(draft) === draft.sent) {
    return;
  }
  try {
    const copy = { version: versionOf(draft), entries: entriesOf(draft) };
    localStorage.setItem(draft.key, JSON.stringify(copy));
  } catch {
    // A full or forbidden store: the server still has the last draft.
  }
}

function dropCopy(draft) {
  try {
    localStorage.removeItem(draft.key);
  } catch {
    // Nothing was kept then.
  }
}

function readCopy(draft) {
  try {
    return JSON.parse(localStorage.getItem(draft.key));
  } catch {
    return null;
  }
}

// A copy of the same version that the server never confirmed is offered, never put in unasked.
function offerCopy(draft) {
  const copy = readCopy(draft);
  if (!copy) {
    return;
  }
  if (copy.version !== versionOf(draft) || JSON.stringify(copy.entries) === draft.sent) {
    dropCopy(draft);
    return;
  }
  const offer = box("alert warn", "这台电脑上还有一份没有存到服务器的内容。");
  const buttons = document.createElement("p");
  buttons.className = "row";
  buttons.append(
    button("恢复这份内容", "", () => {
      restore(draft, copy.entries);
      offer.remove();
    }),
    button("不要了", "ghost", () => {
      dropCopy(draft);
      offer.remove();
    }),
  );
  offer.append(buttons);
  draft.form.parentNode.insertBefore(offer, draft.form);
}

function restore(draft, entries) {
  const values = new Map();
  for (const [name, value] of entries) {
    values.set(name, (values.get(name) || []).concat(value));
  }
  for (const field of draft.form.elements) {
    if (!field.name || field.type === "file" || field.type === "hidden" || field.type === "submit") {
      continue;
    }
    const list = values.get(field.name) || [];
    if (field.type === "checkbox" || field.type === "radio") {
      field.checked = list.includes(field.value);
    } else if (list.length > 0) {
      field.value = list.shift();
    }
  }
  draft.form.dispatchEvent(new Event("input", { bubbles: true }));
  save(draft);
}

// ---- the password, in place ----

function askPassword(draft, address, token) {
  if (document.getElementById("again")) {
    return;
  }
  say(draft, "登录已过期。请在下面输入口令，文稿还在。");
  const ask = document.createElement("form");
  ask.id = "again";
  ask.dataset.token = token;
  ask.className = "alert warn";
  ask.append(document.createElement("p"));
  ask.firstChild.textContent = "登录已过期，您的文稿没有丢。重新登录后接着写。";
  ask.append(
    field("登录名", "login", "text", "username", draft.form.dataset.loginName || ""),
    field("口令", "password", "password", "current-password", ""),
  );
  const words = document.createElement("p");
  words.className = "msg";
  words.setAttribute("role", "alert");
  ask.append(words, button("登录并保存", "", null));
  ask.addEventListener("submit", async (event) => {
    event.preventDefault();
    await logIn(draft, ask, words, address);
  });
  draft.form.parentNode.insertBefore(ask, draft.form);
  ask.elements.namedItem(draft.form.dataset.loginName ? "password" : "login").focus();
}

function loginFields(ask) {
  const fields = new URLSearchParams(new FormData(ask));
  fields.set("_token", ask.dataset.token);
  return fields;
}

async function logIn(draft, ask, words, address) {
  try {
    const response = await fetch(address, {
      method: "POST",
      body: loginFields(ask),
      credentials: "same-origin",
      headers: { Accept: "application/json" },
    });
    const answer = await answerOf(response);
    if (response.status === 200 && answer.token) {
      for (const token of document.querySelectorAll("input[name=_token]")) {
        token.value = answer.token;
      }
      ask.remove();
      draft.form.querySelector("input, textarea").focus();
      save(draft);
      return;
    }
    if (answer.code && !ask.elements.namedItem("code")) {
      words.before(field("动态口令", "code", "text", "one-time-code", ""));
    }
    words.textContent = answer.words || "登录名或者口令不对，请再试。";
  } catch {
    words.textContent = "没有连上服务器，请稍后再试。";
  }
}

// ---- small pieces of page ----

function box(name, words) {
  const element = document.createElement("div");
  element.className = name;
  element.setAttribute("role", "status");
  element.append(document.createElement("p"));
  element.firstChild.textContent = words;
  return element;
}

function button(label, name, run) {
  const element = document.createElement("button");
  element.textContent = label;
  element.className = name;
  element.type = run ? "button" : "submit";
  if (run) {
    element.addEventListener("click", run);
  }
  return element;
}

function field(label, name, type, autocomplete, value) {
  const element = document.createElement("div");
  element.className = "f w10";
  const words = document.createElement("label");
  words.textContent = label;
  words.htmlFor = `again-${name}`;
  const input = document.createElement("input");
  input.id = `again-${name}`;
  input.name = name;
  input.type = type;
  input.autocomplete = autocomplete;
  input.value = value;
  input.required = true;
  element.append(words, input);
  return element;
}
