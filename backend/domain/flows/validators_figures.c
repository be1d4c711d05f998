/* Numbers, documents, telephones. */
#include "validators_private.h"

#include "base/fold.h"
#include "choice.h"
#include "domain/contacts/contacts.h"

#include <stdio.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum { WHOLE_MAX = 15, FRACTION_MAX = 10, PIECES_MAX = 32, DIGITS_MAX = 100 };

/* --- exact decimals --------------------------------------------------------------- */

/* "-001.50" in two rows of digits: whole "1", fraction "5". */
struct decimal {
    bool is_negative;
    struct str whole, fraction;
};

static struct str
without_zeros(struct str digits, bool at_end)
{
    while (digits.len > 0 && digits.p[at_end ? digits.len - 1 : 0] == '0') {
        digits.p += !at_end;
        digits.len--;
    }
    return digits;
}

static int
compare_digits(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

    return order != 0 ? order : a.len < b.len ? -1 : a.len > b.len;
}

static int
compare(const struct decimal *a, const struct decimal *b)
{
    int order;

    if (a->is_negative != b->is_negative)
        return a->is_negative ? -1 : 1;
    order = a->whole.len != b->whole.len ? (a->whole.len < b->whole.len ? -1 : 1)
                                         : compare_digits(a->whole, b->whole);
    if (order == 0)
        order = compare_digits(a->fraction, b->fraction);
    return a->is_negative ? -order : order;
}

static bool
is_all_digits(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if (!is_digit(s.p[i]))
            return false;
    return true;
}

/* "1.234.567" → "1234567": groups of three after the first. False: the dots stand elsewhere. */
static bool
join_thousands(struct arena *a, struct str s, struct str *out)
{
    bool is_grouped = str_find(s, '.') >= 0, is_first = true;
    struct buf digits = { .arena = a };
    struct str group;

    if (s.len == 0 || s.p[s.len - 1] == '.')
        return false;
    for (struct str rest = s; str_cut(&rest, '.', &group); is_first = false) {
        if (!is_all_digits(group) || group.len == 0 ||
            (is_grouped && (is_first ? group.len > 3 : group.len != 3)))
            return false;
        buf_add(&digits, group);
    }
    *out = buf_str(&digits);
    return true;
}

/* As Brazilians write numbers, and as normal forms do. */
static bool
read_decimal(struct arena *a, struct str s, struct decimal *out)
{
    ptrdiff_t comma, dot;

    *out = (struct decimal){ .is_negative = s.len > 1 && *s.p == '-' };
    s.p += out->is_negative;
    s.len -= out->is_negative;
    comma = str_find(s, ',');
    dot = str_find(s, '.');
    if (comma >= 0) {
        out->fraction = (struct str){ s.p + comma + 1, s.len - (size_t)comma - 1 };
        s.len = (size_t)comma;
    } else if (dot >= 0 && s.len - (size_t)dot != 4 &&
               str_find((struct str){ s.p + dot + 1, s.len - (size_t)dot - 1 }, '.') < 0) {
        out->fraction = (struct str){ s.p + dot + 1, s.len - (size_t)dot - 1 };
        s.len = (size_t)dot;
    }
    if (s.len == 0 || (out->fraction.p != NULL && out->fraction.len == 0) ||
        !is_all_digits(out->fraction) || !join_thousands(a, s, &out->whole))
        return false;
    out->whole = without_zeros(out->whole, false);
    out->fraction = without_zeros(out->fraction, true);
    out->is_negative &= out->whole.len + out->fraction.len > 0;
    return out->whole.len <= WHOLE_MAX && out->fraction.len <= FRACTION_MAX;
}

static struct str
print_decimal(struct arena *a, const struct decimal *d)
{
    struct str whole = d->whole.len > 0 ? d->whole : STR("0");

    return str_fmt(a, "%s%.*s%s%.*s", d->is_negative ? "-" : "", STR_ARG(whole),
                   d->fraction.len > 0 ? "." : "", STR_ARG(d->fraction));
}

/* "R$ 1.500" and "10 reais" are numbers. */
static struct str
without_currency(struct str s)
{
    static const char *const units[] = { " reais", " real", " r$" };

    if (s.len > 2 && (*s.p == 'R' || *s.p == 'r') && s.p[1] == '$')
        s = str_trim((struct str){ s.p + 2, s.len - 2 });
    for (size_t i = 0; i < COUNT(units); i++) {
        struct str unit = str_of(units[i]);

        if (s.len > unit.len &&
            str_eq_nocase((struct str){ s.p + s.len - unit.len, unit.len }, unit))
            s.len -= unit.len;
    }
    return str_trim(s);
}

