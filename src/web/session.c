#include "web/session.h"

#include "base/ban.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "core/registry.h"
#include "web/inside.h"
#include "web_sql.h"

enum {
    TOKEN_BYTES = 32,
    TOUCH_EVERY_MS = 60 * 1000,
    PROOF_MS = 10 * 60 * 1000,
    HASH8 = 8,
    BROWSER_CHARS = 200
};

static struct str cookie_name(const struct exchange *ex)
{
    return ex->inside->tls ? S("__Host-gk") : S("gk");
}

static void set_cookie(struct exchange *ex, struct str token)
{
    struct str name = cookie_name(ex);
    answer_line(ex, S("Set-Cookie"),
        str_format(ex->ctx.arena, "%.*s=%.*s; Path=/; HttpOnly; SameSite=Lax%s%s", STR_ARG(name),
            STR_ARG(token), ex->inside->tls ? "; Secure" : "", token.n == 0 ? "; Max-Age=0" : ""));
}

static struct str hash_token(struct exchange *ex, struct str token)
{
    return sha256_hex(ex->ctx.arena, sha256_of(token));
}

/* ---- finding ---- */

struct find {
    struct exchange *ex;
    struct str token_hash;
    struct q_web_session_find_row row;
    bool found;
    struct strs mays;
};

static struct actor actor_of(const struct exchange *ex, const struct find *f)
{
    int64_t since = ex->ctx.now.ms - f->row.proved_ms.ms;
    return (struct actor){
        .kind = ACTOR_PERSON,
        .person_id = f->row.person_id,
        .login = f->row.login,
        .name = f->row.name,
        .session = str_sub(f->token_hash, 0, HASH8),
        .address = ex->inside->address,
        .proved_lately = since >= 0 && since < PROOF_MS,
    };
}

static const struct err *find_session(struct ctx *c, void *arg)
{
    struct find *f = arg;
    struct q_web_session_find_in in = {.token_hash = f->token_hash};
    TRY(q_web_session_find(c->tx, &in, &f->row, &f->found));
    if (!f->found || !str_eq(f->row.status, S("active"))) {
        return NULL;
    }
    struct actor nobody = c->actor;
    c->actor = actor_of(f->ex, f);
    const struct err *e = may_names(c, &f->mays);
    c->actor = nobody;
    return e;
}

static bool is_good(const struct exchange *ex, const struct find *f)
{
    const struct server_config *c = &ex->inside->server->config;
    int64_t now = ex->ctx.now.ms;
    return str_eq(f->row.status, S("active")) &&
           now - f->row.seen_ms.ms < (int64_t)c->session_idle_s * 1000 &&
           now - f->row.created_ms.ms < (int64_t)c->session_total_s * 1000;
}

static void take(struct exchange *ex, const struct find *f)
{
    bool forced = !ex->ctx.site->demo && str_eq(ex->settings.v[SETTING_TOTP_FORCED], S("1"));
    ex->session = (struct session){
        .is = true,
        .session_id = f->row.session_id,
        .hash8 = str_sub(f->token_hash, 0, HASH8),
        .person_id = f->row.person_id,
        .name = f->row.name,
        .login = f->row.login,
        .home_unit = f->row.unit_name,
        .home_unit_id = f->row.unit_id,
        .mays = f->mays,
        .proved_at = f->row.proved_ms,
        .needs_totp = forced && !f->row.second_factor,
    };
    ex->ctx.actor = actor_of(ex, f);
    ex->inside->token_hash = f->token_hash;
    ex->inside->notice = f->row.notice;
    ex->inside->two_factors = f->row.second_factor;
}

static const struct err *touch(struct ctx *c, void *arg)
{
    struct q_web_session_touch_in in = {.session_id = *(int64_t *)arg, .now = c->now};
    int64_t changed = 0;
    return q_web_session_touch(c->tx, &in, &changed);
}

static const struct err *end_one(struct ctx *c, void *arg)
{
    struct q_web_session_end_in in = {.session_id = *(int64_t *)arg, .now = c->now};
    int64_t changed = 0;
    return q_web_session_end(c->tx, &in, &changed);
}

