/* account_login_ops.c: log-in and the proof of the person who is signed in. */
#include "account_sql.h"
#include "base/hash.h"
#include "cap/account/account_inside.h"
#include "core/audit.h"

#include "base/ban.h"

enum { MINUTE_MS = 60 * 1000 };

/* One attempt, between the look at the row and the writing of its outcome. */
struct attempt {
    struct str login; /* empty when the person is known already */
    bool found;
    struct q_person_by_id_row p;
    bool password_good;
    bool password_asked; /* false: the code alone proves */
    bool code_asked;     /* log-in: a bound second factor must be shown */
    struct str code;
    struct str op; /* "account.login", "account.prove" */
    enum password_profile profile;
    bool good;
    int recovery_left;
};

static const struct err *look_by_login(struct ctx *c, void *arg)
{
    struct attempt *a = arg;
    struct q_person_by_login_row r;
    TRY(q_person_by_login(c->tx, &(struct q_person_by_login_in){.login = a->login}, &r, &a->found));
    TRY(password_profile_get(c, &a->profile));
    if (a->found) {
        return q_person_by_id(
            c->tx, &(struct q_person_by_id_in){.person_id = r.person_id}, &a->p, &a->found);
    }
    return NULL;
}

static const struct err *look_by_id(struct ctx *c, void *arg)
{
    struct attempt *a = arg;
    TRY(password_profile_get(c, &a->profile));
    return q_person_by_id(
        c->tx, &(struct q_person_by_id_in){.person_id = c->actor.person_id}, &a->p, &a->found);
}

static const struct err *audit_attempt(struct ctx *c, const struct attempt *a)
{
    struct str subject =
        a->found ? str_format(c->arena, "person:%lld", (long long)a->p.person_id) : STR_NONE;
    struct actor before = c->actor;
    if (a->good && before.kind == ACTOR_NOBODY) {
        c->actor.kind = ACTOR_PERSON; /* the row says who came in */
        c->actor.person_id = a->p.person_id;
    }
    const struct err *e = audit_add(
        c, &(struct audit_entry){
               .op = a->op, .subject = subject, .outcome = a->good ? S("ok") : S("login")});
    c->actor = before;
    return e;
}

static const struct err *count_failure(struct ctx *c, const struct attempt *a, int64_t failures)
{
    int minutes = account_lock_minutes(failures + 1);
    return q_person_failed(c->tx,
        &(struct q_person_failed_in){.person_id = a->p.person_id,
            .failures = failures + 1,
            .locked_until_ms = minutes > 0
                                   ? (struct instant){c->now.ms + (int64_t)minutes * MINUTE_MS}
                                   : INSTANT_NONE});
}

/* The row is held: counters, status and the last step of the code are those of now. */
static const struct err *settle(struct ctx *c, void *arg)
{
    struct attempt *a = arg;
    a->good = false;
    a->recovery_left = -1;
    if (!a->found) {
        return audit_attempt(c, a);
    }
    struct q_person_hold_row now;
    bool there = false;
    TRY(q_person_hold(
        c->tx, &(struct q_person_hold_in){.person_id = a->p.person_id}, &now, &there));
    bool locked = !there || !str_eq(now.status, S("active")) ||
                  (instant_is(now.locked_until_ms) && now.locked_until_ms.ms > c->now.ms);
    if (locked) {
        return audit_attempt(c, a); /* waiting is not prolonged by trying */
    }
    struct second s = {a->p.person_id, a->p.totp_seed, now.totp_step, now.recovery};
    bool bound = s.seed_sealed.n > 0;
    bool code_good = bound && second_check(c, &s, a->code, &a->recovery_left);
    bool good = a->password_asked ? a->password_good : code_good;
    if (a->code_asked && bound) {
        good = good && code_good;
    }
    a->good = good;
    if (!good) {
        TRY(count_failure(c, a, now.failures));
    } else {
        TRY(q_person_proved(c->tx, &(struct q_person_proved_in){.person_id = a->p.person_id,
                                       .totp_step = s.step,
                                       .recovery = s.recovery,
                                       .now = c->now}));
    }
    return audit_attempt(c, a);
}

struct rehash {
    int64_t person_id;
    struct str old, fresh;
};

