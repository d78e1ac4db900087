/*
 * paper.c: see paper.h.
 */
#include "paper.h"

#include "base/buf.h"
#include "base/limits.h"
#include "rules/number.h"
#include "web/server.h"

#include <stdarg.h>

#include "base/ban.h"

void paper_program(void)
{
    web_register();
    registry_set(capability_list());
}

/* ---- input ---- */

void sheet_put(struct sheet *s, const char *name, const char *text)
{
    must(s->n < PAPER_FIELDS);
    s->v[s->n++] = (struct value){.name = str_from(name), .text = str_from(text)};
}

void sheet_default(struct sheet *s, const char *name, const char *text)
{
    struct values have = {s->v, s->n};
    if (!values_has(&have, str_from(name))) {
        sheet_put(s, name, text);
    }
}

void sheet_id(struct fixture *f, struct sheet *s, const char *name, int64_t id)
{
    sheet_put(s, name, str_z(f->arena, str_from_int(f->arena, id)));
}

void sheet_file(struct sheet *s, const struct file *file)
{
    must(s->n < PAPER_FIELDS);
    s->v[s->n++] = (struct value){.name = S("files"), .text = file->name, .file = file};
}

static void sheet_pairs(struct sheet *s, va_list args)
{
    for (const char *name = va_arg(args, const char *); name != NULL;
         name = va_arg(args, const char *)) {
        sheet_put(s, name, va_arg(args, const char *));
    }
}

const struct err *sheet_run(struct fixture *f, int64_t person, const char *op_name,
    const struct sheet *s, struct op_done *done)
{
    struct op_done unused = {0};
    struct ctx c = fixture_as(f, person);
    const struct op *op = registry_op(str_from(op_name));
    ck_assert_msg(op != NULL, "no operation is called %s", op_name);
    struct values values = {s->v, s->n};
    return op_run(&c, op, &values, STR_NONE, done != NULL ? done : &unused);
}

/* ---- the site ---- */

static struct date since(void)
{
    struct date day = DATE_NONE;
    must(date_from_ymd(2020, 1, 1, &day));
    return day;
}

struct fixture *paper_site(int engine)
{
    struct fixture *f = fixture_open(engine);
    f->site.seal_key = f->site.token_key;
    return f;
}

int64_t paper_holder(struct fixture *f, const char *login, const char *role, int64_t unit_id)
{
    int64_t person = fixture_person(f, login, login, unit_id);
    fixture_hold(f, person, role, unit_id, since(), DATE_NONE);
    return person;
}

struct setting_wanted {
    enum setting what;
    struct str value;
};

static const struct err *put_setting(struct ctx *c, void *arg)
{
    const struct setting_wanted *w = arg;
    return setting_put(c, w->what, w->value);
}

void paper_setting(struct fixture *f, enum setting what, const char *value)
{
    struct ctx c = fixture_system(f);
    struct setting_wanted w = {what, str_from(value)};
    ck_assert_well(ctx_write(&c, AUDIENCE_SYSTEM, put_setting, &w));
}

/* ---- acts ---- */

static void put_standard(struct sheet *s)
{
    sheet_default(s, "title", "关于做好暑期学生安全教育工作的通知");
    sheet_default(s, "category", "2500");
    sheet_default(s, "signed_on", "2026-07-20");
    sheet_default(s, "attribute", "proactive");
    sheet_default(s, "body", "<p>各校应当在放假前对学生进行一次安全教育，并告知家长。</p>");
}

const struct err *paper_draft_try(struct fixture *f, int64_t person, struct op_done *done, ...)
{
    struct sheet s = {0};
    va_list args;
    va_start(args, done);
    sheet_pairs(&s, args);
    va_end(args);
    put_standard(&s);
    return sheet_run(f, person, "document.create", &s, done);
}

static int64_t draft_v(struct fixture *f, int64_t person, va_list args)
{
    struct sheet s = {0};
    struct op_done done = {0};
    sheet_pairs(&s, args);
    put_standard(&s);
    ck_assert_well(sheet_run(f, person, "document.create", &s, &done));
    ck_assert_int_ne(done.id, 0);
    return done.id;
}

