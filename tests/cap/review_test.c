/*
 * review_test.c: four eyes, secrecy, and what an emergency may and may not skip.
 */
#include "paper.h"

#include "base/ban.h"

/* ---- four eyes ---- */

START_TEST(nobody_reviews_what_he_wrote)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(
        paper_save(f, f->head, id, NULL)); /* the head mended a comma: now he is a writer */
    ck_assert_well(paper_submit(f, f->author, id));
    const struct err *e = paper_conclude(f, f->head, id, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert(fault_has(e, "不能审查自己的稿件"));
    ck_assert_refused(paper_conclude(f, f->author, id, NULL), ERR_DENIED);
    int64_t other_head = paper_holder(f, "other-head", "section_head", f->section);
    ck_assert_well(paper_conclude(f, other_head, id, NULL));
    ck_assert_int_eq(paper_case(f, id).level_no, 2);
}
END_TEST

START_TEST(nobody_concludes_at_two_levels)
{
    struct fixture *f = paper_site(_i);
    fixture_grant(f, f->head, f->bureau, &MAY_REVIEW_OFFICE);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_well(paper_conclude(f, f->head, id, NULL));
    const struct err *e = paper_conclude(f, f->head, id, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert(fault_has(e, "不能审两级"));
    ck_assert_int_eq(paper_case(f, id).level_no, 2);
    ck_assert_well(paper_conclude(f, f->officer, id, NULL));
}
END_TEST

START_TEST(each_level_asks_its_own_right)
{
    struct fixture *f = paper_site(_i);
    const int64_t hands[] = {f->head, f->officer, f->secrecy, f->leader};
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    for (size_t level = 0; level < 4; level++) {
        for (size_t k = level + 1; k < 4; k++) {
            ck_assert_refused(paper_conclude(f, hands[k], id, NULL), ERR_DENIED);
        }
        ck_assert_well(paper_conclude(f, hands[level], id, NULL));
    }
}
END_TEST

START_TEST(a_writer_does_not_publish)
{
    struct fixture *f = paper_site(_i);
    int64_t second = paper_holder(f, "second", "office", f->bureau);
    int64_t id = paper_draft(
        f, f->officer, "unit_id", str_z(f->arena, str_from_int(f->arena, f->section)), NULL);
    ck_assert_well(paper_submit(f, f->officer, id));
    ck_assert_well(paper_conclude(f, f->head, id, NULL));
    ck_assert_well(paper_conclude(f, second, id, NULL));
    ck_assert_well(paper_conclude(f, f->secrecy, id, NULL));
    ck_assert_well(paper_conclude(f, f->leader, id, NULL));
    const struct err *e = paper_publish(f, f->officer, id, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert(fault_has(e, "起草人不能发布自己的稿件"));
    ck_assert_uint_eq(paper_number(f, id).n, 0);
    ck_assert_well(paper_publish(f, second, id, NULL));
}
END_TEST

START_TEST(publishing_is_a_right_of_its_own)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_approved(f, NULL);
    ck_assert_refused(paper_publish(f, f->author, id, NULL), ERR_DENIED);
    ck_assert_refused(paper_publish(f, f->head, id, NULL), ERR_DENIED);
    ck_assert_refused(paper_publish(f, f->secrecy, id, NULL), ERR_DENIED);
    ck_assert_refused(paper_publish(f, f->leader, id, NULL), ERR_DENIED);
    ck_assert_refused(paper_publish(f, f->outsider, id, NULL), ERR_DENIED);
    int64_t elsewhere = paper_holder(f, "elsewhere", "office", f->other_section);
    ck_assert_refused(paper_publish(f, elsewhere, id, NULL), ERR_UNKNOWN);
    ck_assert_str_is(paper_edition(f, id).status, "approved");
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
}
END_TEST

START_TEST(publishing_wants_a_fresh_proof_of_who_it_is)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_approved(f, NULL);
    struct ctx c = fixture_as(f, f->officer);
    struct op_done done = {0};
    c.actor.proved_lately = false;
    const struct err *e =
        fixture_do(&c, "document.publish", &done, "id", str_z(f->arena, str_from_int(f->arena, id)),
            "version", str_z(f->arena, str_from_int(f->arena, paper_edition(f, id).version)), NULL);
    ck_assert_refused(e, ERR_LOGIN);
    ck_assert_str_is(paper_edition(f, id).status, "approved");
}
END_TEST

