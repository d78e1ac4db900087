/*
 * import_test.c: what stood on an old page, taken over and never mixed with the program's own
 * dates.
 */
#include "base/file.h"
#include "base/limits.h"
#include "paper.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/ban.h"

/* A page as the old site had it. */
static struct str page_text(struct fixture *f, const char *number, const char *publisher)
{
    return str_format(f->arena,
        "索引号:%s\n备注/文号:丰教〔2018〕9号\n发布机构:%s\n公文生成日期:2018-12-18\n"
        "关于做好学校食堂管理工作的通知\n时间:2018-12-18 08:16\n\n丰教〔2018〕9号\n\n"
        "关于做好学校食堂管理工作的通知\n\n区教育局各股(室),各区属学校:"
        "\n\n现将学校食堂管理有关事项通知如下。\n\n"
        "一、落实陪餐制度\n\n学校负责人应当每天陪餐<script>alert(1)</"
        "script>。\n\n区教育局办公室\n\n2018年7月24日\n\n"
        "(此件主动公开)\n\n抄送:区市场监督管理局。\n\n区教育局办公室　2018年7月25日印发\n",
        number, publisher);
}

static const struct err *import(
    struct fixture *f, int64_t person, struct str text, struct op_done *done)
{
    struct sheet s = {0};
    s.v[s.n++] = (struct value){.name = S("text"), .text = text};
    return sheet_run(f, person, "document.import", &s, done);
}

struct count {
    struct q_paper_document_count_row documents;
    struct q_paper_imported_units_rows units;
    struct q_paper_series_rows series;
};

static const struct err *count(struct ctx *c, void *arg)
{
    struct count *n = arg;
    bool found = false;
    TRY(q_paper_document_count(c->tx, &n->documents, &found));
    TRY(q_paper_imported_units(c->tx, &n->units));
    return q_paper_series(c->tx, &n->series);
}

static struct count count_all(struct fixture *f)
{
    struct ctx c = fixture_system(f);
    struct count n = {0};
    ck_assert_well(ctx_read(&c, AUDIENCE_SYSTEM, count, &n));
    return n;
}

/* ---- the real page ---- */

static bool read_seed(struct fixture *f, struct str *text)
{
    const char *own = getenv("GONGKAI_SHARED");
    const char *source = getenv("GONGKAI_SOURCE");
    const char *path =
        own != NULL
            ? str_z(f->arena, str_format(f->arena, "%s/seed/work-plan-2018.txt", own))
            : str_z(f->arena, str_format(f->arena, "%s/../shared/seed/work-plan-2018.txt", source));
    if (!file_is(path)) {
        (void)fprintf(stderr, "SKIPPED: %s is not there; the real page was not imported\n", path);
        return false;
    }
    ck_assert_well(file_read(f->arena, path, MIB(1), text));
    return true;
}

START_TEST(the_real_page_came_on_working_day_100)
{
    struct fixture *f = paper_site(_i);
    struct str text = STR_NONE;
    if (!read_seed(f, &text)) {
        return;
    }
    struct op_done done = {0};
    ck_assert_well(import(f, f->officer, text, &done));
    ck_assert_str_is(done.number, "QZ02114-2500-2018-00005");
    ck_assert_str_is(done.location, "/d/QZ02114-2500-2018-00005");
    struct public_document d = paper_page(f, done.number);
    ck_assert(d.imported && d.posted_exact);
    ck_assert_str_is(d.title, "关于印发《泉州市丰泽区教育局2018年政务公开工作实施方案》的通知");
    ck_assert_str_is(d.doc_number, "泉丰教〔2018〕137号");
    ck_assert_str_is(d.shown_text, "2018-12-18 08:16");
    ck_assert_str_is(d.pub_date, "2018-12-18 08:16");
    ck_assert_int_eq(
        d.published.ms, clock_now(&f->clock).ms); /* the moment of the import stays apart */
    ck_assert_str_is(date_iso(f->arena, d.claimed_on), "2018-12-18");
    ck_assert_str_is(date_iso(f->arena, d.signed_on), "2018-07-24");
    ck_assert_str_is(date_iso(f->arena, d.printed_on), "2018-07-25");
    ck_assert(d.clock.known && d.clock.late);
    ck_assert_int_eq(d.clock.workday_no, 100);
    ck_assert_str_is(date_iso(f->arena, d.clock.reckoning.last_day), "2018-08-22");
    ck_assert_int_eq(d.clock.signed_workday_no, 101);
    ck_assert_str_is(date_iso(f->arena, d.clock.signed_last_day), "2018-08-21");
    ck_assert(str_has(d.clock_words, S("第 100 个工作日发布")));
    ck_assert_uint_eq(d.parts.n, 2);
    ck_assert_str_is(d.parts.v[1].title, "泉州市丰泽区教育局2018年政务公开工作实施方案");
    ck_assert(str_has(d.parts.v[1].body.safe, S("<h2>")));
    ck_assert_str_is(d.attribute_label, "主动公开");
    paper_whole_imported(f);
}
END_TEST

/* ---- made pages ---- */

