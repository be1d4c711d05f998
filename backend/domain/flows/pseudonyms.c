#include "pseudonyms.h"

#include "base/fold.h"
#include "domain/contacts/contacts.h"
#include "validators.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

enum {
    TELLING_DIGITS = 5, /* fewer are a number of a menu, a quantity, an hour */
    LOCAL_DIGITS = 7,   /* of a telephone: what is before them is a country, a region, a kind */
    ADULT_BY = 2015,    /* whoever writes was born before; a later day is an appointment */
    MARKS_MAX = 2,      /* in a row, within a number: ") " */
    TELLING_LETTERS = 3 /* of a name with something else set in it; fewer are of many words */
};

/* --- who is who ---------------------------------------------------------------------- */

static const struct pseudonym *
find(const struct pseudonyms *p, struct str real)
{
    for (size_t i = 0; i < p->n; i++)
        if (str_eq(p->v[i].real, real))
            return &p->v[i];
    return NULL;
}

static struct str
learn(struct pseudonyms *p, struct str real, struct str made_up)
{
    if (p->n == p->room) {
        size_t room = p->room == 0 ? 16 : p->room * 2;

        p->v = arena_grow(p->arena, p->v, p->room * sizeof(*p->v), room * sizeof(*p->v));
        p->room = room;
    }
    p->v[p->n++] = (struct pseudonym){ str_dup(p->arena, real), made_up };
    return made_up;
}

/* --- names ---------------------------------------------------------------------------- */

static const struct {
    const char *first, *others;
} people[] = {
    { "Ana", "Exemplo" }, { "Bia", "Modelo" }, { "Caio", "Amostra" }, { "Dora", "Ensaio" }
};

static bool
is_particle(struct str word)
{
    static const char *const particles[] = { "e", "de", "da", "do", "das", "dos" };

    for (size_t i = 0; i < COUNT(particles); i++)
        if (str_eq(word, str_of(particles[i])))
            return true;
    return word.len < 2;
}

/* Of "rita🌻lima" and "joao1985" the letters, as others write them. */
static void
learn_letters(struct pseudonyms *p, struct str word, struct str made_up)
{
    const char *at = word.p, *end = word.p + word.len, *from = NULL, *here;
    size_t letters = 0;
    uint32_t point;

    while (here = at, fold_next(&at, end, &point)) {
        bool is_letter = fold_is_letter(point);

        if (is_letter && letters++ == 0)
            from = here;
        if (is_letter && at < end)
            continue;
        if (letters >= TELLING_LETTERS) {
            struct str known = { from, (size_t)((is_letter ? at : here) - from) };

            if (find(p, known) == NULL)
                learn(p, known, made_up);
        }
        letters = 0;
    }
}

void
pseudonyms_meet(struct pseudonyms *p, struct str name)
{
    struct str rest = fold(p->arena, name), word;
    int who = p->people < (int)COUNT(people) ? p->people : (int)COUNT(people) - 1;
    bool is_first = true, is_new = false;

    while (str_cut(&rest, ' ', &word)) {
        struct str made_up = str_of(is_first ? people[who].first : people[who].others);

        if (is_particle(word))
            continue;
        if (find(p, word) == NULL) {
            learn(p, word, made_up);
            learn_letters(p, word, made_up);
            is_new = is_new || is_first;
        }
        is_first = false;
    }
    p->people += is_new;
}

/* --- numbers -------------------------------------------------------------------------- */

static bool
is_figure(char c)
{
    return c >= '0' && c <= '9';
}

static struct str
with_check_digits(struct arena *a, struct str stem)
{
    char check[2];

    document_check_digits(stem, check);
    return str_fmt(a, "%.*s%.2s", STR_ARG(stem), check);
}

static struct str
make_cpf(struct pseudonyms *p, struct str digits)
{
    (void)digits;
    return with_check_digits(p->arena, str_fmt(p->arena, "%09d", 529982247 + p->documents++));
}

