#include "check_main.h"
#include "web/head.h"

#include <string.h>

struct head_row {
    const char *target;
    const char *lines; /* "Name: value|Name: value"; Host is added when absent */
    int status;
    const char *path;
};

static struct wire wire_of(const struct head_row *row)
{
    struct wire w = {.method = S("GET"), .target = str_from(row->target), .head_bytes = 100};
    w.lines = arena_many(arena, 200, struct head_line);
    struct str rest = str_from(row->lines);
    struct str piece;
    bool host = false;
    while (str_next(&rest, '|', &piece)) {
        ptrdiff_t colon = str_find_byte(piece, ':', 0);
        if (colon < 0) {
            continue;
        }
        struct head_line *l = &w.lines[w.line_count++];
        l->name = str_sub(piece, 0, (size_t)colon);
        l->value = str_skip(piece, (size_t)colon + 1);
        host = host || str_eq_nocase(l->name, S("host"));
    }
    if (!host) {
        w.lines[w.line_count++] = (struct head_line){S("Host"), S("x")};
    }
    return w;
}

// clang-format off
static const struct head_row rows[] = {
    {"/",                    "", 0, "/"},
    {"/d/%E6%B3%89",         "", 0, "/d/泉"},
    {"/a//b/./c",            "", 0, "/a/b/c"},
    {"/a/",                  "", 0, "/a/"},
    {"/a%2Fb?q=%zz",         "", 0, "/a/b"},
    {"/..",                  "", 400, NULL},
    {"/a/%2e%2e/b",          "", 400, NULL},
    {"/a%5c..%5cb",          "", 400, NULL},
    {"/a%00b",               "", 400, NULL},
    {"/a%0ab",               "", 400, NULL},
    {"/%",                   "", 400, NULL},
    {"/%4",                  "", 400, NULL},
    {"/%zz",                 "", 400, NULL},
    {"/%c3%28",              "", 400, NULL},
    {"/%ed%a0%80",           "", 400, NULL},
    {"a",                    "", 400, NULL},
    {"http://x/",            "", 400, NULL},
    {"*",                    "", 400, NULL},
    {"",                     "", 400, NULL},
    {"/",                    "Host: a|Host: b", 400, NULL},
    {"/",                    "Host: a|Host: a", 400, NULL},
    {"/",                    "Host:", 400, NULL},
    {"/",                    "Host: a/b", 400, NULL},
    {"/",                    "Host: a@b", 400, NULL},
    {"/",                    "Host: [::1", 400, NULL},
    {"/",                    "Host: [::1]:8080", 0, "/"},
    {"/",                    "Content-Length: 3|Content-Length: 3", 400, NULL},
    {"/",                    "Content-Length: 3|content-length: 4", 400, NULL},
    {"/",                    "Content-Length: 3, 3", 400, NULL},
    {"/",                    "Content-Length: +3", 400, NULL},
    {"/",                    "Content-Length: -3", 400, NULL},
    {"/",                    "Content-Length: 0x3", 400, NULL},
    {"/",                    "Content-Length:", 400, NULL},
    {"/",                    "Content-Length: 99999999999999999", 400, NULL},
    {"/",                    "Content-Length: 3|Transfer-Encoding: chunked", 400, NULL},
    {"/",                    "Transfer-Encoding: gzip, chunked", 400, NULL},
    {"/",                    "Transfer-Encoding: chunked|Transfer-Encoding: chunked", 400, NULL},
    {"/",                    "Transfer-Encoding: identity", 400, NULL},
    {"/",                    "Transfer-Encoding: xchunked", 400, NULL},
    {"/",                    "Transfer-Encoding: chunked", 0, "/"},
    {"/",                    "A : b", 400, NULL},
    {"/",                    "A b: c", 400, NULL},
    {"/",                    "A: b\x01", 400, NULL},
    {"/",                    "A: b\rC", 400, NULL},
    {"/",                    "A: b\tc", 0, "/"},
};
// clang-format on

START_TEST(head_row_is_answered)
{
    const struct head_row *row = &rows[_i];
    struct wire w = wire_of(row);
    struct http_head head;
    int status = head_read(arena, &w, 1000, &head);
    ck_assert_msg(status == row->status, "'%s' '%s': %d", row->target, row->lines, status);
    if (status == 0) {
        ck_assert_str_is(head.path, row->path);
    }
}
END_TEST

START_TEST(head_nul_in_a_value_is_refused)
{
    struct head_row row = {"/", "A: b", 0, "/"};
    struct wire w = wire_of(&row);
    w.lines[0].value = str_make("b\0c", 3);
    struct http_head head;
    ck_assert_int_eq(head_read(arena, &w, 1000, &head), 400);
}
END_TEST

START_TEST(head_read_otherwise_than_written_is_refused)
{
    struct head_row row = {"/", "", 0, "/"};
    struct wire w = wire_of(&row);
    w.malformed = true;
    struct http_head head;
    ck_assert_int_eq(head_read(arena, &w, 1000, &head), 400);
}
END_TEST

START_TEST(head_over_its_maximum_is_431)
{
    struct head_row row = {"/", "", 0, "/"};
    struct wire w = wire_of(&row);
    w.head_bytes = 1001;
    struct http_head head;
    ck_assert_int_eq(head_read(arena, &w, 1000, &head), 431);
    w.head_bytes = 1000;
    ck_assert_int_eq(head_read(arena, &w, 1000, &head), 0);
    for (size_t i = w.line_count; i < 101; i++) {
        w.lines[w.line_count++] = (struct head_line){S("A"), S("b")};
    }
    ck_assert_int_eq(head_read(arena, &w, 1000, &head), 431);
}
END_TEST

START_TEST(host_loses_its_port_and_case)
{
    struct head_row row = {"/", "Host: WWW.Example.CN:8080", 0, "/"};
    struct wire w = wire_of(&row);
    struct http_head head;
    ck_assert_int_eq(head_read(arena, &w, 1000, &head), 0);
    ck_assert_str_is(head.host, "www.example.cn");
    ck_assert_str_is(head.host_port, "www.example.cn:8080");
}
END_TEST

START_TEST(plus_is_a_blank_in_forms_only)
{
    struct str out;
    ck_assert(percent_decode(arena, S("a+b%20c"), DECODE_FORM, &out));
    ck_assert_str_is(out, "a b c");
    ck_assert(percent_decode(arena, S("a+b"), DECODE_PATH, &out));
    ck_assert_str_is(out, "a+b");
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_loop_test(tc, head_row_is_answered, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(tc, head_nul_in_a_value_is_refused);
    tcase_add_test(tc, head_read_otherwise_than_written_is_refused);
    tcase_add_test(tc, head_over_its_maximum_is_431);
    tcase_add_test(tc, host_loses_its_port_and_case);
    tcase_add_test(tc, plus_is_a_blank_in_forms_only);
}
