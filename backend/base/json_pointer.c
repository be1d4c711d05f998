#include "json.h"

/* ~1 is a slash and ~0 a tilde. False: a tilde that stands for nothing. */
static bool
unescape(struct arena *a, struct str token, const char **key)
{
    struct buf b = { .arena = a };

    for (size_t i = 0; i < token.len; i++) {
        char c = token.p[i];

        if (c == '~') {
            c = ++i < token.len ? token.p[i] : '\0';
            if (c != '0' && c != '1')
                return false;
            c = c == '1' ? '/' : '~';
        }
        buf_char(&b, c);
    }
    *key = str_cstr(a, buf_str(&b));
    return true;
}

/* Without signs and leading zeros, which would make two names of one place. */
static bool
is_index(struct str token, int64_t *index)
{
    return token.len > 0 && token.p[0] != '-' && (token.p[0] != '0' || token.len == 1) &&
           str_i64(token, index);
}

const struct json *
json_pointer(struct arena *a, const struct json *v, struct str pointer)
{
    struct str rest = pointer, token;
    const char *key;
    int64_t index;

    while (v != NULL && rest.len > 0) {
        if (*rest.p != '/')
            return NULL;
        rest = (struct str){ rest.p + 1, rest.len - 1 };
        token = rest;
        if (str_find(rest, '/') >= 0)
            token.len = (size_t)str_find(rest, '/');
        rest = (struct str){ rest.p + token.len, rest.len - token.len };
        if (json_kind(v) == JSON_ARRAY)
            v = is_index(token, &index) ? json_at(v, (size_t)index) : NULL;
        else
            v = unescape(a, token, &key) ? json_get(v, key) : NULL;
    }
    return v;
}
