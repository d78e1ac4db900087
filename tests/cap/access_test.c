/*
 * access_test.c: every operation of the program tried by every role, and every document of one unit
 * asked for by the people of another. Driven by the registry: an operation or a role that is added
 * is covered by being there.
 */
#include "paper.h"

#include <stdio.h>

#include "base/ban.h"

enum { NOBODY_HAS_IT = 999 }; /* an id that is of no thing */

/* ---- input for any operation ---- */

/* Values that pass the decoding of the field table, whatever the operation means by them. */
struct guess {
    int64_t id;   /* for the field "id" */
    int64_t unit; /* for fields named after units */
    int64_t version;
};

static struct str guess_of(struct fixture *f, const struct field *field, const struct guess *g)
{
    struct str name = str_from(field->name);
    switch (field->kind) {
    case FIELD_ID:
        return str_from_int(f->arena, str_eq(name, S("id")) ? g->id
                                      : str_has(name, S("unit")) || str_has(name, S("above"))
                                          ? g->unit
                                          : NOBODY_HAS_IT);
    case FIELD_INT:
        return str_from_int(f->arena, str_eq(name, S("version")) ? g->version
                                      : field->least > 1         ? field->least
                                                                 : 1);
    case FIELD_DAY:
        return S("2026-07-20");
    case FIELD_FLAG:
        return S("1");
    case FIELD_CHOICE:
        return str_from(field->choices[field->choice_count - 1].value);
    case FIELD_SECRET:
        return S("Lamp-River-47");
    case FIELD_RAW:
    case FIELD_PARTS:
        return S("<p>各校应当在放假前对学生进行一次安全教育。</p>");
    case FIELD_LINE:
    case FIELD_LINES:
    case FIELD_LIST:
        return S("甲");
    case FIELD_IDS:
    case FIELD_FILES:
        return STR_NONE;
    }
    must(false);
    return STR_NONE;
}

static struct sheet guess_input(struct fixture *f, const struct op *op, const struct guess *g)
{
    struct sheet s = {0};
    for (size_t i = 0; i < op->field_count; i++) {
        struct str text = guess_of(f, &op->fields[i], g);
        if (text.n > 0) {
            sheet_put(&s, op->fields[i].name, str_z(f->arena, text));
        }
    }
    return s;
}

static void must_decode(struct fixture *f, const struct op *op, const struct sheet *s)
{
    struct values input = {s->v, s->n};
    void *in = arena_alloc(f->arena, op->in_size);
    memset(in, 0, op->in_size);
    const struct err *e = op_decode(f->arena, op->fields, op->field_count, &input, in);
    struct str words = e != NULL ? e->words : STR_NONE;
    ck_assert_msg(
        e == NULL, "%s: the guessed input does not decode: %.*s", op->name, STR_ARG(words));
}

/* ---- every operation by every role ---- */

static bool granted(const char *role, const struct may *may)
{
    struct capabilities all = registry_all();
    if (may == &MAY_ANYONE || may == &MAY_SIGNED_IN) {
        return true;
    }
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->grant_count; k++) {
            const struct role_grant *g = &all.v[i]->grants[k];
            if (g->may == may && strcmp(g->role, role) == 0) {
                return true;
            }
        }
    }
    return false;
}

/* The kind of refusal; ERR_FAULT + 1 when it was done. */
static int outcome(struct fixture *f, int64_t person, const struct op *op, const struct guess *g,
    const struct err **refused)
{
    struct ctx c = fixture_as(f, person);
    struct sheet s = guess_input(f, op, g);
    struct values input = {s.v, s.n};
    struct op_done done = {0};
    must_decode(f, op, &s);
    *refused = op_run(&c, op, &input, STR_NONE, &done);
    return *refused == NULL ? ERR_FAULT + 1 : (int)(*refused)->kind;
}

