/*
 * What a recording does not keep: values that are somebody's, or another day's, and answers that were to stay secret.
 */
#include "recording_private.h"

#include "domain/contacts/contacts.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define ANYTHING STR("<<*>>")

enum { TELLING_DIGITS = 4 }; /* so few of a number give it away */

/* --- in texts --------------------------------------------------------------------------- */

static bool
is_telling(enum variable_type type)
{
    switch (type) {
    case VARIABLE_DATE:
    case VARIABLE_DATETIME:
    case VARIABLE_TIME:
    case VARIABLE_DOCUMENT:
    case VARIABLE_PHONE:
    case VARIABLE_EMAIL: return true;
    default: return false;
    }
}

/* A text as it stands in `out`: what would be read as a name there is let go. */
static void
put_plain(struct buf *to, struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        buf_char(to, text.p[i]);
        if (text.p[i] == '<' && i + 1 < text.len && text.p[i + 1] == '<') {
            to->len--;
            buf_add(to, ANYTHING);
            while (i + 1 < text.len && text.p[i + 1] == '<')
                i++;
        }
    }
}

/* "<<ticket.protocol>>" when that is what the stretch says. */
static bool
put_name(struct buf *to, const struct simulation *s, struct str name, struct str stretch)
{
    if (!str_eq(simulate_text(s, str_fmt(s->arena, "{{%.*s}}", STR_ARG(name))), stretch))
        return false;
    buf_fmt(to, "<<%.*s>>", STR_ARG(name));
    return true;
}

static bool
put_known(struct buf *to, const struct simulation *s, struct str stretch)
{
    static const char *const always[] = { "ticket.protocol", "now.date", "now.time",
                                          "customer.document" };

    for (size_t i = 0; i < COUNT(always); i++)
        if (put_name(to, s, str_of(always[i]), stretch))
            return true;
    for (size_t i = 0; i < s->run->variable_count; i++)
        if (is_telling(s->run->variables[i].value.type) &&
            put_name(to, s, s->run->variables[i].name, stretch))
            return true;
    for (size_t i = 0; i < s->facts->value_count; i++)
        if (is_telling(s->facts->values[i].value.type) &&
            put_name(to, s, s->facts->values[i].name, stretch))
            return true;
    return false;
}

static bool
is_digit(struct str s, size_t i)
{
    return i < s.len && s.p[i] >= '0' && s.p[i] <= '9';
}

/* 25/11, 2026-11-25, 09:30 */
static bool
is_dated(struct str s)
{
    for (size_t i = 1; i + 2 < s.len; i++)
        if ((s.p[i] == '/' || s.p[i] == ':' || s.p[i] == '-') && is_digit(s, i - 1) &&
            is_digit(s, i + 1) && is_digit(s, i + 2))
            return true;
    return false;
}

static bool
tells(struct str whole, struct str part)
{
    return part.len >= TELLING_DIGITS && str_has(whole, part);
}

/* Part of somebody's number, written in another fashion; of a CNPJ with letters these tell as much as its figures. */
static bool
is_part_of(const struct simulation *s, struct str stretch, const struct variable_value *value)
{
    if (!is_telling(value->type))
        return false;
    return tells(str_digits(s->arena, value->text), str_digits(s->arena, stretch)) ||
           (value->type == VARIABLE_DOCUMENT && tells(document_characters(s->arena, value->text),
                                                      document_characters(s->arena, stretch)));
}

static bool
is_somebodys(const struct simulation *s, struct str stretch)
{
    for (size_t i = 0; i < s->run->variable_count; i++)
        if (is_part_of(s, stretch, &s->run->variables[i].value))
            return true;
    for (size_t i = 0; i < s->facts->value_count; i++)
        if (is_part_of(s, stretch, &s->facts->values[i].value))
            return true;
    return false;
}

struct str
mask_text(const struct simulation *s, const struct content *content)
{
    struct buf b = { .arena = s->arena };
    struct str text = content->text;
    size_t at = 0;

    for (size_t i = 0; i < content->literal_count; i++) {
        const struct literal *literal = content->literals + i;
        struct str stretch = { text.p + literal->start, literal->len };

        put_plain(&b, (struct str){ text.p + at, literal->start - at });
        at = literal->start + literal->len;
        if (put_known(&b, s, stretch))
            continue;
        if (is_dated(stretch) || is_somebodys(s, stretch))
            buf_add(&b, ANYTHING);
        else
            put_plain(&b, stretch);
    }
    put_plain(&b, (struct str){ text.p + at, text.len - at });
    /* What stands behind it may have changed within the step. */
    return text_is_expected(s, buf_str(&b), text) ? buf_str(&b) : ANYTHING;
}

struct str
mask_value(const struct simulation *s, struct str name)
{
    struct variable_value value = simulate_value(s, name);
    struct buf b = { .arena = s->arena };

    if (is_telling(value.type))
        return ANYTHING;
    put_plain(&b, value.text);
    return buf_str(&b);
}

/* --- in answers ------------------------------------------------------------------------- */

/* Where the figures of an answer check one another, made-up ones are not right by themselves. */
static const struct {
    const char *validator, *answer;
} samples[] = {
    { "cpf", "52998224725" },      { "cnpj", "11222333000181" },
    { "cpf_cnpj", "52998224725" }, { "email", "ana@exemplo.com.br" },
    { "phone", "49999990000" },    { "date", "01/01/1990" },
    { "time", "14:30" },           { "cep", "89801000" },
    { "name", "Ana Exemplo" },
};

/* As long as it was, figures for figures and letters for letters. */
static struct str
disguised(struct arena *a, struct str answer)
{
    struct buf b = { .arena = a };

    for (size_t i = 0; i < answer.len; i++) {
        unsigned char c = (unsigned char)answer.p[i];

        if (c >= 0x80 && c < 0xC0) /* within a character */
            continue;
        buf_char(&b, c >= '0' && c <= '9' ? '1' : c == ' ' ? ' ' : 'x');
    }
    return buf_str(&b);
}

static enum verdict
judge(struct arena *a, struct str validator, struct str answer, struct valid *valid)
{
    static const struct validator_limits none;
    struct said said = { .form = FORM_TEXT, .text = answer };

    return validate(validators_find(validator),
                    &(struct validator_call){ .arena = a, .said = &said, .limits = &none }, valid);
}

struct str
mask_name(struct arena *a, struct str answer)
{
    struct valid valid;

    return judge(a, STR("name"), answer, &valid) == VERDICT_VALID ? valid.value : STR("");
}

struct str
mask_sample(struct str validator)
{
    for (size_t i = 0; i < COUNT(samples); i++)
        if (str_eq(validator, str_of(samples[i].validator)))
            return str_of(samples[i].answer);
    return STR("");
}

struct str
mask_answer(struct arena *a, struct str validator, struct str answer)
{
    struct str sample = mask_sample(validator);
    struct valid valid;

    return sample.len > 0 && judge(a, validator, answer, &valid) == VERDICT_VALID
               ? sample
               : disguised(a, answer);
}
