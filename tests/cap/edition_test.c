/*
 * edition_test.c: corrections, withdrawals, and documents that replace others.
 */
#include "paper.h"

#include "base/ban.h"

static const struct file plan = {
    .name = S_INIT("名单.pdf"),
    .media_type = S_INIT("application/pdf"),
    .digest = S_INIT("1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
    .size_bytes = 1000,
};

#define OLD "<p>联系人张三，电话见附件，请各校按时报送。</p>"
#define NEW "<p>联系人见通知，电话见附件，请各校按时报送。</p>"

/* A published document with one attachment. */
static int64_t published_with_file(struct fixture *f)
{
    struct sheet s = {0};
    struct op_done done = {0};
    sheet_put(&s, "title", "关于报送名单的通知");
    sheet_put(&s, "category", "2500");
    sheet_put(&s, "signed_on", "2026-07-20");
    sheet_put(&s, "body", OLD);
    sheet_put(&s, "part_title", "名单");
    sheet_put(&s, "part_body", "<p>张三，男，实验小学。</p>");
    sheet_file(&s, &plan);
    ck_assert_well(sheet_run(f, f->author, "document.create", &s, &done));
    ck_assert_well(paper_submit(f, f->author, done.id));
    paper_pass_all(f, done.id);
    ck_assert_well(paper_publish(f, f->officer, done.id, NULL));
    return done.id;
}

static void begin_correction(struct fixture *f, int64_t id, const char *kind)
{
    ck_assert_well(paper_do(f, f->author, "document.correct", id, "change_kind", kind,
        "change_reason", "姓名不应公开", NULL));
}

/* From the draft of a correction to its publication. */
static void finish_correction(struct fixture *f, int64_t id)
{
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_all(f, id);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
}

static void correct(struct fixture *f, int64_t id, const char *kind, bool remove_file)
{
    struct ctx c = fixture_as(f, f->author);
    struct office_document o = {0};
    begin_correction(f, id, kind);
    ck_assert_well(document_office_read(&c, id, &o));
    ck_assert_uint_eq(o.files.n, 1);
    const char *file = str_z(f->arena, str_from_int(f->arena, o.files.v[0].file_id));
    ck_assert_well(
        paper_save(f, f->author, id, "title", "关于报送名单的通知", "body", NEW, "change_reason",
            "姓名不应公开", remove_file ? "remove_file" : "remark", remove_file ? file : "", NULL));
    finish_correction(f, id);
}

static bool file_is_public(struct fixture *f)
{
    struct ctx citizen = paper_citizen(f);
    struct file file = {0};
    const struct err *e = document_public_file(&citizen, plan.digest, plan.name, &file);
    ck_assert(e == NULL || e->kind == ERR_UNKNOWN);
    return e == NULL;
}

/* ---- corrections ---- */

START_TEST(a_correction_is_a_new_edition_and_the_old_one_stays_readable)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    struct str number = paper_number(f, id);
    fixture_day(f, 2027, 3, 1); /* long after the twentieth working day: no reason is asked again */
    correct(f, id, "correction", false);
    ck_assert_str_is(paper_editions(f, id), "1:superseded 2:published");
    ck_assert_str_is(paper_number(f, id), str_z(f->arena, number));
    struct public_document d = paper_page(f, number);
    ck_assert_int_eq(d.edition_no, 2);
    ck_assert(d.current);
    ck_assert_str_is(d.change_reason, "姓名不应公开");
    ck_assert(str_has(d.parts.v[0].body.safe, S("见通知")));
    ck_assert_uint_eq(d.editions.n, 2);
    ck_assert_str_is(d.shown_text, "2027-03-01 10:00");
    ck_assert(!d.clock.late);
    ck_assert_well(paper_read(f, number, 1, &d));
    ck_assert(!d.current);
    ck_assert_int_eq(d.edition_no, 1);
    ck_assert(str_has(d.parts.v[0].body.safe, S("张三")));
    ck_assert_refused(paper_read(f, number, 3, &d), ERR_UNKNOWN);
    ck_assert(str_has(paper_events(f, id), S("correction_begun saved submitted")));
    ck_assert(str_has(paper_events(f, id), S("approved superseded published")));
    paper_whole(f);
}
END_TEST

