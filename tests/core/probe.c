/*
 * probe.c: the capability of probe.h.
 */
#include "probe.h"

#include "base/rand.h"
#include "core/event.h"
#include "core/series.h"

#include "base/ban.h"

const struct may MAY_PROBE_EDIT = {"probe.edit", "编辑样本"};
const struct may MAY_PROBE_PUBLISH = {"probe.publish", "发布样本"};

int probe_runs;
int probe_heard;
bool probe_chatters;

static const struct choice attributes[] = {{"public", "主动公开"}, {"request", "依申请公开"}};

struct make_input {
    struct str title;
    struct str note;
    struct str body;
    struct str secret;
    int64_t above_id;
    int64_t copies;
    struct date formed_on;
    bool urgent;
    struct str attribute;
    struct strs addressees;
    struct ids units;
    struct strs parts;
    struct files files;
};

// clang-format off
static const struct field make_fields[] = {
    FIELD(struct make_input, title, .label = "标题", .kind = FIELD_LINE, .most = 200, .required = true),
    FIELD(struct make_input, note, .label = "说明", .kind = FIELD_LINES, .most = 20),
    FIELD(struct make_input, body, .label = "正文", .kind = FIELD_RAW, .most = 4096),
    FIELD(struct make_input, secret, .label = "口令", .kind = FIELD_SECRET),
    FIELD(struct make_input, above_id, .label = "上级", .kind = FIELD_ID),
    FIELD(struct make_input, copies, .label = "份数", .kind = FIELD_INT, .least = 1, .most = 100),
    FIELD(struct make_input, formed_on, .label = "成文日期", .kind = FIELD_DAY, .example = "2026年7月1日"),
    FIELD(struct make_input, urgent, .label = "急件", .kind = FIELD_FLAG),
    FIELD(struct make_input, attribute, .label = "公开属性", .kind = FIELD_CHOICE, .choices = attributes, .choice_count = 2),
    FIELD(struct make_input, addressees, .label = "主送", .kind = FIELD_LIST, .most = 3),
    FIELD(struct make_input, units, .label = "单位", .kind = FIELD_IDS, .most = 3),
    FIELD(struct make_input, parts, .label = "部分", .kind = FIELD_PARTS, .most = 3),
    FIELD(struct make_input, files, .label = "附件", .kind = FIELD_FILES, .most = 2),
};
// clang-format on

static const struct err *probe_make(
    struct ctx *c, const struct make_input *in, struct op_done *done)
{
    probe_runs++;
    done->id = id_make(c->now);
    c->subject = str_format(c->arena, "probe:%lld", (long long)done->id);
    TRY(event_add(c, S("probe.made"), S("probe"), done->id, S("{\"part\":1}")));
    done->version = 1;
    done->words = str_format(c->arena, "已保存“%.*s”", STR_ARG(in->title));
    done->location = S("/office/probes");
    return NULL;
}
OP_ADAPT(probe_make, struct make_input)

struct id_input {
    int64_t id;
};
static const struct field id_fields[] = {
    FIELD(struct id_input, id, .label = "样本", .kind = FIELD_ID, .required = true),
};

/* Records, and then finds that the world has moved. */
static const struct err *probe_fail(struct ctx *c, const struct id_input *in, struct op_done *done)
{
    (void)done;
    c->subject = str_format(c->arena, "probe:%lld", (long long)in->id);
    TRY(event_add(c, S("probe.failed"), S("probe"), in->id, STR_NONE));
    return err_make(c->arena, ERR_CONFLICT, S("陈晓刚刚修改了它，请刷新页面"));
}
OP_ADAPT(probe_fail, struct id_input)

static const struct err *probe_silent(
    struct ctx *c, const struct id_input *in, struct op_done *done)
{
    (void)c;
    done->id = in->id;
    return NULL;
}
OP_ADAPT(probe_silent, struct id_input)

static const struct err *probe_publish(
    struct ctx *c, const struct id_input *in, struct op_done *done)
{
    struct series s = {.pattern = S("p"), .agency = S("QZ02114"), .year = 2026};
    int64_t serial = 0;

