/*
 * input_test.c: hostile input into every operation there is: faults stand at their field, nothing
 * breaks, nothing is half.
 */
#include "base/limits.h"
#include "paper.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/ban.h"

/* ---- one bad value in one field, for every field of every operation ---- */

static const struct err *decode_one(
    struct arena *into, const struct op *op, const struct field *field, struct str text)
{
    struct value v = {.name = str_from(field->name), .text = text};
    struct values input = {&v, 1};
    void *in = arena_alloc(into, op->in_size);
    memset(in, 0, op->in_size);
    return op_decode(into, op->fields, op->field_count, &input, in);
}

static bool has_fault_at(const struct err *e, const char *field)
{
    for (size_t i = 0; e != NULL && i < e->faults.n; i++) {
        if (str_eq(e->faults.v[i].field, str_from(field)) && e->faults.v[i].words.n > 0) {
            return true;
        }
    }
    return false;
}

static void is_refused(
    const struct op *op, const struct field *field, struct str text, const char *what)
{
    struct arena *own = arena_open(MIB(64));
    const struct err *e = decode_one(own, op, field, text);
    ck_assert_msg(e != NULL && e->kind == ERR_INVALID && has_fault_at(e, field->name),
        "%s: %s takes %s", op->name, field->name, what);
    arena_close(own);
}

static bool is_text(enum field_kind kind)
{
    return kind == FIELD_LINE || kind == FIELD_LINES || kind == FIELD_RAW || kind == FIELD_SECRET ||
           kind == FIELD_LIST || kind == FIELD_PARTS;
}

static struct str repeated(const char *piece, size_t times)
{
    size_t n = strlen(piece);
    char *p = arena_alloc(arena, n * times);
    for (size_t i = 0; i < times; i++) {
        memcpy(p + i * n, piece, n);
    }
    return str_make(p, n * times);
}

static void text_field_holds(const struct op *op, const struct field *field)
{
    is_refused(op, field, S("甲\xFF乙"), "a byte that is no UTF-8");
    is_refused(op, field, S("甲\xE4\xBA"), "half a character");
    is_refused(op, field, S("\xED\xA0\x80"), "a surrogate");
    is_refused(op, field, S("\xC0\xAF"), "an overlong form");
    if (field->kind == FIELD_LINE || field->kind == FIELD_LINES) {
        size_t most = field->most > 0 ? field->most : LIMIT_NOTE_CHARS;
        is_refused(op, field, repeated("长", most + 1), "more than it may hold");
    }
}

static void field_holds(const struct op *op, const struct field *field)
{
    if (is_text(field->kind)) {
        text_field_holds(op, field);
    }
    if (field->kind == FIELD_ID || field->kind == FIELD_INT || field->kind == FIELD_IDS) {
        is_refused(op, field, S("abc"), "a word for a number");
        is_refused(op, field, S("9223372036854775808"), "a number that is too large");
        is_refused(op, field, S("-5"), "a number that is too small");
        is_refused(op, field, S("1.5"), "a fraction");
    }
    if (field->kind == FIELD_DAY) {
        is_refused(op, field, S("2026-02-30"), "a day that does not exist");
        is_refused(op, field, S("2026年13月1日"), "a month that does not exist");
        is_refused(op, field, S("昨天"), "a word for a day");
        is_refused(op, field, S("99999-01-01"), "a year out of reach");
    }
    if (field->kind == FIELD_CHOICE) {
        is_refused(op, field, S("不在表里"), "what is not among the choices");
    }
}

START_TEST(every_field_of_every_operation_refuses_what_it_cannot_hold)
{
    struct capabilities all = registry_all();
    size_t fields = 0;
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->op_count; k++) {
            for (size_t n = 0; n < all.v[i]->ops[k].field_count; n++) {
                field_holds(&all.v[i]->ops[k], &all.v[i]->ops[k].fields[n]);
                fields++;
            }
        }
    }
    ck_assert_uint_gt(fields, 80);
}
END_TEST

