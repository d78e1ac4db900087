/*
 * registry.c: the list of capabilities, checked once when it is set.
 *
 * Set before threads start and read-only from then on. Every check is a must: a wrong table is a
 * fault of the program and shall not start.
 */
#include "core/registry.h"

#include "core_sql.h"

#include "base/ban.h"

enum { ROOMS_MOST = 8 };

struct room {
    const struct migrations *migrations;
    const struct statements *statements;
};

static struct room rooms[ROOMS_MOST];
static size_t room_count;
static struct capabilities all_capabilities;

void registry_add_room(const struct migrations *migrations, const struct statements *statements)
{
    for (size_t i = 0; i < room_count; i++) {
        if (rooms[i].migrations == migrations && rooms[i].statements == statements) {
            return;
        }
    }
    must(room_count < ROOMS_MOST);
    rooms[room_count++] = (struct room){.migrations = migrations, .statements = statements};
}

struct capabilities registry_all(void)
{
    return all_capabilities;
}

static bool same(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool is_declared(const struct may *m)
{
    if (m == &MAY_ANYONE || m == &MAY_SIGNED_IN || m == &MAY_SYSTEM) {
        return true;
    }
    for (size_t i = 0; i < all_capabilities.n; i++) {
        const struct capability *cap = all_capabilities.v[i];
        for (size_t k = 0; k < cap->may_count; k++) {
            if (cap->mays[k] == m) {
                return true;
            }
        }
    }
    return false;
}

static void check_may(const struct may *m)
{
    must(m != NULL && m->name != NULL && m->title != NULL);
    must(is_declared(m));
}

static void check_field(const struct op *op, size_t index)
{
    const struct field *f = &op->fields[index];

    must(f->name != NULL && f->name[0] != '\0' && f->label != NULL && f->label[0] != '\0');
    must(f->offset <= op->in_size && field_size(f->kind) <= op->in_size - f->offset);
    must(f->kind != FIELD_CHOICE || (f->choices != NULL && f->choice_count > 0));
    for (size_t i = 0; i < index; i++) {
        const struct field *other = &op->fields[i];
        must(!same(other->name, f->name));
        /* Two fields may not share memory. */
        must(other->offset + field_size(other->kind) <= f->offset ||
             f->offset + field_size(f->kind) <= other->offset);
    }
}

static size_t count_op_name(const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < all_capabilities.n; i++) {
        for (size_t k = 0; k < all_capabilities.v[i]->op_count; k++) {
            n += same(all_capabilities.v[i]->ops[k].name, name) ? 1 : 0;
        }
    }
    return n;
}

static void check_op(const struct op *op)
{
    must(op->name != NULL && strchr(op->name, '.') != NULL);
    must(op->title != NULL && op->run != NULL && op->in_size > 0);
    must(count_op_name(op->name) == 1);
    check_may(op->may);
    for (size_t i = 0; i < op->field_count; i++) {
        check_field(op, i);
    }
}

static size_t count_role(const char *code)
{
    size_t n = 0;

    for (size_t i = 0; i < all_capabilities.n; i++) {
        for (size_t k = 0; k < all_capabilities.v[i]->role_count; k++) {
            n += same(all_capabilities.v[i]->roles[k].code, code) ? 1 : 0;
        }
    }
    return n;
}

static void check_roles(const struct capability *cap)
{
    for (size_t i = 0; i < cap->role_count; i++) {
        const struct role_default *role = &cap->roles[i];
        must(role->code != NULL && role->code[0] != '\0' && role->name != NULL);
        must(role->admin == NULL || same(role->admin, "system") || same(role->admin, "security") ||
             same(role->admin, "audit"));
        must(count_role(role->code) == 1);
    }
    for (size_t i = 0; i < cap->grant_count; i++) {
        check_may(cap->grants[i].may);
        must(count_role(cap->grants[i].role) == 1);
        /* Who the actor is decides about these three; a role cannot give them. */
        must(cap->grants[i].may != &MAY_ANYONE && cap->grants[i].may != &MAY_SIGNED_IN &&
             cap->grants[i].may != &MAY_SYSTEM);
    }
}

