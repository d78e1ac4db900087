/*
 * field_test.c: what people type, and what they are told.
 */
#include "base/buf.h"
#include "check_main.h"
#include "core/op.h"

#include "base/ban.h"

static const struct choice attributes[] = {{"public", "主动公开"}, {"request", "依申请公开"}};

struct input {
    struct str title;
    struct str note;
    struct str body;
    int64_t unit_id;
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
static const struct field wanted[] = {
    FIELD(struct input, title, .label = "标题", .kind = FIELD_LINE, .most = 200, .required = true),
    FIELD(struct input, unit_id, .label = "承办单位", .kind = FIELD_ID, .required = true),
    FIELD(struct input, copies, .label = "份数", .kind = FIELD_INT, .least = 1, .most = 100, .required = true, .example = "例如：20"),
    FIELD(struct input, formed_on, .label = "成文日期", .kind = FIELD_DAY, .required = true, .example = "2026年7月1日"),
    FIELD(struct input, urgent, .label = "已核对", .kind = FIELD_FLAG, .required = true),
    FIELD(struct input, attribute, .label = "公开属性", .kind = FIELD_CHOICE, .choices = attributes, .choice_count = 2, .required = true),
    FIELD(struct input, addressees, .label = "主送", .kind = FIELD_LIST, .required = true),
    FIELD(struct input, files, .label = "附件", .kind = FIELD_FILES, .required = true),
};
static const struct field optional[] = {
    FIELD(struct input, title, .label = "标题", .kind = FIELD_LINE, .most = 200),
    FIELD(struct input, note, .label = "说明", .kind = FIELD_LINES, .most = 20),
    FIELD(struct input, body, .label = "正文", .kind = FIELD_RAW, .most = 4096),
    FIELD(struct input, unit_id, .label = "承办单位", .kind = FIELD_ID),
    FIELD(struct input, copies, .label = "份数", .kind = FIELD_INT, .least = 1, .most = 100),
    FIELD(struct input, formed_on, .label = "成文日期", .kind = FIELD_DAY, .example = "2026年7月1日"),
    FIELD(struct input, urgent, .label = "急件", .kind = FIELD_FLAG),
    FIELD(struct input, attribute, .label = "公开属性", .kind = FIELD_CHOICE, .choices = attributes, .choice_count = 2),
    FIELD(struct input, addressees, .label = "主送", .kind = FIELD_LIST, .most = 2),
    FIELD(struct input, units, .label = "单位", .kind = FIELD_IDS, .most = 2),
    FIELD(struct input, parts, .label = "部分", .kind = FIELD_PARTS, .most = 3),
    FIELD(struct input, files, .label = "附件", .kind = FIELD_FILES, .most = 2),
};
// clang-format on
enum {
    WANTED = sizeof(wanted) / sizeof(wanted[0]),
    OPTIONAL = sizeof(optional) / sizeof(optional[0])
};

static struct str fault_words(const struct err *err, const char *field)
{
    for (size_t i = 0; err != NULL && i < err->faults.n; i++) {
        if (str_eq(err->faults.v[i].field, str_from(field))) {
            return err->faults.v[i].words;
        }
    }
    return S("");
}

START_TEST(an_empty_form_is_told_everything_that_is_wanted)
{
    struct input in = {0};
    struct values none = {0};
    const struct err *err = op_decode(arena, wanted, WANTED, &none, &in);

    ck_assert_ptr_nonnull(err);
    ck_assert_int_eq(err->kind, ERR_INVALID);
    ck_assert_uint_eq(err->faults.n, WANTED);
    ck_assert_str_is(fault_words(err, "title"), "请填写标题");
    ck_assert_str_is(fault_words(err, "unit_id"), "请选择承办单位");
    ck_assert_str_is(fault_words(err, "copies"), "请填写份数，例如 20");
    ck_assert_str_is(fault_words(err, "formed_on"), "请填写成文日期，例如 2026年7月1日");
    ck_assert_str_is(fault_words(err, "urgent"), "请勾选已核对");
    ck_assert_str_is(fault_words(err, "attribute"), "请选择公开属性");
    ck_assert_str_is(fault_words(err, "addressees"), "请填写主送");
    ck_assert_str_is(fault_words(err, "files"), "请选择附件");
}
END_TEST

START_TEST(an_empty_form_without_duties_is_well)
{
    struct input in = {0};
    struct values none = {0};

    ck_assert_well(op_decode(arena, optional, OPTIONAL, &none, &in));
    ck_assert(in.copies == INT_NONE && in.unit_id == 0);
    ck_assert(!date_is(in.formed_on) && !in.urgent);
    ck_assert(in.title.n == 0 && in.addressees.n == 0 && in.files.n == 0);
}
END_TEST

/* One field, one value, one answer. */
static const struct {
    const char *field, *text, *words; /* words NULL: well */
} typed[] = {
    {"formed_on", "昨天", "请填写成文日期，例如 2026年7月1日"},
    {"formed_on", "2026-02-30", "请填写成文日期，例如 2026年7月1日"},
    {"formed_on", "2026年7月1日", NULL},
    {"formed_on", "２０２６．７．１", NULL},
    {"copies", "二十", "份数只用数字填写，例如 20"},
    {"copies", "2O", "份数只用数字填写，例如 20"},
    {"copies", "0", "份数应在 1 到 100 之间"},
    {"copies", "101", "份数应在 1 到 100 之间"},
    {"copies", "99999999999999999999", "份数只用数字填写，例如 20"},
    {"copies", "１００", NULL},
    {"unit_id", "abc", "请重新选择承办单位，刚才的选择无效"},
    {"unit_id", "-5", "请重新选择承办单位，刚才的选择无效"},
    {"unit_id", "5", NULL},
    {"attribute", "secret", "请重新选择公开属性，刚才的选择无效"},
    {"attribute", "public", NULL},
    {"title", "\xff\xfe", "请重新输入标题，里面有无法识别的字符"},
    {"title", "\xed\xa0\x80", "请重新输入标题，里面有无法识别的字符"},
    {"note", "\xc0\xaf", "请重新输入说明，里面有无法识别的字符"},
    {"body", "\xf5", "请重新输入正文，里面有无法识别的字符"},
    {"addressees", "\xff", "请重新输入主送，里面有无法识别的字符"},
    {"units", "1x", "请重新选择单位，刚才的选择无效"},
    {"note", "一二三四五六七八九十一二三四五六七八九十", NULL},
    {"note", "一二三四五六七八九十一二三四五六七八九十一", "说明最多 20 个字，现在 21 个字"},
};

START_TEST(each_fault_says_what_to_do)
{
    struct input in = {0};
    struct value v = {.name = str_from(typed[_i].field), .text = str_from(typed[_i].text)};
    struct values input = {.v = &v, .n = 1};
    const struct err *err = op_decode(arena, optional, OPTIONAL, &input, &in);

    if (typed[_i].words == NULL) {
        ck_assert_well(err);
        return;
    }
    ck_assert_ptr_nonnull(err);
    ck_assert_uint_eq(err->faults.n, 1);
    ck_assert_str_is(fault_words(err, typed[_i].field), typed[_i].words);
}
END_TEST

START_TEST(a_title_is_counted_in_characters)
{
    struct buf b = buf_make(arena, 4096);
    for (int i = 0; i < 213; i++) {
        buf_add(&b, S("字"));
    }
    struct input in = {0};
    struct value v = {.name = S("title"), .text = buf_str(&b)};
    struct values input = {.v = &v, .n = 1};
    const struct err *err = op_decode(arena, optional, OPTIONAL, &input, &in);
    ck_assert_str_is(fault_words(err, "title"), "标题最多 200 个字，现在 213 个字");
    v.text = str_sub(v.text, 0, 200 * 3);
    ck_assert_well(op_decode(arena, optional, OPTIONAL, &input, &in));
    ck_assert_uint_eq(in.title.n, 600);
}
END_TEST

START_TEST(a_zero_byte_is_no_text)
{
    struct input in = {0};
    struct value v = {.name = S("title"), .text = str_make("a\0b", 3)};
    struct values input = {.v = &v, .n = 1};
    const struct err *err = op_decode(arena, optional, OPTIONAL, &input, &in);

    ck_assert_str_is(fault_words(err, "title"), "请重新输入标题，里面有无法识别的字符");
}
END_TEST

START_TEST(lists_drop_empty_entries_and_parts_keep_them)
{
    struct value v[] = {
        {.name = S("addressees"), .text = S("各中小学")},
        {.name = S("addressees"), .text = S("  ")},
        {.name = S("addressees"), .text = S(" 各　幼儿园 ")},
        {.name = S("parts"), .text = S("<p>一</p>")},
        {.name = S("parts"), .text = S("")},
        {.name = S("units"), .text = S("7")},
        {.name = S("units"), .text = S("")},
        {.name = S("csrf"), .text = S("whatever")},
    };
    struct values input = {.v = v, .n = sizeof(v) / sizeof(v[0])};
    struct input in = {0};

    ck_assert_well(op_decode(arena, optional, OPTIONAL, &input, &in));
    ck_assert_uint_eq(in.addressees.n, 2);
    ck_assert_str_is(in.addressees.v[0], "各中小学");
    ck_assert_uint_eq(in.parts.n, 2);
    ck_assert_uint_eq(in.parts.v[1].n, 0);
    ck_assert_uint_eq(in.units.n, 1);
    ck_assert_int_eq(in.units.v[0], 7);
}
END_TEST

START_TEST(lists_have_a_maximum)
{
    struct value v[] = {
        {.name = S("addressees"), .text = S("一")},
        {.name = S("addressees"), .text = S("二")},
        {.name = S("addressees"), .text = S("三")},
    };
    struct values input = {.v = v, .n = 3};
    struct input in = {0};
    const struct err *err = op_decode(arena, optional, OPTIONAL, &input, &in);

    ck_assert_str_is(fault_words(err, "addressees"), "主送最多 2 项，现在 3 项");
}
END_TEST

START_TEST(a_box_counts_when_it_is_ticked)
{
    struct value v[] = {
        {.name = S("urgent"), .text = S("0")},
        {.name = S("urgent"), .text = S("1")},
    };
    struct input in = {0};
    struct values hidden = {.v = v, .n = 1};
    struct values both = {.v = v, .n = 2};

    ck_assert_well(op_decode(arena, optional, OPTIONAL, &hidden, &in));
    ck_assert(!in.urgent);
    ck_assert_well(op_decode(arena, optional, OPTIONAL, &both, &in));
    ck_assert(in.urgent);
}
END_TEST

START_TEST(a_file_input_left_alone_is_no_file)
{
    struct file file = {.name = S("通知.pdf"), .size_bytes = 5};
    struct value v[] = {
        {.name = S("files"), .text = S("")},
        {.name = S("files"), .file = &file},
    };
    struct values input = {.v = v, .n = 2};
    struct input in = {0};

    ck_assert_well(op_decode(arena, optional, OPTIONAL, &input, &in));
    ck_assert_uint_eq(in.files.n, 1);
    ck_assert_str_is(in.files.v[0].name, "通知.pdf");
}
END_TEST

START_TEST(a_body_is_kept_as_typed)
{
    struct value v = {.name = S("body"), .text = S("  <p>\r\n一</p> ")};
    struct values input = {.v = &v, .n = 1};
    struct input in = {0};

    ck_assert_well(op_decode(arena, optional, OPTIONAL, &input, &in));
    ck_assert(str_eq(in.body, v.text));
}
END_TEST

START_TEST(a_name_that_came_empty_is_there)
{
    struct value v = {.name = S("title"), .text = STR_NONE};
    struct values input = {.v = &v, .n = 1};

    ck_assert(values_has(&input, S("title")));
    ck_assert(!values_has(&input, S("body")));
    ck_assert_ptr_null(values_get(&input, S("body")).p);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, an_empty_form_is_told_everything_that_is_wanted);
    tcase_add_test(tc, an_empty_form_without_duties_is_well);
    tcase_add_loop_test(tc, each_fault_says_what_to_do, 0, (int)(sizeof(typed) / sizeof(typed[0])));
    tcase_add_test(tc, a_title_is_counted_in_characters);
    tcase_add_test(tc, a_zero_byte_is_no_text);
    tcase_add_test(tc, lists_drop_empty_entries_and_parts_keep_them);
    tcase_add_test(tc, lists_have_a_maximum);
    tcase_add_test(tc, a_box_counts_when_it_is_ticked);
    tcase_add_test(tc, a_file_input_left_alone_is_no_file);
    tcase_add_test(tc, a_body_is_kept_as_typed);
    tcase_add_test(tc, a_name_that_came_empty_is_there);
}
