/*
 * page_test.c: saved pages of an invented bureau, in the spellings and with the gaps real pages
 * have.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "check_main.h"
#include "intake/page.h"

#include <stdlib.h>
#include <string.h>

static struct imported_page read_page(const char *name)
{
    const char *source = getenv("GONGKAI_SOURCE");
    struct str text;
    struct imported_page p;
    const struct str path =
        str_format(arena, "%s/tests/intake/pages/%s", source == NULL ? "." : source, name);
    ck_assert_well(file_read(arena, str_z(arena, path), 1 << 20, &text));
    ck_assert_well(page_import(arena, text, &p));
    return p;
}

static struct imported_page read_text(const char *text)
{
    struct imported_page p;
    ck_assert_well(page_import(arena, str_from(text), &p));
    return p;
}

static bool noted(const struct imported_page *p, const char *words)
{
    for (size_t i = 0; i < p->notes.n; i++) {
        if (str_has(p->notes.v[i], str_from(words))) {
            return true;
        }
    }
    return false;
}

START_TEST(a_page_in_full_width_with_several_labels_on_a_line)
{
    const struct imported_page p = read_page("full-width.txt");
    ck_assert_str_is(p.index_number, "YH01003-0300-2025-00017");
    ck_assert_str_is(p.publisher, "云湖区教育局");
    ck_assert_str_is(p.document_number, "云教〔2025〕42号");
    ck_assert_str_is(
        p.title, "云湖区教育局关于印发《云湖区中小学课后服务实施办法（试行）》等三个文件的通知");
    ck_assert_str_is(date_iso(arena, p.claimed_on), "2025-09-02");
    ck_assert_str_is(date_iso(arena, p.posted_on), "2025-09-19");
    ck_assert_int_eq(p.posted_minute, 17 * 60 + 5);
    ck_assert_str_is(p.attribute, "依申请公开");
    ck_assert_str_is(
        date_iso(arena, p.printed_on), "2025-09-02"); /* typed with full-width digits */
    ck_assert_str_is(p.print_office, "云湖区教育局办公室");
    ck_assert(!noted(&p, "公文生成日期是"));
}
END_TEST

START_TEST(labels_with_blanks_between_them_share_a_line)
{
    const struct imported_page p =
        read_text("索 引 号：YH01003-0300-2025-00018 发布机构：区教育局　文 号：云教〔2025〕43号 "
                  "\u00a0生成日期：2025年9月3日\n时间：2025-09-04 08:05 来源：本局\n"
                  "关于某事的通知\n各校（含民办、企办）、局属单位：\n请办理。\n");
    ck_assert_str_is(p.index_number, "YH01003-0300-2025-00018");
    ck_assert_str_is(p.publisher, "区教育局");
    ck_assert_str_is(p.document_number, "云教〔2025〕43号");
    ck_assert_str_is(date_iso(arena, p.claimed_on), "2025-09-03");
    ck_assert_int_eq(p.posted_minute, 8 * 60 + 5);
    ck_assert_uint_eq(p.addressees.n, 2);
    ck_assert_str_is(p.addressees.v[0], "各校（含民办、企办）");
}
END_TEST

START_TEST(names_are_split_outside_brackets)
{
    const struct imported_page p = read_page("full-width.txt");
    ck_assert_uint_eq(p.addressees.n, 4);
    ck_assert_str_is(p.addressees.v[1], "幼儿园（含民办）");
    ck_assert_str_is(p.addressees.v[3], "区青少年活动中心");
    ck_assert_uint_eq(p.cc.n, 4); /* over two lines */
    ck_assert_str_is(p.cc.v[3], "区财政局");
}
END_TEST

START_TEST(a_joint_notice_keeps_all_its_offices)
{
    const struct imported_page p = read_page("full-width.txt");
    ck_assert_str_is(p.sign_office, "云湖区教育局、云湖区财政局");
    ck_assert_str_is(date_iso(arena, p.signed_on), "2025-09-01");
    ck_assert_int_eq(p.body.v[8].kind, BLOCK_SIGNATURE);
    ck_assert_int_eq(p.body.v[9].kind, BLOCK_SIGNATURE);
    ck_assert_int_eq(p.body.v[10].kind, BLOCK_SIGNATURE);
    ck_assert_str_is(p.body.v[11].text, "（联系人：周老师，电话：0000－1234567）");
}
END_TEST

