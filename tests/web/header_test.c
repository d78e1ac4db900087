#include "check_main.h"
#include "web/header.h"

#include <string.h>

START_TEST(cookie_is_found_by_its_whole_name)
{
    struct str field = S("xgk=1; gk=abc; gk-size=large;b=\"q\" ; c");
    ck_assert_str_is(cookie_find(field, S("gk")), "abc");
    ck_assert_str_is(cookie_find(field, S("gk-size")), "large");
    ck_assert_str_is(cookie_find(field, S("b")), "q");
    ck_assert(cookie_find(field, S("c")).p == NULL);
    ck_assert(cookie_find(field, S("size")).p == NULL);
}
END_TEST

START_TEST(gzip_is_taken_only_when_wanted)
{
    ck_assert(accepts_gzip(S("gzip, deflate, br")));
    ck_assert(accepts_gzip(S("br;q=1.0, GZIP;q=0.5")));
    ck_assert(accepts_gzip(S("*")));
    ck_assert(!accepts_gzip(S("gzip;q=0")));
    ck_assert(!accepts_gzip(S("*, gzip;q=0.00")));
    ck_assert(!accepts_gzip(S("br, xgzip")));
    ck_assert(!accepts_gzip(STR_NONE));
}
END_TEST

START_TEST(json_is_answered_to_who_asks_for_nothing_else)
{
    ck_assert(accepts_json(S("application/json")));
    ck_assert(accepts_json(S("application/json, text/plain")));
    ck_assert(!accepts_json(S("text/html, application/json")));
    ck_assert(!accepts_json(S("*/*")));
}
END_TEST

START_TEST(etag_is_found_in_every_spelling)
{
    ck_assert(etag_among(S("\"abc\""), S("abc")));
    ck_assert(etag_among(S("\"x\", W/\"abc\""), S("abc")));
    ck_assert(etag_among(S("\"abc-gz\""), S("abc")));
    ck_assert(etag_among(S("\"abc-gz\""), S("abc-gz")));
    ck_assert(etag_among(S("*"), S("abc")));
    ck_assert(!etag_among(S("\"abcd\""), S("abc")));
    ck_assert(!etag_among(S("abc"), S("abc")));
    ck_assert(!etag_among(S("\""), S("")));
}
END_TEST

struct range_row {
    const char *field;
    uint64_t size;
    enum range_kind kind;
    uint64_t first, length;
};
// clang-format off
static const struct range_row ranges[] = {
    {"bytes=0-0",      10, RANGE_PART, 0, 1},
    {"bytes=0-9",      10, RANGE_PART, 0, 10},
    {"bytes=5-",       10, RANGE_PART, 5, 5},
    {"bytes=5-999",    10, RANGE_PART, 5, 5},
    {"bytes=-3",       10, RANGE_PART, 7, 3},
    {"bytes=-30",      10, RANGE_PART, 0, 10},
    {"bytes=10-",      10, RANGE_OUTSIDE, 0, 10},
    {"bytes=-0",       10, RANGE_OUTSIDE, 0, 10},
    {"bytes=0-",        0, RANGE_OUTSIDE, 0, 0},
    {"bytes=5-4",      10, RANGE_ALL, 0, 10},
    {"bytes=0-1,3-4",  10, RANGE_ALL, 0, 10},
    {"lines=0-1",      10, RANGE_ALL, 0, 10},
    {"bytes=a-b",      10, RANGE_ALL, 0, 10},
    {"bytes=-",        10, RANGE_ALL, 0, 10},
    {"bytes=",         10, RANGE_ALL, 0, 10},
    {"-",              10, RANGE_ALL, 0, 10},
    {"bytes=99999999999999999999-", 10, RANGE_ALL, 0, 10},
};
// clang-format on

START_TEST(range_row_is_read)
{
    const struct range_row *r = &ranges[_i];
    uint64_t first, length;
    enum range_kind kind = range_read(str_from(r->field), r->size, &first, &length);
    ck_assert_msg(kind == r->kind && first == r->first && length == r->length, "%s: %d %llu %llu",
        r->field, (int)kind, (unsigned long long)first, (unsigned long long)length);
}
END_TEST

START_TEST(disposition_carries_chinese_names_and_no_quotes)
{
    struct str s = disposition_format(arena, S("attachment"), S("通知\"a\".pdf"));
    ck_assert_str_is(s, "attachment; filename=\"___a_.pdf\"; "
                        "filename*=UTF-8''%E9%80%9A%E7%9F%A5%22a%22.pdf");
}
END_TEST

START_TEST(parameter_is_read_as_browsers_write_it)
{
    struct str f = S("form-data; name=\"a;b\"; filename=\"C:\\dir\\x \\\"y\\\".pdf\"; z=1");
    ck_assert_str_is(parameter_find(arena, f, S("name")), "a;b");
    ck_assert_str_is(parameter_find(arena, f, S("FILENAME")), "C:\\dir\\x \"y\".pdf");
    ck_assert_str_is(parameter_find(arena, f, S("z")), "1");
    ck_assert(parameter_find(arena, f, S("nam")).p == NULL);
    ck_assert_str_is(parameter_find(arena, S("a; name=\"x%22y\""), S("name")), "x\"y");
    ck_assert_str_is(parameter_find(arena, S("a; name=\"open"), S("name")), "open");
    ck_assert(parameter_find(arena, S("a; name"), S("name")).p == NULL);
    ck_assert_str_is(parameter_find(arena, S("a; name="), S("name")), "");
}
END_TEST

START_TEST(addresses_of_one_network_are_counted_together)
{
    ck_assert(
        str_eq(address_network(arena, S("10.1.2.3")), address_network(arena, S("10.1.2.250"))));
    ck_assert(
        !str_eq(address_network(arena, S("10.1.2.3")), address_network(arena, S("10.1.3.3"))));
    ck_assert(str_eq(address_network(arena, S("2001:db8:0:1200::1")),
        address_network(arena, S("2001:db8:0:12ff::9"))));
    ck_assert(!str_eq(address_network(arena, S("2001:db8:0:1200::1")),
        address_network(arena, S("2001:db8:0:1300::1"))));
    ck_assert_str_is(address_network(arena, S("unix")), "unix");
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, cookie_is_found_by_its_whole_name);
    tcase_add_test(tc, gzip_is_taken_only_when_wanted);
    tcase_add_test(tc, json_is_answered_to_who_asks_for_nothing_else);
    tcase_add_test(tc, etag_is_found_in_every_spelling);
    tcase_add_loop_test(tc, range_row_is_read, 0, sizeof(ranges) / sizeof(ranges[0]));
    tcase_add_test(tc, disposition_carries_chinese_names_and_no_quotes);
    tcase_add_test(tc, parameter_is_read_as_browsers_write_it);
    tcase_add_test(tc, addresses_of_one_network_are_counted_together);
}
