/*
 * account_roles_ops.c: roles are given and taken.
 *
 * Nobody changes his own. The three administrators stay disjoint. Once all three exist, a change of
 * an administrator, or taking the second factor off anybody, waits as a row until another person
 * confirms it.
 */
#include "account_sql.h"
#include "base/rand.h"
#include "cap/account/account_inside.h"
#include "core/event.h"
#include "core/unit.h"
#include "web/session.h"

#include "base/ban.h"

static const struct err *not_oneself(struct ctx *c, int64_t person_id)
{
    bool self = c->actor.kind == ACTOR_PERSON && c->actor.person_id == person_id;
    return self ? err_make(c->arena, ERR_DENIED,
                      S("不能给自己授予或收回角色，请由另一名安全管理员来做。"))
                : NULL;
}

/* system, security, audit: one person never two of them, nor one of them with a role that touches
 * content. */
static const struct err *stays_disjoint(
    struct ctx *c, int64_t person_id, const struct q_role_get_row *role)
{
    struct q_held_open_rows held = {0};
    TRY(q_held_open(
        c->tx, &(struct q_held_open_in){.person_id = person_id, .today = c->today}, &held));
    for (size_t i = 0; i < held.n; i++) {
        if (str_eq(held.v[i].role, S("owner"))) {
            return err_field(
                c->arena, S("role"), S("这是命令行的账号，不能担任别的角色，请换一个人"));
        }
        bool other_admin = held.v[i].admin.n > 0 && !str_eq(held.v[i].role, role->role);
        bool mixed = (role->admin.n > 0) != (held.v[i].admin.n > 0);
        if (other_admin || mixed) {
            return err_field(c->arena, S("role"),
                S("系统、安全、审计三种管理员必须是不同的人，也不能兼任办理公文的角色。请先收回这个"
                  "人的其他角色，或者换一个人"));
        }
    }
    return NULL;
}

static const struct err *role_load(struct ctx *c, struct str code, struct q_role_get_row *role)
{
    bool found = false;
    TRY(q_role_get(c->tx, &(struct q_role_get_in){.role = code}, role, &found));
    return found ? NULL : err_field(c->arena, S("role"), S("请从列表中选择一个角色"));
}

static const struct err *hold(
    struct ctx *c, const struct role_give_input *in, int64_t given_by, int64_t *held_id)
{
    *held_id = id_make(c->now);
    return q_held_add(c->tx, &(struct q_held_add_in){.held_id = *held_id,
                                 .person_id = in->person_id,
                                 .role = in->role,
                                 .unit_id = in->unit_id,
                                 .from_day = in->from_day,
                                 .to_day = in->to_day,
                                 .given_by = given_by});
}

const struct err *account_role_hold(
    struct ctx *c, int64_t person_id, struct str code, int64_t unit_id)
{
    struct q_role_get_row role;
    int64_t held_id = 0;
    TRY(role_load(c, code, &role));
    TRY(stays_disjoint(c, person_id, &role));
    return hold(c,
        &(struct role_give_input){.person_id = person_id,
            .unit_id = unit_id,
            .role = code,
            .from_day = c->today,
            .to_day = DATE_NONE},
        0, &held_id);
}

static const struct err *propose(
    struct ctx *c, const struct q_change_add_in *row, struct op_done *done)
{
    struct q_change_add_in change = *row;
    change.change_id = id_make(c->now);
    change.by = c->actor.person_id;
    change.now = c->now;
    TRY(q_change_add(c->tx, &change));
    TRY(event_add(c, S("role.proposed"), S("person"), row->person_id, STR_NONE));
    *done = (struct op_done){.id = change.change_id,
        .version = 1,
        .words = S("已提交。这是管理员变更，须由另一人在“角色”页面确认后生效。"),
        .location = person_address(c, row->person_id)};
    return NULL;
}

/* The rights of somebody changed: his sessions end, he comes back with the new ones. */
static const struct err *remember(
    struct ctx *c, const char *kind, int64_t person_id, struct str role, bool bootstrap)
{
    int64_t ended = 0;
    TRY(session_end_all_of(c, person_id, 0, &ended));
    return event_add(c, str_from(kind), S("person"), person_id,
        str_format(c->arena, "{\"role\":\"%.*s\"%s}", STR_ARG(role),
            bootstrap ? ",\"bootstrap\":true" : ""));
}

