// What the sanitiser lets through, in a real browser without a Content-Security-Policy: node render.mjs PATH/sanitise_tool
//
// Every output stands in a box of its own. Promised: no dialog, no request but for pictures below /files/, nothing outside the
// boxes, and the browser's tree is the one that was written. A control run of the raw vectors must fire, or the test sees nothing.
import { existsSync } from 'node:fs';

import { makeCounter, need, runTool } from './tool.mjs';
import { random, soup, vectors } from './vectors.mjs';

const { chromium } = await need('playwright-core');

const tool = process.argv[2];
if (!tool) {
  console.error('usage: node render.mjs PATH/sanitise_tool');
  process.exit(64);
}
const program = process.env.CHROMIUM ?? '/usr/bin/chromium';
if (!existsSync(program)) {
  console.log(`SKIPPED: no browser at ${program}`);
  process.exit(77);
}
const perPage = 150;
const controls = 30;
const origin = 'http://box.test';
const counter = makeCounter();

const browser = await chromium.launch({
  executablePath: program,
  headless: true,
  args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});

// One page over a list of fragments; tells what happened. Nothing reaches a network: every request is answered here.
async function show(fragments) {
  const seen = { dialogs: 0, requests: [] };
  const page = await browser.newPage();
  page.on('dialog', (dialog) => {
    seen.dialogs++;
    dialog.dismiss().catch(() => {});
  });
  page.on('popup', (popup) => seen.requests.push('popup ' + popup.url()));
  const boxes = fragments.map((f, i) => `<div class=box id=box${i}>${f}</div>`).join('\n');
  await page.route('**/*', (route) => {
    const url = route.request().url();
    if (url === origin + '/') {
      return route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!DOCTYPE html><html><head></head><body>${boxes}</body></html>` });
    }
    if (!url.startsWith(origin + '/files/')) {
      seen.requests.push(url);
    }
    return route.fulfill({ status: 404, body: '' });
  });
  await page.goto(origin + '/', { waitUntil: 'load' });
  return { page, seen };
}

// Runs in the page: the boxes as the browser has them, in the sanitiser's spelling, and what stands elsewhere.
function readBoxes() {
  const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };
  const escape = (text) => text.replace(/[&<>"'`]/g, (c) => escapes[c]);
  const write = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      return escape(node.data);
    }
    if (node.nodeType !== Node.ELEMENT_NODE) {
      return `[node ${node.nodeType}]`;
    }
    const name = node.localName;
    const attributes = [...node.attributes].map((a) => ` ${a.name}="${escape(a.value)}"`).join('');
    if (['br', 'hr', 'img', 'col'].includes(name)) {
      return `<${name}${attributes}>`;
    }
    const inner = [...node.childNodes].map(write).join('');
    return `<${name}${attributes}>${name === 'pre' && inner.startsWith('\n') ? '\n' : ''}${inner}</${name}>`;
  };
  const strays = [...document.body.childNodes].filter((n) => !(n.nodeType === 3 && n.data.trim() === '') && n.className !== 'box');
  for (const element of document.querySelectorAll('.box *')) {
    for (const kind of ['mouseover', 'focus', 'error', 'load', 'toggle', 'animationstart']) {
      element.dispatchEvent(new Event(kind));
    }
  }
  return {
    strays: strays.map((n) => n.outerHTML ?? n.data),
    head: document.head.innerHTML,
    boxes: [...document.querySelectorAll('body > .box')].map((box) => [...box.childNodes].map(write).join('')),
  };
}

async function checkSanitised(sources) {
  const outputs = runTool(tool, 'sanitise', sources);
  for (let from = 0; from < outputs.length; from += perPage) {
    const batch = outputs.slice(from, from + perPage);
    const { page, seen } = await show(batch);
    const read = await page.evaluate(readBoxes);
    await page.waitForTimeout(50);
    await page.close();
    counter.check(seen.dialogs === 0, 'no dialog', from, seen);
    counter.check(seen.requests.length === 0, 'no request leaves', from, seen.requests);
    counter.check(read.strays.length === 0 && read.head === '', 'nothing stands outside its box', from, read.strays, read.head);
    counter.check(read.boxes.length === batch.length, 'every box is there', from, read.boxes.length);
    batch.forEach((output, i) => {
      counter.check(read.boxes[i] === output, 'the browser reads what was written', sources[from + i], output, read.boxes[i]);
    });
  }
}

// The same page with the raw vectors, one at a time: some must fire, some must ask for something, some must break out.
async function checkControl(sources) {
  let fired = 0;
  let asked = 0;
  let broke = 0;
  for (const source of sources) {
    const { page, seen } = await show([source]).catch(() => ({ page: null, seen: { dialogs: 1, requests: [] } }));
    if (page) {
      await page.waitForTimeout(20);
      const read = await page.evaluate(readBoxes).catch(() => ({ strays: [] }));
      broke += read.strays.length > 0 ? 1 : 0;
      await page.close();
    }
    fired += seen.dialogs > 0 ? 1 : 0;
    asked += seen.requests.length > 0 ? 1 : 0;
  }
  console.log(`control: of ${sources.length} raw vectors ${fired} opened a dialog, ${asked} sent a request, ${broke} left their box`);
  counter.check(fired > 0 && asked > 0 && broke > 0, 'the raw vectors do what the sanitised ones may not');
}

const all = vectors();
const draw = random(20260726);
const soups = Array.from({ length: 600 }, () => soup(draw, 4 + draw(60)));
await checkControl(all.filter((_, i) => i % Math.ceil(all.length / controls) === 0));
await checkSanitised(all);
await checkSanitised(soups);
await browser.close();
console.log(`${all.length} vectors and ${soups.length} generated texts rendered`);
counter.finish();
