/*
 * errors.c: one page for each thing that can go wrong, in words that say what to do.
 *
 * A hidden thing and a thing that does not exist give the same bytes: nothing of the address is
 * echoed, and only faults of the program carry a reference.
 */
#include "base/ban.h"
#include "base/diag.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/rand.h"
#include "layout_views.h"
#include "web/inside.h"
#include "web/parts.h"

enum { REFERENCE_BYTES = 5, JSON_MOST_BYTES = 64 * 1024 };

// clang-format off
static const struct error_words {
    int status;
    struct str heading, advice;
} words_of[] = {
    {400, S_INIT("浏览器发来的内容无法识别"), S_INIT("请从首页或页面上的链接重新进入。如果是提交表单时出现的，内容没有保存，请返回上一页重新提交。")},
    {401, S_INIT("请先登录"), S_INIT("您还没有登录，或登录已过期。本次没有作任何更改。请登录后返回刚才的页面继续。")},
    {403, S_INIT("您没有办理这项业务的权限"), S_INIT("本次没有作任何更改。如果工作需要，请联系本单位的系统管理员。")},
    {404, S_INIT("没有找到这个页面"), S_INIT("请检查网址是否完整，或用搜索查找您要的文件。")},
    {405, S_INIT("这个地址不能这样使用"), S_INIT("请从页面上的链接或按钮进入。")},
    {409, S_INIT("内容已被他人修改"), S_INIT("本次没有作任何更改。请返回上一页刷新，查看最新内容后再办理。")},
    {410, S_INIT("这项内容已不再公开"), S_INIT("内容已由发布机构撤下。如仍需要，可以向发布机构咨询。")},
    {413, S_INIT("提交的内容太大"), S_INIT("没有保存。请压缩或拆分文件后重新提交，文字内容请分次提交。")},
    {415, S_INIT("提交的方式不受支持"), S_INIT("没有保存。请用页面上的表单提交。")},
    {421, S_INIT("本服务器上没有这个网站"), S_INIT("请检查网址是否正确。")},
    {422, S_INIT("有内容需要修改"), S_INIT("没有保存。请返回上一页，按提示修改后重新提交。")},
    {429, S_INIT("操作太频繁"), S_INIT("请稍等片刻再试。一个单位的多人共用网络时也可能出现，内容不会丢失。")},
    {431, S_INIT("浏览器发来的内容太长"), S_INIT("请清除本网站的 Cookie 后重新打开。")},
    {500, S_INIT("系统出现故障"), S_INIT("本次没有作任何更改，故障已记录。请稍后再试；如果仍不行，请打电话告诉我们下面的编号。")},
    {503, S_INIT("系统正忙"), S_INIT("本次没有作任何更改。请稍等几秒再试。")},
};
// clang-format on

static const struct error_words *find_words(int status)
{
    const struct error_words *fault = NULL;
    for (size_t i = 0; i < sizeof(words_of) / sizeof(words_of[0]); i++) {
        if (words_of[i].status == status) {
            return &words_of[i];
        }
        fault = words_of[i].status == 500 ? &words_of[i] : fault;
    }
    return fault;
}

struct str error_heading(int status)
{
    return find_words(status)->heading;
}

struct str error_advice(int status)
{
    return find_words(status)->advice;
}

static void answer_json(struct exchange *ex, int status, struct str words, struct faults faults)
{
    struct buf b = buf_make(ex->ctx.arena, JSON_MOST_BYTES);
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("status"));
    json_int(&w, status);
    json_key(&w, S("words"));
    json_str(&w, words);
    json_key(&w, S("faults"));
    json_open(&w, '[');
    for (size_t i = 0; i < faults.n; i++) {
        json_open(&w, '{');
        json_key(&w, S("field"));
        json_str(&w, faults.v[i].field);
        json_key(&w, S("words"));
        json_str(&w, faults.v[i].words);
        json_close(&w, '}');
    }
    json_close(&w, ']');
    if (status == 401) {
        /* A script may sign in again in place, with this token, and keep what was typed. */
        json_key(&w, S("login"));
        json_str(&w, S("/login.json"));
        json_key(&w, S("token"));
        json_str(&w, csrf_token(ex));
    }
    if (ex->inside->reference.n > 0) {
        json_key(&w, S("reference"));
        json_str(&w, ex->inside->reference);
    }
    json_close(&w, '}');
    exchange_bytes(ex, status, S("application/json"), buf_str(&b));
}

