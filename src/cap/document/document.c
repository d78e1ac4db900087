/*
 * document.c: statuses, steps and decisions of documents. Pure: facts in, reasons out.
 */
#include "cap/document/document.h"

#include "base/limits.h"
#include "base/utf8.h"
#include "rules/ground.h"
#include "rules/number.h"

#include "base/ban.h"

const struct may MAY_DOCUMENT_READ = {"document.read", "查看本单位公文"};
const struct may MAY_DOCUMENT_EDIT = {"document.edit", "起草公文"};
const struct may MAY_DOCUMENT_PUBLISH = {"document.publish", "发布、归档和撤下公文"};
const struct may MAY_DOCUMENT_EMERGENCY = {"document.emergency", "应急发布"};
const struct may MAY_DOCUMENT_ACKNOWLEDGE = {"document.acknowledge", "签收公文"};
const struct may MAY_DOCUMENT_IMPORT = {"document.import", "导入已公开的文件"};

// clang-format off
const struct choice document_attributes[3] = {
    {"proactive",  "主动公开"},
    {"on_request", "依申请公开"},
    {"withheld",   "不予公开"},
};

const struct choice document_stages[6] = {
    {"",           "未选择"},
    {"decision",   "决策"},
    {"execution",  "执行"},
    {"management", "管理"},
    {"service",    "服务"},
    {"result",     "结果"},
};

const struct choice document_interpretations[5] = {
    {"text",      "文字解读"},
    {"picture",   "图片解读"},
    {"video",     "视频解读"},
    {"interview", "访谈解读"},
    {"media",     "媒体报道"},
};

const struct choice document_validities[3] = {
    {"in_force", "有效"},
    {"repealed", "已废止"},
    {"expired",  "已失效"},
};

const struct choice document_change_kinds[5] = {
    {"correction", "更正错误"},
    {"supplement", "补充内容"},
    {"personal",   "删去个人信息"},
    {"secrecy",    "删去不应公开的内容"},
    {"other",      "其他"},
};

const struct choice document_withdraw_kinds[5] = {
    {"personal",   "含有个人信息"},
    {"secrecy",    "含有不应公开的内容"},
    {"mistaken",   "发布有误"},
    {"superseded", "已被其他文件代替"},
    {"other",      "其他"},
};

static const struct status edition_statuses[] = {
#define X(id, stored, flow, label) {id, stored, flow, label},
    EDITION_STATUSES(X)
#undef X
};

static const struct step edition_step_rows[] = {
    /* from               verb         to                  may                      only if                      remembered as */
    {EDITION_DRAFT,       "submit",    EDITION_IN_REVIEW,  &MAY_DOCUMENT_EDIT,      document_submit_reasons,     "document.submitted",  "这份稿件已经送审，不能再送一次。"},
    {EDITION_DRAFT,       "discard",   EDITION_DISCARDED,  &MAY_DOCUMENT_EDIT,      NULL,                        "document.discarded",  "只有起草中的稿件可以作废。"},
    {EDITION_IN_REVIEW,   "recall",    EDITION_DRAFT,      &MAY_DOCUMENT_EDIT,      NULL,                        "document.recalled",   "只有审核中的稿件可以撤回。"},
    {EDITION_IN_REVIEW,   "return",    EDITION_DRAFT,      &MAY_SYSTEM,             NULL,                        "document.returned",   "只有审核中的稿件可以退回。"},
    {EDITION_IN_REVIEW,   "approve",   EDITION_APPROVED,   &MAY_SYSTEM,             NULL,                        "document.approved",   "只有审核中的稿件可以通过。"},
    {EDITION_IN_REVIEW,   "emergency", EDITION_PUBLISHED,  &MAY_DOCUMENT_EMERGENCY, document_emergency_reasons,  "document.published",  "只有审核中的稿件可以应急发布。"},
    {EDITION_APPROVED,    "reopen",    EDITION_DRAFT,      &MAY_DOCUMENT_PUBLISH,   NULL,                        "document.reopened",   "只有待发布的稿件可以退回起草。"},
    {EDITION_APPROVED,    "publish",   EDITION_PUBLISHED,  &MAY_DOCUMENT_PUBLISH,   document_publish_reasons,    "document.published",  "这份稿件还没有通过审核，或者已经发布。"},
    {EDITION_APPROVED,    "file",      EDITION_FILED,      &MAY_DOCUMENT_PUBLISH,   document_file_reasons,       "document.filed",      "只有通过审核的稿件可以归档。"},
    {EDITION_PUBLISHED,   "supersede", EDITION_SUPERSEDED, &MAY_SYSTEM,             NULL,                        "document.superseded", "只有已发布的版本可以被代替。"},
    {EDITION_PUBLISHED,   "hide",      EDITION_WITHDRAWN,  &MAY_SYSTEM,             NULL,                        "document.superseded", "只有已发布的版本可以被代替。"},
    {EDITION_PUBLISHED,   "withdraw",  EDITION_WITHDRAWN,  &MAY_DOCUMENT_PUBLISH,   NULL,                        "document.withdrawn",  "只有已发布的文件可以撤下。"},
};

const struct steps edition_steps = {
    .name = "edition",
    .statuses = edition_statuses, .status_count = sizeof edition_statuses / sizeof edition_statuses[0],
    .first = EDITION_DRAFT,
    .v = edition_step_rows, .n = sizeof edition_step_rows / sizeof edition_step_rows[0],
};
// clang-format on

