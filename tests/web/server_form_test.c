/*
 * server_form_test.c: forms and uploads: what is typed is kept, what is hostile leaves nothing.
 */
#include "base/buf.h"
#include "base/limits.h"
#include "probe_cap.h"

#include <string.h>
#include <unistd.h>

static struct str type_line(const char *cookie)
{
    return str_format(arena,
        "Origin: http://127.0.0.1:%d\r\nCookie: %s\r\n"
        "Content-Type: multipart/form-data; boundary=BxB\r\n",
        probe.port, cookie);
}

static struct str field(const char *name, struct str text)
{
    return str_format(arena, "--BxB\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%.*s\r\n",
        name, STR_ARG(text));
}

static struct str file(const char *name, const char *file_name, struct str bytes)
{
    struct str head = str_format(arena,
        "--BxB\r\nContent-Disposition: form-data; name=\"%s\"; filename=\"%s\"\r\n"
        "Content-Type: text/html\r\n\r\n",
        name, file_name);
    return str_cat(arena, str_cat(arena, head, bytes), S("\r\n"));
}

static struct str cat3(struct str a, struct str b, struct str c)
{
    return str_cat(arena, str_cat(arena, a, b), c);
}

#define END_BODY S("--BxB--\r\n")

START_TEST(form_with_its_token_is_done_and_its_words_are_shown_once)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str body =
        str_format(arena, "title=%%E9%%80%%9A%%E7%%9F%%A5&_token=%s", probe_token(cookie));
    struct reply r = client_form(probe.port, "/office/form", cookie, str_z(arena, body));
    ck_assert_int_eq(r.status, 303);
    ck_assert_str_is(reply_line(&r, "location"), "/office/form");
    ck_assert_int_eq(probe.noted, 1);
    struct str lines = str_format(arena, "Cookie: %s\r\n", cookie);
    struct reply page = client_get(probe.port, "/office/form", str_z(arena, lines));
    ck_assert(str_has(page.body, S("notice=已记录：通知\n")));
    page = client_get(probe.port, "/office/form", str_z(arena, lines));
    ck_assert(str_has(page.body, S("notice=\n")));
}
END_TEST

START_TEST(same_form_sent_twice_is_done_once)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str body = str_format(arena, "title=a&_key=k1&_token=%s", probe_token(cookie));
    ck_assert_int_eq(
        client_form(probe.port, "/office/form", cookie, str_z(arena, body)).status, 303);
    ck_assert_int_eq(
        client_form(probe.port, "/office/form", cookie, str_z(arena, body)).status, 303);
    ck_assert_int_eq(probe.noted, 1);
}
END_TEST

START_TEST(forged_form_changes_nothing)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    const char *token = probe_token(cookie);
    const char *other = probe_token(probe_login(probe.f->author));
    const char *bodies[] = {"title=a", "title=a&_token=", "title=a&_token=AAAA",
        str_z(arena, str_format(arena, "title=a&_token=%s", other)),
        str_z(arena, str_format(arena, "title=a&_token=%sx", token))};
    for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
        struct reply r = client_form(probe.port, "/office/form", cookie, bodies[i]);
        ck_assert_int_eq(r.status, 403);
        ck_assert(str_has(r.body, S("没有作任何更改")));
    }
    struct str good = str_format(arena, "title=a&_token=%s", token);
    static const char *const origins[] = {"Origin: http://evil.example\r\n", "",
        "Sec-Fetch-Site: cross-site\r\n", "Sec-Fetch-Site: same-site\r\n", "Origin: null\r\n"};
    for (size_t i = 0; i < sizeof(origins) / sizeof(origins[0]); i++) {
        struct str lines =
            str_format(arena, "%sCookie: %s\r\nContent-Type: application/x-www-form-urlencoded\r\n",
                origins[i], cookie);
        ck_assert_int_eq(
            client_post(probe.port, "/office/form", str_z(arena, lines), good).status, 403);
    }
    ck_assert_int_eq(probe.noted, 0);
}
END_TEST

START_TEST(fault_of_a_field_keeps_what_was_typed)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str body = str_format(arena, "title=12345678901234&_token=%s", probe_token(cookie));
    struct reply r = client_form(probe.port, "/office/form", cookie, str_z(arena, body));
    ck_assert_int_eq(r.status, 422);
    ck_assert(str_has(r.body, S("title=12345678901234\n")));
    ck_assert(str_has(r.body, S("fault title: ")));
}
END_TEST

