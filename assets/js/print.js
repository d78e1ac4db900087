// print.js: <button type="button" data-module="print" hidden>打印</button>: shown only where it works.
export function start(button) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
