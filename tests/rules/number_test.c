/*
 * number_test.c: document numbers in every writing met, and index numbers by pattern.
 */
#include "check_main.h"

#include "rules/number.h"

#define QUANFENG "泉丰教〔2018〕137号"

START_TEST(every_writing_becomes_the_one_form)
{
    static const struct {
        const char *typed;
        const char *stored;
    } rows[] = {
        {"泉丰教〔2018〕137号", QUANFENG},
        {"泉丰教[2018]137号", QUANFENG},
        {"泉丰教(2018)137号", QUANFENG},
        {"泉丰教（2018）137号", QUANFENG},
        {"泉丰教【2018】137号", QUANFENG},
        {"泉丰教〖2018〗137号", QUANFENG},
        {"泉丰教［2018］137号", QUANFENG},
        {"泉丰教﹝2018﹞137号", QUANFENG},
        {"泉丰教(2018）137号", QUANFENG},
        {"泉丰教2018137号", QUANFENG},
        {"泉丰教 2018 137 号", QUANFENG},
        {"泉丰教2018第137号", QUANFENG},
        {"泉丰教〔２０１８〕１３７号", QUANFENG},
        {"泉丰教〔2018〕第137号", QUANFENG},
        {"泉丰教[2018]第０137号", QUANFENG},
        {"泉丰教〔2018〕0137号", QUANFENG},
        {"泉丰教〔2018〕000137号", QUANFENG},
        {"  泉丰教〔2018〕137号 ", QUANFENG},
        {"泉丰教 〔 2018 〕 137 号", QUANFENG},
        {"泉　丰　教　〔2018〕　137　号", QUANFENG},
        {"泉丰教\u00a0〔2018〕\u00a0137号", QUANFENG},
        {"泉丰教〔2018〕137", QUANFENG},
        {"泉丰政办综〔2018〕89号", "泉丰政办综〔2018〕89号"},
        {"泉丰政办综[2018]89号", "泉丰政办综〔2018〕89号"},
        {"国办发〔2016〕80号", "国办发〔2016〕80号"},
        {"公复〔2021〕3号", "公复〔2021〕3号"},
        {"泉丰教〔2026〕1号", "泉丰教〔2026〕1号"},
        {"教字[1998]第12号", "教字〔1998〕12号"},
        {"一二三四五六七八九十甲乙〔2020〕1号", "一二三四五六七八九十甲乙〔2020〕1号"},
        {"泉丰教〔2018〕999999999号", "泉丰教〔2018〕999999999号"},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct document_number n;
        ck_assert_msg(document_number_parse(arena, str_from(rows[i].typed), &n), "%s", rows[i].typed);
        const struct str stored = document_number_format(arena, &n);
        ck_assert_str_is(stored, rows[i].stored);
        struct document_number again;
        ck_assert(document_number_parse(arena, stored, &again));
        ck_assert_str_is(document_number_format(arena, &again), rows[i].stored);
    }
}
END_TEST

START_TEST(what_is_no_document_number_is_refused)
{
    static const char *rows[] = {
        "",
        " ",
        "号",
        "137",
        "泉丰教",
        "泉丰教〔2018〕",
        "泉丰教〔2018〕号",
        "〔2018〕137号",
        "教〔2018〕137号",                                /* one character is no code */
        "一二三四五六七八九十甲乙丙〔2020〕1号",           /* thirteen are too many */
        "QFJ〔2018〕137号",
        "泉丰教〔18〕137号",
        "泉丰教〔20018〕137号",
        "泉丰教〔1800〕137号",
        "泉丰教〔2018〕0号",
        "泉丰教〔2018〕000号",
        "泉丰教〔2018〕1234567890号",
        "泉丰教〔2018137号",
        "泉丰教2018〕137号",
        "泉丰教2018137",                                  /* neither bracket nor 号 */
        "商务部公告2018年第3号",                          /* another kind of number */
        "泉丰教〔2018〕137-2号",
        "泉丰教〔2018〕137号。",
        "文号：泉丰教〔2018〕137号",
        "泉丰教〔2018〕137号、138号",
        "泉丰教〔2018〕一三七号",
        "QZ02114-2500-2018-00005",
        "关于印发《2018年方案》的通知",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct document_number n;
        ck_assert_msg(!document_number_parse(arena, str_from(rows[i]), &n), "%s", rows[i]);
        ck_assert_int_eq(n.year, 0);
        ck_assert_uint_eq(n.code.n, 0);
    }
}
END_TEST

