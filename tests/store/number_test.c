/* number_test.c: official numbers have no gap and no twin, whoever writes. */
#include "base/ban.h"
#include "stores.h"
#include "try_sql.h"

#include <pthread.h>

enum { WRITERS = 16, EACH = 6 };

struct writer {
    int engine;
    int64_t index;
    int kept;
    char words[200];
};

struct publishing {
    int64_t id;
    bool gives_up;
};

/* The number is taken as late as possible; every third publication thinks better of it after that.
 */
static const struct err *publish(struct tx *tx, void *arg)
{
    const struct publishing *p = arg;
    const struct q_doc_add_in in = {.id = p->id,
        .title = S("题"),
        .cat = S("a"),
        .yr = 2018,
        .formed_on = DATE_NONE,
        .created = INSTANT_NONE,
        .fee = INT_NONE};
    TRY(q_doc_add(tx, &in));
    bool found = false;
    struct q_counter_next_row next;
    TRY(q_counter_next(tx, &(struct q_counter_next_in){.cat = S("a"), .yr = 2018}, &next, &found));
    int64_t changed = 0;
    TRY(q_doc_number(tx, &(struct q_doc_number_in){.id = p->id, .no = next.last_no}, &changed));
    ck_assert_int_eq(changed, 1);
    return p->gives_up ? err_make(tx->arena, ERR_INVALID, S("不发了")) : NULL;
}

static const struct tx_how writing = {
    .audience = AUDIENCE_STAFF, .tenant = 3, .write = true, .budget_ms = 25000};

static void *write_some(void *arg)
{
    struct writer *w = arg;
    struct arena *own = arena_open((size_t)16 * 1024 * 1024);
    struct db *db = stores_open_in(own, w->engine, DOOR_OFFICE);
    for (int i = 0; i < EACH; i++) {
        struct publishing p = {.id = w->index * 1000 + i + 1, .gives_up = i % 3 == 2};
        const struct err *e = store_tx(db, own, writing, publish, &p);
        if (e == NULL) {
            w->kept++;
        } else if (!p.gives_up || e->kind != ERR_INVALID) {
            (void)snprintf(w->words, sizeof w->words, "%.*s", STR_ARG(e->facts));
        }
    }
    arena_close(own);
    return NULL;
}

static const struct err *read_numbers(struct tx *tx, void *arg)
{
    bool found = false;
    return q_doc_numbers(tx, &(struct q_doc_numbers_in){.cat = S("a"), .yr = 2018}, arg, &found);
}

START_TEST(sixteen_writers_leave_no_gap)
{
    struct db *db = stores_open(_i, DOOR_OFFICE);
    struct writer writers[WRITERS];
    pthread_t threads[WRITERS];
    for (int i = 0; i < WRITERS; i++) {
        writers[i] = (struct writer){.engine = _i, .index = i + 1};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, write_some, &writers[i]), 0);
    }
    int kept = 0;
    for (int i = 0; i < WRITERS; i++) {
        (void)pthread_join(threads[i], NULL);
        ck_assert_msg(writers[i].words[0] == '\0', "%s", writers[i].words);
        kept += writers[i].kept;
    }
    struct q_doc_numbers_row row;
    ck_assert_well(store_tx(db, arena, writing, read_numbers, &row));
    ck_assert_int_eq(kept, WRITERS * EACH * 2 / 3);
    ck_assert_int_eq(row.rows, kept);
    ck_assert_int_eq(row.least, 1);
    ck_assert_int_eq(row.most, kept);
    ck_assert_int_eq(row.different, kept);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_loop_test(tc, sixteen_writers_leave_no_gap, 0, stores_count());
}
