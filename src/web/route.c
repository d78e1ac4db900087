#include "base/ban.h"
#include "core/registry.h"
#include "web/match.h"

enum { PARAMS_MOST = 8 };

/* One segment: prefix{name}suffix against a piece of the path. */
static bool segment_fits(
    struct str pattern, struct str piece, size_t *literal, struct value *v, size_t *n, size_t most)
{
    ptrdiff_t open = str_find_byte(pattern, '{', 0);
    if (open < 0) {
        *literal += pattern.n;
        return str_eq(pattern, piece);
    }
    ptrdiff_t closed = str_find_byte(pattern, '}', (size_t)open);
    if (closed < 0 || *n >= most) {
        return false;
    }
    struct str before = str_sub(pattern, 0, (size_t)open);
    struct str after = str_skip(pattern, (size_t)closed + 1);
    if (piece.n <= before.n + after.n || !str_starts(piece, before) || !str_ends(piece, after)) {
        return false;
    }
    *literal += before.n + after.n;
    v[(*n)++] = (struct value){
        .name = str_sub(pattern, (size_t)open + 1, (size_t)closed),
        .text = str_sub(piece, before.n, piece.n - after.n),
    };
    return true;
}

bool pattern_fits(
    struct str pattern, struct str path, size_t *literal, struct value *v, size_t *n, size_t most)
{
    *literal = 0;
    *n = 0;
    struct str a, b;
    for (;;) {
        bool more = str_next(&pattern, '/', &a);
        if (more != str_next(&path, '/', &b)) {
            return false;
        }
        if (!more) {
            return true;
        }
        *literal += 1;
        if (!segment_fits(a, b, literal, v, n, most)) {
            return false;
        }
    }
}

struct route_found route_find(
    struct arena *into, const struct route_table *t, enum method method, struct str path)
{
    struct route_found found = {0};
    size_t best = 0;
    for (size_t i = 0; i < t->n; i++) {
        const struct route *r = t->v[i];
        struct value v[PARAMS_MOST];
        size_t n = 0;
        size_t literal = 0;
        if (!pattern_fits(str_from(r->pattern), path, &literal, v, &n, PARAMS_MOST)) {
            continue;
        }
        if (r->method != method) {
            found.other_method = true;
            continue;
        }
        if (found.route != NULL && literal <= best) {
            continue;
        }
        best = literal;
        found.route = r;
        struct value *kept = arena_many(into, n + 1, struct value);
        if (n > 0) {
            memcpy(kept, v, n * sizeof(*v));
        }
        found.params = (struct values){kept, n};
    }
    return found;
}

static void add_route(struct route_table *t, const struct route *r, bool public_side, bool office)
{
    must(r->may != NULL && r->run != NULL && r->pattern != NULL && r->pattern[0] == '/');
    must(r->side == SIDE_OFFICE || r->may == &MAY_ANYONE);
    for (size_t i = 0; i < t->n; i++) {
        must(t->v[i]->method != r->method || strcmp(t->v[i]->pattern, r->pattern) != 0);
    }
    if (r->side == SIDE_PUBLIC ? public_side : office) {
        t->v[t->n++] = r;
    }
}

struct route_table route_table_make(
    struct arena *into, const struct route *own, size_t own_n, bool public_side, bool office_side)
{
    struct capabilities all = registry_all();
    size_t most = own_n;
    for (size_t i = 0; i < all.n; i++) {
        most += all.v[i]->route_count;
    }
    struct route_table t = {arena_many(into, most + 1, const struct route *), 0};
    for (size_t i = 0; i < own_n; i++) {
        add_route(&t, &own[i], public_side || own[i].side == SIDE_PUBLIC, office_side);
    }
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->route_count; k++) {
            add_route(&t, &all.v[i]->routes[k], public_side, office_side);
        }
    }
    return t;
}
