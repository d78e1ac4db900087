/*
 * desk.h: 工作台: what is to be done today, in the order of the legal deadlines. Every capability hands in its items; nobody keeps
 * a list of its own.
 */
#ifndef GK_CAP_DESK_H
#define GK_CAP_DESK_H

#include "core/registry.h"
#include "rules/deadline.h"

struct desk_item {
    const struct work_item *item;
    struct str left;     /* 逾期 1 个工作日, 今天, 剩 2 个工作日 */
    struct str css;      /* r, a, b */
    struct str due_text; /* 8月22日前 */
};
struct desk_items {
    struct desk_item *v;
    size_t n, cap;
};

struct desk {
    struct desk_items overdue, today, soon, later;
};
/* All items of the actor, sorted into lanes by working days left. */
const struct err *desk_read(struct ctx *c, struct desk *out);

extern const struct capability desk_capability;

#endif
