/* deadline.c: counts days and keeps the count. */
#include "rules/deadline.h"

#include "base/ban.h"
#include "base/buf.h"
#include "base/err.h"
#include "base/json.h"
#include "base/limits.h"
#include "base/vec.h"

enum { TERM_LONGEST = 5000 }; /* a term of law; more is a mistyped setting */
enum { DUE_SOON_WORKDAYS = 3 };

static bool countable(const struct calendar *c, struct date day)
{
    return date_is(day) && !date_before(day, calendar_first(c));
}

bool deadline_reckon(struct arena *into, const struct calendar *c, struct date start,
    struct term term, struct reckoning *out)
{
    *out = (struct reckoning){.start = DATE_NONE, .last_day = DATE_NONE};
    const bool in_days = term.unit == TERM_WORKDAYS || term.unit == TERM_DAYS;
    if (!countable(c, start) || !in_days || term.count < 0 || term.count > TERM_LONGEST) {
        return false;
    }
    struct {
        struct reckoned_day *v;
        size_t n, cap;
    } days = {0};
    struct date day = start;
    bool provisional = false;
    for (int counted = 0; counted < term.count;) {
        day = date_add(day, 1);
        const struct day_facts facts = calendar_day(c, day);
        const bool counts = term.unit == TERM_DAYS || facts.works;
        counted += counts ? 1 : 0;
        provisional = provisional || (facts.provisional && term.unit == TERM_WORKDAYS);
        struct reckoned_day *line = vec_add(into, &days);
        *line = (struct reckoned_day){.day = day, .facts = facts, .count = counts ? counted : 0};
    }
    *out = (struct reckoning){
        .start = start,
        .term = term,
        .last_day = day,
        .provisional = provisional,
        .days = days.v,
        .day_count = days.n,
    };
    must(!date_before(out->last_day, start));
    return true;
}

int workdays_left(const struct calendar *c, struct date last_day, struct date today)
{
    return calendar_workdays_between(c, today, last_day);
}

enum standing standing_of(const struct calendar *c, struct date last_day, struct date today)
{
    must(date_is(last_day) && date_is(today));
    if (date_before(last_day, today)) {
        return STANDING_OVERDUE;
    }
    if (date_eq(last_day, today)) {
        return STANDING_TODAY;
    }
    return workdays_left(c, last_day, today) <= DUE_SOON_WORKDAYS ? STANDING_DUE_SOON
                                                                  : STANDING_ON_TIME;
}

struct date formed_on(struct date printed, struct date signed_on, struct str *which)
{
    if (date_is(printed)) {
        *which = S("印发日期");
        return printed;
    }
    *which = date_is(signed_on) ? S("成文日期") : STR_NONE;
    return signed_on;
}

static struct str why_not_known(
    const struct calendar *c, struct date formed, struct date measured, const struct rule_row *rule)
{
    if (!date_is(formed)) {
        return S("没有印发日期，也没有成文日期，算不出公开期限。请补填其中一个日期。");
    }
    if (!countable(c, formed)) {
        return S("工作日历从2008年1月1日开始，这份公文形成在此之前，不计算公开期限。");
    }
    if (rule == NULL) {
        return S(
            "这份公文形成于2008年5月1日《政府信息公开条例》施行之前，当时没有主动公开的期限。");
    }
    if (!countable(c, measured)) {
        return S("公开日期早于2008年1月1日，与形成日期对不上。请核对日期。");
    }
    return STR_NONE;
}

/* The clock as it would run from the signing date, when that is another day: shown beside, decides
 * nothing. */
static void read_signed_clock(struct arena *into, const struct calendar *c, struct date signed_on,
    struct date measured, struct publish_clock *out)
{
    const struct rule_row *rule = rule_find(RULE_DOCUMENT_PUBLISH, signed_on);
    struct reckoning r;
    if (rule != NULL && deadline_reckon(into, c, signed_on, rule->term, &r)) {
        out->signed_last_day = r.last_day;
        out->signed_workday_no = calendar_workdays_between(c, signed_on, measured);
    }
}

