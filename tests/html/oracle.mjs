// The sanitiser against parse5, a parser we did not write: node oracle.mjs PATH/sanitise_tool [cases of soup]
//
// 1. tokens: our tokeniser sees what parse5's sees, and the cases reach every state of the standard's tokeniser;
// 2. output: parse5 reads what we wrote as exactly the tree we meant, wherever it stands; only allowed names are in it;
// 3. fixpoint: sanitising again changes nothing;
// 4. text: no character of a harmless source is lost, doubled or invented.
import { makeCounter, need, runTool } from './tool.mjs';
import { badAddresses, goodAddresses, keptElements, random, soup, vectors } from './vectors.mjs';

const { Tokenizer, TokenizerMode, parse, parseFragment } = await need('parse5');

const tool = process.argv[2];
const soups = Number(process.argv[3] ?? 3000);
if (!tool) {
  console.error('usage: node oracle.mjs PATH/sanitise_tool [cases of soup]');
  process.exit(64);
}
const counter = makeCounter();

// ---- tokens ----

const rawModes = {
  script: TokenizerMode.SCRIPT_DATA,
  plaintext: TokenizerMode.PLAINTEXT,
  title: TokenizerMode.RCDATA,
  textarea: TokenizerMode.RCDATA,
};
for (const name of ['style', 'xmp', 'iframe', 'noembed', 'noframes', 'noscript']) {
  rawModes[name] = TokenizerMode.RAWTEXT;
}
const statesSeen = new Set();

const clean = (text) => text.replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g, ' ');
const cleanLine = (text) => clean(text).replace(/[\n\t]/g, ' ');
const oneLine = (text) => text.replace(/\\/g, '\\\\').replace(/\n/g, '\\n');

function tokensOfParse5(source) {
  const lines = [];
  let text = '';
  const flush = () => {
    if (text !== '') {
      lines.push('text ' + oneLine(clean(text)));
      text = '';
    }
  };
  const more = (token) => {
    text += token.chars;
  };
  const tag = (kind) => (token) => {
    flush();
    lines.push(`${kind} ${oneLine(token.tagName)}${kind === 'start' && token.selfClosing ? ' /' : ''}`);
    if (kind === 'start') {
      for (const { name, value } of token.attrs) {
        lines.push(`  ${oneLine(name)}=${oneLine(cleanLine(value))}`);
      }
      if (rawModes[token.tagName] !== undefined) {
        tokenizer.state = rawModes[token.tagName];
      }
    }
  };
  const comment = () => {
    flush();
    lines.push('comment');
  };
  const tokenizer = new Tokenizer(
    { sourceCodeLocationInfo: false },
    {
      onComment: comment, onDoctype: comment, onStartTag: tag('start'), onEndTag: tag('end'), onEof: flush, onCharacter: more,
      onNullCharacter: more, onWhitespaceCharacter: more, onParseError: null,
    },
  );
  const call = tokenizer._callState.bind(tokenizer);
  tokenizer._callState = (c) => {
    statesSeen.add(tokenizer.state);
    call(c);
  };
  tokenizer.write(source, true);
  flush();
  return lines.filter((line) => line !== 'comment').join('\n');
}

// Ours gives every attribute, the standard the first of each name; text is joined over what is no token.
function normaliseOurs(text) {
  const lines = [];
  let names = new Set();
  for (const line of text.split('\n')) {
    if (line === '' || line === 'comment') {
      continue;
    }
    if (line.startsWith('  ')) {
      const name = line.slice(0, line.indexOf('=', 3));
      if (names.has(name)) {
        continue;
      }
      names.add(name);
    } else {
      names = new Set();
    }
    lines.push(line);
  }
  return lines.join('\n');
}

