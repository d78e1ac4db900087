/*
 * document_public_reads.c: the public side's reads, through pub_* views only. What is hidden is hidden because this door does not
 * lead there; hidden and non-existent take the same statements and give the same answer.
 */
#include "base/limits.h"
#include "base/vec.h"
#include "cap/document/document_reads.h"
#include "document_sql.h"
#include "html/sanitise.h"

#include "base/ban.h"

#define LABEL(table, value) document_choice_label(table, sizeof(table) / sizeof((table)[0]), value)

static const struct err *not_here(struct ctx *c)
{
    return err_make(c->arena, ERR_UNKNOWN, S("没有找到这个页面。"));
}

struct str document_size_label(struct arena *into, int64_t bytes)
{
    if (bytes < 1024 * 1024) {
        return str_format(into, "%lld KB", (long long)((bytes + 1023) / 1024));
    }
    return str_format(into, "%.1f MB", (double)bytes / (1024.0 * 1024.0));
}

struct str document_kind_label(struct arena *into, struct str name)
{
    ptrdiff_t dot = -1;
    for (ptrdiff_t at = str_find_byte(name, '.', 0); at >= 0; at = str_find_byte(name, '.', (size_t)at + 1)) {
        dot = at;
    }
    struct str ending = dot >= 0 ? str_skip(name, (size_t)dot + 1) : STR_NONE;
    struct str upper = str_dup(into, str_lower(into, ending));
    char *p = arena_alloc(into, upper.n);
    for (size_t i = 0; i < upper.n; i++) {
        p[i] = (char)(upper.p[i] >= 'a' && upper.p[i] <= 'z' ? upper.p[i] - 'a' + 'A' : upper.p[i]);
    }
    return upper.n > 0 && upper.n <= 5 ? str_make(p, upper.n) : S("文件");
}

static struct str exact_moment(struct ctx *c, struct instant t, bool exact)
{
    return exact ? instant_minute(c->arena, t) : date_iso(c->arena, instant_date(t));
}

struct str clock_words(struct arena *into, const struct publish_clock *clock)
{
    if (!clock->known) {
        return clock->why_unknown;
    }
    struct str last = date_chinese(into, clock->reckoning.last_day);
    const char *unsure = clock->reckoning.provisional ? "（节假日安排还没有公布，暂按周末推算）" : "";
    int term = clock->reckoning.term.count;
    if (date_is(clock->published)) {
        return str_format(into, "第 %d 个工作日发布，期限 %d 个工作日（%.*s前）%s%s", clock->workday_no, term, STR_ARG(last), unsure,
            clock->late ? "，已超期" : "");
    }
    if (clock->late) {
        return str_format(into, "公开期限 %.*s，已超期，今天是第 %d 个工作日%s", STR_ARG(last), clock->workday_no, unsure);
    }
    return str_format(into, "公开期限 %.*s，今天是第 %d 个工作日，期限 %d 个工作日%s", STR_ARG(last), clock->workday_no, term, unsure);
}

struct ask {
    struct str number, digest, name;
    int edition_no;
    struct public_document *out;
    const struct list_filter *filter;
    size_t most;
    bool facets;
    struct public_list *list;
    struct file *file;
};

static const struct err *read_parts(struct ctx *c, int64_t edition_id, struct parts_view *out)
{
    struct q_public_parts_rows rows = {0};
    TRY(q_public_parts(c->tx, &(struct q_public_parts_in){.edition_id = edition_id}, &rows));
    struct part_view *v = arena_many(c->arena, rows.n, struct part_view);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct part_view){.no = (int)rows.v[i].no, .title = rows.v[i].title, .body = html_from_store(rows.v[i].body)};
    }
    *out = (struct parts_view){v, rows.n};
    return NULL;
}

static const struct err *read_files(struct ctx *c, int64_t edition_id, struct files_view *out)
{
    struct q_public_files_rows rows = {0};
    TRY(q_public_files(c->tx, &(struct q_public_files_in){.edition_id = edition_id}, &rows));
    struct file_view *v = arena_many(c->arena, rows.n, struct file_view);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct file_view){.file_id = rows.v[i].file_id,
            .name = rows.v[i].name,
            .media_type = rows.v[i].media_type,
            .digest = rows.v[i].digest,
            .kind_label = document_kind_label(c->arena, rows.v[i].name),
            .size_label = document_size_label(c->arena, rows.v[i].size_bytes),
            .size_bytes = rows.v[i].size_bytes};
    }
    *out = (struct files_view){v, rows.n};
    return NULL;
}

