/*
 * step.c: the only function that changes a status, and the checks that make its tables trustworthy.
 *
 * Three questions stay apart and are asked in this order: may this person (may), does the status
 * allow it (from, verb), what is missing (only if). Whoever has no right learns nothing of the
 * other two.
 */
#include "core/step.h"

#include "base/buf.h"
#include "base/limits.h"
#include "core/event.h"

#include "base/ban.h"

const struct status *status_by_stored(const struct steps *s, struct str stored)
{
    for (size_t i = 0; i < s->status_count; i++) {
        if (str_eq(str_from(s->statuses[i].stored), stored)) {
            return &s->statuses[i];
        }
    }
    must(false); /* the CHECK of the table holds the same words */
}

static const struct status *status_find(const struct steps *s, int id)
{
    for (size_t i = 0; i < s->status_count; i++) {
        if (s->statuses[i].id == id) {
            return &s->statuses[i];
        }
    }
    return NULL;
}

const struct status *status_by_id(const struct steps *s, int id)
{
    const struct status *found = status_find(s, id);

    must(found != NULL);
    return found;
}

static bool is_verb(const struct step *step, const char *verb)
{
    return strcmp(step->verb, verb) == 0;
}

static const struct step *step_from(const struct steps *s, int status, const char *verb)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->v[i].from == status && is_verb(&s->v[i], verb)) {
            return &s->v[i];
        }
    }
    return NULL;
}

/* Any step of the verb: its right and its words of refusal hold where the status does not allow it.
 */
static const struct step *step_of_verb(const struct steps *s, const char *verb)
{
    const struct step *any = NULL;

    for (size_t i = 0; i < s->n; i++) {
        if (is_verb(&s->v[i], verb) && (any == NULL || any->refusal == NULL)) {
            any = &s->v[i];
        }
    }
    must(any != NULL);
    return any;
}

static const struct err *refuse_status(
    struct ctx *c, const struct steps *s, const struct step *any, int status)
{
    if (any->refusal != NULL) {
        return err_make(c->arena, ERR_CONFLICT, str_from(any->refusal));
    }
    return err_format(c->arena, ERR_CONFLICT,
        "现在的状态是“%s”，不能这样处理。请刷新页面，查看最新情况", status_by_id(s, status)->label);
}

const struct err *step_take(struct ctx *c, const struct steps *s, const char *verb, int64_t unit_id,
    const void *facts, struct str subject, int64_t subject_id, struct str detail, int *status)
{
    must(c->tx != NULL && c->tx->writes);
    must(status_find(s, *status) != NULL);
    const struct step *any = step_of_verb(s, verb);
    const struct step *step = step_from(s, *status, verb);
    const struct may *may = step != NULL ? step->may : any->may;

    TRY(unit_id != 0 ? may_require_in(c, may, unit_id) : may_require(c, may));
    if (step == NULL) {
        return refuse_status(c, s, any, *status);
    }
    if (step->only_if != NULL) {
        struct reasons missing = reasons_make(c->arena);
        step->only_if(facts, &missing);
        TRY(reasons_err(&missing));
    }
    TRY(event_add(c, str_from(step->event), subject, subject_id, detail));
    *status = step->to;
    return NULL;
}

bool step_possible(const struct steps *s, int status, const char *verb)
{
    return step_from(s, status, verb) != NULL;
}

static void check_statuses(const struct steps *s)
{
    must(s->name != NULL && s->status_count > 0 && status_find(s, s->first) != NULL);
    for (size_t i = 0; i < s->status_count; i++) {
        const struct status *a = &s->statuses[i];
        must(a->stored != NULL && a->stored[0] != '\0');
        must(a->label != NULL && a->label[0] != '\0');
        for (size_t k = 0; k < i; k++) {
            must(s->statuses[k].id != a->id);
            must(strcmp(s->statuses[k].stored, a->stored) != 0);
        }
    }
}

static void check_rows(const struct steps *s)
{
    for (size_t i = 0; i < s->n; i++) {
        const struct step *step = &s->v[i];
        must(step->verb != NULL && step->verb[0] != '\0');
        must(step->may != NULL);
        must(step->event != NULL && strchr(step->event, '.') != NULL);
        must(status_find(s, step->from) != NULL && status_find(s, step->to) != NULL);
        must(step_from(s, step->from, step->verb) == step); /* one answer for status and verb */
    }
}

static bool has_way_out(const struct steps *s, int status)
{
    for (size_t i = 0; i < s->n; i++) {
        if (s->v[i].from == status) {
            return true;
        }
    }
    return false;
}

/* Marks what can be reached from the first status, until nothing new is found. */
static void check_reach(const struct steps *s)
{
    enum { STATUS_MOST = 64 };
    bool reached[STATUS_MOST] = {false};
    must(s->status_count <= STATUS_MOST);

    reached[status_find(s, s->first) - s->statuses] = true;
    for (bool again = true; again;) {
        again = false;
        for (size_t i = 0; i < s->n; i++) {
            ptrdiff_t from = status_find(s, s->v[i].from) - s->statuses;
            ptrdiff_t to = status_find(s, s->v[i].to) - s->statuses;
            if (reached[from] && !reached[to]) {
                reached[to] = true;
                again = true;
            }
        }
    }
    for (size_t i = 0; i < s->status_count; i++) {
        must(reached[i]);
        must(has_way_out(s, s->statuses[i].id) || s->statuses[i].flow == STATUS_CLOSED);
    }
}

void steps_check(const struct steps *s)
{
    check_statuses(s);
    check_rows(s);
    check_reach(s);
}

static const char *flow_word(enum status_flow flow)
{
    switch (flow) {
    case STATUS_OPEN:
        return "open";
    case STATUS_PAUSED:
        return "paused";
    case STATUS_CLOSED:
        return "closed";
    }
    must(false);
}

struct str steps_text(struct arena *into, const struct steps *s)
{
    struct buf b = buf_make(into, KIB(64));

    buf_format(&b, "%s\n\n  %-20s %-7s %s\n", s->name, "status", "flow", "label");
    for (size_t i = 0; i < s->status_count; i++) {
        const struct status *a = &s->statuses[i];
        buf_format(&b, "  %-20s %-7s %s%s\n", a->stored, flow_word(a->flow), a->label,
            a->id == s->first ? " (first)" : "");
    }
    buf_format(&b, "\n  %-20s %-16s %-20s %-26s %-28s %s\n", "from", "verb", "to", "may",
        "remembered as", "only if");
    for (size_t i = 0; i < s->n; i++) {
        const struct step *t = &s->v[i];
        buf_format(&b, "  %-20s %-16s %-20s %-26s %-28s %s\n", status_by_id(s, t->from)->stored,
            t->verb, status_by_id(s, t->to)->stored, t->may->name, t->event,
            t->only_if != NULL ? "conditions" : "-");
    }
    must(!buf_full(&b));
    return buf_str(&b);
}