int64_t paper_draft(struct fixture *f, int64_t person, ...)
{
    va_list args;
    va_start(args, person);
    int64_t id = draft_v(f, person, args);
    va_end(args);
    return id;
}

static const struct err *do_v(
    struct fixture *f, int64_t person, const char *op, int64_t id, va_list args)
{
    struct sheet s = {0};
    sheet_pairs(&s, args);
    sheet_id(f, &s, "id", id);
    sheet_id(f, &s, "version", paper_edition(f, id).version);
    return sheet_run(f, person, op, &s, NULL);
}

const struct err *paper_do(struct fixture *f, int64_t person, const char *op, int64_t id, ...)
{
    va_list args;
    va_start(args, id);
    const struct err *e = do_v(f, person, op, id, args);
    va_end(args);
    return e;
}

const struct err *paper_save(struct fixture *f, int64_t person, int64_t id, ...)
{
    struct sheet s = {0};
    va_list args;
    va_start(args, id);
    sheet_pairs(&s, args);
    va_end(args);
    sheet_id(f, &s, "id", id);
    sheet_id(f, &s, "version", paper_edition(f, id).version);
    put_standard(&s);
    return sheet_run(f, person, "document.save", &s, NULL);
}

const struct err *paper_submit(struct fixture *f, int64_t person, int64_t id)
{
    return paper_do(f, person, "document.submit", id, NULL);
}

static const struct err *conclude_v(
    struct fixture *f, int64_t person, const char *op, int64_t id, int no, va_list args)
{
    struct q_paper_case_row k = paper_case(f, id);
    struct sheet s = {0};
    sheet_pairs(&s, args);
    sheet_id(f, &s, "id", k.case_id);
    sheet_id(f, &s, "version", k.version);
    sheet_id(f, &s, "no", no);
    sheet_default(&s, "verdict", "pass");
    sheet_default(&s, "secrecy", "open");
    sheet_default(&s, "proof_done", "1");
    return sheet_run(f, person, op, &s, NULL);
}

const struct err *paper_conclude(struct fixture *f, int64_t person, int64_t id, ...)
{
    va_list args;
    va_start(args, id);
    const struct err *e = conclude_v(f, person, "review.conclude", id, 0, args);
    va_end(args);
    return e;
}

const struct err *paper_catch_up(struct fixture *f, int64_t person, int64_t id, int no, ...)
{
    va_list args;
    va_start(args, no);
    const struct err *e = conclude_v(f, person, "review.catch_up", id, no, args);
    va_end(args);
    return e;
}

void paper_pass_to(struct fixture *f, int64_t id, int levels)
{
    const int64_t hands[] = {f->head, f->officer, f->secrecy, f->leader};
    for (int i = 0; i < levels; i++) {
        ck_assert_well(paper_conclude(f, hands[i], id, NULL));
    }
}

void paper_pass_all(struct fixture *f, int64_t id)
{
    paper_pass_to(f, id, 4);
}

const struct err *paper_publish(struct fixture *f, int64_t person, int64_t id, ...)
{
    va_list args;
    va_start(args, id);
    const struct err *e = do_v(f, person, "document.publish", id, args);
    va_end(args);
    return e;
}

static int64_t approved_v(struct fixture *f, va_list args)
{
    int64_t id = draft_v(f, f->author, args);
    ck_assert_well(paper_submit(f, f->author, id));
    paper_pass_all(f, id);
    return id;
}

int64_t paper_approved(struct fixture *f, ...)
{
    va_list args;
    va_start(args, f);
    int64_t id = approved_v(f, args);
    va_end(args);
    return id;
}

int64_t paper_published(struct fixture *f, ...)
{
    va_list args;
    va_start(args, f);
    int64_t id = approved_v(f, args);
    va_end(args);
    ck_assert_well(paper_publish(f, f->officer, id, "late_reason", "核定文件比往年晚到。", NULL));
    return id;
}

/* ---- behind the scenes ---- */

/* One statement by id in a transaction of the program. */
struct look {
    int64_t id;
    void *out;
};