START_TEST(a_page_twice_is_one_document)
{
    struct fixture *f = paper_site(_i);
    struct str text = page_text(f, "QZ02114-2500-2018-00005", "区教育局");
    struct op_done first = {0};
    struct op_done second = {0};
    ck_assert_well(import(f, f->officer, text, &first));
    ck_assert_well(import(f, f->officer, text, &second));
    ck_assert_int_eq(first.id, second.id);
    ck_assert(str_has(second.words, S("以前导入过")));
    ck_assert_str_is(second.number, "QZ02114-2500-2018-00005");
    ck_assert_int_eq(count_all(f).documents.n, 1);
    ck_assert_str_is(paper_events(f, first.id), "imported import_repeated");
}
END_TEST

START_TEST(another_page_with_the_same_number_is_refused_whole)
{
    struct fixture *f = paper_site(_i);
    struct op_done done = {0};
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ02114-2500-2018-00005", "区教育局"), &done));
    struct str other =
        str_cat(f->arena, page_text(f, "QZ02114-2500-2018-00005", "区教育局"), S("\n又一行\n"));
    ck_assert_refused(import(f, f->officer, other, &done), ERR_CONFLICT);
    ck_assert_int_eq(count_all(f).documents.n, 1);
    paper_whole_imported(f);
}
END_TEST

START_TEST(an_imported_number_raises_its_series)
{
    struct fixture *f = paper_site(_i);
    struct op_done done = {0};
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ02114-2500-2026-00005", "区教育局"), &done));
    ck_assert_int_eq(count_all(f).series.v[0].last_no, 5);
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ02114-2500-2026-00003", "区教育局"), &done));
    ck_assert_int_eq(count_all(f).series.v[0].last_no, 5);
    int64_t id = paper_published(f, NULL);
    ck_assert_str_is(paper_number(f, id), "QZ02114-2500-2026-00006");
}
END_TEST

START_TEST(nothing_of_an_import_is_sent_or_reckoned_by_the_programs_day)
{
    struct fixture *f = paper_site(_i);
    struct op_done done = {0};
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ02114-2500-2018-00005", "区教育局"), &done));
    struct ctx c = fixture_as(f, f->officer);
    struct office_document o = {0};
    ck_assert_well(document_office_read(&c, done.id, &o));
    ck_assert(!instant_is(o.cc_sent));
    ck_assert_str_is(o.origin, "imported");
    ck_assert_int_eq(o.clock.workday_no, 100);
    struct receipt_lines receipts = {0};
    ck_assert_well(document_receipts(&c, done.id, &receipts));
    ck_assert_uint_eq(receipts.n, 0);
    struct public_document d = paper_page(f, done.number);
    ck_assert(!str_has(d.parts.v[0].body.safe, S("<script")));
    ck_assert(d.posted.ms != d.published.ms);
}
END_TEST

START_TEST(an_import_stands_in_the_list_where_it_was_posted)
{
    struct fixture *f = paper_site(_i);
    struct op_done done = {0};
    int64_t own = paper_published(f, NULL);
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ02114-2500-2018-00005", "区教育局"), &done));
    struct ctx citizen = paper_citizen(f);
    struct public_list list = {0};
    struct list_filter year = {.year = 2018};
    ck_assert_well(document_public_list(&citizen, &year, 10, true, &list));
    ck_assert_uint_eq(list.lines.n, 1);
    ck_assert(list.lines.v[0].imported);
    ck_assert_int_eq(list.total, 1);
    struct list_filter all = {0};
    ck_assert_well(document_public_list(&citizen, &all, 10, true, &list));
    ck_assert_uint_eq(list.lines.n, 2);
    ck_assert_int_eq(list.lines.v[0].document_id, own);
}
END_TEST

START_TEST(another_bodys_page_gets_a_publisher_of_its_own_once)
{
    struct fixture *f = paper_site(_i);
    struct op_done done = {0};
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ09999-2500-2018-00001", "区教育局"), &done));
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ09999-2500-2018-00002", "区教育局"), &done));
    struct count n = count_all(f);
    ck_assert_uint_eq(n.units.n, 1);
    ck_assert_str_is(n.units.v[0].agency_code, "QZ09999");
    struct public_document d = paper_page(f, done.number);
    ck_assert_int_eq(d.publisher_id, n.units.v[0].unit_id);
    ck_assert_str_is(d.publisher, "区教育局");
    ck_assert_int_eq(n.documents.n, 2);
}
END_TEST

START_TEST(a_page_of_a_school_goes_to_the_school)
{
    struct fixture *f = paper_site(_i);
    struct op_done done = {0};
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ02115-2500-2018-00001", "实验小学"), &done));
    ck_assert_int_eq(paper_page(f, done.number).publisher_id, f->school);
    ck_assert_uint_eq(count_all(f).units.n, 0);
}
END_TEST

