/*
 * ogi.c: the disclosure regulation as dated rows.
 *
 * 政府信息公开条例: Order 492 (2007) in force 2008-05-01 to 2019-05-14, Order 711 (2019) since
 * 2019-05-15 (its art. 56). Rows of one rule stand in the order of their days and never overlap.
 */
#include "rules/data/ogi.h"

#include "base/ban.h"
#include "rules/data/day.h"

// clang-format off
#define FORMED_DOUBT                                                                                                     \
    "条例只规定自政府信息“形成或者变更之日”起算，没有写明公文以哪一天为形成之日。本系统按印发日期起算，没有印发日期的按成文日期" \
    "起算；两个日期不同时，两种算法的结果一并列出。"

static const struct rule_row rows[] = {
    {
        .rule = RULE_DOCUMENT_PUBLISH,
        .from = DAY(2008, 5, 1), .to = DAY(2019, 5, 14),
        .term = {20, TERM_WORKDAYS},
        .basis = S_INIT("《政府信息公开条例》（2007年国务院令第492号）第十八条"),
    },
    {
        .rule = RULE_DOCUMENT_PUBLISH,
        .from = DAY(2019, 5, 15), .to = DAY_NONE,
        .term = {20, TERM_WORKDAYS},
        .basis = S_INIT("《政府信息公开条例》（2019年国务院令第711号）第二十六条"),
    },
    {
        .rule = RULE_DOCUMENT_FORMED,
        .from = DAY(2008, 5, 1), .to = DAY(2019, 5, 14),
        .term = {0, TERM_NONE},
        .value = S_INIT("printed-else-signed"),
        .basis = S_INIT("《政府信息公开条例》（2007年国务院令第492号）第十八条"),
        .doubt = S_INIT(FORMED_DOUBT),
    },
    {
        .rule = RULE_DOCUMENT_FORMED,
        .from = DAY(2019, 5, 15), .to = DAY_NONE,
        .term = {0, TERM_NONE},
        .value = S_INIT("printed-else-signed"),
        .basis = S_INIT("《政府信息公开条例》（2019年国务院令第711号）第二十六条"),
        .doubt = S_INIT(FORMED_DOUBT),
    },
};

/* N: 2019. P (previous): 2007, for what was decided before 2019-05-15. */
static const struct ground grounds[] = {
    {S_INIT("N1"), S_INIT("国家秘密"),
        S_INIT("《政府信息公开条例》（2019）第十四条"), GROUND_MUST_NOT, DAY(2019, 5, 15), DAY_NONE},
    {S_INIT("N2"), S_INIT("法律、行政法规禁止公开"),
        S_INIT("《政府信息公开条例》（2019）第十四条"), GROUND_MUST_NOT, DAY(2019, 5, 15), DAY_NONE},
    {S_INIT("N3"), S_INIT("公开后可能危及国家安全、公共安全、经济安全、社会稳定"),
        S_INIT("《政府信息公开条例》（2019）第十四条"), GROUND_MUST_NOT, DAY(2019, 5, 15), DAY_NONE},
    {S_INIT("N4"), S_INIT("涉及商业秘密、个人隐私等，公开会损害第三方合法权益"),
        S_INIT("《政府信息公开条例》（2019）第十五条"), GROUND_MUST_NOT_UNLESS, DAY(2019, 5, 15), DAY_NONE},
    {S_INIT("N5"), S_INIT("内部事务信息"),
        S_INIT("《政府信息公开条例》（2019）第十六条第一款"), GROUND_MAY, DAY(2019, 5, 15), DAY_NONE},
    {S_INIT("N6"), S_INIT("过程性信息"),
        S_INIT("《政府信息公开条例》（2019）第十六条第二款"), GROUND_MAY, DAY(2019, 5, 15), DAY_NONE},
    {S_INIT("N7"), S_INIT("行政执法案卷信息"),
        S_INIT("《政府信息公开条例》（2019）第十六条第二款"), GROUND_MAY, DAY(2019, 5, 15), DAY_NONE},
    {S_INIT("N8"), S_INIT("法律、行政法规对信息获取另有特别规定"),
        S_INIT("《政府信息公开条例》（2019）第三十六条第七项"), GROUND_MAY, DAY(2019, 5, 15), DAY_NONE},
    {S_INIT("P1"), S_INIT("国家秘密"),
        S_INIT("《政府信息公开条例》（2007）第十四条第四款"), GROUND_MUST_NOT, DAY(2008, 5, 1), DAY(2019, 5, 14)},
    {S_INIT("P2"), S_INIT("商业秘密"),
        S_INIT("《政府信息公开条例》（2007）第十四条第四款"), GROUND_MUST_NOT_UNLESS, DAY(2008, 5, 1), DAY(2019, 5, 14)},
    {S_INIT("P3"), S_INIT("个人隐私"),
        S_INIT("《政府信息公开条例》（2007）第十四条第四款"), GROUND_MUST_NOT_UNLESS, DAY(2008, 5, 1), DAY(2019, 5, 14)},
};
// clang-format on

struct rule_rows ogi_rule_rows(void)
{
    return (struct rule_rows){rows, sizeof(rows) / sizeof(rows[0])};
}

struct grounds ogi_grounds(void)
{
    return (struct grounds){grounds, sizeof(grounds) / sizeof(grounds[0])};
}
