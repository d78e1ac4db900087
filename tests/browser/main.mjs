// The main job: a section officer publishes a document and a citizen reads it, played by everybody who takes part.
//
// Author, section head, office (which also publishes), secrecy officer, leader, citizen; the section head sends back once; a second
// document is late; the first is corrected, the second withdrawn. What is not public stays unreachable the whole way.
import { ask, begin, sha256 } from './harness.mjs';

const story = await begin('main', { now: '2026-07-02T09:00:00+08:00' });
const { origin } = story.site;

const TITLE = '云湖区教育局关于做好2026年秋季学期控辍保学工作的通知';
const NUMBER = '云教〔2026〕18号';
const LATE_TITLE = '云湖区教育局关于公布2026年春季教研活动安排的通知';
// As a word processor pastes it: classes, styles, a script that must not live, a table.
const PASTED = `<p class="MsoNormal" style="margin:0cm"><span style="font-size:16pt">各中小学、幼儿园：</span></p>
<p class=MsoNormal>为做好控辍保学工作，现将有关事项通知如下。<o:p></o:p></p>
<h1>一、工作目标</h1><p onclick="alert(1)">义务教育巩固率保持在 99.5% 以上。<script>alert(2)</script></p>
<table class="MsoTable"><tr><td>学校</td><td>责任人</td></tr><tr><td>区实验小学</td><td>梁旦</td></tr></table>
<p>二、各校于 7 月 10 日前报送名册。</p>`;
const FILE = { name: '控辍保学 名册（样表）.csv', mimeType: 'text/csv', buffer: Buffer.from('学校,班级,人数\n区实验小学,一（1）班,45\n', 'utf8') };

const idOf = (url) => /\/office\/documents\/(\d+)/.exec(url)?.[1];

// What an answer says, without what may differ: the address asked for, and the number of the exchange.
function bare(answer, path) {
  return `${answer.status} ${answer.headers['content-type']} ${answer.headers['cache-control']}\n` +
    answer.body.toString('utf8').replaceAll(encodeURIComponent(path), 'PATH').replaceAll(path, 'PATH').replace(/编号 <span class="mono">[^<]*</g, '编号 <');
}

async function sameAsNothing(what, path, nothing) {
  const [one, other] = [await ask(origin + path), await ask(origin + nothing)];
  story.ok(one.status === 404 || one.status === 303, `${what}: not there for the public`, `${path}: ${one.status}`);
  story.ok(bare(one, path) === bare(other, nothing), `${what}: the same bytes as what does not exist`, bare(one, path), bare(other, nothing));
}

// ---- the people ----

const author = await story.step('the author logs in', () => story.person('drafter'));
await story.step('the log-in page bears looking at, also with a wrong password', async () => {
  const page = await story.visitor('stranger');
  await page.goto('/login');
  await story.look(page, 'log-in');
  await page.fill('[name=login]', story.account('drafter').login);
  await page.fill('[name=password]', 'Wrong-password-1');
  await story.send(page, page.locator('main button[type=submit]'));
  story.ok((await page.locator('main').innerText()).includes('不'), 'a wrong password is refused in words');
  story.ok((await page.inputValue('[name=login]')) === story.account('drafter').login, 'the login name is still there');
  await story.look(page, 'log-in refused');
  await page.context().close();
});
const head = await story.step('the section head logs in', () => story.person('section_head'));
const office = await story.step('the office logs in', () => story.person('office'));
const secrecy = await story.step('the secrecy officer logs in', () => story.person('secrecy'));
const leader = await story.step('the leader logs in', () => story.person('leader'));
const citizen = await story.visitor('citizen');

// ---- drafting ----

async function draft(page, { title, number, signed, printed, body, file }) {
  await page.goto('/office/documents/new');
  await page.fill('[name=title]', title);
  await page.fill('[name=doc_number]', number);
  await page.fill('[name=signed_on]', signed);
  await page.fill('[name=printed_on]', printed);
  await page.fill('[name=addressees]', '各中小学\n云湖区实验小学');
  await page.fill('[name=cc]', '市教育局');
  await story.writeBody(page, body);
  if (file) {
    await page.setInputFiles('[name=files]', file);
  }
}