START_TEST(broken_text_is_told_in_words)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    const char *token = probe_token(cookie);
    static const char *const texts[] = {"%ff", "a%00b", "%ed%a0%80", "%c0%af", "%4"};
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct str body = str_format(arena, "title=%s&_token=%s", texts[i], token);
        struct reply r = client_form(probe.port, "/office/form", cookie, str_z(arena, body));
        ck_assert_int_eq(r.status, 400);
        ck_assert(str_has(r.body, S("提交的文字编码有误")));
    }
    struct str raw =
        cat3(field("title", S("\xff\xfe")), field("_token", str_from(token)), END_BODY);
    struct reply r = client_post(probe.port, "/office/form", str_z(arena, type_line(cookie)), raw);
    ck_assert_int_eq(r.status, 400);
    struct str other = str_format(arena,
        "Origin: http://127.0.0.1:%d\r\nCookie: %s\r\nContent-Type: application/json\r\n",
        probe.port, cookie);
    ck_assert_int_eq(
        client_post(probe.port, "/office/form", str_z(arena, other), S("{}")).status, 415);
    ck_assert_int_eq(probe.noted, 0);
}
END_TEST

START_TEST(too_many_fields_and_too_much_text_are_413)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct buf b = buf_make(arena, MIB(1));
    for (int i = 0; i <= LIMIT_FIELDS; i++) {
        buf_add(&b, S("a=b&"));
    }
    ck_assert_int_eq(
        client_form(probe.port, "/office/form", cookie, str_z(arena, buf_str(&b))).status, 413);
    b = buf_make(arena, MIB(1));
    buf_add(&b, S("a="));
    for (size_t i = 0; i < LIMIT_FORM_BYTES; i++) {
        buf_add_byte(&b, 'x');
    }
    /* In chunks nothing says beforehand how much comes. */
    struct str m = str_format(arena,
        "POST /office/form HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nCookie: %s\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nTransfer-Encoding: chunked\r\n\r\n"
        "%zx\r\n%.*s\r\n0\r\n\r\n",
        cookie, b.n, STR_ARG(buf_str(&b)));
    ck_assert_int_eq(client_talk(probe.port, m).status, 413);
}
END_TEST

START_TEST(upload_is_kept_by_content_under_a_clean_name)
{
    probe_start(NULL);
    fixture_grant(probe.f, probe.f->officer, probe.f->office, &MAY_PROBE_UPLOAD);
    const char *cookie = probe_login(probe.f->officer);
    struct str token = field("_token", str_from(probe_token(cookie)));
    struct str files = str_cat(
        arena, file("f", "../../a\\通知.pdf", S("%PDF-1.4\r\n--BxC\r\n")), file("f", "", S("")));
    struct reply r = client_post(probe.port, "/office/upload", str_z(arena, type_line(cookie)),
        cat3(token, files, END_BODY));
    ck_assert_int_eq(r.status, 200);
    ck_assert_str_is(r.body, "f 通知.pdf application/pdf 17\n");
    ck_assert_int_eq(probe_blob_count(), 2); /* this and the one of /file */
}
END_TEST

START_TEST(hostile_file_is_a_fault_at_its_field)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str token = field("_token", str_from(probe_token(cookie)));
    struct str files = str_cat(arena, file("files", "x.pdf", S("<html><script>")),
        file("files", "old.doc", S("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")));
    struct reply r = client_post(probe.port, "/office/attach", str_z(arena, type_line(cookie)),
        cat3(token, files, END_BODY));
    ck_assert_int_eq(r.status, 422);
    ck_assert(str_has(r.body, S("fault files: “x.pdf”：不接收网页")));
    ck_assert(str_has(r.body, S("fault files: “old.doc”：这是旧版 Office")));
    ck_assert(str_has(r.body, S("fault title: "))); /* told together */
    ck_assert_int_eq(probe.noted, 0);
    ck_assert_int_eq(probe_blob_count(), 1);
}
END_TEST

