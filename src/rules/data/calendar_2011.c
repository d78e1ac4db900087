/* Breaks and make-up working days of 2011. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2010-12/10/content_1423.htm"),
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2011-12/06/content_1411.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 3},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 2},   {2, 8},   S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 3},   {4, 5},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {4, 30},  {5, 2},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 4},   {6, 6},   S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 10},  {9, 12},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {1, 30},  {1, 30},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 12},  {2, 12},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {4, 2},   {4, 2},   S_INIT("清明节"), 0},
    {DAY_MAKEUP,   {10, 8},  {10, 9},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {12, 31}, {12, 31}, S_INIT("元旦"), 1},
};

const struct calendar_year calendar_2011 = {
    .year = 2011,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 250,
    .working_days_by_month = {21, 16, 23, 20, 21, 21, 21, 23, 21, 18, 22, 23},
};
// clang-format on