await story.step('the board and the list of documents', async () => {
  await author.goto('/office');
  await story.look(author, 'board of the author');
  await author.goto('/office/documents');
  await story.look(author, 'documents in the office');
});

const docId = await story.step('the author drafts, with what a word processor pastes and an attachment', async () => {
  await author.goto('/office/documents/new');
  await story.look(author, 'new draft');
  await draft(author, { title: '', number: '云教[2026]18号', signed: '2026-06-30', printed: '2026-07-01', body: PASTED, file: FILE });
  await story.send(author, author.locator('button[name=go][value=submit]'));
  const words = await author.locator('main').innerText();
  story.ok(words.includes('标题'), 'what is missing is said', author.url(), words.slice(0, 400));
  story.ok((await author.inputValue('[name=addressees]')).includes('各中小学'), 'what was typed is still there');
  await story.look(author, 'draft with something missing');
  await author.fill('[name=title]', TITLE);
  if ((await author.locator('main a', { hasText: FILE.name }).count()) === 0) {
    await author.setInputFiles('[name=files]', FILE);
  }
  await story.send(author, author.locator('button[name=go][value=save]'));
  await author.waitForURL(/\/documents\/\d+/);
  const id = idOf(author.url());
  await author.goto(`/office/documents/${id}/edit`);
  story.ok((await author.inputValue('[name=doc_number]')) === NUMBER, 'the number is stored with its proper brackets', await author.inputValue('[name=doc_number]'));
  const body = await author.inputValue('[name=body]');
  story.ok(!/script|onclick|MsoNormal|style=/.test(body) && body.includes('义务教育巩固率') && body.includes('<table>'), 'the pasted text is clean', body);
  await story.look(author, 'saved draft');
  await author.goto('/office/documents');
  story.ok((await author.locator('main a', { hasText: TITLE }).count()) === 1, 'it was saved once, though autosave was at it too', await author.locator('main').innerText());
  return id;
});

const digest = sha256(FILE.buffer);
const fileName = encodeURIComponent(FILE.name);
const noDigest = digest.replace(/./g, (c) => (c === 'f' ? '0' : (parseInt(c, 16) + 1).toString(16)));

async function nothingLeaks(when) {
  await sameAsNothing(`${when}: the attachment by its address`, `/files/${digest}/${fileName}`, `/files/${noDigest}/${fileName}`);
  await sameAsNothing(`${when}: the draft in the office`, `/office/documents/${docId}`, '/office/documents/424242');
  for (const path of ['/', '/list', `/list?year=2026`]) {
    const page = (await ask(origin + path)).body.toString('utf8');
    story.ok(!page.includes(TITLE), `${when}: ${path} does not name it`);
  }
}

await story.step('nothing of a draft can be reached', () => nothingLeaks('draft'));

await story.step('autosave keeps a change without being asked', async () => {
  await author.goto(`/office/documents/${docId}/edit`);
  await author.locator('summary', { hasText: '更多信息' }).click();
  await author.fill('[name=keywords]', '控辍保学 义务教育');
  await author.locator('[name=keywords]').blur();
  await author.waitForFunction(() => /已|保存/.test(document.querySelector('[data-autosave-status]').textContent) &&
    !/还没有|没有保存/.test(document.querySelector('[data-autosave-status]').textContent));
  await author.goto(`/office/documents/${docId}/edit`);
  story.ok((await author.inputValue('[name=keywords]')) === '控辍保学 义务教育', 'the change is there after loading again');
});

async function submit(page, id) {
  await page.goto(`/office/documents/${id}/edit`);
  await story.send(page, page.locator('button[name=go][value=submit]'));
}

await story.step('the author sends it to review', async () => {
  await submit(author, docId);
  await author.goto(`/office/documents/${docId}`);
  story.ok((await author.locator('main').innerText()).includes('审核中'), 'it is in review');
  await story.look(author, 'document in review, seen by its author');
  await author.goto(`/office/documents/${docId}/sheet`);
  await story.look(author, 'day by day, in the office');
  await author.goto(`/office/documents/${docId}/preview`);
  await story.look(author, 'preview');
});

