#include "str.h"

#include "err.h"

#include <stdarg.h>
#include <stdio.h>

#define HIGH_BITS UINT64_C(0x8080808080808080)
#define LOW_BITS UINT64_C(0x0101010101010101)

/* Eight bytes that are all plain ASCII and none of them NUL: most text, most of the time. */
static bool
is_plain_word(const char *p)
{
    uint64_t word;

    memcpy(&word, p, sizeof(word));
    return ((word | (word - LOW_BITS)) & HIGH_BITS) == 0;
}

static char
lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : c;
}

static bool
is_space(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

bool
str_eq(struct str a, struct str b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.p, b.p, a.len) == 0);
}

bool
str_eq_nocase(struct str a, struct str b)
{
    if (a.len != b.len)
        return false;
    for (size_t i = 0; i < a.len; i++) {
        if (lower(a.p[i]) != lower(b.p[i]))
            return false;
    }
    return true;
}

int
str_compare(struct str a, struct str b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int order = n == 0 ? 0 : memcmp(a.p, b.p, n);

    return order != 0 ? order : (a.len > b.len) - (a.len < b.len);
}

bool
str_starts(struct str s, struct str prefix)
{
    return s.len >= prefix.len && str_eq((struct str){ s.p, prefix.len }, prefix);
}

bool
str_ends(struct str s, struct str suffix)
{
    return s.len >= suffix.len &&
           (suffix.len == 0 || memcmp(s.p + s.len - suffix.len, suffix.p, suffix.len) == 0);
}

bool
str_has(struct str s, struct str part)
{
    return part.len == 0 || (s.len > 0 && memmem(s.p, s.len, part.p, part.len) != NULL);
}

ptrdiff_t
str_find(struct str s, char c)
{
    const char *at = s.len == 0 ? NULL : memchr(s.p, c, s.len);

    return at == NULL ? -1 : at - s.p;
}

struct str
str_trim(struct str s)
{
    while (s.len > 0 && is_space(s.p[0])) {
        s.p++;
        s.len--;
    }
    while (s.len > 0 && is_space(s.p[s.len - 1]))
        s.len--;
    return s;
}

bool
str_cut(struct str *rest, char c, struct str *head)
{
    ptrdiff_t at = str_find(*rest, c);

    if (rest->len == 0)
        return false;
    if (at < 0) {
        *head = *rest;
        *rest = (struct str){ rest->p + rest->len, 0 };
    } else {
        size_t n = (size_t)at;

        *head = (struct str){ rest->p, n };
        *rest = (struct str){ rest->p + n + 1, rest->len - n - 1 };
    }
    return true;
}

const char *
str_cstr(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.len + 1);

    if (s.len > 0)
        memcpy(copy, s.p, s.len);
    return copy;
}

struct str
str_dup(struct arena *a, struct str s)
{
    return (struct str){ str_cstr(a, s), s.len };
}

struct str
str_lower(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.len + 1);

    for (size_t i = 0; i < s.len; i++)
        copy[i] = lower(s.p[i]);
    return (struct str){ copy, s.len };
}

struct str
str_digits(struct arena *a, struct str s)
{
    char *copy = arena_alloc(a, s.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] >= '0' && s.p[i] <= '9')
            copy[n++] = s.p[i];
    }
    return (struct str){ copy, n };
}

bool
str_i64(struct str s, int64_t *out)
{
    bool minus = s.len > 0 && s.p[0] == '-';
    int64_t value = 0;

    if (s.len == (size_t)minus)
        return false;
    for (size_t i = minus; i < s.len; i++) {
        int digit = s.p[i] - '0';

        if (digit < 0 || digit > 9)
            return false;
        /* Counts downwards: the smallest int64_t has no positive twin. */
        if (__builtin_mul_overflow(value, 10, &value) ||
            __builtin_sub_overflow(value, digit, &value))
            return false;
    }
    if (!minus && value == INT64_MIN)
        return false;
    *out = minus ? value : -value;
    return true;
}

