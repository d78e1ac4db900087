/* Breaks and make-up working days of 2016. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2015-12/10/content_10394.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 1},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 7},   {2, 13},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 4},   {4, 4},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 2},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 9},   {6, 11},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 15},  {9, 17},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {2, 6},   {2, 6},   S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 14},  {2, 14},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {6, 12},  {6, 12},  S_INIT("端午节"), 0},
    {DAY_MAKEUP,   {9, 18},  {9, 18},  S_INIT("中秋节"), 0},
    {DAY_MAKEUP,   {10, 8},  {10, 9},  S_INIT("国庆节"), 0},
};

const struct calendar_year calendar_2016 = {
    .year = 2016,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 250,
    .working_days_by_month = {20, 18, 23, 20, 21, 21, 21, 23, 21, 18, 22, 22},
};
// clang-format on