START_TEST(a_nul_byte_never_reaches_the_store)
{
    struct fixture *f = paper_site(_i);
    struct sheet s = {0};
    struct op_done done = {0};
    s.v[s.n++] = (struct value){.name = S("title"), .text = str_make("a\0b", 3)};
    s.v[s.n++] = (struct value){.name = S("remark"), .text = str_make("\0", 1)};
    s.v[s.n++] = (struct value){.name = S("body"), .text = str_make("<p>a\0b</p>", 10)};
    const struct err *e = sheet_run(f, f->author, "document.create", &s, &done);
    if (e == NULL) { /* or it is taken out */
        struct ctx c = fixture_as(f, f->author);
        struct office_document o = {0};
        ck_assert_well(document_office_read(&c, done.id, &o));
        ck_assert_ptr_null(memchr(o.title.p, '\0', o.title.n));
        ck_assert_ptr_null(memchr(o.parts.v[0].body.safe.p, '\0', o.parts.v[0].body.safe.n));
        return;
    }
    ck_assert_refused(e, ERR_INVALID);
}
END_TEST

START_TEST(every_fault_is_told_and_nothing_is_kept)
{
    struct fixture *f = paper_site(_i);
    int64_t id = paper_draft(f, f->author, "title", "原来的标题", NULL);
    int64_t version = paper_edition(f, id).version;
    const char *title = str_z(f->arena, repeated("长", 201));
    const struct err *e = paper_save(f, f->author, id, "title", title, "signed_on", "2026-02-30",
        "attribute", "all", "unit_id", "x", NULL);
    ck_assert_refused(e, ERR_INVALID);
    ck_assert(has_fault_at(e, "title") && has_fault_at(e, "signed_on") &&
              has_fault_at(e, "attribute") && has_fault_at(e, "unit_id"));
    ck_assert_int_eq(paper_edition(f, id).version, version);
}
END_TEST

START_TEST(signs_of_all_planes_come_back_as_typed)
{
    struct fixture *f = paper_site(_i);
    static const char *const titles[] = {"𠮷野家与𪚥的通知", "含“引号”、<尖括号>、&符号和\\反斜杠",
        "'; DROP TABLE document; --", "%s%n%d ${x} {{ y }}", "emoji 😀 与 e\xCC\x81 组合"};
    for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++) {
        int64_t id = paper_published(f, "title", titles[i], NULL);
        ck_assert_str_is(paper_page(f, paper_number(f, id)).title, titles[i]);
    }
}
END_TEST

START_TEST(too_many_parts_or_too_long_a_part_title_are_told)
{
    struct fixture *f = paper_site(_i);
    struct sheet s = {0};
    sheet_put(&s, "title", "通知");
    for (int i = 0; i <= LIMIT_PARTS; i++) {
        sheet_put(&s, "part_title", "附件");
    }
    const struct err *e = sheet_run(f, f->author, "document.create", &s, NULL);
    ck_assert_refused(e, ERR_INVALID);
    ck_assert(has_fault_at(e, "part_title"));
    e = paper_draft_try(
        f, f->author, NULL, "part_title", str_z(f->arena, repeated("长", 201)), NULL);
    ck_assert_refused(e, ERR_INVALID);
    ck_assert(has_fault_at(e, "part_title"));
}
END_TEST

START_TEST(a_unit_or_category_that_is_not_there_is_told)
{
    struct fixture *f = paper_site(_i);
    ck_assert_refused(paper_draft_try(f, f->author, NULL, "unit_id", "999", NULL), ERR_DENIED);
    const struct err *e = paper_draft_try(f, f->author, NULL, "category", "9999", NULL);
    ck_assert_refused(e, ERR_INVALID);
    ck_assert(has_fault_at(e, "category"));
    ck_assert_refused(paper_draft_try(f, f->secrecy, NULL, NULL), ERR_DENIED);
}
END_TEST

/* ---- anything into anything ---- */

enum { RUNS = 1500, RUNS_LONG = 30000, MANY = 4000 };

static uint64_t dice = 20260727; /* the same runs every time */

static size_t throw_dice(size_t n)
{
    dice ^= dice << 13;
    dice ^= dice >> 7;
    dice ^= dice << 17;
    return (size_t)(dice % n);
}

