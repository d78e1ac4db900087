// count.js: how many characters are left. <p data-module="count" data-of="FIELD-ID" data-most="1000">最多 1000 个字</p>
export function start(words) {
  const field = document.getElementById(words.dataset.of);
  const most = Number(words.dataset.most);
  if (!field || !most) {
    return;
  }
  const show = () => {
    const used = Array.from(field.value).length;
    const left = most - used;
    words.textContent = left >= 0 ? `已写 ${used} 个字，还可以写 ${left} 个字` : `超出 ${-left} 个字，请删减`;
  };
  field.addEventListener("input", show);
  show();
}
