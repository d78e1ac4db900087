/*
 * document_flow_ops.c: from the desk of the drafter to the public, and back again.
 *
 * Each operation: load what the person may see, check the version seen, write, take the step (which asks the right, the status and
 * all reasons, and records the event). A refusal anywhere rolls everything back.
 */
#include "base/json.h"
#include "base/limits.h"
#include "cap/document/document_fields.h"
#include "cap/document/document_inside.h"
#include "core/event.h"
#include "core/unit.h"

#include "base/ban.h"

static const struct err *load_seen(struct ctx *c, const struct edition_input *in, struct loaded *l)
{
    TRY(document_load(c, in->id, l));
    return document_same_version(c, l, in->version);
}

static const struct err *lost_race(struct ctx *c, const struct loaded *l, int64_t changed)
{
    return changed == 1 ? NULL : document_lost_race(c, l);
}

static struct op_done done_with(struct ctx *c, const struct loaded *l, struct str words)
{
    return (struct op_done){.id = l->d.document_id,
        .version = l->e.version + 1,
        .words = words,
        .location = document_location(c, l->d.document_id),
        .number = l->d.index_number};
}

/* The text as it goes to review, so that reviewers can compare it with the next. */
static const struct err *keep_submission(struct ctx *c, const struct loaded *l)
{
    struct submission text = {0};
    TRY(edition_text_load(c, l->e.edition_id, &text));
    return q_submission_add(c->tx, &(struct q_submission_add_in){.edition_id = l->e.edition_id,
                                       .no = l->e.submissions + 1,
                                       .at = c->now,
                                       .title = text.title,
                                       .body = text.body.safe});
}

const struct err *document_submit(struct ctx *c, const struct edition_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(load_seen(c, in, &l));
    struct edition_facts facts = {0};
    TRY(document_facts(c, &l, &facts));
    if (l.status == EDITION_DRAFT) {
        TRY(keep_submission(c, &l));
        int64_t changed = 0;
        TRY(q_edition_set_submitted(c->tx,
            &(struct q_edition_set_submitted_in){.id = l.e.edition_id, .version = in->version, .at = c->now}, &changed));
        TRY(lost_race(c, &l, changed));
    }
    TRY(document_step(c, &l, "submit", &facts, STR_NONE));
    *done = done_with(c, &l, S("已送审。审核期间不能修改，需要修改请先撤回。"));
    return NULL;
}

static const struct err *back_to_draft(struct ctx *c, struct loaded *l, int64_t seen, struct str reason)
{
    int64_t changed = 0;
    TRY(q_edition_set_draft(c->tx,
        &(struct q_edition_set_draft_in){.id = l->e.edition_id, .version = seen, .reason = reason}, &changed));
    return lost_race(c, l, changed);
}

const struct err *document_recall(struct ctx *c, const struct edition_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(load_seen(c, in, &l));
    if (l.status == EDITION_IN_REVIEW) {
        TRY(back_to_draft(c, &l, in->version, STR_NONE));
    }
    TRY(document_step(c, &l, "recall", NULL, STR_NONE));
    *done = done_with(c, &l, S("已撤回，可以继续修改。"));
    return NULL;
}

const struct err *document_reopen(struct ctx *c, const struct edition_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(load_seen(c, in, &l));
    if (l.status == EDITION_APPROVED) {
        TRY(back_to_draft(c, &l, in->version, S("发布前退回起草，须重新审核。")));
    }
    TRY(document_step(c, &l, "reopen", NULL, STR_NONE));
    *done = done_with(c, &l, S("已退回起草，改后须重新审核。"));
    return NULL;
}

const struct err *document_discard(struct ctx *c, const struct edition_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(load_seen(c, in, &l));
    if (l.status == EDITION_DRAFT) {
        int64_t changed = 0;
        TRY(q_edition_set_discarded(c->tx,
            &(struct q_edition_set_discarded_in){.id = l.e.edition_id, .version = in->version}, &changed));
        TRY(lost_race(c, &l, changed));
        if (l.d.public_edition_id != 0) {
            TRY(q_document_set_latest(c->tx, &(struct q_document_set_latest_in){.id = l.d.document_id,
                                                 .edition_id = l.d.public_edition_id,
                                                 .seen_edition_id = l.e.edition_id}, &changed));
        } else {
            TRY(q_document_set_status(c->tx,
                &(struct q_document_set_status_in){.id = l.d.document_id, .status = S("discarded")}, &changed));
        }
    }
    TRY(document_step(c, &l, "discard", NULL, STR_NONE));
    *done = done_with(c, &l, S("草稿已作废。"));
    done->location = S("/office/documents");
    return NULL;
}

