/*
 * document_test.c: the main path of a document, and what its operations refuse.
 */
#include "base/buf.h"
#include "base/file.h"
#include "base/limits.h"
#include "paper.h"

#include <stdlib.h>

#include "base/ban.h"

/* ---- the main path ---- */

static const struct file plan = {
    .name = S_INIT("安全教育计划.pdf"),
    .media_type = S_INIT("application/pdf"),
    .digest = S_INIT("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    .size_bytes = 123456,
};

static int64_t draft_of_all(struct fixture *f)
{
    struct sheet s = {0};
    struct op_done done = {0};
    sheet_put(&s, "title", "关于做好暑期学生安全教育工作的通知");
    sheet_put(&s, "doc_number", "云教[2026]18号");
    sheet_put(&s, "category", "2500");
    sheet_put(&s, "signed_on", "2026年7月20日");
    sheet_put(&s, "printed_on", "2026-07-21");
    sheet_put(&s, "sign_office", "云湖区教育局");
    sheet_put(&s, "print_office", "云湖区教育局办公室");
    sheet_put(&s, "attribute", "proactive");
    sheet_put(&s, "addressees", "基础教育科，各区属学校");
    sheet_put(&s, "cc", "区应急管理局、区公安分局");
    sheet_put(&s, "body",
        "<p>各校应当在放假前对学生进行一次安全教育，并告知家长。</p><script>alert(1)</script>");
    sheet_put(&s, "part_title", "暑期安全教育工作计划");
    sheet_put(&s, "part_body", "<h2>一、目标</h2><p>不发生溺水事故。</p>");
    sheet_put(&s, "basis", "义务教育法");
    sheet_put(&s, "stage", "execution");
    sheet_put(&s, "interpretations", "text");
    sheet_put(&s, "interpretations", "picture");
    sheet_file(&s, &plan);
    ck_assert_well(sheet_run(f, f->author, "document.create", &s, &done));
    return done.id;
}

static void reads_as_published(struct fixture *f, int64_t id)
{
    struct public_document d = paper_page(f, S("QZ02114-2500-2026-00001"));
    ck_assert_int_eq(d.document_id, id);
    ck_assert_str_is(d.title, "关于做好暑期学生安全教育工作的通知");
    ck_assert_str_is(d.doc_number, "云教〔2026〕18号");
    ck_assert_str_is(d.publisher, "云湖区教育局");
    ck_assert_str_is(date_iso(f->arena, d.signed_on), "2026-07-20");
    ck_assert_str_is(date_iso(f->arena, d.printed_on), "2026-07-21");
    ck_assert_str_is(d.attribute_label, "主动公开");
    ck_assert_str_is(d.stage_label, "执行");
    ck_assert_uint_eq(d.interpretation_labels.n, 2);
    ck_assert_str_is(d.interpretation_labels.v[1], "图片解读");
    ck_assert(d.current && !d.withdrawn && !d.imported && d.in_force);
    ck_assert(d.clock.known && !d.clock.late);
    ck_assert_int_eq(d.clock.workday_no, 4); /* Wednesday 22 July is day 1, Monday 27 July day 4 */
    ck_assert_str_is(date_iso(f->arena, d.clock.reckoning.last_day), "2026-08-18");
    ck_assert(str_has(d.clock_words, S("第 4 个工作日发布")));
    ck_assert_str_is(d.shown_text, "2026-07-27 10:00");
    ck_assert_str_is(d.pub_date, "2026-07-27 10:00");
    ck_assert_uint_eq(d.parts.n, 2);
    ck_assert(str_has(d.parts.v[0].body.safe, S("告知家长")));
    ck_assert(!str_has(d.parts.v[0].body.safe, S("script")));
    ck_assert_str_is(d.parts.v[1].title, "暑期安全教育工作计划");
    ck_assert_uint_eq(d.files.n, 1);
    ck_assert_str_is(d.files.v[0].name, "安全教育计划.pdf");
    ck_assert_uint_eq(d.editions.n, 1);
}

START_TEST(a_document_goes_from_the_desk_to_the_citizen)
{
    struct fixture *f = paper_site(_i);
    int64_t id = draft_of_all(f);
    ck_assert_str_is(paper_edition(f, id).status, "draft");
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_str_is(paper_edition(f, id).status, "in_review");
    paper_pass_to(f, id, 3);
    ck_assert_str_is(paper_edition(f, id).status, "in_review");
    ck_assert_well(paper_conclude(f, f->leader, id, NULL));
    ck_assert_str_is(paper_edition(f, id).status, "approved");
    ck_assert_str_is(paper_document(f, id).status, "working");
    ck_assert_uint_eq(paper_number(f, id).n, 0);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    ck_assert_str_is(paper_edition(f, id).status, "published");
    ck_assert_str_is(paper_document(f, id).status, "public");
    ck_assert_int_eq(paper_edition(f, id).published_by, f->officer);
    ck_assert_str_is(paper_events(f, id),
        "drafted submitted review.level_passed review.level_passed review.level_passed "
        "review.level_passed approved published");
    ck_assert_str_is(paper_case(f, id).status, "passed");
    reads_as_published(f, id);
    struct ctx citizen = paper_citizen(f);
    struct file file = {0};
    ck_assert_well(document_public_file(&citizen, plan.digest, plan.name, &file));
    ck_assert_int_eq(file.size_bytes, plan.size_bytes);
    paper_whole(f);
}
END_TEST

START_TEST(the_events_are_the_only_outbox_rows)
{
    struct fixture *f = paper_site(_i);
    int64_t before = fixture_events(f);
    int64_t waiting = fixture_outbox(f, "search");
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_int_eq(fixture_events(f) - before, 2);
    ck_assert_int_eq(fixture_outbox(f, "search") - waiting, 2);
    ck_assert_refused(paper_submit(f, f->author, id), ERR_CONFLICT);
    ck_assert_int_eq(fixture_events(f) - before, 2);
}
END_TEST

START_TEST(the_same_form_twice_makes_one_document)
{
    struct fixture *f = paper_site(_i);
    struct ctx c = fixture_as(f, f->author);
    struct op_done first = {0};
    struct op_done second = {0};
    ck_assert_well(fixture_do_once(&c, "document.create", "form-1", &first, "title", "通知", NULL));
    ck_assert_well(
        fixture_do_once(&c, "document.create", "form-1", &second, "title", "通知", NULL));
    ck_assert(second.again);
    ck_assert_int_eq(first.id, second.id);
}
END_TEST

/* ---- document numbers ---- */

// clang-format off
static const struct {
    const char *typed, *stored;
} forms[] = {
    {"云教〔2026〕18号",       "云教〔2026〕18号"},
    {"云教[2026]18号",         "云教〔2026〕18号"},
    {"云教（2026）18号",       "云教〔2026〕18号"},
    {"云教(2026)18号",         "云教〔2026〕18号"},
    {"云教【2026】18号",       "云教〔2026〕18号"},
    {"云教［２０２６］１８号", "云教〔2026〕18号"},
    {"云教 〔2026〕 018 号",   "云教〔2026〕18号"},
    {"云教〔2026〕第18号",     "云教〔2026〕18号"},
    {"云教〔2026〕18",         "云教〔2026〕18号"},
};
// clang-format on

START_TEST(every_form_of_a_document_number_is_stored_as_one)
{
    struct fixture *f = paper_site(_i);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        int64_t id = paper_draft(f, f->author, "doc_number", forms[i].typed, NULL);
        ck_assert_str_is(paper_edition(f, id).doc_number, forms[i].stored);
    }
}
END_TEST