static bool
is_beyond(const struct validator_call *call, const struct decimal *d)
{
    struct decimal limit;

    if (call->limits->min.len > 0 && read_decimal(call->arena, call->limits->min, &limit) &&
        compare(d, &limit) < 0)
        return true;
    return call->limits->max.len > 0 && read_decimal(call->arena, call->limits->max, &limit) &&
           compare(d, &limit) > 0;
}

enum verdict
judge_number(const struct validator_call *call, struct str *value)
{
    struct str text = without_currency(call->said->text);
    int word = choice_number_word(fold(call->arena, text));
    struct decimal d;

    if (word >= 0)
        text = str_fmt(call->arena, "%d", word);
    if (!read_decimal(call->arena, text, &d) || (call->limits->is_integer && d.fraction.len > 0) ||
        is_beyond(call, &d))
        return VERDICT_INVALID;
    *value = print_decimal(call->arena, &d);
    return VERDICT_VALID;
}

enum verdict
judge_digits(const struct validator_call *call, struct str *value)
{
    struct str text = call->said->text, digits = str_digits(call->arena, text);
    int64_t least = call->limits->min_length > 0 ? call->limits->min_length : 1;
    int64_t most = call->limits->max_length > 0 ? call->limits->max_length : DIGITS_MAX;

    for (size_t i = 0; i < text.len; i++)
        if (!is_digit(text.p[i]) && strchr(" .-\n", text.p[i]) == NULL)
            return VERDICT_INVALID;
    *value = digits;
    return (int64_t)digits.len >= least && (int64_t)digits.len <= most ? VERDICT_VALID
                                                                       : VERDICT_INVALID;
}

/* --- found in a sentence ---------------------------------------------------------- */

/* The words of a message, without the signs at their ends. */
struct pieces {
    struct str v[PIECES_MAX];
    int n;
};

static struct pieces
pieces_of(struct arena *a, struct str text)
{
    const char *p = str_cstr(a, text);
    struct pieces out = { .n = 0 };

    while (*p != '\0' && out.n < PIECES_MAX) {
        size_t n = strcspn(p, " \n");
        struct str word = { p, n };

        p += n + (p[n] != '\0');
        while (word.len > 0 && strchr(".,;:!?\"'", word.p[word.len - 1]) != NULL)
            word.len--;
        while (word.len > 0 && strchr(":\"'", *word.p) != NULL)
            word = (struct str){ word.p + 1, word.len - 1 };
        if (word.len > 0)
            out.v[out.n++] = word;
    }
    return out;
}

static bool
is_figure(struct str word)
{
    for (size_t i = 0; i < word.len; i++)
        if (!is_digit(word.p[i]) && strchr(".-/", word.p[i]) == NULL)
            return false;
    return true;
}

/* Numbers may be written in groups: "529 982 247 25". As many groups as make `length` digits. */
static void
find_documents(struct arena *a, const struct pieces *pieces, size_t length, struct found *found)
{
    for (int from = 0; from < pieces->n; from++) {
        struct buf digits = { .arena = a };
        struct str value;

        for (int to = from; to < pieces->n && is_figure(pieces->v[to]) && digits.len < length;
             to++) {
            buf_add(&digits, str_digits(a, pieces->v[to]));
            if (digits.len == length && document_normalise(a, buf_str(&digits), &value)) {
                found_add(found, value);
                from = to;
            }
        }
    }
}

/* A number with letters, punctuated unless it is all that was said: words of fourteen letters are no company. */
static void
find_lettered(struct arena *a, struct str text, const struct pieces *pieces, struct found *found)
{
    struct str value;

    if (document_normalise(a, text, &value) && value.len == CNPJ_LENGTH)
        found_add(found, value);
    for (int i = 0; i < pieces->n; i++)
        if (!is_figure(pieces->v[i]) && strpbrk(str_cstr(a, pieces->v[i]), "./-") != NULL &&
            document_normalise(a, pieces->v[i], &value) && value.len == CNPJ_LENGTH)
            found_add(found, value);
}

static enum verdict
judge_document_of(const struct validator_call *call, bool person, bool company, struct str *value)
{
    struct pieces pieces = pieces_of(call->arena, call->said->text);
    struct found found = { 0 };

    if (company) {
        find_documents(call->arena, &pieces, CNPJ_LENGTH, &found);
        find_lettered(call->arena, call->said->text, &pieces, &found);
    }
    if (person)
        find_documents(call->arena, &pieces, CPF_LENGTH, &found);
    return found_verdict(&found, value);
}