static const struct err *check_give(
    struct ctx *c, const struct role_give_input *in, struct q_role_get_row *role)
{
    struct q_person_view_row p;
    struct unit unit;
    bool found = false;
    TRY(q_person_view(c->tx, &(struct q_person_view_in){.person_id = in->person_id}, &p, &found));
    if (!found || str_eq(p.status, S("left"))) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这个人，或者已经离岗。"));
    }
    TRY(role_load(c, in->role, role));
    if (str_eq(role->role, S("owner"))) {
        return err_field(c->arena, S("role"), S("命令行的角色只在建站时授予，请选择别的角色"));
    }
    TRY(unit_get(c, in->unit_id, &unit));
    if (date_is(in->to_day) && date_before(in->to_day, in->from_day)) {
        return err_field(c->arena, S("to_day"), S("请填写不早于起始日期的截止日期"));
    }
    TRY(stays_disjoint(c, in->person_id, role));
    struct q_held_same_row same;
    TRY(q_held_same(c->tx,
        &(struct q_held_same_in){.person_id = in->person_id,
            .role = in->role,
            .unit_id = in->unit_id,
            .today = c->today},
        &same, &found));
    return found ? err_field(c->arena, S("role"), S("这个人在这个单位已经有这个角色")) : NULL;
}

const struct err *role_give(
    struct ctx *c, const struct role_give_input *given, struct op_done *done)
{
    struct role_give_input in = *given;
    struct q_role_get_row role;
    bool bootstrap = false;
    if (!date_is(in.from_day)) {
        in.from_day = c->today;
    }
    c->subject = person_subject(c, in.person_id);
    TRY(may_require_in(c, &MAY_ROLE_GIVE, in.unit_id));
    TRY(not_oneself(c, in.person_id));
    TRY(check_give(c, &in, &role));
    TRY(account_bootstrap(c, &bootstrap));
    if (role.admin.n > 0 && !bootstrap) {
        return propose(c,
            &(struct q_change_add_in){.verb = S("give"),
                .person_id = in.person_id,
                .role = in.role,
                .unit_id = in.unit_id,
                .from_day = in.from_day,
                .to_day = in.to_day},
            done);
    }
    int64_t held_id = 0;
    TRY(hold(c, &in, c->actor.person_id, &held_id));
    TRY(remember(c, "role.given", in.person_id, in.role, bootstrap));
    *done = (struct op_done){.id = held_id,
        .version = 1,
        .words = str_format(c->arena, "已授予角色“%.*s”。", STR_ARG(role.name)),
        .location = person_address(c, in.person_id)};
    return NULL;
}

static const struct err *end_holding(struct ctx *c, int64_t held_id, int64_t version)
{
    int64_t changed = 0;
    TRY(q_held_end(c->tx,
        &(struct q_held_end_in){
            .held_id = held_id, .to_day = date_add(c->today, -1), .version = version},
        &changed));
    return changed == 1 ? NULL : err_changed(c);
}