START_TEST(a_change_is_told_but_not_for_outer_spaces)
{
    ck_assert(!document_number_changed(S(QUANFENG), S(QUANFENG)));
    ck_assert(!document_number_changed(S(" " QUANFENG "　"), S(QUANFENG)));
    ck_assert(document_number_changed(S("泉丰教[2018]137号"), S(QUANFENG)));
    ck_assert(document_number_changed(S("泉丰教〔2018〕0137号"), S(QUANFENG)));
}
END_TEST

START_TEST(a_number_is_found_in_running_text)
{
    static const struct {
        const char *text;
        const char *as_written; /* NULL: none */
        const char *stored;
    } rows[] = {
        {"通知》(泉丰政办综〔2018〕89号),结合实际", "泉丰政办综〔2018〕89号", "泉丰政办综〔2018〕89号"},
        {"根据国办发[2016]80号文件", "国办发[2016]80号", "国办发〔2016〕80号"},
        {"现将《方案》（泉丰教 〔2018〕 137 号）印发", "泉丰教 〔2018〕 137 号", QUANFENG},
        {QUANFENG, QUANFENG, QUANFENG},
        {"（2018）年的（二）〔2018〕5号，见公复〔2021〕3号", "公复〔2021〕3号", "公复〔2021〕3号"},
        {"贯彻落实泉丰教〔2018〕137号精神", QUANFENG, QUANFENG},
        {"这一句话里的编号前面没有标点却有很多很多字泉丰教〔2018〕137号", NULL, NULL},
        {"公复（2021）3号 \u00a0~[", "公复（2021）3号", "公复〔2021〕3号"},
        {"没有文号", NULL, NULL},
        {"教〔2018〕137号", NULL, NULL},
        {"泉丰教〔2018〕137", NULL, NULL},
        {"", NULL, NULL},
        {"〔〔〔〔((((", NULL, NULL},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const struct str text = str_from(rows[i].text);
        size_t at = 0;
        size_t len = 0;
        struct document_number n;
        const bool found = document_number_find(arena, text, 0, &at, &len, &n);
        ck_assert_msg(found == (rows[i].stored != NULL), "%s", rows[i].text);
        if (found) {
            ck_assert_str_is(str_sub(text, at, at + len), rows[i].as_written);
            ck_assert_str_is(document_number_format(arena, &n), rows[i].stored);
        }
    }
}
END_TEST

START_TEST(numbers_are_found_one_after_the_other)
{
    const struct str text = S("（泉丰教〔2018〕137号）和（公复〔2021〕3号）");
    size_t at = 0;
    size_t len = 0;
    struct document_number n;
    ck_assert(document_number_find(arena, text, 0, &at, &len, &n));
    ck_assert_str_is(n.code, "泉丰教");
    ck_assert(document_number_find(arena, text, at + len, &at, &len, &n));
    ck_assert_str_is(n.code, "公复");
    ck_assert_int_eq(n.serial, 3);
    ck_assert(!document_number_find(arena, text, at + len, &at, &len, &n));
}
END_TEST

static const char quanzhou[] = "{agency}-{category}-{year}-{serial:5}";

START_TEST(patterns_are_checked)
{
    static const char *good[] = {
        quanzhou,
        "{agency}-{year}-{serial}",
        "{agency}-{category}-{year}{serial:4}",
        "XX{agency}-A-{year}-{serial:12}",
        "{year}-{agency}-{serial:5}-{category}",
    };
    static const char *bad[] = {
        "",
        "{agency}",
        "{agency}-{year}",
        "{agency}{category}-{year}-{serial:5}",   /* where does the agency end? */
        "{agency}X{year}-{serial}",
        "{agency}-{year}-{serial}{category}",
        "{agency}-{agency}-{year}-{serial}",
        "{agency}-{year}-{serial:0}",
        "{agency}-{year}-{serial:13}",
        "{agency}-{year}-{serial:}",
        "{agency}-{year}-{serial:-3}",
        "{agency}-{year}-{serial:5",
        "{agency}/{year}/{serial}",
        "{agency}-{jahr}-{serial}",
        "{agency} {year} {serial}",
        "{agency}-{year}-{serial}-号",
    };
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        ck_assert_msg(index_pattern_valid(str_from(good[i])), "%s", good[i]);
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        ck_assert_msg(!index_pattern_valid(str_from(bad[i])), "%s", bad[i]);
    }
}
END_TEST

