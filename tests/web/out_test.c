/*
 * out_test.c: escaping by place, and addresses that stay what they are.
 */
#include "check_main.h"
#include "web/parts.h"

static struct out o;

static struct str taken(void)
{
    struct str s = buf_str(&o.buf);
    o = out_make(arena, 10000);
    return s;
}

static void text_is(struct str s, const char *expected)
{
    o = out_make(arena, 10000);
    out_text_str(&o, s);
    ck_assert_str_is(taken(), expected);
    out_attr_str(&o, s);
    ck_assert_str_is(taken(), expected);
}

START_TEST(markup_becomes_text)
{
    text_is(S("a<b>&\"'c"), "a&lt;b&gt;&amp;&quot;&#39;c");
    text_is(S("</title><script>alert(1)</script>"),
        "&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
    text_is(S("&amp;"), "&amp;amp;");
    text_is(S("中文，“引号”　１２"), "中文，“引号”　１２");
    text_is(
        S("\xe2\x80\xa8\xe2\x80\xa9\xf0\x9f\x98\x80"), "\xe2\x80\xa8\xe2\x80\xa9\xf0\x9f\x98\x80");
    text_is(S("a\nb\tc"), "a\nb\tc");
    text_is(S("a\001b\033\177"), "a\xEF\xBF\xBD"
                                 "b\xEF\xBF\xBD\xEF\xBF\xBD");
    text_is(STR_NONE, "");
    text_is(S(""), "");
}
END_TEST

static void segment_is(struct str s, const char *expected)
{
    o = out_make(arena, 10000);
    out_segment_str(&o, s);
    ck_assert_str_is(taken(), expected);
}

START_TEST(a_segment_cannot_leave_its_place)
{
    segment_is(S("a-b._~Z9"), "a-b._~Z9");
    segment_is(S("a/b?c#d&e=f"), "a%2Fb%3Fc%23d%26e%3Df");
    segment_is(S("javascript:alert(1)"), "javascript%3Aalert%281%29");
    segment_is(S("\"><script>"), "%22%3E%3Cscript%3E");
    segment_is(S("云教〔2026〕18号"), "%E4%BA%91%E6%95%99%E3%80%942026%E3%80%9518%E5%8F%B7");
    segment_is(S("\xe2\x80\xa8%2f\\"), "%E2%80%A8%252f%5C");
    segment_is(STR_NONE, "");
}
END_TEST

static void path_is(struct str s, const char *expected)
{
    ck_assert_str_is(url_path(arena, s).safe, expected);
}

START_TEST(a_path_stays_on_this_site)
{
    path_is(S("/d/1?p=2&q=a#x"), "/d/1?p=2&q=a#x");
    path_is(S("#errors"), "#errors");
    path_is(S("?p=2"), "?p=2");
    path_is(S("/中"), "/%E4%B8%AD");
    path_is(S("/a%20b%zz"), "/a%20b%25zz");
    path_is(S("//evil.example"), "/");
    path_is(S("/\\evil.example"), "/%5Cevil.example");
    path_is(S("/\t/evil.example"), "/%09/evil.example");
    path_is(S("\n//evil.example"), "/");
    path_is(S("javascript:alert(1)"), "/");
    path_is(S("https://evil.example/"), "/");
    path_is(S("data:text/html,x"), "/");
    path_is(S(" /x"), "/");
    path_is(S("/a\"onclick=\"b"), "/a%22onclick=%22b");
    path_is(STR_NONE, "/");
}
END_TEST

static void absolute_is(struct str s, const char *expected)
{
    ck_assert_str_is(url_absolute(arena, s).safe, expected);
}

START_TEST(an_absolute_address_is_http_and_ends_its_host)
{
    absolute_is(S("https://a.example/x?y=1"), "https://a.example/x?y=1");
    absolute_is(S("HTTP://a.example:8080"), "HTTP://a.example:8080/");
    absolute_is(S("https://a.example?x"), "https://a.example/?x");
    absolute_is(S("javascript:alert(1)"), "/");
    absolute_is(S("JaVaScRiPt://a.example/%0aalert(1)"), "/");
    absolute_is(S("https:///x"), "/");
    absolute_is(S("https://user@evil.example/"), "/");
    absolute_is(S("https://a.example\\@evil.example/"), "/");
    absolute_is(S("//a.example/"), "/");
    absolute_is(S("/x"), "/");
    absolute_is(STR_NONE, "/");
}
END_TEST

START_TEST(an_address_is_escaped_in_its_attribute)
{
    o = out_make(arena, 1000);
    out_url(&o, url_path(arena, S("/x?a=1&b='2'")));
    ck_assert_str_is(taken(), "/x?a=1&amp;b=&#39;2&#39;");
    out_url(&o, (struct url){0});
    ck_assert_str_is(taken(), "/");
}
END_TEST

START_TEST(numbers_and_dates_are_written_as_people_read_them)
{
    struct date day;
    ck_assert(date_from_ymd(2026, 7, 1, &day));
    o = out_make(arena, 1000);
    out_int(&o, -12);
    out_raw(&o, S(" "));
    out_date(&o, day);
    out_raw(&o, S(" "));
    out_date_iso(&o, day);
    ck_assert_str_is(taken(), "-12 2026年7月1日 2026-07-01");
    out_instant(&o, instant_from_civil(day, 9, 30, 5));
    out_raw(&o, S(" "));
    out_instant_iso(&o, instant_from_civil(day, 9, 30, 5));
    ck_assert_str_is(taken(), "2026-07-01 09:30 2026-07-01T09:30:05+08:00");
    out_date(&o, DATE_NONE);
    out_date_iso(&o, DATE_NONE);
    out_instant(&o, INSTANT_NONE);
    out_instant_iso(&o, INSTANT_NONE);
    ck_assert_str_is(taken(), "");
}
END_TEST

START_TEST(output_past_its_maximum_is_noticed)
{
    o = out_make(arena, 10);
    out_text_str(&o, S("<<<<"));
    ck_assert(buf_full(&o.buf));
}
END_TEST

/* ---- paging ---- */

static struct str pages_of(int64_t page, int64_t total)
{
    struct pager p = pager_make(arena, S("/list"), S("q=a"), page, 20, total);
    struct buf b = buf_make(arena, 1000);
    for (size_t i = 0; i < p.links.n; i++) {
        buf_add(&b, i > 0 ? S(" ") : S(""));
        buf_add(&b, p.links.v[i].label);
        buf_add(&b, p.links.v[i].here ? S("*") : S(""));
        ck_assert_int_eq(p.links.v[i].url.safe.n == 0, str_eq(p.links.v[i].label, S("…")));
    }
    return buf_str(&b);
}

START_TEST(paging_shows_both_ends_and_the_neighbours)
{
    ck_assert_str_is(pages_of(1, 0), "1*");
    ck_assert_str_is(pages_of(1, 20), "1*");
    ck_assert_str_is(pages_of(2, 21), "1 2*");
    ck_assert_str_is(pages_of(1, 2000), "1* 2 3 … 100");
    ck_assert_str_is(pages_of(4, 2000), "1 2 3 4* 5 6 … 100");
    ck_assert_str_is(pages_of(5, 2000), "1 2 3 4 5* 6 7 … 100");
    ck_assert_str_is(pages_of(50, 2000), "1 … 48 49 50* 51 52 … 100");
    ck_assert_str_is(pages_of(96, 2000), "1 … 94 95 96* 97 98 99 100");
    ck_assert_str_is(pages_of(100, 2000), "1 … 98 99 100*");
    ck_assert_str_is(pages_of(1000, 2000), "1 … 98 99 100*");
    ck_assert_str_is(pages_of(-5, INT64_MAX), "1* 2 3 … 461168601842738791");
}
END_TEST

START_TEST(paging_addresses_keep_the_question)
{
    struct pager p = pager_make(arena, S("/list"), S("q=a&type=b"), 2, 20, 60);
    ck_assert_str_is(p.previous.safe, "/list?q=a&type=b");
    ck_assert_str_is(p.next.safe, "/list?q=a&type=b&p=3");
    p = pager_make(arena, S("/list"), S(""), 1, 20, 60);
    ck_assert_uint_eq(p.previous.safe.n, 0);
    ck_assert_str_is(p.next.safe, "/list?p=2");
    ck_assert_int_eq(p.pages, 3);
}
END_TEST

START_TEST(paging_goes_through_any_number_of_pages)
{
    for (int64_t total = 0; total < 700; total += 13) {
        for (int64_t page = 1; page < 40; page++) {
            struct pager p = pager_make(arena, S("/"), S(""), page, 20, total);
            size_t here = 0;
            for (size_t i = 0; i < p.links.n; i++) {
                here += p.links.v[i].here;
            }
            ck_assert_uint_eq(here, 1);
            ck_assert_uint_le(p.links.n, 9);
        }
        arena_reset(arena);
    }
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, markup_becomes_text);
    tcase_add_test(tc, a_segment_cannot_leave_its_place);
    tcase_add_test(tc, a_path_stays_on_this_site);
    tcase_add_test(tc, an_absolute_address_is_http_and_ends_its_host);
    tcase_add_test(tc, an_address_is_escaped_in_its_attribute);
    tcase_add_test(tc, numbers_and_dates_are_written_as_people_read_them);
    tcase_add_test(tc, output_past_its_maximum_is_noticed);
    tcase_add_test(tc, paging_shows_both_ends_and_the_neighbours);
    tcase_add_test(tc, paging_addresses_keep_the_question);
    tcase_add_test(tc, paging_goes_through_any_number_of_pages);
}