#define LOOK_ONE(function, statement, field)                                                       \
    static const struct err *function##_tx(struct ctx *c, void *arg)                               \
    {                                                                                              \
        struct look *look = arg;                                                                   \
        bool found = false;                                                                        \
        TRY(q_##statement(                                                                         \
            c->tx, &(struct q_##statement##_in){.field = look->id}, look->out, &found));           \
        ck_assert_msg(found, "%s: nothing with id %lld", #statement, (long long)look->id);         \
        return NULL;                                                                               \
    }                                                                                              \
    struct q_##statement##_row function(struct fixture *f, int64_t id)                             \
    {                                                                                              \
        struct q_##statement##_row row = {0};                                                      \
        struct look look = {id, &row};                                                             \
        struct ctx c = fixture_system(f);                                                          \
        ck_assert_well(ctx_read(&c, AUDIENCE_SYSTEM, function##_tx, &look));                       \
        return row;                                                                                \
    }

#define LOOK_MANY(function, statement, field)                                                      \
    static const struct err *function##_tx(struct ctx *c, void *arg)                               \
    {                                                                                              \
        struct look *look = arg;                                                                   \
        return q_##statement(c->tx, &(struct q_##statement##_in){.field = look->id}, look->out);   \
    }                                                                                              \
    static struct q_##statement##_rows function(struct fixture *f, int64_t id)                     \
    {                                                                                              \
        struct q_##statement##_rows rows = {0};                                                    \
        struct look look = {id, &rows};                                                            \
        struct ctx c = fixture_system(f);                                                          \
        ck_assert_well(ctx_read(&c, AUDIENCE_SYSTEM, function##_tx, &look));                       \
        return rows;                                                                               \
    }

LOOK_ONE(paper_document, paper_document, id)
LOOK_ONE(paper_edition, paper_edition, id)
LOOK_ONE(paper_case, paper_case, document_id)
LOOK_MANY(steps_of, paper_steps, case_id)
LOOK_MANY(events_of, paper_events, id)
LOOK_MANY(editions_of, paper_editions, id)

struct q_paper_steps_rows paper_steps(struct fixture *f, int64_t id)
{
    return steps_of(f, paper_case(f, id).case_id);
}

struct str paper_events(struct fixture *f, int64_t id)
{
    struct q_paper_events_rows rows = events_of(f, id);
    struct buf b = buf_make(f->arena, KIB(16));
    for (size_t i = 0; i < rows.n; i++) {
        struct str kind = rows.v[i].kind;
        kind = str_starts(kind, S("document.")) ? str_skip(kind, S("document.").n) : kind;
        buf_format(&b, "%s%.*s", i > 0 ? " " : "", STR_ARG(kind));
    }
    return buf_str(&b);
}

struct str paper_editions(struct fixture *f, int64_t id)
{
    struct q_paper_editions_rows rows = editions_of(f, id);
    struct buf b = buf_make(f->arena, KIB(4));
    for (size_t i = 0; i < rows.n; i++) {
        buf_format(&b, "%s%lld:%.*s", i > 0 ? " " : "", (long long)rows.v[i].no,
            STR_ARG(rows.v[i].status));
    }
    return buf_str(&b);
}

struct str paper_number(struct fixture *f, int64_t id)
{
    return paper_document(f, id).index_number;
}

struct case_look {
    int64_t case_id;
    struct review_case_view *k;
    struct review_diff *diff;
};

static const struct err *look_at_case(struct ctx *c, void *arg)
{
    struct case_look *look = arg;
    TRY(review_case_read(c, look->case_id, look->k));
    return look->diff != NULL ? review_diff_read(c, look->k, look->diff) : NULL;
}

const struct err *paper_case_view(struct fixture *f, int64_t person, int64_t id,
    struct review_case_view *k, struct review_diff *diff)
{
    struct ctx c = fixture_as(f, person);
    struct case_look look = {paper_case(f, id).case_id, k, diff};
    *k = (struct review_case_view){0};
    return ctx_read(&c, AUDIENCE_STAFF, look_at_case, &look);
}

struct whole {
    struct q_paper_half_done_row half;
    struct q_paper_tally_wrong_row tally;
    struct q_paper_numbers_rows numbers;
    struct q_paper_series_rows series;
};

static const struct err *look_whole(struct ctx *c, void *arg)
{
    struct whole *w = arg;
    bool found = false;
    TRY(q_paper_half_done(c->tx, &w->half, &found));
    TRY(q_paper_tally_wrong(c->tx, &w->tally, &found));
    TRY(q_paper_numbers(c->tx, &w->numbers));
    return q_paper_series(c->tx, &w->series);
}

/* Of that series? Then its serial. Numbers that imports brought are read by the same pattern; those
 * that imports were given begin with DR. */
static bool serial_of(
    struct fixture *f, const struct q_paper_series_row *s, struct str number, int64_t *serial)
{
    struct index_number n = {0};
    if (str_eq(s->pattern, S("imported"))) {
        struct str prefix = str_format(f->arena, "DR-%lld-", (long long)s->yr);
        return str_starts(number, prefix) && str_to_int(str_skip(number, prefix.n), serial);
    }
    if (str_starts(number, S("DR-"))) {
        return false;
    }
    ck_assert(index_number_parse(f->arena, s->pattern, number, &n));
    *serial = n.serial;
    bool all = str_eq(s->category, S("-"));
    return str_eq(n.agency, s->agency) && (all || str_eq(n.category, s->category)) &&
           n.year == s->yr;
}

/* Every number from 1 to the last of a series is there once. */
static void series_is_gapless(struct fixture *f, const struct q_paper_series_row *s,
    const struct q_paper_numbers_rows *numbers)
{
    int64_t found = 0;
    for (size_t i = 0; i < numbers->n; i++) {
        int64_t serial = 0;
        if (serial_of(f, s, numbers->v[i].index_number, &serial)) {
            found++;
            ck_assert_int_le(serial, s->last_no);
            ck_assert_int_ge(serial, 1);
        }
    }
    ck_assert_msg(found == s->last_no, "%.*s-%.*s-%lld: %lld numbers, the last is %lld",
        STR_ARG(s->agency), STR_ARG(s->category), (long long)s->yr, (long long)found,
        (long long)s->last_no);
}

static struct whole look_for_halves(struct fixture *f)
{
    struct whole w = {0};
    struct ctx c = fixture_system(f);
    ck_assert_well(ctx_read(&c, AUDIENCE_SYSTEM, look_whole, &w));
    ck_assert_int_eq(w.half.n, 0);
    ck_assert_int_eq(w.tally.n, 0);
    for (size_t i = 1; i < w.numbers.n; i++) {
        ck_assert(!str_eq(w.numbers.v[i].index_number, w.numbers.v[i - 1].index_number));
    }
    return w;
}

void paper_whole(struct fixture *f)
{
    struct whole w = look_for_halves(f);
    for (size_t i = 0; i < w.series.n; i++) {
        series_is_gapless(f, &w.series.v[i], &w.numbers);
    }
}

void paper_whole_imported(struct fixture *f)
{
    (void)look_for_halves(f);
}

/* ---- the citizen ---- */

struct ctx paper_citizen(struct fixture *f)
{
    struct ctx c = fixture_as(f, 0);
    c.db = fixture_connect(f, f->arena, DOOR_PUBLIC);
    return c;
}

const struct err *paper_read(
    struct fixture *f, struct str number, int edition_no, struct public_document *out)
{
    struct ctx c = paper_citizen(f);
    *out = (struct public_document){0};
    return document_public_read(&c, number, edition_no, out);
}

struct public_document paper_page(struct fixture *f, struct str number)
{
    struct public_document d = {0};
    ck_assert_well(paper_read(f, number, 0, &d));
    return d;
}

/* ---- errors ---- */

struct str fault_fields(struct arena *into, const struct err *e)
{
    struct buf b = buf_make(into, KIB(4));
    for (size_t i = 0; e != NULL && i < e->faults.n; i++) {
        buf_format(&b, "%s%.*s", i > 0 ? " " : "", STR_ARG(e->faults.v[i].field));
    }
    return buf_str(&b);
}

bool fault_has(const struct err *e, const char *words)
{
    if (e == NULL) {
        return false;
    }
    bool has = str_has(e->words, str_from(words));
    for (size_t i = 0; i < e->faults.n; i++) {
        has = has || str_has(e->faults.v[i].words, str_from(words));
    }
    return has;
}