const struct err *role_take(struct ctx *c, const struct change_input *in, struct op_done *done)
{
    struct q_held_get_row h;
    bool found = false;
    bool bootstrap = false;
    TRY(q_held_get(c->tx, &(struct q_held_get_in){.held_id = in->id}, &h, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这项角色，可能已经收回。"));
    }
    c->subject = person_subject(c, h.person_id);
    TRY(may_require_in(c, &MAY_ROLE_GIVE, h.unit_id));
    TRY(not_oneself(c, h.person_id));
    TRY(account_bootstrap(c, &bootstrap));
    if (h.admin.n > 0 && !bootstrap) {
        return propose(c,
            &(struct q_change_add_in){.verb = S("take"),
                .person_id = h.person_id,
                .role = h.role,
                .unit_id = h.unit_id,
                .held_id = h.held_id,
                .from_day = DATE_NONE,
                .to_day = DATE_NONE},
            done);
    }
    TRY(end_holding(c, h.held_id, in->version));
    TRY(remember(c, "role.taken", h.person_id, h.role, bootstrap));
    *done = (struct op_done){.id = h.held_id,
        .version = in->version + 1,
        .words = S("已收回角色。"),
        .location = person_address(c, h.person_id)};
    return NULL;
}

/* Loss of the second factor: always two people. */
const struct err *person_unbind(
    struct ctx *c, const struct person_version_input *in, struct op_done *done)
{
    struct q_person_view_row p;
    bool found = false;
    TRY(q_person_view(c->tx, &(struct q_person_view_in){.person_id = in->id}, &p, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这个人，请回到人员列表查找。"));
    }
    c->subject = person_subject(c, in->id);
    TRY(may_require_in(c, &MAY_ROLE_GIVE, p.unit_id));
    TRY(not_oneself(c, in->id));
    if (!p.has_totp) {
        return err_make(c->arena, ERR_CONFLICT, S("这个人没有绑定动态口令。"));
    }
    return propose(c,
        &(struct q_change_add_in){
            .verb = S("unbind"), .person_id = in->id, .from_day = DATE_NONE, .to_day = DATE_NONE},
        done);
}

static const struct err *change_load(
    struct ctx *c, const struct change_input *in, struct q_change_get_row *ch)
{
    bool found = false;
    TRY(q_change_get(c->tx, &(struct q_change_get_in){.change_id = in->id}, ch, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这项变更。"));
    }
    c->subject = person_subject(c, ch->person_id);
    if (!str_eq(ch->status, S("waiting"))) {
        return err_make(c->arena, ERR_CONFLICT, S("这项变更已经处理过了。"));
    }
    return NULL;
}

static const struct err *decide(struct ctx *c, const struct change_input *in, const char *status)
{
    int64_t changed = 0;
    TRY(q_change_decide(c->tx,
        &(struct q_change_decide_in){.change_id = in->id,
            .status = str_from(status),
            .by = c->actor.person_id,
            .now = c->now,
            .version = in->version},
        &changed));
    return changed == 1 ? NULL : err_changed(c);
}

static const struct err *carry_out(struct ctx *c, const struct q_change_get_row *ch)
{
    if (str_eq(ch->verb, S("unbind"))) {
        int64_t changed = 0;
        TRY(q_person_totp_drop(
            c->tx, &(struct q_person_totp_drop_in){.person_id = ch->person_id}, &changed));
        return remember(c, "person.totp_unbound", ch->person_id, S("-"), false);
    }
    if (str_eq(ch->verb, S("take"))) {
        struct q_held_get_row h;
        bool found = false;
        TRY(q_held_get(c->tx, &(struct q_held_get_in){.held_id = ch->held_id}, &h, &found));
        must(found);
        TRY(end_holding(c, h.held_id, h.version));
        return remember(c, "role.taken", ch->person_id, ch->role, false);
    }
    struct role_give_input give = {.person_id = ch->person_id,
        .unit_id = ch->unit_id,
        .role = ch->role,
        .from_day = date_before(ch->from_day, c->today) ? c->today : ch->from_day,
        .to_day = ch->to_day};
    struct q_role_get_row role;
    int64_t held_id = 0;
    TRY(check_give(c, &give, &role)); /* the world moved between proposal and confirmation */
    TRY(hold(c, &give, ch->proposed_by, &held_id));
    return remember(c, "role.given", ch->person_id, ch->role, false);
}

const struct err *role_confirm(struct ctx *c, const struct change_input *in, struct op_done *done)
{
    struct q_change_get_row ch;
    TRY(change_load(c, in, &ch));
    if (ch.proposed_by == c->actor.person_id || ch.person_id == c->actor.person_id) {
        return err_make(
            c->arena, ERR_DENIED, S("提出变更的人和被变更的人不能自己确认，请由另一人确认。"));
    }
    TRY(decide(c, in, "done"));
    TRY(carry_out(c, &ch));
    *done = (struct op_done){.id = in->id,
        .version = in->version + 1,
        .words = S("已确认，变更已生效。"),
        .location = S("/office/roles")};
    return NULL;
}

const struct err *role_refuse(struct ctx *c, const struct change_input *in, struct op_done *done)
{
    struct q_change_get_row ch;
    TRY(change_load(c, in, &ch));
    TRY(decide(c, in, "refused"));
    TRY(event_add(c, S("role.refused"), S("person"), ch.person_id, STR_NONE));
    *done = (struct op_done){.id = in->id,
        .version = in->version + 1,
        .words = S("已驳回，角色没有变化。"),
        .location = S("/office/roles")};
    return NULL;
}
