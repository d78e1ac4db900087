/* account_common.h: the commonest passwords, in lower case and without their usual endings. */
#ifndef GK_CAP_ACCOUNT_COMMON_H
#define GK_CAP_ACCOUNT_COMMON_H

#include <stddef.h>

extern const char *const account_common[];
extern const size_t account_common_count;

#endif
