/*
 * demo_content.c: what the demo site shows: published documents, a late one, a correction, a
 * withdrawal, a repealed one, an imported page, and work in progress. Everything is made through
 * the operations, by the demo people, as they would do it: the program's own dates are those of the
 * day the demo is made. All text is invented.
 */
#include "app/demo_content.h"

#include "base/limits.h"
#include "cap/account/account.h"
#include "cap/document/document.h"
#include "cap/review/review.h"
#include "core/registry.h"

#include "base/ban.h"

enum how_far { DRAFT, SUBMITTED, AT_SECRECY, APPROVED, PUBLISHED };

struct sample {
    const char *title, *number, *category, *addressees, *cc, *part_title, *part, *body, *late;
    const char *file_name, *file_text;
    int signed_days_ago;
    bool school;
    enum how_far how_far;
    const char *replaces;
};

#define P(text) "<p>" text "</p>"
#define H(text) "<h2>" text "</h2>"

// clang-format off
static const struct sample samples[] = {
    {.title = "关于做好义务教育阶段学校作业管理工作的通知", .number = "云教[2025]21号", .category = "2500", .signed_days_ago = 9,
     .addressees = "各区属学校", .how_far = PUBLISHED,
     .body = P("为规范作业布置，减轻学生过重课业负担，现将有关事项通知如下。") H("一、控制总量")
             P("小学一、二年级不布置家庭书面作业，三至六年级书面作业平均完成时间不超过 60 分钟，初中不超过 90 分钟。") H("二、做好公示")
             P("各校应当在每周一把本周作业安排贴在班级公示栏。")},
    {.title = "关于做好寒假前校园安全工作的通知", .number = "云教〔2026〕31号", .category = "1000", .signed_days_ago = 3,
     .addressees = "各区属学校、各股室", .cc = "区应急管理局、区公安分局", .how_far = PUBLISHED,
     .body = P("寒假将至，为保障师生安全，现就放假前校园安全工作通知如下。") H("一、检查内容")
             P("（一）用电、用气、消防设施；（二）实验室危险化学品；（三）校车和校门口交通。") H("二、时间安排")
             "<table><thead><tr><th>时间</th><th>事项</th><th>责任单位</th></tr></thead><tbody>"
             "<tr><td>第一周</td><td>学校自查</td><td>各区属学校</td></tr><tr><td>第二周</td><td>抽查</td><td>督导室、社管办</td></tr></tbody></table>"
             P("发现问题应当当天报局办公室。")},
    {.title = "关于印发《云湖区教育局校服管理办法》的通知", .number = "云教（2026）30号", .category = "2500", .signed_days_ago = 12,
     .addressees = "各区属学校", .cc = "区市场监督管理局", .how_far = PUBLISHED,
     .body = P("现将《云湖区教育局校服管理办法》印发给你们，请遵照执行。"),
     .part_title = "云湖区教育局校服管理办法",
     .part = H("第一章　总则") P("第一条　为规范校服选用采购，保障学生和家长的合法权益，制定本办法。")
             P("第二条　学生自愿购买校服，任何学校不得强制或者变相强制。") H("第二章　选用")
             P("第三条　选用校服应当征求家长和学生意见，家长代表不少于三分之二。")
             P("第四条　采购结果应当在校内和本网站同时公开，公开时间不少于五个工作日。")},
    {.title = "2026年秋季学期家庭经济困难学生资助名额分配公告", .number = "云教〔2026〕28号", .category = "0900", .signed_days_ago = 45,
     .how_far = PUBLISHED, .file_name = "资助名额分配表.csv",
     .file_text = "学校,名额\r\n云湖区实验小学,42\r\n云湖区第二小学,37\r\n云湖区第一中学,58\r\n",
     .late = "资助名额须待区财政局核定资金后才能公布，核定文件比往年晚到。",
     .body = P("根据区财政核定的资金规模，2026年秋季学期资助名额分配如下，只公布名额，不公布学生个人信息。")
             "<table><thead><tr><th>学校</th><th>名额</th></tr></thead><tbody><tr><td>云湖区实验小学</td><td>42</td></tr>"
             "<tr><td>云湖区第二小学</td><td>37</td></tr><tr><td>云湖区第一中学</td><td>58</td></tr></tbody></table>"},
    {.title = "关于规范义务教育阶段学校作业管理的通知", .number = "云教〔2026〕33号", .category = "2500", .signed_days_ago = 2,
     .addressees = "各区属学校", .how_far = PUBLISHED, .replaces = "云教〔2025〕21号",
     .body = P("为进一步规范作业管理，现将有关要求重新明确，原《关于做好义务教育阶段学校作业管理工作的通知》同时废止。")
             H("一、控制总量") P("小学一、二年级不布置家庭书面作业，三至六年级不超过 60 分钟，初中不超过 90 分钟，周末不增加。")
             H("二、做好公示") P("作业安排在班级公示栏和学校网站同时公示。")},
    {.title = "云湖区实验小学2026年秋季学期课后服务安排", .category = "2500", .signed_days_ago = 6, .school = true, .how_far = PUBLISHED,
     .body = P("课后服务时间为每周一至周五下午放学后至 17:50，自愿参加，不收取费用。") P("服务内容：作业辅导、阅读、体育、美术、合唱。")},
    {.title = "关于开展冬季校园食品安全检查的通知", .number = "云教〔2026〕34号", .category = "1000", .signed_days_ago = 1,
     .addressees = "各区属学校", .how_far = AT_SECRECY,
     .body = P("定于下月起开展冬季校园食品安全检查，重点检查食材采购索证、留样、餐具消毒和从业人员健康证明。")},
    {.title = "关于调整2027年部分学校招生服务片区的通知", .number = "云教〔2026〕29号", .category = "0800", .signed_days_ago = 26,
     .addressees = "各区属学校", .how_far = SUBMITTED,
     .body = P("因城区道路和住宅小区变化，拟对部分学校招生服务片区作局部调整，具体范围见附图说明。")},
    {.title = "关于2026年教师继续教育学分登记的通知", .category = "1100", .signed_days_ago = 0, .how_far = DRAFT,
     .body = P("请各校于年底前完成教师继续教育学分登记。")},
};