const struct err *document_note_secrecy(struct ctx *c, int64_t document_id, int64_t by)
{
    struct loaded l = {0};
    TRY(document_load(c, document_id, &l));
    int64_t changed = 0;
    TRY(q_edition_set_secrecy(c->tx,
        &(struct q_edition_set_secrecy_in){.id = l.e.edition_id, .at = c->now, .by_id = by}, &changed));
    return changed == 1 ? NULL : err_make(c->arena, ERR_CONFLICT, S("这份稿件已经不在审核中，请刷新页面。"));
}

const struct err *document_note_approved(struct ctx *c, int64_t document_id, int64_t decider)
{
    struct loaded l = {0};
    TRY(document_load(c, document_id, &l));
    int64_t changed = 0;
    bool withheld = !str_eq(l.e.attribute, S("proactive"));
    TRY(q_edition_set_approved(c->tx,
        &(struct q_edition_set_approved_in){.id = l.e.edition_id, .at = c->now, .decider_id = withheld ? decider : 0}, &changed));
    if (changed != 1) {
        return err_make(c->arena, ERR_CONFLICT, S("这份稿件已经不在审核中，请刷新页面。"));
    }
    return document_step_by_program(c, &l, "approve", STR_NONE);
}

const struct err *document_note_returned(struct ctx *c, int64_t document_id, struct str reason)
{
    struct loaded l = {0};
    TRY(document_load(c, document_id, &l));
    TRY(back_to_draft(c, &l, l.e.version, reason));
    return document_step_by_program(c, &l, "return", STR_NONE);
}

static struct str number_detail(struct ctx *c, struct str number, bool late, bool emergency)
{
    struct buf b = buf_make(c->arena, KIB(1));
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("number"));
    json_str(&w, number);
    if (late) {
        json_key(&w, S("late"));
        json_bool(&w, true);
    }
    if (emergency) {
        json_key(&w, S("emergency"));
        json_bool(&w, true);
    }
    json_close(&w, '}');
    return buf_str(&b);
}

/* Both ways of publishing: the ordinary one and the emergency one differ in the step they take. */
static const struct err *publish_by(struct ctx *c, const struct edition_input *in, const char *verb, struct op_done *done)
{
    struct loaded l = {0};
    TRY(load_seen(c, in, &l));
    bool emergency = strcmp(verb, "emergency") == 0;
    TRY(may_require_in(c, emergency ? &MAY_DOCUMENT_EMERGENCY : &MAY_DOCUMENT_PUBLISH, l.d.unit_id));

    struct edition_facts facts = {0};
    TRY(document_facts(c, &l, &facts));
    facts.late_reason = in->late_reason;
    facts.emergency_reason = in->emergency_reason;
    facts.emergency = emergency;

    struct str number = l.d.index_number;
    if (l.status == (emergency ? EDITION_IN_REVIEW : EDITION_APPROVED)) {
        struct reasons missing = reasons_make(c->arena);
        (emergency ? document_emergency_reasons : document_publish_reasons)(&facts, &missing);
        TRY(reasons_err(&missing));
        int64_t changed = 0;
        TRY(q_edition_set_published(c->tx, &(struct q_edition_set_published_in){.id = l.e.edition_id,
                                               .version = in->version,
                                               .at = c->now,
                                               .by_id = c->actor.person_id,
                                               .late_reason = facts.late ? in->late_reason : STR_NONE,
                                               .emergency_ms = emergency ? c->now : INSTANT_NONE,
                                               .emergency_reason = emergency ? in->emergency_reason : STR_NONE,
                                               .body_digest = STR_NONE}, &changed));
        TRY(lost_race(c, &l, changed));
        TRY(document_go_public(c, &l, c->now, &number));
    }
    TRY(document_step(c, &l, verb, &facts, number_detail(c, number, facts.late, emergency)));
    *done = done_with(c, &l, str_format(c->arena, "已发布，索引号 %.*s。", STR_ARG(number)));
    done->number = number;
    return NULL;
}

const struct err *document_publish(struct ctx *c, const struct edition_input *in, struct op_done *done)
{
    return publish_by(c, in, "publish", done);
}

const struct err *document_emergency(struct ctx *c, const struct edition_input *in, struct op_done *done)
{
    return publish_by(c, in, "emergency", done);
}

const struct err *document_file(struct ctx *c, const struct edition_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(load_seen(c, in, &l));
    struct edition_facts facts = {0};
    TRY(document_facts(c, &l, &facts));
    if (l.status == EDITION_APPROVED) {
        int64_t changed = 0;
        TRY(q_edition_set_filed(c->tx, &(struct q_edition_set_filed_in){.id = l.e.edition_id,
                                           .version = in->version,
                                           .at = c->now,
                                           .by_id = c->actor.person_id}, &changed));
        TRY(lost_race(c, &l, changed));
        TRY(q_document_set_status(c->tx, &(struct q_document_set_status_in){.id = l.d.document_id, .status = S("filed")}, &changed));
        TRY(document_deliver(c, &l));
        TRY(q_cc_sent(c->tx, &(struct q_cc_sent_in){.edition_id = l.e.edition_id, .at = c->now}));
    }
    TRY(document_step(c, &l, "file", &facts, STR_NONE));
    *done = done_with(c, &l, S("已归档，不对外公开。"));
    return NULL;
}

