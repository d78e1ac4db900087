/*
 * document_import_ops.c: taking over what was published before, from a saved page.
 *
 * The page's own number, dates and moment of posting stay, are marked as imported and never mixed with the program's dates: the
 * moment of the import is the edition's published_ms, the claimed moment is posted_ms. What the page does not say stays missing
 * (ruling 20). The same page twice is one document (import_key).
 */
#include "base/limits.h"
#include "base/rand.h"
#include "base/utf8.h"
#include "cap/document/document_fields.h"
#include "cap/document/document_inside.h"
#include "core/event.h"
#include "core/series.h"
#include "core/setting.h"
#include "core/unit.h"
#include "html/sanitise.h"
#include "intake/page.h"
#include "rules/number.h"

#include "base/ban.h"

static const struct err *root_unit(struct ctx *c, struct unit *root)
{
    struct units all = {0};
    TRY(unit_list(c, &all));
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].above_id == 0) {
            *root = all.v[i];
            return NULL;
        }
    }
    return err_make(c->arena, ERR_NOT_YET, S("还没有建立机构，请先用 gongkai init 或者 gongkai demo 建站。"));
}

static const struct err *unit_of_import(struct ctx *c, struct str name, struct str agency, struct unit *out)
{
    struct unit root = {0};
    TRY(root_unit(c, &root));
    int64_t id = id_make(c->now);
    TRY(q_imported_unit_add(c->tx,
        &(struct q_imported_unit_add_in){.id = id, .above_id = root.unit_id, .name = name, .agency_code = agency, .sort_no = 900000}));
    if (agency.n > 0) {
        TRY(q_imported_unit_alias(c->tx, &(struct q_imported_unit_alias_in){.id = id, .alias = agency}));
    }
    TRY(q_imported_unit_alias(c->tx, &(struct q_imported_unit_alias_in){.id = id, .alias = name}));
    TRY(q_imported_unit_above(c->tx, &(struct q_imported_unit_above_in){.id = id, .above_id = id}));
    TRY(q_imported_unit_above(c->tx, &(struct q_imported_unit_above_in){.id = id, .above_id = root.unit_id}));
    return unit_get(c, id, out);
}

/* By the agency code in the index number, else by alias, else a unit marked as imported. A name that means a unit with another
 * agency code is somebody else's: every district has its 区教育局. */
static const struct err *find_publisher(struct ctx *c, struct str named, const struct index_number *number, struct unit *out)
{
    bool found = false;
    if (number->agency.n > 0) {
        TRY(unit_by_name(c, number->agency, out, &found));
    }
    if (!found && named.n > 0) {
        TRY(unit_by_name(c, named, out, &found));
        found = found && (number->agency.n == 0 || out->agency_code.n == 0 || str_eq(out->agency_code, number->agency));
    }
    return found ? NULL : unit_of_import(c, named.n > 0 ? named : S("未注明发布机构"), number->agency, out);
}

static struct str attribute_value(struct str mark)
{
    for (size_t i = 0; i < sizeof document_attributes / sizeof document_attributes[0]; i++) {
        if (str_eq(mark, str_from(document_attributes[i].label))) {
            return str_from(document_attributes[i].value);
        }
    }
    return S("proactive"); /* it stood on a public page */
}

static struct str kinds_value(struct ctx *c, struct strs labels)
{
    struct buf b = buf_make(c->arena, KIB(1));
    for (size_t i = 0; i < labels.n; i++) {
        for (size_t k = 0; k < sizeof document_interpretations / sizeof document_interpretations[0]; k++) {
            if (str_eq(labels.v[i], str_from(document_interpretations[k].label))) {
                buf_add(&b, b.n > 0 ? S(",") : STR_NONE);
                buf_add(&b, str_from(document_interpretations[k].value));
            }
        }
    }
    return buf_str(&b);
}

/* The page's number beside the series, or one of the «imported» series when it has none. */
static const struct err *import_number(struct ctx *c, const struct imported_page *page, const struct index_number *parsed, int year, struct str *number)
{
    struct str pattern = STR_NONE;
    struct str per_category = STR_NONE;
    TRY(setting_get(c, SETTING_INDEX_PATTERN, &pattern));
    TRY(setting_get(c, SETTING_INDEX_PER_CATEGORY, &per_category));
    if (page->index_number.n > 0) {
        *number = page->index_number;
        if (!index_number_safe(*number)) {
            return err_field(c->arena, S("text"), S("页面上的索引号含有不能用作网址的字符，请核对。"));
        }
        if (parsed->agency.n == 0) {
            return NULL;
        }
        struct series series = {.pattern = pattern,
            .agency = parsed->agency,
            .category = str_eq(per_category, S("1")) ? parsed->category : STR_NONE,
            .year = parsed->year};
        return series_raise(c, &series, parsed->serial);
    }
    struct series series = {.pattern = S("imported"), .agency = S("DR"), .category = STR_NONE, .year = year};
    int64_t serial = 0;
    TRY(series_next(c, &series, &serial));
    *number = str_format(c->arena, "DR-%d-%05lld", year, (long long)serial);
    return NULL;
}