static const char imported_page[] =
    "索引号:YH02114-2500-2025-00007\n备注/文号:云教〔2025〕9号\n发布机构:区教育局\n公文生成日期:2025-04-02\n"
    "关于做好2025年春季学期学校食堂管理工作的通知\n时间:2025-04-10 15:20\n\n云教〔2025〕9号\n\n"
    "关于做好2025年春季学期学校食堂管理工作的通知\n\n各区属学校:\n\n现将2025年春季学期学校食堂管理有关事项通知如下。\n\n"
    "一、落实陪餐制度\n\n学校负责人应当每天陪餐，记录菜品质量和学生意见。\n\n二、公开菜谱和价格\n\n每周五公布下一周菜谱和价格。\n\n"
    "云湖区教育局办公室\n\n2025年4月1日\n\n(此件主动公开)\n\n抄送:区市场监督管理局。\n\n云湖区教育局办公室　2025年4月2日印发\n";
// clang-format on

enum { FIELDS_MOST = 20 };

struct form {
    struct value v[FIELDS_MOST];
    size_t n;
};

static void put(struct form *f, const char *name, struct str text)
{
    must(f->n < FIELDS_MOST);
    if (text.n > 0) {
        f->v[f->n++] = (struct value){.name = str_from(name), .text = text};
    }
}

/* One operation in somebody's name. */
static const struct err *as(struct ctx *c, const char *login, const char *op_name,
    const struct form *f, struct op_done *done)
{
    const struct op *op = registry_op(str_from(op_name));
    must(op != NULL);
    TRY(account_identity(c, str_from(login), &c->actor));
    struct values values = {f->v, f->n};
    *done = (struct op_done){0};
    return op_run(c, op, &values, STR_NONE, done);
}

/* An attachment, durable before any row names it. */
static const struct err *attach(struct ctx *c, const struct sample *s, struct form *f)
{
    struct blob_writer *w = NULL;
    struct sha256 digest = {0};
    uint64_t size = 0;
    TRY(blob_begin(c->arena, &c->site->blobs, &w));
    TRY(blob_add(w, s->file_text, strlen(s->file_text)));
    TRY(blob_keep(w, &digest, &size));
    struct file *file = arena_new(c->arena, struct file);
    *file = (struct file){.name = str_from(s->file_name),
        .media_type = S("text/csv"),
        .digest = sha256_hex(c->arena, digest),
        .size_bytes = (int64_t)size};
    must(f->n < FIELDS_MOST);
    f->v[f->n++] = (struct value){.name = S("files"), .file = file};
    return NULL;
}

