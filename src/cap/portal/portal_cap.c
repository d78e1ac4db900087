/*
 * portal_cap.c: the manifest of the portal.
 */
#include "core/registry.h"
#include "portal_sql.h"
#include "web/route.h"

#include "base/ban.h"

const struct err *portal_page_home(struct exchange *ex);
const struct err *portal_page_schools(struct exchange *ex);

extern const struct capability portal_capability;

static const struct route routes[] = {
    {METHOD_GET, "/", SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, portal_page_home},
    {METHOD_GET, "/schools", SIDE_PUBLIC, &MAY_ANYONE, CLASS_PAGE, portal_page_schools},
};

static const struct menu_item menu[] = {
    {0, "首页", "/", &MAY_ANYONE},
    {90, "学校公开", "/schools", &MAY_ANYONE},
};

const struct capability portal_capability = {
    .name = "portal",
    .title = "门户",
    .statements = &portal_statements,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