static const struct err *number_is_free(struct ctx *c, struct str number)
{
    struct q_document_id_by_number_row row = {0};
    bool found = false;
    TRY(q_document_id_by_number(c->tx, &(struct q_document_id_by_number_in){.number = number}, &row, &found));
    return !found ? NULL
                  : err_format(c->arena, ERR_CONFLICT, "索引号 %.*s 已经有一份文件，这一份没有导入。", STR_ARG(number));
}

static const struct err *put_page_parts(struct ctx *c, int64_t edition_id, const struct imported_page *page)
{
    struct html body = sanitise(c->arena, blocks_to_html(c->arena, page->body), NULL);
    TRY(q_part_add(c->tx, &(struct q_part_add_in){.edition_id = edition_id, .no = 0, .body = body.safe, .visible = false}));
    for (size_t i = 0; i < page->part_count; i++) {
        struct html part = sanitise(c->arena, blocks_to_html(c->arena, page->parts[i].body), NULL);
        TRY(q_part_add(c->tx, &(struct q_part_add_in){.edition_id = edition_id,
                                  .no = (int64_t)i + 1,
                                  .title = text_shorten(c->arena, page->parts[i].title, LIMIT_TITLE_CHARS),
                                  .body = part.safe,
                                  .visible = false}));
    }
    return NULL;
}

static const struct err *put_page_names(struct ctx *c, int64_t edition_id, const struct imported_page *page)
{
    TRY(document_put_addressees(c, edition_id, str_join(c->arena, page->addressees, S("\n"))));
    return document_put_cc(c, edition_id, str_join(c->arena, page->cc, S("\n")));
}

static const struct err *put_import_files(struct ctx *c, int64_t edition_id, struct files files)
{
    for (size_t i = 0; i < files.n; i++) {
        TRY(q_file_add(c->tx, &(struct q_file_add_in){.file_id = id_make(c->now),
                                  .edition_id = edition_id,
                                  .no = (int64_t)i + 1,
                                  .name = files.v[i].name,
                                  .media_type = files.v[i].media_type,
                                  .digest = files.v[i].digest,
                                  .size_bytes = files.v[i].size_bytes,
                                  .visible = false}));
    }
    return NULL;
}

static const struct err *put_page_edition(struct ctx *c, int64_t document_id, int64_t edition_id, const struct imported_page *page)
{
    struct instant posted = INSTANT_NONE;
    if (date_is(page->posted_on)) {
        int minute = page->posted_minute >= 0 ? page->posted_minute : 0;
        posted = instant_from_civil(page->posted_on, minute / 60, minute % 60, 0);
    }
    return q_edition_add(c->tx, &(struct q_edition_add_in){.id = edition_id,
                                    .document_id = document_id,
                                    .no = 1,
                                    .status = S("published"),
                                    .author_id = 0,
                                    .title = text_shorten(c->arena, page->title, LIMIT_TITLE_CHARS),
                                    .doc_number = page->document_number,
                                    .doc_number_typed = page->document_number_typed,
                                    .remark = page->remark,
                                    .signed_on = page->signed_on,
                                    .printed_on = page->printed_on,
                                    .claimed_on = page->claimed_on,
                                    .sign_office = page->sign_office,
                                    .print_office = page->print_office,
                                    .attribute = attribute_value(page->attribute),
                                    .interpretations = kinds_value(c, page->interpretations),
                                    .valid_to = DATE_NONE,
                                    .sent_to = str_join(c->arena, page->addressees, S("，")),
                                    .copy_to = str_join(c->arena, page->cc, S("，")),
                                    .published_ms = c->now,
                                    .posted_ms = posted,
                                    .posted_exact = page->posted_minute >= 0,
                                    .saved_ms = c->now,
                                    .saved_by = c->actor.person_id});
}

