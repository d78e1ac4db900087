/*
 * list.h: all capabilities of this program, in the order of src/cap/meson.build. The list itself is made by the build.
 */
#ifndef GK_CAP_LIST_H
#define GK_CAP_LIST_H

#include "core/registry.h"

struct capabilities capability_list(void);

#endif