/* Scripts that look every few seconds whether something is new do not keep a session alive. */
static bool is_polling(const struct exchange *ex)
{
    return ex->method == METHOD_GET && str_eq(exchange_header(ex, S("Sec-Fetch-Dest")), S("empty"));
}

const struct err *session_attach(struct exchange *ex)
{
    struct str token = exchange_cookie(ex, cookie_name(ex));
    if (token.n == 0 || token.n > 128) {
        return NULL;
    }
    struct find f = {.ex = ex, .token_hash = hash_token(ex, token)};
    TRY(ctx_read(&ex->ctx, AUDIENCE_SYSTEM, find_session, &f));
    if (!f.found) {
        return NULL;
    }
    int64_t id = f.row.session_id;
    if (!is_good(ex, &f)) {
        return ctx_write(&ex->ctx, AUDIENCE_SYSTEM, end_one, &id);
    }
    take(ex, &f);
    if (!is_polling(ex) && ex->ctx.now.ms - f.row.seen_ms.ms >= TOUCH_EVERY_MS) {
        TRY(ctx_write(&ex->ctx, AUDIENCE_SYSTEM, touch, &id));
    }
    return NULL;
}

/* ---- beginning ---- */

struct begin {
    struct exchange *ex;
    int64_t person_id;
    int64_t replaced; /* session this browser had */
    enum session_factor factor;
    struct str token_hash;
    int64_t session_id;
};

static const struct err *list_good(struct ctx *c, const struct server_config *config,
    int64_t person_id, struct q_web_session_list_rows *rows)
{
    struct q_web_session_list_in in = {
        .person_id = person_id,
        .seen_after = {c->now.ms - (int64_t)config->session_idle_s * 1000},
        .created_after = {c->now.ms - (int64_t)config->session_total_s * 1000},
    };
    return q_web_session_list(c->tx, &in, rows);
}

static const struct err *add_session(struct ctx *c, void *arg)
{
    struct begin *b = arg;
    const struct server_config *config = &b->ex->inside->server->config;
    if (b->replaced != 0) {
        TRY(end_one(c, &b->replaced));
    }
    struct q_web_session_list_rows rows = {0};
    TRY(list_good(c, config, b->person_id, &rows));
    for (size_t i = rows.n; i > 0 && i >= (size_t)config->session_most; i--) {
        int64_t oldest = rows.v[i - 1].session_id;
        TRY(end_one(c, &oldest));
    }
    struct str browser = text_shorten(
        c->arena, text_line(c->arena, exchange_header(b->ex, S("User-Agent"))), BROWSER_CHARS);
    struct q_web_session_add_in in = {
        .session_id = b->session_id,
        .token_hash = b->token_hash,
        .person_id = b->person_id,
        .now = c->now,
        .address = c->actor.address,
        .browser = browser,
        .second_factor = b->factor == SESSION_TWO_FACTORS,
    };
    return q_web_session_add(c->tx, &in);
}

const struct err *session_begin(struct exchange *ex, int64_t person_id, enum session_factor factor)
{
    uint8_t random[TOKEN_BYTES];
    rand_bytes(random, sizeof(random));
    struct str token = str_base64url(ex->ctx.arena, random, sizeof(random));
    struct begin b = {
        .ex = ex,
        .person_id = person_id,
        .replaced = ex->session.is ? ex->session.session_id : 0,
        .factor = factor,
        .token_hash = hash_token(ex, token),
        .session_id = id_make(ex->ctx.now),
    };
    TRY(ctx_write(&ex->ctx, AUDIENCE_SYSTEM, add_session, &b));
    set_cookie(ex, token);
    struct find f = {.ex = ex, .token_hash = b.token_hash};
    TRY(ctx_read(&ex->ctx, AUDIENCE_SYSTEM, find_session, &f));
    if (!f.found || !is_good(ex, &f)) {
        return err_make(
            ex->ctx.arena, ERR_LOGIN, S("这个账号目前不能登录，请联系本单位的安全管理员。"));
    }
    take(ex, &f);
    return NULL;
}