struct str document_choice_label(const struct choice *v, size_t n, struct str value)
{
    for (size_t i = 0; i < n; i++) {
        if (str_eq(value, str_from(v[i].value))) {
            return str_from(v[i].label);
        }
    }
    return value;
}

/* Not public needs a ground and words (国办发〔2016〕80号 part one (1)); the leader who signs is its decider. */
static void attribute_reasons(const struct edition_facts *f, struct reasons *out)
{
    if (str_eq(f->attribute, S("proactive"))) {
        return;
    }
    if (f->ground.n == 0) {
        reason_add(out, "ground", "请选择不主动公开的依据。以公开为常态，不公开须有法定理由。");
    } else if (ground_find(f->ground) == NULL || !ground_in_force(ground_find(f->ground), f->today)) {
        reason_add(out, "ground", "请重新选择不主动公开的依据。");
    }
    if (utf8_count(f->ground_reason) < 4) {
        reason_add(out, "ground_reason", "请写明不主动公开的具体理由，例如“含第三方商业秘密，权利人不同意公开”。");
    }
}

static void date_reasons(const struct edition_facts *f, struct reasons *out)
{
    if (!date_is(f->signed_on)) {
        reason_add(out, "signed_on", "请填写成文日期，例如 2026年7月1日。公开期限从成文或者印发之日起算。");
        return;
    }
    if (date_before(f->today, f->signed_on)) {
        reason_add(out, "signed_on", "成文日期还没有到，请核对。");
    }
    if (date_is(f->printed_on) && date_before(f->printed_on, f->signed_on)) {
        reason_add(out, "printed_on", "印发日期早于成文日期，请核对。");
    }
    if (date_is(f->printed_on) && date_before(f->today, f->printed_on)) {
        reason_add(out, "printed_on", "印发日期还没有到，请核对。");
    }
}

/* What is public stays public until it is withdrawn, with its reason: a correction cannot make it vanish. */
static void not_public_any_more(const struct edition_facts *f, struct reasons *out)
{
    if (f->no > 1 && !str_eq(f->attribute, S("proactive"))) {
        reason_add(out, "attribute", "已经公开的文件不能用更正改成不主动公开；确实不应公开的，请由办公室撤下，写明原因。");
    }
}

static void advice(const struct edition_facts *f, struct reasons *out)
{
    if (f->doc_number.n == 0) {
        reason_advise(out, "doc_number", "没有填写发文字号。没有字号的文件可以不填。");
    }
    if (f->addressees == 0 && f->doc_number.n > 0) {
        reason_advise(out, "addressees", "没有填写主送单位。");
    }
    if (!date_is(f->printed_on) && f->doc_number.n > 0) {
        reason_advise(out, "printed_on", "没有填写印发日期，公开期限将从成文日期起算。");
    }
    if (f->late) {
        reason_advise(out, "signed_on", "已经超过 20 个工作日的公开期限（今天是第 %d 个工作日），发布时须写明原因。", f->workday_no);
    }
}

void document_submit_reasons(const void *facts, struct reasons *out)
{
    const struct edition_facts *f = facts;
    if (f->title.n == 0) {
        reason_add(out, "title", "请填写标题。");
    }
    if (f->body_chars < 10) {
        reason_add(out, "body", "请填写正文，至少 10 个字。");
    }
    if (f->doc_number_typed.n > 0 && f->doc_number.n == 0) {
        reason_add(out, "doc_number", "发文字号看不明白，请写成“云教〔2026〕18号”的样子。");
    }
    date_reasons(f, out);
    attribute_reasons(f, out);
    if (f->no > 1 && f->change_reason.n == 0) {
        reason_add(out, "change_reason", "请写明更正的原因，它会显示在公开页上。");
    }
    not_public_any_more(f, out);
    advice(f, out);
}

void document_publish_reasons(const void *facts, struct reasons *out)
{
    const struct edition_facts *f = facts;
    if (!str_eq(f->attribute, S("proactive"))) {
        reason_add(out, "attribute", "公开属性不是“主动公开”，不能发布，请归档。");
    }
    if (!f->secrecy_passed) {
        reason_add(out, "", "还没有保密审查结论，不能发布。");
    }
    if (f->actor_wrote) {
        reason_add(out, "", "起草人不能发布自己的稿件，请由办公室其他人发布。");
    }
    if (f->late && utf8_count(f->late_reason) < 4) {
        reason_add(out, "late_reason", "已经超过 20 个工作日的公开期限（今天是第 %d 个工作日），请写明原因。原因会显示在公开页上，发布时间不能更改。",
            f->workday_no);
    }
}

void document_emergency_reasons(const void *facts, struct reasons *out)
{
    const struct edition_facts *f = facts;
    document_publish_reasons(facts, out);
    if (utf8_count(f->emergency_reason) < 4) {
        reason_add(out, "emergency_reason", "请写明应急发布的原因，例如“台风停课，须立即告知家长”。");
    }
}

void document_file_reasons(const void *facts, struct reasons *out)
{
    const struct edition_facts *f = facts;
    if (str_eq(f->attribute, S("proactive"))) {
        reason_add(out, "attribute", "公开属性是“主动公开”，请发布，不能归档。");
    }
    not_public_any_more(f, out);
    if (!f->secrecy_passed) {
        reason_add(out, "", "还没有保密审查结论。");
    }
    if (f->actor_wrote) {
        reason_add(out, "", "起草人不能归档自己的稿件。");
    }
}
