#include "clock.h"
#include "json.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define REPLACEMENT STR("\\ufffd")

/* Before each value and key. */
static void
comma(struct json_out *o)
{
    if (o->comma)
        buf_char(o->buf, ',');
    o->comma = true;
}

void
json_open(struct json_out *o, char bracket)
{
    comma(o);
    buf_char(o->buf, bracket);
    o->comma = false;
}

void
json_close(struct json_out *o, char bracket)
{
    buf_char(o->buf, bracket);
    o->comma = true;
}

/* What stays as it is: printable ASCII, except for quotes, backslash and '<' (see put_rare). */
static bool
is_plain(char c)
{
    return (unsigned char)(c - 0x20) < 0x60 && c != '"' && c != '\\' && c != '<';
}

/*
 * One character that is not plain; how many bytes it took. '<' is escaped so that
 * no text can end a <script> around it, U+2028 and U+2029 because they end a line
 * for older JavaScript. PostgreSQL's jsonb cannot hold a NUL: it goes the way of
 * what is not text.
 */
static size_t
put_rare(struct buf *b, const char *p, const char *end)
{
    unsigned char c = (unsigned char)*p;
    int n = str_utf8_step(p, end);

    if (n == 0 || c == '\0') {
        buf_add(b, REPLACEMENT);
        return 1;
    }
    if (n == 3 && memcmp(p, "\xE2\x80\xA8", 3) == 0) {
        buf_add(b, STR("\\u2028"));
    } else if (n == 3 && memcmp(p, "\xE2\x80\xA9", 3) == 0) {
        buf_add(b, STR("\\u2029"));
    } else if (n > 1) {
        buf_add(b, (struct str){ p, (size_t)n });
    } else {
        switch (c) {
        case '"': buf_add(b, STR("\\\"")); break;
        case '\\': buf_add(b, STR("\\\\")); break;
        case '\n': buf_add(b, STR("\\n")); break;
        case '\r': buf_add(b, STR("\\r")); break;
        case '\t': buf_add(b, STR("\\t")); break;
        default: buf_fmt(b, "\\u%04x", c);
        }
    }
    return (size_t)n;
}

static void
put_quoted(struct buf *b, struct str s)
{
    size_t from = 0, at = 0;

    buf_char(b, '"');
    while (at < s.len) {
        if (is_plain(s.p[at])) {
            at++;
            continue;
        }
        buf_add(b, (struct str){ s.p + from, at - from });
        at += put_rare(b, s.p + at, s.p + s.len);
        from = at;
    }
    if (at > from)
        buf_add(b, (struct str){ s.p + from, at - from });
    buf_char(b, '"');
}

void
json_put_key(struct json_out *o, struct str key)
{
    comma(o);
    put_quoted(o->buf, key);
    buf_char(o->buf, ':');
    o->comma = false;
}

/* Ours are constant and plain: nothing to look at, only to copy. A quarter of a list is names. */
void
json_key(struct json_out *o, const char *key)
{
    size_t len = strlen(key);
    char *p;

    buf_reserve(o->buf, len + 4);
    p = o->buf->p + o->buf->len;
    if (o->comma)
        *p++ = ',';
    *p++ = '"';
    memcpy(p, key, len);
    p += len;
    *p++ = '"';
    *p++ = ':';
    o->buf->len = (size_t)(p - o->buf->p);
    o->comma = false;
}

void
json_put_raw(struct json_out *o, struct str json)
{
    comma(o);
    buf_add(o->buf, json.len == 0 ? STR("null") : json);
}

void
json_put_null(struct json_out *o)
{
    json_put_raw(o, STR("null"));
}

void
json_put_bool(struct json_out *o, bool v)
{
    json_put_raw(o, v ? STR("true") : STR("false"));
}

void
json_put_str(struct json_out *o, struct str s)
{
    if (s.p == NULL) {
        json_put_null(o);
        return;
    }
    comma(o);
    put_quoted(o->buf, s);
}

void
json_put_i64(struct json_out *o, int64_t v)
{
    char digits[20]; /* of UINT64_MAX */
    char *p = digits + sizeof(digits);
    uint64_t left = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

    comma(o);
    if (v < 0)
        buf_char(o->buf, '-');
    do {
        *--p = (char)('0' + left % 10);
        left /= 10;
    } while (left > 0);
    buf_add(o->buf, (struct str){ p, (size_t)(digits + sizeof(digits) - p) });
}

/* The shortest of three precisions that reads back as the same number: 0.1, not 0.10000000000000001. */
void
json_put_double(struct json_out *o, double v)
{
    char text[32];
    int n = 0;

    if (!isfinite(v)) {
        json_put_null(o);
        return;
    }
    if (v == 0)
        v = 0; /* "-0" would read back as a whole number, which has no such thing */
    for (int digits = 15; digits <= 17; digits++) {
        n = snprintf(text, sizeof(text), "%.*g", digits, v);
        if (strtod(text, NULL) == v)
            break;
    }
    json_put_raw(o, (struct str){ text, (size_t)n });
}

void
json_put_time(struct json_out *o, int64_t us)
{
    char text[CLOCK_ISO_BYTES];

    if (us == 0) {
        json_put_null(o);
        return;
    }
    comma(o);
    buf_char(o->buf, '"');
    buf_add(o->buf, clock_iso(us, text));
    buf_char(o->buf, '"');
}

void
json_put_id(struct json_out *o, int64_t id)
{
    if (id == 0)
        json_put_null(o);
    else
        json_put_i64(o, id);
}

void
json_kv_str(struct json_out *o, const char *key, struct str s)
{
    json_key(o, key);
    json_put_str(o, s);
}

void
json_kv_i64(struct json_out *o, const char *key, int64_t v)
{
    json_key(o, key);
    json_put_i64(o, v);
}

void
json_kv_bool(struct json_out *o, const char *key, bool v)
{
    json_key(o, key);
    json_put_bool(o, v);
}

void
json_kv_time(struct json_out *o, const char *key, int64_t us)
{
    json_key(o, key);
    json_put_time(o, us);
}

void
json_kv_id(struct json_out *o, const char *key, int64_t id)
{
    json_key(o, key);
    json_put_id(o, id);
}
