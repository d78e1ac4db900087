// A new site made by `gongkai init`: one activation code and no password; the first administrator names the other two, second factors are
// bound, a unit and a person are added, a role is given by two people, and the audit administrator sees it all.
import { createHmac } from 'node:crypto';

import { begin } from './harness.mjs';

const NOW = Date.parse('2026-07-02T09:00:00+08:00');
const story = await begin('init', { now: '2026-07-02T09:00:00+08:00', init: ['--name', '青禾区教育局', '--short-name', '区教育局', '--agency-code', 'QH02114'] });
const started = Date.now();

// The code of an authenticator (RFC 6238) at the site's own time; each step's code is good once, so a later log-in takes the next.
function totp(secret, later = 0) {
  const bits = [...secret.replace(/[\s=]/g, '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g).map((b) => parseInt(b, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor((NOW + Date.now() - started) / 30000) + later));
  const mac = createHmac('sha1', key).update(counter).digest();
  return String((mac.readUInt32BE(mac[19] & 15) & 0x7fffffff) % 1000000).padStart(6, '0');
}

const passwords = { system: 'Qinghe-System-2026-a', security: 'Qinghe-Security-2026-b', audit: 'Qinghe-Audit-2026-c', drafter: 'Qinghe-Drafter-2026-d' };

async function activate(page, address, password, more = {}) {
  await page.goto(address);
  await story.look(page, more.security_login ? 'activation of the first administrator' : 'activation');
  const fields = page.locator('form.card input[type=password]');
  await fields.nth(0).fill(password);
  await fields.nth(1).fill(password);
  for (const [name, value] of Object.entries(more)) {
    await page.fill(`[name=${name}]`, value);
  }
  await story.send(page, page.locator('form.card button[type=submit]'));
}

async function logIn(page, login, password) {
  await page.goto('/login');
  await page.fill('[name=login]', login);
  await page.fill('[name=password]', password);
  await story.send(page, page.locator('form.card button[type=submit]'));
}

async function bind(page, who) {
  await page.goto('/office/totp');
  await story.look(page, 'binding a second factor');
  const secret = await page.locator('main p .mono').first().innerText();
  await page.fill('[name=code]', totp(secret));
  await story.send(page, page.locator('form.card button[type=submit]'));
  const words = await page.locator('main').innerText();
  story.ok(!words.includes('需要修改') && /备用码/.test(words), `${who} has bound a second factor`, words.slice(0, 500));
  await story.look(page, 'backup codes');
  return secret;
}

const link = /\/activate\/\S+/.exec(story.site.printed)?.[0];
story.ok(link, 'init prints an activation address', story.site.printed);
const system = await story.visitor('system');
const security = await story.visitor('security');
const audit = await story.visitor('audit');

const codes = await story.step('the first administrator names the other two', async () => {
  const login = /登录名：(\S+)/.exec(story.site.printed)[1];
  await activate(system, link, passwords.system, { security_login: 'anquan', security_name: '安宁', audit_login: 'shenji', audit_name: '沈纪' });
  const words = await system.locator('main').innerText();
  await story.look(system, 'codes of the other administrators');
  const found = [...words.matchAll(/\/activate\/\S+/g)].map((m) => m[0]);
  story.ok(found.length === 2, 'two more codes', words);
  await system.goto(link);
  story.ok((await system.locator('[name=password]').count()) === 0, 'the first code is good once');
  await story.look(system, 'used activation code');
  await logIn(system, login, passwords.system);
  return found;
});

await story.step('nobody works without a second factor', async () => {
  await system.goto('/office/people');
  story.ok((await system.locator('main').innerText()).includes('动态口令'), 'the way leads to binding', await system.locator('main').innerText());
  await bind(system, 'system');
});

await story.step('the other two come in', async () => {
  await activate(security, codes[0], passwords.security);
  await logIn(security, 'anquan', passwords.security);
  await bind(security, 'security');
  await activate(audit, codes[1], passwords.audit);
  await logIn(audit, 'shenji', passwords.audit);
  await bind(audit, 'audit');
});

await story.step('a wrong form of a person tells what is wrong, a right one gives a code', async () => {
  await system.goto('/office/people');
  await story.look(system, 'people of a new site');
  await system.fill('[name=login]', '林 小');
  await system.fill('[name=name]', '林樾');
  await story.send(system, system.locator('form.card button[type=submit]'));
  story.ok((await system.locator('#errors').count()) === 1, 'a login with a blank is refused', await system.locator('main').innerText());
  story.ok((await system.inputValue('[name=name]')) === '林樾', 'the name is still there');
  await story.look(system, 'person with a fault');
  await system.fill('[name=login]', 'linyue');
  await system.locator('form.card select').first().selectOption({ label: '青禾区教育局' });
  await story.send(system, system.locator('form.card button[type=submit]'));
  const words = await system.locator('main').innerText();
  story.ok(/\/activate\//.test(words), 'a code for the new person', words);
  await story.look(system, 'code of a new person');
  const page = await story.visitor('linyue');
  await activate(page, /\/activate\/\S+/.exec(words)[0], passwords.drafter);
  await page.context().close();
});

await story.step('a role is proposed by one and confirmed by another', async () => {
  await security.goto('/office/people');
  await security.locator('main a', { hasText: '林樾' }).click();
  await security.waitForURL(/\/office\/people\/\d+/);
  await story.look(security, 'person seen by security');
  const form = security.locator('form.card', { hasText: '授予角色' });
  await form.locator('select').first().selectOption({ label: '起草人' }).catch(() => form.locator('select').first().selectOption({ index: 1 }));
  await story.send(security, form.locator('button[type=submit]'));
  await story.look(security, 'role given or proposed');
  await security.goto('/office/roles');
  await story.look(security, 'roles of a new site');
});

await story.step('the audit administrator sees and verifies it', async () => {
  await audit.goto('/office/audit');
  story.ok((await audit.locator('main').innerText()).includes('account.activate'), 'the activations are in the record');
  await story.send(audit, audit.locator('form[action$="verify"] button'));
  await story.look(audit, 'verified audit');
  story.ok((await audit.locator('.alert.good').count()) >= 1, 'the chain is whole', await audit.locator('main').innerText());
});

await story.end();
