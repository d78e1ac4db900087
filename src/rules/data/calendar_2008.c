/* Breaks and make-up working days of 2008. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2008-03/28/content_1645.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 1},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 6},   {2, 12},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 4},   {4, 6},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 3},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 7},   {6, 9},   S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 13},  {9, 15},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {9, 29},  {10, 5},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {2, 2},   {2, 3},   S_INIT("春节"), 0},
    {DAY_MAKEUP,   {5, 4},   {5, 4},   S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {9, 27},  {9, 28},  S_INIT("国庆节"), 0},
};

const struct calendar_year calendar_2008 = {
    .year = 2008,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 251,
    .working_days_by_month = {22, 18, 21, 21, 21, 20, 23, 21, 21, 20, 20, 23},
};
// clang-format on
