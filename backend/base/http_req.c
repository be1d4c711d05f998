#include "http.h"

static int
hex_digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return -1;
}

/*
 * Undoes percent escapes, once: what they yield is never looked at for escapes
 * again. False for an escape that is none. A form's '+' means space in queries only.
 */
static bool
unescape(struct arena *a, struct str s, bool plus_is_space, struct str *out)
{
    char *p = arena_alloc(a, s.len + 1);
    size_t n = 0;

    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        if (c == '+' && plus_is_space) {
            c = ' ';
        } else if (c == '%') {
            int high, low;

            if (s.len - i < 3)
                return false;
            high = hex_digit(s.p[++i]);
            low = hex_digit(s.p[++i]);
            if (high < 0 || low < 0)
                return false;
            c = (char)(high * 16 + low);
        }
        p[n++] = c;
    }
    *out = (struct str){ p, n };
    return true;
}

/* Absolute, text, and nothing that a file system or a proxy might read differently. */
static bool
path_is_plain(struct str path)
{
    struct str rest = path;
    struct str segment;

    if (path.len == 0 || path.p[0] != '/' || !str_is_utf8(path))
        return false;
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.p[i];
        if (c < 0x20 || c == 0x7f || c == '\\')
            return false;
    }
    while (str_cut(&rest, '/', &segment))
        if (str_eq(segment, STR(".")) || str_eq(segment, STR("..")))
            return false;
    return true;
}

struct err
req_first_line(struct req *req, struct str method, struct str path, bool is_decoded,
               struct str query)
{
    struct str decoded;

    if (!http_method_parse(method, &req->method))
        return FAIL(ERR_INVALID, "method_unknown");

    if (is_decoded)
        req->path = path;
    else if (!unescape(req->arena, path, false, &req->path))
        return FAIL(ERR_INVALID, "path_invalid");
    if (!path_is_plain(req->path))
        return FAIL(ERR_INVALID, "path_invalid");

    /* Checked whole, once, so that req_query can hand out values without an error. */
    if (!unescape(req->arena, query, true, &decoded) || !str_is_utf8(decoded))
        return FAIL(ERR_INVALID, "query_invalid");
    req->query = query;
    return OK;
}

struct str
req_path(const struct req *req, const char *name)
{
    for (int i = 0; i < req->param_count; i++)
        if (str_eq(req->params[i].name, str_of(name)))
            return req->params[i].value;
    BUG("what=no_such_path_parameter route=%s name=%s", req->route->path, name);
}

struct err
req_path_id(const struct req *req, const char *name, int64_t *out)
{
    struct str text = req_path(req, name);
    int64_t id;

    /* A row has one address: 07 is no other spelling of 7. */
    if (str_starts(text, STR("0")) || !str_i64(text, &id) || id <= 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    *out = id;
    return OK;
}

struct str
req_query(const struct req *req, const char *name)
{
    struct str rest = req->query;
    struct str value, key;

    while (str_cut(&rest, '&', &value)) {
        struct str decoded;

        if (!str_cut(&value, '=', &key))
            continue;
        if (!unescape(req->arena, key, true, &decoded) || !str_eq(decoded, str_of(name)))
            continue;
        if (unescape(req->arena, value, true, &decoded))
            return decoded;
    }
    return (struct str){ 0 };
}

struct err
req_query_i64(const struct req *req, const char *name, int64_t least, int64_t most, int64_t *out)
{
    struct str text = req_query(req, name);
    int64_t value;

    if (text.p == NULL)
        return OK;
    if (!str_i64(text, &value))
        return FAIL_FIELD(ERR_INVALID, "wrong_type", name);
    if (value < least || value > most)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", name);
    *out = value;
    return OK;
}

struct err
req_query_ids(const struct req *req, const char *name, size_t max, struct json_ids *out)
{
    struct str rest = req_query(req, name);
    struct str word;
    int64_t *ids = arena_array(req->arena, int64_t, max);
    size_t n = 0;

    while (str_cut(&rest, ',', &word)) {
        if (n == max)
            return FAIL_FIELD(ERR_INVALID, "too_many", name);
        if (!str_i64(word, &ids[n]) || ids[n] <= 0)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", name);
        n++;
    }
    *out = (struct json_ids){ ids, n };
    return OK;
}

struct str
req_cookie(const struct req *req, const char *name)
{
    struct str rest = req->header(req, "Cookie");
    struct str pair, key;

    while (str_cut(&rest, ';', &pair)) {
        pair = str_trim(pair);
        if (str_cut(&pair, '=', &key) && str_eq(key, str_of(name)))
            return pair;
    }
    return (struct str){ 0 };
}

struct str
req_bearer(const struct req *req)
{
    struct str rest = req->header(req, "Authorization");
    struct str scheme;

    if (!str_cut(&rest, ' ', &scheme) || !str_eq_nocase(scheme, STR("Bearer")))
        return (struct str){ 0 };
    rest = str_trim(rest);
    return rest.len > 0 ? rest : (struct str){ 0 };
}

struct err
req_body(const struct req *req, const struct json_field *fields, void *target)
{
    struct str text = req->body.len > 0 ? req->body : STR("{}");
    const struct json *object;

    TRY(json_parse(req->arena, text, &object));
    if (json_kind(object) != JSON_OBJECT)
        return FAIL(ERR_INVALID, "wrong_type");
    return json_read(req->arena, object, fields, target);
}
