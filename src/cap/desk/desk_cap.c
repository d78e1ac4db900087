/*
 * desk_cap.c: the manifest of the desk.
 */
#include "cap/desk/desk.h"
#include "web/route.h"

#include "base/ban.h"

const struct err *desk_page_board(struct exchange *ex);

static const struct route routes[] = {
    {METHOD_GET, "/office", SIDE_OFFICE, &MAY_SIGNED_IN, CLASS_PAGE, desk_page_board},
};

static const struct menu_item menu[] = {
    {10, "我的待办", "/office", &MAY_SIGNED_IN},
};

const struct capability desk_capability = {
    .name = "desk",
    .title = "工作台",
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
