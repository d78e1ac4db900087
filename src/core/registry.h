/*
 * registry.h: what the program consists of. A capability is one const struct in its x_cap.c; the list of capabilities is
 * src/cap/meson.build and nothing else. No router, menu, command, job or permission list is edited elsewhere.
 */
#ifndef GK_CORE_REGISTRY_H
#define GK_CORE_REGISTRY_H

#include "core/op.h"
#include "core/step.h"

struct route;   /* web/route.h */
struct command; /* cli/command.h */

/* One line of somebody's worklist. */
struct work_item {
    struct str title;
    struct str href;
    struct str origin;     /* small line: 公文　7月24日成文　期限 20 个工作日 */
    struct str step;       /* 保密审查 */
    struct str person;     /* 办公室 陈晓 */
    struct str action;     /* 去审核 */
    struct date due;       /* DATE_NONE: no legal date */
    bool provisional;
};
struct work_items {
    struct work_item *v;
    size_t n, cap;
};
typedef const struct err *work_fn(struct ctx *c, struct work_items *into);

/* A default role: rows made by init/demo. */
struct role_default {
    const char *code;    /* "section_head" */
    const char *name;    /* 股室负责人 */
    const char *admin;   /* "system", "security", "audit" for the three disjoint administrators; else NULL */
};
struct role_grant {
    const char *role;
    const struct may *may;
};

/* Something that runs by itself every `seconds`. */
struct job {
    const char *name;
    int every_s;
    const struct err *(*run)(struct ctx *c);
};

/* A main-menu entry of the office, shown to those who hold `may`. */
struct menu_item {
    int order;
    const char *label;
    const char *href;
    const struct may *may;
};

struct capability {
    const char *name;
    const char *title;
    const struct statements *statements;
    const struct migrations *migrations;
    const struct may *const *mays;       size_t may_count;
    const struct op *ops;                size_t op_count;
    const struct route *routes;          size_t route_count;
    const struct command *commands;      size_t command_count;
    const struct steps *const *steps;    size_t steps_count;
    const struct role_default *roles;    size_t role_count;
    const struct role_grant *grants;     size_t grant_count;
    const struct job *jobs;              size_t job_count;
    const struct menu_item *menu;        size_t menu_count;
    work_fn *work;
    /* Rows a new tenant starts with (categories, chains); in the transaction that makes the tenant, safe to run again. */
    const struct err *(*seed)(struct ctx *c);
    /* Tells other capabilities' events to this one; called in the transaction of the act, in registry order. May be NULL. */
    const struct err *(*on_event)(struct ctx *c, struct str kind, struct str subject, int64_t subject_id, struct str detail);
};

struct capabilities {
    const struct capability *const *v;
    size_t n;
};

/* A room below the capabilities that has tables of its own (web: sessions). Before registry_set, in order; each once. */
void registry_add_room(const struct migrations *migrations, const struct statements *statements);

/* Set once at start by app (generated list); checked: rights stated and declared, names unique, fields inside their structs,
 * steps sound. A fault of the program is a must. Tests may set another list later. Rights of routes are checked by web. */
void registry_set(struct capabilities all);
struct capabilities registry_all(void);
const struct op *registry_op(struct str name); /* NULL when unknown */
struct migrations registry_migrations(struct arena *into); /* core's, the rooms' (web), then the capabilities' in order */
struct statements registry_statements(struct arena *into); /* the same for statements: to prepare every one on an engine */

#endif