/* The public edition instead of the newest one: a correction may be on its way when the text must go. */
static const struct err *load_public(struct ctx *c, int64_t document_id, struct loaded *l)
{
    TRY(document_load(c, document_id, l));
    if (!str_eq(l->d.status, S("public")) || l->d.public_edition_id == 0) {
        return err_make(c->arena, ERR_CONFLICT, S("这份文件现在没有公开，不能这样处理。"));
    }
    bool found = false;
    TRY(q_edition_find(c->tx, &(struct q_edition_find_in){.id = l->d.public_edition_id}, &l->e, &found));
    must(found);
    l->status = (enum edition_status)status_by_stored(&edition_steps, l->e.status)->id;
    return NULL;
}

static bool hides_title(struct str kind)
{
    return str_eq(kind, S("personal")) || str_eq(kind, S("secrecy"));
}

const struct err *document_withdraw(struct ctx *c, const struct withdraw_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(load_public(c, in->id, &l));
    TRY(may_require_in(c, &MAY_DOCUMENT_PUBLISH, l.d.unit_id));
    const int64_t none = -1; /* every edition */
    int64_t changed = 0;
    TRY(q_edition_supersede(c->tx, &(struct q_edition_supersede_in){.document_id = l.d.document_id,
                                       .keep_id = none,
                                       .status = S("withdrawn"),
                                       .at = c->now}, &changed));
    TRY(q_parts_hide_others(c->tx, &(struct q_parts_hide_others_in){.document_id = l.d.document_id, .keep_id = none}));
    TRY(q_files_hide_others(c->tx, &(struct q_files_hide_others_in){.document_id = l.d.document_id, .keep_id = none}));
    TRY(q_document_set_withdrawn(c->tx, &(struct q_document_set_withdrawn_in){.id = l.d.document_id,
                                            .at = c->now,
                                            .kind = in->kind,
                                            .reason = in->reason,
                                            .title = hides_title(in->kind) ? STR_NONE : l.e.title}, &changed));
    must(changed == 1);
    TRY(q_tally_add(c->tx, &(struct q_tally_add_in){.publisher_id = l.d.publisher_id, .category = l.d.category, .yr = l.d.yr, .n = -1}));
    TRY(document_step(c, &l, "withdraw", NULL, number_detail(c, l.d.index_number, false, false)));
    *done = done_with(c, &l, S("已撤下。公开页保留撤下的原因和时间，正文和附件不再显示。"));
    return NULL;
}

const struct err *document_validity(struct ctx *c, const struct validity_input *in, struct op_done *done)
{
    struct loaded l = {0};
    TRY(load_public(c, in->id, &l));
    TRY(may_require_in(c, &MAY_DOCUMENT_PUBLISH, l.d.unit_id));
    if (!str_eq(in->validity, S("in_force")) && in->reason.n == 0) {
        return err_field(c->arena, S("reason"), S("请写明废止或者失效的依据，它会显示在公开页上。"));
    }
    int64_t changed = 0;
    TRY(q_document_set_validity(c->tx, &(struct q_document_set_validity_in){.id = l.d.document_id,
                                           .validity = in->validity,
                                           .valid_to = in->valid_to,
                                           .reason = in->reason,
                                           .replaced_by_id = l.d.replaced_by_id}, &changed));
    must(changed == 1);
    c->subject = str_format(c->arena, "document:%lld", (long long)l.d.document_id);
    TRY(event_add(c, S("document.validity_changed"), S("document"), l.d.document_id, STR_NONE));
    *done = done_with(c, &l, S("有效性已更新。"));
    return NULL;
}

const struct err *document_acknowledge(struct ctx *c, const struct acknowledge_input *in, struct op_done *done)
{
    TRY(may_require_in(c, &MAY_DOCUMENT_ACKNOWLEDGE, in->unit_id));
    struct q_reading_of_unit_row row = {0};
    bool found = false;
    TRY(q_reading_of_unit(c->tx, &(struct q_reading_of_unit_in){.document_id = in->id, .unit_id = in->unit_id}, &row, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这份公文，或者没有发给您的单位。"));
    }
    int64_t changed = 0;
    TRY(q_reading_done(c->tx, &(struct q_reading_done_in){.document_id = in->id,
                                  .unit_id = in->unit_id,
                                  .at = c->now,
                                  .by_id = c->actor.person_id}, &changed));
    if (changed == 0) {
        return err_make(c->arena, ERR_CONFLICT, S("这份公文已经签收。"));
    }
    c->subject = str_format(c->arena, "document:%lld", (long long)in->id);
    TRY(event_add(c, S("document.acknowledged"), S("document"), in->id, STR_NONE));
    *done = (struct op_done){.id = in->id, .words = S("已签收。"), .location = S("/office/reading")};
    return NULL;
}