START_TEST(several_parts_are_kept_apart)
{
    const struct imported_page p = read_page("full-width.txt");
    ck_assert_uint_eq(p.part_count, 3);
    ck_assert_str_is(p.parts[0].title, "云湖区中小学课后服务实施办法（试行）");
    ck_assert_uint_eq(p.parts[0].body.n, 4);
    ck_assert_int_eq(p.parts[0].body.v[0].kind, BLOCK_HEADING_1);
    ck_assert_str_is(p.parts[1].title, "任务分解表");
    ck_assert_uint_eq(p.parts[1].body.n, 2);
    ck_assert_uint_eq(p.parts[2].title.n, 0);
    ck_assert(noted(&p, "第3个随文部分没有找到标题"));
    ck_assert(noted(&p, "附件文件"));
}
END_TEST

START_TEST(a_copied_page_in_half_width_with_no_break_spaces)
{
    const struct imported_page p = read_page("half-width.txt");
    ck_assert_str_is(p.index_number, "YH01003-2500-2022-00001");
    ck_assert_str_is(p.remark, "不宜公开附件"); /* 备注 that is no number */
    ck_assert_uint_eq(p.document_number.n, 0);
    ck_assert_str_is(p.title, "云湖区教育局2022年工作要点");
    ck_assert_uint_eq(p.part_count, 0);
    ck_assert_uint_eq(p.body.n, 6);
    ck_assert_int_eq(p.body.v[1].kind, BLOCK_HEADING_1);
    ck_assert_int_eq(p.body.v[2].kind, BLOCK_HEADING_2);
    ck_assert_str_is(date_iso(arena, p.printed_on), "2022-03-04");
    ck_assert_str_is(p.print_office, "云湖区教育局办公室"); /* on a line of its own */
    ck_assert_uint_eq(p.interpretations.n, 2);
    ck_assert(noted(&p, "没有找到发文字号"));
}
END_TEST

START_TEST(a_page_as_a_table_without_plan_and_print_line)
{
    const struct imported_page p = read_page("no-plan.txt");
    ck_assert_str_is(p.index_number, "YH01003-0300-2024-00003");
    ck_assert_str_is(p.document_number_typed, "云教综[2024]第007号");
    ck_assert_str_is(p.document_number, "云教综〔2024〕7号");
    ck_assert_str_is(p.publisher, "云湖区教育局");
    ck_assert_str_is(p.title, "关于做好2024年秋季学期开学工作的通知");
    ck_assert_str_is(date_iso(arena, p.posted_on), "2024-08-21");
    ck_assert_int_eq(p.posted_minute, -1);
    ck_assert_str_is(date_iso(arena, p.signed_on), "2024-08-20"); /* 二〇二四年八月二十日 */
    ck_assert(!date_is(p.printed_on));
    ck_assert_uint_eq(p.part_count, 0);
    ck_assert_str_is(
        p.body.v[2].text, "时间：2024年9月1日。地点：各学校。"); /* no label: it is text */
    ck_assert(noted(&p, "没有找到印发日期"));
    ck_assert(noted(&p, "没有找到公开属性"));
    ck_assert(noted(&p, "已按规范写成"));
}
END_TEST

START_TEST(labels_below_the_document_are_read_too)
{
    const struct imported_page p = read_page("metadata-below.txt");
    ck_assert_str_is(p.index_number, "YH01003-0100-2023-00009");
    ck_assert_str_is(p.publisher, "区教育局");
    ck_assert_str_is(date_iso(arena, p.claimed_on), "2023-09-08");
    ck_assert_str_is(p.title, "云湖区教育局关于表彰优秀教师的决定");
    ck_assert_str_is(p.sign_office, "云湖区教育局"); /* office and date on one line */
    ck_assert_str_is(date_iso(arena, p.signed_on), "2023-09-08");
    ck_assert_str_is(p.attribute, "主动公开");
}
END_TEST