START_TEST(a_number_that_is_none_stays_as_typed_and_is_refused_at_review)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, "doc_number", "十八号文", NULL);
    ck_assert_uint_eq(paper_edition(f, id).doc_number.n, 0);
    ck_assert_str_is(paper_edition(f, id).doc_number_typed, "十八号文");
    const struct err *e = paper_submit(f, f->author, id);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "doc_number");
    ck_assert_str_is(paper_edition(f, id).status, "draft");
    ck_assert_well(paper_save(f, f->author, id, "doc_number", "云教〔2026〕19号", NULL));
    ck_assert_well(paper_submit(f, f->author, id));
}
END_TEST

START_TEST(everything_that_is_missing_is_told_at_once)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, "title", "", "body", "<p>短</p>", "doc_number", "无",
        "signed_on", "", "attribute", "withheld", NULL);
    const struct err *e = paper_submit(f, f->author, id);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(
        fault_fields(f->arena, e), "title body doc_number signed_on ground ground_reason");
    ck_assert_str_is(paper_edition(f, id).status, "draft");
}
END_TEST

START_TEST(days_that_cannot_be_are_refused_at_review)
{
    struct fixture *f = paper_site(_i);
    int64_t id =
        paper_draft(f, f->author, "signed_on", "2026-07-28", "printed_on", "2026-07-27", NULL);
    const struct err *e = paper_submit(f, f->author, id);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "signed_on printed_on");
}
END_TEST

