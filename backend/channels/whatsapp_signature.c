/*
 * Who is calling: the challenge of a new callback, and the signature of each body.
 */
#include "whatsapp_private.h"

#include "base/crypto.h"

struct err
whatsapp_challenge(struct str mode, struct str token, struct str expected, struct str challenge,
                   struct str *answer)
{
    if (!str_eq(mode, STR("subscribe")) || expected.len == 0 || !crypto_same(token, expected))
        return FAIL(ERR_FORBIDDEN, "verify_token_wrong");
    *answer = challenge;
    return OK;
}

static bool
is_signed(struct str secret, struct str body, const uint8_t claimed[CRYPTO_SHA256_BYTES])
{
    uint8_t mac[CRYPTO_SHA256_BYTES];

    crypto_hmac_sha256(secret, body, mac);
    return crypto_same((struct str){ (const char *)mac, sizeof(mac) },
                       (struct str){ (const char *)claimed, sizeof(mac) });
}

static uint32_t
code_point(const unsigned char *p, int bytes)
{
    static const unsigned char lead[] = { 0, 0x7F, 0x1F, 0x0F, 0x07 };
    uint32_t c = p[0] & lead[bytes];

    for (int i = 1; i < bytes; i++)
        c = c << 6 | (p[i] & 0x3F);
    return c;
}

/*
 * The body with each UTF-16 unit beyond ASCII as \uXXXX, lower-case digits: what
 * Meta says it signs. On its wire the bytes are escaped already; proxies that
 * parse and print again send them raw. False: nothing to escape, or no UTF-8.
 */
static bool
escape(struct str body, struct buf *out)
{
    const char *end = body.p + body.len;
    bool has_any = false;

    for (const char *p = body.p; p < end;) {
        int bytes = str_utf8_step(p, end);
        uint32_t c;

        if (bytes == 0)
            return false;
        c = code_point((const unsigned char *)p, bytes);
        if (bytes == 1)
            buf_char(out, *p);
        else if (c < 0x10000)
            buf_fmt(out, "\\u%04x", c);
        else
            buf_fmt(out, "\\u%04x\\u%04x", 0xD800 + ((c - 0x10000) >> 10),
                    0xDC00 + ((c - 0x10000) & 0x3FF));
        has_any = has_any || bytes > 1;
        p += bytes;
    }
    return has_any;
}

static bool
is_signed_escaped(struct str secret, struct str body, const uint8_t claimed[CRYPTO_SHA256_BYTES])
{
    struct arena *a = arena_new(2 * body.len + 64);
    struct buf escaped = { .arena = a };
    bool same = escape(body, &escaped) && is_signed(secret, buf_str(&escaped), claimed);

    arena_free(a);
    return same;
}

enum channel_verdict
whatsapp_verify(const struct channel_config *config, struct str body, struct str signature)
{
    static const struct str scheme = { "sha256=", 7 };
    struct str secret = json_get_text(config->secrets, "app_secret");
    uint8_t claimed[CRYPTO_SHA256_BYTES];

    if (signature.len == 0)
        return CHANNEL_MISSING;
    if (secret.len == 0 || !str_starts(signature, scheme))
        return CHANNEL_INVALID;
    signature.p += scheme.len;
    signature.len -= scheme.len;
    if (!crypto_unhex(signature, claimed, sizeof(claimed)))
        return CHANNEL_INVALID;
    return is_signed(secret, body, claimed) || is_signed_escaped(secret, body, claimed)
               ? CHANNEL_VALID
               : CHANNEL_INVALID;
}
