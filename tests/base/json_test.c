/*
 * json_test.c: the strict reader and the writer.
 */
#include "base/json.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "check_main.h"

#include <string.h>

static const struct json *parse(const char *text)
{
    const struct json *j;
    ck_assert_well(json_parse(arena, str_from(text), &j));
    return j;
}

START_TEST(a_tree_is_read_in_order)
{
    const struct json *j =
        parse(" {\"a\" : 1, \"b\":[true,false,null,-2.5e1], \"文\":{\"c\":\"x\"}, \"e\":{}}\n");
    ck_assert_int_eq(j->kind, JSON_OBJECT);
    ck_assert_int_eq(json_get(j, S("a"))->integer, 1);
    const struct json *b = json_get(j, S("b"));
    ck_assert_int_eq(b->kind, JSON_LIST);
    ck_assert_int_eq(b->child->kind, JSON_TRUE);
    ck_assert_int_eq(b->child->next->kind, JSON_FALSE);
    ck_assert_int_eq(b->child->next->next->kind, JSON_NULL);
    ck_assert_int_eq(b->child->next->next->next->kind, JSON_REAL);
    ck_assert_double_eq(b->child->next->next->next->real, -25.0);
    ck_assert_ptr_null(b->child->next->next->next->next);
    ck_assert_str_is(json_text(json_get(json_get(j, S("文")), S("c"))), "x");
    ck_assert_ptr_null(json_get(j, S("e"))->child);
}
END_TEST

START_TEST(what_is_absent_is_null_or_empty)
{
    const struct json *j = parse("{\"a\":1}");
    ck_assert_ptr_null(json_get(j, S("b")));
    ck_assert_ptr_null(json_get(NULL, S("b")));
    ck_assert_ptr_null(json_get(parse("[1]"), S("b")));
    ck_assert_uint_eq(json_text(NULL).n, 0);
    ck_assert_uint_eq(json_text(json_get(j, S("a"))).n, 0);
}
END_TEST

START_TEST(escapes_are_undone)
{
    ck_assert_str_is(
        json_text(parse("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u0041\\u6587\\ud83d\\ude00z\"")),
        "\"\\/\b\f\n\r\tA文😀z");
    ck_assert_str_is(json_text(parse("\"\"")), "");
    ck_assert_str_is(json_get(parse("{\"\\u0061\":\"v\"}"), S("a"))->text, "v");
}
END_TEST

START_TEST(integers_keep_all_their_digits)
{
    ck_assert_int_eq(parse("9223372036854775807")->integer, INT64_MAX);
    ck_assert_int_eq(parse("-9223372036854775808")->integer, INT64_MIN);
    ck_assert_int_eq(parse("0")->kind, JSON_INT);
    ck_assert_int_eq(parse("0.0")->kind, JSON_REAL);
    ck_assert_int_eq(parse("1E2")->kind, JSON_REAL);
}
END_TEST

static const struct str bad[] = {
    S_INIT(""),
    S_INIT(" "),
    S_INIT("nul"),
    S_INIT("True"),
    S_INIT("nulls"),
    S_INIT("{} {}"),
    S_INIT("{} x"),
    S_INIT("[1,]"),
    S_INIT("[,1]"),
    S_INIT("[1 2]"),
    S_INIT("["),
    S_INIT("[1"),
    S_INIT("]"),
    S_INIT("{"),
    S_INIT("{\"a\"}"),
    S_INIT("{\"a\":}"),
    S_INIT("{\"a\":1,}"),
    S_INIT("{a:1}"),
    S_INIT("{'a':1}"),
    S_INIT("{1:1}"),
    S_INIT("[1}"),
    S_INIT("{\"a\":1]"),
    S_INIT("01"),
    S_INIT("-"),
    S_INIT("-01"),
    S_INIT("+1"),
    S_INIT(".5"),
    S_INIT("5."),
    S_INIT("1e"),
    S_INIT("1e+"),
    S_INIT("0x10"),
    S_INIT("NaN"),
    S_INIT("Infinity"),
    S_INIT("9223372036854775808"),
    S_INIT("-9223372036854775809"),
    S_INIT("1e999"),
    S_INIT("\""),
    S_INIT("\"abc"),
    S_INIT("\"\\"),
    S_INIT("\"\\\""),
    S_INIT("\"\\x41\""),
    S_INIT("\"\\u12\""),
    S_INIT("\"\\u12g4\""),
    S_INIT("\"\\u0000\""),
    S_INIT("\"\\ud800\""),
    S_INIT("\"\\ud800x\""),
    S_INIT("\"\\ud800\\n\""),
    S_INIT("\"\\ud800\\u0041\""),
    S_INIT("\"\\udc00\""),
    S_INIT("\"\\ud800\\ud800\""),
    S_INIT("\"a\nb\""),
    S_INIT("\"a\tb\""),
    S_INIT("\"\x01\""),
    S_INIT("\"\xff\""),
    S_INIT("\"\xed\xa0\x80\""),
    S_INIT("\"a\0b\""),
    S_INIT("{}\0"),
    S_INIT("\xef\xbb\xbf{}"),
    S_INIT("//x\n1"),
    S_INIT("[1,/**/2]"),
    S_INIT("{\"a\":1,\"a\":1}"),
    S_INIT("{\"a\":1,\"b\":2,\"\\u0061\":3}"),
    S_INIT("[{\"x\":{\"k\":1,\"k\":2}}]"),
    S_INIT("\v1"),
    S_INIT("\xc2\xa0"
           "1"),
};

