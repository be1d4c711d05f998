#include "decimals.h"

enum { WHOLE_MAX = 15, PARTS_MAX = 10 };

#define ONE INT64_C(10000000000)

static bool
digits_read(struct str digits, size_t most, int64_t *out)
{
    *out = 0;
    if (digits.len == 0 || digits.len > most)
        return false;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.p[i] < '0' || digits.p[i] > '9')
            return false;
        *out = *out * 10 + (digits.p[i] - '0');
    }
    return true;
}

bool
decimal_read(struct str normal, struct decimal *out)
{
    bool is_negative = normal.len > 0 && normal.p[0] == '-';
    struct str rest = normal, whole;

    if (is_negative)
        rest = (struct str){ normal.p + 1, normal.len - 1 };
    if (!str_cut(&rest, '.', &whole) || !digits_read(whole, WHOLE_MAX, &out->whole))
        return false;
    out->parts = 0;
    if (whole.len + is_negative < normal.len) {
        if (!digits_read(rest, PARTS_MAX, &out->parts))
            return false;
        for (size_t i = rest.len; i < PARTS_MAX; i++)
            out->parts *= 10;
    }
    if (is_negative) {
        out->whole = -out->whole;
        out->parts = -out->parts;
    }
    return true;
}

int
decimal_compare(struct decimal a, struct decimal b)
{
    if (a.whole != b.whole)
        return a.whole < b.whole ? -1 : 1;
    return a.parts < b.parts ? -1 : a.parts > b.parts;
}

struct decimal
decimal_add(struct decimal a, struct decimal b)
{
    struct decimal sum = { a.whole + b.whole, a.parts + b.parts };

    sum.whole += sum.parts / ONE;
    sum.parts %= ONE;
    if (sum.whole > 0 && sum.parts < 0) {
        sum.whole--;
        sum.parts += ONE;
    } else if (sum.whole < 0 && sum.parts > 0) {
        sum.whole++;
        sum.parts -= ONE;
    }
    return sum;
}

struct decimal
decimal_in_cents(struct decimal reais)
{
    return (struct decimal){ reais.whole * 100 + reais.parts / (ONE / 100),
                             reais.parts % (ONE / 100) * 100 };
}

struct str
decimal_print(struct arena *a, struct decimal d)
{
    bool is_negative = d.whole < 0 || d.parts < 0;
    struct str text = str_fmt(a, "%s%lld.%010lld", is_negative ? "-" : "",
                              (long long)(is_negative ? -d.whole : d.whole),
                              (long long)(is_negative ? -d.parts : d.parts));

    while (text.p[text.len - 1] == '0')
        text.len--;
    if (text.p[text.len - 1] == '.')
        text.len--;
    return text;
}
