/* account_reads.c: reading for the pages. */
#include "cap/account/account_reads.h"

#include "base/ban.h"

static const struct err *people(struct ctx *c, void *arg)
{
    struct people_read *out = arg;
    TRY(q_person_list(c->tx, &(struct q_person_list_in){0}, &out->people));
    TRY(q_held_list(c->tx, &(struct q_held_list_in){0}, &out->held));
    return unit_list(c, &out->units);
}

const struct err *account_read_people(struct ctx *c, struct people_read *out)
{
    return ctx_read(c, AUDIENCE_STAFF, people, out);
}

struct person_find {
    int64_t person_id;
    struct person_read *out;
};

static const struct err *person(struct ctx *c, void *arg)
{
    const struct person_find *f = arg;
    bool found = false;
    TRY(q_person_view(
        c->tx, &(struct q_person_view_in){.person_id = f->person_id}, &f->out->person, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这个人，请回到人员列表查找。"));
    }
    TRY(q_held_list(c->tx, &(struct q_held_list_in){.person_id = f->person_id}, &f->out->held));
    TRY(q_role_list(c->tx, &f->out->roles));
    return unit_list(c, &f->out->units);
}

const struct err *account_read_person(struct ctx *c, int64_t person_id, struct person_read *out)
{
    struct person_find f = {person_id, out};
    return ctx_read(c, AUDIENCE_STAFF, person, &f);
}

static const struct err *units(struct ctx *c, void *arg)
{
    return q_unit_lines(c->tx, arg);
}

const struct err *account_read_units(struct ctx *c, struct q_unit_lines_rows *out)
{
    return ctx_read(c, AUDIENCE_STAFF, units, out);
}

struct unit_find {
    int64_t unit_id;
    struct unit_read *out;
};

static const struct err *one_unit(struct ctx *c, void *arg)
{
    const struct unit_find *f = arg;
    bool found = false;
    TRY(q_unit_view(c->tx, &(struct q_unit_view_in){.unit_id = f->unit_id}, &f->out->unit, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这个单位，请回到单位列表查找。"));
    }
    if (f->out->unit.above_id != 0) {
        struct unit above;
        TRY(unit_get(c, f->out->unit.above_id, &above));
        f->out->above_name = above.name;
    }
    TRY(q_alias_list(c->tx, &(struct q_alias_list_in){.unit_id = f->unit_id}, &f->out->aliases));
    return unit_list(c, &f->out->units);
}

const struct err *account_read_unit(struct ctx *c, int64_t unit_id, struct unit_read *out)
{
    struct unit_find f = {unit_id, out};
    return ctx_read(c, AUDIENCE_STAFF, one_unit, &f);
}

static const struct err *roles(struct ctx *c, void *arg)
{
    struct roles_read *out = arg;
    TRY(q_role_list(c->tx, &out->roles));
    TRY(q_role_may_list(c->tx, &out->mays));
    TRY(q_held_list(c->tx, &(struct q_held_list_in){0}, &out->held));
    TRY(q_change_waiting(c->tx, &out->changes));
    return account_bootstrap(c, &out->bootstrap);
}

const struct err *account_read_roles(struct ctx *c, struct roles_read *out)
{
    return ctx_read(c, AUDIENCE_STAFF, roles, out);
}

static const struct err *audit(struct ctx *c, void *arg)
{
    struct audit_read *a = arg;
    TRY(q_audit_page(
        c->tx, &(struct q_audit_page_in){.before_id = a->before, .most = a->most}, &a->rows));
    TRY(q_person_list(c->tx, &(struct q_person_list_in){0}, &a->people));
    return audit_add(c, &(struct audit_entry){.op = S("audit.read"), .outcome = S("ok")});
}

const struct err *account_read_audit(struct ctx *c, struct audit_read *a)
{
    return ctx_write(c, AUDIENCE_STAFF, audit, a);
}

static const struct err *note_verify(struct ctx *c, void *arg)
{
    const struct audit_verdict *v = arg;
    return audit_add(c,
        &(struct audit_entry){.op = S("audit.verify"), .outcome = v->whole ? S("ok") : S("fault")});
}

const struct err *account_verify_audit(struct ctx *c, struct audit_verdict *out)
{
    TRY(audit_verify(c, out));
    return ctx_write(c, AUDIENCE_STAFF, note_verify, out);
}
