/*
 * site_pages.h: pages of the frame that every site must have: /site/map, /site/contact, /site/privacy, /site/accessibility.
 */
#ifndef GK_WEB_SITE_PAGES_H
#define GK_WEB_SITE_PAGES_H

#include "web/route.h"

const struct err *site_map(struct exchange *ex);
const struct err *site_contact(struct exchange *ex);
const struct err *site_privacy(struct exchange *ex);
const struct err *site_accessibility(struct exchange *ex);

#endif
