// The rich text field of the drafting page: typing, buttons, keys, pasting from word processors, Chinese input, autosave, and the page
// without script. Pastes are real: Ctrl+C of a page that hands out the clipboard document, Ctrl+V into the field.
import { readFileSync } from 'node:fs';
import { begin, sleep } from './harness.mjs';

const story = await begin('editor', { now: '2026-07-02T09:00:00+08:00' });
const sample = (name) => readFileSync(new URL(`clipboard/${name}.html`, import.meta.url), 'utf8');
const NEW = '/office/documents/new';

const author = await story.person('drafter');
await author.goto(NEW);
if ((await author.locator('form[data-editor-script]').count()) === 0) {
  console.log('SKIPPED: this program was built without the rich text field (web/build.sh needs Node)');
  await story.site.stop();
  process.exit(77);
}

// The page may ask before it is left with changes; here it may always be left.
author.on('dialog', (dialog) => dialog.accept());

async function fresh(page = author) {
  await page.goto(NEW);
  await page.click('#body.rich');
}

// What the form would send: the field writes 0.3 seconds after the last key.
async function written(page = author) {
  await sleep(450);
  return page.inputValue('[name=body]');
}

async function pasted(name) {
  await fresh();
  await story.paste(author, { html: sample(name), text: '' });
  return written();
}

const lines = (text) => text.trim().split('\n');

function same(what, got, expected) {
  const [one, other] = [lines(got), lines(expected)];
  const at = other.findIndex((line, i) => line !== one[i]);
  story.ok(got.trim() === expected.trim(), what, at < 0 ? `more than expected: ${one.slice(other.length)}` : `line ${at + 1}: ${one[at]}`, `expected: ${other[at]}`);
}

const press = (label, page = author) => page.getByRole('button', { name: label, exact: true }).click();
const word = () => author.locator('.pasted [role=status]').first().innerText();

// ---- how it stands on the page ----

await story.step('the field is a labelled text box with a toolbar of words', async () => {
  await author.goto(NEW);
  const box = author.getByRole('textbox', { name: '正文', exact: true });
  story.ok((await box.count()) === 1 && (await box.getAttribute('aria-multiline')) === 'true', 'one text box of several lines named 正文');
  story.ok(await author.locator('[name=body]').isHidden(), 'the source is out of sight');
  const labels = await author.locator('#body').locator('xpath=preceding-sibling::*//*[@role="toolbar"]').first().locator('button:visible').allInnerTexts();
  story.ok(labels.join(' ') === '一级标题 二级标题 正文 加粗 列表 表格 落款右对齐 居中 撤销 重做', 'the buttons', labels.join(' '));
  story.ok((await author.locator('#body-keys').innerText()).includes('Ctrl+Alt+2'), 'the keys are listed');
  await author.locator('label[for=body]').click();
  story.ok(await author.evaluate(() => document.activeElement.id === 'body'), 'its label leads into it');
});

// ---- typing, buttons, keys ----

await story.step('a notice is written by hand', async () => {
  await fresh();
  await author.keyboard.type('各中小学校、幼儿园：');
  await author.keyboard.press('Enter');
  await author.keyboard.type('一、检查内容');
  await press('一级标题');
  story.ok((await author.getByRole('button', { name: '一级标题' }).first().getAttribute('aria-pressed')) === 'true', 'the button shows where one stands');
  await author.keyboard.press('Enter');
  await author.keyboard.type('请');
  await author.keyboard.press('Control+b');
  await author.keyboard.type('认真');
  await author.keyboard.press('Control+b');
  await author.keyboard.type('检查。');
  await author.keyboard.press('Enter');
  await press('列表');
  await author.keyboard.type('索证');
  await author.keyboard.press('Enter');
  await author.keyboard.type('留样');
  await author.keyboard.press('Enter');
  await author.keyboard.press('Enter');
  await author.keyboard.type('云湖区教育局');
  await press('落款右对齐');
  await author.keyboard.press('End');
  await author.keyboard.press('Enter');
  await author.keyboard.type('2026年7月2日');
  same('what the form sends', await written(), `<p>各中小学校、幼儿园：</p>
<h2>一、检查内容</h2>
<p>请<strong>认真</strong>检查。</p>
<ul><li>索证</li><li>留样</li></ul>
<p data-align="right">云湖区教育局</p>
<p data-align="right">2026年7月2日</p>`);
  await press('落款右对齐');
  await press('居中');
  story.ok((await written()).endsWith('<p data-align="center">2026年7月2日</p>'), 'aligned otherwise', await written());
  if (process.env.GK_SHOTS) {
    for (const width of [1440, 360]) {
      await author.setViewportSize({ width, height: 900 });
      await author.screenshot({ path: `${process.env.GK_SHOTS}/editor-written-${width}.png`, fullPage: true });
    }
    await author.setViewportSize({ width: 1440, height: 900 });
  }
});