START_TEST(what_is_missing_stays_missing_and_is_told)
{
    const struct imported_page p = read_page("bare.txt");
    ck_assert_str_is(p.title, "公告");
    ck_assert_uint_eq(p.body.n, 2);
    ck_assert_uint_eq(p.index_number.n + p.publisher.n + p.document_number.n + p.attribute.n, 0);
    ck_assert(!date_is(p.posted_on) && !date_is(p.signed_on) && !date_is(p.printed_on) &&
              !date_is(p.claimed_on));
    ck_assert_int_eq(p.posted_minute, -1);
    ck_assert_uint_eq(p.notes.n, 8);
}
END_TEST

START_TEST(marks_of_all_three_attributes_are_read)
{
    static const struct {
        const char *line;
        const char *word;
    } rows[] = {
        {"（此件主动公开）", "主动公开"},
        {"(此件公开发布)", "主动公开"},
        {"（此件依申请公开）", "依申请公开"},
        {"（此件不予公开）", "不予公开"},
        {"此件不公开", "不予公开"},
        {"公开属性：主动公开", "主动公开"},
        {"信息公开选项：依申请公开", "依申请公开"},
        {"（此件删减后主动公开）", "主动公开"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct str text = str_format(arena,
            "关于某事的通知\n各校：\n请办理。\n云湖区教育局\n2025年1月2日\n%s\n", rows[i].line);
        struct imported_page p;
        ck_assert_well(page_import(arena, text, &p));
        ck_assert_str_is(p.attribute, rows[i].word);
        ck_assert_uint_eq(p.body.n, 4); /* the mark is a field, not text */
    }
}
END_TEST

START_TEST(two_numbers_that_differ_are_told)
{
    const struct imported_page p = read_text("文号：云教〔2025〕1号\n关于某事的通知\n云教〔2025〕2"
                                             "号\n关于某事的通知\n各校：\n请办理。\n");
    ck_assert_str_is(p.document_number, "云教〔2025〕1号");
    ck_assert(noted(&p, "正文里的文号是云教〔2025〕2号"));
}
END_TEST

START_TEST(dates_in_a_wrong_order_are_told)
{
    const struct imported_page p = read_text("时间：2025-01-01 "
                                             "09:"
                                             "00\n关于某事的通知\n各校：\n请办理。\n云湖区教育局\n2"
                                             "025年1月5日\n云湖区教育局办公室2025年1月3日印发\n");
    ck_assert(noted(&p, "印发日期早于成文日期"));
    ck_assert(noted(&p, "发布时间早于公文日期"));
}
END_TEST

START_TEST(a_wide_colon_after_a_bracket_is_read_whole)
{
    const struct imported_page p = read_text("关于某事的通知\n(提：\n（一）：\n1：\n");
    ck_assert(p.body.n > 0);
}
END_TEST

START_TEST(long_numbered_sentences_are_no_headings)
{
    const struct imported_page p =
        read_text("关于某事的通知\n各校：\n（一）统一思想。各校要认真落实。\n（二）加强领导\n"
                  "二、总体要求\n三、请各校于十月前报送，逾期不候。\n"
                  "四、这一行虽然没有句号却有四十多个字因此不是标题而是一段话它还在继续写下去直到超"
                  "过标题所允许的字数\n");
    ck_assert_int_eq(p.body.v[1].kind, BLOCK_PARAGRAPH);
    ck_assert_int_eq(p.body.v[2].kind, BLOCK_HEADING_2);
    ck_assert_int_eq(p.body.v[3].kind, BLOCK_HEADING_1);
    ck_assert_int_eq(p.body.v[4].kind, BLOCK_PARAGRAPH);
    ck_assert_int_eq(p.body.v[5].kind, BLOCK_PARAGRAPH);
}
END_TEST

START_TEST(empty_source_and_oversized_files_are_refused_with_a_way_out)
{
    struct imported_page p;
    const struct err *e = page_import(arena, S(" \n\u00a0\n　\n"), &p);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_INVALID);
    e = page_import(arena, S("<!DOCTYPE html>\n<html><body>x</body></html>"), &p);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_INVALID);
    ck_assert(str_has(e->words, S("网页源文件")));

    const size_t many = 60000;
    char *lines = arena_alloc(arena, many);
    for (size_t i = 0; i < many; i++) {
        lines[i] = i % 2 == 0 ? 'x' : '\n';
    }
    e = page_import(arena, str_make(lines, many), &p);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_TOO_LARGE);
}
END_TEST

