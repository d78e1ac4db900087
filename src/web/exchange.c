// clang-format off
/*
 * exchange.c: the life of an exchange.
 *
 *     I/O thread   head     clean? host? route? body too large?           400 421 431 413; 503 when too much waits
 *     worker       site     settings
 *                  route    what the head already decided                 404 405 413
 *                  session  who is it; nobody is an actor too
 *                  may      the route's audience                          303 401 403
 *                  rate     by address and account                        429
 *                  body     forms with files or body text: read only now
 *     I/O thread   ------   the body streams                              413
 *     worker       form     fields and files                              400 413
 *                  token    was the form ours?                            403
 *                  keep     the files                                     503
 *                  run      the handler
 *                  finish   headers, compression, diagnostics
 */
// clang-format on
#include "base/ban.h"
#include "base/diag.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "web/header.h"
#include "web/inside.h"

enum next { NEXT_STEP, NEXT_DONE, NEXT_BODY };

/* ---- reading ---- */

struct str exchange_param(const struct exchange *ex, struct str name)
{
    struct str v = values_get(&ex->inside->params, name);
    return v.p == NULL ? S("") : v;
}

bool exchange_param_id(const struct exchange *ex, struct str name, int64_t *out)
{
    return str_to_int(exchange_param(ex, name), out) && *out > 0;
}

struct str exchange_header(const struct exchange *ex, struct str name)
{
    return head_line_get(ex->inside->wire, name);
}

struct str exchange_cookie(const struct exchange *ex, struct str name)
{
    const struct wire *w = ex->inside->wire;
    for (size_t i = 0; i < w->line_count; i++) {
        if (str_eq_nocase(w->lines[i].name, S("Cookie"))) {
            struct str v = cookie_find(w->lines[i].value, name);
            if (v.p != NULL) {
                return v;
            }
        }
    }
    return STR_NONE;
}

/* ---- on I/O threads ---- */

static bool is_among(struct strs list, struct str s)
{
    for (size_t i = 0; i < list.n; i++) {
        if (str_eq_nocase(list.v[i], s)) {
            return true;
        }
    }
    return false;
}

static bool peer_is_local(struct str peer)
{
    return str_eq(peer, S("unix")) || str_starts(peer, S("127.")) || str_eq(peer, S("::1"));
}

static bool host_is_ours(const struct server *s, const struct exchange_inside *in)
{
    if (s->config.hosts.n == 0) {
        return peer_is_local(in->wire->peer);
    }
    return is_among(s->config.hosts, in->head.host);
}

/* Whom the front says it speaks for; believed only from a listed front. The last entry is the
 * front's own. */
static void read_proxy(struct exchange_inside *in)
{
    const struct server *s = in->server;
    in->address = in->wire->peer;
    if (!str_eq(in->address, S("unix")) && !is_among(s->config.proxies, in->address)) {
        return;
    }
    struct str list = head_line_get(in->wire, S("X-Forwarded-For"));
    struct str piece;
    while (str_next(&list, ',', &piece)) {
        if (str_trim(piece).n > 0 && str_trim(piece).n <= 45) {
            in->address = str_trim(piece);
        }
    }
    in->tls = str_eq_nocase(head_line_get(in->wire, S("X-Forwarded-Proto")), S("https"));
}

static struct form_limits limits_of(const struct server *s, enum route_class class)
{
    const struct server_config *c = &s->config;
    struct form_limits l = {
        .total_bytes = c->form_bytes, .text_bytes = c->form_bytes, .fields = c->fields};
    if (class == CLASS_BODY || class == CLASS_UPLOAD) {
        l.total_bytes = c->body_form_bytes;
        l.text_bytes = c->body_form_bytes;
    }
    if (class == CLASS_UPLOAD) {
        l.total_bytes = c->upload_form_bytes;
        l.file_bytes = c->upload_bytes;
    }
    return l;
}

static struct exchange *exchange_make(struct server *s, struct wire *w)
{
    struct exchange *ex = arena_new(w->arena, struct exchange);
    ex->inside = arena_new(w->arena, struct exchange_inside);
    ex->inside->server = s;
    ex->inside->wire = w;
    ex->inside->started_us = clock_mono_us();
    w->mine = ex;
    return ex;
}