static const struct err *read_editions(struct ctx *c, struct public_document *d)
{
    struct q_public_editions_rows rows = {0};
    TRY(q_public_editions(c->tx, &(struct q_public_editions_in){.document_id = d->document_id}, &rows));
    struct edition_line *v = arena_many(c->arena, rows.n, struct edition_line);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct edition_line){.no = (int)rows.v[i].no,
            .title = rows.v[i].title,
            .change_label = LABEL(document_change_kinds, rows.v[i].change_kind),
            .change_reason = rows.v[i].change_reason,
            .at = rows.v[i].no == 1 && instant_is(rows.v[i].posted_ms) ? rows.v[i].posted_ms : rows.v[i].published_ms,
            .is_public = str_eq(rows.v[i].status, S("published")),
            .here = rows.v[i].no == d->edition_no};
    }
    d->editions = (struct edition_lines){v, rows.n};
    return NULL;
}

static const struct err *read_links(struct ctx *c, int64_t replaced_by_id, struct public_document *d)
{
    struct q_public_replaced_rows rows = {0};
    TRY(q_public_replaced(c->tx, &(struct q_public_replaced_in){.document_id = d->document_id}, &rows));
    struct link_view *v = arena_many(c->arena, rows.n, struct link_view);
    for (size_t i = 0; i < rows.n; i++) {
        v[i] = (struct link_view){rows.v[i].index_number, rows.v[i].title, rows.v[i].doc_number};
    }
    d->replaced = (struct links_view){v, rows.n};
    if (replaced_by_id != 0) {
        struct q_public_document_by_id_row by = {0};
        bool found = false;
        TRY(q_public_document_by_id(c->tx, &(struct q_public_document_by_id_in){.id = replaced_by_id}, &by, &found));
        if (found) {
            d->replaced_by = (struct link_view){by.index_number, by.title, by.doc_number};
        }
    }
    return NULL;
}

static struct strs interpretation_labels(struct ctx *c, struct str stored)
{
    struct {
        struct str *v;
        size_t n, cap;
    } list = {0};
    struct str rest = stored;
    struct str one = STR_NONE;
    while (stored.n > 0 && str_next(&rest, ',', &one)) {
        *vec_add(c->arena, &list) = LABEL(document_interpretations, one);
    }
    return (struct strs){list.v, list.n};
}

static void fill_document(struct ctx *c, const struct q_public_document_row *d, struct public_document *out)
{
    *out = (struct public_document){
        .document_id = d->document_id,
        .withdrawn = str_eq(d->status, S("withdrawn")),
        .withdrawn_label = LABEL(document_withdraw_kinds, d->withdrawn_kind),
        .withdrawn_reason = d->withdrawn_reason,
        .withdrawn_title = d->withdrawn_title,
        .withdrawn_at = d->withdrawn_ms,
        .number = d->index_number,
        .category = d->category,
        .category_name = d->category_name.n > 0 ? d->category_name : d->category,
        .publisher = d->publisher,
        .publisher_short = d->publisher_short,
        .publisher_id = d->publisher_id,
        .section = d->unit_name,
        .section_phone = d->unit_phone,
        .imported = str_eq(d->origin, S("imported")),
        .validity = d->validity,
        .validity_label = LABEL(document_validities, d->validity),
        .validity_reason = d->validity_reason,
        .valid_to = d->valid_to,
        .in_force = str_eq(d->validity, S("in_force")),
    };
    /* Validity that has run out needs nobody's hand. */
    if (out->in_force && date_is(d->valid_to) && date_before(d->valid_to, c->today)) {
        out->in_force = false;
        out->validity = S("expired");
        out->validity_label = S("已失效");
        out->validity_reason = str_format(c->arena, "有效期至 %.*s。", STR_ARG(date_chinese(c->arena, d->valid_to)));
    }
}

static void fill_edition(struct ctx *c, const struct q_public_edition_row *e, struct public_document *out)
{
    out->edition_no = (int)e->no;
    out->current = str_eq(e->status, S("published"));
    out->title = e->title;
    out->doc_number = e->doc_number;
    out->remark = e->remark;
    out->theme = e->theme;
    out->signed_on = e->signed_on;
    out->printed_on = e->printed_on;
    out->claimed_on = e->claimed_on;
    out->sign_office = e->sign_office;
    out->print_office = e->print_office;
    out->sent_to = e->sent_to;
    out->copy_to = e->copy_to;
    out->attribute_label = LABEL(document_attributes, e->attribute);
    out->basis = e->basis;
    out->stage_label = e->stage.n > 0 ? LABEL(document_stages, e->stage) : STR_NONE;
    out->summary = e->summary;
    out->keywords = e->keywords;
    out->interpretation_labels = interpretation_labels(c, e->interpretations);
    out->published = e->published_ms;
    out->posted = e->posted_ms;
    out->posted_exact = e->posted_exact;
    out->late_reason = e->late_reason;
    out->emergency = instant_is(e->emergency_ms);
    out->change_label = LABEL(document_change_kinds, e->change_kind);
    out->change_reason = e->change_reason;
}

