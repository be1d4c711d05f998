#include "people_json.h"

enum { IDS_MAX = 200 };

void
people_write_ids(struct json_out *o, const char *key, struct str array)
{
    json_key(o, key);
    if (array.p == NULL) {
        json_put_null(o);
        return;
    }
    json_open(o, '[');
    if (array.len > 2)
        json_put_raw(o, (struct str){ array.p + 1, array.len - 2 });
    json_close(o, ']');
}

struct str
people_print_ids(struct cx *cx, struct json_ids ids)
{
    struct buf text = { .arena = cx->arena };

    buf_char(&text, '{');
    for (size_t i = 0; i < ids.n; i++)
        buf_fmt(&text, "%s%lld", i == 0 ? "" : ",", (long long)ids.v[i]);
    buf_char(&text, '}');
    return buf_str(&text);
}

struct err
people_read_ids(struct cx *cx, const struct json *v, const char *field, struct str *out)
{
    struct json_ids ids = { 0 };
    int64_t *items;

    *out = (struct str){ 0 };
    if (v == NULL || json_kind(v) == JSON_NULL)
        return OK;
    if (json_kind(v) != JSON_ARRAY || json_len(v) > IDS_MAX)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", field);
    ids.v = items = arena_array(cx->arena, int64_t, json_len(v) + 1);
    for (; ids.n < json_len(v); ids.n++)
        if (json_kind(json_at(v, ids.n)) != JSON_NUMBER ||
            !json_i64(json_at(v, ids.n), &items[ids.n]) || items[ids.n] <= 0)
            return FAIL_FIELD(ERR_INVALID, "wrong_type", field);
    *out = people_print_ids(cx, ids);
    return OK;
}
