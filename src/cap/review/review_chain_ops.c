/*
 * review_chain_ops.c: the chain of a publisher, changed as a text of one line a level.
 *
 *     科室审核 | content | review.section | 事实、名称
 *
 * The least that law and good order ask is checked: two different rights and a secrecy level (workflows section 1).
 */
#include "base/utf8.h"
#include "base/vec.h"
#include "cap/review/review_inside.h"
#include "core/event.h"
#include "core/unit.h"

#include "base/ban.h"

struct level_list {
    struct q_level_add_in *v;
    size_t n, cap;
};

static bool kind_is_known(struct str kind)
{
    return str_eq(kind, S("content")) || str_eq(kind, S("secrecy")) || str_eq(kind, S("sign"));
}

static const struct err *parse_line(struct ctx *c, struct str line, int64_t publisher_id, struct level_list *into)
{
    struct str rest = line;
    struct str cells[4] = {{0}};
    struct str cell = STR_NONE;
    for (size_t i = 0; i < 4 && str_next(&rest, '|', &cell); i++) {
        cells[i] = str_trim(cell);
    }
    int no = (int)into->n + 1;
    if (cells[0].n == 0 || utf8_count(cells[0]) > 20 || !kind_is_known(cells[1]) || review_may(cells[2]) == NULL ||
        utf8_count(cells[3]) > 20) {
        return err_field(c->arena, S("levels"),
            str_format(c->arena, "第 %d 行看不明白，请写成“科室审核 | content | review.section | 事实、名称”的样子。", no));
    }
    *vec_add(c->arena, into) = (struct q_level_add_in){
        .publisher_id = publisher_id, .no = no, .name = cells[0], .kind = cells[1], .may = cells[2], .proof = cells[3]};
    return NULL;
}

static const struct err *chain_is_lawful(struct ctx *c, const struct level_list *levels)
{
    bool secrecy = false;
    bool two_hands = false;
    for (size_t i = 0; i < levels->n; i++) {
        secrecy = secrecy || str_eq(levels->v[i].kind, S("secrecy"));
        two_hands = two_hands || !str_eq(levels->v[i].may, levels->v[0].may);
    }
    if (!secrecy) {
        return err_field(c->arena, S("levels"), S("流程里必须有一级保密审查（secrecy）。"));
    }
    if (!two_hands) {
        return err_field(c->arena, S("levels"), S("流程里至少要有两个不同岗位的环节。"));
    }
    return NULL;
}

const struct err *review_chain_set(struct ctx *c, const struct chain_input *in, struct op_done *done)
{
    if (in->publisher_id != 0) {
        struct unit publisher = {0};
        TRY(unit_get(c, in->publisher_id, &publisher));
        TRY(may_require_in(c, &MAY_REVIEW_CHAIN, publisher.unit_id));
    }
    struct level_list levels = {0};
    struct str rest = in->levels;
    struct str line = STR_NONE;
    while (str_next_line(&rest, &line)) {
        if (str_trim(line).n > 0) {
            TRY(parse_line(c, line, in->publisher_id, &levels));
        }
    }
    if (levels.n > 10) {
        return err_field(c->arena, S("levels"), S("审核流程最多 10 级。"));
    }
    TRY(chain_is_lawful(c, &levels));
    TRY(q_level_clear(c->tx, &(struct q_level_clear_in){.publisher_id = in->publisher_id}));
    for (size_t i = 0; i < levels.n; i++) {
        TRY(q_level_add(c->tx, &levels.v[i]));
    }
    bool own = in->publisher_id != 0;
    struct str subject = own ? S("unit") : S("tenant");
    int64_t subject_id = own ? in->publisher_id : c->tenant;
    c->subject = str_format(c->arena, "%.*s:%lld", STR_ARG(subject), (long long)subject_id);
    TRY(event_add(c, S("review.chain_changed"), subject, subject_id, STR_NONE));
    *done = (struct op_done){.id = in->publisher_id, .words = S("审核流程已保存，从下一次送审起使用。"), .location = S("/office/review/chain")};
    return NULL;
}
