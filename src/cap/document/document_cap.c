/*
 * document_cap.c: the manifest of documents.
 */
#include "cap/document/document.h"
#include "cap/document/document_command.h"
#include "cap/document/document_fields.h"
#include "cap/document/document_web.h"
#include "cap/document/document_inside.h"


#include "base/ban.h"

static const struct may *const mays[] = {
    &MAY_DOCUMENT_READ,
    &MAY_DOCUMENT_EDIT,
    &MAY_DOCUMENT_PUBLISH,
    &MAY_DOCUMENT_EMERGENCY,
    &MAY_DOCUMENT_ACKNOWLEDGE,
    &MAY_DOCUMENT_IMPORT,
};

// clang-format off
static const struct role_grant grants[] = {
    {"drafter",       &MAY_DOCUMENT_READ}, {"drafter",       &MAY_DOCUMENT_EDIT},
    {"section_head",  &MAY_DOCUMENT_READ}, {"section_head",  &MAY_DOCUMENT_EDIT}, {"section_head", &MAY_DOCUMENT_ACKNOWLEDGE},
    {"office",        &MAY_DOCUMENT_READ}, {"office",        &MAY_DOCUMENT_EDIT}, {"office", &MAY_DOCUMENT_PUBLISH},
    {"office",        &MAY_DOCUMENT_IMPORT},
    {"secrecy",       &MAY_DOCUMENT_READ},
    {"leader",        &MAY_DOCUMENT_READ},
    {"school_editor", &MAY_DOCUMENT_READ}, {"school_editor", &MAY_DOCUMENT_EDIT}, {"school_editor", &MAY_DOCUMENT_ACKNOWLEDGE},
    {"school_head",   &MAY_DOCUMENT_READ}, {"school_head",   &MAY_DOCUMENT_ACKNOWLEDGE},
    {"emergency",     &MAY_DOCUMENT_READ}, {"emergency",     &MAY_DOCUMENT_EMERGENCY},
    {"reader",        &MAY_DOCUMENT_ACKNOWLEDGE},
    {"owner",         &MAY_DOCUMENT_IMPORT},
};
// clang-format on

// clang-format off
static const struct menu_item menu[] = {
    {10, "政府信息公开", "/list",                 &MAY_ANYONE},
    {20, "公文",         "/office/documents",     &MAY_DOCUMENT_READ},
    {30, "起草",         "/office/documents/new", &MAY_DOCUMENT_EDIT},
    {40, "收文",         "/office/reading",       &MAY_DOCUMENT_ACKNOWLEDGE},
};
// clang-format on

static const struct steps *const steps[] = {&edition_steps};

const struct capability document_capability = {
    .name = "document",
    .title = "公文公开",
    .statements = &document_statements,
    .migrations = &document_migrations,
    .mays = mays,
    .may_count = sizeof mays / sizeof mays[0],
    .ops = document_op_rows,
    .op_count = DOCUMENT_OPS,
    .steps = steps,
    .steps_count = 1,
    .grants = grants,
    .grant_count = sizeof grants / sizeof grants[0],
    .routes = document_routes,
    .route_count = DOCUMENT_ROUTES,
    .commands = document_commands,
    .command_count = DOCUMENT_COMMANDS,
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
    .seed = document_seed,
    .work = document_work,
};
