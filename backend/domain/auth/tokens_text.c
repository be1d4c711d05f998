#include "tokens.h"

/* CRC-32 as zip and PNG have it. Tokens are short: no table. */
static uint32_t
crc32_of(struct str s)
{
    uint32_t crc = UINT32_MAX;

    for (size_t i = 0; i < s.len; i++) {
        crc ^= (uint8_t)s.p[i];
        for (int bit = 0; bit < 8; bit++)
            crc = crc >> 1 ^ (UINT32_C(0xEDB88320) & -(crc & 1));
    }
    return ~crc;
}

struct str
token_print(struct arena *a, const struct token_text *token)
{
    struct str head = str_fmt(a, "bal_%lld_%lld_%.*s", (long long)token->account,
                              (long long)token->id, STR_ARG(token->secret));

    return str_fmt(a, "%.*s_%08x", STR_ARG(head), crc32_of(head));
}

static bool
is_base64url(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (strchr("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_", s.p[i]) ==
                NULL ||
            s.p[i] == '\0')
            return false;
    return true;
}

/* Ids as we write them and not otherwise: one token has one text. */
static bool
cut_id(struct str *rest, int64_t *out)
{
    struct str word;

    return str_cut(rest, '_', &word) && word.len > 0 && word.p[0] >= '1' && word.p[0] <= '9' &&
           str_i64(word, out);
}

/* The secret may hold the separator itself, so it is cut by its length. */
bool
token_parse(struct str text, struct token_text *out)
{
    enum { TAIL = 9 }; /* _ and eight digits */
    struct str rest, head;
    char crc[TAIL + 1];

    if (!str_starts(text, STR("bal_")) || text.len < 4 + 2 + 2 + TOKEN_SECRET_CHARS + TAIL ||
        text.len > 128)
        return false;
    head = (struct str){ text.p, text.len - TAIL };
    rest = (struct str){ head.p + 4, head.len - 4 };
    if (!cut_id(&rest, &out->account) || !cut_id(&rest, &out->id) ||
        rest.len != TOKEN_SECRET_CHARS || !is_base64url(rest))
        return false;
    out->secret = rest;
    for (int i = 0; i < 8; i++)
        crc[1 + i] = "0123456789abcdef"[crc32_of(head) >> (28 - 4 * i) & 15];
    crc[0] = '_';
    return str_eq((struct str){ text.p + head.len, TAIL }, (struct str){ crc, TAIL });
}
