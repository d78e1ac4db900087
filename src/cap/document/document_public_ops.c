/*
 * document_public_ops.c: the hard moment. What publication writes, in the transaction of publication: number, visibility, the
 * editions before, tally, readers and copies. Used by publish, emergency publication and import.
 */
#include "base/rand.h"
#include "cap/document/document_inside.h"
#include "core/event.h"
#include "core/series.h"
#include "core/setting.h"
#include "core/unit.h"
#include "rules/number.h"

#include "base/ban.h"

const struct err *document_number_allot(struct ctx *c, const struct loaded *l, struct str *number, int *year)
{
    struct unit publisher = {0};
    TRY(unit_get(c, l->d.publisher_id, &publisher));
    if (publisher.agency_code.n == 0) {
        return err_make(c->arena, ERR_NOT_YET, S("发布机构还没有机构代码，编不出索引号，请系统管理员先在“单位”里填写。"));
    }
    struct str which = STR_NONE;
    struct date formed = formed_on(l->e.printed_on, l->e.signed_on, &which);
    *year = date_year(date_is(formed) ? formed : c->today);

    struct str pattern = STR_NONE;
    struct str per_category = STR_NONE;
    TRY(setting_get(c, SETTING_INDEX_PATTERN, &pattern));
    TRY(setting_get(c, SETTING_INDEX_PER_CATEGORY, &per_category));
    struct series series = {.pattern = pattern,
        .agency = publisher.agency_code,
        .category = str_eq(per_category, S("1")) ? l->d.category : STR_NONE,
        .year = *year};
    struct index_number n = {.agency = publisher.agency_code, .category = l->d.category, .year = *year};
    /* A number that stands already, from a series counted otherwise before the setting was changed, is passed over. */
    for (bool taken = true; taken;) {
        struct q_document_id_by_number_row row = {0};
        TRY(series_next(c, &series, &n.serial));
        *number = index_number_format(c->arena, pattern, &n);
        TRY(q_document_id_by_number(c->tx, &(struct q_document_id_by_number_in){.number = *number}, &row, &taken));
    }
    return NULL;
}

/* The editions before this one: still readable, except after a correction for personal data or secrecy (ruling 9). */
static const struct err *retire_older(struct ctx *c, const struct loaded *l)
{
    if (l->e.no == 1) {
        return NULL;
    }
    bool hides = str_eq(l->e.change_kind, S("personal")) || str_eq(l->e.change_kind, S("secrecy"));
    if (str_eq(l->d.status, S("public"))) {
        struct loaded old = *l;
        old.status = EDITION_PUBLISHED;
        TRY(document_step_by_program(c, &old, hides ? "hide" : "supersede", STR_NONE));
    }
    int64_t changed = 0;
    if (hides) {
        TRY(q_edition_supersede(c->tx, &(struct q_edition_supersede_in){.document_id = l->d.document_id,
                                           .keep_id = l->e.edition_id,
                                           .status = S("withdrawn"),
                                           .at = c->now}, &changed));
        TRY(q_parts_hide_others(c->tx,
            &(struct q_parts_hide_others_in){.document_id = l->d.document_id, .keep_id = l->e.edition_id}));
        return q_files_hide_others(c->tx,
            &(struct q_files_hide_others_in){.document_id = l->d.document_id, .keep_id = l->e.edition_id});
    }
    return q_edition_supersede_last(c->tx,
        &(struct q_edition_supersede_last_in){.document_id = l->d.document_id, .keep_id = l->e.edition_id}, &changed);
}

/* What this document replaces is repealed in the same moment, and both pages say so. */
static const struct err *repeal_replaced(struct ctx *c, const struct loaded *l)
{
    if (l->e.replaces_id == 0 || l->e.replaces_id == l->d.document_id) {
        return NULL;
    }
    struct q_document_find_any_row old = {0};
    bool found = false;
    TRY(q_document_find_any(c->tx, &(struct q_document_find_any_in){.id = l->e.replaces_id}, &old, &found));
    if (!found || old.replaced_by_id == l->d.document_id) {
        return NULL; /* said before: a correction says nothing new about it */
    }
    int64_t changed = 0;
    TRY(q_document_set_validity(c->tx, &(struct q_document_set_validity_in){.id = l->e.replaces_id,
                                           .validity = S("repealed"),
                                           .valid_to = DATE_NONE,
                                           .reason = S("已被新文件代替。"),
                                           .replaced_by_id = l->d.document_id}, &changed));
    return changed == 0 ? NULL : event_add(c, S("document.validity_changed"), S("document"), l->e.replaces_id, STR_NONE);
}