static struct str
make_cnpj(struct pseudonyms *p, struct str digits)
{
    (void)digits;
    return with_check_digits(p->arena, str_fmt(p->arena, "%08d0001", 11222333 + p->documents++));
}

static struct str
make_phone(struct pseudonyms *p, struct str digits)
{
    return str_fmt(p->arena, "%.*s%0*d", (int)digits.len - LOCAL_DIGITS, digits.p, LOCAL_DIGITS,
                   ++p->numbers);
}

/* Where figures check one another, right ones give way to right ones. */
static const struct {
    const char *validator;
    struct str (*make)(struct pseudonyms *p, struct str digits);
} kinds[] = {
    { "cpf", make_cpf },
    { "cnpj", make_cnpj },
    { "phone", make_phone },
};
enum { NO_KIND = -1, PHONE = 2 };

/* What the whole of it is, and nothing within it. */
static int
kind_of(struct arena *a, struct str text, struct str digits)
{
    static const struct validator_limits limits = { .default_ddd = STR_INIT("49") };
    struct said said = { .form = FORM_TEXT, .text = text };
    struct valid valid;

    for (int i = 0; i < (int)COUNT(kinds); i++)
        if (validate(validators_find(str_of(kinds[i].validator)),
                     &(struct validator_call){ .arena = a, .said = &said, .limits = &limits },
                     &valid) == VERDICT_VALID &&
            str_ends(str_digits(a, valid.value), digits))
            return i;
    return NO_KIND;
}

/* As long as it was. */
static struct str
make_number(struct pseudonyms *p, struct str digits)
{
    struct buf b = { .arena = p->arena };

    for (size_t i = 2; i < digits.len; i++)
        buf_char(&b, '1');
    buf_fmt(&b, "%02d", ++p->numbers % 100);
    return buf_str(&b);
}

/* Another one of its kind, and of no other: made-up figures may happen to be somebody's document. */
static struct str
make(struct pseudonyms *p, struct str digits, int kind)
{
    enum { TRIES = 50 };
    struct str made_up = digits;

    for (int i = 0; i < TRIES; i++) {
        made_up = kind == NO_KIND ? make_number(p, digits) : kinds[kind].make(p, digits);
        if (kind_of(p->arena, made_up, made_up) == kind)
            break;
    }
    return made_up;
}

/* A telephone with its country is the one without. */
static struct str
number_for(struct pseudonyms *p, struct str digits, int kind)
{
    enum { NATIONAL_MAX = 11 };
    const struct pseudonym *known = find(p, digits);
    struct str rest = { digits.p + 2, digits.len - 2 };

    if (known != NULL)
        return known->made_up;
    if (kind == PHONE && digits.len > NATIONAL_MAX)
        return str_fmt(p->arena, "%.2s%.*s", digits.p, STR_ARG(number_for(p, rest, kind)));
    return learn(p, digits, make(p, digits, kind));
}

/* Figures with what people set them apart by; 0: there is none here. */
static size_t
stretch(struct str s, bool over_spaces)
{
    size_t end = 0;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];

        if (is_figure(c))
            end = i + 1;
        else if (i - end >= MARKS_MAX || !(memchr(".-/()", c, 5) != NULL || (c == '+' && i == 0) ||
                                           (c == ' ' && over_spaces && end > 0)))
            break;
    }
    return end;
}

static void
put_figures(struct buf *to, struct str written, struct str digits)
{
    for (size_t i = 0; i < written.len; i++)
        if (is_figure(written.p[i]))
            buf_char(to, *digits.p++);
        else
            buf_char(to, written.p[i]);
}

/* "12/03/1985", "1985-03-12": its year; 0: it is no day. */
static int64_t
year_of(struct arena *a, struct str written)
{
    static const struct validator_limits none;
    struct said said = { .form = FORM_TEXT, .text = written };
    struct valid valid;
    int64_t year = 0;

    if (written.len > str_digits(a, written).len &&
        validate(validators_find(STR("date")),
                 &(struct validator_call){ .arena = a, .said = &said, .limits = &none },
                 &valid) == VERDICT_VALID)
        str_i64((struct str){ valid.value.p, 4 }, &year);
    return year;
}