START_TEST(a_ground_that_no_longer_holds_is_refused)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, "attribute", "withheld", "ground", "P1", "ground_reason",
        "含第三方商业秘密", NULL);
    const struct err *e = paper_submit(f, f->author, id);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "ground");
}
END_TEST

/* ---- writing ---- */

START_TEST(only_the_version_one_saw_is_saved)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_save(f, f->head, id, "title", "王建国改过的标题", NULL));
    struct ctx c = fixture_as(f, f->author);
    struct op_done done = {0};
    const struct err *e = fixture_do(&c, "document.save", &done, "id",
        str_z(f->arena, str_from_int(f->arena, id)), "version", "1", "title", "林晓的标题", NULL);
    ck_assert_refused(e, ERR_CONFLICT);
    ck_assert(fault_has(e, "王建国"));
}
END_TEST

START_TEST(what_is_in_review_cannot_be_changed)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_refused(paper_save(f, f->author, id, NULL), ERR_CONFLICT);
    ck_assert_refused(paper_do(f, f->author, "document.discard", id, NULL), ERR_CONFLICT);
    ck_assert_well(paper_do(f, f->author, "document.recall", id, NULL));
    ck_assert_str_is(paper_case(f, id).status, "recalled");
    ck_assert_well(paper_save(f, f->author, id, NULL));
}
END_TEST

START_TEST(a_stale_page_of_a_text_in_review_blames_nobody)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    const char *seen = str_z(f->arena, str_from_int(f->arena, paper_edition(f, id).version));
    paper_pass_to(f, id, 3); /* the secrecy review moves the version */
    struct ctx c = fixture_as(f, f->author);
    struct op_done done = {0};
    const struct err *e = fixture_do(&c, "document.recall", &done, "id",
        str_z(f->arena, str_from_int(f->arena, id)), "version", seen, NULL);
    ck_assert_refused(e, ERR_CONFLICT);
    ck_assert(!fault_has(e, "改过"));
}
END_TEST

START_TEST(a_reopened_text_goes_through_review_again)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_approved(f, NULL);
    ck_assert_refused(paper_do(f, f->author, "document.reopen", id, NULL), ERR_DENIED);
    ck_assert_well(paper_do(f, f->officer, "document.reopen", id, NULL));
    ck_assert_str_is(paper_edition(f, id).status, "draft");
    ck_assert_refused(paper_publish(f, f->officer, id, NULL), ERR_CONFLICT);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_refused(paper_publish(f, f->officer, id, NULL), ERR_CONFLICT);
    paper_pass_all(f, id);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
}
END_TEST

