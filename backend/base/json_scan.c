#include "json_scan.h"

#include "json.h"

struct scan {
    const char *p;
    const char *end;
    size_t members;
    int depth;
};

#define REFUSE(slug) FAIL(ERR_INVALID, slug)

static struct err scan_value(struct scan *s);

static void
skip_space(struct scan *s)
{
    while (s->p < s->end && (*s->p == ' ' || *s->p == '\n' || *s->p == '\r' || *s->p == '\t'))
        s->p++;
}

static bool
skip(struct scan *s, char c)
{
    if (s->p == s->end || *s->p != c)
        return false;
    s->p++;
    return true;
}

static bool
skip_digits(struct scan *s)
{
    const char *from = s->p;

    while (s->p < s->end && *s->p >= '0' && *s->p <= '9')
        s->p++;
    return s->p > from;
}

/* The four hex digits after \u, or -1. */
static int
hex4(struct scan *s)
{
    int unit = 0;

    if (s->end - s->p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        char c = *s->p++;

        if (c >= '0' && c <= '9')
            unit = unit * 16 + (c - '0');
        else if ((c | 0x20) >= 'a' && (c | 0x20) <= 'f')
            unit = unit * 16 + ((c | 0x20) - 'a' + 10);
        else
            return -1;
    }
    return unit;
}

/* After a backslash. Surrogates must come in pairs, and no escape may make a NUL. */
static struct err
scan_escape(struct scan *s)
{
    int unit;

    if (s->p == s->end)
        return REFUSE("json_syntax");
    if (*s->p != 'u') {
        if (memchr("\"\\/bfnrt", *s->p, 8) == NULL)
            return REFUSE("json_syntax");
        s->p++;
        return OK;
    }
    s->p++;
    unit = hex4(s);
    if (unit < 0)
        return REFUSE("json_syntax");
    if (unit == 0)
        return REFUSE("json_nul");
    if (unit >= 0xDC00 && unit <= 0xDFFF)
        return REFUSE("json_utf8");
    if (unit >= 0xD800 && unit <= 0xDBFF) {
        if (!skip(s, '\\') || !skip(s, 'u'))
            return REFUSE("json_utf8");
        unit = hex4(s);
        if (unit < 0xDC00 || unit > 0xDFFF)
            return REFUSE("json_utf8");
    }
    return OK;
}

/* Plain text stays in the inner loop; the rest is rare. */
static struct err
scan_string(struct scan *s)
{
    if (!skip(s, '"'))
        return REFUSE("json_syntax");
    for (;;) {
        unsigned char c;
        int n;

        while (s->p < s->end && (unsigned char)(*s->p - 0x20) < 0x60 && *s->p != '"' &&
               *s->p != '\\')
            s->p++;
        if (s->p == s->end)
            return REFUSE("json_syntax");
        c = (unsigned char)*s->p;
        if (c == '"') {
            s->p++;
            return OK;
        }
        if (c == '\\') {
            s->p++;
            TRY(scan_escape(s));
            continue;
        }
        if (c == '\0')
            return REFUSE("json_nul");
        if (c < 0x20)
            return REFUSE("json_syntax");
        n = str_utf8_step(s->p, s->end);
        if (n == 0)
            return REFUSE("json_utf8");
        s->p += n;
    }
}

static struct err
scan_number(struct scan *s)
{
    const char *from = s->p;
    bool whole = true;
    int64_t unused;

    skip(s, '-');
    if (!skip(s, '0') && !skip_digits(s))
        return REFUSE("json_syntax");
    if (skip(s, '.')) {
        whole = false;
        if (!skip_digits(s))
            return REFUSE("json_syntax");
    }
    if (skip(s, 'e') || skip(s, 'E')) {
        whole = false;
        if (!skip(s, '-'))
            skip(s, '+');
        if (!skip_digits(s))
            return REFUSE("json_syntax");
    }
    /* json-c would quietly take the nearest number it can hold. */
    if (whole && !str_i64((struct str){ from, (size_t)(s->p - from) }, &unused))
        return REFUSE("json_number");
    return OK;
}

static struct err
scan_word(struct scan *s, struct str word)
{
    if ((size_t)(s->end - s->p) < word.len || memcmp(s->p, word.p, word.len) != 0)
        return REFUSE("json_syntax");
    s->p += word.len;
    return OK;
}

static struct err
scan_member(struct scan *s)
{
    skip_space(s);
    TRY(scan_string(s));
    skip_space(s);
    if (!skip(s, ':'))
        return REFUSE("json_syntax");
    s->members++;
    return scan_value(s);
}

/* An array or object, at its opening bracket. */
static struct err
scan_group(struct scan *s, char closing, struct err (*item)(struct scan *))
{
    if (++s->depth > JSON_DEPTH_MAX)
        return REFUSE("json_depth");
    s->p++;
    skip_space(s);
    if (!skip(s, closing)) {
        do {
            TRY(item(s));
            skip_space(s);
        } while (skip(s, ','));
        if (!skip(s, closing))
            return REFUSE("json_syntax");
    }
    s->depth--;
    return OK;
}

/* Recursion is as deep as the document, and that is at most JSON_DEPTH_MAX. */
static struct err
scan_value(struct scan *s)
{
    skip_space(s);
    if (s->p == s->end)
        return REFUSE("json_syntax");
    switch (*s->p) {
    case '{': return scan_group(s, '}', scan_member);
    case '[': return scan_group(s, ']', scan_value);
    case '"': return scan_string(s);
    case 't': return scan_word(s, STR("true"));
    case 'f': return scan_word(s, STR("false"));
    case 'n': return scan_word(s, STR("null"));
    default: return scan_number(s);
    }
}

struct err
json_scan(struct str text, size_t *members)
{
    struct scan s = { .p = text.p };

    if (text.len == 0)
        return REFUSE("json_syntax");
    s.end = text.p + text.len;
    TRY(scan_value(&s));
    skip_space(&s);
    if (s.p != s.end)
        return REFUSE("json_syntax");
    *members = s.members;
    return OK;
}
