/*
 * access.c: one table, operations and doors by role.
 */
#include "core/access.h"

#include "base/buf.h"
#include "base/limits.h"
#include "base/vec.h"
#include "core/registry.h"

#include "base/ban.h"

struct line_list {
    struct access_line *v;
    size_t n, cap;
};

struct role_list {
    const struct role_default **v;
    size_t n, cap;
};

struct report {
    struct buf out;
    struct role_list roles;
    int name_width;
};

static void collect_roles(struct arena *into, struct role_list *roles)
{
    struct capabilities all = registry_all();

    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->role_count; k++) {
            *vec_add(into, roles) = &all.v[i]->roles[k];
        }
    }
}

static void collect_operations(struct arena *into, struct line_list *lines)
{
    struct capabilities all = registry_all();

    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->op_count; k++) {
            *vec_add(into, lines) = (struct access_line){
                .what = "operation",
                .name = str_from(all.v[i]->ops[k].name),
                .may = all.v[i]->ops[k].may,
            };
        }
    }
}

static bool grants(const struct role_default *role, const struct may *may)
{
    struct capabilities all = registry_all();

    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->grant_count; k++) {
            const struct role_grant *g = &all.v[i]->grants[k];
            if (g->may == may && strcmp(g->role, role->code) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool role_may(const struct role_default *role, const struct may *may)
{
    return may == &MAY_ANYONE || may == &MAY_SIGNED_IN || grants(role, may);
}

/* The mark is three bytes and one column wide, so the padding is written out. */
static void cell(struct buf *out, bool yes, size_t width)
{
    buf_add(out, yes ? S("●") : S("·"));
    for (size_t i = 0; i <= width; i++) {
        buf_add_byte(out, ' ');
    }
}

static void print_head(struct report *r, const char *what)
{
    buf_format(&r->out, "\n%-*s  nobody  ", r->name_width, what);
    for (size_t i = 0; i < r->roles.n; i++) {
        buf_format(&r->out, "%s  ", r->roles.v[i]->code);
    }
    buf_add(&r->out, S("program  right\n"));
}

static void print_line(struct report *r, const struct access_line *line)
{
    buf_format(&r->out, "%-*.*s  ", r->name_width, STR_ARG(line->name));
    cell(&r->out, line->may == &MAY_ANYONE, strlen("nobody"));
    for (size_t i = 0; i < r->roles.n; i++) {
        cell(&r->out, role_may(r->roles.v[i], line->may), strlen(r->roles.v[i]->code));
    }
    cell(&r->out, line->may == &MAY_ANYONE || line->may == &MAY_SYSTEM, strlen("program"));
    buf_format(&r->out, "%s\n", line->may->name);
}

/* By kind in order of appearance, then by name; insertion keeps equals as they came. */
static bool stands_before(const struct access_line *a, const struct access_line *b)
{
    return strcmp(a->what, b->what) == 0 && str_cmp(a->name, b->name) < 0;
}

static void sort_lines(struct line_list *lines)
{
    for (size_t i = 1; i < lines->n; i++) {
        struct access_line moving = lines->v[i];
        size_t at = i;
        while (at > 0 && stands_before(&moving, &lines->v[at - 1])) {
            lines->v[at] = lines->v[at - 1];
            at--;
        }
        lines->v[at] = moving;
    }
}

static void print_roles(struct report *r)
{
    buf_add(&r->out, S("roles\n"));
    for (size_t i = 0; i < r->roles.n; i++) {
        const struct role_default *role = r->roles.v[i];
        buf_format(&r->out, "  %-20s %s%s%s\n", role->code, role->name,
            role->admin != NULL ? "  administrator: " : "", role->admin != NULL ? role->admin : "");
    }
}

struct str access_text(struct arena *into, struct access_lines extra)
{
    struct report r = {.out = buf_make(into, MIB(1)), .name_width = 24};
    struct line_list lines = {0};

    collect_roles(into, &r.roles);
    collect_operations(into, &lines);
    for (size_t i = 0; i < extra.n; i++) {
        *vec_add(into, &lines) = extra.v[i];
    }
    sort_lines(&lines);
    for (size_t i = 0; i < lines.n; i++) {
        must(lines.v[i].may != NULL);
        r.name_width =
            lines.v[i].name.n > (size_t)r.name_width ? (int)lines.v[i].name.n : r.name_width;
    }
    print_roles(&r);
    for (size_t i = 0; i < lines.n; i++) {
        if (i == 0 || strcmp(lines.v[i].what, lines.v[i - 1].what) != 0) {
            print_head(&r, lines.v[i].what);
        }
        print_line(&r, &lines.v[i]);
    }
    must(!buf_full(&r.out));
    return buf_str(&r.out);
}
