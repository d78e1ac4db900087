/*
 * multipart_test.c: the same message in every cut gives the same parts.
 */
#include "base/buf.h"
#include "check_main.h"
#include "web/multipart.h"

#include <string.h>

static struct buf seen;

static void on_begin(void *arg, const struct part_head *head)
{
    (void)arg;
    buf_format(&seen, "[%.*s", STR_ARG(head->name));
    if (head->is_file) {
        buf_format(&seen, "@%.*s", STR_ARG(head->file_name));
    }
    buf_add(&seen, S("|"));
}

static void on_bytes(void *arg, const char *p, size_t n)
{
    (void)arg;
    buf_add_bytes(&seen, p, n);
}

static void on_end(void *arg)
{
    (void)arg;
    buf_add(&seen, S("]"));
}

/* Fed in two pieces, cut at `at`; at 0: byte by byte. */
static struct str parts_of(struct str body, size_t at, bool *well)
{
    seen = buf_make(arena, 100000);
    struct multipart_sink sink = {NULL, on_begin, on_bytes, on_end};
    struct multipart *m = multipart_make(arena, S("BxB"), sink);
    *well = true;
    if (at > 0) {
        *well = multipart_add(m, body.p, at) && multipart_add(m, body.p + at, body.n - at);
    } else {
        for (size_t i = 0; i < body.n; i++) {
            *well = multipart_add(m, body.p + i, 1) && *well;
        }
    }
    *well = *well && multipart_whole(m);
    return buf_str(&seen);
}

struct body_row {
    const char *body;
    const char *parts; /* NULL: not whole */
};
// clang-format off
static const struct body_row rows[] = {
    {"--BxB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--BxB--\r\n", "[a|1]"},
    {"--BxB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\n--BxB\r\nContent-Disposition: form-data; name=b\r\n\r\nx\r\n\r\n--BxB--", "[a|][b|x\r\n]"},
    {"preamble\r\n--BxB  \r\ncontent-disposition: form-data; name=\"f\"; filename=\"n.txt\"\r\nContent-Type: text/plain\r\n\r\nline\r\n--BxC\r\n--Bx\r\n--BxB--epilogue", "[f@n.txt|line\r\n--BxC\r\n--Bx]"},
    {"--BxB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\r\r\n-\r\n\r\n--\r\r\n--BxB--", "[a|\r\r\n-\r\n\r\n--\r]"},
    {"--BxB--", ""},
    {"--BxB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\ncut off", NULL},
    {"--BxB\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n--BxB", NULL},
    {"--BxB\r\nContent-Type: x\r\n\r\n1\r\n--BxB--", NULL},
    {"--BxB\r\n\r\n1\r\n--BxB--", NULL},
    {"--BxBjunk\r\n", NULL},
    {"no boundary at all", NULL},
    {"", NULL},
};
// clang-format on

START_TEST(parts_are_the_same_in_every_cut)
{
    const struct body_row *row = &rows[_i];
    struct str body = str_from(row->body);
    for (size_t at = 0; at < body.n; at++) {
        bool well;
        struct str parts = parts_of(body, at, &well);
        ck_assert_msg(well == (row->parts != NULL), "row %d cut at %zu", _i, at);
        if (well) {
            ck_assert_str_is(parts, row->parts);
        }
    }
}
END_TEST

START_TEST(head_of_a_part_has_a_maximum)
{
    struct buf b = buf_make(arena, 100000);
    buf_add(&b, S("--BxB\r\nContent-Disposition: form-data; name=\""));
    for (int i = 0; i < 9000; i++) {
        buf_add_byte(&b, 'n');
    }
    buf_add(&b, S("\"\r\n\r\n1\r\n--BxB--"));
    bool well;
    parts_of(buf_str(&b), 10, &well);
    ck_assert(!well);
}
END_TEST

START_TEST(boundary_is_read_from_the_type)
{
    ck_assert_str_is(
        multipart_boundary(arena, S("Multipart/Form-Data; boundary=\"a b\"; x=1")), "a b");
    ck_assert_str_is(multipart_boundary(arena, S("multipart/form-data;boundary=xyz")), "xyz");
    ck_assert(multipart_boundary(arena, S("multipart/form-data")).p == NULL);
    ck_assert(multipart_boundary(arena, S("multipart/mixed; boundary=a")).p == NULL);
    ck_assert(multipart_boundary(arena, S("multipart/form-data; boundary=")).p == NULL);
    ck_assert(
        multipart_boundary(arena,
            S("multipart/form-data; boundary="
              "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"))
            .p == NULL);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_loop_test(tc, parts_are_the_same_in_every_cut, 0, sizeof(rows) / sizeof(rows[0]));
    tcase_add_test(tc, head_of_a_part_has_a_maximum);
    tcase_add_test(tc, boundary_is_read_from_the_type);
}