static const struct err *write_rehash(struct ctx *c, void *arg)
{
    const struct rehash *r = arg;
    int64_t changed = 0;
    return q_person_password_rehash(c->tx,
        &(struct q_person_password_rehash_in){
            .person_id = r->person_id, .old = r->old, .password = r->fresh},
        &changed);
}

static const struct err *rehash_if_old(struct ctx *c, const struct attempt *a, struct str password)
{
    if (!password_is_old(a->p.password)) {
        return NULL;
    }
    struct rehash r = {.person_id = a->p.person_id, .old = a->p.password};
    TRY(secret_hash(c, password, &r.fresh));
    return ctx_write(c, AUDIENCE_SYSTEM, write_rehash, &r);
}

static bool password_expired(const struct attempt *a, struct instant now)
{
    return a->profile == PASSWORD_DENGBAO && instant_is(a->p.password_ms) &&
           date_diff(instant_date(now), instant_date(a->p.password_ms)) > ACCOUNT_PASSWORD_DAYS;
}

const struct err *login_check(struct ctx *c, const struct login_try *t, struct login_good *out)
{
    struct attempt a = {.login = str_lower(c->arena, str_trim(t->login)),
        .code = t->code,
        .password_asked = true,
        .code_asked = true,
        .op = S("account.login")};
    TRY(ctx_read(c, AUDIENCE_SYSTEM, look_by_login, &a));
    TRY(secret_check(c, a.found ? a.p.password : STR_NONE, t->password, &a.password_good));
    TRY(ctx_write(c, AUDIENCE_SYSTEM, settle, &a));
    if (!a.good) {
        return err_make(c->arena, ERR_LOGIN, S(ACCOUNT_REFUSED));
    }
    TRY(rehash_if_old(c, &a, t->password));
    *out = (struct login_good){.person_id = a.p.person_id,
        .two_factors = a.p.totp_seed.n > 0,
        .password_old = password_expired(&a, c->now),
        .recovery_left = a.recovery_left};
    return NULL;
}

const struct err *login_prove(
    struct ctx *c, struct str password, struct str code, bool *two_factors)
{
    must(c->actor.kind == ACTOR_PERSON);
    struct attempt a = {.code = code, .password_asked = password.n > 0, .op = S("account.prove")};
    TRY(ctx_read(c, AUDIENCE_SYSTEM, look_by_id, &a));
    if (a.password_asked) {
        TRY(secret_check(c, a.found ? a.p.password : STR_NONE, password, &a.password_good));
    }
    TRY(ctx_write(c, AUDIENCE_SYSTEM, settle, &a));
    if (!a.good) {
        return err_make(c->arena, ERR_LOGIN,
            S("口令或动态口令不对，请重新输入。连续输错 5 次后要等 1 至 15 分钟。"));
    }
    *two_factors = !a.password_asked;
    return NULL;
}

struct identity {
    struct str login;
    struct actor *out;
};

static const struct err *find_identity(struct ctx *c, void *arg)
{
    struct identity *i = arg;
    bool found = false;
    struct actor *a = i->out;
    *a = (struct actor){
        .kind = ACTOR_PERSON, .session = S("cli"), .address = S("local"), .proved_lately = true};
    if (i->login.n == 0) {
        struct q_owner_find_row o;
        TRY(q_owner_find(c->tx, &(struct q_owner_find_in){.today = c->today}, &o, &found));
        if (!found) {
            return err_make(
                c->arena, ERR_LOGIN, S("这个站点没有命令行的账号，请用 --as 登录名 指定一个人。"));
        }
        a->person_id = o.person_id;
        a->login = o.login;
        a->name = o.name;
        return NULL;
    }
    struct q_person_by_login_row p;
    TRY(q_person_by_login(c->tx, &(struct q_person_by_login_in){.login = i->login}, &p, &found));
    if (!found || !str_eq(p.status, S("active"))) {
        return err_format(c->arena, ERR_LOGIN,
            "没有登录名为“%.*s”的在用账号，请检查 --as 后面的登录名。", STR_ARG(i->login));
    }
    a->person_id = p.person_id;
    a->login = i->login;
    a->name = p.name;
    return NULL;
}

const struct err *account_identity(struct ctx *c, struct str login, struct actor *out)
{
    struct identity i = {login, out};
    return ctx_read(c, AUDIENCE_SYSTEM, find_identity, &i);
}
