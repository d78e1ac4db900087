/*
 * unit.c: reading the organisation. The public side reads the same columns through the view
 * pub_unit.
 */
#include "core/unit.h"

#include "core_sql.h"

#include "base/ban.h"

enum {
    TREE_DEPTH_MOST = 16
}; /* a province has about six levels; a longer way up is a loop in the rows */

/* The generated rows differ only in the name of their type. */
// clang-format off
#define UNIT_OF(row) ((struct unit){                                                               \
    .unit_id = (row).unit_id, .above_id = (row).above_id, .kind = (row).kind, .name = (row).name,  \
    .short_name = (row).short_name, .agency_code = (row).agency_code,                              \
    .publishes = (row).publishes, .sort_no = (row).sort_no})
// clang-format on

const struct err *unit_get(struct ctx *c, int64_t unit_id, struct unit *out)
{
    must(c->tx != NULL);
    bool found = false;

    *out = (struct unit){0};
    if (c->tx->audience == AUDIENCE_PUBLIC) {
        struct q_core_pub_unit_get_in in = {.unit = unit_id};
        struct q_core_pub_unit_get_row row;
        TRY(q_core_pub_unit_get(c->tx, &in, &row, &found));
        if (found) {
            *out = UNIT_OF(row);
        }
    } else {
        struct q_core_unit_get_in in = {.unit = unit_id};
        struct q_core_unit_get_row row;
        TRY(q_core_unit_get(c->tx, &in, &row, &found));
        if (found) {
            *out = UNIT_OF(row);
        }
    }
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有找到这个单位，请从列表中重新选择"));
    }
    must(out->unit_id == unit_id);
    return NULL;
}

const struct err *unit_by_name(struct ctx *c, struct str name, struct unit *out, bool *found)
{
    must(c->tx != NULL);
    struct str wanted = str_trim(name);

    *out = (struct unit){0};
    *found = false;
    if (wanted.n == 0) {
        return NULL;
    }
    struct q_core_unit_by_name_in in = {.name = wanted};
    struct q_core_unit_by_name_row row;
    TRY(q_core_unit_by_name(c->tx, &in, &row, found));
    if (*found) {
        *out = UNIT_OF(row);
    }
    return NULL;
}

static const struct err *list_for_public(struct ctx *c, struct units *out)
{
    struct q_core_pub_unit_list_rows rows = {0};
    TRY(q_core_pub_unit_list(c->tx, &rows));
    struct unit *v = arena_many(c->arena, rows.n, struct unit);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = UNIT_OF(rows.v[i]);
    }
    *out = (struct units){.v = v, .n = rows.n};
    return NULL;
}

const struct err *unit_list(struct ctx *c, struct units *out)
{
    must(c->tx != NULL);
    if (c->tx->audience == AUDIENCE_PUBLIC) {
        return list_for_public(c, out);
    }
    struct q_core_unit_list_rows rows = {0};
    TRY(q_core_unit_list(c->tx, &rows));
    struct unit *v = arena_many(c->arena, rows.n, struct unit);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = UNIT_OF(rows.v[i]);
    }
    *out = (struct units){.v = v, .n = rows.n};
    return NULL;
}

const struct err *unit_publisher(struct ctx *c, int64_t unit_id, struct unit *out)
{
    TRY(unit_get(c, unit_id, out));
    for (int depth = 0; !out->publishes && out->above_id != 0; depth++) {
        must(depth < TREE_DEPTH_MOST);
        int64_t above_id = out->above_id;
        TRY(unit_get(c, above_id, out));
    }
    if (!out->publishes) {
        return err_make(c->arena, ERR_NOT_YET,
            S("这个单位和它的上级都没有设为公开主体，请管理员在“单位与人员”中设置"));
    }
    return NULL;
}

const struct err *unit_within(struct ctx *c, int64_t unit_id, int64_t above_id, bool *yes)
{
    must(c->tx != NULL);
    struct q_core_unit_within_in in = {.unit = unit_id, .above = above_id};
    struct q_core_unit_within_row row;
    return q_core_unit_within(c->tx, &in, &row, yes);
}
