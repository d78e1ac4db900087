/*
 * calendar_shared_test.c: the compiled calendar against the hand-out's calendar.json, every day of
 * it.
 *
 * Skips, and says so, where the hand-outs are not beside the repository (GONGKAI_SHARED, else
 * ../shared).
 */
#include "base/file.h"
#include "base/json.h"
#include "check_main.h"
#include "rules/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_MOST = 8000, FILE_MOST = 1 << 20 };

static const char *shared_path(const char *name)
{
    const char *own = getenv("GONGKAI_SHARED");
    const char *source = getenv("GONGKAI_SOURCE");
    const struct str root =
        own != NULL ? str_from(own)
                    : str_cat(arena, str_from(source == NULL ? "." : source), S("/../shared"));
    return str_z(arena, str_format(arena, "%.*s/%s", STR_ARG(root), name));
}

static struct date day_of(const struct json *entry)
{
    struct date day;
    ck_assert(date_parse_iso(json_text(json_get(entry, S("date"))), &day));
    return day;
}

/* Marks the days of one list: 'h' off, 'w' made working. */
static void mark(char *days, struct date first, const struct json *list, char sign)
{
    ck_assert_ptr_nonnull(list);
    for (const struct json *e = list->child; e != NULL; e = e->next) {
        const int at = date_diff(day_of(e), first);
        ck_assert(at >= 0 && at < DAYS_MOST);
        days[at] = sign;
    }
}

START_TEST(every_day_agrees_with_the_handout)
{
    const char *path = shared_path("domain/calendar.json");
    if (!file_is(path)) {
        (void)fprintf(
            stderr, "SKIPPED: %s is not there; the compiled calendar was not compared\n", path);
        return;
    }
    struct str text;
    const struct json *root;
    ck_assert_well(file_read(arena, path, FILE_MOST, &text));
    ck_assert_well(json_parse(arena, text, &root));
    const struct calendar *c = calendar_compiled();
    const struct date first = calendar_first(c);
    ck_assert_str_is(date_iso(arena, first), str_z(arena, json_text(json_get(root, S("from")))));

    char *days = arena_alloc(arena, DAYS_MOST);
    for (const struct json *y = json_get(root, S("years"))->child; y != NULL; y = y->next) {
        mark(days, first, json_get(y, S("holidays")), 'h');
        mark(days, first, json_get(y, S("workdays")), 'w');
    }
    int compared = 0;
    for (struct date d = first; !date_before(calendar_last(c), d); d = date_add(d, 1)) {
        const char sign = days[date_diff(d, first)];
        const bool expected = sign == 'w' || (sign != 'h' && date_weekday(d) < SATURDAY);
        const struct str shown = date_iso(arena, d);
        ck_assert_msg(calendar_works(c, d) == expected, "%.*s", STR_ARG(shown));
        ck_assert_msg(
            (calendar_day(c, d).kind == DAY_HOLIDAY) == (sign == 'h'), "%.*s", STR_ARG(shown));
        compared++;
    }
    ck_assert_int_eq(compared, 6940);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, every_day_agrees_with_the_handout);
}
