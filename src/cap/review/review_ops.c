/*
 * review_ops.c: cases open and close with what happens to the document; conclusions move them.
 */
#include "base/json.h"
#include "base/limits.h"
#include "base/rand.h"
#include "cap/document/document.h"
#include "cap/review/review_inside.h"
#include "core/event.h"
#include "core/unit.h"

#include "base/ban.h"

/* The rights a level may ask for. A chain is data, but it can only name these. */
static const struct may *const level_mays[] = {
    &MAY_REVIEW_SECTION,
    &MAY_REVIEW_OFFICE,
    &MAY_REVIEW_SECRECY,
    &MAY_REVIEW_SIGN,
};

const struct may *review_may(struct str name)
{
    for (size_t i = 0; i < sizeof level_mays / sizeof level_mays[0]; i++) {
        if (str_eq(name, str_from(level_mays[i]->name))) {
            return level_mays[i];
        }
    }
    return NULL;
}

static const struct err *levels_of(struct ctx *c, int64_t publisher_id, struct review_levels *out)
{
    struct q_level_list_rows rows = {0};
    TRY(q_level_list(c->tx, &(struct q_level_list_in){.publisher_id = publisher_id}, &rows));
    struct review_level *v = arena_many(c->arena, rows.n, struct review_level);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct review_level){.no = (int)rows.v[i].no,
            .name = rows.v[i].name,
            .kind = rows.v[i].kind,
            .may = rows.v[i].may,
            .proof = rows.v[i].proof};
    }
    *out = (struct review_levels){v, rows.n};
    return NULL;
}

const struct err *review_chain(struct ctx *c, int64_t publisher_id, struct review_levels *out)
{
    TRY(levels_of(c, publisher_id, out));
    return out->n > 0 ? NULL : levels_of(c, 0, out);
}

const struct err *review_chain_seed(struct ctx *c)
{
    // clang-format off
    static const struct q_level_add_in chain[] = {
        {.publisher_id = 0, .no = 1, .name = S_INIT("科室审核"),     .kind = S_INIT("content"), .may = S_INIT("review.section"), .proof = S_INIT("事实、名称")},
        {.publisher_id = 0, .no = 2, .name = S_INIT("办公室审核"),   .kind = S_INIT("content"), .may = S_INIT("review.office"),  .proof = S_INIT("数字、日期")},
        {.publisher_id = 0, .no = 3, .name = S_INIT("保密审查"),     .kind = S_INIT("secrecy"), .may = S_INIT("review.secrecy")},
        {.publisher_id = 0, .no = 4, .name = S_INIT("分管领导签发"), .kind = S_INIT("sign"),    .may = S_INIT("review.sign"),    .proof = S_INIT("格式、版式")},
    };
    // clang-format on
    for (size_t i = 0; i < sizeof chain / sizeof chain[0]; i++) {
        TRY(q_level_add(c->tx, &chain[i]));
    }
    return NULL;
}

static const struct err *open_case(struct ctx *c, int64_t document_id)
{
    struct document_head d = {0};
    struct edition_head e = {0};
    TRY(document_head_load(c, document_id, &d));
    TRY(edition_head_load(c, d.latest_edition_id, &e));
    struct review_levels chain = {0};
    TRY(review_chain(c, d.publisher_id, &chain));
    if (chain.n == 0) {
        return err_make(c->arena, ERR_NOT_YET, S("还没有设置审核流程，不能送审，请联系系统管理员。"));
    }
    int64_t case_id = id_make(c->now);
    TRY(q_case_add(c->tx, &(struct q_case_add_in){.id = case_id,
                              .document_id = document_id,
                              .edition_id = e.edition_id,
                              .submission = e.submissions,
                              .unit_id = d.unit_id,
                              .publisher_id = d.publisher_id,
                              .at = c->now}));
    for (size_t i = 0; i < chain.n; i++) {
        TRY(q_step_add(c->tx, &(struct q_step_add_in){.case_id = case_id,
                                  .no = (int64_t)i + 1,
                                  .name = chain.v[i].name,
                                  .kind = chain.v[i].kind,
                                  .may = chain.v[i].may,
                                  .proof = chain.v[i].proof}));
    }
    return NULL;
}

