/*
 * sqlc_fuzz.c: any text is either refused with file, line and words, or becomes C. The first byte
 * says whether it is read as statements or as a step of the schema.
 */
#include "sqlc.h"
#include "target.h"

#include <string.h>

/* The strings of the generated file: no line break inside, every quote has its partner. */
static void must_be_whole_strings(const char *c)
{
    bool inside = false;
    bool is_comment = false;
    for (; *c != '\0'; c++) {
        if (!inside && c[0] == '/' && c[1] == '*') {
            is_comment = true;
        } else if (is_comment && c[0] == '*' && c[1] == '/') {
            is_comment = false;
        } else if (is_comment) {
            continue;
        } else if (inside && *c == '\\') {
            c++;
            must(*c != '\0');
        } else if (*c == '"') {
            inside = !inside;
        }
        must(!inside || *c != '\n');
    }
    must(!inside && !is_comment);
}

static void emit(struct job *job)
{
    struct text header = {.pool = job->pool};
    struct text source = {.pool = job->pool};
    emit_header(job, &header);
    emit_source(job, "try_sql.h", &source);
    must_be_whole_strings(header.p);
    must_be_whole_strings(source.p);
    for (size_t i = 0; i < job->stmts.n; i++) {
        must(!(job->stmts.v[i].audience == FOR_PUBLIC && job->stmts.v[i].writes));
        must(job->stmts.v[i].uses_tenant || job->stmts.v[i].all_tenants);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size == 0) {
        return 0;
    }
    struct job job = {.pool = pool_open(), .name = "try"};
    struct source s = {.name = "0001_try.sql", .text = (const char *)data + 1, .n = size - 1};
    bool well = tokenise(&job, &s) &&
                (data[0] == 'm' ? parse_migration(&job, &s) : parse_statements(&job, &s));
    if (well) {
        emit(&job);
    } else {
        must(strncmp(job.error, "0001_try.sql:", 13) == 0 && strlen(job.error) > 16);
    }
    pool_close(job.pool);
    return 0;
}