START_TEST(a_school_does_not_touch_the_bureau)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_refused(paper_save(f, f->outsider, id, NULL), ERR_UNKNOWN);
    ck_assert_refused(paper_submit(f, f->outsider, id), ERR_UNKNOWN);
    ck_assert_refused(paper_do(f, f->outsider, "document.discard", id, NULL), ERR_UNKNOWN);
    const char *bureau = str_z(f->arena, str_from_int(f->arena, f->bureau));
    ck_assert_refused(paper_draft_try(f, f->outsider, NULL, "unit_id", bureau, NULL), ERR_DENIED);
    ck_assert_str_is(paper_edition(f, id).status, "draft");
}
END_TEST

START_TEST(a_school_publishes_under_its_own_code)
{
    struct fixture *f = paper_site(_i);
    int64_t school_head = paper_holder(f, "school-head", "school_head", f->school);
    int64_t id = paper_draft(f, f->outsider, NULL);
    ck_assert_well(paper_submit(f, f->outsider, id));
    ck_assert_well(paper_conclude(f, school_head, id, NULL));
    ck_assert_well(paper_conclude(f, f->officer, id, NULL));
    ck_assert_well(paper_conclude(f, f->secrecy, id, NULL));
    ck_assert_well(paper_conclude(f, f->leader, id, NULL));
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    ck_assert_str_is(paper_number(f, id), "QZ02115-2500-2026-00001");
}
END_TEST

START_TEST(a_right_that_ended_yesterday_is_gone)
{
    struct fixture *f = paper_site(_i);
    int64_t person = fixture_person(f, "former", "former", f->section);
    struct date from = DATE_NONE;
    struct date to = DATE_NONE;
    must(date_from_ymd(2020, 1, 1, &from) && date_from_ymd(2026, 7, 26, &to));
    fixture_hold(f, person, "section_head", f->section, from, to);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_refused(paper_conclude(f, person, id, NULL), ERR_DENIED);
}
END_TEST

/* ---- conclusions ---- */

START_TEST(proofs_are_done_before_a_pass)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    const struct err *e = paper_conclude(f, f->head, id, "proof_done", "0", NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "proof_done");
}
END_TEST

START_TEST(sending_back_says_why_and_begins_anew)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_to(f, id, 2);
    const struct err *e = paper_conclude(f, f->secrecy, id, "verdict", "return", NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "opinion");
    ck_assert_well(paper_conclude(f, f->secrecy, id, "verdict", "return", "secrecy", "part",
        "opinion", "第二段写了学生姓名", NULL));
    ck_assert_str_is(paper_edition(f, id).status, "draft");
    ck_assert_str_is(paper_case(f, id).status, "returned");
    struct ctx c = fixture_as(f, f->author);
    struct office_document o = {0};
    ck_assert_well(document_office_read(&c, id, &o));
    ck_assert_str_is(o.returned_reason, "保密审查退回：第二段写了学生姓名");
    ck_assert_refused(paper_publish(f, f->officer, id, NULL), ERR_CONFLICT);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_int_eq(paper_case(f, id).level_no, 1);
    paper_pass_all(f, id);
    ck_assert_str_is(paper_events(f, id),
        "drafted submitted review.level_passed review.level_passed review.returned returned "
        "submitted "
        "review.level_passed review.level_passed review.level_passed review.level_passed approved");
}
END_TEST

START_TEST(two_reviewers_of_one_level_the_second_is_told)
{
    struct fixture *f = paper_site(_i);
    int64_t second = paper_holder(f, "second", "section_head", f->section);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    struct q_paper_case_row k = paper_case(f, id);
    ck_assert_well(paper_conclude(f, f->head, id, NULL));
    fixture_grant(f, second, f->bureau, &MAY_REVIEW_OFFICE); /* what he saw was level one */
    const char *version = str_z(f->arena, str_from_int(f->arena, k.version));
    ck_assert_refused(paper_conclude(f, second, id, "version", version, NULL), ERR_CONFLICT);
}
END_TEST