START_TEST(while_a_correction_is_written_the_public_page_does_not_change)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    begin_correction(f, id, "correction");
    ck_assert_well(paper_save(
        f, f->author, id, "title", "新标题还没有公开", "change_reason", "标题有误", NULL));
    struct public_document d = paper_page(f, paper_number(f, id));
    ck_assert_str_is(d.title, "关于报送名单的通知");
    ck_assert_int_eq(d.edition_no, 1);
    ck_assert_refused(paper_read(f, paper_number(f, id), 2, &d), ERR_UNKNOWN);
    paper_whole(f);
}
END_TEST

START_TEST(a_correction_needs_its_reason_and_keeps_what_is_typed)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    ck_assert_refused(
        paper_do(f, f->author, "document.correct", id, "change_kind", "correction", NULL),
        ERR_INVALID);
    begin_correction(f, id, "correction");
    ck_assert_well(paper_save(f, f->author, id, "change_reason", "", NULL));
    const struct err *e = paper_submit(f, f->author, id);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "change_reason");
    ck_assert_well(paper_save(f, f->author, id, "change_reason", "第二段日期有误", NULL));
    ck_assert_str_is(paper_edition(f, id).change_reason, "第二段日期有误");
    finish_correction(f, id);
    ck_assert_str_is(paper_page(f, paper_number(f, id)).change_reason, "第二段日期有误");
}
END_TEST

/* Personal data and secrets: nothing of the old edition is reachable. */
static void hides_the_old(struct fixture *f, const char *kind)
{
    int64_t id = published_with_file(f);
    struct str number = paper_number(f, id);
    ck_assert(file_is_public(f));
    correct(f, id, kind, true);
    ck_assert_str_is(paper_editions(f, id), "1:withdrawn 2:published");
    struct public_document d = paper_page(f, number);
    ck_assert_uint_eq(d.editions.n, 1);
    ck_assert_uint_eq(d.files.n, 0);
    ck_assert(!str_has(d.parts.v[0].body.safe, S("张三")));
    ck_assert_refused(paper_read(f, number, 1, &d), ERR_UNKNOWN);
    ck_assert(!file_is_public(f));
    paper_whole(f);
}

START_TEST(a_correction_for_personal_data_hides_what_was_before)
{
    hides_the_old(paper_site(_i), "personal");
}
END_TEST

START_TEST(a_correction_for_secrecy_hides_what_was_before)
{
    hides_the_old(paper_site(_i), "secrecy");
}
END_TEST

START_TEST(hiding_reaches_every_edition_before)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    correct(f, id, "correction", false);
    correct(f, id, "secrecy", true);
    ck_assert_str_is(paper_editions(f, id), "1:withdrawn 2:withdrawn 3:published");
    struct public_document d = {0};
    ck_assert_refused(paper_read(f, paper_number(f, id), 1, &d), ERR_UNKNOWN);
    ck_assert_refused(paper_read(f, paper_number(f, id), 2, &d), ERR_UNKNOWN);
    ck_assert(!file_is_public(f));
    paper_whole(f);
}
END_TEST

START_TEST(only_one_correction_at_a_time)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    begin_correction(f, id, "correction");
    ck_assert_refused(paper_do(f, f->head, "document.correct", id, "change_kind", "other",
                          "change_reason", "也要改", NULL),
        ERR_CONFLICT);
}
END_TEST

START_TEST(a_discarded_correction_leaves_the_public_edition_and_the_next_one_works)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    begin_correction(f, id, "correction");
    ck_assert_well(paper_do(f, f->author, "document.discard", id, NULL));
    ck_assert_str_is(paper_document(f, id).status, "public");
    ck_assert_int_eq(paper_page(f, paper_number(f, id)).edition_no, 1);
    correct(f, id, "correction", false);
    ck_assert_str_is(paper_editions(f, id), "1:superseded 2:discarded 3:published");
    ck_assert_int_eq(paper_page(f, paper_number(f, id)).edition_no, 3);
    paper_whole(f);
}
END_TEST

