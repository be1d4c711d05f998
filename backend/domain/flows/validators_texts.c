/* Words, names and addresses; and files, which are told by what they are. */
#include "validators_private.h"

#include "base/fold.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define MEGABYTE INT64_C(1048576)

enum { TEXT_MAX = 1000, NAME_LEAST = 2, NAME_MAX = 80, RECORDING_MAX_S = 300 };

static bool
is_within(const struct validator_call *call, struct str text, int64_t least, int64_t most)
{
    int64_t n = (int64_t)fold_units(text);

    least = call->limits->min_length > 0 ? call->limits->min_length : least;
    most = call->limits->max_length > 0 ? call->limits->max_length : most;
    return n >= least && n <= most;
}

enum verdict
judge_text(const struct validator_call *call, struct str *value)
{
    *value = call->said->text;
    return is_within(call, *value, 1, TEXT_MAX) ? VERDICT_VALID : VERDICT_INVALID;
}

enum verdict
judge_any(const struct validator_call *call, struct str *value)
{
    *value = call->said->file.ref.len > 0 ? call->said->file.ref : call->said->text;
    return VERDICT_VALID;
}

/* --- names ------------------------------------------------------------------------ */

/* What comes before a name, once or again: "meu nome é", "sou a". Left in, it would go when the name is read once more. */
static struct str
without_lead_in(struct arena *a, struct str name)
{
    static const char *const lead_ins[] = {
        "meu nome e ", "o meu nome e ", "me chamo ", "eu sou o ", "eu sou a ", "eu sou ", "sou o ",
        "sou a ",      "sou ",          "aqui e o ", "aqui e a ", "aqui e ",   "nome "
    };
    struct str folded = fold(a, name);

    for (size_t i = 0; i < COUNT(lead_ins); i++) {
        struct str lead_in = str_of(lead_ins[i]);
        size_t words = 0;

        if (!str_starts(folded, lead_in))
            continue;
        for (size_t k = 0; k < lead_in.len; k++)
            words += lead_in.p[k] == ' ';
        /* The same words in what was typed, where signs may stand between them. */
        while (words > 0 && name.len > 0) {
            bool was_space = *name.p == ' ' || *name.p == ':';

            name.p++;
            name.len--;
            if (was_space && name.len > 0 && *name.p != ' ' && *name.p != ':')
                words--;
        }
        return without_lead_in(a, str_trim(name));
    }
    return name;
}

static bool
is_name_sign(uint32_t point)
{
    return point == ' ' || point == '\'' || point == 0x2019 || point == '-' || point == '.';
}

/* "da", "von": small within a name. */
static bool
is_particle(struct str word)
{
    static const char *const particles[] = { "da", "de", "do",  "das", "dos",
                                             "e",  "di", "del", "van", "von" };

    for (size_t i = 0; i < COUNT(particles); i++)
        if (str_eq_nocase(word, str_of(particles[i])))
            return true;
    return false;
}

static void
put_word(struct buf *to, struct str word, bool is_first)
{
    const char *p = word.p, *end = word.p + word.len;
    bool begins = is_first || !is_particle(word);
    uint32_t point;

    while (fold_next(&p, end, &point)) {
        fold_put(to, begins ? fold_upper(point) : fold_lower(point));
        begins = point == '\'' || point == 0x2019 || point == '-';
    }
}

enum verdict
judge_name(const struct validator_call *call, struct str *value)
{
    struct str name = without_lead_in(call->arena, fold_plain(call->arena, call->said->text)), rest,
               word;
    const char *p = name.p, *end = name.p + name.len;
    struct buf out = { .arena = call->arena };
    uint32_t point;
    size_t words = 0;
    bool has_letter = false;

    if (!is_within(call, name, NAME_LEAST, NAME_MAX))
        return VERDICT_INVALID;
    while (fold_next(&p, end, &point)) {
        if (!fold_is_letter(point) && !is_name_sign(point))
            return VERDICT_INVALID;
        has_letter |= fold_is_letter(point);
    }
    for (rest = name; str_cut(&rest, ' ', &word); words++) {
        if (words > 0)
            buf_char(&out, ' ');
        put_word(&out, word, words == 0);
    }
    *value = buf_str(&out);
    return has_letter && (words > 1 || !call->limits->is_full_name) ? VERDICT_VALID
                                                                    : VERDICT_INVALID;
}

/* --- e-mail ----------------------------------------------------------------------- */

static bool
is_alphanumeric(char c)
{
    return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool
is_local_part(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (!is_alphanumeric(s.p[i]) && strchr("!#$%&'*+/=?^_`{|}~-.", s.p[i]) == NULL)
            return false;
        if (s.p[i] == '.' && (i == 0 || i + 1 == s.len || s.p[i + 1] == '.'))
            return false;
    }
    return s.len > 0 && s.len <= 64;
}

/* Labels of letters, digits and hyphens within; at least two, the last without digits. */
static bool
is_domain(struct str s)
{
    struct str label = STR("");
    int labels = 0;

    for (; str_cut(&s, '.', &label); labels++) {
        if (label.len == 0 || label.len > 63 || label.p[0] == '-' || label.p[label.len - 1] == '-')
            return false;
        for (size_t i = 0; i < label.len; i++)
            if (!is_alphanumeric(label.p[i]) && label.p[i] != '-')
                return false;
    }
    for (size_t i = 0; i < label.len; i++)
        if (is_digit(label.p[i]))
            return false;
    return labels > 1 && label.len > 1;
}

