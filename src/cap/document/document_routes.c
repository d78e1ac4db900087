/*
 * document_routes.c: every address of this capability with its audience.
 */
#include "cap/document/document_web.h"

#include "base/ban.h"

// clang-format off
const struct route document_routes[DOCUMENT_ROUTES] = {
    {METHOD_GET, "/list",                  SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, document_page_list},
    {METHOD_GET, "/d/{number}",            SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, document_page_current},
    {METHOD_GET, "/d/{number}/v/{no}",     SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, document_page_edition},
    {METHOD_GET, "/d/{number}/sheet",      SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, document_page_sheet},
    {METHOD_GET, "/d/{number}/qr.svg",     SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, document_qr_image},
    {METHOD_GET, "/files/{digest}/{name}", SIDE_PUBLIC, &MAY_ANYONE, CLASS_FILE, document_page_public_file},
    {METHOD_GET,  "/office/documents",               SIDE_OFFICE, &MAY_DOCUMENT_READ,        CLASS_PAGE,   document_page_documents},
    {METHOD_GET,  "/office/documents/new",           SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_PAGE,   document_page_new},
    {METHOD_POST, "/office/documents/new",           SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_UPLOAD, document_post_new},
    {METHOD_POST, "/office/documents/autosave",      SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_BODY,   document_post_autosave_new},
    {METHOD_GET,  "/office/documents/{id}",          SIDE_OFFICE, &MAY_DOCUMENT_READ,        CLASS_PAGE,   document_page_show},
    {METHOD_GET,  "/office/documents/{id}/edit",     SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_PAGE,   document_page_edit},
    {METHOD_POST, "/office/documents/{id}/edit",     SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_UPLOAD, document_post_edit},
    {METHOD_POST, "/office/documents/{id}/autosave", SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_BODY,   document_post_autosave},
    {METHOD_POST, "/office/documents/{id}/submit",   SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_PAGE,   document_post_submit},
    {METHOD_POST, "/office/documents/{id}/recall",   SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_PAGE,   document_post_recall},
    {METHOD_POST, "/office/documents/{id}/discard",  SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_PAGE,   document_post_discard},
    {METHOD_POST, "/office/documents/{id}/correct",  SIDE_OFFICE, &MAY_DOCUMENT_EDIT,        CLASS_PAGE,   document_post_correct},
    {METHOD_POST, "/office/documents/{id}/reopen",   SIDE_OFFICE, &MAY_DOCUMENT_PUBLISH,     CLASS_PAGE,   document_post_reopen},
    {METHOD_POST, "/office/documents/{id}/publish",  SIDE_OFFICE, &MAY_DOCUMENT_PUBLISH,     CLASS_PAGE,   document_post_publish},
    {METHOD_POST, "/office/documents/{id}/file",     SIDE_OFFICE, &MAY_DOCUMENT_PUBLISH,     CLASS_PAGE,   document_post_file},
    {METHOD_POST, "/office/documents/{id}/withdraw", SIDE_OFFICE, &MAY_DOCUMENT_PUBLISH,     CLASS_PAGE,   document_post_withdraw},
    {METHOD_POST, "/office/documents/{id}/validity", SIDE_OFFICE, &MAY_DOCUMENT_PUBLISH,     CLASS_PAGE,   document_post_validity},
    {METHOD_POST, "/office/documents/{id}/emergency", SIDE_OFFICE, &MAY_DOCUMENT_EMERGENCY,  CLASS_PAGE,   document_post_emergency},
    {METHOD_GET,  "/office/documents/{id}/preview",  SIDE_OFFICE, &MAY_DOCUMENT_READ,        CLASS_PAGE,   document_page_preview},
    {METHOD_GET,  "/office/documents/{id}/sheet",    SIDE_OFFICE, &MAY_DOCUMENT_READ,        CLASS_PAGE,   document_page_office_sheet},
    {METHOD_GET,  "/office/files/{id}",              SIDE_OFFICE, &MAY_DOCUMENT_READ,        CLASS_FILE,   document_page_office_file},
    {METHOD_GET,  "/office/reading",                 SIDE_OFFICE, &MAY_DOCUMENT_ACKNOWLEDGE, CLASS_PAGE,   document_page_reading},
    {METHOD_GET,  "/office/reading/{id}",            SIDE_OFFICE, &MAY_DOCUMENT_ACKNOWLEDGE, CLASS_PAGE,   document_page_delivered},
    {METHOD_POST, "/office/reading",                 SIDE_OFFICE, &MAY_DOCUMENT_ACKNOWLEDGE, CLASS_PAGE,   document_post_reading},
};
// clang-format on