static size_t count_may_name(const char *name)
{
    size_t n = 0;

    for (size_t i = 0; i < all_capabilities.n; i++) {
        for (size_t k = 0; k < all_capabilities.v[i]->may_count; k++) {
            n += same(all_capabilities.v[i]->mays[k]->name, name) ? 1 : 0;
        }
    }
    return n;
}

static void check_names(const struct capability *cap, size_t index)
{
    must(cap->name != NULL && cap->title != NULL);
    for (size_t i = 0; i < index; i++) {
        must(!same(all_capabilities.v[i]->name, cap->name));
    }
    for (size_t i = 0; i < cap->may_count; i++) {
        must(cap->mays[i] != NULL && cap->mays[i]->name != NULL && cap->mays[i]->title != NULL);
        must(count_may_name(cap->mays[i]->name) == 1);
    }
    for (size_t i = 0; i < cap->job_count; i++) {
        must(cap->jobs[i].name != NULL && cap->jobs[i].every_s > 0 && cap->jobs[i].run != NULL);
    }
    for (size_t i = 0; i < cap->menu_count; i++) {
        must(cap->menu[i].label != NULL && cap->menu[i].href != NULL);
        check_may(cap->menu[i].may);
    }
}

void registry_set(struct capabilities all)
{
    all_capabilities = all;
    for (size_t i = 0; i < all.n; i++) {
        const struct capability *cap = all.v[i];
        must(cap != NULL);
        check_names(cap, i);
        check_roles(cap);
        for (size_t k = 0; k < cap->op_count; k++) {
            check_op(&cap->ops[k]);
        }
        for (size_t k = 0; k < cap->steps_count; k++) {
            steps_check(cap->steps[k]);
            for (size_t s = 0; s < cap->steps[k]->n; s++) {
                check_may(cap->steps[k]->v[s].may);
            }
        }
    }
}

const struct op *registry_op(struct str name)
{
    for (size_t i = 0; i < all_capabilities.n; i++) {
        const struct capability *cap = all_capabilities.v[i];
        for (size_t k = 0; k < cap->op_count; k++) {
            if (str_eq(str_from(cap->ops[k].name), name)) {
                return &cap->ops[k];
            }
        }
    }
    return NULL;
}

/* core, the rooms, the capabilities: visits each part's tables in order. */
static size_t part_count(void)
{
    return 1 + room_count + all_capabilities.n;
}

static struct room part(size_t index)
{
    if (index == 0) {
        return (struct room){.migrations = &core_migrations, .statements = &core_statements};
    }
    if (index <= room_count) {
        return rooms[index - 1];
    }
    const struct capability *cap = all_capabilities.v[index - 1 - room_count];
    return (struct room){.migrations = cap->migrations, .statements = cap->statements};
}

struct migrations registry_migrations(struct arena *into)
{
    size_t total = 0;
    for (size_t i = 0; i < part_count(); i++) {
        total += part(i).migrations != NULL ? part(i).migrations->n : 0;
    }
    struct migration *v = arena_many(into, total, struct migration);
    size_t n = 0;
    for (size_t i = 0; i < part_count(); i++) {
        const struct migrations *own = part(i).migrations;
        for (size_t k = 0; own != NULL && k < own->n; k++) {
            v[n++] = own->v[k];
        }
    }
    return (struct migrations){.v = v, .n = n};
}

struct statements registry_statements(struct arena *into)
{
    size_t total = 0;
    for (size_t i = 0; i < part_count(); i++) {
        total += part(i).statements != NULL ? part(i).statements->n : 0;
    }
    struct statement *v = arena_many(into, total, struct statement);
    size_t n = 0;
    for (size_t i = 0; i < part_count(); i++) {
        const struct statements *own = part(i).statements;
        for (size_t k = 0; own != NULL && k < own->n; k++) {
            v[n++] = own->v[k];
        }
    }
    return (struct statements){.v = v, .n = n};
}