START_TEST(a_discarded_draft_is_nowhere)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_do(f, f->author, "document.discard", id, NULL));
    ck_assert_str_is(paper_document(f, id).status, "discarded");
    ck_assert_refused(paper_submit(f, f->author, id), ERR_CONFLICT);
    struct ctx c = fixture_as(f, f->author);
    struct office_lines lines = {0};
    ck_assert_well(document_office_list(&c, STR_NONE, 0, 50, &lines));
    ck_assert_uint_eq(lines.n, 0);
}
END_TEST

/* ---- the clock ---- */

START_TEST(late_publication_asks_for_a_reason_and_shows_it)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_approved(f, "signed_on", "2026-06-01", NULL);
    const struct err *e = paper_publish(f, f->officer, id, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "late_reason");
    ck_assert_uint_eq(paper_number(f, id).n, 0);
    ck_assert_well(paper_publish(f, f->officer, id, "late_reason", "资助名额须待核定资金。", NULL));
    struct public_document d = paper_page(f, paper_number(f, id));
    ck_assert(d.clock.late);
    ck_assert_str_is(d.late_reason, "资助名额须待核定资金。");
    ck_assert(str_has(d.clock_words, S("已超期")));
}
END_TEST

START_TEST(a_reason_for_lateness_is_not_kept_of_what_is_in_time)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_approved(f, NULL);
    ck_assert_well(paper_publish(f, f->officer, id, "late_reason", "没有迟到也写了原因", NULL));
    ck_assert_uint_eq(paper_edition(f, id).late_reason.n, 0);
}
END_TEST

START_TEST(a_year_without_announced_calendar_is_provisional)
{
    struct fixture *f = paper_site(_i);
    fixture_day(f, 2026, 12, 25);
    int64_t id = paper_approved(f, "signed_on", "2026-12-22", NULL);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    struct public_document d = paper_page(f, paper_number(f, id));
    ck_assert(d.clock.reckoning.provisional);
    ck_assert(str_has(d.clock_words, S("还没有公布")));
}
END_TEST

START_TEST(the_year_of_the_number_is_the_year_of_formation)
{
    struct fixture *f = paper_site(_i);
    fixture_day(f, 2026, 1, 6);
    int64_t id = paper_approved(f, "signed_on", "2025-12-29", NULL);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    ck_assert_str_is(paper_number(f, id), "QZ02114-2500-2025-00001");
}
END_TEST

/* ---- readers and copies ---- */

static struct q_paper_reading_rows readings;
static struct q_paper_cc_rows copies;

static const struct err *look_at_readers(struct ctx *c, void *arg)
{
    int64_t id = *(int64_t *)arg;
    TRY(q_paper_reading(c->tx, &(struct q_paper_reading_in){.document_id = id}, &readings));
    struct q_paper_document_row d = {0};
    bool found = false;
    TRY(q_paper_document(c->tx, &(struct q_paper_document_in){.id = id}, &d, &found));
    return q_paper_cc(c->tx, &(struct q_paper_cc_in){.edition_id = d.latest_edition_id}, &copies);
}

static void look_for_readers(struct fixture *f, int64_t id)
{
    struct ctx c = fixture_system(f);
    ck_assert_well(ctx_read(&c, AUDIENCE_SYSTEM, look_at_readers, &id));
}

START_TEST(addressees_get_it_to_read_and_copies_are_recorded_as_sent)
{
    struct fixture *f = paper_site(_i);
    int64_t id = draft_of_all(f);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_all(f, id);
    look_for_readers(f, id);
    ck_assert_uint_eq(readings.n, 0);
    ck_assert_uint_eq(copies.n, 2);
    ck_assert(!instant_is(copies.v[0].sent_ms));
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    look_for_readers(f, id);
    ck_assert_uint_eq(readings.n, 3); /* the section by its alias, both schools as a group */
    ck_assert_int_eq(readings.v[0].unit_id, f->section);
    ck_assert_int_eq(readings.v[1].unit_id, f->school);
    ck_assert_int_eq(readings.v[2].unit_id, f->other_school);
    ck_assert_str_is(copies.v[0].name, "区应急管理局");
    ck_assert_int_eq(copies.v[0].sent_ms.ms, clock_now(&f->clock).ms);
}
END_TEST