const struct err *document_go_public(struct ctx *c, struct loaded *l, struct instant at, struct str *number)
{
    TRY(retire_older(c, l));
    TRY(q_parts_show(c->tx, &(struct q_parts_show_in){.edition_id = l->e.edition_id, .visible = true}));
    TRY(q_files_show(c->tx, &(struct q_files_show_in){.edition_id = l->e.edition_id, .visible = true}));
    /* What an imported page says was sent went out long ago, by other hands. */
    if (!str_eq(l->d.origin, S("imported")) || l->e.no > 1) {
        TRY(q_cc_sent(c->tx, &(struct q_cc_sent_in){.edition_id = l->e.edition_id, .at = at}));
        TRY(document_deliver(c, l));
    }
    TRY(repeal_replaced(c, l));

    struct instant shown = instant_is(l->e.posted_ms) ? l->e.posted_ms : at;
    int year = 0;
    *number = l->d.index_number;
    if (number->n == 0) {
        TRY(document_number_allot(c, l, number, &year));
    }
    bool was_public = str_eq(l->d.status, S("public"));
    struct instant listed = instant_is(l->d.shown_ms) ? l->d.shown_ms : shown;
    int list_year = date_year(instant_date(listed));
    int64_t changed = 0;
    TRY(q_document_set_public(c->tx, &(struct q_document_set_public_in){.id = l->d.document_id,
                                         .edition_id = l->e.edition_id,
                                         .index_number = *number,
                                         .yr = list_year,
                                         .shown_ms = shown,
                                         .published_ms = at,
                                         .validity = l->d.validity,
                                         .valid_to = l->e.valid_to}, &changed));
    must(changed == 1);
    if (!was_public) {
        TRY(q_tally_add(c->tx,
            &(struct q_tally_add_in){.publisher_id = l->d.publisher_id, .category = l->d.category, .yr = list_year, .n = 1}));
    }
    l->d.index_number = *number;
    return NULL;
}

/* "区教育局各股(室)" means every section, "各区属学校" every school: groups are written that way in such documents. */
static bool names_group(struct str name, struct str kind)
{
    if (!str_has(name, S("各"))) {
        return false;
    }
    if (str_eq(kind, S("school"))) {
        return str_has(name, S("学校")) || str_has(name, S("小学")) || str_has(name, S("中学")) || str_has(name, S("幼儿园")) ||
               str_has(name, S("校、园"));
    }
    return str_eq(kind, S("section")) && (str_has(name, S("股")) || str_has(name, S("科室")) || str_has(name, S("处室")));
}

const struct err *document_deliver(struct ctx *c, const struct loaded *l)
{
    struct q_addressee_list_rows to = {0};
    TRY(q_addressee_list(c->tx, &(struct q_addressee_list_in){.edition_id = l->e.edition_id}, &to));
    if (to.n == 0) {
        return NULL;
    }
    struct units units = {0};
    TRY(unit_list(c, &units));
    for (size_t u = 0; u < units.n; u++) {
        bool reached = false;
        for (size_t i = 0; i < to.n && !reached; i++) {
            reached = to.v[i].unit_id == units.v[u].unit_id || (to.v[i].unit_id == 0 && names_group(to.v[i].name, units.v[u].kind));
        }
        if (reached) {
            TRY(q_reading_add(c->tx, &(struct q_reading_add_in){.document_id = l->d.document_id,
                                         .unit_id = units.v[u].unit_id,
                                         .edition_id = l->e.edition_id,
                                         .at = c->now}));
        }
    }
    return NULL;
}
