/*
 * review_reads.c: a case as a page shows it: steps with names and dates, who may act now, and what changed since last seen.
 */
#include "base/vec.h"
#include "cap/document/document.h"
#include "cap/review/review_inside.h"
#include "html/sanitise.h"

#include "base/ban.h"

static struct str step_label(struct str status)
{
    // clang-format off
    static const struct choice labels[] = {
        {"waiting", "待办"}, {"passed", "通过"}, {"returned", "退回"}, {"skipped", "应急发布时跳过，待补审"}, {"caught_up", "已补审"},
    };
    // clang-format on
    return document_choice_label(labels, sizeof labels / sizeof labels[0], status);
}

static struct str case_label(struct str status)
{
    // clang-format off
    static const struct choice labels[] = {
        {"open", "审核中"}, {"passed", "已通过"}, {"returned", "已退回"}, {"recalled", "起草人已撤回"}, {"emergency", "已应急发布"},
    };
    // clang-format on
    return document_choice_label(labels, sizeof labels / sizeof labels[0], status);
}

static struct str conclusion_label(struct str kind, struct str conclusion)
{
    if (conclusion.n == 0) {
        return STR_NONE;
    }
    if (str_eq(kind, S("secrecy"))) {
        return document_choice_label(review_secrecies, sizeof review_secrecies / sizeof review_secrecies[0], conclusion);
    }
    return document_choice_label(review_verdicts, sizeof review_verdicts / sizeof review_verdicts[0], conclusion);
}

static struct str person_label(struct ctx *c, struct str name, struct str unit)
{
    return name.n == 0 ? STR_NONE : str_format(c->arena, "%.*s（%.*s）", STR_ARG(name), STR_ARG(unit));
}

/* Names of those who may act at a waiting level, so that nobody has to ask around. */
static const struct err *waiting_for(struct ctx *c, int64_t unit_id, struct str may, struct str *out)
{
    struct q_reviewers_of_rows rows = {0};
    TRY(q_reviewers_of(c->tx, &(struct q_reviewers_of_in){.unit_id = unit_id, .may = may, .today = c->today}, &rows));
    struct str *names = arena_many(c->arena, rows.n, struct str);
    for (size_t i = 0; i < rows.n; i++) {
        names[i] = person_label(c, rows.v[i].name, rows.v[i].unit_name);
    }
    *out = str_join(c->arena, (struct strs){names, rows.n}, S("、"));
    return NULL;
}

/* Is the level one that may be concluded now? */
static bool level_is_open(const struct review_case_view *k, const struct review_step_view *s)
{
    return str_eq(s->status, S("waiting")) && (s->no == k->level_no || (k->urgent && str_eq(s->kind, S("secrecy"))));
}

static const struct err *steps_read(struct ctx *c, struct review_case_view *k, bool *concluded)
{
    struct q_step_list_rows rows = {0};
    TRY(q_step_list(c->tx, &(struct q_step_list_in){.case_id = k->case_id}, &rows));
    struct review_step_view *v = arena_many(c->arena, rows.n, struct review_step_view);
    *concluded = false;
    for (size_t i = 0; i < rows.n; i++) {
        const struct q_step_list_row *r = &rows.v[i];
        v[i] = (struct review_step_view){
            .no = (int)r->no,
            .name = r->name,
            .kind = r->kind,
            .status = r->status,
            .status_label = step_label(r->status),
            .person = person_label(c, r->person, r->unit_name),
            .conclusion = r->conclusion,
            .conclusion_label = conclusion_label(r->kind, r->conclusion),
            .opinion = r->opinion,
            .ground = r->ground,
            .proof = r->proof,
            .proof_done = r->proof_done,
            .at = r->at_ms,
            .here = str_eq(k->status, S("open")) && r->no == k->level_no,
        };
        bool acts_here = (str_eq(k->status, S("open")) && level_is_open(k, &v[i])) || str_eq(r->status, S("skipped"));
        if (acts_here) {
            TRY(waiting_for(c, k->unit_id, r->may, &v[i].waiting_for));
        }
        if (r->person_id != 0 && r->person_id == c->actor.person_id) {
            *concluded = true;
        }
    }
    k->steps = (struct review_steps_view){v, rows.n};
    return NULL;
}

