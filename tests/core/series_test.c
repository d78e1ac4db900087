/*
 * series_test.c: numbers without gap or duplicate, whoever asks and whatever is rolled back.
 */
#include "core/series.h"
#include "probe.h"
#include "support.h"

#include <pthread.h>

#include "base/ban.h"

static struct series series_of(const char *pattern)
{
    return (struct series){
        .pattern = str_from(pattern), .agency = S("QZ02114"), .category = S("2500"), .year = 2026};
}

struct taker {
    struct series series;
    int64_t raise_to;
    int64_t got;
    bool refuse;
};

static const struct err *take_number(struct ctx *c, void *arg)
{
    struct taker *t = arg;

    if (t->raise_to > 0) {
        return series_raise(c, &t->series, t->raise_to);
    }
    TRY(series_next(c, &t->series, &t->got));
    return t->refuse ? err_make(c->arena, ERR_CONFLICT, S("不行")) : NULL;
}

static int64_t next_of(struct fixture *f, struct series s)
{
    struct taker t = {.series = s};
    struct ctx c = fixture_system(f);

    ck_assert_well(ctx_write(&c, AUDIENCE_STAFF, take_number, &t));
    return t.got;
}

static void raise_to(struct fixture *f, struct series s, int64_t serial)
{
    struct taker t = {.series = s, .raise_to = serial};
    struct ctx c = fixture_system(f);

    ck_assert_well(ctx_write(&c, AUDIENCE_STAFF, take_number, &t));
}

START_TEST(each_series_counts_for_itself)
{
    struct fixture *f = fixture_open(_i);
    struct series s = series_of("index");
    struct series other_year = s, other_agency = s, other_category = s, none = s;

    other_year.year = 2025;
    other_agency.agency = S("QZ02115");
    other_category.category = S("0100");
    none.category = S("");
    ck_assert_int_eq(next_of(f, s), 1);
    ck_assert_int_eq(next_of(f, s), 2);
    ck_assert_int_eq(next_of(f, other_year), 1);
    ck_assert_int_eq(next_of(f, other_agency), 1);
    ck_assert_int_eq(next_of(f, other_category), 1);
    ck_assert_int_eq(next_of(f, none), 1);
    ck_assert_int_eq(next_of(f, s), 3);
}
END_TEST

START_TEST(a_rollback_leaves_no_gap)
{
    struct fixture *f = fixture_open(_i);
    struct taker refused = {.series = series_of("index"), .refuse = true};
    struct ctx c = fixture_system(f);

    ck_assert_int_eq(next_of(f, series_of("index")), 1);
    ck_assert_ptr_nonnull(ctx_write(&c, AUDIENCE_STAFF, take_number, &refused));
    ck_assert_int_eq(refused.got, 2);
    ck_assert_int_eq(next_of(f, series_of("index")), 2);
}
END_TEST

START_TEST(an_imported_number_is_never_allotted_again)
{
    struct fixture *f = fixture_open(_i);

    raise_to(f, series_of("index"), 7);
    ck_assert_int_eq(next_of(f, series_of("index")), 8);
    raise_to(f, series_of("index"), 3);
    ck_assert_int_eq(next_of(f, series_of("index")), 9);
}
END_TEST

enum { THREADS = 16, EACH = 12 };

struct racer {
    struct fixture *f;
    int64_t got[EACH];
    int lost;
};

/* Every third number is taken back: the others must still be without a gap. */
static void *race(void *arg)
{
    struct racer *r = arg;
    struct arena *own = arena_open((size_t)32 * 1024 * 1024);
    struct ctx c = fixture_system(r->f);

    c.arena = own;
    c.db = fixture_connect(r->f, own, DOOR_OFFICE);
    for (int i = 0; i < EACH;) {
        struct taker t = {.series = series_of("race"), .refuse = i % 3 == 2 && r->lost < 3};
        const struct err *err = ctx_write(&c, AUDIENCE_STAFF, take_number, &t);
        if (t.refuse) {
            ck_assert_ptr_nonnull(err);
            r->lost++;
            continue;
        }
        if (err != NULL && err->kind == ERR_BUSY) {
            continue; /* refused politely: the person would press again */
        }
        ck_assert_well(err);
        r->got[i++] = t.got;
    }
    arena_close(own);
    return NULL;
}

START_TEST(sixteen_publishers_at_once_leave_no_gap_and_no_duplicate)
{
    struct fixture *f = fixture_open(_i);
    static struct racer racers[THREADS];
    pthread_t threads[THREADS];
    bool seen[THREADS * EACH + 1] = {false};

    for (int i = 0; i < THREADS; i++) {
        racers[i] = (struct racer){.f = f};
        ck_assert_int_eq(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        ck_assert_int_eq(pthread_join(threads[i], NULL), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        for (int k = 0; k < EACH; k++) {
            int64_t serial = racers[i].got[k];
            ck_assert(serial >= 1 && serial <= THREADS * EACH);
            ck_assert_msg(!seen[serial], "%lld twice", (long long)serial);
            seen[serial] = true;
        }
    }
    ck_assert_int_eq(next_of(f, series_of("race")), THREADS * EACH + 1);
}
END_TEST

void check_cases(TCase *tc)
{
    probe_set();
    tcase_set_timeout(tc, 120);
    on_both_engines(tc, each_series_counts_for_itself);
    on_both_engines(tc, a_rollback_leaves_no_gap);
    on_both_engines(tc, an_imported_number_is_never_allotted_again);
    on_both_engines(tc, sixteen_publishers_at_once_leave_no_gap_and_no_duplicate);
}
