// copy.js: <button type="button" data-module="copy" data-text="https://…" hidden>复制链接</button>
export function start(button) {
  if (!navigator.clipboard) {
    return;
  }
  const label = button.textContent;
  button.hidden = false;
  button.setAttribute("aria-live", "polite");
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.text || location.href);
      button.textContent = "已复制";
    } catch {
      button.textContent = "没有复制成功，请手动复制";
    }
    setTimeout(() => {
      button.textContent = label;
    }, 3000);
  });
}
