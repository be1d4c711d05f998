/*
 * Filters of letters. Case is known for the alphabets of Latin letters (ASCII, Latin-1,
 * Latin Extended-A), whatever the process's locale; other letters stay as they are.
 */
#include "variables_private.h"

#include "base/json.h"
#include "domain/contacts/contacts.h"

static uint32_t
letter_at(const char *p, int n)
{
    const unsigned char *u = (const unsigned char *)p;

    return n == 1 ? u[0] : n == 2 ? (u[0] & 0x1Fu) << 6 | (u[1] & 0x3Fu) : 0;
}

static void
put_letter(struct buf *b, uint32_t c)
{
    if (c >= 0x80)
        buf_char(b, (char)(0xC0 | c >> 6));
    buf_char(b, (char)(c < 0x80 ? c : 0x80 | (c & 0x3F)));
}

/* Pairs of Latin Extended-A: upper case first, on even places or (odd) on odd ones. */
static const struct {
    uint32_t first, last;
    bool odd;
} pairs[] = { { 0x100, 0x12F, false },
              { 0x132, 0x137, false },
              { 0x139, 0x148, true },
              { 0x14A, 0x177, false },
              { 0x179, 0x17E, true } };

static uint32_t
other_case(uint32_t c, bool to_upper)
{
    if ((c >= 'a' && c <= 'z') || (c >= 0xE0 && c <= 0xFE && c != 0xF7))
        return to_upper ? c - 32 : c;
    if ((c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7))
        return to_upper ? c : c + 32;
    for (size_t i = 0; i < sizeof pairs / sizeof pairs[0]; i++)
        if (c >= pairs[i].first && c <= pairs[i].last) {
            bool is_upper = (c % 2 == 0) != pairs[i].odd;

            return is_upper == to_upper ? c : to_upper ? c - 1 : c + 1;
        }
    return c;
}

static void
put_case(struct buf *b, struct str s, bool to_upper)
{
    const char *p = s.p, *end = s.p + s.len;

    while (p < end) {
        int n = str_utf8_step(p, end);

        if (n == 1 || n == 2)
            put_letter(b, other_case(letter_at(p, n), to_upper));
        else
            buf_add(b, (struct str){ p, (size_t)(n > 0 ? n : 1) });
        p += n > 0 ? n : 1;
    }
}

static struct str
cased(struct arena *a, struct str s, bool to_upper)
{
    struct buf b = { .arena = a };

    put_case(&b, s, to_upper);
    return buf_str(&b);
}

struct variable_value
filter_upper(const struct filter_call *call, struct variable_value value)
{
    return filter_said(cased(call->arena, filters_print(call->arena, value), true));
}

struct variable_value
filter_lower(const struct filter_call *call, struct variable_value value)
{
    return filter_said(cased(call->arena, filters_print(call->arena, value), false));
}

/* Words that stay small inside of a name. */
static bool
is_particle(struct str word)
{
    static const char *const particles[] = { "da", "de", "do",  "das", "dos",
                                             "e",  "di", "del", "van", "von" };

    for (size_t i = 0; i < sizeof particles / sizeof particles[0]; i++)
        if (str_eq(word, str_of(particles[i])))
            return true;
    return false;
}

struct variable_value
filter_title(const struct filter_call *call, struct variable_value value)
{
    struct str s = cased(call->arena, filters_print(call->arena, value), false);
    struct buf b = { .arena = call->arena };
    size_t i = 0;

    while (i < s.len) {
        size_t from = i, head;
        struct str word;

        while (i < s.len && strchr(" -'\n", s.p[i]) == NULL)
            i++;
        word = (struct str){ s.p + from, i - from };
        if (word.len > 0 && (from == 0 || !is_particle(word))) {
            int n = str_utf8_step(word.p, word.p + word.len);

            head = n > 0 ? (size_t)n : 1;
            put_case(&b, (struct str){ word.p, head }, true);
            word.p += head;
            word.len -= head;
        }
        buf_add(&b, word);
        if (i < s.len)
            buf_char(&b, s.p[i++]);
    }
    return filter_said(buf_str(&b));
}

