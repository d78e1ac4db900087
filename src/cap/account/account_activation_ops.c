/* account_activation_ops.c: the one-time code: the first password, and for the first administrator
 * the naming of the other two. */
#include "account_sql.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "cap/account/account_inside.h"
#include "core/audit.h"
#include "core/event.h"

#include "base/ban.h"

enum { DAY_MS = 24 * 60 * 60 * 1000 };

const struct err *account_bootstrap(struct ctx *c, bool *yes)
{
    struct q_admin_kinds_rows kinds = {0};
    TRY(q_admin_kinds(c->tx, &(struct q_admin_kinds_in){.today = c->today}, &kinds));
    *yes = kinds.n < 3;
    return NULL;
}

struct finding {
    struct str kept;
    struct activation *out;
};

static const struct err *holds_system(struct ctx *c, int64_t person_id, bool *yes)
{
    struct q_held_open_rows held = {0};
    TRY(q_held_open(
        c->tx, &(struct q_held_open_in){.person_id = person_id, .today = c->today}, &held));
    *yes = false;
    for (size_t i = 0; i < held.n; i++) {
        *yes = *yes || str_eq(held.v[i].admin, S("system"));
    }
    return NULL;
}

static const struct err *find(struct ctx *c, void *arg)
{
    const struct finding *f = arg;
    struct q_person_by_activation_row p;
    bool found = false;
    TRY(q_person_by_activation(
        c->tx, &(struct q_person_by_activation_in){.activation = f->kept}, &p, &found));
    bool good = found && (str_eq(p.status, S("invited")) || str_eq(p.status, S("active"))) &&
                instant_is(p.activation_ms) &&
                c->now.ms - p.activation_ms.ms <= ACCOUNT_CODE_DAYS * (int64_t)DAY_MS;
    if (!good) {
        return err_make(
            c->arena, ERR_UNKNOWN, S("这个启用码不存在、已经用过或已过期。请联系管理员重新生成。"));
    }
    *f->out = (struct activation){.person_id = p.person_id, .login = p.login, .name = p.name};
    bool bootstrap = false;
    bool is_system = false;
    TRY(account_bootstrap(c, &bootstrap));
    TRY(holds_system(c, p.person_id, &is_system));
    f->out->first = bootstrap && is_system;
    return password_profile_get(c, &f->out->profile);
}

const struct err *activation_find(struct ctx *c, struct str code, struct activation *out)
{
    struct finding f = {activation_kept(c, code), out};
    return ctx_read(c, AUDIENCE_SYSTEM, find, &f);
}

struct fault_list {
    struct fault *v;
    size_t n, cap;
};

static void add_fault(struct ctx *c, struct fault_list *faults, struct str field, struct str words)
{
    *vec_add(c->arena, faults) = (struct fault){field, words};
}

struct using
{
    struct activation who;
    struct activation_form *form;
    struct str stored;
    struct fault_list faults;
};

static const struct err *check_named(
    struct ctx *c, struct using *u, struct named *n, const char *what)
{
    n->login = str_lower(c->arena, str_trim(n->login));
    n->name = text_line(c->arena, n->name);
    struct str login_field = str_format(c->arena, "%s_login", what);
    if (!account_login_valid(n->login)) {
        add_fault(c, &u->faults, login_field,
            S("请填写登录名：小写字母开头，2 到 32 个小写字母、数字、点或短横，例如 chenxiao"));
    } else {
        struct q_person_login_taken_row taken;
        bool found = false;
        TRY(q_person_login_taken(
            c->tx, &(struct q_person_login_taken_in){.login = n->login}, &taken, &found));
        if (found) {
            add_fault(c, &u->faults, login_field, S("这个登录名已经有人用了，请换一个"));
        }
    }
    if (n->name.n == 0 || utf8_count(n->name) > 40) {
        add_fault(c, &u->faults, str_format(c->arena, "%s_name", what), S("请填写姓名，例如 陈晓"));
    }
    return NULL;
}

