/*
 * review_web.h: the routes of review.
 */
#ifndef GK_CAP_REVIEW_WEB_H
#define GK_CAP_REVIEW_WEB_H

#include "cap/review/review_pages.h"

enum { REVIEW_ROUTES = 8 };
extern const struct route review_routes[REVIEW_ROUTES];

#endif
