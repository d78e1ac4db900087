/*
 * web_sniff_fuzz.c: every file has a kind or a refusal, never both; nothing a browser would run
 * gets a kind by its beginning.
 */
#include "base/limits.h"
#include "base/utf8.h"
#include "target.h"
#include "web/sniff.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct str all = str_make((const char *)data, size);
    struct str head = str_sub(all, 0, SNIFF_HEAD_BYTES);
    struct str tail = size > SNIFF_TAIL_BYTES ? str_skip(all, size - SNIFF_TAIL_BYTES) : all;
    struct sniffed s = sniff(head, tail, S("x.csv"));
    must((s.media_type.n == 0) != (s.refusal.n == 0));
    must(utf8_valid(s.refusal));
    must(!str_starts(all, S("<script")) || s.refusal.n > 0);
    must(!str_starts(all, S("MZ")) || s.refusal.n > 0);
    return 0;
}