// ---- review ----

async function openCase(page, id) {
  await page.goto(`/office/review/of/${id}`);
  story.ok(/\/office\/review\/\d+$/.test(page.url()), `${page.gkWho} comes to the case`, page.url());
}

async function conclude(page, id, { verdict = 'pass', opinion = '', look } = {}) {
  await openCase(page, id);
  if (look) {
    await story.look(page, look);
  }
  const form = page.locator('form', { has: page.locator('[name=verdict]') });
  if (await form.locator('[name=secrecy]').count()) {
    await form.locator('[name=secrecy][value=open]').check();
  }
  if (verdict === 'pass' && (await form.locator('[name=proof_done]').count())) {
    await form.locator('[name=proof_done]').check();
  }
  await form.locator('[name=opinion]').fill(opinion);
  await story.send(page, form.locator(`button[value=${verdict}]`));
  story.ok((await page.locator('#errors').count()) === 0, `${page.gkWho}: ${verdict} is accepted`, await page.locator('main').innerText());
}

await story.step('the author may not review his own text', async () => {
  await openCase(author, docId);
  story.ok((await author.locator('[name=verdict]').count()) === 0, 'no form for the author');
  await story.look(author, 'case seen by the author');
});

await story.step('the section head finds it on the board, and sends it back with a reason', async () => {
  await head.goto('/office');
  story.ok((await head.locator('main').innerText()).includes(TITLE), 'it is on the board of the section head', await head.locator('main').innerText());
  await story.look(head, 'board of the section head');
  await openCase(head, docId);
  await story.send(head, head.locator('button[value=return]'));
  story.ok((await head.locator('main').innerText()).includes('退回时请写明意见'), 'sending back without a reason is refused');
  await story.look(head, 'sent back without a reason');
  await conclude(head, docId, { verdict: 'return', opinion: '报送时间请改为 7 月 15 日。' });
});

await story.step('the author sees the reason, changes the text and sends it again', async () => {
  await author.goto(`/office/documents/${docId}`);
  story.ok((await author.locator('main').innerText()).includes('报送时间请改为'), 'the reason is shown');
  await story.look(author, 'document sent back');
  await author.goto(`/office/documents/${docId}/edit`);
  const body = await author.inputValue('[name=body]');
  await story.writeBody(author, body.replace('7 月 10 日', '7 月 15 日'));
  await story.send(author, author.locator('button[name=go][value=submit]'));
});

await story.step('the section head sees what changed, and passes it', async () => {
  await openCase(head, docId);
  const inserted = (await head.locator('table.diff ins').allTextContents()).join('');
  const deleted = (await head.locator('table.diff del').allTextContents()).join('');
  story.ok(inserted.includes('5') && deleted.includes('0'), 'the difference is marked', inserted, deleted);
  await story.look(head, 'case with its differences side by side');
  await head.goto(`${new URL(head.url()).pathname}?view=stacked`);
  await story.look(head, 'case with its differences one below the other');
  await head.goto(`${new URL(head.url()).pathname}?view=final`);
  await story.look(head, 'case with its final text');
  await conclude(head, docId);
});

await story.step('nobody concludes twice', async () => {
  await openCase(head, docId);
  story.ok((await head.locator('[name=verdict]').count()) === 0, 'no second form for the section head');
});

await story.step('office, secrecy officer and leader pass it', async () => {
  await conclude(office, docId, { look: 'case at the office' });
  await openCase(secrecy, docId);
  await story.send(secrecy, secrecy.locator('button[value=pass]'));
  story.ok((await secrecy.locator('main').innerText()).includes('请选择保密审查结论'), 'the secrecy conclusion cannot be left out');
  await story.look(secrecy, 'secrecy review without a conclusion');
  await conclude(secrecy, docId);
  await conclude(leader, docId, { look: 'case at the leader' });
  await leader.goto(`/office/review/of/${docId}`);
  await leader.goto(`${new URL(leader.url()).pathname}/form`);
  await story.look(leader, 'secrecy form');
});