static bool
is_tail(unsigned char c)
{
    return (c & 0xC0) == 0x80;
}

int
str_utf8_step(const char *at, const char *end)
{
    const unsigned char *p = (const unsigned char *)at;
    ptrdiff_t left = end - at;

    if (left <= 0)
        return 0;
    if (p[0] < 0x80)
        return 1;
    if (p[0] < 0xE0)
        return p[0] >= 0xC2 && left >= 2 && is_tail(p[1]) ? 2 : 0;
    if (p[0] < 0xF0) {
        if (left < 3 || !is_tail(p[1]) || !is_tail(p[2]))
            return 0;
        if ((p[0] == 0xE0 && p[1] < 0xA0) || (p[0] == 0xED && p[1] >= 0xA0))
            return 0; /* longer than needed; surrogate */
        return 3;
    }
    if (p[0] > 0xF4 || left < 4 || !is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3]))
        return 0;
    if ((p[0] == 0xF0 && p[1] < 0x90) || (p[0] == 0xF4 && p[1] >= 0x90))
        return 0; /* longer than needed; beyond U+10FFFF */
    return 4;
}

bool
str_is_utf8(struct str s)
{
    const char *p = s.p;
    const char *end = s.len == 0 ? p : p + s.len;

    while (p < end) {
        int n;

        if (end - p >= 8 && is_plain_word(p)) {
            p += 8;
            continue;
        }
        n = str_utf8_step(p, end);
        if (n == 0 || *p == '\0')
            return false;
        p += n;
    }
    return true;
}

size_t
str_code_points(struct str s)
{
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++)
        n += !is_tail((unsigned char)s.p[i]);
    return n;
}

struct str
str_first_code_points(struct str s, size_t n)
{
    size_t i = 0;

    for (; i < s.len; i++) {
        if (!is_tail((unsigned char)s.p[i]) && n-- == 0)
            break;
    }
    return (struct str){ s.p, i };
}

void
buf_reserve(struct buf *b, size_t more)
{
    size_t cap = b->cap == 0 ? 256 : b->cap;

    if (b->cap - b->len >= more)
        return;
    while (cap - b->len < more) {
        if (cap > SIZE_MAX / 4)
            BUG("cap=%zu what=absurd_buffer", cap);
        cap *= 2;
    }
    b->p = arena_grow(b->arena, b->p, b->cap, cap);
    b->cap = cap;
}

void
buf_add(struct buf *b, struct str s)
{
    if (s.len == 0)
        return;
    buf_reserve(b, s.len);
    memcpy(b->p + b->len, s.p, s.len);
    b->len += s.len;
}

void
buf_char(struct buf *b, char c)
{
    buf_reserve(b, 1);
    b->p[b->len++] = c;
}

static void __attribute__((format(printf, 2, 0)))
buf_vfmt(struct buf *b, const char *fmt, va_list args)
{
    va_list again;
    int n;

    va_copy(again, args);
    n = vsnprintf(NULL, 0, fmt, again);
    va_end(again);
    if (n < 0)
        BUG("what=format_refused");
    buf_reserve(b, (size_t)n + 1); /* vsnprintf ends with a NUL, which is not counted in */
    vsnprintf(b->p + b->len, (size_t)n + 1, fmt, args);
    b->len += (size_t)n;
}

void
buf_fmt(struct buf *b, const char *fmt, ...)
{
    va_list args;

    va_start(args, fmt);
    buf_vfmt(b, fmt, args);
    va_end(args);
}

struct str
buf_str(const struct buf *b)
{
    return (struct str){ b->p, b->len };
}

struct str
str_fmt(struct arena *a, const char *fmt, ...)
{
    struct buf b = { .arena = a };
    va_list args;

    va_start(args, fmt);
    buf_vfmt(&b, fmt, args);
    va_end(args);
    return buf_str(&b);
}
