/*
 * limits.h: every maximum of the program, with its reason. All are defaults of settings where a setting exists (ruling 18).
 */
#ifndef GK_BASE_LIMITS_H
#define GK_BASE_LIMITS_H

#define KIB(n) ((size_t)(n) * 1024)
#define MIB(n) ((size_t)(n) * 1024 * 1024)

enum {
    LIMIT_TITLE_CHARS = 200,     /* a long official title has about 100 */
    LIMIT_NAME_CHARS = 80,       /* unit, person, column */
    LIMIT_LINE_CHARS = 500,      /* any other single line */
    LIMIT_NOTE_CHARS = 4000,     /* reasons, opinions */
    LIMIT_ADDRESSEES = 200,
    LIMIT_PARTS = 20,            /* a notice with its annexes in text */
    LIMIT_ATTACHMENTS = 50,
    LIMIT_FIELDS = 400,          /* fields of one form */
    LIMIT_PAGE_ROWS = 20,        /* public lists */
    LIMIT_OFFICE_ROWS = 50,
    LIMIT_FILE_NAME_BYTES = 240, /* ext4 takes 255 */
};

#define LIMIT_HEAD_BYTES KIB(32)      /* request line and headers */
#define LIMIT_URL_BYTES KIB(8)
#define LIMIT_FORM_BYTES KIB(256)     /* urlencoded forms and JSON without body text */
#define LIMIT_BODY_FORM_BYTES MIB(6)  /* multipart forms that carry a body text (4 MiB) and fields */
#define LIMIT_BODY_HTML_BYTES MIB(4)
#define LIMIT_UPLOAD_BYTES MIB(100)
#define LIMIT_WORK_ARENA_BYTES MIB(128)
#define LIMIT_PAGE_BYTES MIB(24)      /* a page with its escaped body */
#define LIMIT_IMPORT_FILE_BYTES MIB(16)

#endif