await story.step('undo and redo, by button and by key', async () => {
  await fresh();
  await author.keyboard.type('甲');
  await sleep(600);
  await author.keyboard.type('乙');
  await press('撤销');
  story.ok((await written()) === '<p>甲</p>', 'one step back', await written());
  await press('重做');
  story.ok((await written()) === '<p>甲乙</p>', 'and forward', await written());
  await author.keyboard.press('Control+z');
  await author.keyboard.press('Control+z');
  story.ok((await written()) === '', 'back to nothing', await written());
  await author.keyboard.press('Control+y');
  story.ok((await written()) === '<p>甲</p>', 'forward by key', await written());
  story.ok((await author.getByRole('button', { name: '重做' }).first().getAttribute('aria-disabled')) === 'false', 'there is more to redo');
});

await story.step('headings by key', async () => {
  await fresh();
  await author.keyboard.type('标题');
  await author.keyboard.press('Control+Alt+2');
  story.ok((await written()) === '<h2>标题</h2>', 'first level', await written());
  await author.keyboard.press('Control+Alt+3');
  story.ok((await written()) === '<h3>标题</h3>', 'second level', await written());
  await author.keyboard.press('Control+Alt+0');
  story.ok((await written()) === '<p>标题</p>', 'text', await written());
});

await story.step('Tab leaves, except inside tables; there Esc, then Tab', async () => {
  await fresh();
  await author.keyboard.type('一');
  await author.keyboard.press('Tab');
  story.ok(await author.evaluate(() => document.activeElement.id !== 'body'), 'Tab leaves the text');
  story.ok((await written()) === '<p>一</p>', 'and writes nothing', await written());
  await author.keyboard.press('Shift+Tab');
  story.ok(await author.evaluate(() => document.activeElement.id === 'body'), 'Shift+Tab comes back');
  await fresh();
  await press('表格');
  for (const cell of ['学校', '时间', '备注', '实验小学', '9:00', '无', '二中', '10:00']) {
    await author.keyboard.type(cell);
    await author.keyboard.press('Tab');
  }
  await author.keyboard.type('无');
  same('Tab goes from cell to cell', await written(), '<table><thead><tr><th>学校</th><th>时间</th><th>备注</th></tr></thead><tbody>' +
    '<tr><td>实验小学</td><td>9:00</td><td>无</td></tr><tr><td>二中</td><td>10:00</td><td>无</td></tr></tbody></table>');
  await author.keyboard.press('Tab');
  story.ok((await author.locator('#body tr').count()) === 4, 'after the last cell comes a row');
  await author.keyboard.press('Escape');
  await author.keyboard.press('Tab');
  story.ok(await author.evaluate(() => document.activeElement.id !== 'body'), 'Esc, Tab leaves the table');
});

