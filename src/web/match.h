/*
 * match.h: one table of routes, longest literal wins.
 *
 * A segment of a pattern is literal text, or literal text around one {name}: "{number}.json",
 * "v{edition}". A {name} takes at least one byte and never a slash. Of several rows that fit, the
 * one with most literal bytes wins.
 */
#ifndef GK_WEB_MATCH_H
#define GK_WEB_MATCH_H

#include "core/op.h"
#include "web/route.h"

struct route_table {
    const struct route **v;
    size_t n;
};

/* All routes of these sides: the capabilities' and this room's. Asserts that rights are stated,
 * patterns sound and unique, and that the public side asks for no right (nobody is signed in
 * there). */
struct route_table route_table_make(
    struct arena *into, const struct route *own, size_t own_n, bool public_side, bool office_side);

struct route_found {
    const struct route *route; /* NULL: none for this method */
    struct values params;
    bool other_method; /* the address exists for the other method */
};
struct route_found route_find(
    struct arena *into, const struct route_table *t, enum method method, struct str path);

/* Does the pattern fit? *literal gets its literal bytes, params are added to v (room for as many as
 * the pattern has). */
bool pattern_fits(
    struct str pattern, struct str path, size_t *literal, struct value *v, size_t *n, size_t most);

#endif