START_TEST(a_reviewer_sees_what_changed_since_he_looked)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(
        f, f->author, "body", "<p>第一段没有改动过。</p><p>报名从七月一日开始。</p>", NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_well(
        paper_conclude(f, f->head, id, "verdict", "return", "opinion", "日期不对", NULL));
    ck_assert_well(paper_save(
        f, f->author, id, "body", "<p>第一段没有改动过。</p><p>报名从八月一日开始。</p>", NULL));
    ck_assert_well(paper_submit(f, f->author, id));
    struct review_case_view k = {0};
    struct review_diff diff = {0};
    ck_assert_well(paper_case_view(f, f->head, id, &k, &diff));
    ck_assert(k.may_conclude);
    ck_assert(diff.has_old);
    ck_assert(str_has(diff.old_label, S("您上次看的")));
    ck_assert_uint_eq(diff.rows.n, 2);
    ck_assert_int_eq(diff.rows.changes, 1);
    ck_assert(diff.rows.v[0].same && !diff.rows.v[1].same);
}
END_TEST

/* ---- secrecy ---- */

START_TEST(without_a_secrecy_conclusion_nothing_goes_on)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_to(f, id, 2);
    const struct err *e = paper_conclude(f, f->secrecy, id, "secrecy", "", NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "secrecy");
    ck_assert_refused(paper_publish(f, f->officer, id, NULL), ERR_CONFLICT);
}
END_TEST

START_TEST(what_is_partly_or_wholly_secret_is_not_passed)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_to(f, id, 2);
    const struct err *e = paper_conclude(f, f->secrecy, id, "secrecy", "part", NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "verdict");
    e = paper_conclude(f, f->secrecy, id, "secrecy", "closed", NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "ground verdict");
    e = paper_conclude(f, f->secrecy, id, "secrecy", "closed", "ground", "P1", "verdict", "return",
        "opinion", "不能公开", NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(
        fault_fields(f->arena, e), "ground"); /* a ground of the regulation before 2019 */
    ck_assert_well(paper_conclude(f, f->secrecy, id, "secrecy", "closed", "ground", "N1", "verdict",
        "return", "opinion", "不能公开", NULL));
    struct q_paper_steps_rows steps = paper_steps(f, id);
    ck_assert_str_is(steps.v[2].conclusion, "closed");
    ck_assert_str_is(steps.v[2].ground, "N1");
    ck_assert_str_is(paper_edition(f, id).status, "draft");
}
END_TEST

START_TEST(what_is_withheld_is_filed_with_its_decider_and_never_published)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, "attribute", "withheld", "ground", "N4", "ground_reason",
        "含第三方商业秘密，权利人不同意公开", "addressees", "云湖区实验小学", NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_to(f, id, 2);
    ck_assert_well(paper_conclude(f, f->secrecy, id, "secrecy", "closed", "ground", "N4", NULL));
    ck_assert_well(paper_conclude(f, f->leader, id, NULL));
    ck_assert_int_eq(paper_edition(f, id).decider_id, f->leader);
    const struct err *e = paper_publish(f, f->officer, id, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "attribute");
    ck_assert_refused(paper_do(f, f->author, "document.file", id, NULL), ERR_DENIED);
    ck_assert_well(paper_do(f, f->officer, "document.file", id, NULL));
    ck_assert_str_is(paper_document(f, id).status, "filed");
    ck_assert_uint_eq(paper_number(f, id).n, 0);
    ck_assert_refused(paper_publish(f, f->officer, id, NULL), ERR_CONFLICT);
    struct ctx c = fixture_as(f, f->outsider);
    struct reading_lines lines = {0};
    ck_assert_well(document_reading_list(&c, 50, &lines));
    ck_assert_uint_eq(lines.n, 1);
    ck_assert(!lines.v[0].is_public);
    paper_whole(f);
}
END_TEST

START_TEST(what_is_public_is_not_filed)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_approved(f, NULL);
    const struct err *e = paper_do(f, f->officer, "document.file", id, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "attribute");
}
END_TEST