struct variable_value
filter_first_name(const struct filter_call *call, struct variable_value value)
{
    struct str s = str_trim(filters_print(call->arena, value)), head = s;

    str_cut(&s, ' ', &head);
    return filter_said(head);
}

struct variable_value
filter_trim(const struct filter_call *call, struct variable_value value)
{
    return filter_said(str_trim(filters_print(call->arena, value)));
}

struct variable_value
filter_digits(const struct filter_call *call, struct variable_value value)
{
    return filter_said(str_digits(call->arena, value.text));
}

struct variable_value
filter_truncate(const struct filter_call *call, struct variable_value value)
{
    struct str s = filters_print(call->arena, value);
    int64_t most = 0;
    struct buf b = { .arena = call->arena };

    str_i64(call->arguments[0], &most);
    if ((int64_t)str_code_points(s) <= most)
        return filter_said(s);
    if (most > 0) {
        buf_add(&b, str_trim(str_first_code_points(s, (size_t)most - 1)));
        buf_add(&b, STR("…"));
    }
    return filter_said(buf_str(&b));
}

/* All letters and digits hidden but `shown` at the end; marks between them stay. */
static struct str
hide(struct arena *a, struct str s, size_t shown)
{
    struct buf b = { .arena = a };
    const char *p = s.p, *end = s.p + s.len;
    size_t hidden = str_code_points(s);

    hidden = hidden > shown ? hidden - shown : hidden;
    while (p < end) {
        int n = str_utf8_step(p, end);
        bool is_mark = n == 1 && strchr(" .-/()+@", *p) != NULL;

        if (hidden > 0) {
            hidden--;
            buf_add(&b, is_mark ? (struct str){ p, 1 } : STR("•"));
        } else {
            buf_add(&b, (struct str){ p, (size_t)(n > 0 ? n : 1) });
        }
        p += n > 0 ? n : 1;
    }
    return buf_str(&b);
}

struct variable_value
filter_mask(const struct filter_call *call, struct variable_value value)
{
    char phone[CONTACT_MASKED_BYTES];
    struct str s = filters_print(call->arena, value), name = s;

    if (value.type == VARIABLE_PHONE)
        return filter_said(str_dup(call->arena, contacts_mask_phone(value.text, phone)));
    if (str_find(s, '@') > 0) {
        struct buf b = { .arena = call->arena };

        str_cut(&s, '@', &name);
        buf_add(&b, str_first_code_points(name, 1));
        buf_add(&b, STR("•••@"));
        buf_add(&b, s);
        return filter_said(buf_str(&b));
    }
    return filter_said(hide(call->arena, s, 4));
}

/* Character by character, for a voice. */
struct variable_value
filter_spell(const struct filter_call *call, struct variable_value value)
{
    struct buf b = { .arena = call->arena };
    const char *p = value.text.p, *end = p + value.text.len;

    while (p < end) {
        int n = str_utf8_step(p, end);

        if (n > 1 || (n == 1 && strchr(" .-/()\n", *p) == NULL)) {
            if (b.len > 0)
                buf_char(&b, ' ');
            buf_add(&b, (struct str){ p, (size_t)n });
        }
        p += n > 0 ? n : 1;
    }
    return filter_said(buf_str(&b));
}

struct variable_value
filter_url(const struct filter_call *call, struct variable_value value)
{
    struct str s = filters_print(call->arena, value);
    struct buf b = { .arena = call->arena };

    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        bool is_plain = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
                        (c >= 'a' && c <= 'z') || c == '-' || c == '.' || c == '_' || c == '~';

        if (is_plain)
            buf_char(&b, c);
        else
            buf_fmt(&b, "%%%02X", (unsigned char)c);
    }
    return filter_said(buf_str(&b));
}

/* What stands between the quotes of a JSON text. */
struct variable_value
filter_json(const struct filter_call *call, struct variable_value value)
{
    struct buf b = { .arena = call->arena };
    struct json_out o = { .buf = &b };
    struct str quoted;

    json_put_str(&o, filters_print(call->arena, value));
    quoted = buf_str(&b);
    return filter_said(quoted.len < 2 ? STR("") : (struct str){ quoted.p + 1, quoted.len - 2 });
}
