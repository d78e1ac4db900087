/*
 * document_public_test.c: what a citizen cannot reach looks as if it were not there; what he can
 * reach is all there.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "paper.h"

#include <stdio.h>

#include "base/ban.h"

/* ---- hidden and non-existent ---- */

static struct buf *trace;

static void note(const struct statement *s)
{
    buf_format(trace, "%s ", s->name);
}

/* How a question of a citizen was answered: kind, words, and the statements it took. */
struct answer {
    const struct err *e;
    struct str statements;
};

struct question {
    struct str number;
    int edition;
    struct str digest, name; /* of a file; else a page */
};

static struct answer ask(struct fixture *f, const struct question *q)
{
    struct ctx c = paper_citizen(f);
    struct public_document d = {0};
    struct file file = {0};
    struct buf b = buf_make(f->arena, KIB(8));
    struct answer a = {0};
    trace = &b;
    store_trace_hook = note;
    a.e = q->digest.n > 0 ? document_public_file(&c, q->digest, q->name, &file)
                          : document_public_read(&c, q->number, q->edition, &d);
    store_trace_hook = NULL;
    a.statements = buf_str(&b);
    ck_assert_uint_gt(a.statements.n, 0);
    return a;
}

static void answered_alike(
    struct fixture *f, const struct question *hidden, const struct question *absent)
{
    struct answer a = ask(f, hidden);
    struct answer b = ask(f, absent);
    ck_assert_refused(a.e, ERR_UNKNOWN);
    ck_assert_refused(b.e, ERR_UNKNOWN);
    ck_assert_str_is(a.e->words, str_z(f->arena, b.e->words));
    ck_assert_uint_eq(a.e->faults.n, b.e->faults.n);
    ck_assert_str_is(a.statements, str_z(f->arena, b.statements));
}

#define DIGEST_HIDDEN "1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
#define DIGEST_ABSENT "2223456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static int64_t draft_with_file(struct fixture *f)
{
    static const struct file secret = {.name = S_INIT("名单.pdf"),
        .media_type = S_INIT("application/pdf"),
        .digest = S_INIT(DIGEST_HIDDEN),
        .size_bytes = 10};
    struct sheet s = {0};
    struct op_done done = {0};
    sheet_put(&s, "title", "关于报送名单的通知");
    sheet_put(&s, "category", "2500");
    sheet_put(&s, "signed_on", "2026-07-20");
    sheet_put(&s, "body", "<p>请各校按时报送名单，名单见附件。</p>");
    sheet_file(&s, &secret);
    ck_assert_well(sheet_run(f, f->author, "document.create", &s, &done));
    return done.id;
}

static void file_is_hidden(struct fixture *f)
{
    struct question hidden = {.digest = S(DIGEST_HIDDEN), .name = S("名单.pdf")};
    struct question absent = {.digest = S(DIGEST_ABSENT), .name = S("名单.pdf")};
    answered_alike(f, &hidden, &absent);
}

/* By its id, which is the only name it has. */
static void page_is_hidden(struct fixture *f, int64_t id)
{
    struct question hidden = {.number = str_from_int(f->arena, id)};
    struct question absent = {.number = S("QZ02114-2500-2026-99999")};
    answered_alike(f, &hidden, &absent);
}

static void list_is_empty(struct fixture *f)
{
    struct ctx c = paper_citizen(f);
    struct public_list list = {0};
    struct list_filter all = {0};
    ck_assert_well(document_public_list(&c, &all, 10, true, &list));
    ck_assert_uint_eq(list.lines.n, 0);
    ck_assert_int_eq(list.total, 0);
    ck_assert_uint_eq(list.years.n, 0);
}

START_TEST(what_is_on_its_way_is_hidden_at_every_station)
{
    struct fixture *f = paper_site(_i);
    int64_t id = draft_with_file(f);
    page_is_hidden(f, id);
    file_is_hidden(f);
    ck_assert_well(paper_submit(f, f->author, id));
    page_is_hidden(f, id);
    file_is_hidden(f);
    paper_pass_all(f, id);
    page_is_hidden(f, id);
    file_is_hidden(f);
    list_is_empty(f);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    struct ctx c = paper_citizen(f);
    struct file file = {0};
    ck_assert_well(document_public_file(&c, S(DIGEST_HIDDEN), S("名单.pdf"), &file));
    ck_assert_refused(
        document_public_file(&c, S(DIGEST_HIDDEN), S("别的名字.pdf"), &file), ERR_UNKNOWN);
}
END_TEST

START_TEST(what_was_discarded_or_filed_is_hidden)
{
    struct fixture *f = paper_site(_i);
    int64_t discarded = draft_with_file(f);
    ck_assert_well(paper_do(f, f->author, "document.discard", discarded, NULL));
    page_is_hidden(f, discarded);
    file_is_hidden(f);
    int64_t filed = paper_approved(
        f, "attribute", "withheld", "ground", "N5", "ground_reason", "内部事务信息", NULL);
    ck_assert_well(paper_do(f, f->officer, "document.file", filed, NULL));
    page_is_hidden(f, filed);
    list_is_empty(f);
}
END_TEST

