/*
 * date_fuzz.c: a day that was understood can be written and is understood again as the same day.
 */
#include "base/date.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "target.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str s = str_make((const char *)data, size);
    if (!utf8_valid(s)) {
        return 0;
    }
    struct arena *a = arena_open(MIB(1));
    struct date day;
    struct date again;
    if (date_parse_typed(s, &day)) {
        must(date_parse_iso(date_iso(a, day), &again) && date_eq(day, again));
        must(date_parse_typed(date_iso(a, day), &again) && date_eq(day, again));
        must(date_parse_typed(date_chinese(a, day), &again) && date_eq(day, again));
    } else {
        must(!date_is(day));
    }
    /* The strict form is one of the typed ones. */
    must(!date_parse_iso(s, &again) || date_eq(day, again));

    struct instant t;
    struct instant t_again;
    if (instant_parse_iso(s, &t)) {
        must(instant_parse_iso(instant_iso(a, t), &t_again));
        must(t.ms - t_again.ms >= 0 && t.ms - t_again.ms < 1000);
    } else {
        must(!instant_is(t));
    }
    arena_close(a);
    return 0;
}
