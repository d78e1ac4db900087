/* Breaks and make-up working days of 2023. Made by tools/make-calendar; the notices rule. */
#include "rules/data/calendar.h"

#include "base/ban.h"

// clang-format off
static const struct str notices[] = {
    S_INIT("http://www.gov.cn/zhengce/zhengceku/2022-12/08/content_5730844.htm"),
};

static const struct listed_days listed[] = {
    /* kind         from      to        name, notice */
    {DAY_HOLIDAY,  {1, 1},   {1, 2},   S_INIT("元旦"), 0},
    {DAY_HOLIDAY,  {1, 21},  {1, 27},  S_INIT("春节"), 0},
    {DAY_HOLIDAY,  {4, 5},   {4, 5},   S_INIT("清明节"), 0},
    {DAY_HOLIDAY,  {4, 29},  {5, 3},   S_INIT("劳动节"), 0},
    {DAY_HOLIDAY,  {6, 22},  {6, 24},  S_INIT("端午节"), 0},
    {DAY_HOLIDAY,  {9, 29},  {10, 6},  S_INIT("中秋节、国庆节"), 0},
    {DAY_MAKEUP,   {1, 28},  {1, 29},  S_INIT("春节"), 0},
    {DAY_MAKEUP,   {4, 23},  {4, 23},  S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {5, 6},   {5, 6},   S_INIT("劳动节"), 0},
    {DAY_MAKEUP,   {6, 25},  {6, 25},  S_INIT("端午节"), 0},
    {DAY_MAKEUP,   {10, 7},  {10, 8},  S_INIT("中秋节、国庆节"), 0},
};

const struct calendar_year calendar_2023 = {
    .year = 2023,
    .notices = notices,
    .listed = listed,
    .listed_count = sizeof(listed) / sizeof(listed[0]),
    .working_days = 249,
    .working_days_by_month = {18, 20, 23, 20, 21, 21, 21, 23, 20, 19, 22, 21},
};
// clang-format on
