/* access_report.c: `gongkai access`: operations and routes against roles, as text under test. */
#include "app/commands.h"
#include "core/access.h"
#include "core/registry.h"
#include "web/server.h"

#include "base/ban.h"

static struct access_line line_of(struct arena *arena, const struct route *r)
{
    return (struct access_line){.what = "route",
        .name = str_format(arena, "%s %s", r->method == METHOD_GET ? "GET" : "POST", r->pattern),
        .may = r->may};
}

const struct err *command_access(struct cli *cli)
{
    (void)cli;
    struct arena *arena = the_run->arena;
    struct capabilities all = registry_all();
    size_t most = web_route_count;
    for (size_t i = 0; i < all.n; i++) {
        most += all.v[i]->route_count;
    }
    struct access_line *v = arena_many(arena, most, struct access_line);
    size_t n = 0;
    for (size_t i = 0; i < web_route_count; i++) {
        v[n++] = line_of(arena, &web_routes[i]);
    }
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->route_count; k++) {
            v[n++] = line_of(arena, &all.v[i]->routes[k]);
        }
    }
    cli_print("%.*s", STR_ARG(access_text(arena, (struct access_lines){v, n})));
    return NULL;
}
