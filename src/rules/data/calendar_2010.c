/* Breaks and make-up working days of 2010. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2009-12/08/content_1476.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 3},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 13},  {2, 19},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 3},   {4, 5},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 3},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 14},  {6, 16},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 22},  {9, 24},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {2, 20},  {2, 21},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {6, 12},  {6, 13},  S_INIT("端午节"), 0},
    {DAY_MAKEUP,   {9, 19},  {9, 19},  S_INIT("中秋节"), 0},
    {DAY_MAKEUP,   {9, 25},  {9, 25},  S_INIT("中秋节"), 0},
    {DAY_MAKEUP,   {9, 26},  {9, 26},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {10, 9},  {10, 9},  S_INIT("国庆节"), 0},
};

const struct calendar_year calendar_2010 = {
    .year = 2010,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 250,
    .working_days_by_month = {20, 17, 23, 21, 20, 21, 22, 22, 22, 17, 22, 23},
};
// clang-format on