START_TEST(a_unit_confirms_once)
{
    struct fixture *f = paper_site(_i);
    int64_t id = draft_of_all(f);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_all(f, id);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    const char *school = str_z(f->arena, str_from_int(f->arena, f->school));
    const char *other = str_z(f->arena, str_from_int(f->arena, f->other_school));
    ck_assert_well(paper_do(f, f->outsider, "document.acknowledge", id, "unit_id", school, NULL));
    ck_assert_refused(paper_do(f, f->outsider, "document.acknowledge", id, "unit_id", school, NULL),
        ERR_CONFLICT);
    ck_assert_refused(
        paper_do(f, f->outsider, "document.acknowledge", id, "unit_id", other, NULL), ERR_DENIED);
    look_for_readers(f, id);
    ck_assert_int_eq(readings.v[1].read_by, f->outsider);
    struct ctx c = fixture_as(f, f->author);
    struct receipt_lines receipts = {0};
    ck_assert_well(document_receipts(&c, id, &receipts));
    ck_assert_uint_eq(receipts.n, 3);
}
END_TEST

START_TEST(what_was_not_sent_to_a_unit_is_unknown_to_it)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_published(f, NULL);
    const char *school = str_z(f->arena, str_from_int(f->arena, f->school));
    ck_assert_refused(
        paper_do(f, f->outsider, "document.acknowledge", id, "unit_id", school, NULL), ERR_UNKNOWN);
}
END_TEST

/* ---- steps ---- */

START_TEST(the_steps_are_the_ones_we_know)
{
    struct capabilities all = registry_all();
    struct buf found = buf_make(arena, KIB(64));
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->steps_count; k++) {
            buf_add(&found, steps_text(arena, all.v[i]->steps[k]));
        }
    }
    const char *source = getenv("GONGKAI_SOURCE");
    ck_assert_ptr_nonnull(source);
    struct str known = STR_NONE;
    ck_assert_well(file_read(arena,
        str_z(arena, str_format(arena, "%s/tests/golden/steps.txt", source)), KIB(64), &known));
    ck_assert_msg(str_eq(buf_str(&found), known), "%.*s", STR_ARG(buf_str(&found)));
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    on_both_engines(tc, a_document_goes_from_the_desk_to_the_citizen);
    on_both_engines(tc, the_events_are_the_only_outbox_rows);
    on_both_engines(tc, the_same_form_twice_makes_one_document);
    on_both_engines(tc, every_form_of_a_document_number_is_stored_as_one);
    on_both_engines(tc, a_number_that_is_none_stays_as_typed_and_is_refused_at_review);
    on_both_engines(tc, everything_that_is_missing_is_told_at_once);
    on_both_engines(tc, days_that_cannot_be_are_refused_at_review);
    on_both_engines(tc, a_ground_that_no_longer_holds_is_refused);
    on_both_engines(tc, only_the_version_one_saw_is_saved);
    on_both_engines(tc, what_is_in_review_cannot_be_changed);
    on_both_engines(tc, a_stale_page_of_a_text_in_review_blames_nobody);
    on_both_engines(tc, a_reopened_text_goes_through_review_again);
    on_both_engines(tc, a_discarded_draft_is_nowhere);
    on_both_engines(tc, late_publication_asks_for_a_reason_and_shows_it);
    on_both_engines(tc, a_reason_for_lateness_is_not_kept_of_what_is_in_time);
    on_both_engines(tc, a_year_without_announced_calendar_is_provisional);
    on_both_engines(tc, the_year_of_the_number_is_the_year_of_formation);
    on_both_engines(tc, addressees_get_it_to_read_and_copies_are_recorded_as_sent);
    on_both_engines(tc, a_unit_confirms_once);
    on_both_engines(tc, what_was_not_sent_to_a_unit_is_unknown_to_it);
    tcase_add_test(tc, the_steps_are_the_ones_we_know);
}
