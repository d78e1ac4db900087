/* Breaks and make-up working days of 2013. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2012-12/10/content_1353.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 3},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {2, 9},   {2, 15},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 4},   {4, 6},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {4, 29},  {5, 1},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 10},  {6, 12},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 19},  {9, 21},  S_INIT("中秋节"), 0},
    {DAY_HOLIDAY,  {10, 1},  {10, 7},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {1, 5},   {1, 6},   S_INIT("元旦"), 0},
    {DAY_MAKEUP,   {2, 16},  {2, 17},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {4, 7},   {4, 7},   S_INIT("清明节"), 0},
    {DAY_MAKEUP,   {4, 27},  {4, 28},  S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {6, 8},   {6, 9},   S_INIT("端午节"), 0},
    {DAY_MAKEUP,   {9, 22},  {9, 22},  S_INIT("中秋节"), 0},
    {DAY_MAKEUP,   {9, 29},  {9, 29},  S_INIT("国庆节"), 0},
    {DAY_MAKEUP,   {10, 12}, {10, 12}, S_INIT("国庆节"), 0},
};

const struct calendar_year calendar_2013 = {
    .year = 2013,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 250,
    .working_days_by_month = {22, 17, 21, 21, 22, 19, 23, 22, 21, 19, 21, 22},
};
// clang-format on
