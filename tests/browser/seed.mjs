// The real input: a saved disclosure page of 2018 is imported, and reads as it should: on working day 100, where 20 were allowed.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { begin } from './harness.mjs';

const seed = fileURLToPath(new URL('../../../shared/seed/work-plan-2018.txt', import.meta.url));
if (!existsSync(seed)) {
  console.log('SKIPPED: ../shared/seed/work-plan-2018.txt is not there: the import of the real page is not looked at in a browser');
  process.exit(77);
}

const story = await begin('seed', { empty: true });
const citizen = await story.visitor('citizen');

await story.step('the page is imported, and a second time is told to be known', async () => {
  const first = story.site.run('import', seed, '--data', story.site.data);
  story.ok(first.status === 0 && first.stdout.includes('QZ02114-2500-2018-00005'), 'imported', first.stdout, first.stderr);
  const again = story.site.run('import', seed, '--data', story.site.data);
  story.ok(again.status === 0 && again.stdout.includes('以前导入过'), 'known', again.stdout, again.stderr);
});

await story.step('a citizen reads it', async () => {
  await citizen.goto('/d/QZ02114-2500-2018-00005');
  const words = await citizen.locator('main').innerText();
  for (const wanted of ['泉丰教〔2018〕137号', '2018年政务公开工作实施方案', '第 100 个工作日', '超期', '录入导入', '2018年12月18日', '原页', '2018年7月24日', '2018年7月25日', '主动公开', '抄送']) {
    story.ok(words.includes(wanted), `it says ${wanted}`, words.slice(0, 2500));
  }
  story.ok((await citizen.locator('section.part').count()) === 1, 'the plan it carries is a part of its own');
  story.ok((await citizen.locator('meta[name=PubDate]').getAttribute('content')).startsWith('2018-12-18'), 'PubDate is the moment of posting');
  await story.look(citizen, 'imported page');
  await citizen.goto('/list');
  await story.look(citizen, 'list with an imported page');
});

await story.step('the sheet reckons from both days', async () => {
  await citizen.goto('/d/QZ02114-2500-2018-00005/sheet');
  const words = await citizen.locator('main').innerText();
  for (const wanted of ['2018年8月22日', '第 100 个工作日', '2018年8月21日', '第 101 个工作日']) {
    story.ok(words.includes(wanted), `it says ${wanted}`, words.slice(0, 1500));
  }
  await story.look(citizen, 'sheet of the imported page');
});

await story.end();
