/*
 * site.h: the data directory of a site, opened.
 *
 *     gongkai.conf   name = value; unknown names are errors
 *     keys           pepper, token_key, seal_key: 64 hex digits each; only the owner may read it
 *     site.db        the store, unless gongkai.conf names a PostgreSQL database
 *     blobs/         files by their content
 */
#ifndef GK_APP_SITE_H
#define GK_APP_SITE_H

#include "app/limits.h"
#include "core/ctx.h"

enum { SITE_TENANT = 1 };

struct conf {
    struct str store;        /* "sqlite" or postgres://… */
    struct str public_store; /* PostgreSQL: connection of the role that may only read pub_*; may be
                                empty */
    struct str origin;       /* empty: made of listen and port */
    struct str listen;
    int64_t port;
    int64_t office_port; /* 0: one port for both sides */
    struct str hosts;    /* names, a blank between */
    struct str proxies;
    bool demo;
    bool db_prepare;         /* PostgreSQL: named prepared statements; off behind a pooler in transaction mode */
    struct limits limits;
};

struct open_site {
    struct arena *boot;
    const struct clock *clock;
    struct conf conf;
    struct site site;
    struct db_config office, public;
};

struct str site_path(struct arena *into, struct str data_dir, const char *name);
bool site_is(struct arena *scratch, struct str data_dir);

/* The file's text; defaults for what it does not say. */
const struct err *conf_parse(struct arena *into, struct str text, struct conf *out);
struct str conf_text(struct arena *into, const struct conf *conf);

/* Random keys, as the text of the file; and read back. */
struct str keys_make(struct arena *into);
const struct err *keys_parse(struct arena *into, struct str text, struct site *out);

/* Reads conf and keys; opens no store. */
const struct err *site_load(
    struct arena *boot, const struct clock *clock, struct str data_dir, struct open_site *out);
/* A connection of the office, the calendar with the body's own days, and a ctx of the program
 * itself. */
const struct err *site_ctx(struct open_site *s, struct arena *arena, struct ctx *out);
/* Sets site.calendar through the public door: for a child that has no other. */
const struct err *site_calendar_public(struct open_site *s);
/* The schema as this program wants it. */
const struct err *site_migrate(struct open_site *s, struct arena *arena);

#endif
