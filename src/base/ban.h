/*
 * ban.h: included last by every .c file outside base/: names nobody here may call.
 */
#ifndef GK_BASE_BAN_H
#define GK_BASE_BAN_H

#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <stdio.h>

#undef alloca /* a macro of the C library's headers; poisoning a macro is a warning */
#pragma GCC poison strcpy strcat sprintf vsprintf gets strtok atoi atol atof localtime gmtime mktime system popen alloca
#ifndef GK_MAY_ALLOCATE
#pragma GCC poison malloc calloc realloc
#endif

#endif
