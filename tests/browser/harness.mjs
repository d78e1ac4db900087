// What browser stories share: a demo site of its own on a free loopback port, people who log in, and the looks every page must bear.
//
//     const story = await begin('main', { now: '2026-07-02T09:00:00+08:00' });
//     const lin = await story.person('drafter');
//     await lin.goto('/office/documents/new');
//     await story.look(lin, 'new draft');          axe at two widths, no overflow, nothing in the console, HTML kept for the checker
//     await story.end();                            the W3C checker over all pages, the server's own diagnostics, the closing line
//
// GONGKAI names the program (build-test/gongkai), CHROMIUM the browser, GK_SHOTS a folder for screenshots. Without a browser, Java or
// the node modules the story is skipped, and says so.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import { createRequire } from 'node:module';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = fileURLToPath(new URL('.', import.meta.url));
const program = process.env.GONGKAI ?? join(here, '../../build-test/gongkai');
const browserPath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const WIDTHS = [1440, 360];
const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

function skip(why) {
  console.log(`SKIPPED: ${why}`);
  process.exit(77);
}

async function need(name) {
  try {
    return await import(name);
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') {
      throw error;
    }
    return skip(`${name} is not installed; run "npm ci --ignore-scripts" in tests/`);
  }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export function sha256(bytes) {
  return createHash('sha256').update(bytes).digest('hex');
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

// One request outside the browser: status, headers, bytes. No redirect is followed.
export function ask(url, { method = 'GET', headers = {} } = {}) {
  return new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on('error', reject);
    request.end();
  });
}

// ---- the site ----

// init: words for `gongkai init` instead of the demo; what it printed is .printed then, and there are no accounts.
export async function startSite({ now, empty = false, init = null } = {}) {
  if (!existsSync(program)) {
    skip(`no program at ${program}`);
  }
  const dir = mkdtempSync(join(tmpdir(), 'gongkai-story-'));
  const data = join(dir, 'site');
  const port = await freePort();
  const env = { ...process.env, GONGKAI_TEST_FAST_HASH: '1', ...(now ? { GONGKAI_NOW: now } : {}) };
  const run = (...words) => spawnSync(program, words, { env, encoding: 'utf8' });

  const made = run(init ? 'init' : 'demo', '--data', data, '--port', String(port), ...(init ?? (empty ? ['--empty'] : [])));
  if (made.status !== 0) {
    throw new Error(`gongkai ${init ? 'init' : 'demo'} ended with ${made.status ?? made.signal}: ${made.stderr}`);
  }
  const accounts = init ? [] : readFileSync(join(data, 'demo-accounts.txt'), 'utf8').trim().split('\n').map((line) => {
    const [role, login, password] = line.trim().split(/\s+/);
    return { role, login, password };
  });

  const logPath = join(dir, 'serve.log');
  const log = openSync(logPath, 'a');
  const server = spawn(program, ['serve', '--data', data, '--port', String(port)], { env, stdio: ['ignore', log, log] });
  const ended = new Promise((resolve) => server.once('exit', (code, signal) => resolve(code ?? signal)));
  const origin = `http://127.0.0.1:${port}`;
  let up = false;
  for (let i = 0; i < 300 && !up && server.exitCode === null; i++) {
    up = await ask(`${origin}/healthz`).then((r) => r.status === 200, () => false);
    if (!up) {
      await sleep(100);
    }
  }
  if (!up) {
    server.kill('SIGTERM');
    throw new Error(`the server does not answer: ${readFileSync(logPath, 'utf8').slice(-3000)}`);
  }
  return {
    origin, data, accounts, run, printed: made.stdout,
    log: () => readFileSync(logPath, 'utf8'),
    async stop() {
      server.kill('SIGTERM');
      const code = await Promise.race([ended, sleep(20000).then(() => 'still running')]);
      if (code === 'still running') {
        server.kill('SIGKILL');
      }
      const said = readFileSync(logPath, 'utf8');
      rmSync(dir, { recursive: true, force: true });
      return { code, said };
    },
  };
}

// ---- the story ----

export async function begin(name, options = {}) {
  const { chromium } = await need('playwright-core');
  await need('axe-core');
  if (!existsSync(browserPath)) {
    skip(`no browser at ${browserPath}`);
  }
  const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  const site = await startSite(options);
  const browser = await chromium.launch({
    executablePath: browserPath,
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync'],
  });
  const shots = process.env.GK_SHOTS;
  if (shots) {
    mkdirSync(shots, { recursive: true });
  }
  return new Story(name, site, browser, axe, shots);
}

class Story {
  passed = 0;
  failed = 0;
  pages = [];
  seen = new Set();

  constructor(name, site, browser, axe, shots) {
    Object.assign(this, { name, site, browser, axe, shots });
  }