START_TEST(what_a_page_does_not_say_stays_missing)
{
    struct fixture *f = paper_site(_i);
    struct op_done done = {0};
    ck_assert_well(import(f, f->officer,
        S("关于做好学校食堂管理工作的通知\n\n各区属学校:"
          "\n\n现将学校食堂管理有关事项通知如下。\n\n学校负责人应当每天陪餐。\n"),
        &done));
    ck_assert(str_starts(done.number, S("DR-2026-00001")));
    struct public_document d = paper_page(f, done.number);
    ck_assert(!date_is(d.signed_on) && !date_is(d.printed_on) && !instant_is(d.posted));
    ck_assert_str_is(d.shown_text, "原页面没有注明");
    ck_assert(!d.clock.known);
}
END_TEST

START_TEST(importing_is_a_right)
{
    struct fixture *f = paper_site(_i);
    struct str text = page_text(f, "QZ02114-2500-2018-00005", "区教育局");
    ck_assert_refused(import(f, f->author, text, NULL), ERR_DENIED);
    ck_assert_refused(import(f, f->outsider, text, NULL), ERR_DENIED);
    int64_t elsewhere = paper_holder(f, "elsewhere", "office", f->school);
    ck_assert_refused(import(f, elsewhere, text, NULL), ERR_DENIED);
    ck_assert_int_eq(count_all(f).documents.n, 0);
    ck_assert_uint_eq(count_all(f).units.n, 0);
    ck_assert_well(import(f, elsewhere, page_text(f, "QZ02115-2500-2018-00001", "实验小学"), NULL));
}
END_TEST

START_TEST(a_number_or_category_that_is_no_address_is_refused)
{
    struct fixture *f = paper_site(_i);
    struct op_done odd = {0};
    ck_assert_well(import(f, f->officer, page_text(f, "QZ02114/../2500", "区教育局"), &odd));
    ck_assert_str_is(
        odd.number, "DR-2018-00001"); /* such a number is told in the notes and left out */
    struct sheet s = {0};
    s.v[s.n++] = (struct value){.name = S("text"), .text = page_text(f, "", "区教育局")};
    sheet_put(&s, "category", "规划");
    const struct err *e = sheet_run(f, f->officer, "document.import", &s, NULL);
    ck_assert_refused(e, ERR_INVALID);
    ck_assert_str_is(fault_fields(f->arena, e), "category");
    ck_assert_int_eq(count_all(f).documents.n, 1);
}
END_TEST

START_TEST(a_page_without_a_title_is_refused)
{
    struct fixture *f = paper_site(_i);
    const struct err *e = import(f, f->officer, S("甲"), NULL);
    ck_assert_refused(e, ERR_INVALID);
    ck_assert_str_is(fault_fields(f->arena, e), "text");
    ck_assert_int_eq(count_all(f).documents.n, 0);
}
END_TEST

START_TEST(an_import_can_be_corrected_and_withdrawn_like_any_other)
{
    struct fixture *f = paper_site(_i);
    struct op_done done = {0};
    ck_assert_well(
        import(f, f->officer, page_text(f, "QZ02114-2500-2018-00005", "区教育局"), &done));
    int64_t second = paper_holder(f, "second", "office", f->bureau);
    int64_t bureau_head = paper_holder(f, "bureau-head", "section_head", f->bureau);
    ck_assert_well(paper_do(f, f->officer, "document.correct", done.id, "change_kind", "correction",
        "change_reason", "日期有误", NULL));
    ck_assert_well(paper_save(
        f, f->officer, done.id, "change_reason", "日期有误", "signed_on", "2018-07-24", NULL));
    ck_assert_well(paper_submit(f, f->officer, done.id));
    const int64_t hands[] = {bureau_head, second, f->secrecy, f->leader};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_well(paper_conclude(f, hands[i], done.id, NULL));
    }
    ck_assert_well(paper_publish(f, second, done.id, NULL));
    struct public_document d = paper_page(f, done.number);
    ck_assert_int_eq(d.edition_no, 2);
    ck_assert(d.imported);
    ck_assert_int_eq(
        d.clock.workday_no, 101); /* from the signing date now: no print date was saved */
    ck_assert_well(paper_do(
        f, second, "document.withdraw", done.id, "kind", "other", "reason", "旧文件", NULL));
    ck_assert(paper_page(f, done.number).withdrawn);
    paper_whole_imported(f);
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    on_both_engines(tc, the_real_page_came_on_working_day_100);
    on_both_engines(tc, a_page_twice_is_one_document);
    on_both_engines(tc, another_page_with_the_same_number_is_refused_whole);
    on_both_engines(tc, an_imported_number_raises_its_series);
    on_both_engines(tc, nothing_of_an_import_is_sent_or_reckoned_by_the_programs_day);
    on_both_engines(tc, an_import_stands_in_the_list_where_it_was_posted);
    on_both_engines(tc, another_bodys_page_gets_a_publisher_of_its_own_once);
    on_both_engines(tc, a_page_of_a_school_goes_to_the_school);
    on_both_engines(tc, what_a_page_does_not_say_stays_missing);
    on_both_engines(tc, importing_is_a_right);
    on_both_engines(tc, a_number_or_category_that_is_no_address_is_refused);
    on_both_engines(tc, a_page_without_a_title_is_refused);
    on_both_engines(tc, an_import_can_be_corrected_and_withdrawn_like_any_other);
}
