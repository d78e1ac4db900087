/*
 * sanitise_test.c: what is kept, what goes, and what is told about it. (Trees at large: oracle.mjs,
 * gumbo_test.c.)
 */
#include "base/ban.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "check_main.h"
#include "html/build.h"
#include "html/sanitise.h"
#include "strict.h"

struct pair {
    const char *source, *output;
};

#define ck_assert_pairs(pairs)                                                                     \
    for (size_t pair_ = 0; pair_ < sizeof(pairs) / sizeof((pairs)[0]); pair_++) {                  \
        struct str out_ = sanitise(arena, str_from((pairs)[pair_].source), NULL).safe;             \
        size_t at_ = 0;                                                                            \
        ck_assert_str_is(out_, (pairs)[pair_].output);                                             \
        ck_assert_ptr_null(strict_fault(out_, &at_));                                              \
        ck_assert_str_is(sanitise(arena, out_, NULL).safe, (pairs)[pair_].output);                 \
    }

// clang-format off
static const struct pair nesting[] = {
    {"<p>a<b>b<p>c", "<p>a<b>b</b></p><p>c</p>"},
    {"<p>a<b>b<div>c</div></b>d", "<p>a<b>b</b></p><div>c</div>d"},
    {"<b><p>x</b>y</p>z", "<b><p>xy</p>z</b>"},
    {"<b><i>x</b>y</i>z", "<b><i>x</i></b>yz"},
    {"<h2>a<h3>b</h4>c", "<h2>a</h2><h3>b</h3>c"},
    {"<h1>a</h1>", "<h2>a</h2>"},
    {"<a href=/x>a<a href=/y>b</a>c</a>", "<a href=\"/x\">a</a><a href=\"/y\">b</a>c"},
    {"<ul>a<li>b<ul><li>c</ul>d", "<ul><li>a</li><li>b<ul><li>c</li></ul>d</li></ul>"},
    {"<li>a<li>b", "<ul><li>a</li><li>b</li></ul>"},
    {"<dd>a<dt>b</dl>c", "<dl><dd>a</dd><dt>b</dt></dl>c"},
    {"<ruby>a<rb>b<rt>c<rp>d</ruby><rt>e", "<ruby>a<rb>b</rb><rt>c</rt><rp>d</rp></ruby>e"},
    {"<figure><img src=/files/a/b.png><figcaption>c</figure><figcaption>d",
        "<figure><img src=\"/files/a/b.png\"><figcaption>c</figcaption></figure>d"},
    {"</br></p></div>x", "<br>x"},
    {"<p>a<hr>b", "<p>a</p><hr>b"},
    {"<section>a</section><section>b", "<div>a</div><div>b</div>"},
    {"<o:p>a</o:p><font>b</font><form>c</form>", "abc"},
};
static const struct pair tables[] = {
    {"<table>x", "<table><tbody><tr><td>x</td></tr></tbody></table>"},
    {"<table>x<b>x<b>", "<table><tbody><tr><td>x<b>x<b></b></b></td></tr></tbody></table>"},
    {"<table> <tr> <td>1<td>2<tr><th>3 </table>4",
        "<table><tbody><tr><td>1</td><td>2</td></tr><tr><th>3 </th></tr></tbody></table>4"},
    {"<table><caption>c<thead><tr><td>h<tbody><tr><td>b<tfoot><tr><td>f",
        "<table><caption>c</caption><thead><tr><td>h</td></tr></thead><tbody><tr><td>b</td></tr></tbody>"
        "<tfoot><tr><td>f</td></tr></tfoot></table>"},
    {"<table><col><col>x", "<table><colgroup><col><col></colgroup><tbody><tr><td>x</td></tr></tbody></table>"},
    {"<table><td>a<table><td>b</table>c</div></p>d",
        "<table><tbody><tr><td>a<table><tbody><tr><td>b</td></tr></tbody></table>cd</td></tr></tbody></table>"},
    {"<div><table><td>a</div>b", "<div><table><tbody><tr><td>ab</td></tr></tbody></table></div>"},
    {"<tr><td>a</td></tr><caption>b<col>", "ab"},
    {"<td colspan=2>a<table><td colspan=2 rowspan=1001 scope=ROW>b",
        "a<table><tbody><tr><td colspan=\"2\" scope=\"row\">b</td></tr></tbody></table>"},
};
static const struct pair spans[] = {
    {"<table><td colspan=1 rowspan=1000>a", "<table><tbody><tr><td colspan=\"1\" rowspan=\"1000\">a</td></tr></tbody></table>"},
    {"<table><td colspan=0 rowspan=1001>a", "<table><tbody><tr><td>a</td></tr></tbody></table>"},
    {"<table><td colspan=-1 rowspan='2 3'>a", "<table><tbody><tr><td>a</td></tr></tbody></table>"},
};
static const struct pair dropped[] = {
    {"a<script>b</script>c<style>d</style>e<xmp><b></xmp>f", "acef"},
    {"a<iframe>b</iframe>c<noembed>d</noembed><noframes>e</noframes><noscript>f</noscript>g", "acg"},
    {"a<textarea></b>c</textarea>d<title>e</title>f", "adf"},
    {"a<svg><p>b<svg>c</svg>d</svg>e<math><mi>f</math>g", "aeg"},
    {"a<svg/>b<math/>c", "abc"},
    {"a<svg><svg/>b</svg>c", "ac"},
    {"a<svg><![CDATA[</svg>]]>b</svg>c", "ac"},
    {"a<svg><![CDATA[</svg>b", "a"},
    {"a<select><option>b<select>c</select>d", "ad"},
    {"a<template>b<template>c</template>d</template>e", "ae"},
    {"a<object>b<script></object></script>c</object>d", "ad"},
    {"a<button>b</button>c<input>d<datalist>e</datalist>f", "acdf"},
    {"a<meta><link><base><embed>b", "ab"},
    {"a<plaintext></plaintext>b", "a"},
    {"a<!-- b --><!x><?y?></ z>c<!DOCTYPE html>d<![CDATA[e]]>f", "acdf"},
    {"<xml><w:View>Normal</w:View></xml>a", "a"},
    {"a<p style='display:none'>b<p>c<span style='mso-hide: ALL'>d</span>e", "a<p>ce</p>"},
    {"a<p hidden>b</p><x-y hidden>c</x-y>d", "ad"},
    {"<del>a</del><del datetime=2026-01-01>b</del><del cite=x>c</del><ins datetime=x>d</ins>", "<del>a</del><ins>d</ins>"},
};
static const struct pair attributes[] = {
    {"<p title='a\"b&lt;' lang=zh-CN dir=RTL id=i name=n class=c onclick=x style=color:red>x",
        "<p title=\"a&quot;b&lt;\" lang=\"zh-CN\" dir=\"rtl\">x</p>"},
    {"<p lang='z h' dir=up title>x", "<p title=\"\">x</p>"},
    {"<p title=a title=b TITLE=c>x", "<p title=\"a\">x</p>"},
    {"<p style='TEXT-ALIGN : Center !important; text-indent:2em'>x", "<p data-align=\"center\">x</p>"},
    {"<p style='text-align:right;text-align:justify'>x", "<p>x</p>"},
    {"<p align=right>x<p data-align=center align=right>y<p data-align=left>z",
        "<p data-align=\"right\">x</p><p data-align=\"center\">y</p><p>z</p>"},
    {"<center>x</center>", "<div data-align=\"center\">x</div>"},
    {"<span style='text-align:center'>x", "<span>x</span>"},
    {"<ol start=03><li>x</ol><ol start=x><ul start=3>", "<ol start=\"3\"><li>x</li></ol><ol><li><ul></ul></li></ol>"},
    {"<b href=/x src=/files/a/b>x", "<b>x</b>"},
    {"<a href=/x rel=opener target=_blank>x", "<a href=\"/x\">x</a>"},
    {"<a href=' https://a.cn/?b=1&amp;c=2 '>x", "<a href=\"https://a.cn/?b=1&amp;c=2\" rel=\"noopener nofollow\">x</a>"},
    {"<a href='javascript:x'>x</a><a name=y>z</a>", "xz"},
};
static const struct pair pictures[] = {
    {"<img src=/files/0a/%E5%9B%BE.png alt='' width=10 height=20px>", "<img src=\"/files/0a/%E5%9B%BE.png\" alt=\"\" width=\"10\">"},
    {"<image src=/files/a/b alt=c>", "<img src=\"/files/a/b\" alt=\"c\">"},
    {"<img src=http://x.cn/files/a/b><img src=//x/files/a><img src=files/a/b><img src=data:image/png,x><img>", ""},
    {"<img src=/files/../x><img src=/files/.x><img src=/files/%2E%2e/x><img src=/files/a%2fb><img src=/files/a%5Cb>", ""},
    {"<img src=/files/><img src=/files//a><img src='/files/a b'><img src=/files/a?b><img src=/files/a#b>", ""},
};
static const struct pair characters[] = {
    {"& < > \" ' ` a<b", "&amp; &lt; &gt; &quot; &#39; &#96; a"},
    {"&lt;b&gt;&amp;lt;", "&lt;b&gt;&amp;lt;"},
    {"&copy&copy;&notit;&#x80;&#0;&#xD800;&#x110000;&#13;&#x1;x", "©©¬it;€\uFFFD\uFFFD\uFFFD  x"},
    {"a\r\nb\rc\x01" "d\x7f" "e\xc2\x85" "f\tg", "a\nb\nc d e f\tg"},
    {"<p title='a\nb\tc&#10;d&copy=1&copyx&copy;'>", "<p title=\"a b c d&amp;copy=1&amp;copyx©\"></p>"},
    {"<pre>\nx</pre><pre>\n\ny</pre><pre>&#10;z</pre>", "<pre>x</pre><pre>\n\ny</pre><pre>z</pre>"},
    {"<pre><b>\nx</b></pre><pre><!-- -->\ny</pre>", "<pre><b>\nx</b></pre><pre>\n\ny</pre>"},
    {"<p>a</p> \n <!-- --> \n<p>b</p>", "<p>a</p>\n<p>b</p>"},
    {"a</", "a&lt;/"}, {"a<", "a&lt;"}, {"a<b", "a"}, {"a<b c='d", "a"}, {"", ""}, {" ", ""},
};
// clang-format on