START_TEST(everything_that_is_not_json_is_refused)
{
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        const struct json *j;
        const struct err *e = json_parse(arena, bad[i], &j);
        ck_assert_msg(e != NULL, "row %zu: %.*s", i, STR_ARG(bad[i]));
        ck_assert_int_eq(e->kind, ERR_INVALID);
        ck_assert_ptr_null(j);
        ck_assert(utf8_valid(e->words) && e->words.n > 0 && e->facts.n > 0);
    }
}
END_TEST

static struct str nested(size_t depth)
{
    char *p = arena_alloc(arena, 2 * depth);
    memset(p, '[', depth);
    memset(p + depth, ']', depth);
    return str_make(p, 2 * depth);
}

START_TEST(depth_ends_at_sixty_four)
{
    const struct json *j;
    ck_assert_well(json_parse(arena, nested(64), &j));
    ck_assert_ptr_nonnull(json_parse(arena, nested(65), &j));
    ck_assert_ptr_nonnull(json_parse(arena, nested(MIB(1)), &j));
}
END_TEST

START_TEST(many_members_take_no_long_time)
{
    enum { MEMBERS = 100000 };
    struct buf b = buf_make(arena, MIB(4));
    buf_add_byte(&b, '{');
    for (int i = 0; i < MEMBERS; i++) {
        buf_format(&b, "%s\"k%d\":%d", i > 0 ? "," : "", i, i);
    }
    buf_add_byte(&b, '}');
    const struct json *j;
    ck_assert_well(json_parse(arena, buf_str(&b), &j));
    ck_assert_int_eq(json_get(j, S("k99999"))->integer, 99999);
}
END_TEST

START_TEST(input_that_needs_more_than_the_arena_is_told_so)
{
    struct arena *small = arena_open(KIB(64));
    struct buf b = buf_make(arena, MIB(1));
    buf_add_byte(&b, '[');
    for (int i = 0; i < 100000; i++) {
        buf_add(&b, S("1,"));
    }
    buf_add(&b, S("1]"));
    const struct json *j;
    const struct err *e = json_parse(small, buf_str(&b), &j);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->kind, ERR_TOO_LARGE);
    arena_close(small);
}
END_TEST

START_TEST(the_writer_places_commas_and_quotes)
{
    struct buf b = buf_make(arena, 1000);
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("a"));
    json_int(&w, -1);
    json_key(&w, S("b"));
    json_open(&w, '[');
    json_bool(&w, true);
    json_null(&w);
    json_open(&w, '[');
    json_close(&w, ']');
    json_str(&w, S("文\"\\\n\x01</script>"));
    json_close(&w, ']');
    json_key(&w, S("c\""));
    json_bool(&w, false);
    json_close(&w, '}');
    ck_assert_str_is(buf_str(&b),
        "{\"a\":-1,\"b\":[true,null,[],\"文\\\"\\\\\\n\\u0001\\u003c/script>\"],"
        "\"c\\\"\":false}");
    const struct json *j;
    ck_assert_well(json_parse(arena, buf_str(&b), &j));
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, a_tree_is_read_in_order);
    tcase_add_test(tc, what_is_absent_is_null_or_empty);
    tcase_add_test(tc, escapes_are_undone);
    tcase_add_test(tc, integers_keep_all_their_digits);
    tcase_add_test(tc, everything_that_is_not_json_is_refused);
    tcase_add_test(tc, depth_ends_at_sixty_four);
    tcase_add_test(tc, many_members_take_no_long_time);
    tcase_add_test(tc, input_that_needs_more_than_the_arena_is_told_so);
    tcase_add_test(tc, the_writer_places_commas_and_quotes);
}
