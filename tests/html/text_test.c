/*
 * text_test.c: body text to plain text and back.
 */
#include "base/ban.h"
#include "check_main.h"
#include "html/sanitise.h"

static struct str text_of(const char *source)
{
    return html_to_text(arena, sanitise(arena, str_from(source), NULL));
}

START_TEST(a_line_per_block)
{
    ck_assert_str_is(text_of("<h2>一、 总则</h2><p>甲<b>乙</b>\n丙</p><ul><li>丁<li><p>戊</ul>己"),
        "一、 总则\n甲乙 丙\n丁\n戊\n己");
    ck_assert_str_is(text_of("<p>a<br>b<br><br>c<hr>d</p>"), "a\nb\nc\nd");
    ck_assert_str_is(text_of("<p> </p><p>&nbsp;</p><p>　x　</p>"), "x");
    ck_assert_str_is(text_of("<pre>a\n  b</pre>"), "a\nb");
    ck_assert_str_is(text_of("1 &lt; 2 &amp;amp; <i>3</i>"), "1 < 2 &amp; 3");
    ck_assert_str_is(text_of(""), "");
}
END_TEST

START_TEST(cells_are_parted_by_tabs)
{
    ck_assert_str_is(
        text_of("<table><caption>表</caption><tr><th>名称<th>金额<tr><td>学费<td>0<tr><td><td>x"),
        "表\n名称\t金额\n学费\t0\n\tx");
    ck_assert_str_is(
        text_of("<table><td><p>a</p><p>b<br>c</p><td><table><tr><td>d<td>e<tr><td>f</table>g"),
        "a b c\td e f g");
}
END_TEST

START_TEST(blocks_come_one_by_one)
{
    struct strs b = html_blocks(arena,
        sanitise(arena, S("<h2>a</h2><p>b<br>c<ul><li>d<li>e</ul><table><tr><td>f<td>g"), NULL));
    ck_assert_uint_eq(b.n, 5);
    ck_assert_str_is(b.v[1], "b\nc");
    ck_assert_str_is(b.v[4], "f\tg");
}
END_TEST

START_TEST(plain_text_becomes_paragraphs)
{
    struct html h = html_from_text(arena, S("　　一、<总则> & \"x\"\r\n\r\n  \t\n二\x01三"));
    ck_assert_str_is(h.safe, "<p>一、&lt;总则&gt; &amp; &quot;x&quot;</p><p>二 三</p>");
    ck_assert(str_eq(sanitise(arena, h.safe, NULL).safe, h.safe));
    ck_assert_str_is(html_from_text(arena, S("&lt;")).safe, "<p>&amp;lt;</p>");
    ck_assert_uint_eq(html_from_text(arena, STR_NONE).safe.n, 0);
}
END_TEST

START_TEST(text_and_back_is_the_same_text)
{
    struct str text = S("一、总则\n甲 & 乙\n1 < 2");
    ck_assert(str_eq(html_to_text(arena, html_from_text(arena, text)), text));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, a_line_per_block);
    tcase_add_test(tc, cells_are_parted_by_tabs);
    tcase_add_test(tc, blocks_come_one_by_one);
    tcase_add_test(tc, plain_text_becomes_paragraphs);
    tcase_add_test(tc, text_and_back_is_the_same_text);
}