static const struct err *imported_before(struct ctx *c, struct str key, struct op_done *done)
{
    struct q_document_by_import_key_row row = {0};
    bool found = false;
    TRY(q_document_by_import_key(c->tx, &(struct q_document_by_import_key_in){.import_key = key}, &row, &found));
    must(found);
    c->subject = str_format(c->arena, "document:%lld", (long long)row.document_id);
    TRY(event_add(c, S("document.import_repeated"), S("document"), row.document_id, STR_NONE));
    *done = (struct op_done){.id = row.document_id,
        .number = row.index_number,
        .words = S("这一页以前导入过，没有再导入一次。"),
        .location = str_cat(c->arena, S("/d/"), row.index_number)};
    return NULL;
}

static const struct err *choose_category(struct ctx *c, const struct import_input *in, const struct index_number *parsed, struct str *category)
{
    if (in->category.n > 0 && (!index_number_safe(in->category) || str_has(in->category, S("-")))) {
        return err_field(c->arena, S("category"), S("信息类别请填代码（字母和数字），例如 2500。"));
    }
    *category = in->category.n > 0 ? in->category : parsed->category;
    if (category->n > 0) {
        return q_category_add(c->tx, &(struct q_category_add_in){.code = *category, .name = *category, .sort_no = 9000});
    }
    struct q_category_list_rows rows = {0};
    TRY(q_category_list(c->tx, &rows));
    *category = rows.n > 0 ? rows.v[0].code : S("-");
    return NULL;
}

static struct str import_words(struct ctx *c, const struct imported_page *page, struct str number)
{
    struct str words = str_format(c->arena, "已导入：%.*s（索引号 %.*s）。", STR_ARG(page->title), STR_ARG(number));
    if (page->notes.n > 0) {
        words = str_format(c->arena, "%.*s提示：%.*s", STR_ARG(words), STR_ARG(str_join(c->arena, page->notes, S("；"))));
    }
    return words;
}

const struct err *document_import(struct ctx *c, const struct import_input *in, struct op_done *done)
{
    struct imported_page page = {0};
    TRY(page_import(c->arena, in->text, &page));
    if (page.title.n == 0) {
        return err_field(c->arena, S("text"), S("没有找到标题，不能导入，请核对这一页的文本。"));
    }

    struct str pattern = STR_NONE;
    TRY(setting_get(c, SETTING_INDEX_PATTERN, &pattern));
    struct index_number parsed = {0};
    if (!index_number_parse(c->arena, pattern, page.index_number, &parsed)) {
        parsed = (struct index_number){0};
    }
    struct unit publisher = {0};
    TRY(find_publisher(c, in->publisher.n > 0 ? in->publisher : page.publisher, &parsed, &publisher));
    TRY(may_require_in(c, &MAY_DOCUMENT_IMPORT, publisher.unit_id));
    struct str category = STR_NONE;
    TRY(choose_category(c, in, &parsed, &category));

    struct str key = sha256_hex(c->arena, sha256_of(in->text));
    int64_t document_id = id_make(c->now);
    int64_t edition_id = id_make(c->now);
    int64_t changed = 0;
    TRY(q_document_add(c->tx, &(struct q_document_add_in){.id = document_id,
                                  .unit_id = publisher.unit_id,
                                  .publisher_id = publisher.unit_id,
                                  .author_id = 0,
                                  .origin = S("imported"),
                                  .status = S("working"),
                                  .category = category,
                                  .edition_id = edition_id,
                                  .import_key = key,
                                  .created_ms = c->now}, &changed));
    if (changed == 0) {
        return imported_before(c, key, done);
    }
    TRY(put_page_edition(c, document_id, edition_id, &page));
    TRY(put_page_parts(c, edition_id, &page));
    TRY(put_page_names(c, edition_id, &page));
    TRY(put_import_files(c, edition_id, in->files));

    struct str which = STR_NONE;
    struct date formed = formed_on(page.printed_on, page.signed_on, &which);
    struct str number = STR_NONE;
    TRY(import_number(c, &page, &parsed, date_year(date_is(formed) ? formed : c->today), &number));
    TRY(number_is_free(c, number));
    struct loaded l = {0};
    TRY(document_load_any(c, document_id, &l));
    l.d.index_number = number;
    TRY(document_go_public(c, &l, c->now, &number));
    c->subject = str_format(c->arena, "document:%lld", (long long)document_id);
    TRY(event_add(c, S("document.imported"), S("document"), document_id, STR_NONE));
    *done = (struct op_done){.id = document_id,
        .version = 1,
        .number = number,
        .words = import_words(c, &page, number),
        .location = str_cat(c->arena, S("/d/"), number)};
    return NULL;
}
