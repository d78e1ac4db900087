/*
 * review.c: what makes a conclusion valid. Pure.
 */
#include "cap/review/review.h"

#include "base/utf8.h"
#include "rules/ground.h"

#include "base/ban.h"

const struct may MAY_REVIEW_SECTION = {"review.section", "科室审核"};
const struct may MAY_REVIEW_OFFICE = {"review.office", "办公室审核"};
const struct may MAY_REVIEW_SECRECY = {"review.secrecy", "保密审查"};
const struct may MAY_REVIEW_SIGN = {"review.sign", "领导签发"};
const struct may MAY_REVIEW_CHAIN = {"review.chain", "设置审核流程"};

const struct choice review_verdicts[2] = {
    {"pass", "通过"},
    {"return", "退回起草人"},
};

const struct choice review_secrecies[3] = {
    {"open", "不涉密，可以公开"},
    {"part", "部分内容不宜公开，区分处理"},
    {"closed", "不予公开（须选择依据）"},
};

/* 保密法实施条例(2024) art. 42: item by item, first review, then publish. Whoever answers for the text does not review it. */
static void secrecy_reasons(const struct conclusion_facts *f, struct reasons *out)
{
    if (f->secrecy.n == 0) {
        reason_add(out, "secrecy", "请选择保密审查结论。");
        return;
    }
    bool open = str_eq(f->secrecy, S("open"));
    bool closed = str_eq(f->secrecy, S("closed"));
    const struct ground *ground = ground_find(f->ground);
    if (closed && (ground == NULL || !ground_in_force(ground, f->today))) {
        reason_add(out, "ground", "请选择不予公开的依据。");
    }
    if (f->passes && !open && f->proactive) {
        reason_add(out, "verdict", "结论不是“可以公开”，主动公开的稿件须退回起草人修改，不能通过。");
    }
    if (f->passes && str_eq(f->secrecy, S("part")) && !f->proactive) {
        reason_add(out, "verdict", "需要区分处理的稿件须退回起草人修改，不能通过。");
    }
}

void review_conclude_reasons(const void *facts, struct reasons *out)
{
    const struct conclusion_facts *f = facts;
    if (f->wrote) {
        reason_add(out, "", "您写过这份稿件，不能审查自己的稿件。");
    }
    if (f->concluded_before) {
        reason_add(out, "", "您已经在这份稿件的另一个环节给出结论，同一个人不能审两级。");
    }
    if (f->published) {
        reason_add(out, "", "这份稿件是您应急发布的，须由别人补审。");
    }
    if (f->secrecy_level) {
        secrecy_reasons(f, out);
    }
    if (!f->passes && utf8_count(f->opinion) < 2) {
        reason_add(out, "opinion", "退回时请写明意见，起草人会看到。");
    }
    if (f->passes && f->proof.n > 0 && !f->proof_done) {
        reason_add(out, "proof_done", "请先完成本级校对（%.*s），再通过。", STR_ARG(f->proof));
    }
}