await story.step('approved is not public', () => nothingLeaks('approved'));

// ---- publication ----

async function publish(page, id, reason) {
  await page.goto(`/office/documents/${id}`);
  const form = page.locator(`form[action="/office/documents/${id}/publish"]`);
  if (reason !== undefined) {
    await form.locator('[name=late_reason]').fill(reason);
  }
  await story.send(page, form.locator('button[type=submit]'));
  return page.locator('main').innerText();
}

const address = await story.step('the author cannot publish; the office does', async () => {
  await author.goto(`/office/documents/${docId}`);
  story.ok((await author.locator(`form[action$="/publish"]`).count()) === 0, 'the author has no button');
  await office.goto(`/office/documents/${docId}`);
  await story.look(office, 'document to be published');
  await publish(office, docId);
  await office.goto(`/office/documents/${docId}`);
  const words = await office.locator('main').innerText();
  story.ok(words.includes('已发布'), 'it is published', words.slice(0, 1500));
  await story.look(office, 'published document in the office');
  const link = await office.locator('a', { hasText: '查看公开页' }).getAttribute('href');
  story.ok(/^\/d\/YH02114-[0-9A-Z]+-2026-\d{5}$/.test(link ?? ''), 'it has an index number', link);
  return link;
});

// ---- reading ----

async function readsIt(page, who) {
  await page.goto('/');
  await page.locator('main a', { hasText: TITLE }).first().click();
  await page.waitForURL((url) => url.pathname === address);
  const words = await page.locator('main').innerText();
  for (const wanted of [TITLE, NUMBER, '2026-06-30', '2026-07-01', '主动公开', '有效', '义务教育巩固率', '7 月 15 日', '第 1 个工作日', FILE.name]) {
    story.ok(words.includes(wanted) || words.includes(wanted.replace(/^2026-0?(\d+)-0?(\d+)$/, '2026年$1月$2日')), `${who} reads ${wanted}`, words.slice(0, 1500));
  }
  story.ok(!words.includes('7 月 10 日'), `${who} does not read what was struck out`);
}

await story.step('a citizen reads it, at both widths', async () => {
  await citizen.goto('/');
  await story.look(citizen, 'home');
  await readsIt(citizen, 'a citizen');
  await story.look(citizen, 'document page');
  await citizen.goto('/list');
  story.ok((await citizen.locator('main').innerText()).includes(TITLE), 'it is in the list');
  await story.look(citizen, 'list');
  await citizen.goto('/list?year=1999');
  await story.look(citizen, 'empty list');
  await citizen.goto(`${address}/sheet`);
  await story.look(citizen, 'day by day');
  await citizen.goto('/schools');
  await story.look(citizen, 'schools');
});

await story.step('a citizen without JavaScript reads the same, on a telephone too', async () => {
  for (const width of [1440, 360]) {
    const page = await story.visitor(`citizen without script at ${width}`, { script: false, width });
    await readsIt(page, `without script at ${width}`);
    await page.context().close();
  }
});

await story.step('meta tags, attachment and two-dimensional code are right', async () => {
  await citizen.goto(address);
  for (const [name, value] of [['ArticleTitle', TITLE], ['PubDate', '2026-07-02'], ['ColumnName', null], ['ContentSource', null], ['SiteName', null]]) {
    const content = await citizen.locator(`meta[name="${name}"]`).getAttribute('content').catch(() => null);
    story.ok(content && (value === null || content.startsWith(value)), `meta ${name}`, content);
  }
  const href = await citizen.locator('main a', { hasText: FILE.name }).first().getAttribute('href');
  const file = await ask(new URL(href, origin));
  story.ok(file.status === 200 && file.body.equals(FILE.buffer), 'the attachment is what was uploaded', file.status, href);
  story.ok(file.headers['x-content-type-options'] === 'nosniff' && /attachment/.test(file.headers['content-disposition'] ?? ''), 'it is sent as a file', file.headers);
  const part = await ask(new URL(href, origin), { headers: { Range: 'bytes=3-8' } });
  story.ok(part.status === 206 && part.body.equals(FILE.buffer.subarray(3, 9)), 'and in parts', part.status);
  const svg = await ask(`${origin}${address}/qr.svg`);
  story.ok(svg.status === 200 && svg.headers['content-type'].startsWith('image/svg+xml'), 'the code is there', svg.status);
});

