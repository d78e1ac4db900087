#include "probe_cap.h"

#include <string.h>

enum { MINUTE_MS = 60 * 1000 };

static int ask_form(const char *cookie, const char *lines)
{
    struct str all = str_format(arena, "Cookie: %s\r\n%s", cookie, lines);
    return client_get(probe.port, "/office/form", str_z(arena, all)).status;
}

static void pass(int minutes)
{
    probe.f->clock.fixed_ms += (int64_t)minutes * MINUTE_MS;
}

START_TEST(nobody_is_sent_to_the_login_with_the_way_back)
{
    probe_start_on(_i, NULL);
    struct reply r = client_get(probe.port, "/office/form?a=1&b=2", "");
    ck_assert_int_eq(r.status, 303);
    ck_assert_str_is(reply_line(&r, "location"), "/login?next=%2Foffice%2Fform%3Fa%3D1%26b%3D2");
    r = client_form(probe.port, "/office/form", "", "title=a");
    ck_assert_int_eq(r.status, 401);
    ck_assert(str_has(r.body, S("没有作任何更改")));
    ck_assert_int_eq(ask_form("gk=forged", ""), 303);
    ck_assert_int_eq(ask_form("gk=", ""), 303);
}
END_TEST

START_TEST(cookie_of_a_session_is_guarded)
{
    probe_start_on(_i, NULL);
    struct reply page = client_get(probe.port, "/login", "");
    struct str body =
        str_format(arena, "who=%lld&_token=%.*s", (long long)probe.f->officer, STR_ARG(page.body));
    struct reply r = client_form(
        probe.port, "/login", str_z(arena, reply_cookie(&page, "gk-form")), str_z(arena, body));
    ck_assert_int_eq(r.status, 303);
    ck_assert(str_has(r.head, S("Set-Cookie: gk=")));
    ck_assert(str_has(r.head, S("; Path=/; HttpOnly; SameSite=Lax")));
    ck_assert(reply_cookie(&r, "gk").n > 40);
}
END_TEST

static void proxied(struct server_config *c)
{
    static const struct str proxies[] = {S_INIT("127.0.0.1")};
    c->proxies = (struct strs){proxies, 1};
}

START_TEST(behind_tls_the_cookie_is_secure)
{
    probe_start_on(_i, proxied);
    struct reply page = client_get(probe.port, "/login", "X-Forwarded-Proto: https\r\n");
    struct str form = reply_cookie(&page, "__Host-gk-form");
    ck_assert(form.n > 0);
    ck_assert(str_has(page.head, S("; Secure")));
    ck_assert(str_has(reply_line(&page, "strict-transport-security"), S("max-age=31536000")));
    struct str lines = str_format(arena,
        "X-Forwarded-Proto: https\r\nOrigin: https://127.0.0.1:%d\r\nCookie: %.*s\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n",
        probe.port, STR_ARG(form));
    struct str body =
        str_format(arena, "who=%lld&_token=%.*s", (long long)probe.f->officer, STR_ARG(page.body));
    struct reply r = client_post(probe.port, "/login", str_z(arena, lines), body);
    ck_assert_int_eq(r.status, 303);
    ck_assert(reply_cookie(&r, "__Host-gk").n > 0);
}
END_TEST

START_TEST(stranger_cannot_claim_to_be_a_proxy)
{
    probe_start_on(_i, NULL);
    struct reply page = client_get(probe.port, "/login", "X-Forwarded-Proto: https\r\n");
    ck_assert(reply_cookie(&page, "__Host-gk-form").p == NULL);
    ck_assert(reply_cookie(&page, "gk-form").n > 0);
}
END_TEST

START_TEST(session_ends_after_fifteen_idle_minutes)
{
    probe_start_on(_i, NULL);
    const char *cookie = probe_login(probe.f->officer);
    pass(14);
    ck_assert_int_eq(ask_form(cookie, ""), 200);
    pass(14);
    ck_assert_int_eq(ask_form(cookie, ""), 200);
    pass(15);
    ck_assert_int_eq(ask_form(cookie, ""), 303);
    pass(-15);
    ck_assert_int_eq(ask_form(cookie, ""), 303); /* ended is ended */
}
END_TEST

