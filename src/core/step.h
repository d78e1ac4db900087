/*
 * step.h: statuses and the steps between them, as tables.
 */
#ifndef GK_CORE_STEP_H
#define GK_CORE_STEP_H

#include "core/may.h"
#include "core/reasons.h"

enum status_flow { STATUS_OPEN, STATUS_PAUSED, STATUS_CLOSED };

struct status {
    int id;
    const char *stored;   /* text in the row and in the CHECK of the migration */
    enum status_flow flow;
    const char *label;    /* 审核中 */
};

typedef void reasons_fn(const void *facts, struct reasons *out);

struct step {
    int from;
    const char *verb;     /* "submit" */
    int to;
    const struct may *may;
    reasons_fn *only_if;  /* NULL: no condition */
    const char *event;    /* "document.submitted" */
    const char *refusal;  /* words when the status does not allow the verb: 正在审核中，不能修改 */
};

struct steps {
    const char *name;     /* "edition" */
    const struct status *statuses;
    size_t status_count;
    int first;            /* id of the first status */
    const struct step *v;
    size_t n;
};

const struct status *status_by_stored(const struct steps *s, struct str stored); /* must exist */
const struct status *status_by_id(const struct steps *s, int id);

/* May he (in the unit)? Does the status allow it? What is missing? On NULL *status is the new one and the event is recorded for
 * subject/id with detail, so listeners run before the caller saves the new status. unit_id 0: the right is asked somewhere. The
 * only function that changes a status. */
const struct err *step_take(struct ctx *c, const struct steps *s, const char *verb, int64_t unit_id, const void *facts,
    struct str subject, int64_t subject_id, struct str detail, int *status);
/* Is the verb possible from here, rights aside? For buttons. */
bool step_possible(const struct steps *s, int status, const char *verb);

/* At start: every status reachable, final ones closed, stored texts unique, every step has an event. Chinese-free: a fault of
 * the program is a must. */
void steps_check(const struct steps *s);
/* As text for docs and golden file. */
struct str steps_text(struct arena *into, const struct steps *s);

#endif
