/*
 * document_web.h: the routes of this capability, and what its two web files share.
 */
#ifndef GK_CAP_DOCUMENT_WEB_H
#define GK_CAP_DOCUMENT_WEB_H

#include "cap/document/document_pages.h"

enum { DOCUMENT_ROUTES = 30 };
extern const struct route document_routes[DOCUMENT_ROUTES];

/* 云湖区教育局文件: the red line above an official document. */
struct str document_letterhead(struct arena *into, struct str publisher);
/* Fills the day-by-day sheet of a clock. */
void document_sheet_fill(struct exchange *ex, struct sheet_page *s, const struct publish_clock *clock);

/* Drafting (document_web_draft.c). */
const struct err *document_page_new(struct exchange *ex);
const struct err *document_page_edit(struct exchange *ex);
const struct err *document_post_new(struct exchange *ex);
const struct err *document_post_edit(struct exchange *ex);
const struct err *document_post_autosave_new(struct exchange *ex);
const struct err *document_post_autosave(struct exchange *ex);
struct draft_reasons document_reason_lines(struct exchange *ex, const struct reasons *r, bool must_ones);

/* Pages and acts (document_web_public.c, document_web_office.c). */
const struct err *document_page_current(struct exchange *ex);
const struct err *document_page_edition(struct exchange *ex);
const struct err *document_page_sheet(struct exchange *ex);
const struct err *document_qr_image(struct exchange *ex);
const struct err *document_page_list(struct exchange *ex);
const struct err *document_page_public_file(struct exchange *ex);
const struct err *document_page_documents(struct exchange *ex);
const struct err *document_page_show(struct exchange *ex);
const struct err *document_post_submit(struct exchange *ex);
const struct err *document_post_recall(struct exchange *ex);
const struct err *document_post_reopen(struct exchange *ex);
const struct err *document_post_publish(struct exchange *ex);
const struct err *document_post_file(struct exchange *ex);
const struct err *document_post_emergency(struct exchange *ex);
const struct err *document_post_discard(struct exchange *ex);
const struct err *document_post_correct(struct exchange *ex);
const struct err *document_post_withdraw(struct exchange *ex);
const struct err *document_post_validity(struct exchange *ex);
const struct err *document_page_preview(struct exchange *ex);
const struct err *document_page_office_sheet(struct exchange *ex);
const struct err *document_page_office_file(struct exchange *ex);
const struct err *document_page_delivered(struct exchange *ex);
const struct err *document_page_reading(struct exchange *ex);
const struct err *document_post_reading(struct exchange *ex);

#endif