START_TEST(nesting_is_what_a_browser_would_read_back)
{
    ck_assert_pairs(nesting);
}
END_TEST

START_TEST(tables_hold_rows_of_cells_and_nothing_else)
{
    ck_assert_pairs(tables);
    ck_assert_pairs(spans);
}
END_TEST

START_TEST(dropped_elements_take_their_content_along)
{
    ck_assert_pairs(dropped);
}
END_TEST

START_TEST(attributes_are_few_checked_and_spelt_one_way)
{
    ck_assert_pairs(attributes);
}
END_TEST

START_TEST(pictures_come_from_our_own_files_only)
{
    ck_assert_pairs(pictures);
}
END_TEST

START_TEST(characters_mean_themselves)
{
    ck_assert_pairs(characters);
}
END_TEST

START_TEST(what_went_is_told)
{
    struct sanitise_report r;
    (void)sanitise(arena,
        S("<script></script><svg></svg><p hidden>x</p><p class=a onclick=b>"
          "<a href=javascript:x>x</a><a name=y>z</a><img src=http://x/y.png>"),
        &r);
    ck_assert_int_eq(r.elements_dropped, 3);
    ck_assert_int_eq(r.attributes_dropped, 4);
    ck_assert_int_eq(r.links_dropped, 1);
    ck_assert_int_eq(r.images_dropped, 1);
    ck_assert(!r.rounds_exceeded && !r.cut_short);
    (void)sanitise(arena, S("<p>平常的文字</p>"), &r);
    ck_assert_int_eq(
        r.elements_dropped + r.attributes_dropped + r.links_dropped + r.images_dropped, 0);
}
END_TEST

