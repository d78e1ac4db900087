/*
 * target.h: what a fuzz target defines. It returns 0, and ends the process (must) when a promise is
 * broken.
 */
#ifndef GK_FUZZ_TARGET_H
#define GK_FUZZ_TARGET_H

#include "base/err.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#endif