await story.step('print: the page is right on A4', async () => {
  await citizen.goto(address);
  await citizen.emulateMedia({ media: 'print' });
  story.ok(!(await citizen.locator('nav.nav').isVisible()), 'the navigation is not printed');
  story.ok(await citizen.locator('.doc h1').isVisible(), 'the text is printed');
  if (story.shots) {
    await citizen.pdf({ path: `${story.shots}/document.pdf`, format: 'A4' });
  }
  await citizen.emulateMedia({ media: 'screen' });
});

await story.step('large type and high contrast', async () => {
  await citizen.goto(`/display?size=large&back=${encodeURIComponent(address)}`);
  await story.look(citizen, 'document page in large type', { overflow: false });
  await citizen.goto(`/display?contrast=high&back=${encodeURIComponent(address)}`);
  await story.look(citizen, 'document page in large type and high contrast', { overflow: false });
  await citizen.goto(`/display?size=normal&back=${encodeURIComponent(address)}`);
  await citizen.goto('/display?contrast=normal&back=%2F');
});

await story.step('what every site has', async () => {
  for (const [path, what] of [['/site/map', 'site map'], ['/site/contact', 'contact'], ['/site/privacy', 'privacy'], ['/site/accessibility', 'accessibility'], ['/d/YH02114-0000-1999-00001', 'no such document']]) {
    await citizen.goto(path);
    await story.look(citizen, what);
  }
});

await story.step('the addressed school acknowledges it', async () => {
  const school = await story.person('school_head');
  await school.goto('/office/reading');
  story.ok((await school.locator('main').innerText()).includes(TITLE), 'it is in the incoming mail of the school', await school.locator('main').innerText());
  await story.look(school, 'incoming mail');
  await story.send(school, school.getByRole('button', { name: /签收/ }).first());
  story.ok((await school.locator('main').innerText()).includes('已签收'), 'it is acknowledged');
  await school.context().close();
});

// ---- late ----

async function passAll(id, people) {
  for (const page of people) {
    await conclude(page, id);
  }
}

const late = await story.step('a second document comes too late: publishing asks for the reason and shows it', async () => {
  await draft(author, { title: LATE_TITLE, number: '云教（2026）6号', signed: '2026-03-02', printed: '2026-03-03', body: '<p>现将春季教研活动安排公布如下，请各校按时参加。</p>' });
  await story.send(author, author.locator('button[name=go][value=save]'));
  await author.waitForURL(/\/documents\/\d+/);
  const id = idOf(author.url());
  await submit(author, id);
  await passAll(id, [head, office, secrecy, leader]);
  await publish(office, id, '');
  const words = await office.locator('main').innerText();
  story.ok(words.includes('已经超过 20 个工作日') && words.includes('请写明原因'), 'without a reason it is refused', words.slice(0, 600));
  await story.look(office, 'late publication without a reason');
  await publish(office, id, '教研活动安排几次变动，四月才定稿。');
  await office.goto(`/office/documents/${id}`);
  const link = await office.locator('a', { hasText: '查看公开页' }).getAttribute('href');
  await citizen.goto(link);
  const page = await citizen.locator('main').innerText();
  story.ok(page.includes('未在期限内公开') && page.includes('四月才定稿') && page.includes('超期'), 'the public page says so', page.slice(0, 1500));
  await story.look(citizen, 'late document page');
  return { id, link };
});

