/*
 * document_seed.c: what a new tenant starts with.
 */
#include "cap/document/document_inside.h"

#include "base/ban.h"

// clang-format off
/* Category codes of index numbers. 0100 and 2500 were read in real numbers, their names and all other rows are proposals. */
static const struct q_category_add_in categories[] = {
    {.code = S_INIT("2500"), .name = S_INIT("规范性文件及公文"),   .sort_no = 10},
    {.code = S_INIT("0200"), .name = S_INIT("机构职能"),           .sort_no = 20},
    {.code = S_INIT("0300"), .name = S_INIT("规划计划"),           .sort_no = 30},
    {.code = S_INIT("0400"), .name = S_INIT("统计信息"),           .sort_no = 40},
    {.code = S_INIT("0500"), .name = S_INIT("行政许可和服务事项"), .sort_no = 50},
    {.code = S_INIT("0600"), .name = S_INIT("行政处罚和强制"),     .sort_no = 60},
    {.code = S_INIT("0700"), .name = S_INIT("财政预决算"),         .sort_no = 70},
    {.code = S_INIT("0800"), .name = S_INIT("招生考试"),           .sort_no = 80},
    {.code = S_INIT("0900"), .name = S_INIT("学生资助"),           .sort_no = 90},
    {.code = S_INIT("1000"), .name = S_INIT("校园安全"),           .sort_no = 100},
    {.code = S_INIT("1100"), .name = S_INIT("教师队伍"),           .sort_no = 110},
    {.code = S_INIT("0100"), .name = S_INIT("信息公开年报"),       .sort_no = 190},
};
// clang-format on

const struct err *document_seed(struct ctx *c)
{
    for (size_t i = 0; i < sizeof categories / sizeof categories[0]; i++) {
        TRY(q_category_add(c->tx, &categories[i]));
    }
    return NULL;
}