/* What can be said without asking anybody: 0, or the status of the refusal. */
static int match(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    struct str m = in->head.method;
    ex->head = str_eq(m, S("HEAD"));
    ex->method = str_eq(m, S("POST")) ? METHOD_POST : METHOD_GET;
    ex->path = in->head.path;
    ex->query_raw = in->head.query_raw;
    if (ex->method == METHOD_GET && !ex->head && !str_eq(m, S("GET"))) {
        return 405;
    }
    struct route_found found =
        route_find(in->wire->arena, &in->server->routes, ex->method, ex->path);
    in->route = found.route;
    in->params = found.params;
    if (in->route == NULL) {
        return found.other_method ? 405 : 404;
    }
    struct form_limits limits = limits_of(in->server, in->route->class);
    if (in->head.has_length && in->head.length > limits.total_bytes) {
        return 413;
    }
    return 0;
}

static enum engine_next park(struct exchange_inside *in)
{
    if (!queue_reserve(in->server->queue)) {
        answer_bare(in->wire, 503, 1);
        return ENGINE_ANSWER;
    }
    return ENGINE_PARK;
}

static bool has_body(const struct exchange_inside *in)
{
    return in->head.chunked || (in->head.has_length && in->head.length > 0);
}

static enum engine_next on_head(void *arg, struct wire *w)
{
    struct server *s = arg;
    struct exchange *ex = exchange_make(s, w);
    struct exchange_inside *in = ex->inside;
    if (atomic_load(&s->stopping)) {
        answer_bare(w, 503, 5);
        return ENGINE_ANSWER;
    }
    int fault = head_read(w->arena, w, s->config.head_bytes, &in->head);
    if (fault == 0 && !host_is_ours(s, in)) {
        fault = 421;
    }
    if (fault != 0 || (has_body(in) && !str_eq(w->method, S("POST")))) {
        answer_bare(w, fault != 0 ? fault : 400, 0);
        return ENGINE_ANSWER;
    }
    read_proxy(in);
    in->json = accepts_json(head_line_get(w, S("Accept")));
    in->gzip = accepts_gzip(head_line_get(w, S("Accept-Encoding")));
    in->refuse = match(ex);
    /* An answer before the body closes the connection, so it is given only where a body is refused
     * or has to wait. */
    if (!has_body(in)) {
        return ENGINE_READ;
    }
    if (in->refuse != 0) {
        w->answer.close = true;
        return park(in);
    }
    enum route_class class = in->route->class;
    in->form = form_make(
        w->arena, &s->config.site->blobs, head_line_get(w, S("Content-Type")), limits_of(s, class));
    return class == CLASS_BODY || class == CLASS_UPLOAD ? park(in) : ENGINE_READ;
}

static enum engine_next on_body(void *arg, struct wire *w, struct str piece)
{
    (void)arg;
    struct exchange *ex = w->mine;
    return form_add(ex->inside->form, piece) ? ENGINE_READ : ENGINE_CUT;
}

static enum engine_next on_end(void *arg, struct wire *w)
{
    (void)arg;
    struct exchange *ex = w->mine;
    return park(ex->inside);
}

static void on_parked(void *arg, struct wire *w)
{
    struct server *s = arg;
    queue_push(s->queue, w);
}

static enum engine_next on_woken(void *arg, struct wire *w)
{
    (void)arg;
    struct exchange *ex = w->mine;
    if (ex->inside->body_wanted) {
        ex->inside->body_wanted = false;
        return ENGINE_READ;
    }
    return ENGINE_ANSWER;
}

static enum engine_next on_drained(void *arg, struct wire *w)
{
    (void)w;
    struct server *s = arg;
    return queue_reserve_stream(s->queue) ? ENGINE_PARK : ENGINE_CUT;
}

static void on_over(void *arg, struct wire *w)
{
    (void)arg;
    if (w->mine != NULL) {
        stream_over(w->mine);
    }
}

