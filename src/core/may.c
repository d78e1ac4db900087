/*
 * may.c: rights, asked in the transaction of the act.
 *
 * The rows (role_held, role_may, unit_above) decide; nothing is remembered between two questions,
 * so a right taken away is gone at once. The program itself holds only what is said to be its own:
 * jobs act by MAY_SYSTEM, never in place of a person.
 */
#include "core/may.h"

#include "core_sql.h"

#include "base/ban.h"

const struct may MAY_ANYONE = {"anyone", "任何人"};
const struct may MAY_SIGNED_IN = {"signed-in", "已登录的人员"};
const struct may MAY_SYSTEM = {"system", "系统自动执行"};

/* Rights that no role holds: who the actor is decides. */
static bool is_of_the_house(const struct may *m)
{
    return m == &MAY_ANYONE || m == &MAY_SIGNED_IN || m == &MAY_SYSTEM;
}

static const struct err *person_is_active(struct ctx *c, bool *yes)
{
    struct q_core_person_active_row row;
    struct q_core_person_active_in in = {.person = c->actor.person_id};

    return q_core_person_active(c->tx, &in, &row, yes);
}

static const struct err *of_the_house(struct ctx *c, const struct may *m, bool *yes)
{
    if (m == &MAY_ANYONE) {
        *yes = true;
    } else if (m == &MAY_SYSTEM) {
        *yes = c->actor.kind == ACTOR_SYSTEM;
    } else if (c->actor.kind == ACTOR_PERSON) {
        TRY(person_is_active(c, yes));
    }
    return NULL;
}

const struct err *may_somewhere(struct ctx *c, const struct may *m, bool *yes)
{
    must(c->tx != NULL && m != NULL);
    *yes = false;
    if (is_of_the_house(m)) {
        return of_the_house(c, m, yes);
    }
    if (c->actor.kind != ACTOR_PERSON) {
        return NULL;
    }
    struct q_core_may_somewhere_in in = {
        .person = c->actor.person_id,
        .may = str_from(m->name),
        .today = c->today,
    };
    struct q_core_may_somewhere_row row;
    bool found = false;
    TRY(q_core_may_somewhere(c->tx, &in, &row, &found));
    *yes = found && row.held_count > 0;
    return NULL;
}

const struct err *may_in(struct ctx *c, const struct may *m, int64_t unit_id, bool *yes)
{
    must(c->tx != NULL && m != NULL);
    *yes = false;
    if (is_of_the_house(m)) {
        return of_the_house(c, m, yes);
    }
    if (c->actor.kind != ACTOR_PERSON || unit_id == 0) {
        return NULL;
    }
    struct q_core_may_in_in in = {
        .person = c->actor.person_id,
        .may = str_from(m->name),
        .unit = unit_id,
        .today = c->today,
    };
    struct q_core_may_in_row row;
    bool found = false;
    TRY(q_core_may_in(c->tx, &in, &row, &found));
    *yes = found && row.held_count > 0;
    return NULL;
}

static const struct err *refuse(struct ctx *c, const struct may *m)
{
    if (c->actor.kind == ACTOR_NOBODY) {
        return err_make(c->arena, ERR_LOGIN, S("请先登录"));
    }
    return err_format(
        c->arena, ERR_DENIED, "您没有“%s”的权限。如果工作需要，请联系本单位的管理员", m->title);
}

const struct err *may_require(struct ctx *c, const struct may *m)
{
    bool yes = false;

    TRY(may_somewhere(c, m, &yes));
    return yes ? NULL : refuse(c, m);
}

const struct err *may_require_in(struct ctx *c, const struct may *m, int64_t unit_id)
{
    bool yes = false;

    TRY(may_in(c, m, unit_id, &yes));
    return yes ? NULL : refuse(c, m);
}

const struct err *may_names(struct ctx *c, struct strs *out)
{
    must(c->tx != NULL);
    struct q_core_may_names_rows rows = {0};
    bool active = false;

    if (c->actor.kind == ACTOR_PERSON) {
        struct q_core_may_names_in in = {.person = c->actor.person_id, .today = c->today};
        TRY(q_core_may_names(c->tx, &in, &rows));
        TRY(person_is_active(c, &active));
    }
    struct str *v = arena_many(c->arena, rows.n + 2, struct str);
    struct str own[] = {str_from(MAY_ANYONE.name), str_from(MAY_SIGNED_IN.name)};
    size_t own_count = active ? 2 : 1;
    size_t n = 0, taken = 0;
    /* Two sorted lists become one. */
    for (size_t i = 0; i < rows.n; i++) {
        while (taken < own_count && str_cmp(own[taken], rows.v[i].may) < 0) {
            v[n++] = own[taken++];
        }
        v[n++] = rows.v[i].may;
    }
    while (taken < own_count) {
        v[n++] = own[taken++];
    }
    *out = (struct strs){.v = v, .n = n};
    return NULL;
}

bool may_among(struct strs names, const struct may *m)
{
    struct str wanted = str_from(m->name);

    for (size_t i = 0; i < names.n; i++) {
        if (str_eq(names.v[i], wanted)) {
            return true;
        }
    }
    return false;
}
