/*
 * display.c: large type and high contrast, kept in cookies and changed by a plain link; and the
 * routes of this room.
 */
#include "base/ban.h"
#include "store/db.h"
#include "web/inside.h"
#include "web/site_pages.h"
#include "web/static.h"

enum { YEAR_S = 365 * 24 * 3600 };

/* A place within this site: one slash, then no second one of either kind, no controls. */
bool path_is_local(struct str path)
{
    if (path.n == 0 || path.p[0] != '/' || path.n > 2000) {
        return false;
    }
    if (path.n > 1 && (path.p[1] == '/' || path.p[1] == '\\')) {
        return false;
    }
    for (size_t i = 0; i < path.n; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c <= 0x20 || c == 0x7f || c == '\\') {
            return false;
        }
    }
    return true;
}

void display_read(struct exchange *ex)
{
    if (str_eq(exchange_cookie(ex, S("gk-size")), S("large"))) {
        ex->display_size = S("large");
    }
    if (str_eq(exchange_cookie(ex, S("gk-contrast")), S("high"))) {
        ex->display_contrast = S("high");
    }
}

static void keep(struct exchange *ex, const char *cookie, struct str param, struct str on)
{
    struct str wanted = values_get(&ex->query, param);
    if (wanted.p == NULL) {
        return;
    }
    bool is_on = str_eq(wanted, on);
    answer_line(ex, S("Set-Cookie"),
        str_format(ex->ctx.arena, "%s=%.*s; Path=/; Max-Age=%d; HttpOnly; SameSite=Lax%s", cookie,
            STR_ARG(is_on ? on : S("normal")), is_on ? YEAR_S : 0,
            ex->inside->tls ? "; Secure" : ""));
}

const struct err *display_set(struct exchange *ex)
{
    keep(ex, "gk-size", S("size"), S("large"));
    keep(ex, "gk-contrast", S("contrast"), S("high"));
    struct str back = values_get(&ex->query, S("back"));
    exchange_header_set(ex, S("Cache-Control"), S("no-store"));
    return exchange_go(ex, path_is_local(back) ? back : S("/"));
}

static const struct err *health(struct exchange *ex)
{
    exchange_header_set(ex, S("Cache-Control"), S("no-store"));
    const struct err *e = db_ping(ex->ctx.arena, ex->ctx.db);
    if (e != NULL) {
        return exchange_bytes(ex, 503, S("text/plain; charset=utf-8"), S("store away\n"));
    }
    return exchange_bytes(ex, 200, S("text/plain; charset=utf-8"), S("ok\n"));
}

// clang-format off
const struct route web_routes[] = {
    /* method      pattern      side         audience       class       handler */
    {METHOD_GET,  "/display",  SIDE_PUBLIC, &MAY_ANYONE,   CLASS_PAGE, display_set},
    {METHOD_GET,  "/healthz",  SIDE_PUBLIC, &MAY_ANYONE,   CLASS_PAGE, health},
    {METHOD_GET,  "/static/{name}", SIDE_PUBLIC, &MAY_ANYONE, CLASS_FILE, static_serve},
    {METHOD_GET,  "/site/map", SIDE_PUBLIC, &MAY_ANYONE,   CLASS_PAGE, site_map},
    {METHOD_GET,  "/site/contact", SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, site_contact},
    {METHOD_GET,  "/site/privacy", SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, site_privacy},
    {METHOD_GET,  "/site/accessibility", SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, site_accessibility},
};
// clang-format on
const size_t web_route_count = ROUTES_COUNT(web_routes);