START_TEST(fifty_first_file_is_refused_at_its_field)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct buf b = buf_make(arena, MIB(1));
    buf_add(&b, field("_token", str_from(probe_token(cookie))));
    for (int i = 0; i <= LIMIT_ATTACHMENTS; i++) {
        buf_add(&b, file("files", "a.txt", S("text")));
    }
    buf_add(&b, END_BODY);
    struct reply r =
        client_post(probe.port, "/office/attach", str_z(arena, type_line(cookie)), buf_str(&b));
    ck_assert_int_eq(r.status, 422);
    ck_assert(str_has(r.body, S("一次最多上传 50 个文件")));
}
END_TEST

static void small_files(struct server_config *c)
{
    c->upload_bytes = MIB(1);
}

START_TEST(file_over_its_limit_is_a_fault_and_not_stored)
{
    probe_start(small_files);
    const char *cookie = probe_login(probe.f->officer);
    struct str token = field("_token", str_from(probe_token(cookie)));
    char *p = arena_alloc(arena, MIB(2));
    memset(p, 'x', MIB(2));
    struct str body =
        cat3(token, field("title", S("a")), file("files", "big.txt", str_make(p, MIB(2))));
    struct reply r = client_post(probe.port, "/office/attach", str_z(arena, type_line(cookie)),
        str_cat(arena, body, END_BODY));
    ck_assert_int_eq(r.status, 422);
    ck_assert(str_has(r.body, S("超过 1 MB")));
    ck_assert(str_has(r.body, S("title=a\n")));
    ck_assert_int_eq(probe_blob_count(), 1);
}
END_TEST

START_TEST(two_gigabytes_are_refused_before_a_byte_is_read)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str m = str_format(arena,
        "POST /office/attach HTTP/1.1\r\nHost: 127.0.0.1\r\n%.*sContent-Length: 2147483648\r\n\r\n",
        STR_ARG(type_line(cookie)));
    struct reply r = client_talk(probe.port, m);
    ck_assert_int_eq(r.status, 413);
    ck_assert(r.closed);
    ck_assert(str_has(r.body, S("提交的内容太大")));
    ck_assert_int_eq(probe_blob_count(), 1);
}
END_TEST

START_TEST(upload_without_right_is_refused_before_its_body)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer); /* may not upload */
    struct str m = str_format(arena,
        "POST /office/upload HTTP/1.1\r\nHost: 127.0.0.1\r\n%.*sContent-Length: 1000000\r\n\r\n",
        STR_ARG(type_line(cookie)));
    ck_assert_int_eq(client_talk(probe.port, m).status, 403);
    struct str nobody = str_format(arena,
        "POST /office/upload HTTP/1.1\r\nHost: 127.0.0.1\r\n%.*sContent-Length: 1000000\r\n\r\n",
        STR_ARG(type_line("gk=none")));
    ck_assert_int_eq(client_talk(probe.port, nobody).status, 401);
    /* Who waits to be asked hears it at once. */
    struct str expect = str_format(arena,
        "POST /office/upload HTTP/1.1\r\nHost: 127.0.0.1\r\n%.*sExpect: 100-continue\r\n"
        "Content-Length: 1000000\r\n\r\n",
        STR_ARG(type_line(cookie)));
    ck_assert_int_eq(client_talk(probe.port, expect).status, 403);
    ck_assert_int_eq(probe_blob_count(), 1);
}
END_TEST

START_TEST(upload_cut_off_leaves_nothing)
{
    probe_start(NULL);
    fixture_grant(probe.f, probe.f->officer, probe.f->office, &MAY_PROBE_UPLOAD);
    const char *cookie = probe_login(probe.f->officer);
    struct str body = cat3(field("_token", str_from(probe_token(cookie))),
        file("f", "a.pdf", S("%PDF-1.4 half of it")), S(""));
    struct str m = str_format(arena,
        "POST /office/upload HTTP/1.1\r\nHost: 127.0.0.1\r\n%.*sContent-Length: %zu\r\n\r\n%.*s",
        STR_ARG(type_line(cookie)), body.n + 1000, STR_ARG(body));
    int fd = client_open(probe.port);
    client_write(fd, m);
    for (int i = 0; i < 200 && probe_blob_count() < 2; i++) {
        usleep(10 * 1000);
    }
    ck_assert_int_eq(probe_blob_count(), 2); /* under way */
    close(fd);
    for (int i = 0; i < 300 && probe_blob_count() > 1; i++) {
        usleep(10 * 1000);
    }
    ck_assert_int_eq(probe_blob_count(), 1);
    /* The same with a whole message whose multipart is not. */
    struct reply r =
        client_post(probe.port, "/office/upload", str_z(arena, type_line(cookie)), body);
    ck_assert_int_eq(r.status, 400);
    ck_assert(str_has(r.body, S("不完整")));
    ck_assert_int_eq(probe_blob_count(), 1);
}
END_TEST