START_TEST(never_deeper_than_64)
{
    static const char *const tags[] = {"<div>", "<b>", "<table><td>", "<ul><li>", "<dl><dd>",
        "<blockquote>", "<b><p>", "<table><caption>", "<ruby><rt>", "<a href=/x><table><td>"};
    for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]) * 4; i++) {
        struct buf source = buf_make(arena, KIB(64));
        for (size_t n = 0; n < i % 4; n++) { /* so that every element meets the end of the stack */
            buf_add(&source, S("<div>"));
        }
        for (int n = 0; n < 200; n++) {
            buf_add(&source, str_from(tags[i / 4]));
        }
        buf_add(&source, S("字"));
        struct str out = sanitise(arena, buf_str(&source), NULL).safe;
        size_t at = 0;
        ck_assert_ptr_null(strict_fault(out, &at)); /* which knows the depth */
        ck_assert_msg(str_has(out, S("字")), "the text is lost below %s", tags[i / 4]);
        ck_assert(str_eq(sanitise(arena, out, NULL).safe, out));
    }
}
END_TEST

START_TEST(hidden_text_stays_hidden_below_the_stack)
{
    struct buf source = buf_make(arena, KIB(64));
    for (int n = 0; n < 64; n++) {
        buf_add(&source, S("<div>"));
    }
    buf_add(&source, S("<p style='display:none'>密</p><a style='display:none'>密</a>明"));
    struct str out = sanitise(arena, buf_str(&source), NULL).safe;
    ck_assert(!str_has(out, S("密")) && str_has(out, S("明")));
}
END_TEST

