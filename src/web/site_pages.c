/*
 * site_pages.c: handlers of the frame's own pages. All they show comes from the settings and the navigation.
 */
#include "web/site_pages.h"

#include "web/exchange.h"
#include "web/layout_views.h"

#include "base/ban.h"

static const struct err *show(struct exchange *ex, struct str title, struct str description,
    void (*view)(struct out *o, const struct page *p))
{
    struct page p;
    page_begin(ex, &p, title, S(""));
    p.description = description;
    const struct page_link crumb[] = {
        {.label = S("首页"), .url = url_literal("/")},
        {.label = title, .url = url_literal("")},
    };
    page_crumb(ex, &p, crumb, 2);
    view(&ex->out, &p);
    return exchange_page(ex, 200);
}

const struct err *site_map(struct exchange *ex)
{
    return show(ex, S("网站地图"), S("本网站的全部栏目"), view_site_map);
}

const struct err *site_contact(struct exchange *ex)
{
    return show(ex, S("联系我们"), S("主办单位、电话、办公时间和地址，网站纠错"), view_site_contact);
}

const struct err *site_privacy(struct exchange *ex)
{
    return show(ex, S("隐私声明"), S("本网站记录什么，不记录什么"), view_site_privacy);
}

const struct err *site_accessibility(struct exchange *ex)
{
    return show(ex, S("无障碍说明"), S("大字版、高对比和键盘操作"), view_site_accessibility);
}
