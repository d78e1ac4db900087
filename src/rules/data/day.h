/*
 * day.h: a civil day as a constant, for tables: .from = DAY(2019, 5, 15).
 *
 * The count of days since 1970-01-01 in the Gregorian calendar, as a constant expression; years
 * start in March inside it, so the leap day is the last of its year. tests/rules compares it with
 * date_from_ymd over the whole calendar.
 */
#ifndef GK_RULES_DATA_DAY_H
#define GK_RULES_DATA_DAY_H

#include "base/date.h"

#define DAY_MARCH_YEAR_(y, m) ((y) - ((m) < 3 ? 1 : 0))
#define DAY_OF_MARCH_YEAR_(m, d) ((153 * ((m) < 3 ? (m) + 9 : (m)-3) + 2) / 5 + (d)-1)
#define DAY_LEAPS_(y) ((y) / 4 - (y) / 100 + (y) / 400)
#define DAY(y, m, d)                                                                               \
    {                                                                                              \
        DAY_MARCH_YEAR_(y, m) * 365 + DAY_LEAPS_(DAY_MARCH_YEAR_(y, m)) +                          \
            DAY_OF_MARCH_YEAR_(m, d) - 719468                                                      \
    }
/* DATE_NONE in a table. */
#define DAY_NONE                                                                                   \
    {                                                                                              \
        INT32_MIN                                                                                  \
    }

#endif