/* ---- withdrawal ---- */

static void withdraw(struct fixture *f, int64_t id, const char *kind)
{
    ck_assert_well(paper_do(
        f, f->officer, "document.withdraw", id, "kind", kind, "reason", "内容需要核实", NULL));
}

START_TEST(a_withdrawal_leaves_its_reason_and_nothing_else)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    struct str number = paper_number(f, id);
    correct(f, id, "correction", false);
    withdraw(f, id, "personal");
    ck_assert_str_is(paper_editions(f, id), "1:withdrawn 2:withdrawn");
    struct public_document d = paper_page(f, number);
    ck_assert(d.withdrawn);
    ck_assert_str_is(d.withdrawn_reason, "内容需要核实");
    ck_assert_str_is(d.withdrawn_label, "含有个人信息");
    ck_assert_int_eq(d.withdrawn_at.ms, clock_now(&f->clock).ms);
    ck_assert_uint_eq(d.title.n, 0);
    ck_assert_uint_eq(d.withdrawn_title.n, 0);
    ck_assert_uint_eq(d.parts.n, 0);
    ck_assert_uint_eq(d.files.n, 0);
    ck_assert(!file_is_public(f));
    ck_assert_well(paper_read(f, number, 1, &d)); /* the same leaf, whatever edition is asked for */
    ck_assert(d.withdrawn && d.parts.n == 0);
    paper_whole(f);
}
END_TEST

START_TEST(only_harmless_kinds_of_withdrawal_keep_the_title)
{
    struct fixture *f = paper_site(_i);
    static const struct {
        const char *kind;
        bool titled;
    } kinds[] = {{"personal", false}, {"secrecy", false}, {"mistaken", true}, {"superseded", true},
        {"other", true}};
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        int64_t id = paper_published(f, NULL);
        withdraw(f, id, kinds[i].kind);
        struct public_document d = paper_page(f, paper_number(f, id));
        ck_assert_int_eq(d.withdrawn_title.n > 0, kinds[i].titled);
    }
    paper_whole(f);
}
END_TEST

START_TEST(withdrawing_is_a_right_with_a_reason_and_happens_once)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_published(f, NULL);
    ck_assert_refused(
        paper_do(f, f->author, "document.withdraw", id, "kind", "other", "reason", "理由", NULL),
        ERR_DENIED);
    ck_assert_refused(
        paper_do(f, f->officer, "document.withdraw", id, "kind", "other", NULL), ERR_INVALID);
    withdraw(f, id, "other");
    ck_assert_refused(
        paper_do(f, f->officer, "document.withdraw", id, "kind", "other", "reason", "理由", NULL),
        ERR_CONFLICT);
    ck_assert_refused(paper_do(f, f->author, "document.correct", id, "change_kind", "other",
                          "change_reason", "理由", NULL),
        ERR_CONFLICT);
}
END_TEST

START_TEST(the_number_of_what_was_withdrawn_is_never_given_again)
{
    struct fixture *f = paper_site(_i);
    int64_t first = paper_published(f, NULL);
    withdraw(f, first, "mistaken");
    int64_t second = paper_published(f, NULL);
    ck_assert_str_is(paper_number(f, first), "QZ02114-2500-2026-00001");
    ck_assert_str_is(paper_number(f, second), "QZ02114-2500-2026-00002");
}
END_TEST

START_TEST(a_correction_under_way_may_come_back_after_a_withdrawal)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    struct str number = paper_number(f, id);
    begin_correction(f, id, "personal");
    withdraw(f, id, "personal");
    ck_assert(paper_page(f, number).withdrawn);
    ck_assert_well(paper_save(f, f->author, id, "body", NEW, "change_reason", "删去姓名", NULL));
    finish_correction(f, id);
    struct public_document d = paper_page(f, number);
    ck_assert(!d.withdrawn);
    ck_assert_int_eq(d.edition_no, 2);
    ck_assert_refused(paper_read(f, number, 1, &d), ERR_UNKNOWN);
    ck_assert_str_is(paper_editions(f, id), "1:withdrawn 2:published");
    paper_whole(f);
}
END_TEST

