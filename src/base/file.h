/*
 * file.h: the seam to the file system. Every read, write, sync and rename of the program goes through here, so that a test
 * can make the n-th one fail: GK_FAIL=write:17:ENOSPC (kinds: open read write sync rename). fsync errors are final.
 */
#ifndef GK_BASE_FILE_H
#define GK_BASE_FILE_H

#include "base/err.h"

/* Whole file, at most max_bytes (else ERR_TOO_LARGE). */
const struct err *file_read(struct arena *into, const char *path, size_t max_bytes, struct str *out);
/* Temporary file beside it, fsync, rename, fsync of the directory. mode e.g. 0600. */
const struct err *file_write(struct arena *into, const char *path, struct str bytes, int mode);
const struct err *file_make_dirs(struct arena *into, const char *path, int mode);
bool file_is(const char *path);

/* Low level, for streams. Return as the system calls do; -1 and errno on failure. */
int file_open(const char *path, int flags, int mode);
ptrdiff_t file_read_some(int fd, void *p, size_t n);
int file_write_all(int fd, const void *p, size_t n);
int file_sync(int fd);
int file_sync_dir(const char *path);
int file_rename(const char *from, const char *to);

#endif