static void role_tries(struct fixture *f, const char *role, int64_t person, const struct op *op)
{
    struct guess g = {.id = NOBODY_HAS_IT, .unit = f->bureau, .version = 1};
    const struct err *e = NULL;
    int64_t events = fixture_events(f);
    int64_t denials = fixture_audit(f, "denied");
    int kind = outcome(f, person, op, &g, &e);
    bool may = granted(role, op->may);
    struct str words = e != NULL ? e->words : STR_NONE;
    struct str facts = e != NULL ? e->facts : STR_NONE;
    ck_assert_msg(kind != ERR_FAULT, "%s by %s: %.*s", op->name, role, STR_ARG(facts));
    if (may) {
        ck_assert_msg(kind != ERR_DENIED && kind != ERR_LOGIN, "%s is refused to %s: %.*s",
            op->name, role, STR_ARG(words));
    } else {
        ck_assert_msg(kind == ERR_DENIED, "%s is not refused to %s", op->name, role);
        ck_assert_int_eq(fixture_events(f), events);
        ck_assert_int_eq(fixture_audit(f, "denied"), denials + 1);
    }
}

static void each_op_by(struct fixture *f, const char *role, int64_t person)
{
    struct capabilities all = registry_all();
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->op_count; k++) {
            role_tries(f, role, person, &all.v[i]->ops[k]);
        }
    }
}

START_TEST(every_operation_by_every_role_is_as_the_grants_say)
{
    struct fixture *f = paper_site(_i);
    struct capabilities all = registry_all();
    size_t roles = 0;
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->role_count; k++) {
            const char *role = all.v[i]->roles[k].code;
            int64_t person = paper_holder(
                f, str_z(f->arena, str_format(f->arena, "holder-%s", role)), role, f->bureau);
            each_op_by(f, role, person);
            roles++;
        }
    }
    ck_assert_uint_ge(roles, 10);
    int64_t plain = fixture_person(f, "plain", "没有角色", f->bureau);
    each_op_by(f, "no role at all", plain);
}
END_TEST

START_TEST(nobody_without_a_session_does_anything)
{
    struct fixture *f = paper_site(_i);
    struct capabilities all = registry_all();
    struct guess g = {.id = NOBODY_HAS_IT, .unit = f->bureau, .version = 1};
    int64_t events = fixture_events(f);
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->op_count; k++) {
            const struct op *op = &all.v[i]->ops[k];
            const struct err *e = NULL;
            int kind = outcome(f, 0, op, &g, &e);
            ck_assert_msg(op->may == &MAY_ANYONE || kind == ERR_LOGIN, "%s by nobody", op->name);
        }
    }
    ck_assert_int_eq(fixture_events(f), events);
}
END_TEST

/* ---- documents of one unit and people of another ---- */

enum { STATIONS = 8 };

/* A document of the section at every station of its way. */
static void make_stations(struct fixture *f, int64_t ids[STATIONS])
{
    int64_t urgent = paper_holder(f, "urgent", "emergency", f->bureau);
    ids[0] = paper_draft(f, f->author, NULL);
    ids[1] = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, ids[1]));
    ids[2] = paper_approved(f, NULL);
    ids[3] = paper_published(f, NULL);
    ids[4] = paper_published(f, NULL);
    ck_assert_well(paper_do(
        f, f->officer, "document.withdraw", ids[4], "kind", "other", "reason", "理由", NULL));
    ids[5] = paper_approved(
        f, "attribute", "withheld", "ground", "N5", "ground_reason", "内部事务信息", NULL);
    ck_assert_well(paper_do(f, f->officer, "document.file", ids[5], NULL));
    ids[6] = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_do(f, f->author, "document.discard", ids[6], NULL));
    ids[7] = paper_draft(f, f->author, NULL);
    ck_assert_well(paper_submit(f, f->author, ids[7]));
    paper_pass_to(f, ids[7], 3);
    ck_assert_well(paper_do(
        f, urgent, "document.emergency", ids[7], "emergency_reason", "台风停课，须立即告知", NULL));
}