/* Below /api/: RFC 9457, in the words of the pages. */
static void answer_problem(struct exchange *ex, int status, struct str words, struct faults faults)
{
    struct buf b = buf_make(ex->ctx.arena, JSON_MOST_BYTES);
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("type"));
    json_str(&w, S("about:blank"));
    json_key(&w, S("title"));
    json_str(&w, error_heading(status));
    json_key(&w, S("status"));
    json_int(&w, status);
    json_key(&w, S("detail"));
    json_str(&w, words);
    if (faults.n > 0) {
        json_key(&w, S("errors"));
        json_open(&w, '[');
        for (size_t i = 0; i < faults.n; i++) {
            json_open(&w, '{');
            json_key(&w, S("field"));
            json_str(&w, faults.v[i].field);
            json_key(&w, S("words"));
            json_str(&w, faults.v[i].words);
            json_close(&w, '}');
        }
        json_close(&w, ']');
    }
    if (ex->inside->reference.n > 0) {
        json_key(&w, S("reference"));
        json_str(&w, ex->inside->reference);
    }
    json_close(&w, '}');
    exchange_bytes(ex, status, S("application/problem+json"), buf_str(&b));
}

static void answer_page(struct exchange *ex, int status, struct str words, struct faults faults)
{
    struct page page = {0};
    struct error_page e = {
        .status = status,
        .title = error_heading(status),
        .words = words,
        .reference = ex->inside->reference,
    };
    page_of_error(ex, &page, e.title);
    page.faults = faults;
    ex->out.buf = buf_make(ex->ctx.arena, LIMIT_PAGE_BYTES);
    view_error_page(&ex->out, &page, &e);
    exchange_page(ex, status);
}

static void answer(struct exchange *ex, int status, struct str words, struct faults faults)
{
    if (answer_is_api(ex)) {
        answer_problem(ex, status, words, faults);
    } else if (ex->inside->json) {
        answer_json(ex, status, words, faults);
    } else {
        answer_page(ex, status, words, faults);
    }
}

void error_answer_status(struct exchange *ex, int status, struct str words, int retry_after_s)
{
    if (retry_after_s > 0) {
        exchange_header_set(ex, S("Retry-After"), str_from_int(ex->ctx.arena, retry_after_s));
    }
    answer(ex, status, words.n > 0 ? words : error_advice(status), (struct faults){0});
}

void error_answer(struct exchange *ex, const struct err *e)
{
    int status = err_http(e->kind);
    if (e->facts.n > 0 || status >= 500) {
        struct diag d = diag_make(ex->ctx.arena, DIAG_WARNING, "error");
        diag_str(&d, "kind", err_name(e->kind));
        diag_str(&d, "facts", e->facts);
        diag_write(&d);
    }
    if (status == 500) {
        ex->inside->reference = rand_token(ex->ctx.arena, REFERENCE_BYTES);
    }
    int retry = e->retry_after_s;
    if (retry == 0 && (status == 429 || status == 503)) {
        retry = status == 503 ? 3 : 60;
    }
    if (retry > 0) {
        exchange_header_set(ex, S("Retry-After"), str_from_int(ex->ctx.arena, retry));
    }
    /* The words of ERR_UNKNOWN could tell a hidden thing from one that never was. */
    bool own = e->words.n > 0 && status != 404 && status != 500;
    answer(ex, status, own ? e->words : error_advice(status),
        status == 404 ? (struct faults){0} : e->faults);
}