static const struct err *check(struct ctx *c, void *arg)
{
    struct using *u = arg;
    const struct activation_form *f = u->form;
    struct str fault = STR_NONE;
    u->faults = (struct fault_list){0};
    TRY(password_rule(c, u->who.person_id, f->password, &fault));
    if (fault.n > 0) {
        add_fault(c, &u->faults, S("password"), fault);
    } else if (!str_eq_secret(f->password, f->again)) {
        add_fault(c, &u->faults, S("again"), S("两次输入的口令不一样，请再输入一次"));
    }
    if (u->who.first) {
        TRY(check_named(c, u, &u->form->security, "security"));
        TRY(check_named(c, u, &u->form->audit, "audit"));
        if (f->security.login.n > 0 && str_eq(f->security.login, f->audit.login)) {
            add_fault(
                c, &u->faults, S("audit_login"), S("请填写另一个人：三名管理员不能是同一个人"));
        }
    }
    if (u->faults.n > 0) {
        return err_faults(c->arena, ERR_INVALID, (struct faults){u->faults.v, u->faults.n});
    }
    return NULL;
}

static const struct err *name_admin(
    struct ctx *c, struct using *u, const struct named *n, struct str role)
{
    struct q_person_by_id_row me;
    bool found = false;
    int64_t id = 0;
    TRY(q_person_by_id(
        c->tx, &(struct q_person_by_id_in){.person_id = u->who.person_id}, &me, &found));
    must(found);
    TRY(account_person_make(c,
        &(struct account_person){
            .login = n->login, .name = n->name, .unit_id = me.unit_id, .activation = n->code},
        &id));
    TRY(account_role_hold(c, id, role, me.unit_id));
    TRY(event_add(c, S("role.given"), S("person"), id,
        str_format(c->arena, "{\"role\":\"%.*s\",\"bootstrap\":true}", STR_ARG(role))));
    return audit_add(c, &(struct audit_entry){.op = S("account.bootstrap"),
                            .subject = str_format(c->arena, "person:%lld", (long long)id),
                            .outcome = S("ok")});
}

static const struct err *write_activation(struct ctx *c, void *arg)
{
    struct using *u = arg;
    TRY(check(c, u)); /* names may have been taken meanwhile */
    int64_t changed = 0;
    TRY(q_person_activate(c->tx,
        &(struct q_person_activate_in){
            .person_id = u->who.person_id, .password = u->stored, .now = c->now},
        &changed));
    if (changed != 1) {
        return err_make(c->arena, ERR_CONFLICT, S("这个启用码刚刚已经用过了。"));
    }
    TRY(password_remember(c, u->who.person_id, u->stored));
    c->actor.kind = ACTOR_PERSON;
    c->actor.person_id = u->who.person_id;
    TRY(event_add(c, S("person.activated"), S("person"), u->who.person_id, STR_NONE));
    TRY(audit_add(
        c, &(struct audit_entry){.op = S("account.activate"),
               .subject = str_format(c->arena, "person:%lld", (long long)u->who.person_id),
               .outcome = S("ok")}));
    if (u->who.first) {
        TRY(name_admin(c, u, &u->form->security, S("security")));
        TRY(name_admin(c, u, &u->form->audit, S("audit")));
    }
    return NULL;
}

const struct err *activation_use(struct ctx *c, struct activation_form *f, int64_t *person_id)
{
    struct using u = {.form = f};
    TRY(activation_find(c, f->code, &u.who));
    TRY(ctx_read(c, AUDIENCE_SYSTEM, check, &u)); /* before a quarter of a second is spent */
    TRY(secret_hash(c, f->password, &u.stored));
    if (u.who.first) {
        f->security.code = account_code_make(c->arena);
        f->audit.code = account_code_make(c->arena);
    }
    struct actor before = c->actor;
    const struct err *e = ctx_write(c, AUDIENCE_SYSTEM, write_activation, &u);
    c->actor = before;
    *person_id = u.who.person_id;
    return e;
}
