/*
 * filename.h: a name for a file that no system stumbles over. Pure.
 */
#ifndef GK_WEB_FILENAME_H
#define GK_WEB_FILENAME_H

#include "base/str.h"

/* Only the last part of a path (of either kind), without controls, bidirectional and zero-width
 * controls, reserved characters, leading dots and outer blanks; at most LIMIT_FILE_NAME_BYTES with
 * its extension kept. Never empty: "文件". sent must be valid UTF-8. */
struct str file_name_clean(struct arena *into, struct str sent);

#endif
