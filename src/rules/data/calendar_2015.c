/* Breaks and make-up working days of 2015. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2014-12/16/content_9302.htm"),
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2015-05/13/content_9742.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 3},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 18},  {2, 24},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 5},   {4, 6},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 1},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 20},  {6, 20},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {6, 22},  {6, 22},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 3},   {9, 5},   S_INIT("抗日战争暨世界反法西斯战争胜利70周年纪念日"), 1},
    {DAY_HOLIDAY,  {9, 27},  {9, 27},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {1, 4},   {1, 4},   S_INIT("元旦"), 0},
    {DAY_MAKEUP,   {2, 15},  {2, 15},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 28},  {2, 28},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {9, 6},   {9, 6},   S_INIT("抗日战争暨世界反法西斯战争胜利70周年纪念日"), 1},
    {DAY_MAKEUP,   {10, 10}, {10, 10}, S_INIT("国庆节"), 0},
};

const struct calendar_year calendar_2015 = {
    .year = 2015,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 249,
    .working_days_by_month = {21, 17, 22, 21, 20, 21, 23, 21, 21, 18, 21, 23},
};
// clang-format on
