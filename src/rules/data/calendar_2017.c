/* Breaks and make-up working days of 2017. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2016-12/01/content_5141603.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 2},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {1, 27},  {2, 2},   S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 2},   {4, 4},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {5, 1},   {5, 1},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {5, 28},  {5, 30},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 8},  S_INIT("中秋节、国庆节"), 0},
    {DAY_MAKEUP,   {1, 22},  {1, 22},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 4},   {2, 4},   S_INIT("春节"), 0},
    {DAY_MAKEUP,   {4, 1},   {4, 1},   S_INIT("清明节"), 0},
    {DAY_MAKEUP,   {5, 27},  {5, 27},  S_INIT("端午节"), 0},
    {DAY_MAKEUP,   {9, 30},  {9, 30},  S_INIT("中秋节、国庆节"), 0},
};

const struct calendar_year calendar_2017 = {
    .year = 2017,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 249,
    .working_days_by_month = {19, 19, 23, 19, 21, 22, 21, 23, 22, 17, 22, 21},
};
// clang-format on
