/*
 * layout_test.c: the frame and the parts of forms, as whole pages, against the pages in
 * tests/golden.
 *
 * GK_GOLDEN_WRITE=1 writes the golden files anew; look at the difference before it is committed.
 */
#include "base/file.h"
#include "check_main.h"
#include "web/layout_views.h"

#include <stdlib.h>

enum { PAGE_BYTES = 200000 };

static const struct page_link public_nav[] = {
    {S_INIT("首页"), URL_INIT("/"), false},
    {S_INIT("政府信息公开"), URL_INIT("/open"), true},
    {S_INIT("政策解读"), URL_INIT("/read"), false},
    {S_INIT("办事服务"), URL_INIT("/service"), false},
    {S_INIT("互动交流"), URL_INIT("/talk"), false},
    {S_INIT("监督检查"), URL_INIT("/draw"), false},
    {S_INIT("数据统计"), URL_INIT("/stats"), false},
    {S_INIT("学校公开"), URL_INIT("/schools"), false},
};
static const struct page_link office_nav[] = {
    {S_INIT("我的待办"), URL_INIT("/office"), false},
    {S_INIT("起草"), URL_INIT("/office/documents/new"), true},
    {S_INIT("人员和角色"), URL_INIT("/office/people"), false},
};
static const struct page_link crumb[] = {
    {S_INIT("首页"), URL_INIT("/"), false},
    {S_INIT("政府信息公开"), URL_INIT("/open"), false},
    {S_INIT("<b>依申请公开</b>"), URL_INIT("/x"), true},
};
static const struct meta_tag meta[] = {{S_INIT("ColumnName"), S_INIT("政府信息公开")}};
static const struct fault fault_list[] = {
    {S_INIT("tel"), S_INIT("请填写联系电话，例如 13800000000")},
    {S_INIT("content"), S_INIT("请写明要哪些信息，至少 10 个字")},
    {S_INIT(""), S_INIT("请先完成保密审查")},
};

static struct page page_of(bool office)
{
    return (struct page){
        .title = S("政府信息公开申请 - \"测试\" & <页>"),
        .description = S("填写\"申请\""),
        .site_name = S("云湖区教育局"),
        .searches = true,
        .site_above = S("云湖区人民政府"),
        .site_domain = S("www.example.gov.cn"),
        .site_id_code = S("0000000000"),
        .site_filing = S("示例备案 00000000 号"),
        .site_host = S("云湖区教育局"),
        .site_keeper = S("局办公室"),
        .site_phone = S("0000-1234567"),
        .site_hours = S("工作日 8:00–12:00，14:30–17:30"),
        .site_address = S("云湖区示例路 1 号"),
        .meta = {meta, 1},
        .nav = office ? (struct page_links){office_nav, 3} : (struct page_links){public_nav, 8},
        .crumb = office ? (struct page_links){NULL, 0} : (struct page_links){crumb, 3},
        .office = office,
        .demo = office,
        .who = S("局办公室　陈晓"),
        .csrf = S("token\""),
        .form_key = S("key"),
        .notice = office ? S("已保存，第 3 稿") : S(""),
        .path = S("/request?type=a&b=中"),
        .style_url = url_literal("/static/gk.00000000.css"),
        .script_url = url_literal("/static/gk.00000000.js"),
    };
}

static const struct option ways[] = {
    {S_INIT("web"), S_INIT("网上查看和下载"), S_INIT("最快"), true},
    {S_INIT("post"), S_INIT("邮寄纸质件"), S_INIT(""), false},
};

static void print_fields(struct out *o)
{
    struct choice_field way = {
        .name = S("way"), .label = S("答复怎么给您"), .required = true, .options = {ways, 2}};
    view_radio_group(o, &way);
    struct text_field name = {.name = S("name"),
        .label = S("姓名"),
        .hint = S("与身份证件一致"),
        .value = S("林\"小月\" <b>"),
        .required = true,
        .autocomplete = S("name"),
        .max_chars = 80};
    view_text_field(o, &name);
    struct text_field tel = {.name = S("tel"),
        .label = S("联系电话"),
        .hint = S("白天能打通的"),
        .error = fault_list[0].words,
        .required = true,
        .type = S("tel"),
        .narrow = true};
    view_text_field(o, &tel);
    struct area_field content = {.name = S("content"),
        .label = S("需要什么信息"),
        .value = S("\n第一行留空</textarea><script>"),
        .error = fault_list[1].words,
        .required = true,
        .max_chars = 1000};
    view_area_field(o, &content);
    struct date_field day = {.name = S("day"),
        .label = S("文件日期"),
        .value = S("2026-07-01"),
        .most = S("2026-11-25")};
    view_date_field(o, &day);
    struct choice_field column = {.name = S("column"),
        .label = S("栏目"),
        .required = true,
        .blank = S("请选择"),
        .options = {ways, 2}};
    view_select_field(o, &column);
    struct choice_field topics = {
        .id = S("topics-2"), .name = S("topics"), .label = S("主题"), .options = {ways, 2}};
    view_check_group(o, &topics);
    struct file_field file = {.name = S("file"),
        .label = S("补充材料"),
        .hint = S("PDF、DOCX，每个不超过 10 MB"),
        .several = true,
        .accept = S(".pdf,.docx")};
    view_file_field(o, &file);
    struct checkbox agree = {.name = S("agree"), .label = S("我已阅读申请须知"), .required = true};
    view_checkbox(o, &agree);
}

