/* rule.c: finds the row in force. */
#include "rules/rule.h"

#include "base/ban.h"
#include "base/err.h"
#include "rules/data/ogi.h"

struct rule_word {
    struct str name;
    struct str title;
};

static const struct rule_word words[RULE_COUNT] = {
#define X(id, name, title) [id] = {S_INIT(name), S_INIT(title)},
    RULES(X)
#undef X
};

struct rule_rows rule_all(void)
{
    return ogi_rule_rows();
}

static bool in_force(const struct rule_row *row, struct date day)
{
    return !date_before(day, row->from) && (!date_is(row->to) || !date_before(row->to, day));
}

const struct rule_row *rule_find(enum rule rule, struct date as_of)
{
    must(rule < RULE_COUNT);
    must(date_is(as_of));
    const struct rule_rows all = rule_all();
    for (size_t i = 0; i < all.n; i++) {
        if (all.v[i].rule == rule && in_force(&all.v[i], as_of)) {
            return &all.v[i];
        }
    }
    return NULL;
}

struct str rule_name(enum rule rule)
{
    must(rule < RULE_COUNT);
    return words[rule].name;
}

struct str rule_title(enum rule rule)
{
    must(rule < RULE_COUNT);
    return words[rule].title;
}

bool rule_by_name(struct str name, enum rule *out)
{
    for (int i = 0; i < RULE_COUNT; i++) {
        if (str_eq(words[i].name, name)) {
            *out = (enum rule)i;
            return true;
        }
    }
    return false;
}