START_TEST(editions_in_work_or_hidden_are_like_editions_that_never_were)
{
    struct fixture *f = paper_site(_i);
    int64_t id = draft_with_file(f);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_all(f, id);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    struct str number = paper_number(f, id);
    struct question absent = {.number = number, .edition = 7};
    ck_assert_well(paper_do(f, f->author, "document.correct", id, "change_kind", "personal",
        "change_reason", "删去姓名", NULL));
    answered_alike(f, &(struct question){.number = number, .edition = 2}, &absent); /* in work */
    ck_assert_well(paper_save(f, f->author, id, "change_reason", "删去姓名", NULL));
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_all(f, id);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    answered_alike(f, &(struct question){.number = number, .edition = 1}, &absent); /* withdrawn */
    answered_alike(f, &(struct question){.number = number, .edition = -1}, &absent);
    answered_alike(f, &(struct question){.number = number, .edition = 2147483647}, &absent);
}
END_TEST

START_TEST(withdrawn_text_is_like_text_that_never_was)
{
    struct fixture *f = paper_site(_i);
    int64_t id = draft_with_file(f);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_all(f, id);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    ck_assert_well(paper_do(
        f, f->officer, "document.withdraw", id, "kind", "secrecy", "reason", "内容需要核实", NULL));
    file_is_hidden(f);
    list_is_empty(f);
    page_is_hidden(f, id);
}
END_TEST

START_TEST(odd_numbers_are_unknown_and_nothing_worse)
{
    struct fixture *f = paper_site(_i);
    static const char *const odd[] = {"", "'", "' OR 1=1 --", "%", "_", "QZ02114-2500-2026-0000%",
        "../../etc/passwd", "\xE4\xBA\x91", "QZ02114-2500-2026-00001 ", "qz02114-2500-2026-00001"};
    (void)paper_published(f, NULL);
    for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
        struct public_document d = {0};
        ck_assert_refused(paper_read(f, str_from(odd[i]), 0, &d), ERR_UNKNOWN);
    }
}
END_TEST

/* ---- lists ---- */

enum { IMPORTED = 23 };

/* Pages that claim the same minute: only the id tells them apart. */
static void import_many(struct fixture *f)
{
    for (int i = 1; i <= IMPORTED; i++) {
        const char *agency = i % 3 == 0 ? "QZ02115" : "QZ02114";
        const char *category = i % 2 == 0 ? "0800" : "2500";
        struct str text = str_format(f->arena,
            "索引号:%s-%s-2025-%05d\n发布机构:区教育局\n关于第%d项工作的通知\n时间:2025-12-18 "
            "08:16\n\n"
            "关于第%d项工作的通知\n\n各区属学校:"
            "\n\n现将有关事项通知如下，请遵照执行。\n\n区教育局办公室\n\n2025年12月1日\n",
            agency, category, i, i, i);
        struct sheet s = {0};
        s.v[s.n++] = (struct value){.name = S("text"), .text = text};
        ck_assert_well(sheet_run(f, f->officer, "document.import", &s, NULL));
    }
}

/* Walks the list page by page; every document once, newest first. Returns how many. */
static size_t walk(struct fixture *f, struct list_filter filter, size_t most)
{
    struct ctx c = paper_citizen(f);
    int64_t seen[64] = {0};
    size_t n = 0;
    int64_t last_ms = INT64_MAX;
    for (bool more = true; more;) {
        struct public_list list = {0};
        ck_assert_well(document_public_list(&c, &filter, most, false, &list));
        ck_assert_uint_le(list.lines.n, most);
        more = list.lines.more;
        ck_assert(!more || list.lines.n == most);
        for (size_t i = 0; i < list.lines.n; i++) {
            const struct list_line *line = &list.lines.v[i];
            ck_assert_int_le(line->shown.ms, last_ms);
            last_ms = line->shown.ms;
            for (size_t k = 0; k < n; k++) {
                ck_assert_int_ne(seen[k], line->document_id);
            }
            ck_assert_uint_lt(n, 64);
            seen[n++] = line->document_id;
            filter.before_ms = line->shown;
            filter.before_id = line->document_id;
        }
    }
    struct public_list whole = {0};
    filter.before_id = 0;
    ck_assert_well(document_public_list(&c, &filter, 1, false, &whole));
    ck_assert_int_eq(whole.total, (int64_t)n);
    return n;
}