static const struct err *close_case(struct ctx *c, int64_t document_id, struct str status)
{
    struct q_case_of_document_row k = {0};
    bool found = false;
    TRY(q_case_of_document(c->tx, &(struct q_case_of_document_in){.document_id = document_id}, &k, &found));
    if (!found || !str_eq(k.status, S("open"))) {
        return NULL;
    }
    int64_t changed = 0;
    if (str_eq(status, S("emergency"))) {
        TRY(q_steps_skip(c->tx, &(struct q_steps_skip_in){.case_id = k.case_id}, &changed));
    }
    TRY(q_case_move(c->tx, &(struct q_case_move_in){.id = k.case_id,
                               .version = k.version,
                               .status = status,
                               .level_no = k.level_no,
                               .closed_ms = c->now}, &changed));
    must(changed == 1);
    return NULL;
}

const struct err *review_on_event(struct ctx *c, struct str kind, struct str subject, int64_t subject_id, struct str detail)
{
    (void)detail;
    if (!str_eq(subject, S("document"))) {
        return NULL;
    }
    if (str_eq(kind, S("document.submitted"))) {
        return open_case(c, subject_id);
    }
    if (str_eq(kind, S("document.recalled"))) {
        return close_case(c, subject_id, S("recalled"));
    }
    if (str_eq(kind, S("document.published"))) {
        return close_case(c, subject_id, S("emergency")); /* an ordinary publication finds its case passed already */
    }
    return NULL;
}

/* ---- conclusions ---- */

static const struct err *case_load(struct ctx *c, int64_t case_id, struct q_case_find_row *k)
{
    bool found = false;
    TRY(q_case_find(c->tx, &(struct q_case_find_in){.id = case_id, .me = c->actor.person_id, .today = c->today}, k, &found));
    if (!found) {
        return err_make(c->arena, ERR_UNKNOWN, S("没有这件审核，或者您无权查看。"));
    }
    c->subject = str_format(c->arena, "document:%lld", (long long)k->document_id);
    return NULL;
}

static const struct err *step_row(struct ctx *c, int64_t case_id, int64_t no, struct q_step_list_row *out, bool *elsewhere, int64_t *last_no)
{
    struct q_step_list_rows rows = {0};
    TRY(q_step_list(c->tx, &(struct q_step_list_in){.case_id = case_id}, &rows));
    bool found = false;
    *elsewhere = false;
    *last_no = 0;
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.v[i].no == no) {
            *out = rows.v[i];
            found = true;
        } else if (rows.v[i].person_id != 0 && rows.v[i].person_id == c->actor.person_id) {
            *elsewhere = true;
        }
        *last_no = rows.v[i].no;
    }
    return found ? NULL : err_make(c->arena, ERR_UNKNOWN, S("没有这个审核环节。"));
}

static const struct err *conclusion_facts(struct ctx *c, const struct q_case_find_row *k, const struct q_step_list_row *step,
    const struct conclude_input *in, bool elsewhere, struct conclusion_facts *f)
{
    bool wrote = false;
    TRY(edition_written_by(c, k->edition_id, c->actor.person_id, &wrote));
    struct edition_head e = {0};
    TRY(edition_head_load(c, k->edition_id, &e));
    *f = (struct conclusion_facts){
        .wrote = wrote,
        .concluded_before = elsewhere,
        .published = e.published_by != 0 && e.published_by == c->actor.person_id,
        .today = c->today,
        .passes = str_eq(in->verdict, S("pass")),
        .secrecy_level = str_eq(step->kind, S("secrecy")),
        .proactive = str_eq(e.attribute, S("proactive")),
        .secrecy = in->secrecy,
        .ground = in->ground,
        .opinion = in->opinion,
        .proof = step->proof,
        .proof_done = in->proof_done,
    };
    return NULL;
}

static const struct err *conclude_step(struct ctx *c, const struct q_case_find_row *k, const struct q_step_list_row *step,
    const struct conclude_input *in, const char *was, const char *status)
{
    bool secrecy = str_eq(step->kind, S("secrecy"));
    int64_t changed = 0;
    TRY(q_step_conclude(c->tx, &(struct q_step_conclude_in){.case_id = k->case_id,
                                   .no = step->no,
                                   .was = str_from(was),
                                   .status = str_from(status),
                                   .person_id = c->actor.person_id,
                                   .conclusion = secrecy ? in->secrecy : in->verdict,
                                   .opinion = in->opinion,
                                   .ground = secrecy && str_eq(in->secrecy, S("closed")) ? in->ground : STR_NONE,
                                   .proof_done = step->proof.n > 0 && in->proof_done,
                                   .at = c->now}, &changed));
    return changed == 1 ? NULL : err_make(c->arena, ERR_CONFLICT, S("这一环节刚刚由别人给出了结论，请刷新页面。"));
}

