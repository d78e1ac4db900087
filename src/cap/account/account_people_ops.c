/* account_people_ops.c: people come, change, are locked, leave. Every change of status ends their
 * sessions. */
#include "account_sql.h"
#include "base/rand.h"
#include "cap/account/account_inside.h"
#include "core/event.h"
#include "core/unit.h"
#include "web/session.h"

#include "base/ban.h"

struct str person_subject(struct ctx *c, int64_t person_id)
{
    return str_format(c->arena, "person:%lld", (long long)person_id);
}

struct str person_address(struct ctx *c, int64_t person_id)
{
    return str_format(c->arena, "/office/people/%lld", (long long)person_id);
}

const struct err *err_changed(struct ctx *c)
{
    return err_make(
        c->arena, ERR_CONFLICT, S("刚才有别人改过这一项。请重新打开页面，看过现在的内容再改。"));
}

static const struct err *load(struct ctx *c, int64_t person_id, struct q_person_view_row *p)
{
    bool found = false;
    TRY(q_person_view(c->tx, &(struct q_person_view_in){.person_id = person_id}, p, &found));
    c->subject = person_subject(c, person_id);
    return found ? NULL : err_make(c->arena, ERR_UNKNOWN, S("没有这个人，请回到人员列表查找。"));
}

/* The account of the command line has no password and shall never get one. */
static const struct err *is_admin(struct ctx *c, int64_t person_id, bool *yes)
{
    struct q_held_open_rows held = {0};
    TRY(q_held_open(
        c->tx, &(struct q_held_open_in){.person_id = person_id, .today = c->today}, &held));
    *yes = false;
    for (size_t i = 0; i < held.n; i++) {
        if (str_eq(held.v[i].role, S("owner"))) {
            return err_make(c->arena, ERR_DENIED, S("这是命令行的账号，不能在这里处理。"));
        }
        *yes = *yes || held.v[i].admin.n > 0;
    }
    return NULL;
}

const struct err *person_may_be_touched(struct ctx *c, int64_t person_id)
{
    if (c->actor.kind == ACTOR_PERSON && c->actor.person_id == person_id) {
        return err_make(
            c->arena, ERR_DENIED, S("不能对自己的账号做这一步，请由另一名管理员来做。"));
    }
    bool admin = false;
    TRY(is_admin(c, person_id, &admin));
    return admin ? may_require(c, &MAY_ROLE_GIVE) : NULL;
}

const struct err *account_person_make(
    struct ctx *c, const struct account_person *p, int64_t *person_id)
{
    struct unit unit;
    if (!account_login_valid(p->login)) {
        return err_field(c->arena, S("login"),
            S("请填写登录名：小写字母开头，2 到 32 个小写字母、数字、点或短横，例如 chenxiao"));
    }
    TRY(unit_get(c, p->unit_id, &unit));
    struct q_person_login_taken_row other;
    bool taken = false;
    TRY(q_person_login_taken(
        c->tx, &(struct q_person_login_taken_in){.login = p->login}, &other, &taken));
    if (taken) {
        return err_field(c->arena, S("login"),
            S("这个登录名已经有人用了，请换一个。离开的人的登录名也不再给别人用。"));
    }
    int64_t id = id_make(c->now);
    bool code = p->activation.n > 0;
    TRY(q_person_add(c->tx, &(struct q_person_add_in){.person_id = id,
                                .login = p->login,
                                .name = p->name,
                                .unit_id = p->unit_id,
                                .status = S("invited"),
                                .activation = code ? activation_kept(c, p->activation) : STR_NONE,
                                .activation_ms = code ? c->now : INSTANT_NONE}));
    *person_id = id;
    return NULL;
}

/* A code somebody chose himself must not be guessable. */
static const struct err *code_strong(struct ctx *c, struct str code)
{
    bool good = code.n == 0 || code.n >= 20;
    return good ? NULL : err_field(c->arena, S("code"), S("请使用至少 20 个字符的随机启用码"));
}

const struct err *person_invite(
    struct ctx *c, const struct person_invite_input *in, struct op_done *done)
{
    TRY(may_require_in(c, &MAY_PEOPLE_EDIT, in->unit_id));
    TRY(code_strong(c, in->code));
    int64_t id = 0;
    TRY(account_person_make(c,
        &(struct account_person){
            .login = in->login, .name = in->name, .unit_id = in->unit_id, .activation = in->code},
        &id));
    c->subject = person_subject(c, id);
    TRY(event_add(c, S("person.invited"), S("person"), id, STR_NONE));
    *done = (struct op_done){.id = id,
        .version = 1,
        .words = str_format(
            c->arena, "已登记 %.*s，登录名 %.*s。", STR_ARG(in->name), STR_ARG(in->login)),
        .location = person_address(c, id)};
    return NULL;
}

