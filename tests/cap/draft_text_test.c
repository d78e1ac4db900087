/*
 * draft_text_test.c: body text typed without script, where a person writes lines and no tags.
 */
#include "paper.h"

#include "base/ban.h"

/* The body of a fresh draft, as it is stored. */
static struct str stored(struct fixture *f, const char *typed)
{
    int64_t id = paper_draft(f, f->author, "body", typed, NULL);
    struct ctx c = fixture_as(f, f->author);
    struct office_document d = {0};
    ck_assert_well(document_office_read(&c, id, &d));
    ck_assert_uint_ge(d.parts.n, 1);
    return d.parts.v[0].body.safe;
}

START_TEST(lines_without_a_tag_become_paragraphs)
{
    struct fixture *f = paper_site(_i);
    ck_assert_str_is(stored(f, "各中小学校：\r\n\r\n　　现将有关事项通知如下。\n请遵照执行。"),
        "<p>各中小学校：</p>\n<p>现将有关事项通知如下。</p>\n<p>请遵照执行。</p>\n");
}
END_TEST

START_TEST(short_numbered_lines_become_headings)
{
    struct fixture *f = paper_site(_i);
    ck_assert_str_is(
        stored(f, "一、检查内容\n（一）食材采购\n1.查验证照。\n二、各校于11月30日前报送报告。"),
        "<h2>一、检查内容</h2>\n<h3>（一）食材采购</h3>\n<p>1.查验证照。</"
        "p>\n<p>二、各校于11月30日前报送报告。</p>\n");
}
END_TEST

START_TEST(signs_of_html_in_typed_text_stay_signs)
{
    struct fixture *f = paper_site(_i);
    ck_assert_str_is(stored(f, "收入 > 支出 & 结余，&lt;照写&gt;"),
        "<p>收入 &gt; 支出 &amp; 结余，&amp;lt;照写&amp;gt;</p>\n");
}
END_TEST

START_TEST(text_with_a_tag_is_html_as_before)
{
    struct fixture *f = paper_site(_i);
    ck_assert_str_is(
        stored(f, "<p>一、不是标题</p><script>alert(1)</script>"), "<p>一、不是标题</p>");
}
END_TEST

START_TEST(carried_parts_are_read_the_same_way)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, "body", "<p>现印发方案，请照办。</p>", "part_title",
        "工作方案", "part_body", "一、目标\n不发生事故。", NULL);
    struct ctx c = fixture_as(f, f->author);
    struct office_document d = {0};
    ck_assert_well(document_office_read(&c, id, &d));
    ck_assert_uint_eq(d.parts.n, 2);
    ck_assert_str_is(d.parts.v[1].body.safe, "<h2>一、目标</h2>\n<p>不发生事故。</p>\n");
}
END_TEST

START_TEST(many_short_lines_are_all_kept)
{
    struct fixture *f = paper_site(_i);
    enum { LINES = 20000 };
    char *typed = arena_alloc(f->arena, LINES * 2 + 1);
    for (int i = 0; i < LINES; i++) {
        typed[i * 2] = '&';
        typed[i * 2 + 1] = '\n';
    }
    typed[LINES * 2] = '\0';
    struct str body = stored(f, typed);
    ck_assert_uint_eq(body.n, LINES * S("<p>&amp;</p>\n").n);
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    on_both_engines(tc, lines_without_a_tag_become_paragraphs);
    on_both_engines(tc, short_numbered_lines_become_headings);
    on_both_engines(tc, signs_of_html_in_typed_text_stay_signs);
    on_both_engines(tc, text_with_a_tag_is_html_as_before);
    on_both_engines(tc, carried_parts_are_read_the_same_way);
    on_both_engines(tc, many_short_lines_are_all_kept);
}
