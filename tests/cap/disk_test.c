/*
 * disk_test.c: the disk is full: it is told in clear words, nothing is half, and when there is room
 * again everything works.
 */
#include "base/limits.h"
#include "paper.h"

#include "base/ban.h"

static void keep_number(struct tx *tx, const struct tx_row *row, void *arg)
{
    (void)tx;
    *(int64_t *)arg = tx_row_int(row, 0);
}

/* As many pages as there are, and no more, for this connection: SQLite's own way of a full disk. */
static const struct err *fill_disk(struct ctx *c, void *arg)
{
    static const struct statement_value pages = {"pages", VALUE_INT, false};
    static const struct statement s = {.name = "max_page_count",
        .audience = AUDIENCE_STAFF,
        .sqlite = "PRAGMA max_page_count=1",
        .out = &pages,
        .out_count = 1};
    return tx_run(c->tx, &s, NULL, keep_number, arg, NULL);
}

static void fill(struct fixture *f)
{
    struct ctx c = fixture_system(f);
    int64_t pages = 0;
    ck_assert_well(ctx_write(&c, AUDIENCE_SYSTEM, fill_disk, &pages));
    ck_assert_int_gt(pages, 1);
}

static const char *big_body(struct fixture *f)
{
    char *p = arena_alloc(f->arena, KIB(256) + 1);
    memset(p, 'x', KIB(256));
    p[0] = '<';
    p[1] = 'p';
    p[2] = '>';
    p[KIB(256)] = '\0';
    return p;
}

static void told_plainly(const struct err *e)
{
    ck_assert_refused(e, ERR_FAULT);
    ck_assert_str_is(e->words, "磁盘空间不足，没有保存，请联系管理员");
}

START_TEST(a_draft_for_which_there_is_no_room_is_not_kept)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, "title", "原来的标题", NULL);
    int64_t version = paper_edition(f, id).version;
    fill(f);
    told_plainly(paper_draft_try(f, f->author, NULL, "body", big_body(f), NULL));
    told_plainly(paper_save(f, f->author, id, "title", "新的标题", "body", big_body(f), NULL));
    ck_assert_int_eq(paper_edition(f, id).version, version);
    paper_whole(f);
    db_drop_connection(f->db); /* somebody made room */
    ck_assert_well(paper_save(f, f->author, id, "title", "新的标题", "body", big_body(f), NULL));
    ck_assert_well(paper_submit(f, f->author, id));
}
END_TEST

enum { READY = 40 };

START_TEST(a_publication_for_which_there_is_no_room_leaves_no_gap)
{
    struct fixture *f = paper_site(_i);
    int64_t ids[READY] = {0};
    int failed = 0;
    for (int i = 0; i < READY; i++) {
        ids[i] = paper_approved(f, NULL);
    }
    fill(f);
    for (int i = 0; i < READY; i++) {
        const struct err *e = paper_publish(f, f->officer, ids[i], NULL);
        if (e != NULL) {
            told_plainly(e);
            failed++;
            ck_assert_str_is(paper_edition(f, ids[i]).status, "approved");
            ck_assert_uint_eq(paper_number(f, ids[i]).n, 0);
        }
    }
    ck_assert_int_gt(failed, 0);
    paper_whole(f);
    db_drop_connection(f->db);
    ck_assert_well(db_integrity(f->arena, f->db));
    for (int i = 0; i < READY; i++) {
        if (paper_number(f, ids[i]).n == 0) {
            ck_assert_well(paper_publish(f, f->officer, ids[i], NULL));
        }
    }
    paper_whole(f);
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(
        tc, a_draft_for_which_there_is_no_room_is_not_kept, 0, 1); /* a limit of SQLite */
    tcase_add_loop_test(tc, a_publication_for_which_there_is_no_room_leaves_no_gap, 0, 1);
}