enum verdict
judge_email(const struct validator_call *call, struct str *value)
{
    struct str rest = call->said->text;
    struct found found = { 0 };

    while (rest.len > 0) {
        size_t n = strcspn(str_cstr(call->arena, rest), " \n<>()[],;:\"");
        struct str word = { rest.p, n };
        ptrdiff_t at;

        rest.p += n < rest.len ? n + 1 : n;
        rest.len -= n < rest.len ? n + 1 : n;
        while (word.len > 0 && strchr(".!?", word.p[word.len - 1]) != NULL)
            word.len--;
        at = str_find(word, '@');
        if (at > 0 && word.len <= 254 && is_local_part((struct str){ word.p, (size_t)at })) {
            struct str domain = { word.p + at + 1, word.len - (size_t)at - 1 };

            if (!str_ends(word, STR(".")) && is_domain(domain) && domain.p[domain.len - 1] != '.')
                found_add(&found, str_fmt(call->arena, "%.*s@%.*s", (int)at, word.p,
                                          STR_ARG(str_lower(call->arena, domain))));
        }
    }
    return found_verdict(&found, value);
}

/* --- places ----------------------------------------------------------------------- */

/* "-27.1004" as millionths of a degree, and what follows it. */
static bool
read_degrees(struct str *rest, int64_t most, int64_t *out)
{
    struct str s = *rest;
    bool is_negative = s.len > 0 && *s.p == '-';
    int64_t value = 0;
    int decimals = -1, digits = 0;

    for (s.p += is_negative, s.len -= is_negative; s.len > 0; s.p++, s.len--) {
        if (*s.p == '.' && decimals < 0) {
            decimals = 0;
        } else if (is_digit(*s.p) && (decimals >= 0 || digits < 3)) {
            if (decimals < 6)
                value = value * 10 + (*s.p - '0');
            digits++;
            decimals += decimals >= 0 && decimals < 6;
        } else {
            break;
        }
    }
    for (int i = decimals < 0 ? 0 : decimals; i < 6; i++)
        value *= 10;
    if (digits == 0 || value > most * 1000000)
        return false;
    *out = is_negative ? -value : value;
    *rest = s;
    return true;
}

static bool
read_place(struct str s, bool is_whole, int64_t *lat_e6, int64_t *lng_e6)
{
    if (!read_degrees(&s, 90, lat_e6))
        return false;
    if (s.len > 2 && *s.p == '%' && str_starts(s, STR("%2C")))
        s = (struct str){ s.p + 3, s.len - 3 };
    else if (s.len > 0 && *s.p == ',')
        s = (struct str){ s.p + 1, s.len - 1 };
    else
        return false;
    s = str_trim(s);
    return read_degrees(&s, 180, lng_e6) && (!is_whole || s.len == 0);
}

/* The link is read, never opened. */
static bool
read_link(struct str s, int64_t *lat_e6, int64_t *lng_e6)
{
    static const char *const marks[] = { "q=", "ll=", "@" };

    for (size_t i = 0; i < s.len; i++)
        for (size_t k = 0; k < COUNT(marks); k++) {
            struct str mark = str_of(marks[k]), rest = { s.p + i, s.len - i };

            if (str_starts(rest, mark) &&
                read_place((struct str){ rest.p + mark.len, rest.len - mark.len }, false, lat_e6,
                           lng_e6))
                return true;
        }
    return false;
}

enum verdict
judge_location(const struct validator_call *call, struct str *value)
{
    int64_t lat_e6 = call->said->lat_e6, lng_e6 = call->said->lng_e6;
    struct str text = call->said->text;

    if (call->said->form == FORM_TEXT && !read_place(text, true, &lat_e6, &lng_e6) &&
        !(str_has(text, STR("http")) && read_link(text, &lat_e6, &lng_e6)))
        return VERDICT_INVALID;
    *value = str_fmt(call->arena, "%s%lld.%06lld,%s%lld.%06lld", lat_e6 < 0 ? "-" : "",
                     (long long)(llabs(lat_e6) / 1000000), (long long)(llabs(lat_e6) % 1000000),
                     lng_e6 < 0 ? "-" : "", (long long)(llabs(lng_e6) / 1000000),
                     (long long)(llabs(lng_e6) % 1000000));
    return VERDICT_VALID;
}

/* --- files ------------------------------------------------------------------------ */

static bool
is_picture(struct str mime)
{
    static const char *const pictures[] = { "image/jpeg", "image/png", "image/webp", "image/heic" };

    for (size_t i = 0; i < COUNT(pictures); i++)
        if (str_eq(mime, str_of(pictures[i])))
            return true;
    return false;
}

static enum verdict
keep_file(const struct validator_call *call, bool is_right, int64_t most_bytes, struct str *value)
{
    *value = call->said->file.ref;
    return is_right && call->said->file.size_bytes <= most_bytes ? VERDICT_VALID : VERDICT_INVALID;
}

enum verdict
judge_file(const struct validator_call *call, struct str *value)
{
    return keep_file(call, is_picture(call->said->file.mime), 10 * MEGABYTE, value);
}

enum verdict
judge_document(const struct validator_call *call, struct str *value)
{
    struct str mime = call->said->file.mime;

    return keep_file(call,
                     str_eq(mime, STR("application/pdf")) ||
                         (is_picture(mime) && !call->limits->refuses_images),
                     25 * MEGABYTE, value);
}

enum verdict
judge_audio(const struct validator_call *call, struct str *value)
{
    int64_t most_s = call->limits->max_seconds > 0 ? call->limits->max_seconds : RECORDING_MAX_S;
    int64_t took_s = call->said->file.duration_s;

    return keep_file(call, took_s >= 1 && took_s <= most_s, 25 * MEGABYTE, value);
}
