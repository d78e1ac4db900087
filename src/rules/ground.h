/*
 * ground.h: grounds of non-disclosure as decision codes: N1 to N8 of the regulation of 2019 (art. 14-16, 36(7)), and P1 to P3
 * of 2007 (art. 14) for what was decided before 2019-05-15. Forms offer the grounds in force on the day of the decision.
 */
#ifndef GK_RULES_GROUND_H
#define GK_RULES_GROUND_H

#include "base/date.h"

enum ground_force { GROUND_MUST_NOT, GROUND_MUST_NOT_UNLESS, GROUND_MAY };

struct ground {
    struct str code;   /* N1 … N8 */
    struct str title;  /* 国家秘密 */
    struct str basis;  /* 条例第十四条 */
    enum ground_force force;
    struct date from, to;
};

struct grounds {
    const struct ground *v;
    size_t n;
};
struct grounds ground_all(void);
const struct ground *ground_find(struct str code); /* NULL when unknown */
bool ground_in_force(const struct ground *g, struct date day);

#endif
