/*
 * review_cap.c: the manifest of review.
 */
#include "cap/review/review_inside.h"
#include "cap/review/review_web.h"

#include "base/ban.h"

static const struct may *const mays[] = {
    &MAY_REVIEW_SECTION,
    &MAY_REVIEW_OFFICE,
    &MAY_REVIEW_SECRECY,
    &MAY_REVIEW_SIGN,
    &MAY_REVIEW_CHAIN,
};

static const struct role_grant grants[] = {
    {"section_head", &MAY_REVIEW_SECTION},
    {"school_head", &MAY_REVIEW_SECTION},
    {"office", &MAY_REVIEW_OFFICE},
    {"secrecy", &MAY_REVIEW_SECRECY},
    {"leader", &MAY_REVIEW_SIGN},
    {"system", &MAY_REVIEW_CHAIN},
};

static const struct menu_item menu[] = {
    {80, "审核流程", "/office/review/chain", &MAY_REVIEW_CHAIN},
};

const struct capability review_capability = {
    .name = "review",
    .title = "公开审查",
    .statements = &review_statements,
    .migrations = &review_migrations,
    .mays = mays,
    .may_count = sizeof mays / sizeof mays[0],
    .ops = review_op_rows,
    .op_count = REVIEW_OPS,
    .grants = grants,
    .grant_count = sizeof grants / sizeof grants[0],
    .routes = review_routes,
    .route_count = REVIEW_ROUTES,
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .seed = review_chain_seed,
    .work = review_work,
    .on_event = review_on_event,
};
