// gk.js: starts the behaviours that a page asks for by data-module="…". Every page works without any of them.
const behaviours = {
  autosave: () => import("./autosave.js"),
  copy: () => import("./copy.js"),
  count: () => import("./count.js"),
  dirty: () => import("./dirty.js"),
  editor: () => import("./editor.js"),
  print: () => import("./print.js"),
};

// After an error the focus stands on the summary, so that it is read first.
const errors = document.getElementById("errors");
if (errors) {
  errors.focus();
}

for (const element of document.querySelectorAll("[data-module]")) {
  for (const name of element.dataset.module.split(" ")) {
    if (behaviours[name]) {
      behaviours[name]().then((behaviour) => behaviour.start(element));
    }
  }
}