static struct str nasty(struct fixture *f, const int64_t *ids, size_t id_count)
{
    static const char *const pool[] = {"", " ", "0", "1", "-1", "9223372036854775807",
        "9223372036854775808", "2026-07-20", "2026-02-30", "0001-01-01", "9999-12-31",
        "２０２６年７月１日", "\xFF", "\xE4\xBA", "<script>alert(1)</script>", "<p>",
        "<table><tr><td>", "&#0;", "'; DROP TABLE document; --", "%s%n", "😀", "\xE2\x80\xAE文",
        "pass", "return", "open", "closed", "part", "N1", "P1", "proactive", "withheld", "personal",
        "secrecy", "correction", "repealed", "云教〔2026〕18号", "QZ02114-2500-2026-00001", "2500",
        "，、；。（", "((((", "科室 | content | review.section\n保密 | secrecy | review.secrecy",
        "|||", "\n\n\n", "索引号:X\n标题", "站点名称", "drafter", "甲"};
    size_t which = throw_dice(sizeof pool / sizeof pool[0] + 8);
    if (which < sizeof pool / sizeof pool[0]) {
        return str_from(pool[which]);
    }
    switch (which % 8) {
    case 0:
        return repeated("长", MANY);
    case 1:
        return str_make("a\0b", 3);
    case 2:
        return repeated("<b>", 500);
    default:
        return str_from_int(f->arena, ids[throw_dice(id_count)]);
    }
}

static void run_anything(struct fixture *f, int64_t person, const int64_t *ids, size_t id_count)
{
    struct capabilities all = registry_all();
    const struct capability *cap = all.v[throw_dice(all.n)];
    if (cap->op_count == 0) {
        return;
    }
    const struct op *op = &cap->ops[throw_dice(cap->op_count)];
    struct arena *own = arena_open(LIMIT_WORK_ARENA_BYTES);
    struct ctx c = fixture_as(f, person);
    struct sheet s = {0};
    struct op_done done = {0};
    c.arena = own;
    for (size_t i = 0; i < op->field_count && s.n < PAPER_FIELDS; i++) {
        bool is_id = op->fields[i].kind == FIELD_ID && throw_dice(4) != 0;
        struct str text =
            is_id ? str_from_int(f->arena, ids[throw_dice(id_count)]) : nasty(f, ids, id_count);
        if (op->fields[i].kind == FIELD_CHOICE && throw_dice(3) != 0) {
            text = str_from(op->fields[i].choices[throw_dice(op->fields[i].choice_count)].value);
        }
        if (throw_dice(5) != 0) {
            s.v[s.n++] = (struct value){.name = str_from(op->fields[i].name), .text = text};
        }
    }
    struct values input = {s.v, s.n};
    const struct err *e = op_run(&c, op, &input, STR_NONE, &done);
    ck_assert_msg(e == NULL || e->kind != ERR_FAULT, "%s: %.*s", op->name, STR_ARG(e->facts));
    ck_assert_msg(
        e == NULL || e->words.n > 0 || e->faults.n > 0, "%s refuses without a word", op->name);
    arena_close(own);
}

START_TEST(nothing_that_is_typed_breaks_an_operation)
{
    struct fixture *f = paper_site(_i);
    int64_t ids[16] = {f->bureau, f->section, f->school, f->author, f->officer, f->secrecy, 1, 999};
    size_t n = 8;
    ids[n++] = paper_draft(f, f->author, NULL);
    ids[n++] = paper_approved(f, NULL);
    ids[n++] = paper_published(f, "doc_number", "云教〔2026〕18号", NULL);
    ids[n++] = paper_published(f, NULL);
    int64_t waiting = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, waiting));
    ids[n++] = waiting;
    ids[n++] = paper_case(f, waiting).case_id;
    int64_t person = paper_holder(f, "everything", "office", f->bureau);
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->may_count; k++) {
            fixture_grant(f, person, f->bureau, all.v[i]->mays[k]);
        }
    }
    int runs = getenv("GONGKAI_TEST_LONG") != NULL ? RUNS_LONG : RUNS;
    for (int i = 0; i < runs; i++) {
        run_anything(f, person, ids, n);
    }
    paper_whole_imported(f);
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    tcase_set_timeout(tc, 200);
    tcase_add_test(tc, every_field_of_every_operation_refuses_what_it_cannot_hold);
    on_both_engines(tc, a_nul_byte_never_reaches_the_store);
    on_both_engines(tc, every_fault_is_told_and_nothing_is_kept);
    on_both_engines(tc, signs_of_all_planes_come_back_as_typed);
    on_both_engines(tc, too_many_parts_or_too_long_a_part_title_are_told);
    on_both_engines(tc, a_unit_or_category_that_is_not_there_is_told);
    on_both_engines(tc, nothing_that_is_typed_breaks_an_operation);
}