static void fill_moment(struct ctx *c, struct instant first_published, struct public_document *out)
{
    struct instant shown = instant_is(out->posted) ? out->posted : out->published;
    bool exact = instant_is(out->posted) ? out->posted_exact : true;
    if (out->imported && !instant_is(out->posted)) {
        out->shown_text = S("原页面没有注明");
    } else {
        out->shown_text = exact_moment(c, shown, exact);
        out->pub_date = instant_minute(c->arena, shown);
    }
    struct date published_on = DATE_NONE;
    if (out->imported) {
        published_on = instant_is(out->posted) ? instant_date(out->posted) : DATE_NONE;
    } else if (instant_is(first_published)) {
        published_on = instant_date(first_published);
    }
    edition_clock(c, out->printed_on, out->signed_on, published_on, &out->clock);
    if (out->imported && !date_is(published_on)) {
        out->clock.known = false;
        out->clock.why_unknown = S("原页面没有注明发布时间，无法核算公开时限。");
    }
    out->clock_words = clock_words(c->arena, &out->clock);
}

static const struct err *public_read(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct q_public_document_row d = {0};
    bool found = false;
    TRY(q_public_document(c->tx, &(struct q_public_document_in){.number = a->number}, &d, &found));
    if (!found) {
        return not_here(c);
    }
    fill_document(c, &d, a->out);
    if (a->out->withdrawn) {
        return NULL;
    }
    struct q_public_edition_row e = {0};
    bool current = a->edition_no == 0;
    TRY(q_public_edition(c->tx, &(struct q_public_edition_in){.document_id = d.document_id,
                                    .edition_id = current ? d.edition_id : 0,
                                    .no = current ? INT_NONE : a->edition_no}, &e, &found));
    if (!found) {
        return not_here(c);
    }
    fill_edition(c, &e, a->out);
    fill_moment(c, d.first_published_ms, a->out);
    TRY(read_parts(c, e.edition_id, &a->out->parts));
    TRY(read_files(c, e.edition_id, &a->out->files));
    TRY(read_editions(c, a->out));
    return read_links(c, d.replaced_by_id, a->out);
}

const struct err *document_public_read(struct ctx *c, struct str number, int edition_no, struct public_document *out)
{
    struct ask a = {.number = number, .edition_no = edition_no, .out = out};
    return ctx_read(c, AUDIENCE_PUBLIC, public_read, &a);
}

/* ---- lists ---- */

/* The five list statements give the same columns in structs of their own; this takes one row of any of them. */
#define TAKE_LINES(rows)                                                                           \
    for (size_t i = 0; i < (rows).n; i++) {                                                        \
        add_line(c, (rows).v[i].index_number, (rows).v[i].title, (rows).v[i].doc_number,        \
            (rows).v[i].publisher, (rows).v[i].shown_ms, (rows).v[i].document_id,                  \
            (rows).v[i].signed_on,                                                                 \
            (rows).v[i].validity, (rows).v[i].valid_to, (rows).v[i].origin, &lines);               \
    }

struct line_list {
    struct list_line *v;
    size_t n, cap;
};

static void add_line(struct ctx *c, struct str number, struct str title, struct str doc_number,
    struct str publisher, struct instant shown, int64_t id, struct date signed_on, struct str validity, struct date valid_to, struct str origin,
    struct line_list *lines)
{
    bool expired = str_eq(validity, S("in_force")) && date_is(valid_to) && date_before(valid_to, c->today);
    *vec_add(c->arena, lines) = (struct list_line){.number = number,
        .title = title,
        .doc_number = doc_number,
        .publisher = publisher,
        .shown = shown,
        .shown_on = instant_date(shown),
        .document_id = id,
        .signed_on = signed_on,
        .validity_label = expired ? S("已失效") : LABEL(document_validities, validity),
        .in_force = str_eq(validity, S("in_force")) && !expired,
        .imported = str_eq(origin, S("imported"))};
}

