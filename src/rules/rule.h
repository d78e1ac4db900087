/*
 * rule.h: rules of law as dated rows.
 *
 * Nobody writes 20 in code: rule_find(RULE_DOCUMENT_PUBLISH, as_of) gives the term in force on a day, with its article and,
 * where the reading is not certain, its doubt. The rows stand in rules/data/ogi.c and read like a statute.
 */
#ifndef GK_RULES_RULE_H
#define GK_RULES_RULE_H

#include "base/date.h"

enum term_unit { TERM_WORKDAYS, TERM_DAYS, TERM_HOURS, TERM_NONE };

struct term {
    int count;
    enum term_unit unit;
};

#define RULES(X)                                                                                   \
    X(RULE_DOCUMENT_PUBLISH, "document.publish", "主动公开的期限")                                 \
    X(RULE_DOCUMENT_FORMED, "document.formed", "信息形成之日的认定")

enum rule {
#define X(id, name, title) id,
    RULES(X)
#undef X
    RULE_COUNT
};

struct rule_row {
    enum rule rule;
    struct date from;     /* first day in force */
    struct date to;       /* last day in force; DATE_NONE: still */
    struct term term;
    struct str value;     /* for rules that are not terms */
    struct str basis;     /* article */
    struct str doubt;     /* empty when the reading is certain */
};

/* The row in force on the day; NULL before the first. */
const struct rule_row *rule_find(enum rule rule, struct date as_of);
struct rule_rows {
    const struct rule_row *v;
    size_t n;
};
struct rule_rows rule_all(void);
struct str rule_name(enum rule rule);  /* "document.publish" */
struct str rule_title(enum rule rule);
bool rule_by_name(struct str name, enum rule *out);

#endif