static const struct err *draft(struct ctx *c, const struct sample *s, struct op_done *done)
{
    struct form f = {0};
    if (s->file_name != NULL) {
        TRY(attach(c, s, &f));
    }
    put(&f, "title", str_from(s->title));
    put(&f, "doc_number", str_from(s->number));
    put(&f, "category", str_from(s->category));
    put(&f, "signed_on", date_iso(c->arena, date_add(c->today, -s->signed_days_ago)));
    put(&f, "sign_office", s->school ? S("云湖区实验小学") : S("云湖区教育局"));
    put(&f, "attribute", S("proactive"));
    put(&f, "addressees", str_from(s->addressees));
    put(&f, "cc", str_from(s->cc));
    put(&f, "body", str_from(s->body));
    put(&f, "replaces", str_from(s->replaces));
    if (s->part != NULL) {
        put(&f, "part_title", str_from(s->part_title));
        put(&f, "part_body", str_from(s->part));
    }
    return as(c, s->school ? "heyou" : "linyue", "document.create", &f, done);
}

/* id and version as every later step wants them. */
static struct form step_form(struct ctx *c, int64_t id, int64_t version)
{
    struct form f = {0};
    put(&f, "id", str_from_int(c->arena, id));
    put(&f, "version", str_from_int(c->arena, version));
    return f;
}

struct look_up {
    int64_t document_id, case_id, version;
};

static const struct err *look_up(struct ctx *c, void *arg)
{
    struct look_up *l = arg;
    struct review_case_view k = {0};
    struct document_head d = {0};
    struct edition_head e = {0};
    bool found = false;
    TRY(document_head_load(c, l->document_id, &d));
    TRY(edition_head_load(c, d.latest_edition_id, &e));
    TRY(review_case_of(c, l->document_id, &k, &found));
    l->version = e.version;
    l->case_id = k.case_id;
    return NULL;
}

/* The newest case and the newest edition's version, as the office sees them. */
static const struct err *look(struct ctx *c, int64_t document_id, struct look_up *l)
{
    *l = (struct look_up){.document_id = document_id};
    TRY(account_identity(c, S("chenxiao"), &c->actor));
    return ctx_read(c, AUDIENCE_STAFF, look_up, l);
}

static const struct err *conclude(
    struct ctx *c, const char *login, int64_t case_id, int64_t version, bool secrecy)
{
    struct form f = step_form(c, case_id, version);
    struct op_done done = {0};
    put(&f, "verdict", S("pass"));
    put(&f, "proof_done", S("1"));
    if (secrecy) {
        put(&f, "secrecy", S("open"));
    }
    return as(c, login, "review.conclude", &f, &done);
}

/* The chain of the demo: section head (or school head), office, secrecy officer, leader. */
static const struct err *review(struct ctx *c, const struct sample *s, int64_t document_id)
{
    static const char *const reviewers[] = {"zhengbo", "chenxiao", "lanzhi", "sutan"};
    struct look_up l;
    TRY(look(c, document_id, &l));
    int last = s->how_far == AT_SECRECY ? 2 : 4;
    last = s->how_far == SUBMITTED ? 0 : last;
    for (int i = 0; i < last; i++) {
        const char *login = i == 0 && s->school ? "liangdan" : reviewers[i];
        TRY(conclude(c, login, l.case_id, i + 1, i == 2));
    }
    return NULL;
}

static const struct err *make(struct ctx *c, const struct sample *s, int64_t *document_id)
{
    struct op_done done = {0};
    TRY(draft(c, s, &done));
    *document_id = done.id;
    if (s->how_far == DRAFT) {
        return NULL;
    }
    struct form f = step_form(c, done.id, done.version);
    TRY(as(c, s->school ? "heyou" : "linyue", "document.submit", &f, &done));
    TRY(review(c, s, *document_id));
    if (s->how_far != PUBLISHED) {
        return NULL;
    }
    struct look_up l;
    TRY(look(c, *document_id, &l));
    f = step_form(c, *document_id, l.version);
    put(&f, "late_reason", str_from(s->late));
    return as(c, "chenxiao", "document.publish", &f, &done);
}

/* A correction in draft, so that the office sees one; and an old page as it was. */
static const struct err *rest(struct ctx *c, int64_t corrected)
{
    struct op_done done = {0};
    struct form f = {0};
    put(&f, "id", str_from_int(c->arena, corrected));
    put(&f, "change_kind", S("correction"));
    put(&f, "change_reason", S("第二部分时间安排的星期写错，予以更正。"));
    TRY(as(c, "linyue", "document.correct", &f, &done));
    f = (struct form){0};
    put(&f, "text", str_from(imported_page));
    return as(c, "chenxiao", "document.import", &f, &done);
}

const struct err *demo_content(struct ctx *c)
{
    int64_t second = 0;
    for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
        int64_t id = 0;
        TRY(make(c, &samples[i], &id));
        second = i == 1 ? id : second;
    }
    return rest(c, second);
}