await story.step('withdrawal leaves a page with its reason', async () => {
  await office.goto(`/office/documents/${late.id}`);
  const form = office.locator(`form[action="/office/documents/${late.id}/withdraw"]`);
  await office.locator('details', { has: form }).locator('summary').click();
  await form.locator('[name=kind][value=mistaken]').check();
  await form.locator('[name=reason]').fill('附表有误，重新核定后另行公布。');
  await story.send(office, form.locator('button[type=submit]'));
  await office.goto(`/office/documents/${late.id}`);
  await story.look(office, 'withdrawn document in the office');
  const answer = await ask(origin + late.link);
  const words = answer.body.toString('utf8');
  story.ok(answer.status === 410, 'the address answers 410', answer.status);
  story.ok(words.includes('附表有误') && !words.includes('请各校按时参加'), 'reason, but no text');
  story.ok((await ask(`${origin}${late.link}/v/1`)).status !== 200, 'the edition is not readable either');
  await citizen.goto(late.link);
  await story.look(citizen, 'withdrawn document page');
  await citizen.goto('/list');
  story.ok(!(await citizen.locator('main').innerText()).includes(LATE_TITLE), 'it is out of the list');
});

// ---- correction ----

await story.step('a correction is a new edition; the old one stays readable', async () => {
  await author.goto(`/office/documents/${docId}`);
  const form = author.locator(`form[action="/office/documents/${docId}/correct"]`);
  await author.locator('details', { has: form }).locator('summary').click();
  await form.locator('[name=change_kind][value=correction]').check();
  await form.locator('[name=change_reason]').fill('巩固率指标写错，应为 99.6%。');
  await story.send(author, form.locator('button[type=submit]'));
  await author.goto(`/office/documents/${docId}/edit`);
  await story.look(author, 'draft of a correction');
  const body = await author.inputValue('[name=body]');
  await story.writeBody(author, body.replace('99.5%', '99.6%'));
  await story.send(author, author.locator('button[name=go][value=submit]'));
  await citizen.goto(address);
  story.ok((await citizen.locator('.doc').innerText()).includes('99.5%'), 'until it is published the page is as it was');
  await passAll(docId, [head, office, secrecy, leader]);
  const said = await publish(office, docId);
  await citizen.goto(address);
  await citizen.reload(); // a browser may keep a public page for a minute
  const words = await citizen.locator('main').innerText();
  story.ok(words.includes('99.6%') && words.includes('第 2 版') && words.includes('巩固率指标写错'), 'the second edition is public, with its reason', said, words.slice(0, 1500));
  await story.look(citizen, 'corrected document page');
  await citizen.goto(`${address}/v/1`);
  const old = await citizen.locator('main').innerText();
  story.ok(old.includes('99.5%') && old.includes('已被新版代替'), 'the first is readable, and says that it is replaced', old.slice(0, 1500));
  await story.look(citizen, 'replaced edition');
});

// ---- around it ----

await story.step('forms that lost their key, and double sending', async () => {
  author.gkForgives = true; // autosave is refused as well
  await author.goto('/office/documents/new');
  await author.evaluate(() => { document.querySelectorAll('[name=_token]').forEach((e) => { e.value = 'x'.repeat(43); }); });
  await author.fill('[name=title]', '不会保存');
  await story.send(author, author.locator('button[name=go][value=save]'));
  story.ok(author.gkAnswer.status() === 403, 'a forged token is refused', author.gkAnswer.status());
  await story.look(author, 'forged form');
  await author.context().close();
});

await story.step('people, roles and the three administrators', async () => {
  for (const [role, paths] of [['system', ['/office/people', '/office/units']], ['security', ['/office/people']], ['audit', ['/office']]]) {
    const page = await story.person(role);
    await page.goto('/office');
    await story.look(page, `first page of ${role}`);
    const links = await page.locator('nav[aria-label=工作台导航] a').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
    for (const path of new Set([...paths, ...links])) {
      await page.goto(path);
      story.ok(page.gkAnswer.status() === 200, `${role} sees ${path}`, page.gkAnswer.status());
      await story.look(page, `${role}: ${path}`);
    }
    await page.context().close();
  }
});

await story.step('the log of the day is whole', async () => {
  const doctor = story.site.run('doctor', '--data', story.site.data);
  story.ok(doctor.status === 0, 'doctor finds nothing', doctor.stdout, doctor.stderr);
});

await story.end();