START_TEST(what_was_sent_to_a_unit_loses_its_text_with_the_withdrawal)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_published(f, "addressees", "云湖区实验小学", NULL);
    struct ctx c = fixture_as(f, f->outsider);
    struct office_document o = {0};
    ck_assert_well(document_delivered_read(&c, id, &o));
    ck_assert_uint_eq(o.parts.n, 1);
    withdraw(f, id, "personal");
    ck_assert_well(document_delivered_read(&c, id, &o));
    ck_assert_uint_eq(o.parts.n, 0);
    ck_assert(!str_has(o.title, S("安全教育")));
    struct reading_lines lines = {0};
    ck_assert_well(document_reading_list(&c, 10, &lines));
    ck_assert_uint_eq(lines.n, 1);
    ck_assert(!str_has(lines.v[0].title, S("安全教育")));
}
END_TEST

/* ---- replacing ---- */

START_TEST(what_is_replaced_is_repealed_and_both_pages_say_so)
{
    struct fixture *f = paper_site(_i);
    int64_t old = paper_published(f, "doc_number", "云教〔2026〕1号", NULL);
    int64_t by_number =
        paper_approved(f, "doc_number", "云教〔2026〕2号", "replaces", "云教[2026]1号", NULL);
    ck_assert_int_eq(paper_edition(f, by_number).replaces_id, old);
    ck_assert(paper_page(f, paper_number(f, old)).in_force); /* not before it is public */
    ck_assert_well(paper_publish(f, f->officer, by_number, NULL));
    struct public_document before = paper_page(f, paper_number(f, old));
    struct public_document after = paper_page(f, paper_number(f, by_number));
    ck_assert(!before.in_force);
    ck_assert_str_is(before.validity, "repealed");
    ck_assert_str_is(before.replaced_by.number, str_z(f->arena, after.number));
    ck_assert_uint_eq(after.replaced.n, 1);
    ck_assert_str_is(after.replaced.v[0].number, str_z(f->arena, before.number));
    ck_assert(str_has(paper_events(f, old), S("published validity_changed")));
    int64_t by_index = paper_published(f, "replaces", str_z(f->arena, after.number), NULL);
    ck_assert_int_eq(paper_document(f, by_number).replaced_by_id, by_index);
    paper_whole(f);
}
END_TEST

START_TEST(a_school_repeals_nothing_of_the_bureau)
{
    struct fixture *f = paper_site(_i);
    int64_t school_head = paper_holder(f, "school-head", "school_head", f->school);
    int64_t bureau = paper_published(f, "doc_number", "云教〔2026〕1号", NULL);
    int64_t id = paper_draft(
        f, f->outsider, "doc_number", "云实小〔2026〕1号", "replaces", "云教〔2026〕1号", NULL);
    ck_assert_well(paper_submit(f, f->outsider, id));
    const int64_t hands[] = {school_head, f->officer, f->secrecy, f->leader};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_well(paper_conclude(f, hands[i], id, NULL));
    }
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    ck_assert(paper_page(f, paper_number(f, bureau)).in_force);
    ck_assert_uint_eq(paper_page(f, paper_number(f, bureau)).replaced_by.number.n, 0);
    int64_t over = paper_published(f, "replaces", "云实小〔2026〕1号", NULL); /* the bureau may */
    ck_assert_int_eq(paper_document(f, id).replaced_by_id, over);
}
END_TEST

START_TEST(a_withdrawn_successor_is_not_linked)
{
    struct fixture *f = paper_site(_i);
    int64_t old = paper_published(f, "doc_number", "云教〔2026〕1号", NULL);
    int64_t successor = paper_published(f, "replaces", "云教〔2026〕1号", NULL);
    withdraw(f, successor, "secrecy");
    struct public_document d = paper_page(f, paper_number(f, old));
    ck_assert_uint_eq(d.replaced_by.number.n, 0);
    ck_assert_uint_eq(d.replaced_by.title.n, 0);
}
END_TEST