const stateCases = [
  'a<b>c</b>', 'a&lt;b&#65;&#x42;&#;&#x;&#xg;&#g;&bogus;&bogusx', 'a<', 'a<1', 'a</', 'a</1>b', 'a</>b', '<?php ?>x', '<b', '<b c', '<b c=', '<b c=d',
  '<b/>', '<b/', '<b / c>', '<b/c/d=e/f>x', '<b c = "d" e=\'f\' g=h>', '<b c="d"e>', '<b c="', "<b c='x", '<b c=>x', '<b =c=d>x', '<b "c\'<d>x',
  '<b c="&lt;&ltx&lt=&amp" d=&copy&x e=\'&#10;\'>', '<b c c=1 C=2>', '<b c=d"\'<=`>x', '<B CLASS=X>y</B  x=y/>', '<title>a&lt;<b></titl></TITLE >b',
  '<title>x</title', '<title>x<', '<title>x</', '<textarea></textarea/>b', '<style>a<</b></styl></style><b>', '<style>x</style/y>z', '<style></style',
  '<style></1></styleq></style\t>a', '<script>a<b</scrip></script>c', '<script><!-- x --></script>y', '<script><!--<script></script>--></script>z',
  '<script><!-</script>a', '<script><!--a-b--c-<d-<script >e-f--g-<h</script >-->i</script>j', '<script><!--<script--></script>k',
  '<script><!--<script>-->x</script>l', '<script><!--<scriptx></script>m', '<script><!--</scriptx></script/>n', '<script><!--<script><', '<script><!--<',
  '<script><!--</', '<script></', '<script><!--<script></scriptx></script></script>o', '<script><!--<1--<2</3></script>p', '<script><!--><script></script>q',
  '<script><!--->x</script>r', '<script><!--<script>--<a>-</script><b></script>s', '<script><!--<script/><!--', '<script><!--<script>a-></script>b--></script>t', '<b c="&copyx" d="&copy=" e=&copy=>', '<plaintext>a</plaintext>b',
  '<!---->a', '<!-->a', '<!--->a', '<!--a-b--c-->d', '<!--a--!>b', '<!--a--!b-->c', '<!--a--!--->d', '<!--a<!b<!-c<!--d-->e', '<!--<!-->f', '<!--<!--->g',
  '<!--a', '<!--a-', '<!--a--', '<!--a--!', '<!--', '<!---', '<!----!>x', '<!---!>x', '<!--<<!<!-<!--x--!-->y', '<!-', '<!', '<!->a', '<!x>a',
  '<!DOCTYPE>a', '<!doctype html>a', '<!DOCTYPE html PUBLIC "a" "b">c', "<!DOCTYPE html PUBLIC 'a' 'b'>c", '<!DOCTYPE html SYSTEM "a">b', '<!DOCTYPE html x ">">a',
  "<!DOCTYPE html SYSTEM 'a' x>b", '<!DOCTYPE html PUBLIC "a>b">c', '<!DOCTYPE html PUBLICx>a', '<!DOCTYPE html PUBLIC"a""b"x>c', '<!DOCTYPE html SYSTEMx>a',
  '<!DOCTYPE html PUBLIC "a" >c', '<!DOCTYPE', '<!DOCTYPE ', '<!DOCTYPE h', '<!DOCTYPE html ', '<![CDATA[a>b]]>c', '<![CDAT>a', 'a\r\nb\rc<b d="\r\n">', '&#128;&#0;&#55296;&#1114112;&#13;&#x0d',
  '&notit;&notin;&not;&no', '&CounterClockwiseContourIntegral;x', '&CounterClockwiseContourIntegra;', '&nGt;&nGtv;&acE;', '&amp', '&am', '&', '&&amp;&', '&;',
];

function checkTokens(cases) {
  const ours = runTool(tool, 'tokens', cases);
  cases.forEach((source, i) => {
    const a = normaliseOurs(ours[i]).replace(/\ntext /g, '\u0002').replace(/^text /, '\u0002');
    const b = tokensOfParse5(source).replace(/\ntext /g, '\u0002').replace(/^text /, '\u0002');
    counter.check(a.replace(/\u0002/g, '') === b.replace(/\u0002/g, ''), 'tokens as parse5 sees them', source, a, b);
  });
}

// ---- output ----

const voids = new Set(['br', 'hr', 'img', 'col']);
const allowed = new Set(keptElements.filter((name) => name !== 'h1'));
const order = ['href', 'src', 'alt', 'width', 'height', 'colspan', 'rowspan', 'scope', 'start', 'data-align', 'title', 'lang', 'dir', 'rel'];
const escapes = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;', '`': '&#96;' };
const escape = (text) => text.replace(/[&<>"'`]/g, (c) => escapes[c]);

