/* account_password_ops.c: the rule a password must keep, and the change of it. */
#include "account_sql.h"
#include "base/rand.h"
#include "base/vec.h"
#include "cap/account/account_inside.h"
#include "core/audit.h"
#include "core/event.h"
#include "core/setting.h"
#include "core/unit.h"
#include "web/session.h"

#include "base/ban.h"

const struct err *password_profile_get(struct ctx *c, enum password_profile *out)
{
    struct str name;
    TRY(setting_get(c, SETTING_PASSWORD_PROFILE, &name));
    *out = str_eq(name, S("asvs")) ? PASSWORD_ASVS : PASSWORD_DENGBAO;
    return NULL;
}

/* Every unit name may be somebody's idea of a password: the own unit's and the body's are the
 * likely ones. */
static const struct err *unit_words(struct ctx *c, int64_t unit_id, struct strs *out)
{
    struct {
        struct str *v;
        size_t n, cap;
    } words = {0};
    struct unit u;
    for (int64_t id = unit_id; id != 0; id = u.above_id) {
        TRY(unit_get(c, id, &u));
        *vec_add(c->arena, &words) = u.name;
        *vec_add(c->arena, &words) = u.short_name;
        if (u.agency_code.n > 0) {
            *vec_add(c->arena, &words) = u.agency_code;
        }
    }
    *out = (struct strs){words.v, words.n};
    return NULL;
}

const struct err *password_rule(
    struct ctx *c, int64_t person_id, struct str password, struct str *fault)
{
    struct q_person_by_id_row p;
    bool found = false;
    TRY(q_person_by_id(c->tx, &(struct q_person_by_id_in){.person_id = person_id}, &p, &found));
    must(found);
    struct password_question q = {.password = password, .login = p.login, .name = p.name};
    TRY(password_profile_get(c, &q.profile));
    TRY(unit_words(c, p.unit_id, &q.unit_words));
    *fault = account_password_fault(c->arena, &q);
    return NULL;
}

const struct err *password_remember(struct ctx *c, int64_t person_id, struct str stored)
{
    TRY(q_password_past_add(c->tx, &(struct q_password_past_add_in){.past_id = id_make(c->now),
                                       .person_id = person_id,
                                       .password = stored,
                                       .now = c->now}));
    struct q_password_past_list_rows rows = {0};
    TRY(q_password_past_list(c->tx,
        &(struct q_password_past_list_in){
            .person_id = person_id, .most = ACCOUNT_PASSWORDS_REMEMBERED},
        &rows));
    must(rows.n > 0);
    return q_password_past_trim(c->tx, &(struct q_password_past_trim_in){.person_id = person_id,
                                           .oldest_kept = rows.v[rows.n - 1].past_id});
}

struct change {
    struct str wanted;
    struct str fault;
    struct strs past;
    struct str stored;
    int64_t keep_session;
};

static const struct err *look(struct ctx *c, void *arg)
{
    struct change *ch = arg;
    TRY(password_rule(c, c->actor.person_id, ch->wanted, &ch->fault));
    struct q_password_past_list_rows rows = {0};
    TRY(q_password_past_list(c->tx,
        &(struct q_password_past_list_in){
            .person_id = c->actor.person_id, .most = ACCOUNT_PASSWORDS_REMEMBERED},
        &rows));
    struct str *v = arena_many(c->arena, rows.n, struct str);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = rows.v[i].password;
    }
    ch->past = (struct strs){v, rows.n};
    return NULL;
}

static const struct err *write_change(struct ctx *c, void *arg)
{
    const struct change *ch = arg;
    int64_t changed = 0;
    TRY(q_person_password_set(c->tx,
        &(struct q_person_password_set_in){
            .person_id = c->actor.person_id, .password = ch->stored, .now = c->now},
        &changed));
    if (changed != 1) {
        return err_make(c->arena, ERR_DENIED, S("这个账号现在不能修改口令，请联系管理员。"));
    }
    TRY(password_remember(c, c->actor.person_id, ch->stored));
    int64_t ended = 0;
    TRY(session_end_all_of(c, c->actor.person_id, ch->keep_session, &ended));
    TRY(event_add(c, S("person.password_changed"), S("person"), c->actor.person_id, STR_NONE));
    return audit_add(
        c, &(struct audit_entry){.op = S("account.password"),
               .subject = str_format(c->arena, "person:%lld", (long long)c->actor.person_id),
               .outcome = S("ok")});
}

const struct err *password_change(
    struct ctx *c, struct str current, struct str wanted, struct str again, int64_t keep_session)
{
    must(c->actor.kind == ACTOR_PERSON);
    bool two = false;
    const struct err *wrong = login_prove(c, current, STR_NONE, &two);
    if (wrong != NULL) {
        return wrong->kind == ERR_LOGIN
                   ? err_field(c->arena, S("current"), S("现在的口令不对，请重新输入"))
                   : wrong;
    }
    struct change ch = {.wanted = wanted, .keep_session = keep_session};
    TRY(ctx_read(c, AUDIENCE_SYSTEM, look, &ch));
    if (ch.fault.n > 0) {
        return err_field(c->arena, S("password"), ch.fault);
    }
    if (!str_eq_secret(wanted, again)) {
        return err_field(c->arena, S("again"), S("两次输入的新口令不一样，请再输入一次"));
    }
    for (size_t i = 0; i < ch.past.n; i++) {
        bool same = false;
        TRY(secret_check(c, ch.past.v[i], wanted, &same));
        if (same) {
            return err_field(
                c->arena, S("password"), S("请换一个口令：最近用过的五个口令不能再用"));
        }
    }
    TRY(secret_hash(c, wanted, &ch.stored));
    return ctx_write(c, AUDIENCE_SYSTEM, write_change, &ch);
}

const struct err *account_password_put(struct ctx *c, int64_t person_id, struct str stored)
{
    int64_t changed = 0;
    TRY(q_person_activate(c->tx,
        &(struct q_person_activate_in){.person_id = person_id, .password = stored, .now = c->now},
        &changed));
    must(changed == 1);
    return password_remember(c, person_id, stored);
}

const struct err *account_owner_enable(struct ctx *c, int64_t person_id)
{
    int64_t changed = 0;
    TRY(q_person_owner_enable(
        c->tx, &(struct q_person_owner_enable_in){.person_id = person_id}, &changed));
    must(changed == 1);
    return NULL;
}
