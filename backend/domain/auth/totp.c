#include "totp.h"

#include "base/err.h"

#include <openssl/evp.h>
#include <openssl/hmac.h>

enum { DIGITS = 6, MODULUS = 1000000, SHA1_BYTES = 20 };

int
totp_code(const uint8_t secret[TOTP_SECRET_BYTES], int64_t step)
{
    uint8_t counter[8], mac[SHA1_BYTES];
    unsigned mac_bytes = sizeof mac;
    uint32_t word;
    int at;

    for (int i = 0; i < 8; i++)
        counter[i] = (uint8_t)((uint64_t)step >> (56 - 8 * i));
    if (HMAC(EVP_sha1(), secret, TOTP_SECRET_BYTES, counter, sizeof counter, mac, &mac_bytes) ==
        NULL)
        BUG("what=hmac_sha1");
    at = mac[SHA1_BYTES - 1] & 0x0f; /* RFC 4226: the last nibble says where to read */
    word = ((uint32_t)mac[at] & 0x7f) << 24 | (uint32_t)mac[at + 1] << 16 |
           (uint32_t)mac[at + 2] << 8 | mac[at + 3];
    return (int)(word % MODULUS);
}

bool
totp_match(const uint8_t secret[TOTP_SECRET_BYTES], int64_t now_s, int64_t drift, struct str code,
           int64_t *step, int64_t *learned)
{
    int64_t now = now_s / TOTP_STEP_S, number;
    bool matches = false;

    if (code.len != DIGITS || !str_i64(code, &number) || number < 0)
        return false;
    /* All three are computed: which one it was is not told by time either. */
    for (int64_t offset = drift - 1; offset <= drift + 1; offset++)
        if (totp_code(secret, now + offset) == number) {
            *step = now + offset;
            *learned = offset > TOTP_DRIFT_MAX    ? TOTP_DRIFT_MAX
                       : offset < -TOTP_DRIFT_MAX ? -TOTP_DRIFT_MAX
                                                  : offset;
            matches = true;
        }
    return matches;
}

struct str
totp_base32(struct arena *a, const uint8_t secret[TOTP_SECRET_BYTES])
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    struct buf out = { .arena = a };
    uint32_t bits = 0;
    int held = 0;

    for (int i = 0; i < TOTP_SECRET_BYTES; i++) { /* 20 bytes are 32 letters, nothing left over */
        bits = bits << 8 | secret[i];
        for (held += 8; held >= 5; held -= 5)
            buf_char(&out, letters[bits >> (held - 5) & 31]);
    }
    return buf_str(&out);
}

struct str
totp_uri(struct arena *a, struct str base32, struct str email)
{
    struct buf label = { .arena = a };

    for (size_t i = 0; i < email.len; i++) {
        unsigned char c = (unsigned char)email.p[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            c == '.' || c == '-' || c == '_' || c == '@')
            buf_char(&label, (char)c);
        else
            buf_fmt(&label, "%%%02X", c);
    }
    return str_fmt(a, "otpauth://totp/Balc%%C3%%A3o:%.*s?secret=%.*s&issuer=Balc%%C3%%A3o",
                   STR_ARG(buf_str(&label)), STR_ARG(base32));
}