static const struct err *move_case(struct ctx *c, const struct q_case_find_row *k, const char *status, int64_t level_no, struct instant closed)
{
    int64_t changed = 0;
    TRY(q_case_move(c->tx, &(struct q_case_move_in){.id = k->case_id,
                               .version = k->version,
                               .status = str_from(status),
                               .level_no = level_no,
                               .closed_ms = closed}, &changed));
    return changed == 1 ? NULL : err_make(c->arena, ERR_CONFLICT, S("这一环节刚刚由别人给出了结论，请刷新页面。"));
}

/* The first level without a conclusion; 0 when all have one. */
static const struct err *next_waiting(struct ctx *c, int64_t case_id, int64_t *no)
{
    struct q_step_list_rows rows = {0};
    TRY(q_step_list(c->tx, &(struct q_step_list_in){.case_id = case_id}, &rows));
    *no = 0;
    for (size_t i = 0; i < rows.n && *no == 0; i++) {
        *no = str_eq(rows.v[i].status, S("waiting")) ? rows.v[i].no : 0;
    }
    return NULL;
}

/* For the history of the document: which level it was, in the words of the chain. */
static struct str level_detail(struct ctx *c, const struct q_step_list_row *step)
{
    struct buf b = buf_make(c->arena, KIB(1));
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("level"));
    json_int(&w, step->no);
    json_key(&w, S("name"));
    json_str(&w, step->name);
    json_close(&w, '}');
    return buf_str(&b);
}

/* Who decides that something is not public: whoever signed, wherever the signature stands in the chain; without one the last hand. */
static const struct err *decider_of(struct ctx *c, int64_t case_id, int64_t *person_id)
{
    struct q_step_list_rows rows = {0};
    TRY(q_step_list(c->tx, &(struct q_step_list_in){.case_id = case_id}, &rows));
    *person_id = c->actor.person_id;
    for (size_t i = 0; i < rows.n; i++) {
        if (str_eq(rows.v[i].kind, S("sign")) && rows.v[i].person_id != 0) {
            *person_id = rows.v[i].person_id;
        }
    }
    return NULL;
}

static const struct err *pass_level(struct ctx *c, const struct q_case_find_row *k, const struct q_step_list_row *step,
    const struct conclude_input *in, int64_t last_no, struct op_done *done)
{
    TRY(conclude_step(c, k, step, in, "waiting", "passed"));
    TRY(event_add(c, S("review.level_passed"), S("document"), k->document_id,
        level_detail(c, step)));
    if (str_eq(step->kind, S("secrecy"))) {
        TRY(document_note_secrecy(c, k->document_id, c->actor.person_id));
    }
    int64_t next = 0;
    TRY(next_waiting(c, k->case_id, &next));
    bool last = next == 0;
    TRY(move_case(c, k, last ? "passed" : "open", last ? last_no : next, last ? c->now : INSTANT_NONE));
    if (last) {
        int64_t decider = 0;
        TRY(decider_of(c, k->case_id, &decider));
        TRY(document_note_approved(c, k->document_id, decider));
    }
    done->words = last ? S("已通过，全部环节已走完，等待发布。") : S("已通过，转到下一环节。");
    return NULL;
}

/* Which level is being concluded: the one whose turn it is, or, in an urgent case, the secrecy review before its turn. */
static const struct err *level_wanted(struct ctx *c, const struct q_case_find_row *k, int64_t asked, int64_t *no)
{
    *no = k->level_no;
    if (asked == INT_NONE || asked == 0 || asked == k->level_no) {
        return NULL;
    }
    struct q_step_list_rows rows = {0};
    TRY(q_step_list(c->tx, &(struct q_step_list_in){.case_id = k->case_id}, &rows));
    for (size_t i = 0; i < rows.n; i++) {
        if (rows.v[i].no == asked && str_eq(rows.v[i].kind, S("secrecy")) && instant_is(k->urgent_ms)) {
            *no = asked;
            return NULL;
        }
    }
    return err_make(c->arena, ERR_CONFLICT, S("还没有轮到这一环节，或者这一环节刚刚有了结论，请刷新页面。"));
}