START_TEST(session_ends_after_eight_hours)
{
    probe_start_on(_i, NULL);
    const char *cookie = probe_login(probe.f->officer);
    for (int i = 0; i < 47; i++) {
        pass(10);
        ck_assert_int_eq(ask_form(cookie, ""), 200);
    }
    pass(10);
    ck_assert_int_eq(ask_form(cookie, ""), 303);
}
END_TEST

START_TEST(polling_does_not_keep_a_session_alive)
{
    probe_start_on(_i, NULL);
    const char *cookie = probe_login(probe.f->officer);
    pass(10);
    ck_assert_int_eq(ask_form(cookie, "Sec-Fetch-Dest: empty\r\n"), 200);
    pass(5);
    ck_assert_int_eq(ask_form(cookie, "Sec-Fetch-Dest: empty\r\n"), 303);
}
END_TEST

START_TEST(session_ends_when_the_person_leaves)
{
    probe_start_on(_i, NULL);
    const char *cookie = probe_login(probe.f->officer);
    fixture_person_status(probe.f, probe.f->officer, "left");
    ck_assert_int_eq(ask_form(cookie, ""), 303);
    fixture_person_status(probe.f, probe.f->officer, "active");
    ck_assert_int_eq(ask_form(cookie, ""), 303);
}
END_TEST

START_TEST(fourth_login_ends_the_oldest)
{
    probe_start_on(_i, NULL);
    const char *cookies[4];
    for (int i = 0; i < 4; i++) {
        cookies[i] = probe_login(probe.f->officer);
        pass(1);
    }
    ck_assert_int_eq(ask_form(cookies[0], ""), 303);
    for (int i = 1; i < 4; i++) {
        ck_assert_int_eq(ask_form(cookies[i], ""), 200);
    }
}
END_TEST

