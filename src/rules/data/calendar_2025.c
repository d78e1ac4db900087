/* Breaks and make-up working days of 2025. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("https://www.gov.cn/zhengce/zhengceku/202411/content_6986383.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 1},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {1, 28},  {2, 4},   S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 4},   {4, 6},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 5},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {5, 31},  {6, 2},   S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 8},  S_INIT("国庆节、中秋节"), 0},
    {DAY_MAKEUP,   {1, 26},  {1, 26},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 8},   {2, 8},   S_INIT("春节"), 0},
    {DAY_MAKEUP,   {4, 27},  {4, 27},  S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {9, 28},  {9, 28},  S_INIT("国庆节、中秋节"), 0},
    {DAY_MAKEUP,   {10, 11}, {10, 11}, S_INIT("国庆节、中秋节"), 0},
};

const struct calendar_year calendar_2025 = {
    .year = 2025,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 248,
    .working_days_by_month = {19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23},
};
// clang-format on
