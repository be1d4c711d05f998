#include "json.h"

#define STR_CODE_POINTS 200
#define ARRAY_ITEMS 100
#define ITEM_CODE_POINTS 1000

#define WRONG(slug) FAIL(ERR_INVALID, slug)

/* json_parse has seen to UTF-8 and NUL; what is left are the other control characters. */
static bool
is_clean(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if ((c < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F)
            return false;
    }
    return true;
}

static struct err
read_str(const struct json *v, size_t max, struct str *out)
{
    if (json_kind(v) != JSON_TEXT)
        return WRONG("wrong_type");
    *out = json_text(v);
    if (str_code_points(*out) > max)
        return WRONG("too_long");
    return is_clean(*out) ? OK : WRONG("invalid_text");
}

static struct err
read_i64(const struct json *v, int64_t least, int64_t *out)
{
    /* Our own clients send numbers; text of digits is for providers. */
    if (json_kind(v) != JSON_NUMBER || !json_i64(v, out) || *out < least)
        return WRONG("wrong_type");
    return OK;
}

static struct err
check_array(const struct json *v, size_t max)
{
    if (json_kind(v) != JSON_ARRAY)
        return WRONG("wrong_type");
    return json_len(v) <= max ? OK : WRONG("too_many");
}

static struct err
read_strs(struct arena *a, const struct json *v, size_t max, struct json_strs *out)
{
    struct str *items;

    TRY(check_array(v, max));
    items = arena_array(a, struct str, json_len(v));
    for (size_t i = 0; i < json_len(v); i++)
        TRY(read_str(json_at(v, i), ITEM_CODE_POINTS, &items[i]));
    *out = (struct json_strs){ items, json_len(v) };
    return OK;
}

static struct err
read_ids(struct arena *a, const struct json *v, size_t max, struct json_ids *out)
{
    int64_t *items;

    TRY(check_array(v, max));
    items = arena_array(a, int64_t, json_len(v));
    for (size_t i = 0; i < json_len(v); i++)
        TRY(read_i64(json_at(v, i), 1, &items[i]));
    *out = (struct json_ids){ items, json_len(v) };
    return OK;
}

static struct err
read_value(struct arena *a, const struct json_field *field, const struct json *v, void *target)
{
    size_t items = field->max == 0 ? ARRAY_ITEMS : field->max;

    switch (field->type) {
    case JSON_ID: return read_i64(v, 1, target);
    case JSON_I64: return read_i64(v, INT64_MIN, target);
    case JSON_FLAG:
        if (json_kind(v) != JSON_BOOL)
            return WRONG("wrong_type");
        *(bool *)target = json_is_true(v);
        return OK;
    case JSON_STR: return read_str(v, field->max == 0 ? STR_CODE_POINTS : field->max, target);
    case JSON_STRS: return read_strs(a, v, items, target);
    case JSON_IDS: return read_ids(a, v, items, target);
    case JSON_ANY: *(const struct json **)target = v; return OK;
    }
    BUG("field=%s what=no_such_type", field->name);
}

struct unknown {
    const struct json_field *fields;
    const char *name; /* the first member that no field names */
};

static void
look_for_unknown(struct str key, const struct json *v, void *arg)
{
    struct unknown *unknown = arg;

    (void)v;
    if (unknown->name != NULL)
        return;
    for (const struct json_field *field = unknown->fields; field->name != NULL; field++) {
        if (str_eq(key, str_of(field->name)))
            return;
    }
    unknown->name = key.p;
}

struct err
json_read(struct arena *a, const struct json *object, const struct json_field *fields, void *target)
{
    struct unknown unknown = { .fields = fields };

    if (json_kind(object) != JSON_OBJECT)
        return WRONG("wrong_type");
    json_each(object, look_for_unknown, &unknown);
    if (unknown.name != NULL)
        return FAIL_FIELD(ERR_INVALID, "unknown_field", unknown.name);

    for (const struct json_field *field = fields; field->name != NULL; field++) {
        const struct json *v = json_get(object, field->name);
        bool null = json_kind(v) == JSON_NULL;
        struct err e;

        if (v == NULL || null) {
            if (field->required)
                return FAIL_FIELD(ERR_INVALID, "required", field->name);
            if (v == NULL || field->type != JSON_ANY)
                continue;
        }
        e = read_value(a, field, v, (char *)target + field->offset);
        if (e.code != ERR_NONE)
            return FAIL_FIELD(e.code, e.slug, field->name);
    }
    return OK;
}
