/*
 * server_head_test.c: heads as nobody should write them, and what every answer carries.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "probe_cap.h"

#include <string.h>
#include <unistd.h>
#include <zlib.h>

#define OK "Host: 127.0.0.1\r\n"

// clang-format off
static const struct {
    struct str message;
    int status;
} bad[] = {
    {S_INIT("GET /big HTTP/1.1\r\n\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\r\n" OK "A: b\r\n folded\r\n\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\r\n" OK "A: b\r\n folded\r\nC: d\r\n\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\r\n" OK "A : b\r\n\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\r\n" OK "A: b\0c\r\n\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\r\n" OK "A: b\0c\r\nD: e\r\n\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\r\n" OK "A: b\rC: d\r\n\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\nHost: 127.0.0.1\n\n"), 400},
    {S_INIT("GET /b\0ig HTTP/1.1\r\n" OK "\r\n"), 400},
    {S_INIT("GET /big%00 HTTP/1.1\r\n" OK "\r\n"), 400},
    {S_INIT("GET /%zz HTTP/1.1\r\n" OK "\r\n"), 400},
    {S_INIT("GET /a/%2e%2e/big HTTP/1.1\r\n" OK "\r\n"), 400},
    {S_INIT("GET /../big HTTP/1.1\r\n" OK "\r\n"), 400},
    {S_INIT("GET /%ff%fe HTTP/1.1\r\n" OK "\r\n"), 400},
    {S_INIT("GET  /big HTTP/1.1\r\n" OK "\r\n"), 400},
    {S_INIT("GET http://127.0.0.1/big HTTP/1.1\r\n" OK "\r\n"), 400},
    {S_INIT("GET /big HTTP/1.1\r\n" OK "Content-Length: 3\r\n\r\nabc"), 400},
    {S_INIT("POST /login HTTP/1.1\r\n" OK "Content-Length: 3\r\nContent-Length: 4\r\n\r\nabc"), 400},
    {S_INIT("POST /login HTTP/1.1\r\n" OK "Content-Length: 3\r\nContent-Length: 3\r\n\r\nabc"), 400},
    {S_INIT("POST /login HTTP/1.1\r\n" OK "Content-Length: 3, 3\r\n\r\nabc"), 400},
    {S_INIT("POST /login HTTP/1.1\r\n" OK "Content-Length: +3\r\n\r\nabc"), 400},
    {S_INIT("POST /login HTTP/1.1\r\n" OK "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"), 400},
    {S_INIT("POST /login HTTP/1.1\r\n" OK "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"), 400},
    {S_INIT("POST /login HTTP/1.1\r\n" OK "Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"), 400},
};
// clang-format on

START_TEST(bad_message_is_refused_and_closed)
{
    probe_start(NULL);
    struct reply r = client_talk(probe.port, bad[_i].message);
    ck_assert_msg(r.status == bad[_i].status || r.status == 0, "row %d: %d", _i, r.status);
    ck_assert_msg(r.closed, "row %d stays open", _i);
    ck_assert_int_eq(client_get(probe.port, "/big", "").status, 200);
}
END_TEST

START_TEST(chunk_sizes_with_signs_are_refused)
{
    probe_start(NULL);
    static const char *const sizes[] = {"-3", "+3", "0x3", "99999999999999999999", "", " 3"};
    for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
        struct str m = str_format(arena,
            "POST /login HTTP/1.1\r\n" OK "Origin: http://127.0.0.1\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            "Transfer-Encoding: chunked\r\n\r\n%s\r\na=b\r\n0\r\n\r\n",
            sizes[i]);
        int status = client_talk(probe.port, m).status;
        ck_assert_msg(status == 400 || status == 413 || status == 0, "'%s': %d", sizes[i], status);
    }
}
END_TEST

START_TEST(long_head_is_431)
{
    probe_start(NULL);
    struct buf b = buf_make(arena, MIB(1));
    buf_add(&b, S("A: "));
    for (size_t i = 0; i < LIMIT_HEAD_BYTES; i++) {
        buf_add_byte(&b, 'x');
    }
    buf_add(&b, S("\r\n"));
    ck_assert_int_eq(client_get(probe.port, "/big", str_z(arena, buf_str(&b))).status, 431);
    struct str well = str_sub(buf_str(&b), 0, LIMIT_HEAD_BYTES - 1000);
    well = str_cat(arena, well, S("\r\n"));
    ck_assert_int_eq(client_get(probe.port, "/big", str_z(arena, well)).status, 200);
}
END_TEST

static void one_host(struct server_config *c)
{
    static const struct str hosts[] = {S_INIT("www.example.gov.cn")};
    c->hosts = (struct strs){hosts, 1};
}

START_TEST(unknown_host_is_421)
{
    probe_start(one_host);
    ck_assert_int_eq(client_get(probe.port, "/big", "").status, 421);
    struct reply r = client_talk(probe.port,
        S("GET /big HTTP/1.1\r\nHost: WWW.example.gov.cn:80\r\nConnection: close\r\n\r\n"));
    ck_assert_int_eq(r.status, 200);
}
END_TEST

START_TEST(two_requests_on_one_connection_are_both_answered)
{
    probe_start(NULL);
    int fd = client_open(probe.port);
    client_write(
        fd, S("GET /hidden HTTP/1.1\r\n" OK "\r\nGET /big HTTP/1.1\r\n" OK "X: y\r\n\r\n"));
    struct reply r = client_read(fd, false);
    ck_assert_int_eq(r.status, 404);
    close(fd);
    fd = client_open(probe.port);
    client_write(fd, S("GET /hidden HTTP/1.1\r\n" OK "\r\n"));
    r = client_read(fd, false);
    ck_assert_int_eq(r.status, 404);
    client_write(fd, S("GET /big HTTP/1.1\r\n" OK "X: y\r\n\r\n"));
    ck_assert_int_eq(client_read(fd, false).status, 200);
    close(fd);
}
END_TEST

START_TEST(hidden_and_unknown_give_the_same_bytes)
{
    probe_start(NULL);
    struct reply a = client_get(probe.port, "/hidden", "");
    struct reply b = client_get(probe.port, "/no/such/page?x=1", "");
    ck_assert_int_eq(a.status, 404);
    ck_assert_int_eq(b.status, 404);
    ck_assert(str_eq(a.body, b.body));
    ck_assert(str_has(a.body, S("没有找到这个页面")));
    ck_assert(!str_has(a.body, S("还没有公开")));
}
END_TEST

START_TEST(fault_tells_a_reference_and_nothing_else)
{
    probe_start(NULL);
    struct reply r = client_get(probe.port, "/broken", "");
    ck_assert_int_eq(r.status, 500);
    ck_assert(!str_has(r.body, S("straw")));
    ck_assert(str_has(r.body, S("编号")));
    struct reply json = client_get(probe.port, "/broken", "Accept: application/json\r\n");
    ck_assert_str_is(reply_line(&json, "content-type"), "application/json");
    ck_assert(str_has(json.body, S("\"reference\":")));
}
END_TEST

START_TEST(wrong_method_tells_the_right_one)
{
    probe_start(NULL);
    struct reply r = client_post(probe.port, "/big", "", S(""));
    ck_assert_int_eq(r.status, 405);
    ck_assert_str_is(reply_line(&r, "allow"), "GET, HEAD");
    r = client_get(probe.port, "/logout", "");
    ck_assert_int_eq(r.status, 405);
    ck_assert_str_is(reply_line(&r, "allow"), "POST");
    r = client_talk(probe.port, S("DELETE /big HTTP/1.1\r\n" OK "Connection: close\r\n\r\n"));
    ck_assert_int_eq(r.status, 405);
}
END_TEST

START_TEST(slash_at_the_end_leads_to_the_one_address)
{
    probe_start(NULL);
    struct reply r = client_get(probe.port, "/p/%E5%85%AC/?x=1", "");
    ck_assert_int_eq(r.status, 301);
    ck_assert_str_is(reply_line(&r, "location"), "/p/%E5%85%AC?x=1");
    ck_assert_int_eq(client_get(probe.port, "/no/such/", "").status, 404);
}
END_TEST

START_TEST(every_page_carries_the_guards)
{
    probe_start(NULL);
    static const char *const paths[] = {"/p/a", "/hidden", "/big", "/login", "/office/form", "/%"};
    for (size_t i = 0; i < sizeof(paths) / sizeof(paths[0]); i++) {
        struct reply r = client_get(probe.port, paths[i], "");
        ck_assert_str_is(reply_line(&r, "x-content-type-options"), "nosniff");
        ck_assert_str_is(reply_line(&r, "referrer-policy"), "same-origin");
        ck_assert(str_has(reply_line(&r, "content-security-policy"), S("default-src 'none'")));
        ck_assert(str_has(reply_line(&r, "permissions-policy"), S("camera=()")));
        ck_assert(reply_line(&r, "content-length").n > 0);
        ck_assert(reply_line(&r, "cache-control").n > 0);
    }
    struct reply open = client_get(probe.port, "/p/a", "");
    ck_assert_str_is(reply_line(&open, "cache-control"), "public, max-age=60, must-revalidate");
    struct reply office = client_get(probe.port, "/login", "");
    ck_assert_str_is(reply_line(&office, "cache-control"), "no-store");
    ck_assert(reply_line(&office, "etag").p == NULL);
}
END_TEST

START_TEST(page_is_known_again_by_its_tag)
{
    probe_start(NULL);
    struct reply r = client_get(probe.port, "/p/a", "");
    struct str tag = reply_line(&r, "etag");
    ck_assert(tag.n > 10);
    struct str lines = str_format(arena, "If-None-Match: %.*s\r\n", STR_ARG(tag));
    struct reply again = client_get(probe.port, "/p/a", str_z(arena, lines));
    ck_assert_int_eq(again.status, 304);
    ck_assert(str_eq(reply_line(&again, "etag"), tag));
    struct str large = str_format(arena, "%.*sCookie: gk-size=large\r\n", STR_ARG(lines));
    ck_assert_int_eq(client_get(probe.port, "/p/a", str_z(arena, large)).status, 200);
    ck_assert_int_eq(
        client_get(probe.port, "/big", "If-None-Match: \"edition-7\"\r\n").status, 304);
}
END_TEST

static struct str unpack(struct str packed)
{
    z_stream z = {0};
    char *p = arena_alloc(arena, MIB(1));
    ck_assert_int_eq(inflateInit2(&z, 15 + 16), Z_OK);
    union {
        const char *read;
        Bytef *any;
    } source = {.read = packed.p};
    z.next_in = source.any;
    z.avail_in = (uInt)packed.n;
    z.next_out = (Bytef *)p;
    z.avail_out = MIB(1);
    ck_assert_int_eq(inflate(&z, Z_FINISH), Z_STREAM_END);
    inflateEnd(&z);
    return str_make(p, MIB(1) - z.avail_out);
}

START_TEST(text_is_compressed_for_who_takes_it)
{
    probe_start(NULL);
    struct reply plain = client_get(probe.port, "/big", "");
    struct reply packed = client_get(probe.port, "/big", "Accept-Encoding: gzip\r\n");
    ck_assert_str_is(reply_line(&packed, "content-encoding"), "gzip");
    ck_assert_str_is(reply_line(&packed, "etag"), "\"edition-7-gz\"");
    ck_assert_str_is(reply_line(&plain, "etag"), "\"edition-7\"");
    ck_assert(packed.body.n < plain.body.n / 10);
    ck_assert(str_eq(unpack(packed.body), plain.body));
    struct reply known = client_get(
        probe.port, "/big", "Accept-Encoding: gzip\r\nIf-None-Match: \"edition-7-gz\"\r\n");
    ck_assert_int_eq(known.status, 304);
    ck_assert_str_is(reply_line(&known, "etag"), "\"edition-7-gz\"");
    ck_assert_str_is(reply_line(&known, "vary"), "Accept-Encoding, Cookie");
    struct reply small = client_get(probe.port, "/healthz", "Accept-Encoding: gzip\r\n");
    ck_assert_str_is(small.body, "ok\n");
}
END_TEST

START_TEST(head_is_answered_without_body)
{
    probe_start(NULL);
    struct reply g = client_get(probe.port, "/big", "");
    struct reply h = client_head(probe.port, "/big", "");
    ck_assert_int_eq(h.status, 200);
    ck_assert_uint_eq(h.body.n, 0);
    ck_assert(str_eq(reply_line(&h, "content-length"), reply_line(&g, "content-length")));
}
END_TEST

START_TEST(display_modes_are_cookies_and_go_back_within_the_site)
{
    probe_start(NULL);
    struct reply r = client_get(probe.port, "/display?size=large&back=%2Fp%2Fa%3Fb%3Dc", "");
    ck_assert_int_eq(r.status, 303);
    ck_assert_str_is(reply_line(&r, "location"), "/p/a?b=c");
    ck_assert_str_is(reply_cookie(&r, "gk-size"), "gk-size=large");
    static const char *const away[] = {"//evil.example", "https://evil.example", "/%5Cevil.example",
        "/%09/evil", "%2F%2Fevil.example", "javascript:x", ""};
    for (size_t i = 0; i < sizeof(away) / sizeof(away[0]); i++) {
        struct str t = str_format(arena, "/display?contrast=high&back=%s", away[i]);
        struct reply b = client_get(probe.port, str_z(arena, t), "");
        ck_assert_str_is(reply_line(&b, "location"), "/");
    }
    struct reply page =
        client_get(probe.port, "/p/a", "Cookie: gk-size=large; gk-contrast=high\r\n");
    ck_assert(str_has(page.body, S("data-size=\"large\"")));
    ck_assert(str_has(page.body, S("data-contrast=\"high\"")));
}
END_TEST

START_TEST(style_sheet_is_served_for_ever)
{
    probe_start(NULL);
    struct reply page = client_get(probe.port, "/p/a", "");
    ptrdiff_t at = str_find(page.body, S("/static/gk."), 0);
    ck_assert(at > 0);
    struct str path =
        str_sub(page.body, (size_t)at, (size_t)str_find_byte(page.body, '"', (size_t)at));
    struct reply r = client_get(probe.port, str_z(arena, path), "Accept-Encoding: gzip\r\n");
    ck_assert_int_eq(r.status, 200);
    ck_assert(str_has(reply_line(&r, "cache-control"), S("immutable")));
    ck_assert_str_is(reply_line(&r, "content-encoding"), "gzip");
    ck_assert(unpack(r.body).n > r.body.n);
    struct str lines = str_format(
        arena, "Accept-Encoding: gzip\r\nIf-None-Match: %.*s\r\n", STR_ARG(reply_line(&r, "etag")));
    ck_assert_int_eq(client_get(probe.port, str_z(arena, path), str_z(arena, lines)).status, 304);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_set_timeout(tc, 60);
    tcase_add_loop_test(tc, bad_message_is_refused_and_closed, 0, sizeof(bad) / sizeof(bad[0]));
    tcase_add_test(tc, chunk_sizes_with_signs_are_refused);
    tcase_add_test(tc, long_head_is_431);
    tcase_add_test(tc, unknown_host_is_421);
    tcase_add_test(tc, two_requests_on_one_connection_are_both_answered);
    tcase_add_test(tc, hidden_and_unknown_give_the_same_bytes);
    tcase_add_test(tc, fault_tells_a_reference_and_nothing_else);
    tcase_add_test(tc, wrong_method_tells_the_right_one);
    tcase_add_test(tc, slash_at_the_end_leads_to_the_one_address);
    tcase_add_test(tc, every_page_carries_the_guards);
    tcase_add_test(tc, page_is_known_again_by_its_tag);
    tcase_add_test(tc, text_is_compressed_for_who_takes_it);
    tcase_add_test(tc, head_is_answered_without_body);
    tcase_add_test(tc, display_modes_are_cookies_and_go_back_within_the_site);
    tcase_add_test(tc, style_sheet_is_served_for_ever);
}