const struct err *person_edit(
    struct ctx *c, const struct person_edit_input *in, struct op_done *done)
{
    struct q_person_view_row p;
    struct unit unit;
    TRY(load(c, in->id, &p));
    TRY(may_require_in(c, &MAY_PEOPLE_EDIT, p.unit_id));
    TRY(may_require_in(c, &MAY_PEOPLE_EDIT, in->unit_id));
    TRY(unit_get(c, in->unit_id, &unit));
    int64_t changed = 0;
    TRY(q_person_rename(c->tx,
        &(struct q_person_rename_in){
            .person_id = in->id, .name = in->name, .unit_id = in->unit_id, .version = in->version},
        &changed));
    if (changed != 1) {
        return err_changed(c);
    }
    TRY(event_add(c, S("person.edited"), S("person"), in->id, STR_NONE));
    *done = (struct op_done){.id = in->id,
        .version = in->version + 1,
        .words = S("已保存。"),
        .location = person_address(c, in->id)};
    return NULL;
}

/* A new one-time code for somebody who lost the password. Who has it sets a new password; the
 * second factor stays bound. */
const struct err *person_code(
    struct ctx *c, const struct person_code_input *in, struct op_done *done)
{
    struct q_person_view_row p;
    TRY(load(c, in->id, &p));
    TRY(may_require_in(c, &MAY_PEOPLE_EDIT, p.unit_id));
    TRY(person_may_be_touched(c, in->id));
    TRY(code_strong(c, in->code));
    int64_t changed = 0;
    TRY(q_person_code_set(c->tx,
        &(struct q_person_code_set_in){.person_id = in->id,
            .activation = activation_kept(c, in->code),
            .now = c->now,
            .version = in->version},
        &changed));
    if (changed != 1) {
        return err_changed(c);
    }
    TRY(event_add(c, S("person.code_made"), S("person"), in->id, STR_NONE));
    *done = (struct op_done){.id = in->id,
        .version = in->version + 1,
        .words = S("已生成新的启用码。"),
        .location = person_address(c, in->id)};
    return NULL;
}

struct status_change {
    const char *from_a, *from_b; /* statuses it is possible from */
    const char *to;
    const char *event;
    const char *words;
};

static const struct err *change_status(struct ctx *c, const struct person_version_input *in,
    const struct status_change *s, struct op_done *done)
{
    struct q_person_view_row p;
    TRY(load(c, in->id, &p));
    TRY(may_require_in(c, &MAY_PEOPLE_EDIT, p.unit_id));
    TRY(person_may_be_touched(c, in->id));
    if (!str_eq(p.status, str_from(s->from_a)) && !str_eq(p.status, str_from(s->from_b))) {
        return err_make(
            c->arena, ERR_CONFLICT, S("这个账号现在的状态不能做这一步，请重新打开页面。"));
    }
    int64_t changed = 0;
    TRY(q_person_status_set(c->tx,
        &(struct q_person_status_set_in){
            .person_id = in->id, .status = str_from(s->to), .now = c->now, .version = in->version},
        &changed));
    if (changed != 1) {
        return err_changed(c);
    }
    int64_t ended = 0;
    TRY(session_end_all_of(c, in->id, 0, &ended));
    TRY(event_add(c, str_from(s->event), S("person"), in->id, STR_NONE));
    *done = (struct op_done){.id = in->id,
        .version = in->version + 1,
        .words = str_from(s->words),
        .location = person_address(c, in->id)};
    return NULL;
}

const struct err *person_lock(
    struct ctx *c, const struct person_version_input *in, struct op_done *done)
{
    static const struct status_change lock = {
        "active", "active", "locked", "person.locked", "已停用，这个人的登录都已结束。"};
    return change_status(c, in, &lock, done);
}

const struct err *person_unlock(
    struct ctx *c, const struct person_version_input *in, struct op_done *done)
{
    static const struct status_change unlock = {
        "locked", "active", "active", "person.unlocked", "已恢复使用，登录失败次数从零算起。"};
    return change_status(c, in, &unlock, done);
}

const struct err *person_leave(
    struct ctx *c, const struct person_version_input *in, struct op_done *done)
{
    static const struct status_change leave = {
        "active", "locked", "left", "person.left", "已登记离岗，角色都已收回。"};
    static const struct status_change never = {
        "invited", "invited", "left", "person.left", "已取消邀请，角色都已收回。"};
    struct q_person_view_row p;
    bool admin = false;
    TRY(load(c, in->id, &p));
    TRY(is_admin(c, in->id, &admin));
    if (admin) {
        return err_make(c->arena, ERR_NOT_YET,
            S("这个人还是管理员。请先收回管理员角色（须由另一人确认），再登记离岗。"));
    }
    TRY(change_status(c, in, str_eq(p.status, S("invited")) ? &never : &leave, done));
    int64_t changed = 0;
    return q_held_end_all(c->tx,
        &(struct q_held_end_all_in){.person_id = in->id, .to_day = date_add(c->today, -1)},
        &changed);
}
