/*
 * event.h: facts in the past tense, audit rows, outbox. All inside the transaction of the act.
 *
 * Events are what people did to things: shown as history, source of notices and statistics. Audit rows are who did which
 * operation with which outcome, chained by the sequencer (audit.h). Neither carries personal data.
 */
#ifndef GK_CORE_EVENT_H
#define GK_CORE_EVENT_H

#include "core/ctx.h"

/* kind "document.published", subject "document", id; detail: a JSON object or empty. Writes the outbox rows too (topics log,
 * search, notify), then calls the on_event of every capability in registry order, here and now: what a listener should find in
 * the store must be saved before. Listeners may record events of their own, four deep at most. */
const struct err *event_add(struct ctx *c, struct str kind, struct str subject, int64_t subject_id, struct str detail);

struct event_line {
    struct instant at;
    struct str kind;
    struct str actor;    /* name; 系统 for the program; 公众 for nobody */
    struct str detail;   /* JSON */
};
struct event_lines {
    const struct event_line *v;
    size_t n;
};
const struct err *event_list(struct ctx *c, struct str subject, int64_t subject_id, struct event_lines *out);

#endif
