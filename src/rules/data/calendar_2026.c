/* Breaks and make-up working days of 2026. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 3},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 15},  {2, 23},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 4},   {4, 6},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 5},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 19},  {6, 21},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 25},  {9, 27},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {1, 4},   {1, 4},   S_INIT("元旦"), 0},
    {DAY_MAKEUP,   {2, 14},  {2, 14},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 28},  {2, 28},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {5, 9},   {5, 9},   S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {9, 20},  {9, 20},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {10, 10}, {10, 10}, S_INIT("国庆节"), 0},
};

const struct calendar_year calendar_2026 = {
    .year = 2026,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 248,
    .working_days_by_month = {21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23},
};
// clang-format on