START_TEST(the_decider_is_who_signed_whatever_the_order_of_the_chain)
{
    struct fixture *f = paper_site(_i);
    int64_t keeper = paper_holder(f, "system", "system", f->bureau);
    struct ctx c = fixture_as(f, keeper);
    struct op_done done = {0};
    ck_assert_well(fixture_do(&c, "review.chain_set", &done, "levels",
        "签发 | sign | review.sign\n保密审查 | secrecy | review.secrecy\n", NULL));
    int64_t id = paper_draft(f, f->author, "attribute", "on_request", "ground", "N5",
        "ground_reason", "内部事务信息", NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_well(paper_conclude(f, f->leader, id, NULL));
    ck_assert_well(paper_conclude(f, f->secrecy, id, NULL));
    ck_assert_str_is(paper_edition(f, id).status, "approved");
    ck_assert_int_eq(paper_edition(f, id).decider_id, f->leader);
}
END_TEST

/* ---- the chain ---- */

START_TEST(a_chain_has_two_hands_and_a_secrecy_review)
{
    struct fixture *f = paper_site(_i);
    int64_t keeper = paper_holder(f, "system", "system", f->bureau);
    struct ctx c = fixture_as(f, keeper);
    struct op_done done = {0};
    ck_assert_refused(fixture_do(&c, "review.chain_set", &done, "levels",
                          "科室 | content | review.section\n签发 | sign | review.sign", NULL),
        ERR_INVALID);
    ck_assert_refused(fixture_do(&c, "review.chain_set", &done, "levels",
                          "保密 | secrecy | review.secrecy", NULL),
        ERR_INVALID);
    ck_assert_refused(fixture_do(&c, "review.chain_set", &done, "levels",
                          "保密 | secrecy | review.secrecy\n发布 | sign | document.publish", NULL),
        ERR_INVALID);
    struct ctx officer = fixture_as(f, f->officer);
    ck_assert_refused(fixture_do(&officer, "review.chain_set", &done, "levels",
                          "科室 | content | review.section\n保密 | secrecy | review.secrecy", NULL),
        ERR_DENIED);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_uint_eq(paper_steps(f, id).n, 4);
}
END_TEST

START_TEST(a_changed_chain_counts_from_the_next_submission)
{
    struct fixture *f = paper_site(_i);
    int64_t keeper = paper_holder(f, "system", "system", f->bureau);
    int64_t before = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, before));
    struct ctx c = fixture_as(f, keeper);
    struct op_done done = {0};
    ck_assert_well(fixture_do(&c, "review.chain_set", &done, "publisher_id",
        str_z(f->arena, str_from_int(f->arena, f->bureau)), "levels",
        "科室审核 | content | review.section\n保密审查 | secrecy | review.secrecy\n", NULL));
    int64_t after = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, after));
    ck_assert_uint_eq(paper_steps(f, before).n, 4);
    ck_assert_uint_eq(paper_steps(f, after).n, 2);
    paper_pass_all(f, before);
    ck_assert_well(paper_conclude(f, f->head, after, NULL));
    ck_assert_well(paper_conclude(f, f->secrecy, after, NULL));
    ck_assert_str_is(paper_edition(f, after).status, "approved");
}
END_TEST

/* ---- emergencies ---- */

static int64_t at_secrecy_passed(struct fixture *f)
{
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_to(f, id, 3);
    return id;
}

#define REASON "emergency_reason", "台风停课，须立即告知家长"

