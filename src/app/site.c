/* site.c: opening a data directory. */
#include "app/site.h"

#include "base/file.h"
#include "base/limits.h"
#include "core/calendar_store.h"
#include "core/registry.h"

#include "base/ban.h"

struct str site_path(struct arena *into, struct str data_dir, const char *name)
{
    return str_format(into, "%.*s/%s", STR_ARG(data_dir), name);
}

bool site_is(struct arena *scratch, struct str data_dir)
{
    return file_is(str_z(scratch, site_path(scratch, data_dir, "gongkai.conf")));
}

static void fill_stores(struct open_site *s, struct str data_dir)
{
    bool sqlite = str_eq(s->conf.store, S("sqlite"));
    s->office = (struct db_config){.kind = sqlite ? STORE_SQLITE : STORE_POSTGRES,
        .path = site_path(s->boot, data_dir, "site.db"),
        .dsn = sqlite ? STR_NONE : s->conf.store,
        .public_dsn = s->conf.public_store,
        .door = DOOR_OFFICE,
        .prepare = s->conf.db_prepare};
    s->public = s->office;
    s->public.door = DOOR_PUBLIC;
}

const struct err *site_load(
    struct arena *boot, const struct clock *clock, struct str data_dir, struct open_site *out)
{
    struct str text;
    *out = (struct open_site){.boot = boot, .clock = clock};
    if (!site_is(boot, data_dir)) {
        return err_format(boot, ERR_UNKNOWN,
            "“%.*s”里还没有站点。请先运行 gongkai init 或 gongkai demo，或用 --data 指定目录。",
            STR_ARG(data_dir));
    }
    TRY(file_read(boot, str_z(boot, site_path(boot, data_dir, "gongkai.conf")), KIB(64), &text));
    TRY(conf_parse(boot, text, &out->conf));
    TRY(file_read(boot, str_z(boot, site_path(boot, data_dir, "keys")), KIB(4), &text));
    TRY(keys_parse(boot, text, &out->site));
    out->site.data_dir = data_dir;
    out->site.blobs.root = site_path(boot, data_dir, "blobs");
    out->site.demo = out->conf.demo;
    out->site.origin = out->conf.origin.n > 0
                           ? out->conf.origin
                           : str_format(boot, "http://%.*s:%lld", STR_ARG(out->conf.listen),
                                 (long long)out->conf.port);
    out->site.calendar = calendar_compiled();
    fill_stores(out, data_dir);
    return NULL;
}

static const struct err *load_calendar(struct ctx *c, void *arg)
{
    const struct calendar **out = arg;
    return calendar_load(c, out);
}

const struct err *site_ctx(struct open_site *s, struct arena *arena, struct ctx *out)
{
    struct db *db = NULL;
    TRY(db_open(arena, &s->office, &db));
    struct ctx c = ctx_make(arena, s->clock, &s->site, db, SITE_TENANT);
    TRY(ctx_read(&c, AUDIENCE_SYSTEM, load_calendar, &c.calendar));
    *out = c;
    return NULL;
}

const struct err *site_calendar_public(struct open_site *s)
{
    struct db *db = NULL;
    TRY(db_open(s->boot, &s->public, &db));
    struct ctx c = ctx_make(s->boot, s->clock, &s->site, db, SITE_TENANT);
    TRY(ctx_read(&c, AUDIENCE_PUBLIC, load_calendar, &c.calendar));
    s->site.calendar = c.calendar;
    return NULL;
}

const struct err *site_migrate(struct open_site *s, struct arena *arena)
{
    struct db *db = NULL;
    TRY(db_open(arena, &s->office, &db));
    return db_migrate(arena, db, registry_migrations(arena), clock_now(s->clock).ms);
}
