/* ogi.h: the rows of the disclosure regulation (政府信息公开条例), 2007 and 2019. */
#ifndef GK_RULES_DATA_OGI_H
#define GK_RULES_DATA_OGI_H

#include "rules/ground.h"
#include "rules/rule.h"

struct rule_rows ogi_rule_rows(void);
struct grounds ogi_grounds(void);

#endif