const struct err *session_end(struct exchange *ex)
{
    if (ex->session.is) {
        int64_t id = ex->session.session_id;
        TRY(ctx_write(&ex->ctx, AUDIENCE_SYSTEM, end_one, &id));
    }
    set_cookie(ex, S(""));
    exchange_header_set(ex, S("Clear-Site-Data"), S("\"cache\", \"cookies\", \"storage\""));
    ex->session = (struct session){0};
    ex->ctx.actor = (struct actor){.kind = ACTOR_NOBODY, .address = ex->inside->address};
    return NULL;
}

/* ---- the others ---- */

const struct err *session_end_all_of(struct ctx *c, int64_t person_id, int64_t keep, int64_t *ended)
{
    must(c->tx != NULL && c->tx->writes);
    struct q_web_session_end_all_in in = {.person_id = person_id, .keep = keep, .now = c->now};
    return q_web_session_end_all(c->tx, &in, ended);
}

struct end_others {
    int64_t person_id, keep;
    int64_t *ended;
};

static const struct err *end_all(struct ctx *c, void *arg)
{
    const struct end_others *o = arg;
    return session_end_all_of(c, o->person_id, o->keep, o->ended);
}

const struct err *session_end_others(struct exchange *ex, int64_t *ended)
{
    must(ex->session.is);
    struct end_others o = {ex->session.person_id, ex->session.session_id, ended};
    return ctx_write(&ex->ctx, AUDIENCE_SYSTEM, end_all, &o);
}

struct proof {
    int64_t session_id;
    bool two;
};

static const struct err *prove(struct ctx *c, void *arg)
{
    const struct proof *p = arg;
    struct q_web_session_prove_in in = {
        .session_id = p->session_id, .now = c->now, .second_factor = p->two};
    int64_t changed = 0;
    return q_web_session_prove(c->tx, &in, &changed);
}

const struct err *session_prove(struct exchange *ex, enum session_factor factor)
{
    must(ex->session.is);
    /* What was proved with two factors once stays so. */
    bool two = factor == SESSION_TWO_FACTORS || ex->inside->two_factors;
    struct proof p = {ex->session.session_id, two};
    TRY(ctx_write(&ex->ctx, AUDIENCE_SYSTEM, prove, &p));
    ex->session.proved_at = ex->ctx.now;
    ex->session.needs_totp = ex->session.needs_totp && !two;
    ex->ctx.actor.proved_lately = true;
    return NULL;
}

struct note {
    int64_t session_id;
    struct str words;
};

static const struct err *put_notice(struct ctx *c, void *arg)
{
    const struct note *n = arg;
    struct q_web_session_notice_in in = {.session_id = n->session_id, .notice = n->words};
    int64_t changed = 0;
    return q_web_session_notice(c->tx, &in, &changed);
}

const struct err *session_notice(struct exchange *ex, struct str words)
{
    struct note n = {ex->session.session_id, words};
    return ctx_write(&ex->ctx, AUDIENCE_SYSTEM, put_notice, &n);
}

struct list {
    struct exchange *ex;
    struct session_lines *out;
};

static const struct err *list_sessions(struct ctx *c, void *arg)
{
    struct list *l = arg;
    struct q_web_session_list_rows rows = {0};
    TRY(list_good(c, &l->ex->inside->server->config, l->ex->session.person_id, &rows));
    struct session_line *v = arena_many(c->arena, rows.n + 1, struct session_line);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct session_line){
            .session_id = rows.v[i].session_id,
            .created = rows.v[i].created_ms,
            .seen = rows.v[i].seen_ms,
            .address = rows.v[i].address,
            .browser = rows.v[i].browser,
            .two_factors = rows.v[i].second_factor,
            .this_one = rows.v[i].session_id == l->ex->session.session_id,
        };
    }
    *l->out = (struct session_lines){v, rows.n};
    return NULL;
}

const struct err *session_list(struct exchange *ex, struct session_lines *out)
{
    must(ex->session.is);
    struct list l = {ex, out};
    return ctx_read(&ex->ctx, AUDIENCE_SYSTEM, list_sessions, &l);
}

void web_register(void)
{
    registry_add_room(&web_migrations, &web_statements);
}