/* Every way of being cut leaves whole markup that stays as it is. */
START_TEST(any_cap_leaves_whole_markup)
{
    struct str source = S("<h2 title='一二'>标题&amp;</h2><pre>\n\nx</pre><ul><li><a "
                          "href=\"https://a.cn\">链接</a></ul>"
                          "<table><tr><td>𠀀字<img src=/files/a/b alt=图><hr></table>末");
    struct sanitise_report r = {.steps = 0};
    struct buf whole = buf_make(arena, KIB(4));
    build(&whole, source, arena, &r);
    ck_assert(!r.cut_short);
    for (size_t max = 0; max < whole.n; max++) {
        struct buf out = buf_make(arena, max);
        struct buf again = buf_make(arena, max);
        size_t at = 0;
        r = (struct sanitise_report){.steps = 0};
        build(&out, source, arena, &r);
        ck_assert(r.cut_short);
        ck_assert_ptr_null(strict_fault(buf_str(&out), &at));
        build(&again, buf_str(&out), arena, &r);
        ck_assert(str_eq(buf_str(&out), buf_str(&again)));
    }
}
END_TEST

START_TEST(output_is_capped)
{
    size_t n = MIB(1);
    struct arena *large = arena_open(MIB(64));
    char *marks = arena_alloc(large, n);
    memset(marks, '"', n);
    struct sanitise_report r;
    struct html h = sanitise(large, str_make(marks, n), &r);
    ck_assert_uint_le(h.safe.n, n * 4 + KIB(64));
    ck_assert_uint_gt(h.safe.n, n * 4);
    ck_assert(r.cut_short && !r.rounds_exceeded);
    arena_close(large);
}
END_TEST

START_TEST(broken_utf8_is_a_fault_of_the_caller)
{
    (void)sanitise(arena, S("a\xff"), NULL);
}
END_TEST

static struct str golden(const char *name)
{
    const char *root = getenv("GONGKAI_SOURCE");
    ck_assert_ptr_nonnull(root);
    struct str bytes;
    ck_assert_well(file_read(
        arena, str_format(arena, "%s/tests/html/golden/%s", root, name).p, MIB(1), &bytes));
    return bytes;
}

static void check_golden(const char *name)
{
    struct html h = sanitise(arena, golden(str_format(arena, "%s.in.html", name).p), NULL);
    struct str text = str_cat(arena, html_to_text(arena, h), S("\n"));
    ck_assert_str_is(h.safe, golden(str_format(arena, "%s.out.html", name).p).p);
    ck_assert_str_is(text, golden(str_format(arena, "%s.out.txt", name).p).p);
}

START_TEST(a_paste_from_word_keeps_text_tables_and_alignment_only)
{
    check_golden("word");
}
END_TEST

START_TEST(a_paste_from_wps_keeps_text_lists_and_alignment_only)
{
    check_golden("wps");
}
END_TEST

START_TEST(a_paste_from_word_shows_nothing_its_author_hid)
{
    struct str out = sanitise(arena, golden("word.in.html"), NULL).safe;
    static const char *const hidden[] = {
        "另行收取", "内部掌握", "林1", "这句要删", "Normal", "Style", "file:", "mso", "C:/"};
    for (size_t i = 0; i < sizeof(hidden) / sizeof(hidden[0]); i++) {
        ck_assert_msg(!str_has(out, str_from(hidden[i])), "%s came through", hidden[i]);
    }
    ck_assert(str_has(out, S("、标准")));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, nesting_is_what_a_browser_would_read_back);
    tcase_add_test(tc, tables_hold_rows_of_cells_and_nothing_else);
    tcase_add_test(tc, dropped_elements_take_their_content_along);
    tcase_add_test(tc, attributes_are_few_checked_and_spelt_one_way);
    tcase_add_test(tc, pictures_come_from_our_own_files_only);
    tcase_add_test(tc, characters_mean_themselves);
    tcase_add_test(tc, what_went_is_told);
    tcase_add_test(tc, never_deeper_than_64);
    tcase_add_test(tc, hidden_text_stays_hidden_below_the_stack);
    tcase_add_test(tc, any_cap_leaves_whole_markup);
    tcase_add_test(tc, output_is_capped);
    tcase_add_test_raise_signal(tc, broken_utf8_is_a_fault_of_the_caller, SIGABRT);
    tcase_add_test(tc, a_paste_from_word_keeps_text_tables_and_alignment_only);
    tcase_add_test(tc, a_paste_from_wps_keeps_text_lists_and_alignment_only);
    tcase_add_test(tc, a_paste_from_word_shows_nothing_its_author_hid);
}