static bool
is_amount(struct str text, size_t n)
{
    return n + 1 < text.len && text.p[n] == ',' && is_figure(text.p[n + 1]);
}

/* Two numbers with a space between them are told from one by what the whole is. */
static struct str
number_at(struct arena *a, struct str text, struct str *digits, int *kind)
{
    struct str written = { text.p, stretch(text, true) };

    for (int i = 0; i < 2; i++) {
        *digits = str_digits(a, written);
        *kind = digits->len < TELLING_DIGITS ? NO_KIND : kind_of(a, written, *digits);
        if (*kind != NO_KIND)
            break;
        written.len = stretch(text, false);
    }
    *digits = str_digits(a, written);
    return written;
}

/* How much of the text it was. */
static size_t
put_number(struct buf *to, struct pseudonyms *p, struct str text)
{
    struct str written = { text.p, stretch(text, false) }, digits;
    int64_t year = year_of(p->arena, written);
    int kind;

    if (year > 0) {
        buf_add(to, year < ADULT_BY ? STR("01/01/1990") : written);
        return written.len;
    }
    written = number_at(p->arena, text, &digits, &kind);
    if (digits.len < TELLING_DIGITS || (kind == NO_KIND && is_amount(text, written.len)))
        buf_add(to, written);
    else
        put_figures(to, written, number_for(p, digits, kind));
    return written.len;
}

/* --- companies with letters in their number --------------------------------------------- */