/* A page as a capability would print it. */
static struct str sample(struct page *p)
{
    struct out o = out_make(arena, PAGE_BYTES);
    void (*head)(struct out *, const struct page *) = p->office ? view_office_head : view_page_head;
    void (*foot)(struct out *, const struct page *) = p->office ? view_office_foot : view_page_foot;
    head(&o, p);
    out_raw(&o, S("<h1>政府信息公开申请</h1>\n<form action=\"/request\" method=\"post\" "
                  "enctype=\"multipart/form-data\">\n"));
    view_form_keys(&o, p);
    print_fields(&o);
    out_raw(&o, S("<div class=\"row\"><button type=\"submit\">提交申请</button></div>\n</form>\n"));
    struct pager pager = pager_make(arena, S("/list"), S("q=a&t=b"), 9, 20, 2000);
    view_pager(&o, &pager);
    foot(&o, p);
    ck_assert(!buf_full(&o.buf));
    return buf_str(&o.buf);
}

static void same_as_golden(struct str page, const char *name)
{
    const char *path = str_format(arena, "%s/tests/golden/%s", getenv("GONGKAI_SOURCE"), name).p;
    if (getenv("GK_GOLDEN_WRITE") != NULL) {
        ck_assert_well(file_write(arena, path, page, 0644));
    }
    struct str golden;
    ck_assert_well(file_read(arena, path, PAGE_BYTES, &golden));
    for (int line = 1;; line++) {
        struct str a = STR_NONE, b = STR_NONE;
        bool more = str_next_line(&page, &a);
        bool golden_more = str_next_line(&golden, &b);
        ck_assert_msg(more == golden_more && str_eq(a, b), "%s:%d: '%.*s', golden '%.*s'", name,
            line, STR_ARG(a), STR_ARG(b));
        if (!more) {
            return;
        }
    }
}

START_TEST(a_public_page_is_as_agreed)
{
    struct page p = page_of(false);
    same_as_golden(sample(&p), "page_public.html");
}
END_TEST

START_TEST(a_form_with_faults_is_as_agreed)
{
    struct page p = page_of(false);
    p.size = S("large");
    p.contrast = S("high");
    p.faults = (struct faults){fault_list, 3};
    same_as_golden(sample(&p), "page_faults.html");
}
END_TEST

START_TEST(an_office_page_is_as_agreed)
{
    struct page p = page_of(true);
    same_as_golden(sample(&p), "page_office.html");
}
END_TEST

START_TEST(an_error_page_is_as_agreed)
{
    struct page p = page_of(false);
    p.crumb = (struct page_links){NULL, 0};
    struct error_page e = {.status = 404,
        .title = S("没有找到这个页面"),
        .words = S("地址可能写错了，或者内容已经移走。"),
        .reference = S("7K2M-<x>")};
    struct out o = out_make(arena, PAGE_BYTES);
    view_error_page(&o, &p, &e);
    same_as_golden(buf_str(&o.buf), "page_error.html");
}
END_TEST

START_TEST(nothing_typed_leaves_its_place)
{
    struct page p = page_of(false);
    struct str page = sample(&p);
    ck_assert(!str_has(page, S("<b>")) || str_find(page, S("<b>云湖区教育局</b>"), 0) >= 0);
    ck_assert(!str_has(page, S("</textarea><script>")));
    ck_assert(str_has(page, S("value=\"token&quot;\"")));
    ck_assert(str_has(page, S("back=%2Frequest%3Ftype%3Da%26b%3D%E4%B8%AD")));
    ck_assert(str_has(page, S("rows=\"5\" maxlength=\"1000\" required aria-invalid=\"true\"")));
    ck_assert(str_has(page, S(">\n\n第一行留空&lt;/textarea&gt;")));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, a_public_page_is_as_agreed);
    tcase_add_test(tc, a_form_with_faults_is_as_agreed);
    tcase_add_test(tc, an_office_page_is_as_agreed);
    tcase_add_test(tc, an_error_page_is_as_agreed);
    tcase_add_test(tc, nothing_typed_leaves_its_place);
}
