/* Breaks and make-up working days of 2020. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2019-11/21/content_5454164.htm"),
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2020-01/27/content_5472352.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 1},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {1, 24},  {2, 2},   S_INIT("春节"), 1},
    {DAY_HOLIDAY,  {4, 4},   {4, 6},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 5},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 25},  {6, 27},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 8},  S_INIT("国庆节、中秋节"), 0},
    {DAY_MAKEUP,   {1, 19},  {1, 19},  S_INIT("春节"), 1},
    {DAY_MAKEUP,   {4, 26},  {4, 26},  S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {5, 9},   {5, 9},   S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {6, 28},  {6, 28},  S_INIT("端午节"), 0},
    {DAY_MAKEUP,   {9, 27},  {9, 27},  S_INIT("国庆节、中秋节"), 0},
    {DAY_MAKEUP,   {10, 10}, {10, 10}, S_INIT("国庆节、中秋节"), 0},
};

const struct calendar_year calendar_2020 = {
    .year = 2020,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 249,
    .working_days_by_month = {17, 20, 22, 22, 19, 21, 23, 21, 23, 17, 21, 23},
};
// clang-format on