  ok(condition, what, ...details) {
    if (condition) {
      this.passed++;
      return true;
    }
    this.failed++;
    console.log(`not ok ${what}`);
    for (const detail of details) {
      console.log('    ' + (typeof detail === 'string' ? detail : JSON.stringify(detail, null, 1)).slice(0, 1800).replace(/\n/g, '\n    '));
    }
    return false;
  }

  // A step of the story: tells its name; an exception in it is one failure and ends the story.
  async step(what, work) {
    const before = this.failed;
    const from = Date.now();
    try {
      const result = await work();
      console.log(`${this.failed === before ? 'ok' : 'not ok'} ${what} (${((Date.now() - from) / 1000).toFixed(1)} s)`);
      return result;
    } catch (error) {
      this.ok(false, what, String(error.stack ?? error));
      for (const page of this.open ?? []) {
        if (this.shots && !page.isClosed()) {
          await page.screenshot({ path: join(this.shots, `failed-${page.gkWho}.png`), fullPage: true }).catch(() => {});
        }
      }
      await this.end();
      return undefined;
    }
  }

  // A page of a browser of its own, watched: console errors, script errors, refused content.
  async visitor(who, { script = true, width = 1440 } = {}) {
    const context = await this.browser.newContext({
      baseURL: this.site.origin, javaScriptEnabled: script, viewport: { width, height: 900 }, locale: 'zh-CN', timezoneId: 'Asia/Shanghai',
    });
    const page = await context.newPage();
    page.gkWho = who;
    page.setDefaultTimeout(20000);
    page.on('console', (message) => {
      // The browser's own line about an answer such as 404 or 422 is no fault of the page.
      const answer = /Failed to load resource: the server responded with a status of 4\d\d/.test(message.text());
      if (message.type() === 'error' && !(answer && (page.gkForgives || message.location().url === page.url()))) {
        this.ok(false, `${who}: nothing in the console`, `${page.url()}: ${message.text()} ${message.location().url}`);
      }
    });
    page.on('pageerror', (error) => this.ok(false, `${who}: no script fails`, `${page.url()}: ${error.stack}`));
    page.on('requestfailed', (request) => {
      if (request.failure()?.errorText !== 'net::ERR_ABORTED') {
        this.ok(false, `${who}: every request is answered`, `${request.url()}: ${request.failure()?.errorText}`);
      }
    });
    page.on('request', (request) => {
      if (!request.url().startsWith(this.site.origin) && !request.url().startsWith('data:')) {
        this.ok(false, `${who}: asks no other host`, request.url());
      }
    });
    page.on('response', (response) => {
      if (response.request().isNavigationRequest() && response.frame() === page.mainFrame() && (response.status() < 300 || response.status() >= 400)) {
        page.gkAnswer = response;
      }
    });
    (this.open ??= []).push(page);
    return page;
  }

  account(role, nth = 0) {
    const found = this.site.accounts.filter((a) => a.role === role)[nth];
    if (!found) {
      throw new Error(`no account with role ${role}`);
    }
    return found;
  }

  async person(role, options = {}) {
    const account = typeof role === 'string' ? this.account(role, options.nth) : role;
    const page = await this.visitor(account.login, options);
    await page.goto('/login');
    await page.fill('[name=login]', account.login);
    await page.fill('[name=password]', account.password);
    await page.click('main button[type=submit]');
    await page.waitForURL(/\/office/);
    return page;
  }

  // Presses a button that sends a form, and waits for the page it leads to. What the browser itself would ask for is left to the server.
  async send(page, button) {
    const before = page.gkAnswer;
    await button.evaluate((element) => {
      element.form.noValidate = true;
    });
    await button.click();
    for (let i = 0; i < 200 && page.gkAnswer === before; i++) {
      await sleep(50);
    }
    if (page.gkAnswer === before) {
      throw new Error(`${page.gkWho}: nothing was answered at ${page.url()}`);
    }
    await page.waitForLoadState();
  }

  // Copies and pastes by real keys: Ctrl+C of a page that says what is copied, as another program would, then Ctrl+V into what has
  // the focus.
  async paste(page, { html, text = '' }) {
    await page.evaluate(({ html: htmlData, text: textData }) => {
      document.addEventListener('copy', (event) => {
        event.stopImmediatePropagation();
        event.preventDefault();
        event.clipboardData.setData('text/plain', textData);
        if (htmlData) {
          event.clipboardData.setData('text/html', htmlData);
        }
      }, { once: true, capture: true });
    }, { html, text });
    await page.keyboard.press('Control+c');
    await page.keyboard.press('Control+v');
  }