static const struct err *may_level(struct ctx *c, const struct review_case_view *k, int64_t no, bool *yes)
{
    struct q_step_list_rows rows = {0};
    TRY(q_step_list(c->tx, &(struct q_step_list_in){.case_id = k->case_id}, &rows));
    *yes = false;
    for (size_t i = 0; i < rows.n; i++) {
        const struct may *may = rows.v[i].no == no ? review_may(rows.v[i].may) : NULL;
        if (may != NULL) {
            return may_in(c, may, k->unit_id, yes);
        }
    }
    return NULL;
}

static const struct err *open_rights(struct ctx *c, struct review_case_view *k, bool wrote, bool concluded)
{
    for (size_t i = 0; i < k->steps.n && k->acting_no == 0; i++) {
        bool may = false;
        if (level_is_open(k, &k->steps.v[i])) {
            TRY(may_level(c, k, k->steps.v[i].no, &may));
            k->acting_no = may ? k->steps.v[i].no : 0;
        }
    }
    k->may_conclude = k->acting_no != 0 && !wrote && !concluded;
    if (k->acting_no != 0 && wrote) {
        k->why_not = S("您写过这份稿件，不能审查自己的稿件。");
    } else if (k->acting_no != 0 && concluded) {
        k->why_not = S("您已经在另一个环节给出结论，这一环节须由别人审。");
    }
    bool emergency = false;
    TRY(may_in(c, &MAY_DOCUMENT_EMERGENCY, k->unit_id, &emergency));
    k->may_call_urgent = emergency && !k->urgent;
    return NULL;
}

static const struct err *reader_rights(struct ctx *c, struct review_case_view *k, bool concluded, int64_t published_by)
{
    bool wrote = false;
    TRY(edition_written_by(c, k->edition_id, c->actor.person_id, &wrote));
    if (str_eq(k->status, S("open"))) {
        return open_rights(c, k, wrote, concluded);
    }
    for (size_t i = 0; i < k->steps.n && k->catch_up_no == 0 && !wrote && !concluded && published_by != c->actor.person_id; i++) {
        bool may = false;
        if (str_eq(k->steps.v[i].status, S("skipped"))) {
            TRY(may_level(c, k, k->steps.v[i].no, &may));
            k->catch_up_no = may ? k->steps.v[i].no : 0;
        }
    }
    return NULL;
}

static const struct err *case_view(struct ctx *c, const struct q_case_find_row *r, struct review_case_view *k)
{
    *k = (struct review_case_view){
        .case_id = r->case_id,
        .document_id = r->document_id,
        .edition_id = r->edition_id,
        .unit_id = r->unit_id,
        .publisher_id = r->publisher_id,
        .version = r->version,
        .submission = (int)r->submission,
        .status = r->status,
        .status_label = case_label(r->status),
        .level_no = (int)r->level_no,
        .opened = r->opened_ms,
        .urgent = instant_is(r->urgent_ms),
        .urgent_reason = r->urgent_reason,
        .closed = r->closed_ms,
    };
    struct edition_head e = {0};
    TRY(edition_head_load(c, k->edition_id, &e));
    k->title = e.title;
    struct str name = STR_NONE;
    TRY(document_person(c, e.author_id, &name, &k->author));
    bool concluded = false;
    TRY(steps_read(c, k, &concluded));
    return reader_rights(c, k, concluded, e.published_by);
}

