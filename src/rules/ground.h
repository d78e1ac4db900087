/*
 * ground.h: grounds of non-disclosure (条例(2019) art. 14-16) as decision codes.
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

#endif