START_TEST(forged_upload_is_not_kept)
{
    probe_start(NULL);
    fixture_grant(probe.f, probe.f->officer, probe.f->office, &MAY_PROBE_UPLOAD);
    const char *cookie = probe_login(probe.f->officer);
    struct str body =
        cat3(field("_token", S("wrong")), file("f", "a.pdf", S("%PDF-1.4")), END_BODY);
    struct reply r =
        client_post(probe.port, "/office/upload", str_z(arena, type_line(cookie)), body);
    ck_assert_int_eq(r.status, 403);
    for (int i = 0; i < 300 && probe_blob_count() > 1; i++) {
        usleep(10 * 1000);
    }
    ck_assert_int_eq(probe_blob_count(), 1);
}
END_TEST

static void slow_logins(struct server_config *c)
{
    c->rates[CLASS_LOGIN] = (struct rate_limit){20, 20};
}

START_TEST(twenty_logins_a_minute_then_429)
{
    probe_start(slow_logins);
    int status = 0;
    for (int i = 0; i < 20; i++) {
        status = client_form(probe.port, "/login", "", "who=1").status;
        ck_assert_int_eq(status, 403);
    }
    struct reply r = client_form(probe.port, "/login", "", "who=1");
    ck_assert_int_eq(r.status, 429);
    int64_t wait = 0;
    ck_assert(str_to_int(reply_line(&r, "retry-after"), &wait) && wait > 0 && wait <= 4);
    ck_assert_int_eq(client_get(probe.port, "/big", "").status, 200);
}
END_TEST

START_TEST(json_is_answered_in_kind)
{
    probe_start(NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str lines = str_format(arena,
        "Origin: http://127.0.0.1:%d\r\nCookie: %s\r\nAccept: application/json\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n",
        probe.port, cookie);
    struct str body = str_format(arena, "title=a&_token=%s", probe_token(cookie));
    struct reply r = client_post(probe.port, "/office/form", str_z(arena, lines), body);
    ck_assert_int_eq(r.status, 200);
    ck_assert(str_has(r.body, S("\"id\":\"7\"")));
    r = client_get(probe.port, "/office/form", "Accept: application/json\r\n");
    ck_assert_int_eq(r.status, 401);
    ck_assert(str_has(r.body, S("\"login\":\"/login.json\"")) && str_has(r.body, S("\"token\":\"")));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_set_timeout(tc, 60);
    tcase_add_test(tc, form_with_its_token_is_done_and_its_words_are_shown_once);
    tcase_add_test(tc, same_form_sent_twice_is_done_once);
    tcase_add_test(tc, forged_form_changes_nothing);
    tcase_add_test(tc, fault_of_a_field_keeps_what_was_typed);
    tcase_add_test(tc, broken_text_is_told_in_words);
    tcase_add_test(tc, too_many_fields_and_too_much_text_are_413);
    tcase_add_test(tc, upload_is_kept_by_content_under_a_clean_name);
    tcase_add_test(tc, hostile_file_is_a_fault_at_its_field);
    tcase_add_test(tc, file_over_its_limit_is_a_fault_and_not_stored);
    tcase_add_test(tc, fifty_first_file_is_refused_at_its_field);
    tcase_add_test(tc, two_gigabytes_are_refused_before_a_byte_is_read);
    tcase_add_test(tc, upload_without_right_is_refused_before_its_body);
    tcase_add_test(tc, upload_cut_off_leaves_nothing);
    tcase_add_test(tc, forged_upload_is_not_kept);
    tcase_add_test(tc, twenty_logins_a_minute_then_429);
    tcase_add_test(tc, json_is_answered_in_kind);
}