static bool
is_of_company(char c)
{
    return is_figure(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* As many characters as a CNPJ has, the last two of them figures, with what people set them apart by; 0: there are not. */
static size_t
company_stretch(struct str s, const char *marks, char out[CNPJ_LENGTH])
{
    size_t n = 0, at = 0, end = 0;

    for (; n < CNPJ_LENGTH && at < s.len && at - end < MARKS_MAX; at++) {
        if (is_of_company(s.p[at])) {
            out[n++] = (char)(s.p[at] >= 'a' ? s.p[at] - 'a' + 'A' : s.p[at]);
            end = at + 1;
        } else if (n == 0 || s.p[at] == '\0' || strchr(marks, s.p[at]) == NULL) {
            return 0;
        }
    }
    return n == CNPJ_LENGTH && is_figure(out[n - 2]) && is_figure(out[n - 1]) &&
                   (end == s.len || !is_of_company(s.p[end]))
               ? end
               : 0;
}

/* Figures alone are a number like others, and a long word with a figure or two is a word. */
static bool
is_company(struct arena *a, const char known[CNPJ_LENGTH], bool may_be_mistyped)
{
    struct str whole = { known, CNPJ_LENGTH }, same;
    size_t figures = str_digits(a, whole).len;

    return figures < CNPJ_LENGTH &&
           ((may_be_mistyped && figures >= TELLING_DIGITS) || document_normalise(a, whole, &same));
}

/* Of "12.ABC.345/01DE-35", here; 0: there is none. Between spaces it is one only when nothing else was said. */
static size_t
company_at(struct arena *a, struct str s, bool is_whole, char out[CNPJ_LENGTH])
{
    size_t n = company_stretch(s, "./-", out);

    if (n > 0)
        return is_company(a, out, /* may_be_mistyped= */ true) ? n : 0;
    n = is_whole ? company_stretch(s, "./- ", out) : 0;
    return n == s.len && n > 0 && is_company(a, out, /* may_be_mistyped= */ false) ? n : 0;
}

/* Right where it was right. */
static struct str
company_for(struct pseudonyms *p, struct str real)
{
    const struct pseudonym *known = find(p, real);
    struct str made_up, same;

    if (known != NULL)
        return known->made_up;
    made_up = with_check_digits(p->arena, str_fmt(p->arena, "EX%06d0001", 1 + p->documents++));
    if (!document_normalise(p->arena, real, &same)) {
        char *last = (char *)made_up.p + CNPJ_LENGTH - 1;

        *last = *last == '9' ? '0' : (char)(*last + 1);
    }
    return learn(p, real, made_up);
}

/* In its own fashion: between the same marks, small where it was small. */
static void
put_company(struct buf *to, struct str written, struct str made_up)
{
    bool is_small = str_eq(str_lower(to->arena, written), written);
    struct str v = is_small ? str_lower(to->arena, made_up) : made_up;

    for (size_t i = 0; i < written.len; i++)
        buf_char(to, is_of_company(written.p[i]) ? *v.p++ : written.p[i]);
}

/* --- addresses and words ---------------------------------------------------------------- */

static bool
is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

static bool
is_of_address(char c)
{
    return is_letter(c) || is_figure(c) || (c != '\0' && strchr("._%+-", c) != NULL);
}

/* Of "ana@exemplo.com.br", here; 0: there is none. */
static size_t
address_at(struct str s)
{
    size_t at = 0, end;
    ptrdiff_t dot;

    while (at < s.len && is_of_address(s.p[at]))
        at++;
    if (at == 0 || at == s.len || s.p[at] != '@')
        return 0;
    end = at + 1;
    while (end < s.len && is_of_address(s.p[end]))
        end++;
    while (end > at + 1 && !is_letter(s.p[end - 1]) && !is_figure(s.p[end - 1]))
        end--; /* the full stop of the sentence */
    dot = str_find((struct str){ s.p + at + 1, end - at - 1 }, '.');
    return dot > 0 ? end : 0;
}

static struct str
address_for(struct pseudonyms *p, struct str address)
{
    struct str real = str_lower(p->arena, address);
    const struct pseudonym *known = find(p, real);

    if (known != NULL)
        return known->made_up;
    return learn(p, real, str_fmt(p->arena, "pessoa%d@exemplo.com.br", ++p->addresses));
}

static size_t
word_at(struct str s)
{
    size_t n = 0;

    while (n < s.len && is_letter(s.p[n]))
        n++;
    return n;
}

/* A name that has figures in it, as those have that nobody chose; 0: none that is known. */
static size_t
nickname_at(const struct pseudonyms *p, struct str s)
{
    size_t n = 0;

    while (n < s.len && (is_letter(s.p[n]) || is_figure(s.p[n])))
        n++;
    return n > word_at(s) && find(p, fold(p->arena, (struct str){ s.p, n })) != NULL ? n : 0;
}

/* Of several words of one name that became the same, one is enough. */
static void
put_word(struct buf *to, struct pseudonyms *p, struct str word)
{
    const struct pseudonym *known = find(p, fold(p->arena, word));
    struct str so_far = buf_str(to), again;

    if (known == NULL) {
        buf_add(to, word);
        return;
    }
    again = str_fmt(p->arena, "%.*s ", STR_ARG(known->made_up));
    if (so_far.len > 0 && str_ends(so_far, again))
        to->len--;
    else
        buf_add(to, known->made_up);
}

struct str
pseudonyms_text(struct pseudonyms *p, struct str text)
{
    struct buf b = { .arena = p->arena };

    while (text.len > 0) {
        size_t n = address_at(text);
        char company[CNPJ_LENGTH];

        if (n > 0) {
            buf_add(&b, address_for(p, (struct str){ text.p, n }));
        } else if ((n = company_at(p->arena, text, b.len == 0, company)) > 0) {
            put_company(&b, (struct str){ text.p, n },
                        company_for(p, (struct str){ company, CNPJ_LENGTH }));
        } else if ((n = nickname_at(p, text)) > 0) {
            put_word(&b, p, (struct str){ text.p, n });
        } else if (stretch(text, true) > 0) {
            n = put_number(&b, p, text);
        } else if ((n = word_at(text)) > 0) {
            put_word(&b, p, (struct str){ text.p, n });
        } else {
            buf_char(&b, *text.p);
            n = 1;
        }
        text = (struct str){ text.p + n, text.len - n };
    }
    return buf_str(&b);
}