enum verdict
judge_cpf(const struct validator_call *call, struct str *value)
{
    return judge_document_of(call, true, false, value);
}

enum verdict
judge_cnpj(const struct validator_call *call, struct str *value)
{
    return judge_document_of(call, false, true, value);
}

enum verdict
judge_cpf_cnpj(const struct validator_call *call, struct str *value)
{
    return judge_document_of(call, true, true, value);
}

enum verdict
judge_cep(const struct validator_call *call, struct str *value)
{
    struct pieces pieces = pieces_of(call->arena, call->said->text);
    struct found found = { 0 };

    for (int i = 0; i < pieces.n; i++) {
        struct str digits = str_digits(call->arena, pieces.v[i]);

        if (digits.len == 8 && is_figure(pieces.v[i]) && str_find(pieces.v[i], '/') < 0 &&
            !str_eq(digits, STR("00000000")))
            found_add(&found, digits);
    }
    return found_verdict(&found, value);
}

/* --- telephones ------------------------------------------------------------------- */

static bool
is_ddd(struct str two)
{
    static const char all[] =
        "11 12 13 14 15 16 17 18 19 21 22 24 27 28 31 32 33 34 35 37 38 41 42 43 44 45 46 47 48 49 "
        "51 53 54 55 61 62 63 64 65 66 67 68 69 71 73 74 75 77 79 81 82 83 84 85 86 87 88 89 91 92 "
        "93 94 95 96 97 98 99";

    return two.len == 2 && memmem(all, sizeof(all) - 1, two.p, 2) != NULL;
}

static struct str
from(struct str s, size_t n)
{
    return (struct str){ s.p + n, s.len - n };
}

/* Area code and number, without anything before them. */
static bool
read_national(const struct validator_call *call, struct str digits, struct str *out)
{
    struct str ddd, number;

    if (digits.len == 8 || digits.len == 9) {
        ddd = call->limits->default_ddd;
        number = digits;
    } else if (digits.len == 10 || digits.len == 11) {
        ddd = (struct str){ digits.p, 2 };
        number = from(digits, 2);
    } else {
        return false;
    }
    if (!is_ddd(ddd) || (number.len == 9 ? *number.p != '9' : *number.p < '2'))
        return false;
    /* Mobile numbers gained a 9 in front; many people still leave it out. */
    *out = str_fmt(call->arena, "+55%.*s%s%.*s", STR_ARG(ddd),
                   number.len == 8 && *number.p >= '6' ? "9" : "", STR_ARG(number));
    return true;
}

static bool
read_phone(const struct validator_call *call, struct str typed, struct str *out)
{
    struct str digits = str_digits(call->arena, typed);

    if (typed.len > 0 && *typed.p == '+' && !str_starts(digits, STR("55"))) {
        *out = str_fmt(call->arena, "+%.*s", STR_ARG(digits));
        return call->limits->allows_international && digits.len >= 8 && digits.len <= 15;
    }
    if (str_starts(digits, STR("55")) && (digits.len == 12 || digits.len == 13))
        return read_national(call, from(digits, 2), out);
    /* 0, perhaps the carrier's two digits, then the area's. */
    if (str_starts(digits, STR("0")) && (digits.len == 11 || digits.len == 12) &&
        read_national(call, from(digits, 1), out))
        return true;
    if (str_starts(digits, STR("0")) && (digits.len == 13 || digits.len == 14))
        return read_national(call, from(digits, 3), out);
    return read_national(call, digits, out);
}

/* Runs of digits and of what people put between them. */
enum verdict
judge_phone(const struct validator_call *call, struct str *value)
{
    const char *p = str_cstr(call->arena, call->said->form == FORM_CONTACT ? call->said->phone
                                                                           : call->said->text);
    struct found found = { 0 };
    struct str number;

    while (*p != '\0') {
        size_t n = strspn(p, "0123456789+()-. ");
        struct str run = str_trim((struct str){ p, n }), word;

        p += n > 0 ? n : 1;
        if (read_phone(call, run, &number)) {
            found_add(&found, number);
            continue;
        }
        while (str_cut(&run, ' ', &word))
            if (read_phone(call, word, &number))
                found_add(&found, number);
    }
    return found_verdict(&found, value);
}
