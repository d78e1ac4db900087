/*
 * event.c: one fact: its row, its three outbox rows, and the capabilities that listen.
 */
#include "core/event.h"

#include "base/rand.h"
#include "core/registry.h"
#include "core_sql.h"

#include "base/ban.h"

/* A listener may record events of its own (document.submitted opens a case: review.opened). Deeper
 * than this they talk in a circle. */
enum { EVENT_DEPTH_MOST = 4 };

static struct str stored_kind(enum actor_kind kind)
{
    switch (kind) {
    case ACTOR_NOBODY:
        return S("nobody");
    case ACTOR_PERSON:
        return S("person");
    case ACTOR_SYSTEM:
        return S("system");
    }
    must(false);
}

static const struct err *add_rows(
    struct ctx *c, struct str kind, struct str subject, int64_t subject_id, struct str detail)
{
    int64_t changed = 0;
    struct q_core_event_add_in event = {
        .event = id_make(c->now),
        .at = c->now,
        .kind = kind,
        .actor = c->actor.kind == ACTOR_PERSON ? c->actor.person_id : 0,
        .actor_kind = stored_kind(c->actor.kind),
        .subject = subject,
        .subject_id = subject_id,
        .detail = detail,
    };
    TRY(q_core_event_add(c->tx, &event, &changed));
    must(changed == 1);

    struct q_core_outbox_add_in outbox = {
        .log_row = id_make(c->now),
        .search_row = id_make(c->now),
        .notify_row = id_make(c->now),
        .kind = kind,
        .subject = subject,
        .subject_id = subject_id,
        .at = c->now,
    };
    TRY(q_core_outbox_add(c->tx, &outbox, &changed));
    must(changed == 3);
    return NULL;
}

static const struct err *tell_listeners(
    struct ctx *c, struct str kind, struct str subject, int64_t subject_id, struct str detail)
{
    struct capabilities all = registry_all();

    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i]->on_event != NULL) {
            TRY(all.v[i]->on_event(c, kind, subject, subject_id, detail));
        }
    }
    return NULL;
}

const struct err *event_add(
    struct ctx *c, struct str kind, struct str subject, int64_t subject_id, struct str detail)
{
    must(c->tx != NULL && c->tx->writes);
    must(kind.n > 0 && subject.n > 0 && subject_id != 0);
    must(c->event_depth < EVENT_DEPTH_MOST);

    TRY(add_rows(c, kind, subject, subject_id, detail));
    c->events++;
    c->event_depth++;
    const struct err *err = tell_listeners(c, kind, subject, subject_id, detail);
    c->event_depth--;
    return err;
}

static struct str shown_actor(const struct q_core_event_list_row *row)
{
    if (str_eq(row->actor_kind, S("system"))) {
        return S("系统");
    }
    if (str_eq(row->actor_kind, S("nobody"))) {
        return S("公众");
    }
    return row->actor_name;
}

const struct err *event_list(
    struct ctx *c, struct str subject, int64_t subject_id, struct event_lines *out)
{
    must(c->tx != NULL);
    struct q_core_event_list_in in = {.subject = subject, .subject_id = subject_id};
    struct q_core_event_list_rows rows = {0};
    TRY(q_core_event_list(c->tx, &in, &rows));

    struct event_line *v = arena_many(c->arena, rows.n, struct event_line);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct event_line){
            .at = rows.v[i].at,
            .kind = rows.v[i].kind,
            .actor = shown_actor(&rows.v[i]),
            .detail = rows.v[i].detail,
        };
    }
    *out = (struct event_lines){.v = v, .n = rows.n};
    return NULL;
}