  // The body of a draft becomes this HTML: pasted into the rich text field, or typed where a program without it shows the source.
  async writeBody(page, html) {
    if ((await page.locator('form[data-editor-script]').count()) === 0) {
      await page.fill('[name=body]', html);
      return;
    }
    await page.click('#body.rich');
    await page.keyboard.press('Control+a');
    await this.paste(page, { html });
  }

  // The page as it stands now bears every look: once for each name.
  async look(page, what, { overflow = true } = {}) {
    if (this.seen.has(what)) {
      return;
    }
    this.seen.add(what);
    const file = `${String(this.pages.length + 1).padStart(3, '0')}-${what.replace(/[^\p{L}\p{N}]+/gu, '-')}`;
    const html = await page.gkAnswer?.text().catch(() => null);
    this.pages.push({ file, what, html });
    this.ok(html != null, `${what}: the server's page was read`);
    const title = await page.title();
    this.ok(title.length > 0, `${what}: has a title`);
    this.ok((await page.locator('h1').count()) === 1, `${what}: has one h1`, await page.locator('h1').allTextContents());
    for (const width of WIDTHS) {
      await page.setViewportSize({ width, height: width === 360 ? 740 : 900 });
      await this.#axe(page, `${what} at ${width}`);
      if (overflow) {
        const wide = await page.evaluate(() => ({ has: document.documentElement.scrollWidth, may: document.documentElement.clientWidth,
          who: [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1 &&
            !e.closest('.scroll')).slice(0, 3).map((e) => e.outerHTML.slice(0, 120)) }));
        this.ok(wide.has <= wide.may, `${what} at ${width}: nothing stands out to the right`, wide);
      }
      if (this.shots) {
        await page.screenshot({ path: join(this.shots, `${file}-${width}.png`), fullPage: true });
      }
    }
    await page.setViewportSize({ width: WIDTHS[0], height: 900 });
  }

  async #axe(page, what) {
    await page.evaluate(this.axe);
    const result = await page.evaluate((tags) => window.axe.run(document, { runOnly: { type: 'tag', values: tags }, resultTypes: ['violations'] }), AXE_TAGS);
    this.ok(result.violations.length === 0, `${what}: axe finds nothing`,
      result.violations.map((v) => `${v.id} (${v.impact}): ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.html.slice(0, 160)}`).join(' | ')}`));
  }

  // The W3C checker over everything the server sent, in one run of Java.
  #w3c() {
    const jar = join(here, '../node_modules/vnu-jar/build/dist/vnu.jar');
    if (!existsSync(jar) || spawnSync('java', ['-version']).status !== 0) {
      console.log('SKIPPED: the W3C checker: vnu-jar or java is not installed');
      return;
    }
    const dir = mkdtempSync(join(tmpdir(), 'gongkai-html-'));
    for (const page of this.pages.filter((p) => p.html != null)) {
      writeFileSync(join(dir, `${page.file}.html`), page.html);
    }
    const run = spawnSync('java', ['-Xss4m', '-jar', jar, '--format', 'json', '--stdout', '--exit-zero-always', dir],
      { encoding: 'utf8', maxBuffer: 1 << 28 });
    let messages = null;
    try {
      messages = JSON.parse(run.stdout).messages;
    } catch {
      this.ok(false, 'the W3C checker runs', run.stdout.slice(0, 500), run.stderr.slice(0, 500));
    }
    for (const page of this.pages.filter((p) => messages && p.html != null)) {
      const mine = messages.filter((m) => m.url?.endsWith(encodeURI(`/${page.file}.html`)) || m.url?.endsWith(`/${page.file}.html`));
      const errors = mine.filter((m) => m.type !== 'info');
      this.ok(errors.length === 0, `${page.what}: the W3C checker finds no error`,
        errors.slice(0, 4).map((m) => `${m.lastLine}: ${m.message} … ${m.extract ?? ''}`));
    }
    rmSync(dir, { recursive: true, force: true });
  }

  async end() {
    if (this.ended) {
      return;
    }
    this.ended = true;
    this.#w3c();
    await this.browser.close();
    const { code, said } = await this.site.stop();
    this.ok(code === 0 || code === 'SIGTERM', 'the server stops when asked', String(code));
    this.ok(!/AddressSanitizer|LeakSanitizer|runtime error:|must failed/.test(said), 'the server has no memory fault', said.slice(-4000));
    this.ok(!/ status=50[0-9]/.test(said), 'no answer was a fault of the server', said.split('\n').filter((l) => / status=50/.test(l)).slice(0, 5).join('\n'));
    console.log(`${this.name}: ${this.pages.length} pages looked at, at ${WIDTHS.join(' and ')} px${this.shots ? `, screenshots in ${this.shots}` : ''}`);
    console.log(`${this.passed} passed, ${this.failed} failed`);
    process.exit(this.failed === 0 && this.passed > 0 ? 0 : 1);
  }
}
