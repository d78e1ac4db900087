#include "base/seal.h"

#include "base/err.h"
#include "base/rand.h"

#include <openssl/evp.h>
#include <string.h>

enum { HEAD_BYTES = 5, NONCE_BYTES = 12, TAG_BYTES = 16, ALG_AES_256_GCM = 1 };

struct str seal_place(struct arena *into, struct str table, int64_t row, struct str column)
{
    struct str number = str_from_int(into, row);
    size_t n = table.n + 1 + number.n + 1 + column.n;
    char *p = arena_alloc(into, n);
    memcpy(p, table.p, table.n);
    memcpy(p + table.n + 1, number.p, number.n);
    memcpy(p + table.n + 1 + number.n + 1, column.p, column.n);
    return str_make(p, n);
}

struct str seal_with_nonce(struct arena *into, struct str key, uint32_t key_version,
    const uint8_t nonce[12], struct str place, struct str plain)
{
    must(key.n == SEAL_KEY_BYTES && plain.n < INT32_MAX && place.n < INT32_MAX);
    size_t n = HEAD_BYTES + NONCE_BYTES + plain.n + TAG_BYTES;
    uint8_t *p = arena_alloc(into, n);
    p[0] = ALG_AES_256_GCM;
    p[1] = (uint8_t)(key_version >> 24);
    p[2] = (uint8_t)(key_version >> 16);
    p[3] = (uint8_t)(key_version >> 8);
    p[4] = (uint8_t)key_version;
    memcpy(p + HEAD_BYTES, nonce, NONCE_BYTES);
    uint8_t *text = p + HEAD_BYTES + NONCE_BYTES;

    EVP_CIPHER_CTX *e = EVP_CIPHER_CTX_new();
    must(e != NULL);
    int done = 0;
    must(EVP_EncryptInit_ex(e, EVP_aes_256_gcm(), NULL, (const uint8_t *)key.p, nonce) == 1);
    must(EVP_EncryptUpdate(e, NULL, &done, (const uint8_t *)place.p, (int)place.n) == 1);
    must(EVP_EncryptUpdate(e, text, &done, (const uint8_t *)plain.p, (int)plain.n) == 1);
    must(done == (int)plain.n);
    must(EVP_EncryptFinal_ex(e, text + plain.n, &done) == 1 && done == 0);
    must(EVP_CIPHER_CTX_ctrl(e, EVP_CTRL_GCM_GET_TAG, TAG_BYTES, text + plain.n) == 1);
    EVP_CIPHER_CTX_free(e);
    return str_make((const char *)p, n);
}

struct str seal(
    struct arena *into, struct str key, uint32_t key_version, struct str place, struct str plain)
{
    uint8_t nonce[NONCE_BYTES];
    rand_bytes(nonce, sizeof(nonce));
    return seal_with_nonce(into, key, key_version, nonce, place, plain);
}

bool unseal(
    struct arena *into, struct str key, struct str place, struct str sealed, struct str *plain)
{
    *plain = STR_NONE;
    if (key.n != SEAL_KEY_BYTES || sealed.n < HEAD_BYTES + NONCE_BYTES + TAG_BYTES ||
        sealed.n > INT32_MAX || sealed.p[0] != ALG_AES_256_GCM || place.n > INT32_MAX) {
        return false;
    }
    const uint8_t *nonce = (const uint8_t *)sealed.p + HEAD_BYTES;
    const uint8_t *text = nonce + NONCE_BYTES;
    size_t n = sealed.n - HEAD_BYTES - NONCE_BYTES - TAG_BYTES;
    uint8_t tag[TAG_BYTES];
    memcpy(tag, text + n, TAG_BYTES);
    uint8_t *p = arena_alloc(into, n + 1);

    EVP_CIPHER_CTX *e = EVP_CIPHER_CTX_new();
    must(e != NULL);
    int done = 0;
    bool good =
        EVP_DecryptInit_ex(e, EVP_aes_256_gcm(), NULL, (const uint8_t *)key.p, nonce) == 1 &&
        EVP_DecryptUpdate(e, NULL, &done, (const uint8_t *)place.p, (int)place.n) == 1 &&
        EVP_DecryptUpdate(e, p, &done, text, (int)n) == 1 &&
        EVP_CIPHER_CTX_ctrl(e, EVP_CTRL_GCM_SET_TAG, TAG_BYTES, tag) == 1 &&
        EVP_DecryptFinal_ex(e, p + n, &done) == 1;
    EVP_CIPHER_CTX_free(e);
    if (!good) {
        memset(p, 0, n); /* unauthenticated bytes go nowhere */
        return false;
    }
    *plain = str_make((const char *)p, n);
    return true;
}