static struct arena *arena_get(void *arg)
{
    struct server *s = arg;
    struct arena *a = NULL;
    atomic_fetch_add(&s->open, 1);
    pthread_mutex_lock(&s->pool_lock);
    if (s->pool_n > 0) {
        a = s->pool[--s->pool_n];
    }
    pthread_mutex_unlock(&s->pool_lock);
    return a != NULL ? a : arena_open(s->config.arena_bytes);
}

static void arena_put(void *arg, struct arena *a)
{
    struct server *s = arg;
    arena_reset(a);
    pthread_mutex_lock(&s->pool_lock);
    bool kept = s->pool_n < sizeof(s->pool) / sizeof(s->pool[0]);
    if (kept) {
        s->pool[s->pool_n++] = a;
    }
    pthread_mutex_unlock(&s->pool_lock);
    if (!kept) {
        arena_close(a);
    }
    atomic_fetch_sub(&s->open, 1);
}

struct engine_manners exchange_manners(struct server *s)
{
    return (struct engine_manners){
        s, arena_get, arena_put, on_head, on_body, on_end, on_parked, on_woken, on_drained,
        on_over};
}

/* ---- on workers: the steps ---- */

static enum next refuse(struct exchange *ex, int status, struct str words)
{
    error_answer_status(ex, status, words, 0);
    return NEXT_DONE;
}

static enum next refuse_err(struct exchange *ex, const struct err *e)
{
    error_answer(ex, e);
    return NEXT_DONE;
}

/* "/list/" is "/list": one address for one page. */
static bool moved_without_slash(struct exchange *ex)
{
    struct str path = ex->path;
    if (ex->method != METHOD_GET || path.n < 2 || path.p[path.n - 1] != '/') {
        return false;
    }
    path = str_sub(path, 0, path.n - 1);
    struct route_found found =
        route_find(ex->ctx.arena, &ex->inside->server->routes, METHOD_GET, path);
    if (found.route == NULL) {
        return false;
    }
    if (ex->query_raw.n > 0) {
        path = str_format(ex->ctx.arena, "%.*s?%.*s", STR_ARG(path), STR_ARG(ex->query_raw));
    }
    exchange_moved(ex, path);
    return true;
}

static enum next step_route(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    if (in->refuse == 404 && moved_without_slash(ex)) {
        return NEXT_DONE;
    }
    if (in->refuse == 405) {
        exchange_header_set(ex, S("Allow"), ex->method == METHOD_POST ? S("GET, HEAD") : S("POST"));
        if (in->route == NULL && !str_eq(in->head.method, S("GET")) && !ex->head &&
            ex->method == METHOD_GET) {
            exchange_header_set(ex, S("Allow"), S("GET, HEAD, POST"));
        }
    }
    if (in->refuse != 0) {
        return refuse(ex, in->refuse, STR_NONE);
    }
    enum form_verdict v =
        form_urlencoded(ex->ctx.arena, ex->query_raw, in->server->config.fields, &ex->query);
    if (v != FORM_WELL) {
        return refuse(ex, 400, S("地址中的参数无法识别，请从页面上的链接重新进入。"));
    }
    return NEXT_STEP;
}

static enum next step_session(struct exchange *ex)
{
    if (ex->inside->route->side == SIDE_PUBLIC) {
        return NEXT_STEP; /* nobody is signed in there */
    }
    const struct err *e = session_attach(ex);
    return e == NULL ? NEXT_STEP : refuse_err(ex, e);
}

static struct str login_address(struct exchange *ex)
{
    if (ex->method != METHOD_GET) {
        return S("/login");
    }
    struct str here = ex->path;
    if (ex->query_raw.n > 0) {
        here = str_format(ex->ctx.arena, "%.*s?%.*s", STR_ARG(ex->path), STR_ARG(ex->query_raw));
    }
    return str_cat(ex->ctx.arena, S("/login?next="), url_encode(ex->ctx.arena, here));
}