await story.step('a table is changed by its own buttons', async () => {
  await fresh();
  await press('表格');
  story.ok((await author.locator('#body th').count()) === 3, 'three columns with heads');
  await press('加一列');
  await press('加一行');
  story.ok((await author.locator('#body tr').count()) === 4 && (await author.locator('#body th').count()) === 4, 'a row and a column more');
  await press('删这一行');
  await press('删这一列');
  await author.locator('#body td').nth(0).click();
  await author.keyboard.down('Shift');
  await author.locator('#body td').nth(1).click();
  await author.keyboard.up('Shift');
  await press('合并单元格');
  story.ok((await author.locator('#body td[colspan="2"]').count()) === 1, 'two cells are one');
  await story.look(author, 'the editor with a table');
  await press('拆分单元格');
  story.ok((await author.locator('#body td[colspan="2"]').count()) === 0, 'and two again');
  await press('删除表格');
  story.ok((await author.locator('#body table').count()) === 0, 'the table is gone');
});

// ---- pasting ----

const SAID = {
  word: '没有带入：3 处修订中已删除的文字、2 处隐藏内容、1 条批注。1 张图片没有带过来',
  wps: '没有带入：1 处修订中已删除的文字、1 处隐藏内容。1 张图片没有带过来',
  sheet: '没有带入：3 处隐藏内容。',
  web: '没有带入：1 处隐藏内容。1 张图片没有带过来',
};
for (const [name, said] of Object.entries(SAID)) {
  await story.step(`paste of clipboard/${name}.html`, async () => {
    same('the text comes clean', await pasted(name), sample(`${name}.expected`));
    story.ok((await word()).startsWith(said), 'what was left behind is said', await word());
    story.ok(await author.evaluate(() => window.stolen === undefined), 'nothing of it ran');
    await story.look(author, `the editor after pasting ${name}`);
  });
}