void publish_clock_read(struct arena *into, const struct calendar *c, struct date printed,
    struct date signed_on, struct date published, struct date today, struct publish_clock *out)
{
    *out = (struct publish_clock){
        .published = published,
        .signed_on = DATE_NONE,
        .signed_last_day = DATE_NONE,
        .reckoning = {.start = DATE_NONE, .last_day = DATE_NONE},
    };
    out->formed = formed_on(printed, signed_on, &out->formed_which);
    const struct date measured = date_is(published) ? published : today;
    const struct rule_row *rule =
        date_is(out->formed) ? rule_find(RULE_DOCUMENT_PUBLISH, out->formed) : NULL;
    out->why_unknown = why_not_known(c, out->formed, measured, rule);
    if (out->why_unknown.n > 0) {
        return;
    }
    must(deadline_reckon(into, c, out->formed, rule->term, &out->reckoning));
    out->known = true;
    out->reckoning.rule = rule;
    out->workday_no = calendar_workdays_between(c, out->formed, measured);
    out->late = date_before(out->reckoning.last_day, measured);
    if (date_is(signed_on) && !date_eq(signed_on, out->formed)) {
        out->signed_on = signed_on;
        if (countable(c, signed_on)) {
            read_signed_clock(into, c, signed_on, measured, out);
        }
    }
}

static struct str kind_word(enum day_kind kind)
{
    switch (kind) {
    case DAY_WORK:
        return S("工作日");
    case DAY_WEEKEND:
        return S("周末");
    case DAY_HOLIDAY:
        return S("放假");
    case DAY_MAKEUP:
        return S("调休上班");
    }
    must(false);
    return STR_NONE;
}

static void add_day_line(struct arena *into, struct buf *b, const struct reckoned_day *d)
{
    buf_add(b, date_chinese(into, d->day));
    buf_add(b, S("　"));
    buf_add(b, weekday_chinese(date_weekday(d->day)));
    buf_add(b, S("　"));
    buf_add(b, kind_word(d->facts.kind));
    if (d->facts.name.n > 0) {
        buf_format(b, "（%.*s）", STR_ARG(d->facts.name));
    }
    if (d->count > 0) {
        buf_format(b, "　第%d日", d->count);
    } else {
        buf_add(b, S("　不计"));
    }
    buf_add(b, d->facts.provisional ? S("　安排尚未公布\n") : S("\n"));
}

struct str reckoning_text(struct arena *into, const struct reckoning *r)
{
    struct buf b = buf_make(into, MIB(2));
    if (!date_is(r->start)) {
        return S("没有可以计算的期限。\n");
    }
    const struct str start = date_chinese(into, r->start);
    const struct str last_day = date_chinese(into, r->last_day);
    const struct str weekday = weekday_chinese(date_weekday(r->last_day));
    if (r->rule != NULL) {
        buf_format(&b, "依据：%.*s\n", STR_ARG(r->rule->basis));
    }
    buf_format(&b, "期限：%d个%s，自%.*s的次日起算，当日不计\n", r->term.count,
        r->term.unit == TERM_WORKDAYS ? "工作日" : "自然日", STR_ARG(start));
    buf_format(&b, "最后一日：%.*s（%.*s），到当日结束为止%s\n", STR_ARG(last_day), STR_ARG(weekday),
        r->provisional ? "；其中有年份的放假安排尚未公布，此日期为暂定" : "");
    buf_add(&b, S("\n"));
    for (size_t i = 0; i < r->day_count; i++) {
        add_day_line(into, &b, &r->days[i]);
    }
    return buf_str(&b);
}

static void write_day(struct arena *into, struct json_writer *w, const struct reckoned_day *d)
{
    json_open(w, '{');
    json_key(w, S("day"));
    json_str(w, date_iso(into, d->day));
    json_key(w, S("works"));
    json_bool(w, d->facts.works);
    json_key(w, S("count"));
    json_int(w, d->count);
    json_key(w, S("provisional"));
    json_bool(w, d->facts.provisional);
    json_key(w, S("name"));
    json_str(w, d->facts.name);
    json_key(w, S("basis"));
    json_str(w, d->facts.basis);
    json_close(w, '}');
}

struct str reckoning_json(struct arena *into, const struct reckoning *r)
{
    struct buf b = buf_make(into, MIB(4));
    struct json_writer w = {.out = &b};
    json_open(&w, '{');
    json_key(&w, S("start"));
    json_str(&w, date_iso(into, r->start));
    json_key(&w, S("last_day"));
    json_str(&w, date_iso(into, r->last_day));
    json_key(&w, S("term"));
    json_int(&w, r->term.count);
    json_key(&w, S("unit"));
    json_str(&w, r->term.unit == TERM_WORKDAYS ? S("workdays") : S("days"));
    json_key(&w, S("provisional"));
    json_bool(&w, r->provisional);
    json_key(&w, S("basis"));
    json_str(&w, r->rule == NULL ? STR_NONE : r->rule->basis);
    json_key(&w, S("days"));
    json_open(&w, '[');
    for (size_t i = 0; i < r->day_count; i++) {
        write_day(into, &w, &r->days[i]);
    }
    json_close(&w, ']');
    json_close(&w, '}');
    return buf_str(&b);
}