static enum next step_may(struct exchange *ex)
{
    const struct route *r = ex->inside->route;
    if (r->may == &MAY_ANYONE) {
        return NEXT_STEP;
    }
    if (!ex->session.is) {
        if (ex->method == METHOD_GET && !ex->inside->json) {
            exchange_go(ex, login_address(ex));
            return NEXT_DONE;
        }
        return refuse(ex, 401, STR_NONE);
    }
    if (ex->session.needs_totp && !str_starts(ex->path, S("/office/totp")) &&
        !str_eq(ex->path, S("/logout"))) {
        if (ex->method == METHOD_GET && !ex->inside->json) {
            exchange_go(ex, S("/office/totp"));
            return NEXT_DONE;
        }
        return refuse(ex, 403, S("请先绑定动态口令，再办理业务。本次没有作任何更改。"));
    }
    if (r->may != &MAY_SIGNED_IN && !may_among(ex->session.mays, r->may)) {
        return refuse(ex, 403, STR_NONE);
    }
    return NEXT_STEP;
}

static enum next step_rate(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    const struct server_config *c = &in->server->config;
    enum route_class class = in->route->class;
    struct arena *a = ex->ctx.arena;
    int64_t now = clock_mono_us();
    int wait_s = 0;
    struct str network = address_network(a, in->address);
    bool well =
        rate_take(in->server->rates, str_format(a, "address %d %.*s", (int)class, STR_ARG(network)),
            c->rates[class], now, &wait_s);
    if (well && ex->session.is) {
        well = rate_take(in->server->rates,
            str_format(a, "person %d %lld", (int)class, (long long)ex->session.person_id),
            c->account_rates[class], now, &wait_s);
    }
    if (!well) {
        error_answer_status(ex, 429, STR_NONE, wait_s);
        return NEXT_DONE;
    }
    return NEXT_STEP;
}

static enum next step_body(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    enum route_class class = in->route->class;
    bool waits = in->form != NULL && (class == CLASS_BODY || class == CLASS_UPLOAD);
    in->body_wanted = waits;
    return waits ? NEXT_BODY : NEXT_STEP;
}

static enum next step_form(struct exchange *ex)
{
    struct exchange_inside *in = ex->inside;
    if (in->form == NULL) {
        return NEXT_STEP;
    }
    switch (form_finish(in->form, &ex->form)) {
    case FORM_WELL:
        return NEXT_STEP;
    case FORM_TYPE:
        return refuse(ex, 415, STR_NONE);
    case FORM_ENCODING:
        return refuse(ex, 400,
            S("提交的文字编码有误，无法识别，没有保存。请检查是否粘贴了特殊字符，改正后重新提交"
              "。"));
    case FORM_BROKEN:
        return refuse(ex, 400, S("提交的内容不完整，没有保存。请返回上一页重新提交。"));
    case FORM_TOO_LARGE:
        return refuse(ex, 413, STR_NONE);
    case FORM_TOO_MANY:
        return refuse(ex, 413, S("提交的项目太多，没有保存。请分几次提交。"));
    case FORM_FAILED:
        break;
    }
    return refuse_err(ex, form_failure(in->form));
}

static enum next step_token(struct exchange *ex)
{
    if (ex->method != METHOD_POST) {
        return NEXT_STEP;
    }
    bool well = csrf_same_origin(ex);
    if (well && ex->inside->route->side == SIDE_OFFICE) {
        well = csrf_right(ex);
    }
    if (!well) {
        return refuse(ex, 403,
            S("这个页面已经过期，或不是从本网站打开的。没有作任何更改。请返回上一页，刷新后重新提交"
              "。"));
    }
    return NEXT_STEP;
}

static enum next step_keep(struct exchange *ex)
{
    if (ex->inside->form == NULL) {
        return NEXT_STEP;
    }
    const struct err *e = form_keep(ex->inside->form, &ex->inside->form_faults);
    return e == NULL ? NEXT_STEP : refuse_err(ex, e);
}

static enum next step_run(struct exchange *ex)
{
    const struct err *e = ex->inside->route->run(ex);
    if (e != NULL) {
        return refuse_err(ex, e);
    }
    must(ex->inside->answered); /* a handler that returns NULL has answered */
    return NEXT_DONE;
}

static const struct {
    const char *name;
    enum next (*take)(struct exchange *ex);
} steps[] = {
    {"route", step_route},
    {"session", step_session},
    {"may", step_may},
    {"rate", step_rate},
    {"body", step_body},
    {"form", step_form},
    {"token", step_token},
    {"keep", step_keep},
    {"run", step_run},
};