const struct err *review_case_read(struct ctx *c, int64_t case_id, struct review_case_view *out)
{
    struct q_case_find_row r = {0};
    bool found = false;
    TRY(q_case_find(c->tx, &(struct q_case_find_in){.id = case_id, .me = c->actor.person_id, .today = c->today}, &r, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这件审核，或者您无权查看。"));
    }
    return case_view(c, &r, out);
}

const struct err *review_case_of(struct ctx *c, int64_t document_id, struct review_case_view *out, bool *found)
{
    struct q_case_of_document_row k = {0};
    TRY(q_case_of_document(c->tx, &(struct q_case_of_document_in){.document_id = document_id}, &k, found));
    return *found ? review_case_read(c, k.case_id, out) : NULL;
}

/* ---- what changed ---- */

static const struct err *old_submission(struct ctx *c, const struct review_case_view *k, struct submission *old, struct str *label, bool *found)
{
    struct q_seen_before_row seen = {0};
    TRY(q_seen_before(c->tx,
        &(struct q_seen_before_in){.edition_id = k->edition_id, .person_id = c->actor.person_id, .submission = k->submission}, &seen, found));
    int no = *found ? (int)seen.submission : k->submission - 1;
    const char *note = *found ? "（您上次看的）" : "";
    *found = false;
    if (no >= 1) {
        TRY(submission_load(c, k->edition_id, no, old, found));
        *label = str_format(c->arena, "第 %d 稿%s", no, note);
    }
    return NULL;
}

/* For the first submission of a correction: the last text of the edition that is public now. */
static const struct err *public_text(struct ctx *c, const struct review_case_view *k, struct submission *old, struct str *label, bool *found)
{
    struct document_head d = {0};
    TRY(document_head_load(c, k->document_id, &d));
    *found = false;
    if (d.public_edition_id == 0 || d.public_edition_id == k->edition_id) {
        return NULL;
    }
    TRY(edition_text_load(c, d.public_edition_id, old));
    *label = S("现在公开的版本");
    *found = true;
    return NULL;
}

const struct err *review_diff_read(struct ctx *c, const struct review_case_view *k, struct review_diff *out)
{
    struct submission now = {0};
    struct submission old = {0};
    bool found = false;
    TRY(submission_load(c, k->edition_id, k->submission, &now, &found));
    must(found);
    TRY(old_submission(c, k, &old, &out->old_label, &out->has_old));
    if (!out->has_old) {
        TRY(public_text(c, k, &old, &out->old_label, &out->has_old));
    }
    out->new_label = str_format(c->arena, "第 %d 稿", k->submission);
    out->title_new = now.title;
    out->title_old = old.title;
    struct strs old_blocks = out->has_old ? html_blocks(c->arena, old.body) : (struct strs){0};
    out->rows = diff_blocks(c->arena, old_blocks, html_blocks(c->arena, now.body));
    return NULL;
}

/* ---- worklist ---- */

static const struct err *waiting_work(struct ctx *c, struct work_items *into)
{
    struct q_case_waiting_rows rows = {0};
    TRY(q_case_waiting(c->tx, &(struct q_case_waiting_in){.me = c->actor.person_id, .today = c->today, .most = 200}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct q_case_waiting_row *r = &rows.v[i];
        struct publish_clock clock = {0};
        edition_clock(c, r->printed_on, r->signed_on, DATE_NONE, &clock);
        *vec_add(c->arena, into) = (struct work_item){
            .title = r->title,
            .href = str_format(c->arena, "/office/review/%lld", (long long)r->case_id),
            .origin = str_format(c->arena, "%s%.*s　%.*s送审", instant_is(r->urgent_ms) ? "应急办理　" : "", STR_ARG(r->unit_name),
                STR_ARG(instant_minute(c->arena, r->opened_ms))),
            .step = r->level_name,
            .person = r->author,
            .action = S("去审核"),
            .due = clock.known ? clock.reckoning.last_day : DATE_NONE,
            .provisional = clock.known && clock.reckoning.provisional,
        };
    }
    return NULL;
}

const struct err *review_work(struct ctx *c, struct work_items *into)
{
    TRY(waiting_work(c, into));
    struct q_skipped_waiting_rows rows = {0};
    TRY(q_skipped_waiting(c->tx, &(struct q_skipped_waiting_in){.me = c->actor.person_id, .today = c->today, .most = 200}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        const struct q_skipped_waiting_row *r = &rows.v[i];
        *vec_add(c->arena, into) = (struct work_item){
            .title = r->title,
            .href = str_format(c->arena, "/office/review/%lld", (long long)r->case_id),
            .origin = str_format(c->arena, "%.*s　%.*s应急发布，须补审", STR_ARG(r->unit_name), STR_ARG(instant_minute(c->arena, r->closed_ms))),
            .step = r->level_name,
            .person = r->author,
            .action = S("去补审"),
            .due = DATE_NONE,
        };
    }
    return NULL;
}
