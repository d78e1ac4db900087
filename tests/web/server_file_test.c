#include "probe_cap.h"

#include <string.h>

START_TEST(file_is_sent_whole_with_its_name_and_guards)
{
    probe_start(NULL);
    struct reply r = client_get(probe.port, "/file", "Accept-Encoding: gzip\r\n");
    ck_assert_int_eq(r.status, 200);
    ck_assert_str_is(r.body, "0123456789");
    ck_assert_str_is(reply_line(&r, "content-type"), "application/pdf");
    ck_assert_str_is(reply_line(&r, "content-disposition"),
        "attachment; filename=\"__.pdf\"; filename*=UTF-8''%E9%80%9A%E7%9F%A5.pdf");
    ck_assert(str_has(reply_line(&r, "content-security-policy"), S("sandbox")));
    ck_assert_str_is(reply_line(&r, "x-content-type-options"), "nosniff");
    ck_assert_str_is(reply_line(&r, "accept-ranges"), "bytes");
    struct str tag = str_format(arena, "\"%.*s\"", STR_ARG(probe.file.digest));
    ck_assert(str_eq(reply_line(&r, "etag"), tag));
    struct reply in = client_get(probe.port, "/file-inline", "");
    ck_assert(str_starts(reply_line(&in, "content-disposition"), S("inline;")));
}
END_TEST

// clang-format off
static const struct {
    const char *lines;
    int status;
    const char *body, *range;
} rows[] = {
    {"Range: bytes=2-4\r\n",       206, "234", "bytes 2-4/10"},
    {"Range: bytes=7-\r\n",        206, "789", "bytes 7-9/10"},
    {"Range: bytes=-2\r\n",        206, "89",  "bytes 8-9/10"},
    {"Range: bytes=0-0\r\n",       206, "0",   "bytes 0-0/10"},
    {"Range: bytes=10-\r\n",       416, "",    "bytes */10"},
    {"Range: bytes=0-1,5-6\r\n",   200, "0123456789", NULL},
    {"Range: pages=1-2\r\n",       200, "0123456789", NULL},
    {"Range: bytes=2-4\r\nIf-Range: \"other\"\r\n", 200, "0123456789", NULL},
    {"Range: bytes=2-4\r\nIf-Range: Wed, 25 Nov 2026 10:00:00 GMT\r\n", 200, "0123456789", NULL},
};
// clang-format on

START_TEST(range_is_answered)
{
    probe_start(NULL);
    struct reply r = client_get(probe.port, "/file", rows[_i].lines);
    ck_assert_int_eq(r.status, rows[_i].status);
    ck_assert_str_is(r.body, rows[_i].body);
    struct str range = reply_line(&r, "content-range");
    if (rows[_i].range == NULL) {
        ck_assert(range.p == NULL);
    } else {
        ck_assert_str_is(range, rows[_i].range);
    }
}
END_TEST

START_TEST(range_of_the_same_file_holds)
{
    probe_start(NULL);
    struct str lines =
        str_format(arena, "Range: bytes=2-4\r\nIf-Range: \"%.*s\"\r\n", STR_ARG(probe.file.digest));
    struct reply r = client_get(probe.port, "/file", str_z(arena, lines));
    ck_assert_int_eq(r.status, 206);
    ck_assert_str_is(r.body, "234");
}
END_TEST

START_TEST(file_is_known_again)
{
    probe_start(NULL);
    struct str lines = str_format(arena, "If-None-Match: \"%.*s\"\r\n", STR_ARG(probe.file.digest));
    struct reply r = client_get(probe.port, "/file", str_z(arena, lines));
    ck_assert_int_eq(r.status, 304);
    ck_assert_uint_eq(r.body.n, 0);
}
END_TEST

START_TEST(head_of_a_file_says_its_size)
{
    probe_start(NULL);
    struct reply r = client_head(probe.port, "/file", "Range: bytes=2-4\r\n");
    ck_assert_int_eq(r.status, 200);
    ck_assert_str_is(reply_line(&r, "content-length"), "10");
    ck_assert_uint_eq(r.body.n, 0);
}
END_TEST

START_TEST(lost_file_is_a_fault_not_an_empty_page)
{
    probe_start(NULL);
    probe.file.digest = S("00000000000000000000000000000000"
                          "00000000000000000000000000000000");
    ck_assert_int_eq(client_get(probe.port, "/file", "").status, 500);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, file_is_sent_whole_with_its_name_and_guards);
    tcase_add_loop_test(tc, range_is_answered, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(tc, range_of_the_same_file_holds);
    tcase_add_test(tc, file_is_known_again);
    tcase_add_test(tc, head_of_a_file_says_its_size);
    tcase_add_test(tc, lost_file_is_a_fault_not_an_empty_page);
}