/* Settings are asked once a second and worker: they change a few times a year. */
static const struct err *load_settings(struct ctx *c, void *arg)
{
    return settings_load(c, arg);
}

static void copy_settings(struct arena *into, const struct settings *from, struct settings *to)
{
    for (size_t i = 0; i < SETTING_COUNT; i++) {
        to->v[i] = str_dup(into, from->v[i]);
    }
}

static const struct err *site_attach(struct exchange *ex, struct worker *w, enum side side)
{
    struct settings_kept *kept = &w->kept[side];
    int64_t now = clock_mono_us();
    if (kept->at_us != 0 && now - kept->at_us < 1000 * 1000) {
        ex->settings = kept->v;
        return NULL;
    }
    for (int i = 0; i < SETTING_COUNT; i++) {
        ex->settings.v[i] = setting_fallback((enum setting)i);
    }
    struct settings fresh = ex->settings;
    enum audience audience = side == SIDE_PUBLIC ? AUDIENCE_PUBLIC : AUDIENCE_STAFF;
    TRY(ctx_read(&ex->ctx, audience, load_settings, &fresh));
    arena_reset(kept->arena);
    copy_settings(kept->arena, &fresh, &kept->v);
    kept->at_us = now;
    ex->settings = kept->v;
    return NULL;
}

static void attach(struct exchange *ex, struct worker *w, enum side *side)
{
    const struct server_config *c = &w->server->config;
    struct exchange_inside *in = ex->inside;
    struct actor before = ex->ctx.actor;
    bool again = ex->ctx.arena != NULL;
    *side = in->route != NULL ? in->route->side : SIDE_PUBLIC;
    if (*side == SIDE_PUBLIC && w->public_db == NULL) {
        *side = SIDE_OFFICE;
    }
    struct db *db = *side == SIDE_PUBLIC ? w->public_db : w->office_db;
    struct arena *arena = in->streaming ? stream_arena(ex) : in->wire->arena;
    ex->ctx = ctx_make(arena, c->clock, c->site, db, c->tenant);
    ex->ctx.actor = (struct actor){.kind = ACTOR_NOBODY, .address = in->address};
    if (again) {
        ex->ctx.actor = before;
    }
    ex->out.buf = buf_make(arena, LIMIT_PAGE_BYTES);
}

static void tell(const struct exchange *ex)
{
    const struct exchange_inside *in = ex->inside;
    const struct answer *a = &in->wire->answer;
    struct diag d =
        diag_make(ex->ctx.arena, a->status >= 500 ? DIAG_WARNING : DIAG_INFO, "exchange");
    diag_str(&d, "method", in->head.method);
    /* Addresses of log-in and activation carry codes: the line says which page, not which code. */
    bool secret = in->route != NULL && in->route->class == CLASS_LOGIN;
    diag_str(&d, "path", secret ? str_from(in->route->pattern) : ex->path);
    diag_int(&d, "status", a->status);
    diag_int(&d, "bytes", a->fd >= 0 ? (int64_t)a->length : (int64_t)a->body.n);
    diag_int(&d, "us", clock_mono_us() - in->started_us);
    if (ex->session.is) {
        diag_str(&d, "session", ex->session.hash8);
    }
    if (in->reference.n > 0) {
        diag_str(&d, "reference", in->reference);
    }
    diag_write(&d);
}

void exchange_work(struct exchange *ex, struct worker *w)
{
    enum side side;
    attach(ex, w, &side);
    if (ex->inside->step == 0) {
        display_read(ex);
    }
    const struct err *e = site_attach(ex, w, side);
    if (ex->inside->streaming) {
        stream_work(ex); /* it does not need the settings of the site to go on */
        return;
    }
    enum next next = e == NULL ? NEXT_STEP : refuse_err(ex, e);
    while (next == NEXT_STEP) {
        must(ex->inside->step < sizeof(steps) / sizeof(steps[0]));
        next = steps[ex->inside->step++].take(ex);
    }
    if (next == NEXT_BODY) {
        return; /* settings belong to the worker and are asked again */
    }
    answer_finish(ex);
    tell(ex);
}
