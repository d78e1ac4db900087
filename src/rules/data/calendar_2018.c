/* Breaks and make-up working days of 2018. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2017-11/30/content_5243579.htm"),
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2018-12/06/content_5346276.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 1},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 15},  {2, 21},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 5},   {4, 7},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {4, 29},  {5, 1},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 18},  {6, 18},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 24},  {9, 24},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_HOLIDAY,  {12, 30}, {12, 31}, S_INIT("元旦"), 1},
    {DAY_MAKEUP,   {2, 11},  {2, 11},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {2, 24},  {2, 24},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {4, 8},   {4, 8},   S_INIT("清明节"), 0},
    {DAY_MAKEUP,   {4, 28},  {4, 28},  S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {9, 29},  {9, 30},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {12, 29}, {12, 29}, S_INIT("元旦"), 1},
};

const struct calendar_year calendar_2018 = {
    .year = 2018,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 250,
    .working_days_by_month = {22, 17, 22, 20, 22, 20, 22, 23, 21, 18, 22, 21},
};
// clang-format on