function write(node, faults) {
  if (node.nodeName === '#text') {
    return escape(node.value);
  }
  if (!node.tagName) {
    faults.push('a node that is neither text nor element: ' + node.nodeName);
    return '';
  }
  if (!allowed.has(node.tagName) || node.namespaceURI !== 'http://www.w3.org/1999/xhtml') {
    faults.push('element ' + node.tagName);
  }
  let out = '<' + node.tagName;
  for (const { name, value } of node.attrs) {
    if (!order.includes(name)) {
      faults.push('attribute ' + name);
    }
    out += ` ${name}="${escape(value)}"`;
  }
  out += '>';
  if (voids.has(node.tagName)) {
    return out;
  }
  const inner = node.childNodes.map((child) => write(child, faults)).join('');
  return `${out}${node.tagName === 'pre' && inner.startsWith('\n') ? '\n' : ''}${inner}</${node.tagName}>`;
}

const context = (name) => parseFragment(`<${name}></${name}>`).childNodes[0];
const body = parse('').childNodes[0].childNodes[1];
const contexts = [context('div'), body, context('section')];
const find = (node, id) => {
  for (const child of node.childNodes ?? []) {
    const found = child.attrs?.some((a) => a.name === 'id' && a.value === id) ? child : find(child, id);
    if (found) {
      return found;
    }
  }
  return null;
};

function checkOutput(sources) {
  const outputs = runTool(tool, 'sanitise', sources);
  const again = runTool(tool, 'sanitise', outputs);
  outputs.forEach((output, i) => {
    counter.check(again[i] === output, 'sanitising again changes nothing', sources[i], output, again[i]);
    for (const where of contexts) {
      const faults = [];
      const read = parseFragment(where, output).childNodes.map((n) => write(n, faults)).join('');
      counter.check(read === output, `parse5 reads it as written (in ${where.tagName})`, sources[i], output, read);
      counter.check(faults.length === 0, 'only what is allowed', sources[i], output, faults);
    }
    const page = parse(`<!DOCTYPE html><html><head></head><body><div id=before></div><div id=box>${output}</div><div id=after></div></body></html>`);
    const box = find(page, 'box');
    const inside = box.childNodes.map((n) => write(n, [])).join('');
    const beside = box.parentNode.childNodes.map((n) => n.attrs?.[0]?.value).join(' ');
    counter.check(inside === output && beside === 'before box after', 'stays in its box', sources[i], output, inside, beside);
  });
  return outputs;
}

// ---- text ----

const characters = (text) => [...text.replace(/\s/g, '')].sort().join('');
const textOf = (node) => node.value ?? (node.childNodes ?? []).map(textOf).join('');

function checkText(sources) {
  const outputs = runTool(tool, 'sanitise', sources);
  const texts = runTool(tool, 'text', sources);
  sources.forEach((source, i) => {
    const meant = characters(clean(textOf(parseFragment(contexts[0], source))));
    const kept = characters(textOf(parseFragment(contexts[0], outputs[i])));
    counter.check(kept === meant, 'no character lost or invented', source, outputs[i], kept, meant);
    counter.check(characters(texts[i]) === kept, 'the plain text is that of the body', source, texts[i], kept);
  });
}

function checkAddresses() {
  const link = (address) => `<a href="${address}">x</a>`;
  runTool(tool, 'sanitise', badAddresses.map((a) => link(a.replace(/\0/g, '')))).forEach((output, i) => {
    counter.check(output === 'x', 'an address that is not allowed is no link', badAddresses[i], output);
  });
  runTool(tool, 'sanitise', goodAddresses.map(link)).forEach((output, i) => {
    const external = /^https?:/i.test(goodAddresses[i]);
    const wanted = `<a href="${goodAddresses[i]}"${external ? ' rel="noopener nofollow"' : ''}>x</a>`;
    counter.check(output === wanted, 'an allowed address stays', wanted, output);
  });
}

const draw = random(20260725);
const dirty = Array.from({ length: soups }, () => soup(draw, 4 + draw(40)));
const plain = Array.from({ length: soups }, () => soup(draw, 4 + draw(40), { dirty: false }));

checkTokens(stateCases);
for (let state = 0; state <= 72; state++) {
  // CDATA sections (68-70) exist in svg and math only, which are dropped whole: sanitise_test.c looks at those. The five
  // others parse5 passes by looking ahead: the names of end tags in raw text, and of script within script.
  const elsewhere = (state >= 68 && state <= 70) || [10, 13, 16, 24, 25].includes(state);
  counter.check(elsewhere || statesSeen.has(state), `a case reaches state ${state} of the tokeniser`, [...statesSeen]);
}
checkTokens(dirty);
checkTokens(vectors());
checkOutput(stateCases);
checkOutput(dirty);
checkOutput(plain);
checkOutput(vectors());
checkText(plain);
checkAddresses();
counter.finish();