START_TEST(logout_ends_it_and_clears_the_browser)
{
    probe_start_on(_i, NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str body = str_format(arena, "_token=%s", probe_token(cookie));
    struct reply r = client_form(probe.port, "/logout", cookie, str_z(arena, body));
    ck_assert_int_eq(r.status, 303);
    ck_assert(str_has(reply_line(&r, "clear-site-data"), S("\"cookies\"")));
    ck_assert_str_is(reply_cookie(&r, "gk"), "gk=");
    ck_assert_int_eq(ask_form(cookie, ""), 303);
}
END_TEST

START_TEST(others_can_be_ended)
{
    probe_start_on(_i, NULL);
    const char *first = probe_login(probe.f->officer);
    const char *second = probe_login(probe.f->officer);
    const char *stranger = probe_login(probe.f->author);
    struct str lines = str_format(arena, "Cookie: %s\r\n", second);
    ck_assert_str_is(client_get(probe.port, "/office/sessions", str_z(arena, lines)).body, "2");
    struct str body = str_format(arena, "_token=%s", probe_token(second));
    ck_assert_str_is(
        client_form(probe.port, "/office/others", second, str_z(arena, body)).body, "1");
    ck_assert_int_eq(ask_form(first, ""), 303);
    ck_assert_int_eq(ask_form(second, ""), 200);
    ck_assert_int_eq(ask_form(stranger, ""), 200);
}
END_TEST

START_TEST(proof_lasts_ten_minutes)
{
    probe_start_on(_i, NULL);
    const char *cookie = probe_login(probe.f->officer);
    const char *body = str_z(arena, str_format(arena, "_token=%s", probe_token(cookie)));
    ck_assert_str_is(client_form(probe.port, "/office/prove", cookie, body).body, "was proved");
    pass(10);
    ck_assert_str_is(client_form(probe.port, "/office/prove", cookie, body).body, "was not proved");
}
END_TEST

START_TEST(forced_second_factor_leads_to_enrolment_only)
{
    probe_start_on(_i, NULL);
    probe.f->site.demo = false;
    const char *cookie = probe_login(probe.f->officer);
    struct str lines = str_format(arena, "Cookie: %s\r\n", cookie);
    struct reply r = client_get(probe.port, "/office/form", str_z(arena, lines));
    ck_assert_int_eq(r.status, 303);
    ck_assert_str_is(reply_line(&r, "location"), "/office/totp");
    r = client_get(probe.port, "/office/totp", str_z(arena, lines));
    ck_assert_str_is(r.body, "enrol");
    ck_assert(reply_line(&r, "etag").p == NULL); /* nothing of the office is kept in caches */
    ck_assert_str_is(reply_line(&r, "cache-control"), "no-store");
    ck_assert_int_eq(client_form(probe.port, "/office/form", cookie, "title=a").status, 403);
}
END_TEST

START_TEST(right_is_asked_each_time)
{
    probe_start_on(_i, NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str lines = str_format(arena, "Cookie: %s\r\n", cookie);
    struct reply r = client_get(probe.port, "/office/secret", str_z(arena, lines));
    ck_assert_int_eq(r.status, 403);
    ck_assert(str_has(r.body, S("没有办理这项业务的权限")));
    fixture_grant(probe.f, probe.f->officer, probe.f->office, &MAY_PROBE_SECRET);
    r = client_get(probe.port, "/office/secret", str_z(arena, lines));
    ck_assert_int_eq(r.status, 200);
}
END_TEST

START_TEST(menu_shows_what_one_may)
{
    probe_start_on(_i, NULL);
    const char *cookie = probe_login(probe.f->officer);
    struct str lines = str_format(arena, "Cookie: %s\r\n", cookie);
    struct reply r = client_get(probe.port, "/office/form", str_z(arena, lines));
    ck_assert(str_has(r.body, S("nav=1\n")));
    ck_assert(str_has(r.body, S("who=办公室　陈晓\n")));
    fixture_grant(probe.f, probe.f->officer, probe.f->office, &MAY_PROBE_UPLOAD);
    r = client_get(probe.port, "/office/form", str_z(arena, lines));
    ck_assert(str_has(r.body, S("nav=2\n")));
}
END_TEST

static void public_only(struct server_config *c)
{
    c->sides = SERVE_PUBLIC;
}

START_TEST(public_side_alone_knows_no_office)
{
    probe_start_on(_i, public_only);
    ck_assert_int_eq(client_get(probe.port, "/login", "").status, 404);
    ck_assert_int_eq(client_get(probe.port, "/office/form", "").status, 404);
    ck_assert_int_eq(client_get(probe.port, "/p/a", "").status, 200);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_set_timeout(tc, 60);
    on_both_engines(tc, nobody_is_sent_to_the_login_with_the_way_back);
    on_both_engines(tc, cookie_of_a_session_is_guarded);
    on_both_engines(tc, behind_tls_the_cookie_is_secure);
    on_both_engines(tc, stranger_cannot_claim_to_be_a_proxy);
    on_both_engines(tc, session_ends_after_fifteen_idle_minutes);
    on_both_engines(tc, session_ends_after_eight_hours);
    on_both_engines(tc, polling_does_not_keep_a_session_alive);
    on_both_engines(tc, session_ends_when_the_person_leaves);
    on_both_engines(tc, fourth_login_ends_the_oldest);
    on_both_engines(tc, logout_ends_it_and_clears_the_browser);
    on_both_engines(tc, others_can_be_ended);
    on_both_engines(tc, proof_lasts_ten_minutes);
    on_both_engines(tc, forced_second_factor_leads_to_enrolment_only);
    on_both_engines(tc, right_is_asked_each_time);
    on_both_engines(tc, menu_shows_what_one_may);
    on_both_engines(tc, public_side_alone_knows_no_office);
}
