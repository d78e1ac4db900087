/*
 * unit.h: the organisation: bureau, sections (股, 股室, 科室), schools; people in them. Reads only; account's operations change it.
 */
#ifndef GK_CORE_UNIT_H
#define GK_CORE_UNIT_H

#include "core/ctx.h"

struct unit {
    int64_t unit_id;
    int64_t above_id;      /* parent; 0 for the bureau */
    struct str kind;       /* "bureau", "section", "school", "imported" */
    struct str name;       /* 云湖区教育局 */
    struct str short_name; /* 区教育局 */
    struct str agency_code;/* QZ02114; empty when it is no publisher */
    bool publishes;        /* a publisher of its own */
    int64_t sort_no;
};
struct units {
    const struct unit *v;
    size_t n;
};

const struct err *unit_get(struct ctx *c, int64_t unit_id, struct unit *out); /* ERR_UNKNOWN */
/* By name, short name, alias or agency code. *found false when nobody is called so. */
const struct err *unit_by_name(struct ctx *c, struct str name, struct unit *out, bool *found);
const struct err *unit_list(struct ctx *c, struct units *out);                /* official order */
/* The publisher of a unit: itself if it publishes, else the nearest above that does. */
const struct err *unit_publisher(struct ctx *c, int64_t unit_id, struct unit *out);
/* The unit is `above` or below it. */
const struct err *unit_within(struct ctx *c, int64_t unit_id, int64_t above_id, bool *yes);

#endif