START_TEST(an_emergency_does_not_skip_the_secrecy_review)
{
    struct fixture *f = paper_site(_i);
    int64_t urgent = paper_holder(f, "urgent", "emergency", f->bureau);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_refused(paper_do(f, urgent, "document.emergency", id, REASON, NULL), ERR_CONFLICT);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_to(f, id, 2);
    const struct err *e = paper_do(f, urgent, "document.emergency", id, REASON, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert(fault_has(e, "保密审查结论"));
    ck_assert_str_is(paper_edition(f, id).status, "in_review");
    ck_assert_well(paper_conclude(f, f->secrecy, id, NULL));
    ck_assert_well(paper_do(f, urgent, "document.emergency", id, REASON, NULL));
}
END_TEST

START_TEST(an_emergency_is_for_a_named_role_and_never_for_the_author)
{
    struct fixture *f = paper_site(_i);
    int64_t id = at_secrecy_passed(f);
    ck_assert_refused(paper_do(f, f->officer, "document.emergency", id, REASON, NULL), ERR_DENIED);
    ck_assert_refused(paper_do(f, f->leader, "document.emergency", id, REASON, NULL), ERR_DENIED);
    fixture_grant(f, f->author, f->bureau, &MAY_DOCUMENT_EMERGENCY);
    const struct err *e = paper_do(f, f->author, "document.emergency", id, REASON, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert(fault_has(e, "起草人不能发布"));
    int64_t urgent = paper_holder(f, "urgent", "emergency", f->bureau);
    e = paper_do(f, urgent, "document.emergency", id, NULL);
    ck_assert_refused(e, ERR_NOT_YET);
    ck_assert_str_is(fault_fields(f->arena, e), "emergency_reason");
}
END_TEST

START_TEST(an_emergency_is_marked_and_its_skipped_levels_are_caught_up)
{
    struct fixture *f = paper_site(_i);
    int64_t urgent = paper_holder(f, "urgent", "emergency", f->bureau);
    int64_t id = at_secrecy_passed(f);
    ck_assert_well(paper_do(f, urgent, "document.emergency", id, REASON, NULL));
    struct public_document d = paper_page(f, paper_number(f, id));
    ck_assert(d.emergency);
    ck_assert_str_is(paper_case(f, id).status, "emergency");
    struct q_paper_steps_rows steps = paper_steps(f, id);
    ck_assert_str_is(steps.v[2].status, "passed");
    ck_assert_str_is(steps.v[3].status, "skipped");
    struct review_case_view k = {0};
    ck_assert_well(paper_case_view(f, f->leader, id, &k, NULL));
    ck_assert_int_eq(k.catch_up_no, 4);
    ck_assert(str_has(k.steps.v[3].waiting_for, S("黄志强")));
    ck_assert_refused(paper_conclude(f, f->leader, id, NULL), ERR_CONFLICT);
    ck_assert_well(paper_catch_up(f, f->leader, id, 4, NULL));
    ck_assert_str_is(paper_steps(f, id).v[3].status, "caught_up");
    ck_assert_int_eq(paper_steps(f, id).v[3].person_id, f->leader);
    ck_assert_refused(paper_catch_up(f, f->leader, id, 4, NULL), ERR_CONFLICT);
    ck_assert_str_is(paper_events(f, id),
        "drafted submitted review.level_passed review.level_passed review.level_passed published "
        "review.caught_up");
}
END_TEST

START_TEST(in_an_urgent_case_secrecy_comes_before_its_turn_and_all_else_is_caught_up)
{
    struct fixture *f = paper_site(_i);
    int64_t urgent = paper_holder(f, "urgent", "emergency", f->bureau);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_refused(
        paper_conclude(f, f->secrecy, id, "no", "3", NULL), ERR_CONFLICT); /* not its turn */
    struct q_paper_case_row k = paper_case(f, id);
    struct sheet s = {0};
    sheet_id(f, &s, "id", k.case_id);
    sheet_id(f, &s, "version", k.version);
    sheet_put(&s, "reason", "台风停课，须立即告知家长");
    ck_assert_refused(sheet_run(f, f->officer, "review.urgent", &s, NULL), ERR_DENIED);
    ck_assert_refused(sheet_run(f, f->author, "review.urgent", &s, NULL), ERR_DENIED);
    ck_assert_well(sheet_run(f, urgent, "review.urgent", &s, NULL));
    ck_assert_refused(paper_do(f, urgent, "document.emergency", id, REASON, NULL), ERR_NOT_YET);
    ck_assert_refused(paper_conclude(f, f->leader, id, "no", "4", NULL),
        ERR_CONFLICT); /* only secrecy comes forward */
    ck_assert_well(paper_conclude(f, f->secrecy, id, "no", "3", NULL));
    ck_assert_well(paper_do(f, urgent, "document.emergency", id, REASON, NULL));
    struct q_paper_steps_rows steps = paper_steps(f, id);
    ck_assert_str_is(steps.v[0].status, "skipped");
    ck_assert_str_is(steps.v[1].status, "skipped");
    ck_assert_str_is(steps.v[2].status, "passed");
    ck_assert_str_is(steps.v[3].status, "skipped");
    ck_assert_well(paper_catch_up(f, f->leader, id, 4, NULL));
    ck_assert_well(paper_catch_up(f, f->head, id, 1, NULL));
    ck_assert_well(paper_catch_up(
        f, f->officer, id, 2, "verdict", "return", "opinion", "数字有误，请更正", NULL));
    ck_assert_str_is(paper_steps(f, id).v[1].status, "caught_up");
    ck_assert_str_is(paper_steps(f, id).v[1].conclusion, "return");
    paper_whole(f);
}
END_TEST

START_TEST(after_secrecy_came_first_the_others_follow_in_order)
{
    struct fixture *f = paper_site(_i);
    int64_t urgent = paper_holder(f, "urgent", "emergency", f->bureau);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    struct sheet s = {0};
    sheet_id(f, &s, "id", paper_case(f, id).case_id);
    sheet_id(f, &s, "version", paper_case(f, id).version);
    sheet_put(&s, "reason", "台风停课，须立即告知家长");
    ck_assert_well(sheet_run(f, urgent, "review.urgent", &s, NULL));
    ck_assert_well(paper_conclude(f, f->secrecy, id, "no", "3", NULL));
    ck_assert_int_eq(paper_case(f, id).level_no, 1);
    ck_assert_well(paper_conclude(f, f->head, id, NULL));
    ck_assert_well(paper_conclude(f, f->officer, id, NULL));
    ck_assert_int_eq(paper_case(f, id).level_no, 4);
    ck_assert_well(paper_conclude(f, f->leader, id, NULL));
    ck_assert_str_is(paper_edition(f, id).status, "approved");
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
}
END_TEST

START_TEST(catching_up_is_for_the_right_people_only)
{
    struct fixture *f = paper_site(_i);
    int64_t urgent = paper_holder(f, "urgent", "emergency", f->bureau);
    fixture_grant(f, f->author, f->bureau, &MAY_REVIEW_SIGN);
    fixture_grant(f, f->head, f->bureau, &MAY_REVIEW_SIGN);
    int64_t id = at_secrecy_passed(f);
    ck_assert_well(paper_do(f, urgent, "document.emergency", id, REASON, NULL));
    ck_assert_refused(paper_catch_up(f, urgent, id, 4, NULL), ERR_DENIED);
    ck_assert_refused(paper_catch_up(f, f->officer, id, 4, NULL), ERR_DENIED);
    ck_assert_refused(paper_catch_up(f, f->author, id, 4, NULL), ERR_NOT_YET); /* wrote it */
    ck_assert_refused(
        paper_catch_up(f, f->head, id, 4, NULL), ERR_NOT_YET); /* was at another level */
    ck_assert_refused(
        paper_catch_up(f, f->secrecy, id, 3, NULL), ERR_CONFLICT); /* was not skipped */
    ck_assert_refused(paper_catch_up(f, f->leader, id, 9, NULL), ERR_UNKNOWN);
    fixture_grant(f, urgent, f->bureau, &MAY_REVIEW_SIGN);
    ck_assert_refused(paper_catch_up(f, urgent, id, 4, NULL), ERR_NOT_YET); /* he published it */
    ck_assert_well(paper_catch_up(f, f->leader, id, 4, NULL));
}
END_TEST

START_TEST(an_ordinary_case_cannot_be_caught_up)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_refused(paper_catch_up(f, f->leader, id, 4, NULL), ERR_CONFLICT);
    ck_assert_str_is(paper_steps(f, id).v[3].status, "waiting");
}
END_TEST

/* ---- worklists ---- */

struct ask_work {
    work_fn *work;
    struct work_items items;
};

static const struct err *ask_work(struct ctx *c, void *arg)
{
    struct ask_work *a = arg;
    return a->work(c, &a->items);
}

/* How many lines of somebody's worklist ask for this action. */
static size_t work_of(struct fixture *f, int64_t person, const char *action)
{
    struct ctx c = fixture_as(f, person);
    struct capabilities all = registry_all();
    size_t n = 0;
    for (size_t i = 0; i < all.n; i++) {
        struct ask_work a = {.work = all.v[i]->work};
        if (a.work == NULL) {
            continue;
        }
        ck_assert_well(ctx_read(&c, AUDIENCE_STAFF, ask_work, &a));
        for (size_t k = 0; k < a.items.n; k++) {
            n += str_eq(a.items.v[k].action, str_from(action));
        }
    }
    return n;
}

START_TEST(the_worklist_asks_only_who_may_act)
{
    struct fixture *f = paper_site(_i);
    int64_t urgent = paper_holder(f, "urgent", "emergency", f->bureau);
    int64_t id = paper_draft(f, f->author, NULL);
    ck_assert_uint_eq(work_of(f, f->author, "去修改"), 1);
    ck_assert_uint_eq(work_of(f, f->outsider, "去修改"), 0);
    ck_assert_well(paper_submit(f, f->author, id));
    ck_assert_uint_eq(work_of(f, f->head, "去审核"), 1);
    ck_assert_uint_eq(work_of(f, f->leader, "去审核"), 0);
    ck_assert_uint_eq(work_of(f, f->author, "去审核"), 0);
    paper_pass_to(f, id, 3);
    ck_assert_uint_eq(work_of(f, f->head, "去审核"), 0);
    ck_assert_uint_eq(work_of(f, f->leader, "去审核"), 1);
    ck_assert_well(paper_do(f, urgent, "document.emergency", id, REASON, NULL));
    ck_assert_uint_eq(work_of(f, f->leader, "去补审"), 1);
    ck_assert_uint_eq(work_of(f, f->secrecy, "去补审"), 0);
    ck_assert_well(paper_catch_up(f, f->leader, id, 4, NULL));
    ck_assert_uint_eq(work_of(f, f->leader, "去补审"), 0);
    int64_t ready = paper_approved(f, NULL);
    ck_assert_uint_eq(work_of(f, f->officer, "去发布"), 1);
    ck_assert_uint_eq(work_of(f, f->author, "去发布"), 0);
    ck_assert_well(paper_publish(f, f->officer, ready, NULL));
    ck_assert_uint_eq(work_of(f, f->officer, "去发布"), 0);
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    on_both_engines(tc, nobody_reviews_what_he_wrote);
    on_both_engines(tc, nobody_concludes_at_two_levels);
    on_both_engines(tc, each_level_asks_its_own_right);
    on_both_engines(tc, a_writer_does_not_publish);
    on_both_engines(tc, publishing_is_a_right_of_its_own);
    on_both_engines(tc, publishing_wants_a_fresh_proof_of_who_it_is);
    on_both_engines(tc, a_school_does_not_touch_the_bureau);
    on_both_engines(tc, a_school_publishes_under_its_own_code);
    on_both_engines(tc, a_right_that_ended_yesterday_is_gone);
    on_both_engines(tc, proofs_are_done_before_a_pass);
    on_both_engines(tc, sending_back_says_why_and_begins_anew);
    on_both_engines(tc, two_reviewers_of_one_level_the_second_is_told);
    on_both_engines(tc, a_reviewer_sees_what_changed_since_he_looked);
    on_both_engines(tc, without_a_secrecy_conclusion_nothing_goes_on);
    on_both_engines(tc, what_is_partly_or_wholly_secret_is_not_passed);
    on_both_engines(tc, what_is_withheld_is_filed_with_its_decider_and_never_published);
    on_both_engines(tc, what_is_public_is_not_filed);
    on_both_engines(tc, the_decider_is_who_signed_whatever_the_order_of_the_chain);
    on_both_engines(tc, a_chain_has_two_hands_and_a_secrecy_review);
    on_both_engines(tc, a_changed_chain_counts_from_the_next_submission);
    on_both_engines(tc, an_emergency_does_not_skip_the_secrecy_review);
    on_both_engines(tc, an_emergency_is_for_a_named_role_and_never_for_the_author);
    on_both_engines(tc, an_emergency_is_marked_and_its_skipped_levels_are_caught_up);
    on_both_engines(tc, in_an_urgent_case_secrecy_comes_before_its_turn_and_all_else_is_caught_up);
    on_both_engines(tc, after_secrecy_came_first_the_others_follow_in_order);
    on_both_engines(tc, catching_up_is_for_the_right_people_only);
    on_both_engines(tc, an_ordinary_case_cannot_be_caught_up);
    on_both_engines(tc, the_worklist_asks_only_who_may_act);
}
