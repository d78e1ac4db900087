/* Breaks and make-up working days of 2012. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2011-12/06/content_1411.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 3},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {1, 22},  {1, 28},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 2},   {4, 4},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {4, 29},  {5, 1},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 22},  {6, 24},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 30},  {10, 7},  S_INIT("中秋节、国庆节"), 0},
    {DAY_MAKEUP,   {1, 21},  {1, 21},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {1, 29},  {1, 29},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {3, 31},  {4, 1},   S_INIT("清明节"), 0},
    {DAY_MAKEUP,   {4, 28},  {4, 28},  S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {9, 29},  {9, 29},  S_INIT("中秋节、国庆节"), 0},
};

const struct calendar_year calendar_2012 = {
    .year = 2012,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 249,
    .working_days_by_month = {17, 21, 23, 19, 22, 20, 22, 23, 21, 18, 22, 21},
};
// clang-format on
