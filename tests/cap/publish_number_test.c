/*
 * publish_number_test.c: official numbers when many publish at once: in order, without gap, without
 * duplicate.
 */
#include "paper.h"
#include "rules/number.h"

#include <pthread.h>
#include <stdio.h>

#include "base/ban.h"

enum { PUBLISHERS = 16, TRIES_MOST = 40 };

/* One person at one desk: an arena and a connection of his own. */
struct desk {
    pthread_t thread;
    struct arena *arena;
    struct ctx c;
    int64_t person, document, version;
    pthread_barrier_t *start;
    const struct err *refused;
    struct str number;
    int busy;
};

static void desk_open(struct fixture *f, struct desk *d, pthread_barrier_t *start)
{
    d->arena = arena_open((size_t)16 * 1024 * 1024);
    d->c = fixture_as(f, d->person);
    d->c.arena = d->arena;
    d->c.db = fixture_connect(f, d->arena, DOOR_OFFICE);
    d->start = start;
    d->version = paper_edition(f, d->document).version;
}

/* As a person would: told that the store is busy, he presses the button again. */
static void *publish(void *arg)
{
    struct desk *d = arg;
    struct value v[] = {
        {.name = S("id"), .text = str_from_int(d->arena, d->document)},
        {.name = S("version"), .text = str_from_int(d->arena, d->version)},
    };
    struct values input = {v, 2};
    struct op_done done = {0};
    (void)pthread_barrier_wait(d->start);
    do {
        d->refused = op_run(&d->c, registry_op(S("document.publish")), &input, STR_NONE, &done);
        d->busy += d->refused != NULL && d->refused->kind == ERR_BUSY;
    } while (d->refused != NULL && d->refused->kind == ERR_BUSY && d->busy < TRIES_MOST);
    d->number = done.number;
    return NULL;
}

static void all_at_once(struct fixture *f, struct desk *desks, unsigned n)
{
    pthread_barrier_t start;
    ck_assert_int_eq(pthread_barrier_init(&start, NULL, n), 0);
    for (unsigned i = 0; i < n; i++) {
        desk_open(f, &desks[i], &start);
    }
    for (unsigned i = 0; i < n; i++) {
        ck_assert_int_eq(pthread_create(&desks[i].thread, NULL, publish, &desks[i]), 0);
    }
    for (unsigned i = 0; i < n; i++) {
        ck_assert_int_eq(pthread_join(desks[i].thread, NULL), 0);
    }
    (void)pthread_barrier_destroy(&start);
}

static void desks_close(struct desk *desks, unsigned n)
{
    for (unsigned i = 0; i < n; i++) {
        arena_close(desks[i].arena);
    }
}

START_TEST(sixteen_publish_at_once_without_gap_or_duplicate)
{
    struct fixture *f = paper_site(_i);
    struct desk desks[PUBLISHERS] = {0};
    bool given[PUBLISHERS + 1] = {false};
    for (int i = 0; i < PUBLISHERS; i++) {
        char login[16];
        (void)snprintf(login, sizeof login, "publisher-%d", i);
        desks[i].person = paper_holder(f, login, "office", f->bureau);
        desks[i].document = paper_approved(f, NULL);
    }
    all_at_once(f, desks, PUBLISHERS);
    for (int i = 0; i < PUBLISHERS; i++) {
        ck_assert_well(desks[i].refused);
        struct index_number n = {0};
        ck_assert(index_number_parse(
            f->arena, S("{agency}-{category}-{year}-{serial:5}"), desks[i].number, &n));
        ck_assert_int_ge(n.serial, 1);
        ck_assert_int_le(n.serial, PUBLISHERS);
        ck_assert(!given[n.serial]);
        given[n.serial] = true;
    }
    desks_close(desks, PUBLISHERS);
    paper_whole(f);
}
END_TEST

START_TEST(of_two_publishers_of_one_document_the_second_is_told_who_was_first)
{
    struct fixture *f = paper_site(_i);
    int64_t second = fixture_person(f, "second", "第二发布人", f->office);
    struct date from = DATE_NONE;
    must(date_from_ymd(2020, 1, 1, &from));
    fixture_hold(f, second, "office", f->bureau, from, DATE_NONE);
    for (int round = 0; round < 12; round++) {
        struct desk desks[2] = {{.person = f->officer}, {.person = second}};
        int64_t id = paper_approved(f, NULL);
        desks[0].document = id;
        desks[1].document = id;
        all_at_once(f, desks, 2);
        ck_assert_int_ne(desks[0].refused == NULL, desks[1].refused == NULL);
        bool first_won = desks[0].refused == NULL;
        const struct err *e = first_won ? desks[1].refused : desks[0].refused;
        ck_assert_refused(e, ERR_CONFLICT);
        ck_assert_msg(fault_has(e, first_won ? "陈晓" : "第二发布人"), "%.*s", STR_ARG(e->words));
        ck_assert_msg(fault_has(e, "发布"), "%.*s", STR_ARG(e->words));
        ck_assert_int_eq(paper_edition(f, id).published_by, first_won ? f->officer : second);
        desks_close(desks, 2);
    }
    paper_whole(f);
}
END_TEST