static const struct err *list_lines(struct ctx *c, struct ask *a)
{
    const struct list_filter *f = a->filter;
    struct instant before = f->before_id != 0 ? f->before_ms : (struct instant){INT64_MAX};
    int64_t before_id = f->before_id != 0 ? f->before_id : INT64_MAX;
    int64_t most = (int64_t)a->most + 1;
    struct line_list lines = {0};
    int filters = (f->publisher_id != 0) + (f->category.n > 0) + (f->year != 0);
    if (filters == 0) {
        struct q_public_list_latest_rows rows = {0};
        TRY(q_public_list_latest(c->tx, &(struct q_public_list_latest_in){before, before_id, most}, &rows));
        TAKE_LINES(rows);
    } else if (filters == 1 && f->publisher_id != 0) {
        struct q_public_list_by_publisher_rows rows = {0};
        TRY(q_public_list_by_publisher(c->tx,
            &(struct q_public_list_by_publisher_in){f->publisher_id, before, before_id, most}, &rows));
        TAKE_LINES(rows);
    } else if (filters == 1 && f->category.n > 0) {
        struct q_public_list_by_category_rows rows = {0};
        TRY(q_public_list_by_category(c->tx, &(struct q_public_list_by_category_in){f->category, before, before_id, most}, &rows));
        TAKE_LINES(rows);
    } else if (filters == 1) {
        struct q_public_list_by_year_rows rows = {0};
        TRY(q_public_list_by_year(c->tx, &(struct q_public_list_by_year_in){f->year, before, before_id, most}, &rows));
        TAKE_LINES(rows);
    } else {
        struct q_public_list_filtered_rows rows = {0};
        TRY(q_public_list_filtered(c->tx, &(struct q_public_list_filtered_in){f->publisher_id, f->category,
                                              f->year != 0 ? f->year : INT_NONE, before, before_id, most}, &rows));
        TAKE_LINES(rows);
    }
    bool more = lines.n > a->most;
    a->list->lines = (struct list_lines){lines.v, more ? a->most : lines.n, more};
    return NULL;
}

static const struct err *list_facets(struct ctx *c, struct public_list *out)
{
    struct q_public_years_rows years = {0};
    TRY(q_public_years(c->tx, &years));
    struct name_value *y = arena_many(c->arena, years.n, struct name_value);
    for (size_t i = 0; i < years.n; i++) {
        struct str text = str_from_int(c->arena, years.v[i].yr);
        y[i] = (struct name_value){.value = text, .label = str_cat(c->arena, text, S("年")), .n = years.v[i].n};
    }
    out->years = (struct name_values){y, years.n};

    struct q_public_categories_rows categories = {0};
    TRY(q_public_categories(c->tx, &categories));
    struct name_value *k = arena_many(c->arena, categories.n, struct name_value);
    for (size_t i = 0; i < categories.n; i++) {
        k[i] = (struct name_value){.value = categories.v[i].code, .label = categories.v[i].name};
    }
    out->categories = (struct name_values){k, categories.n};

    struct q_public_publishers_rows publishers = {0};
    TRY(q_public_publishers(c->tx, &publishers));
    struct name_value *p = arena_many(c->arena, publishers.n, struct name_value);
    for (size_t i = 0; i < publishers.n; i++) {
        p[i] = (struct name_value){.value = str_from_int(c->arena, publishers.v[i].unit_id), .label = publishers.v[i].name};
    }
    out->publishers = (struct name_values){p, publishers.n};
    return NULL;
}

static const struct err *public_list(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    const struct list_filter *f = a->filter;
    TRY(list_lines(c, a));
    struct q_public_count_row count = {0};
    bool found = false;
    TRY(q_public_count(c->tx, &(struct q_public_count_in){.publisher_id = f->publisher_id,
                                  .category = f->category,
                                  .yr = f->year != 0 ? f->year : INT_NONE}, &count, &found));
    a->list->total = count.n;
    return a->facets ? list_facets(c, a->list) : NULL;
}

const struct err *document_public_list(struct ctx *c, const struct list_filter *f, size_t most, bool facets, struct public_list *out)
{
    struct ask a = {.filter = f, .most = most, .facets = facets, .list = out};
    return ctx_read(c, AUDIENCE_PUBLIC, public_list, &a);
}

static const struct err *public_file(struct ctx *c, void *arg)
{
    struct ask *a = arg;
    struct q_public_file_row row = {0};
    bool found = false;
    TRY(q_public_file(c->tx, &(struct q_public_file_in){.digest = a->digest, .name = a->name}, &row, &found));
    if (!found) {
        return not_here(c);
    }
    *a->file = (struct file){.name = row.name, .media_type = row.media_type, .digest = row.digest, .size_bytes = row.size_bytes};
    return NULL;
}

const struct err *document_public_file(struct ctx *c, struct str digest, struct str name, struct file *out)
{
    struct ask a = {.digest = digest, .name = name, .file = out};
    return ctx_read(c, AUDIENCE_PUBLIC, public_file, &a);
}