await story.step('the server keeps what the field sends, sign by sign', async () => {
  for (const name of Object.keys(SAID)) {
    await pasted(name);
    await author.fill('[name=title]', `粘贴的通知 ${name}`);
    await story.send(author, author.locator('button[name=go][value=save]'));
    const kept = await author.inputValue('[name=body]');
    same(name, kept.replace(/ rel="[^"]*"/g, ''), sample(`${name}.expected`));
    await author.waitForSelector('#body.rich');
    await author.click('#body.rich p');
    await author.keyboard.type('字');
    await author.keyboard.press('Backspace');
    same(`${name}, opened and written again`, (await written()).replace(/ rel="[^"]*"/g, ''), sample(`${name}.expected`));
  }
});

await story.step('what the server knows and the field does not is shown as the nearest, with all its text', async () => {
  const plain = await story.person('drafter', { script: false });
  await plain.goto(NEW);
  await plain.fill('[name=title]', '各种写法的通知');
  await plain.fill('[name=body]', '<h5>小标题</h5><div>容器里的字</div><dl><dt>词</dt><dd>释</dd></dl><pre>第一\n第二</pre>' +
    '<table><caption>表名</caption><tr><th scope="col">甲</th><th>乙</th></tr><tr><td align="right">1</td><td><table><tr><td>里层</td></tr></table></td></tr></table>' +
    '<figure><figcaption>图题</figcaption></figure><ol start="3"><li>第三</li></ol><p><b>粗</b><i>斜</i><mark>标</mark><del>删</del><span lang="en">ok</span></p>');
  await story.send(plain, plain.locator('button[name=go][value=save]'));
  await author.goto(plain.url());
  await author.waitForSelector('#body.rich');
  await author.click('#body > p >> nth=0');
  await author.keyboard.press('End');
  await author.keyboard.type('。');
  same('each with its text', await written(), `<h4>小标题</h4>
<p>容器里的字。</p>
<p>词</p>
<p>释</p>
<p>第一 第二</p>
<p data-align="center">表名</p>
<table><thead><tr><th scope="col">甲</th><th>乙</th></tr></thead><tbody><tr><td data-align="right">1</td><td>里层</td></tr></tbody></table>
<p>图题</p>
<ol start="3"><li>第三</li></ol>
<p><strong>粗</strong><em>斜</em>标<s>删</s>ok</p>`);
});

await story.step('struck text stays, and is said', async () => {
  await pasted('wps');
  story.ok((await word()).includes('1 处带删除线的文字保留了，请核对是否应当公开'), 'said', await word());
  await press('知道了');
  story.ok((await word()) === '' && (await author.evaluate(() => document.activeElement.id === 'body')), 'and can be put away');
});

await story.step('plain text: a line is a paragraph, short numbered lines are headings', async () => {
  await fresh();
  await story.paste(author, { text: '各学校：\r\n　　现通知如下。\n\n一、要求\n（一）时间\n1.按时报送。\n二、报送时间另行通知。' });
  same('paragraphs', await written(), '<p>各学校：</p>\n<p>现通知如下。</p>\n<h2>一、要求</h2>\n<h3>（一）时间</h3>\n<p>1.按时报送。</p>\n<p>二、报送时间另行通知。</p>');
  await fresh();
  await author.keyboard.type('前后');
  await author.keyboard.press('ArrowLeft');
  await sleep(100);
  await story.paste(author, { text: '中间' });
  story.ok((await written()) === '<p>前中间后</p>', 'a word goes into the line', await written());
});

await story.step('own text is moved without being changed', async () => {
  await fresh();
  await author.keyboard.type('一、照旧，不是标题');
  await author.keyboard.press('Control+a');
  await author.keyboard.press('Control+x');
  await author.keyboard.press('Control+v');
  story.ok((await written()) === '<p>一、照旧，不是标题</p>', 'cut and pasted', await written());
});

await story.step('a long document is pasted within a second, and typing stays quick', async () => {
  const rows = Array.from({ length: 300 }, (_, r) => `<tr>${Array.from({ length: 8 }, (__, c) => `<td><p class=MsoNormal>第${r}行${c}</p></td>`).join('')}</tr>`);
  const paragraphs = Array.from({ length: 400 }, (_, i) => `<p class=MsoNormal style='text-indent:32pt'>第${i}段：各学校要认真落实有关要求，按时报送材料，确保工作有序开展。</p>`);
  await fresh();
  const html = `<html><body>${paragraphs.join('\n')}<table>${rows.join('\n')}</table></body></html>`;
  await author.evaluate(() => {
    document.getElementById('body').addEventListener('paste', () => {
      const from = performance.now();
      setTimeout(() => {
        window.gkPaste = performance.now() - from;
      });
    }, { capture: true, once: true });
  });
  await story.paste(author, { html });
  await author.waitForFunction(() => window.gkPaste > 0);
  const took = await author.evaluate(() => window.gkPaste);
  story.ok(took < 1000, 'pasting takes less than a second', `${Math.round(took)} ms`);
  await author.locator('#body > p').first().click();
  const keys = await author.evaluate(async () => {
    const times = [];
    for (let i = 0; i < 10; i++) {
      const from = performance.now();
      document.execCommand('insertText', false, '字');
      await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
      times.push(performance.now() - from);
    }
    return times.sort((a, b) => a - b)[5];
  });
  console.log(`    pasted in ${Math.round(took)} ms, a sign takes ${Math.round(keys)} ms`);
  story.ok(keys < 100, 'a sign appears at once', `${Math.round(keys)} ms`);
  story.ok(((await written()).match(/<tr>/g) ?? []).length === 300, 'all of it is there');
});

// ---- Chinese input ----

await story.step('composing by pinyin doubles nothing', async () => {
  await fresh();
  const cdp = await author.context().newCDPSession(author);
  const compose = async (steps, text) => {
    for (const step of steps) {
      await cdp.send('Input.imeSetComposition', { text: step, selectionStart: step.length, selectionEnd: step.length });
      await sleep(30);
    }
    await cdp.send('Input.insertText', { text });
    await sleep(30);
  };
  await compose(['y', 'yu', "yun'h", "yun'hu"], '云湖');
  await press('加粗');
  await compose(['q', 'qu'], '区');
  await press('加粗');
  await compose(['，'], '，');
  await author.keyboard.press('Enter');
  await compose(['j', "jiao'yu"], '教育');
  await sleep(500); // written while nothing is composed
  await cdp.send('Input.imeSetComposition', { text: 'ju', selectionStart: 2, selectionEnd: 2 });
  await sleep(500); // the field writes nothing now
  story.ok(!(await author.inputValue('[name=body]')).includes('ju'), 'what is being composed is not sent yet', await author.inputValue('[name=body]'));
  await cdp.send('Input.insertText', { text: '局' });
  same('each sign once', await written(), '<p>云湖<strong>区</strong>，</p>\n<p>教育局</p>');
});

// ---- the form around it ----

await story.step('autosave carries the text, and it comes back', async () => {
  await fresh();
  await author.fill('[name=title]', '关于自动保存的通知');
  await author.click('#body');
  await author.keyboard.type('自动保存的正文。');
  await author.locator('[name=title]').focus();
  await author.waitForFunction(() => /已自动保存/.test(document.querySelector('[data-autosave-status]').textContent));
  const id = await author.inputValue('[name=id]');
  story.ok(/^\d+$/.test(id), 'the draft has a number', id);
  await author.goto(`/office/documents/${id}/edit`);
  await author.waitForSelector('#body.rich');
  story.ok((await author.locator('#body').innerText()).trim() === '自动保存的正文。', 'the text is in the field again');
  const before = await author.inputValue('[name=body]');
  await sleep(500);
  story.ok((await author.inputValue('[name=body]')) === before, 'opening changes nothing');
  await author.click('#body');
  await author.keyboard.press('Control+End');
  await author.keyboard.type('再加一句。');
  await story.send(author, author.locator('button[name=go][value=save]'));
  story.ok((await author.inputValue('[name=body]')) === '<p>自动保存的正文。再加一句。</p>', 'what was typed just before sending is sent', await author.inputValue('[name=body]'));
});

await story.step('a copy kept in the browser is put back into the field', async () => {
  await fresh();
  await author.route('**/autosave', (route) => route.abort('connectionaborted'));
  author.gkForgives = true;
  await author.keyboard.type('没有存到服务器的正文。');
  await sleep(1800);
  await author.unroute('**/autosave');
  await author.goto(NEW);
  await author.waitForSelector('#body.rich');
  await author.getByRole('button', { name: '恢复这份内容' }).click();
  story.ok((await author.locator('#body').innerText()).includes('没有存到服务器的正文。'), 'the text is shown');
  author.gkForgives = false;
});

await story.step('a body that is missing is asked for, and the link leads into the field', async () => {
  await author.goto(NEW);
  await author.waitForSelector('#body.rich');
  await author.fill('[name=title]', '没有正文的通知');
  await story.send(author, author.locator('button[name=go][value=save]'));
  const link = author.locator('a[href="#body"]').first();
  story.ok((await link.count()) === 1, 'the missing body is named');
  await author.waitForSelector('#body.rich');
  await link.click();
  story.ok(await author.evaluate(() => document.activeElement.id === 'body'), 'and leads into the field');
});

await story.step('the page of an empty draft bears every look', async () => {
  await author.goto(NEW);
  await author.waitForSelector('#body.rich');
  await story.look(author, 'the editor, empty');
});

await story.step('without script the source is there, and plain lines become paragraphs', async () => {
  const plain = await story.person('drafter', { script: false });
  await plain.goto(NEW);
  story.ok((await plain.locator('.rich').count()) === 0 && (await plain.locator('[name=body]').isVisible()), 'a plain field');
  await plain.fill('[name=title]', '没有脚本也能写的通知');
  await plain.fill('[name=signed_on]', '2026-07-01');
  await plain.fill('[name=body]', '各学校：\n一、时间\n（一）报名\n7月10日前 < 与 & 都照写。'.replace('< ', ''));
  await story.send(plain, plain.locator('button[name=go][value=save]'));
  same('headings and paragraphs', await plain.inputValue('[name=body]'), '<p>各学校：</p>\n<h2>一、时间</h2>\n<h3>（一）报名</h3>\n<p>7月10日前 与 &amp; 都照写。</p>');
});

await story.end();
