/*
 * csrf.c: was this form ours?
 *
 * The token of a form is an HMAC over the session; before there is a session, over a random cookie.
 * Besides, the browser must say that the form came from here (Sec-Fetch-Site, or Origin where a
 * browser does not send the former).
 */
#include "base/ban.h"
#include "base/rand.h"
#include "web/inside.h"
#include "web/session.h"

enum { FORM_COOKIE_BYTES = 18, TOKEN_BYTES = 24 };

static struct str form_cookie_name(const struct exchange *ex)
{
    return ex->inside->tls ? S("__Host-gk-form") : S("gk-form");
}

static struct str token_over(struct exchange *ex, const char *what, struct str text)
{
    struct arena *a = ex->ctx.arena;
    struct sha256 h = hmac_sha256(
        ex->ctx.site->token_key, str_format(a, "gongkai.form/%s\n%.*s", what, STR_ARG(text)));
    return str_base64url(a, h.b, TOKEN_BYTES);
}

struct str csrf_token(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    if (ex->session.is) {
        return token_over(ex, "session", in->token_hash);
    }
    if (in->form_cookie.n == 0) {
        in->form_cookie = exchange_cookie(ex, form_cookie_name(ex));
    }
    if (in->form_cookie.n < FORM_COOKIE_BYTES || in->form_cookie.n > 64) {
        in->form_cookie = rand_token(ex->ctx.arena, FORM_COOKIE_BYTES);
        struct str name = form_cookie_name(ex);
        answer_line(ex, S("Set-Cookie"),
            str_format(ex->ctx.arena, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s", STR_ARG(name),
                STR_ARG(in->form_cookie), in->tls ? "; Secure" : ""));
    }
    return token_over(ex, "cookie", in->form_cookie);
}

bool csrf_right(struct exchange *ex)
{
    struct str sent = values_get(&ex->form, S("_token"));
    if (sent.n == 0) {
        return false;
    }
    if (!ex->session.is) {
        struct str cookie = exchange_cookie(ex, form_cookie_name(ex));
        return cookie.n > 0 && str_eq_secret(sent, token_over(ex, "cookie", cookie));
    }
    return str_eq_secret(sent, token_over(ex, "session", ex->inside->token_hash));
}

bool csrf_same_origin(const struct exchange *ex)
{
    struct str site = exchange_header(ex, S("Sec-Fetch-Site"));
    if (site.p != NULL) {
        return str_eq(site, S("same-origin")) || str_eq(site, S("none"));
    }
    struct str origin = exchange_header(ex, S("Origin"));
    if (origin.p == NULL) {
        return false;
    }
    struct str own = str_format(ex->ctx.arena, "%s://%.*s", ex->inside->tls ? "https" : "http",
        STR_ARG(ex->inside->head.host_port));
    return str_eq_nocase(origin, own);
}
