/* Breaks and make-up working days of 2014. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2014-01/02/content_1194.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 1},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {1, 31},  {2, 6},   S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 5},   {4, 5},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {4, 7},   {4, 7},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 3},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 2},   {6, 2},   S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 8},   {9, 8},   S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {1, 26},  {1, 26},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 8},   {2, 8},   S_INIT("春节"), 0},
    {DAY_MAKEUP,   {5, 4},   {5, 4},   S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {9, 28},  {9, 28},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {10, 11}, {10, 11}, S_INIT("国庆节"), 0},
};

const struct calendar_year calendar_2014 = {
    .year = 2014,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 250,
    .working_days_by_month = {22, 17, 21, 21, 21, 20, 23, 21, 22, 19, 20, 23},
};
// clang-format on