START_TEST(a_list_has_every_document_once_whatever_the_page)
{
    struct fixture *f = paper_site(_i);
    import_many(f);
    for (int i = 0; i < 3; i++) {
        (void)paper_published(f, NULL);
    }
    static const size_t pages[] = {1, 4, 5, 26, 40};
    for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
        ck_assert_uint_eq(walk(f, (struct list_filter){0}, pages[i]), IMPORTED + 3);
        ck_assert_uint_eq(walk(f, (struct list_filter){.publisher_id = f->school}, pages[i]), 7);
        ck_assert_uint_eq(walk(f, (struct list_filter){.category = S("0800")}, pages[i]), 11);
        ck_assert_uint_eq(walk(f, (struct list_filter){.year = 2025}, pages[i]), IMPORTED);
        ck_assert_uint_eq(
            walk(f, (struct list_filter){.year = 2026, .category = S("2500")}, pages[i]), 3);
        ck_assert_uint_eq(walk(f,
                              (struct list_filter){
                                  .publisher_id = f->school, .category = S("0800"), .year = 2025},
                              pages[i]),
            3);
        ck_assert_uint_eq(walk(f, (struct list_filter){.year = 1999}, pages[i]), 0);
    }
}
END_TEST

static const struct err *count_public(struct ctx *c, void *arg)
{
    bool found = false;
    return q_paper_public_count(c->tx, arg, &found);
}

static void total_is(struct fixture *f, int64_t wanted)
{
    struct ctx inside = fixture_system(f);
    struct q_paper_public_count_row counted = {0};
    ck_assert_well(ctx_read(&inside, AUDIENCE_SYSTEM, count_public, &counted));
    struct ctx c = paper_citizen(f);
    struct public_list list = {0};
    struct list_filter all = {0};
    int64_t by_year = 0;
    ck_assert_well(document_public_list(&c, &all, 40, true, &list));
    for (size_t i = 0; i < list.years.n; i++) {
        by_year += list.years.v[i].n;
    }
    ck_assert_int_eq(counted.n, wanted);
    ck_assert_int_eq(list.total, wanted);
    ck_assert_int_eq(by_year, wanted);
    ck_assert_uint_eq(list.lines.n, (size_t)wanted);
}

START_TEST(the_total_is_what_counting_finds)
{
    struct fixture *f = paper_site(_i);
    total_is(f, 0);
    int64_t first = paper_published(f, NULL);
    int64_t second = paper_published(f, "category", "0800", NULL);
    total_is(f, 2);
    ck_assert_well(paper_do(f, f->author, "document.correct", first, "change_kind", "other",
        "change_reason", "改一处", NULL));
    ck_assert_well(paper_save(f, f->author, first, "change_reason", "改一处", NULL));
    ck_assert_well(paper_submit(f, f->author, first));
    paper_pass_all(f, first);
    ck_assert_well(paper_publish(f, f->officer, first, NULL));
    total_is(f, 2); /* a new edition is no new document */
    ck_assert_well(paper_do(
        f, f->officer, "document.withdraw", second, "kind", "other", "reason", "理由", NULL));
    total_is(f, 1);
    import_many(f);
    total_is(f, 1 + IMPORTED);
    paper_whole_imported(f);
}
END_TEST

START_TEST(a_list_shows_the_newest_edition_of_what_is_public_only)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_published(f, "title", "第一版的标题", NULL);
    (void)paper_draft(f, f->author, "title", "草稿的标题", NULL);
    ck_assert_well(paper_do(f, f->author, "document.correct", id, "change_kind", "other",
        "change_reason", "改标题", NULL));
    ck_assert_well(
        paper_save(f, f->author, id, "title", "第二版的标题", "change_reason", "改标题", NULL));
    struct ctx c = paper_citizen(f);
    struct public_list list = {0};
    struct list_filter all = {0};
    ck_assert_well(document_public_list(&c, &all, 10, false, &list));
    ck_assert_uint_eq(list.lines.n, 1);
    ck_assert_str_is(list.lines.v[0].title, "第一版的标题");
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_all(f, id);
    ck_assert_well(paper_publish(f, f->officer, id, NULL));
    ck_assert_well(document_public_list(&c, &all, 10, false, &list));
    ck_assert_uint_eq(list.lines.n, 1);
    ck_assert_str_is(list.lines.v[0].title, "第二版的标题");
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    tcase_set_timeout(tc, 60);
    on_both_engines(tc, what_is_on_its_way_is_hidden_at_every_station);
    on_both_engines(tc, what_was_discarded_or_filed_is_hidden);
    on_both_engines(tc, editions_in_work_or_hidden_are_like_editions_that_never_were);
    on_both_engines(tc, withdrawn_text_is_like_text_that_never_was);
    on_both_engines(tc, odd_numbers_are_unknown_and_nothing_worse);
    on_both_engines(tc, a_list_has_every_document_once_whatever_the_page);
    on_both_engines(tc, the_total_is_what_counting_finds);
    on_both_engines(tc, a_list_shows_the_newest_edition_of_what_is_public_only);
}
