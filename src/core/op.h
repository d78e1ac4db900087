/*
 * op.h: the one way to change anything.
 *
 * An operation is a row: name, right, fields, function. op_run() decodes and checks the input by the field table (all faults at
 * once), opens the transaction, asks the right, runs, demands at least one event, writes audit and outbox in the same
 * transaction, commits, and repeats on busy. Web form, JSON, command line and jobs are fronts of the same row.
 */
#ifndef GK_CORE_OP_H
#define GK_CORE_OP_H

#include "core/may.h"

enum field_kind {
    FIELD_LINE,    /* struct str: one line, normalised (text_line) */
    FIELD_LINES,   /* struct str: several lines (text_lines) */
    FIELD_RAW,     /* struct str: as typed (body source); valid UTF-8 only */
    FIELD_SECRET,  /* struct str: as typed, never echoed, never in diagnostics */
    FIELD_ID,      /* int64_t */
    FIELD_INT,     /* int64_t between least and most; INT_NONE when empty and optional */
    FIELD_DAY,     /* struct date: as people type it */
    FIELD_FLAG,    /* bool: present and not "0" */
    FIELD_CHOICE,  /* struct str: one of choices (values) */
    FIELD_LIST,    /* struct strs: every value of that name, each a line; empty ones dropped */
    FIELD_IDS,     /* struct ids */
    FIELD_PARTS,   /* struct strs of raw texts, every value of that name kept, also empty ones */
    FIELD_FILES,   /* struct files: uploads of that name, already kept as blobs */
};

struct ids {
    const int64_t *v;
    size_t n;
};

/* An upload that reached the blob store. */
struct file {
    struct str name;        /* cleaned file name: no path, no controls, at most LIMIT_FILE_NAME_BYTES */
    struct str media_type;  /* by content */
    struct str digest;      /* 64 hex */
    int64_t size_bytes;
};

struct files {
    const struct file *v;
    size_t n;
};

struct choice {
    const char *value;
    const char *label;
};

struct field {
    const char *name;
    const char *label;       /* 标题 */
    enum field_kind kind;
    size_t offset;           /* in the input struct */
    size_t most;             /* characters of text, entries of a list (each LIMIT_LINE_CHARS), bytes for RAW, largest number;
                                0: the kind's own maximum (field.c) */
    int64_t least;           /* smallest number */
    bool required;
    const struct choice *choices;
    size_t choice_count;
    const char *example;     /* 2026年7月1日; told in a fault as: 请填写成文日期，例如 2026年7月1日 */
};

#define FIELD(struct_type, member, ...)                                                            \
    {.name = #member, .offset = offsetof(struct_type, member), __VA_ARGS__}

/* Raw input of any front. */
struct value {
    struct str name;
    struct str text;
    const struct file *file; /* not NULL: an upload */
};

struct values {
    const struct value *v;
    size_t n;
};
struct str values_get(const struct values *v, struct str name); /* first; none: STR_NONE (p == NULL) */
bool values_has(const struct values *v, struct str name);

/* What every operation answers. */
struct op_done {
    int64_t id;           /* of the thing */
    int64_t version;
    struct str words;     /* 已发布，索引号 …: shown on the next page */
    struct str location;  /* where to go next: "/office/documents/123" */
    struct str number;    /* official number, if one was allotted */
    bool again;           /* the same form was sent before: this is the first answer */
};

typedef const struct err *op_fn(struct ctx *c, const void *in, struct op_done *done);

enum op_flags {
    OP_PLAIN = 0,
    OP_PROOF = 1,     /* password or code within ten minutes: publish, withdraw, roles */
    OP_NO_AUDIT_DETAIL = 2,
};

struct op {
    const char *name;         /* "document.publish" */
    const char *title;        /* 发布文件 */
    const struct may *may;    /* asked "somewhere" at the gate; the function asks for the unit */
    const struct field *fields;
    size_t field_count;
    size_t in_size;
    op_fn *run;
    enum op_flags flags;
};

/* The three typed lines around a function, so that no function is called through a wrong type. */
#define OP_ADAPT(function, input_struct)                                                           \
    static const struct err *function##_op(struct ctx *c, const void *in, struct op_done *done)    \
    {                                                                                              \
        return function(c, (const input_struct *)in, done);                                        \
    }
#define OP(op_name, op_title, op_may, field_table, input_struct, function, op_flags_)             \
    {.name = (op_name), .title = (op_title), .may = &(op_may), .fields = (field_table),            \
        .field_count = sizeof(field_table) / sizeof((field_table)[0]),                             \
        .in_size = sizeof(input_struct), .run = function##_op, .flags = (op_flags_)}

/*
 * Runs it, outside any transaction. form_key (may be empty) makes a second sending of the same form harmless: the first answer comes again.
 * Refusals are audited too (in a transaction of their own). ERR_INVALID carries every fault; nothing was changed.
 */
const struct err *op_run(struct ctx *c, const struct op *op, const struct values *input, struct str form_key, struct op_done *done);

/* Bytes that a field of this kind takes in the input struct. */
size_t field_size(enum field_kind kind);

/* Only step one, for previews and tests. into_struct is zeroed by the caller. */
const struct err *op_decode(struct arena *into, const struct field *fields, size_t n, const struct values *input, void *into_struct);

#endif