START_TEST(index_numbers_are_written_and_read_by_their_pattern)
{
    const struct index_number n = {S_INIT("QZ02114"), S_INIT("2500"), 2018, 5};
    ck_assert_str_is(index_number_format(arena, str_from(quanzhou), &n), "QZ02114-2500-2018-00005");

    struct index_number r;
    ck_assert(index_number_parse(arena, str_from(quanzhou), S("QZ02114-0100-2026-00002"), &r));
    ck_assert_str_is(r.agency, "QZ02114");
    ck_assert_str_is(r.category, "0100");
    ck_assert_int_eq(r.year, 2026);
    ck_assert_int_eq(r.serial, 2);

    const struct index_number large = {S_INIT("QZ02114"), S_INIT("2500"), 2018, 123456};
    const struct str text = index_number_format(arena, str_from(quanzhou), &large);
    ck_assert_str_is(text, "QZ02114-2500-2018-123456"); /* a series may outgrow its width */
    ck_assert(index_number_parse(arena, str_from(quanzhou), text, &r));
    ck_assert_int_eq(r.serial, 123456);

    const struct str tight = S("{year}{serial:4}-{agency}-");
    ck_assert(index_pattern_valid(tight));
    ck_assert_str_is(index_number_format(arena, tight, &n), "20180005-QZ02114-");
    ck_assert(index_number_parse(arena, tight, S("20180005-QZ02114-"), &r));
    ck_assert_int_eq(r.serial, 5);
}
END_TEST

START_TEST(a_text_that_does_not_fit_the_pattern_is_refused)
{
    static const char *rows[] = {
        "",
        "QZ02114-2500-2018-5",
        "QZ02114-2500-2018-00000",
        "QZ02114-2500-2018-000005",
        "QZ02114-2500-18-00005",
        "QZ02114-2500-2018-00005-1",
        "QZ02114--2018-00005",
        "-2500-2018-00005",
        "QZ02114-2500-2018-0000a",
        "QZ02114-2500-2018- 0005",
        "QZ02114－2500－2018－00005",
        "泉丰教〔2018〕137号",
        "QZ02114-2500-2018-9999999999999999999",
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct index_number n;
        ck_assert_msg(!index_number_parse(arena, str_from(quanzhou), str_from(rows[i]), &n), "%s", rows[i]);
        ck_assert_int_eq(n.serial, 0);
    }
}
END_TEST

START_TEST(only_harmless_signs_stand_in_an_address)
{
    ck_assert(index_number_safe(S("QZ02114-2500-2018-00005")));
    ck_assert(index_number_safe(S("a")));
    ck_assert(!index_number_safe(STR_NONE));
    ck_assert(!index_number_safe(S("../etc")));
    ck_assert(!index_number_safe(S("a b")));
    ck_assert(!index_number_safe(S("索引")));
    ck_assert(!index_number_safe(S("a%2f")));
    char long_text[65];
    memset(long_text, 'a', sizeof(long_text));
    ck_assert(index_number_safe(str_make(long_text, 64)));
    ck_assert(!index_number_safe(str_make(long_text, 65)));
}
END_TEST

START_TEST(a_pattern_that_is_none_is_a_must)
{
    struct index_number n;
    (void)index_number_parse(arena, S("{agency}"), S("QZ"), &n);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, every_writing_becomes_the_one_form);
    tcase_add_test(tc, what_is_no_document_number_is_refused);
    tcase_add_test(tc, a_change_is_told_but_not_for_outer_spaces);
    tcase_add_test(tc, a_number_is_found_in_running_text);
    tcase_add_test(tc, numbers_are_found_one_after_the_other);
    tcase_add_test(tc, patterns_are_checked);
    tcase_add_test(tc, index_numbers_are_written_and_read_by_their_pattern);
    tcase_add_test(tc, a_text_that_does_not_fit_the_pattern_is_refused);
    tcase_add_test(tc, only_harmless_signs_stand_in_an_address);
    tcase_add_test_raise_signal(tc, a_pattern_that_is_none_is_a_must, SIGABRT);
}