/* Every text that once or plausibly made the reader hold too much: all must fit the arena of one
 * piece of work. */
START_TEST(hostile_texts_stay_within_bounds)
{
    static const char *units[] = {
        "抄送：甲、乙\n",
        "附件1\n",
        "索 引 号:索 引 号:x ",
        " : : : :",
        "2018年7月24日\n",
        "1111111111111\n",
        "（一）\n",
        "甲局\n2018-1-1\n",
        "(((((((",
        "、、、、",
        "时间:\t时间\t\n",
        "\u00a0:\u00a0文号\n",
        "附件下载\nx\n",
        "此件主动公开\n",
        "2018年1月1日印发\n",
        "〔2018〕1号\n",
    };
    for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
        struct arena *own = arena_open(MIB(32));
        struct buf b = buf_make(own, KIB(512));
        const struct str unit = str_from(units[i]);
        for (int k = 0; k < 9000 && !buf_full(&b); k++) {
            buf_add(&b, unit);
        }
        struct imported_page p;
        (void)page_import(
            own, str_dup(own, str_sub(buf_str(&b), 0, KIB(256) / unit.n * unit.n)), &p);
        arena_close(own);
    }
}
END_TEST

START_TEST(blocks_become_plain_source)
{
    static const struct block blocks[] = {
        {BLOCK_TO, S_INIT("各校：")},
        {BLOCK_HEADING_1, S_INIT("一、总则")},
        {BLOCK_HEADING_2, S_INIT("（一）目的")},
        {BLOCK_PARAGRAPH, S_INIT("a<b & c>\"d\"")},
        {BLOCK_SIGNATURE, S_INIT("云湖区教育局")},
    };
    ck_assert_str_is(blocks_to_html(arena, (struct blocks){blocks, 5}),
        "<p>各校：</p>\n<h2>一、总则</h2>\n<h3>（一）目的</h3>\n<p>a&lt;b &amp; c&gt;\"d\"</p>\n"
        "<p data-align=\"right\">云湖区教育局</p>\n");
    ck_assert_uint_eq(blocks_to_html(arena, (struct blocks){NULL, 0}).n, 0);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, a_page_in_full_width_with_several_labels_on_a_line);
    tcase_add_test(tc, labels_with_blanks_between_them_share_a_line);
    tcase_add_test(tc, names_are_split_outside_brackets);
    tcase_add_test(tc, a_joint_notice_keeps_all_its_offices);
    tcase_add_test(tc, several_parts_are_kept_apart);
    tcase_add_test(tc, a_copied_page_in_half_width_with_no_break_spaces);
    tcase_add_test(tc, a_page_as_a_table_without_plan_and_print_line);
    tcase_add_test(tc, labels_below_the_document_are_read_too);
    tcase_add_test(tc, what_is_missing_stays_missing_and_is_told);
    tcase_add_test(tc, marks_of_all_three_attributes_are_read);
    tcase_add_test(tc, two_numbers_that_differ_are_told);
    tcase_add_test(tc, dates_in_a_wrong_order_are_told);
    tcase_add_test(tc, a_wide_colon_after_a_bracket_is_read_whole);
    tcase_add_test(tc, long_numbered_sentences_are_no_headings);
    tcase_add_test(tc, empty_source_and_oversized_files_are_refused_with_a_way_out);
    tcase_add_test(tc, hostile_texts_stay_within_bounds);
    tcase_add_test(tc, blocks_become_plain_source);
}
