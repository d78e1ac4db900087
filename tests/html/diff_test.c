/*
 * diff_test.c: what a reviewer is shown of two versions.
 */
#include "base/ban.h"
#include "base/buf.h"
#include "base/limits.h"
#include "base/vec.h"
#include "check_main.h"
#include "html/diff.h"

static struct strs lines(struct str s)
{
    struct {
        struct str *v;
        size_t n, cap;
    } list = {0};
    struct str line;
    while (s.n > 0 && str_next(&s, '|', &line)) {
        *vec_add(arena, &list) = line;
    }
    return (struct strs){.v = list.v, .n = list.n};
}

static void show_spans(struct buf *out, struct spans spans)
{
    for (size_t i = 0; i < spans.n; i++) {
        static const char marks[] = {' ', '-', '+'};
        enum span_kind kind = spans.v[i].kind;
        if (kind != SPAN_SAME) {
            buf_add_byte(out, '[');
            buf_add_byte(out, marks[kind]);
        }
        buf_add(out, spans.v[i].text);
        if (kind != SPAN_SAME) {
            buf_add_byte(out, ']');
        }
    }
}

/* Rows as "old-number:spans / new-number:spans", a line each; rows that are the same as "=". */
static struct str shown(const char *before, const char *after)
{
    struct diff_rows rows = diff_blocks(arena, lines(str_from(before)), lines(str_from(after)));
    struct buf out = buf_make(arena, MIB(1));
    for (size_t i = 0; i < rows.n; i++) {
        const struct diff_row *row = &rows.v[i];
        if (row->same) {
            buf_format(&out, "%d=%d\n", row->old_no, row->new_no);
            continue;
        }
        buf_format(&out, "%d:", row->old_no);
        show_spans(&out, row->old_spans);
        buf_format(&out, " / %d:", row->new_no);
        show_spans(&out, row->new_spans);
        buf_add_byte(&out, '\n');
    }
    buf_format(&out, "%d", rows.changes);
    return buf_str(&out);
}

START_TEST(same_texts_have_no_changes)
{
    ck_assert_str_is(shown("a|b", "a|b"), "1=1\n2=2\n0");
    ck_assert_str_is(shown("", ""), "0");
}
END_TEST

START_TEST(a_changed_paragraph_shows_its_characters)
{
    ck_assert_str_is(shown("一|各学校要高度重视。|三", "一|各学校要高度重视，认真落实。|三"),
        "1=1\n2:各学校要高度重视。 / 2:各学校要高度重视[+，认真落实]。\n3=3\n1");
    ck_assert_str_is(shown("于8月31日前报送", "于9月10日前报送"),
        "1:于[-8月31]日前报送 / 1:于[+9月10]日前报送\n1");
}
END_TEST

START_TEST(paragraphs_come_and_go)
{
    ck_assert_str_is(shown("a|b", "a|x|b"), "1=1\n0: / 2:[+x]\n2=3\n1");
    ck_assert_str_is(shown("a|x|b", "a|b"), "1=1\n2:[-x] / 0:\n3=2\n1");
    ck_assert_str_is(shown("", "a|b"), "0: / 1:[+a]\n0: / 2:[+b]\n2");
    ck_assert_str_is(shown("a", ""), "1:[-a] / 0:\n1");
}
END_TEST

START_TEST(paragraphs_that_are_alike_stand_side_by_side)
{
    ck_assert_str_is(
        shown("各学校要认真组织学习。|结束", "新的一段，完全不同。|各学校应认真组织学习。|结束"),
        "0: / 1:[+新的一段，完全不同。]\n1:各学校[-要]认真组织学习。 / "
        "2:各学校[+应]认真组织学习。\n2=3\n2");
}
END_TEST

START_TEST(the_most_alike_paragraph_is_chosen)
{
    struct strs before = lines(S("各学校要认真组织学习文件精神"));
    struct strs after = lines(S("各学校要认真组织检查食堂卫生|各学校要认真组织学习文件的精神"));
    struct diff_rows rows = diff_blocks(arena, before, after);
    ck_assert_uint_eq(rows.n, 2);
    ck_assert_int_eq(rows.v[0].old_no, 0);
    ck_assert_int_eq(rows.v[1].old_no, 1);
    ck_assert_int_eq(rows.v[1].new_no, 2);
}
END_TEST

START_TEST(a_moved_paragraph_is_deleted_and_inserted)
{
    ck_assert_str_is(shown("甲|乙|丙", "丙|甲|乙"), "0: / 1:[+丙]\n1=2\n2=3\n3:[-丙] / 0:\n2");
}
END_TEST

/* Two texts with nothing in common: the bound is reached, the answer is still true and quick. */
START_TEST(far_too_different_is_wholly_deleted_and_inserted)
{
    struct buf before = buf_make(arena, MIB(1));
    struct buf after = buf_make(arena, MIB(1));
    for (int i = 0; i < 20000; i++) {
        buf_add_char(&before, 0x4E00 + (uint32_t)(i * 7 % 3000));
        buf_add_char(&after, 0x6E00 + (uint32_t)(i * 11 % 3000));
    }
    struct str one = buf_str(&before);
    struct str two = buf_str(&after);
    struct diff_rows rows = diff_blocks(arena, (struct strs){&one, 1}, (struct strs){&two, 1});
    for (size_t i = 0; i < rows.n; i++) {
        ck_assert(!rows.v[i].same);
        ck_assert(rows.v[i].old_no == 0 || rows.v[i].old_spans.v[0].kind == SPAN_DELETED);
        ck_assert(rows.v[i].new_no == 0 || rows.v[i].new_spans.v[0].kind == SPAN_INSERTED);
    }
}
END_TEST

START_TEST(many_paragraphs_stay_within_the_bound)
{
    struct str *before = arena_many(arena, 20000, struct str);
    struct str *after = arena_many(arena, 20000, struct str);
    for (int i = 0; i < 20000; i++) {
        before[i] = str_format(arena, "第%d段的旧文字", i);
        after[i] = str_format(arena, "第%d段的新文字", i);
    }
    clock_t from = clock();
    struct diff_rows rows =
        diff_blocks(arena, (struct strs){before, 20000}, (struct strs){after, 20000});
    ck_assert_uint_eq(rows.n, 20000);
    ck_assert_int_eq(rows.changes, 20000);
    ck_assert((double)(clock() - from) / CLOCKS_PER_SEC < 10);
}
END_TEST

void check_cases(TCase *tc)
{
    tcase_add_test(tc, same_texts_have_no_changes);
    tcase_add_test(tc, a_changed_paragraph_shows_its_characters);
    tcase_add_test(tc, paragraphs_come_and_go);
    tcase_add_test(tc, paragraphs_that_are_alike_stand_side_by_side);
    tcase_add_test(tc, the_most_alike_paragraph_is_chosen);
    tcase_add_test(tc, a_moved_paragraph_is_deleted_and_inserted);
    tcase_add_test(tc, far_too_different_is_wholly_deleted_and_inserted);
    tcase_add_test(tc, many_paragraphs_stay_within_the_bound);
}
