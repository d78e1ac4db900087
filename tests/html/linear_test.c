/*
 * linear_test.c: four times the text costs about four times the work, for the inputs that break
 * other parsers.
 *
 * Work is counted in steps (sanitise_report), which is the same on every machine; processor time is
 * looked at with a generous limit, for what the steps might not count.
 */
#include "base/ban.h"
#include "base/buf.h"
#include "base/limits.h"
#include "check_main.h"
#include "html/sanitise.h"

static const char *const soups[] = {"<div>", "<table>x<b>x<b>", "<b id=n><p>",
    "&amp;&lt&#x4e00;&notit;&CounterClockwise", "<p a b c d e f g h=i j='k' l=\"m\">", "<!-- ",
    "<!-->", "<![CDATA[", "<a href=/x>", "<li>", "<ul><li>", "<table><td>", "<tr>", "</p>",
    "</div></b></table>", "<b><i><u><s>", "<dl><dt><div>", "<ruby><rt>", "<svg>", "</svg>",
    "<svg><![CDATA[", "<script>", "<script><!--<script>", "<title>", "</title", "<p title='",
    "<p hidden>", "<x hidden>", "<select>", "&", "<", "\"", "&#", "&#1", "\r", "\n", " ", "--",
    "<a href='x", "<p style='display:none;text-align:center;'>", "<pre>\n", "字", "<h2><h3>"};

struct cost {
    size_t steps;
    double seconds;
};

static struct cost cost_of(const char *piece, size_t size)
{
    struct arena *a = arena_open(MIB(256));
    struct str unit = str_from(piece);
    struct buf source = buf_make(a, size);
    while (!buf_full(&source)) {
        buf_add(&source, unit);
    }
    struct sanitise_report r;
    clock_t from = clock();
    struct html h = sanitise(a, buf_str(&source), &r);
    struct cost cost = {.steps = r.steps, .seconds = (double)(clock() - from) / CLOCKS_PER_SEC};
    ck_assert(!r.rounds_exceeded);
    ck_assert_uint_le(h.safe.n, source.n * 4 + KIB(64));
    arena_close(a);
    return cost;
}

START_TEST(work_grows_with_the_length)
{
    for (size_t i = 0; i < sizeof(soups) / sizeof(soups[0]); i++) {
        struct cost once = cost_of(soups[i], KIB(128));
        struct cost four = cost_of(soups[i], KIB(512));
        ck_assert_msg(four.steps < once.steps * 5, "%s: %zu steps, then %zu", soups[i], once.steps,
            four.steps);
        ck_assert_msg(four.steps < KIB(512) * 200, "%s: %zu steps", soups[i], four.steps);
        ck_assert_msg(four.seconds < once.seconds * 8 + 0.2, "%s: %.3f s, then %.3f s", soups[i],
            once.seconds, four.seconds);
    }
}
END_TEST

START_TEST(five_megabytes_of_the_worst_cost_little)
{
    for (size_t i = 0; i < 6; i++) {
        struct cost once = cost_of(soups[i], MIB(5) / 4);
        struct cost four = cost_of(soups[i], MIB(5));
        ck_assert_msg(four.steps < once.steps * 5, "%s: %zu steps, then %zu", soups[i], once.steps,
            four.steps);
        ck_assert_msg(four.seconds < once.seconds * 8 + 0.2, "%s: %.3f s, then %.3f s", soups[i],
            once.seconds, four.seconds);
        printf("%-40s 5 MiB: %9zu steps, %.2f s\n", soups[i], four.steps, four.seconds);
    }
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_set_timeout(tc, 120);
    tcase_add_test(tc, work_grows_with_the_length);
    tcase_add_test(tc, five_megabytes_of_the_worst_cost_little);
}
