/*
 * seal.h: secrets at rest. AES-256-GCM, in the envelope of the security design:
 *     alg(1) = 1 ‖ version of the key(4, big-endian) ‖ nonce(12, random) ‖ ciphertext ‖ tag(16)
 *
 * The additional data names the place ("person NUL 42 NUL totp_seed"), so a value copied to another row or column does not open.
 */
#ifndef GK_BASE_SEAL_H
#define GK_BASE_SEAL_H

#include "base/str.h"

enum { SEAL_KEY_BYTES = 32 };

/* "table NUL row NUL column" */
struct str seal_place(struct arena *into, struct str table, int64_t row, struct str column);

/* key: exactly SEAL_KEY_BYTES. Never fails but by a fault of the library, which ends the worker. */
struct str seal(struct arena *into, struct str key, uint32_t key_version, struct str place, struct str plain);
/* False: another key, another place, or bytes that are not ours. */
bool unseal(struct arena *into, struct str key, struct str place, struct str sealed, struct str *plain);

/* For tests with known answers: the nonce is given. */
struct str seal_with_nonce(struct arena *into, struct str key, uint32_t key_version, const uint8_t nonce[12],
    struct str place, struct str plain);

#endif