/* Publishes, and then changes its mind: everything is rolled back. */
static const struct err *publish_and_refuse(struct ctx *c, void *arg)
{
    const struct desk *d = arg;
    const struct op *op = registry_op(S("document.publish"));
    struct value v[] = {
        {.name = S("id"), .text = str_from_int(c->arena, d->document)},
        {.name = S("version"), .text = str_from_int(c->arena, d->version)},
    };
    struct values input = {v, 2};
    void *in = arena_alloc(c->arena, op->in_size);
    struct op_done done = {0};
    memset(in, 0, op->in_size);
    TRY(op_decode(c->arena, op->fields, op->field_count, &input, in));
    TRY(op->run(c, in, &done));
    ck_assert_str_is(done.number, "QZ02114-2500-2026-00001");
    return err_make(c->arena, ERR_CONFLICT, S("不发了"));
}

START_TEST(what_is_rolled_back_leaves_no_gap)
{
    struct fixture *f = paper_site(_i);
    struct desk d = {.person = f->officer, .document = paper_approved(f, NULL)};
    struct ctx c = fixture_as(f, f->officer);
    d.version = paper_edition(f, d.document).version;
    ck_assert_refused(ctx_write(&c, AUDIENCE_STAFF, publish_and_refuse, &d), ERR_CONFLICT);
    ck_assert_str_is(paper_edition(f, d.document).status, "approved");
    ck_assert_uint_eq(paper_number(f, d.document).n, 0);
    int64_t next = paper_published(f, NULL);
    ck_assert_str_is(paper_number(f, next), "QZ02114-2500-2026-00001");
    ck_assert_well(paper_publish(f, f->officer, d.document, NULL));
    ck_assert_str_is(paper_number(f, d.document), "QZ02114-2500-2026-00002");
    paper_whole(f);
}
END_TEST

START_TEST(each_category_and_year_counts_for_itself)
{
    struct fixture *f = paper_site(_i);
    int64_t a = paper_published(f, NULL);
    int64_t b = paper_published(f, "category", "0800", NULL);
    int64_t c = paper_published(f, "signed_on", "2025-12-30", NULL);
    ck_assert_str_is(paper_number(f, a), "QZ02114-2500-2026-00001");
    ck_assert_str_is(paper_number(f, b), "QZ02114-0800-2026-00001");
    ck_assert_str_is(paper_number(f, c), "QZ02114-2500-2025-00001");
    paper_whole(f);
}
END_TEST

START_TEST(a_body_may_count_across_its_categories)
{
    struct fixture *f = paper_site(_i);
    paper_setting(f, SETTING_INDEX_PER_CATEGORY, "0");
    int64_t a = paper_published(f, NULL);
    int64_t b = paper_published(f, "category", "0800", NULL);
    ck_assert_str_is(paper_number(f, a), "QZ02114-2500-2026-00001");
    ck_assert_str_is(paper_number(f, b), "QZ02114-0800-2026-00002");
    paper_whole(f);
}
END_TEST

START_TEST(a_changed_way_of_counting_gives_no_number_twice)
{
    struct fixture *f = paper_site(_i);
    (void)paper_published(f, NULL);
    (void)paper_published(f, NULL);
    paper_setting(f, SETTING_INDEX_PER_CATEGORY, "0");
    int64_t after = paper_published(f, NULL);
    ck_assert_str_is(paper_number(f, after), "QZ02114-2500-2026-00003");
    paper_setting(f, SETTING_INDEX_PER_CATEGORY, "1");
    int64_t back = paper_published(f, NULL);
    ck_assert_str_is(paper_number(f, back), "QZ02114-2500-2026-00004");
}
END_TEST

START_TEST(the_pattern_is_of_the_body)
{
    struct fixture *f = paper_site(_i);
    paper_setting(f, SETTING_INDEX_PATTERN, "{agency}-{year}{category}-{serial:4}");
    int64_t id = paper_published(f, NULL);
    ck_assert_str_is(paper_number(f, id), "QZ02114-20262500-0001");
}
END_TEST

START_TEST(a_publisher_without_a_code_is_told)
{
    struct fixture *f = paper_site(_i);
    int64_t nursery = fixture_unit(f, f->bureau, "school", "云湖区幼儿园", "幼儿园", "");
    int64_t teacher = paper_holder(f, "teacher", "school_editor", nursery);
    int64_t principal = paper_holder(f, "principal", "school_head", nursery);
    int64_t id = paper_draft(f, teacher, NULL);
    ck_assert_well(paper_submit(f, teacher, id));
    const int64_t hands[] = {principal, f->officer, f->secrecy, f->leader};
    for (size_t i = 0; i < 4; i++) {
        ck_assert_well(paper_conclude(f, hands[i], id, NULL));
    }
    ck_assert_refused(paper_publish(f, f->officer, id, NULL), ERR_NOT_YET);
    ck_assert_str_is(paper_edition(f, id).status, "approved");
    paper_whole(f);
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    tcase_set_timeout(tc, 120);
    on_both_engines(tc, sixteen_publish_at_once_without_gap_or_duplicate);
    on_both_engines(tc, of_two_publishers_of_one_document_the_second_is_told_who_was_first);
    on_both_engines(tc, what_is_rolled_back_leaves_no_gap);
    on_both_engines(tc, each_category_and_year_counts_for_itself);
    on_both_engines(tc, a_body_may_count_across_its_categories);
    on_both_engines(tc, a_changed_way_of_counting_gives_no_number_twice);
    on_both_engines(tc, the_pattern_is_of_the_body);
    on_both_engines(tc, a_publisher_without_a_code_is_told);
}