/* Holds every role there is, in one unit only. */
static int64_t holder_of_all(struct fixture *f, const char *login, int64_t unit)
{
    struct capabilities all = registry_all();
    int64_t person = fixture_person(f, login, login, unit);
    struct date from = DATE_NONE;
    must(date_from_ymd(2020, 1, 1, &from));
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->role_count; k++) {
            fixture_hold(f, person, all.v[i]->roles[k].code, unit, from, DATE_NONE);
        }
    }
    return person;
}

static bool has_field(const struct op *op, const char *name)
{
    for (size_t i = 0; i < op->field_count; i++) {
        if (strcmp(op->fields[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

/* The same answer for a thing of another unit as for a thing that is not. */
static void stranger_tries(struct fixture *f, int64_t person, int64_t unit, const struct op *op,
    int64_t id, int64_t version)
{
    const struct err *real = NULL;
    const struct err *none = NULL;
    struct guess g = {.id = id, .unit = unit, .version = version};
    int a = outcome(f, person, op, &g, &real);
    g.id = NOBODY_HAS_IT;
    int b = outcome(f, person, op, &g, &none);
    ck_assert_msg(a == b, "%s of a strange thing: %d, of none: %d", op->name, a, b);
    if (real != NULL) {
        ck_assert_msg(str_eq(real->words, none->words), "%s: '%.*s' is not '%.*s'", op->name,
            STR_ARG(real->words), STR_ARG(none->words));
    }
    bool makes_new = str_eq(str_from(op->name), S("document.create"));
    bool of_documents = str_starts(str_from(op->name), S("document.")) ||
                        str_starts(str_from(op->name), S("review."));
    ck_assert_msg(
        !of_documents || makes_new || a == ERR_UNKNOWN, "%s is not unknown: %d", op->name, a);
}

static void stranger_tries_all(
    struct fixture *f, int64_t person, int64_t unit, int64_t id, int64_t version)
{
    struct capabilities all = registry_all();
    size_t tried = 0;
    for (size_t i = 0; i < all.n; i++) {
        for (size_t k = 0; k < all.v[i]->op_count; k++) {
            if (has_field(&all.v[i]->ops[k], "id")) {
                stranger_tries(f, person, unit, &all.v[i]->ops[k], id, version);
                tried++;
            }
        }
    }
    ck_assert_uint_ge(tried, 15);
}

static void stranger_reads(struct fixture *f, int64_t person, int64_t id)
{
    struct ctx c = fixture_as(f, person);
    struct office_document o = {0};
    struct receipt_lines receipts = {0};
    const struct err *none = document_office_read(&c, NOBODY_HAS_IT, &o);
    const struct err *real = document_office_read(&c, id, &o);
    ck_assert_refused(none, ERR_UNKNOWN);
    ck_assert_refused(real, ERR_UNKNOWN);
    ck_assert_str_is(real->words, str_z(f->arena, none->words));
    ck_assert_refused(document_receipts(&c, id, &receipts), ERR_UNKNOWN);
    ck_assert_refused(document_delivered_read(&c, id, &o), ERR_UNKNOWN);
}

static void stranger_has_no_work(struct fixture *f, int64_t person)
{
    struct ctx c = fixture_as(f, person);
    struct office_lines lines = {0};
    ck_assert_well(document_office_list(&c, STR_NONE, 0, 50, &lines));
    for (size_t i = 0; i < lines.n; i++) {
        ck_assert(!str_has(lines.v[i].title, S("暑期学生安全教育")));
    }
}

static void stranger_at(
    struct fixture *f, const char *login, int64_t unit, const int64_t ids[STATIONS])
{
    int64_t person = holder_of_all(f, login, unit);
    for (size_t i = 0; i < STATIONS; i++) {
        struct q_paper_document_row before = paper_document(f, ids[i]);
        struct q_paper_edition_row edition = paper_edition(f, ids[i]);
        stranger_tries_all(f, person, unit, ids[i], edition.version);
        stranger_reads(f, person, ids[i]);
        if (i != 0 && i != 6) { /* those were never in review */
            struct q_paper_case_row k = paper_case(f, ids[i]);
            struct review_case_view view = {0};
            stranger_tries_all(f, person, unit, k.case_id, k.version);
            ck_assert_refused(paper_case_view(f, person, ids[i], &view, NULL), ERR_UNKNOWN);
            ck_assert_int_eq(paper_case(f, ids[i]).version, k.version);
        }
        ck_assert_int_eq(paper_document(f, ids[i]).version, before.version);
        ck_assert_int_eq(paper_edition(f, ids[i]).version, edition.version);
    }
    stranger_has_no_work(f, person);
}

START_TEST(documents_of_a_section_are_unknown_to_another_section)
{
    struct fixture *f = paper_site(_i);
    int64_t ids[STATIONS] = {0};
    make_stations(f, ids);
    stranger_at(f, "stranger", f->other_section, ids);
}
END_TEST

START_TEST(documents_of_the_bureau_are_unknown_to_a_school)
{
    struct fixture *f = paper_site(_i);
    int64_t ids[STATIONS] = {0};
    make_stations(f, ids);
    stranger_at(f, "stranger", f->school, ids);
}
END_TEST

START_TEST(files_of_a_draft_are_unknown_to_strangers)
{
    struct fixture *f = paper_site(_i);
    static const struct file plan = {.name = S_INIT("名单.pdf"),
        .media_type = S_INIT("application/pdf"),
        .digest = S_INIT("1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
        .size_bytes = 10};
    struct sheet s = {0};
    struct op_done done = {0};
    sheet_put(&s, "title", "关于报送名单的通知");
    sheet_file(&s, &plan);
    ck_assert_well(sheet_run(f, f->author, "document.create", &s, &done));
    struct ctx author = fixture_as(f, f->author);
    struct office_document o = {0};
    struct file file = {0};
    ck_assert_well(document_office_read(&author, done.id, &o));
    ck_assert_well(document_office_file(&author, o.files.v[0].file_id, &file));
    int64_t stranger = holder_of_all(f, "stranger", f->school);
    struct ctx c = fixture_as(f, stranger);
    const struct err *real = document_office_file(&c, o.files.v[0].file_id, &file);
    const struct err *none = document_office_file(&c, NOBODY_HAS_IT, &file);
    ck_assert_refused(real, ERR_UNKNOWN);
    ck_assert_refused(none, ERR_UNKNOWN);
    ck_assert_str_is(real->words, str_z(f->arena, none->words));
}
END_TEST

/* A file of somebody else's draft cannot be taken off through one's own. */
START_TEST(files_are_removed_from_ones_own_draft_only)
{
    struct fixture *f = paper_site(_i);
    static const struct file plan = {.name = S_INIT("名单.pdf"),
        .media_type = S_INIT("application/pdf"),
        .digest = S_INIT("1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"),
        .size_bytes = 10};
    struct sheet s = {0};
    struct op_done done = {0};
    sheet_put(&s, "title", "关于报送名单的通知");
    sheet_file(&s, &plan);
    ck_assert_well(sheet_run(f, f->author, "document.create", &s, &done));
    struct ctx author = fixture_as(f, f->author);
    struct office_document o = {0};
    ck_assert_well(document_office_read(&author, done.id, &o));
    const char *file = str_z(f->arena, str_from_int(f->arena, o.files.v[0].file_id));
    int64_t own = paper_draft(f, f->outsider, NULL);
    ck_assert_well(paper_save(f, f->outsider, own, "remove_file", file, NULL));
    ck_assert_well(document_office_read(&author, done.id, &o));
    ck_assert_uint_eq(o.files.n, 1);
}
END_TEST

void check_cases(TCase *tc)
{
    paper_program();
    tcase_set_timeout(tc, 200);
    on_both_engines(tc, every_operation_by_every_role_is_as_the_grants_say);
    on_both_engines(tc, nobody_without_a_session_does_anything);
    on_both_engines(tc, documents_of_a_section_are_unknown_to_another_section);
    on_both_engines(tc, documents_of_the_bureau_are_unknown_to_a_school);
    on_both_engines(tc, files_of_a_draft_are_unknown_to_strangers);
    on_both_engines(tc, files_are_removed_from_ones_own_draft_only);
}
