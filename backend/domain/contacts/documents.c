#include "documents.h"

static bool
is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Weights rise from the right: 2 to 9 and 2 again for a CNPJ, 2 to 11 for a CPF. */
static char
check_digit(const char *p, size_t n, int heaviest)
{
    int sum = 0, weight = 2;

    for (size_t i = n; i-- > 0;) {
        sum += (p[i] - '0') * weight;
        weight = weight == heaviest ? 2 : weight + 1;
    }
    sum %= 11;
    return (char)('0' + (sum < 2 ? 0 : 11 - sum));
}

void
document_check_digits(struct str stem, char out[2])
{
    int heaviest = stem.len == CPF_LENGTH - 2 ? 11 : 9;
    char whole[CNPJ_LENGTH];

    memcpy(whole, stem.p, stem.len);
    whole[stem.len] = out[0] = check_digit(whole, stem.len, heaviest);
    out[1] = check_digit(whole, stem.len + 1, heaviest);
}

/* In capitals; 0: it is no character of a document. */
static char
character(char c)
{
    if (c >= 'a' && c <= 'z')
        return (char)(c - 'a' + 'A');
    return is_digit(c) || (c >= 'A' && c <= 'Z') ? c : '\0';
}

struct str
document_characters(struct arena *a, struct str typed)
{
    struct buf b = { .arena = a };

    for (size_t i = 0; i < typed.len; i++)
        if (character(typed.p[i]) != '\0')
            buf_char(&b, character(typed.p[i]));
    return buf_str(&b);
}

/* Without what people put between the characters; *n is CNPJ_LENGTH + 1 when there is too much. */
static bool
compact(struct str typed, char out[CNPJ_LENGTH], size_t *n)
{
    *n = 0;
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.p[i];

        if (c == '.' || c == '-' || c == '/' || c == ' ')
            continue;
        if (character(c) == '\0' || *n == CNPJ_LENGTH)
            return false;
        out[(*n)++] = character(c);
    }
    return *n == CPF_LENGTH || *n == CNPJ_LENGTH;
}

/* 111.111.111-11 passes the sum and belongs to nobody. */
static bool
is_one_character(const char *p, size_t n)
{
    for (size_t i = 1; i < n; i++)
        if (p[i] != p[0])
            return false;
    return true;
}

bool
document_normalise(struct arena *a, struct str typed, struct str *out)
{
    char text[CNPJ_LENGTH], check[2];
    size_t n;

    if (!compact(typed, text, &n) || is_one_character(text, n))
        return false;
    for (size_t i = 0; i < n; i++)
        if (!is_digit(text[i]) && (n == CPF_LENGTH || i >= CNPJ_LENGTH - 2))
            return false;
    document_check_digits((struct str){ text, n - 2 }, check);
    if (text[n - 2] != check[0] || text[n - 1] != check[1])
        return false;
    *out = str_dup(a, (struct str){ text, n });
    return true;
}

struct str
document_print(struct arena *a, struct str d)
{
    if (d.len == CPF_LENGTH)
        return str_fmt(a, "%.3s.%.3s.%.3s-%.2s", d.p, d.p + 3, d.p + 6, d.p + 9);
    if (d.len == CNPJ_LENGTH)
        return str_fmt(a, "%.2s.%.3s.%.3s/%.4s-%.2s", d.p, d.p + 2, d.p + 5, d.p + 8, d.p + 12);
    return d;
}