    TRY(event_add(c, S("probe.published"), S("probe"), in->id, STR_NONE));
    TRY(series_next(c, &s, &serial));
    done->id = in->id;
    done->number = str_format(c->arena, "%05lld", (long long)serial);
    return NULL;
}
OP_ADAPT(probe_publish, struct id_input)

// clang-format off
static const struct op probe_ops[] = {
    OP("probe.make",    "保存样本", MAY_PROBE_EDIT,    make_fields, struct make_input, probe_make,    OP_PLAIN),
    OP("probe.fail",    "失败",     MAY_PROBE_EDIT,    id_fields,   struct id_input,   probe_fail,    OP_PLAIN),
    OP("probe.silent",  "无声",     MAY_PROBE_EDIT,    id_fields,   struct id_input,   probe_silent,  OP_PLAIN),
    OP("probe.publish", "发布样本", MAY_PROBE_PUBLISH, id_fields,   struct id_input,   probe_publish, OP_PROOF),
    OP("probe.open",    "来访",     MAY_ANYONE,        id_fields,   struct id_input,   probe_publish, OP_NO_AUDIT_DETAIL),
    OP("probe.own",     "本人",     MAY_SIGNED_IN,     id_fields,   struct id_input,   probe_publish, OP_PLAIN),
    OP("probe.tick",    "自动",     MAY_SYSTEM,        id_fields,   struct id_input,   probe_publish, OP_PLAIN),
};

static const struct status statuses[] = {
    {PROBE_DRAFT,  "draft",  STATUS_OPEN,   "草稿"},
    {PROBE_REVIEW, "review", STATUS_PAUSED, "审核中"},
    {PROBE_OUT,    "out",    STATUS_CLOSED, "已发布"},
};
// clang-format on

static void publish_reasons(const void *facts, struct reasons *out)
{
    const struct probe_facts *f = facts;

    if (!f->reviewed) {
        reason_add(out, "review", "请先完成审核");
    }
    if (!f->has_title) {
        reason_add(out, "title", "请填写标题");
    }
    reason_advise(out, "body", "建议补充附件");
}

// clang-format off
static const struct step step_rows[] = {
    {PROBE_DRAFT,  "submit",  PROBE_REVIEW, &MAY_PROBE_EDIT,    NULL,            "probe.submitted", "正在审核中，不能再次提交"},
    {PROBE_REVIEW, "return",  PROBE_DRAFT,  &MAY_PROBE_PUBLISH, NULL,            "probe.returned",  NULL},
    {PROBE_REVIEW, "publish", PROBE_OUT,    &MAY_PROBE_PUBLISH, publish_reasons, "probe.published", NULL},
};
// clang-format on

const struct steps probe_steps = {
    .name = "probe",
    .statuses = statuses,
    .status_count = 3,
    .first = PROBE_DRAFT,
    .v = step_rows,
    .n = 3,
};

static const struct err *on_event(
    struct ctx *c, struct str kind, struct str subject, int64_t subject_id, struct str detail)
{
    (void)kind;
    probe_heard++;
    if (probe_chatters) {
        return event_add(c, S("probe.echoed"), subject, subject_id, detail);
    }
    return NULL;
}

static const struct may *const mays[] = {&MAY_PROBE_EDIT, &MAY_PROBE_PUBLISH};
static const struct steps *const all_steps[] = {&probe_steps};
static const struct role_default roles[] = {
    {"author", "起草人", NULL},
    {"publisher", "发布人", NULL},
    {"security", "安全管理员", "security"},
};
static const struct role_grant grants[] = {
    {"author", &MAY_PROBE_EDIT},
    {"publisher", &MAY_PROBE_EDIT},
    {"publisher", &MAY_PROBE_PUBLISH},
};

const struct capability probe_capability = {
    .name = "probe",
    .title = "样本",
    .mays = mays,
    .may_count = 2,
    .ops = probe_ops,
    .op_count = sizeof(probe_ops) / sizeof(probe_ops[0]),
    .steps = all_steps,
    .steps_count = 1,
    .roles = roles,
    .role_count = 3,
    .grants = grants,
    .grant_count = 3,
    .on_event = on_event,
};

void probe_set(void)
{
    static const struct capability *const list[] = {&probe_capability};

    registry_set((struct capabilities){.v = list, .n = 1});
}
