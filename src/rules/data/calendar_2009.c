/* Breaks and make-up working days of 2009. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2008-12/10/content_1572.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 3},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {1, 25},  {1, 31},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 4},   {4, 6},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 3},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {5, 28},  {5, 30},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 8},  S_INIT("国庆节、中秋节"), 0},
    {DAY_MAKEUP,   {1, 4},   {1, 4},   S_INIT("元旦"), 0},
    {DAY_MAKEUP,   {1, 24},  {1, 24},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 1},   {2, 1},   S_INIT("春节"), 0},
    {DAY_MAKEUP,   {5, 31},  {5, 31},  S_INIT("端午节"), 0},
    {DAY_MAKEUP,   {9, 27},  {9, 27},  S_INIT("国庆节、中秋节"), 0},
    {DAY_MAKEUP,   {10, 10}, {10, 10}, S_INIT("国庆节、中秋节"), 0},
};

const struct calendar_year calendar_2009 = {
    .year = 2009,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 250,
    .working_days_by_month = {17, 21, 22, 21, 19, 22, 23, 21, 23, 17, 21, 23},
};
// clang-format on
