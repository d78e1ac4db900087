/* Breaks and make-up working days of 2019. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm"),
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2019-03/22/content_5375877.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 1},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 4},   {2, 10},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 5},   {4, 5},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 4},   S_INIT("劳动节"), 1},
    {DAY_HOLIDAY,  {6, 7},   {6, 7},   S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 13},  {9, 13},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {2, 2},   {2, 3},   S_INIT("春节"), 0},
    {DAY_MAKEUP,   {4, 28},  {4, 28},  S_INIT("劳动节"), 1},
    {DAY_MAKEUP,   {5, 5},   {5, 5},   S_INIT("劳动节"), 1},
    {DAY_MAKEUP,   {9, 29},  {9, 29},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {10, 12}, {10, 12}, S_INIT("国庆节"), 0},
};

const struct calendar_year calendar_2019 = {
    .year = 2019,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 250,
    .working_days_by_month = {22, 17, 21, 22, 21, 19, 23, 22, 21, 19, 21, 22},
};
// clang-format on
