#include "clock.h"
#include "db_private.h"

#include <math.h>
#include <stdio.h>

const char db_param_in_small[] = "";

static struct db_param
in_small(void)
{
    return (struct db_param){ .p = db_param_in_small };
}

/* Prints at the end of `to`, which has room for 21 bytes; gives the first. printf costs ten times it. */
static char *
print_i64(int64_t v, char *end)
{
    uint64_t rest = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;

    do {
        *--end = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (v < 0)
        *--end = '-';
    return end;
}

struct db_param
db_p_i64(int64_t v)
{
    struct db_param param = in_small();
    char digits[21], *end = digits + sizeof(digits), *first = print_i64(v, end);

    param.len = (size_t)(end - first);
    memcpy(param.small, first, param.len);
    return param;
}

struct db_param
db_p_id(int64_t v)
{
    return v == 0 ? P_NULL : db_p_i64(v);
}

struct db_param
db_p_time(int64_t us)
{
    struct db_param param = in_small();

    _Static_assert(sizeof(param.small) >= CLOCK_ISO_BYTES, "a time fits");
    if (us == 0)
        return P_NULL;
    param.len = clock_iso(us, param.small).len;
    return param;
}

struct db_param
db_p_bool(bool v)
{
    struct db_param param = in_small();

    param.len = 1;
    param.small[0] = v ? 't' : 'f';
    return param;
}

struct db_param
db_p_str(struct str s)
{
    return (struct db_param){ .p = s.p, .len = s.len };
}

struct db_param
db_p_double(double v)
{
    struct db_param param = in_small();

    if (isnan(v) || isinf(v))
        return P_NULL;
    param.len = (size_t)snprintf(param.small, sizeof(param.small), "%.17g", v);
    return param;
}

struct db_param
db_p_i64s(struct arena *a, const int64_t *v, size_t n)
{
    struct buf text = { .arena = a };

    buf_char(&text, '{');
    for (size_t i = 0; i < n; i++) {
        char digits[21], *end = digits + sizeof(digits), *first = print_i64(v[i], end);

        if (i > 0)
            buf_char(&text, ',');
        buf_add(&text, (struct str){ first, (size_t)(end - first) });
    }
    buf_char(&text, '}');
    return db_p_str(buf_str(&text));
}

static void
add_quoted(struct buf *text, struct str s)
{
    buf_char(text, '"');
    for (size_t i = 0; i < s.len; i++) {
        if (s.p[i] == '"' || s.p[i] == '\\')
            buf_char(text, '\\');
        buf_char(text, s.p[i]);
    }
    buf_char(text, '"');
}

struct db_param
db_p_strs(struct arena *a, const struct str *v, size_t n)
{
    struct buf text = { .arena = a };

    buf_char(&text, '{');
    for (size_t i = 0; i < n; i++) {
        if (i > 0)
            buf_char(&text, ',');
        if (v[i].p == NULL)
            buf_add(&text, STR("NULL"));
        else
            add_quoted(&text, v[i]);
    }
    buf_char(&text, '}');
    return db_p_str(buf_str(&text));
}

struct db_param
db_p_bytes(struct arena *a, struct str bytes)
{
    static const char digits[] = "0123456789abcdef";
    char *text;

    if (bytes.p == NULL)
        return P_NULL;
    text = arena_alloc(a, 2 + 2 * bytes.len);
    text[0] = '\\';
    text[1] = 'x';
    for (size_t i = 0; i < bytes.len; i++) {
        unsigned char byte = (unsigned char)bytes.p[i];

        text[2 + 2 * i] = digits[byte >> 4];
        text[3 + 2 * i] = digits[byte & 15];
    }
    return db_p_str((struct str){ text, 2 + 2 * bytes.len });
}