START_TEST(validity_runs_out_by_itself)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_published(f, "valid_to", "2026-08-31", NULL);
    fixture_day(f, 2026, 8, 31);
    ck_assert(paper_page(f, paper_number(f, id)).in_force);
    fixture_day(f, 2026, 9, 1);
    struct public_document d = paper_page(f, paper_number(f, id));
    ck_assert(!d.in_force);
    ck_assert_str_is(d.validity, "expired");
    ck_assert_str_is(d.validity_label, "已失效");
    struct ctx citizen = paper_citizen(f);
    struct public_list list = {0};
    struct list_filter all = {0};
    ck_assert_well(document_public_list(&citizen, &all, 10, false, &list));
    ck_assert(!list.lines.v[0].in_force);
}
END_TEST

START_TEST(validity_is_changed_with_a_reason_by_who_publishes)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_published(f, NULL);
    ck_assert_refused(paper_do(f, f->author, "document.validity", id, "validity", "repealed",
                          "reason", "依据", NULL),
        ERR_DENIED);
    const struct err *e =
        paper_do(f, f->officer, "document.validity", id, "validity", "repealed", NULL);
    ck_assert_refused(e, ERR_INVALID);
    ck_assert_str_is(fault_fields(f->arena, e), "reason");
    ck_assert_well(paper_do(f, f->officer, "document.validity", id, "validity", "repealed",
        "reason", "依据新条例废止", NULL));
    struct public_document d = paper_page(f, paper_number(f, id));
    ck_assert_str_is(d.validity_label, "已废止");
    ck_assert_str_is(d.validity_reason, "依据新条例废止");
    ck_assert_well(paper_do(f, f->officer, "document.validity", id, "validity", "in_force", NULL));
    ck_assert(paper_page(f, paper_number(f, id)).in_force);
    int64_t draft = paper_draft(f, f->author, NULL);
    ck_assert_refused(paper_do(f, f->officer, "document.validity", draft, "validity", "repealed",
                          "reason", "依据", NULL),
        ERR_CONFLICT);
}
END_TEST

START_TEST(a_correction_does_not_bring_back_what_was_repealed)
{
    struct fixture *f = paper_site(_i);
    int64_t id = published_with_file(f);
    ck_assert_well(paper_do(f, f->officer, "document.validity", id, "validity", "repealed",
        "reason", "依据新条例废止", NULL));
    correct(f, id, "correction", false);
    ck_assert_str_is(paper_page(f, paper_number(f, id)).validity, "repealed");
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    on_both_engines(tc, a_correction_is_a_new_edition_and_the_old_one_stays_readable);
    on_both_engines(tc, while_a_correction_is_written_the_public_page_does_not_change);
    on_both_engines(tc, a_correction_needs_its_reason_and_keeps_what_is_typed);
    on_both_engines(tc, a_correction_for_personal_data_hides_what_was_before);
    on_both_engines(tc, a_correction_for_secrecy_hides_what_was_before);
    on_both_engines(tc, hiding_reaches_every_edition_before);
    on_both_engines(tc, only_one_correction_at_a_time);
    on_both_engines(tc, a_discarded_correction_leaves_the_public_edition_and_the_next_one_works);
    on_both_engines(tc, a_withdrawal_leaves_its_reason_and_nothing_else);
    on_both_engines(tc, only_harmless_kinds_of_withdrawal_keep_the_title);
    on_both_engines(tc, withdrawing_is_a_right_with_a_reason_and_happens_once);
    on_both_engines(tc, the_number_of_what_was_withdrawn_is_never_given_again);
    on_both_engines(tc, a_correction_under_way_may_come_back_after_a_withdrawal);
    on_both_engines(tc, what_was_sent_to_a_unit_loses_its_text_with_the_withdrawal);
    on_both_engines(tc, what_is_replaced_is_repealed_and_both_pages_say_so);
    on_both_engines(tc, a_school_repeals_nothing_of_the_bureau);
    on_both_engines(tc, a_withdrawn_successor_is_not_linked);
    on_both_engines(tc, validity_runs_out_by_itself);
    on_both_engines(tc, validity_is_changed_with_a_reason_by_who_publishes);
    on_both_engines(tc, a_correction_does_not_bring_back_what_was_repealed);
}