const struct err *review_conclude(struct ctx *c, const struct conclude_input *in, struct op_done *done)
{
    struct q_case_find_row k = {0};
    TRY(case_load(c, in->id, &k));
    struct q_step_list_row step = {0};
    bool elsewhere = false;
    int64_t last_no = 0;
    int64_t no = 0;
    TRY(level_wanted(c, &k, in->no, &no));
    TRY(step_row(c, k.case_id, no, &step, &elsewhere, &last_no));
    if (!str_eq(k.status, S("open"))) {
        return err_make(c->arena, ERR_CONFLICT, S("这件审核已经结束，不能再给结论。"));
    }
    const struct may *may = review_may(step.may);
    must(may != NULL);
    TRY(may_require_in(c, may, k.unit_id));
    if (in->version != k.version) {
        return err_make(c->arena, ERR_CONFLICT, S("这一环节刚刚由别人给出了结论，请刷新页面。"));
    }
    struct conclusion_facts facts = {0};
    TRY(conclusion_facts(c, &k, &step, in, elsewhere, &facts));
    struct reasons missing = reasons_make(c->arena);
    review_conclude_reasons(&facts, &missing);
    TRY(reasons_err(&missing));

    *done = (struct op_done){.id = k.case_id, .version = k.version + 1, .location = S("/office")};
    if (facts.passes) {
        return pass_level(c, &k, &step, in, last_no, done);
    }
    TRY(conclude_step(c, &k, &step, in, "waiting", "returned"));
    TRY(event_add(c, S("review.returned"), S("document"), k.document_id,
        level_detail(c, &step)));
    TRY(move_case(c, &k, "returned", step.no, c->now));
    TRY(document_note_returned(c, k.document_id, str_format(c->arena, "%.*s退回：%.*s", STR_ARG(step.name), STR_ARG(in->opinion))));
    done->words = S("已退回起草人。");
    return NULL;
}

const struct err *review_catch_up(struct ctx *c, const struct conclude_input *in, struct op_done *done)
{
    struct q_case_find_row k = {0};
    TRY(case_load(c, in->id, &k));
    struct q_step_list_row step = {0};
    bool elsewhere = false;
    int64_t last_no = 0;
    TRY(step_row(c, k.case_id, in->no, &step, &elsewhere, &last_no));
    const struct may *may = review_may(step.may);
    must(may != NULL);
    TRY(may_require_in(c, may, k.unit_id));
    struct conclusion_facts facts = {0};
    TRY(conclusion_facts(c, &k, &step, in, elsewhere, &facts));
    struct reasons missing = reasons_make(c->arena);
    review_conclude_reasons(&facts, &missing);
    TRY(reasons_err(&missing));
    TRY(conclude_step(c, &k, &step, in, "skipped", "caught_up"));
    TRY(event_add(c, S("review.caught_up"), S("document"), k.document_id,
        level_detail(c, &step)));
    *done = (struct op_done){.id = k.case_id,
        .version = k.version,
        .location = S("/office"),
        .words = facts.passes ? S("已补审。") : S("已补审，意见为不同意。请发布人尽快更正或者撤下。")};
    return NULL;
}

const struct err *review_urgent(struct ctx *c, const struct urgent_input *in, struct op_done *done)
{
    struct q_case_find_row k = {0};
    TRY(case_load(c, in->id, &k));
    TRY(may_require_in(c, &MAY_DOCUMENT_EMERGENCY, k.unit_id));
    int64_t changed = 0;
    TRY(q_case_urgent(c->tx, &(struct q_case_urgent_in){.id = k.case_id,
                                 .version = in->version,
                                 .at = c->now,
                                 .by_id = c->actor.person_id,
                                 .reason = in->reason}, &changed));
    if (changed != 1) {
        return err_make(c->arena, ERR_CONFLICT, S("这件审核已经转为应急办理、有了新的结论或者已经结束，请刷新页面。"));
    }
    TRY(event_add(c, S("review.urgent"), S("document"), k.document_id, STR_NONE));
    *done = (struct op_done){.id = k.case_id,
        .version = k.version + 1,
        .location = str_format(c->arena, "/office/review/%lld", (long long)k.case_id),
        .words = S("已转为应急办理，保密审查员现在就可以给结论。")};
    return NULL;
}
