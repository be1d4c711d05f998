#include "json.h"

#include "json_scan.h"

#include <json-c/json.h>
#include <math.h>

#define TEXT_MAX_BYTES ((size_t)64 * 1024 * 1024)

/* Beyond this a double no longer holds every whole number. */
#define WHOLE_MOST 9007199254740992.0 /* 2^53 */

/* json-c says null by a NULL pointer, which for us is "absent": null gets a place of its own. */
static const char null_place;

static const struct json *
to_json(struct json_object *v)
{
    return v == NULL ? (const struct json *)&null_place : (const struct json *)v;
}

/* NULL for absent and null alike. */
static struct json_object *
of_json(const struct json *v)
{
    return v == (const struct json *)&null_place ? NULL : (struct json_object *)v;
}

static bool
is_a(const struct json *v, enum json_type type)
{
    return json_object_is_type(of_json(v), type) != 0 && of_json(v) != NULL;
}

static void
put_tree(void *tree)
{
    json_object_put(tree);
}

/*
 * What only the finished tree shows: how many members it kept, and whether all
 * doubles are finite. json_scan has bounded the depth.
 */
static bool
is_finite_tree(struct json_object *v, size_t *members)
{
    if (json_object_is_type(v, json_type_double))
        return isfinite(json_object_get_double(v));
    if (json_object_is_type(v, json_type_array)) {
        for (size_t i = 0; i < json_object_array_length(v); i++) {
            if (!is_finite_tree(json_object_array_get_idx(v, i), members))
                return false;
        }
    } else if (json_object_is_type(v, json_type_object)) {
        json_object_object_foreach(v, key, member)
        {
            (void)key;
            ++*members;
            if (!is_finite_tree(member, members))
                return false;
        }
    }
    return true;
}

/* False when json-c would not build what json_scan has passed. */
static bool
build_tree(struct str text, struct json_object **out)
{
    struct json_tokener *tokener = json_tokener_new_ex(JSON_DEPTH_MAX + 1);
    enum json_tokener_error state;

    if (tokener == NULL)
        BUG("what=out_of_memory");
    *out = json_tokener_parse_ex(tokener, text.p, (int)text.len);
    state = json_tokener_get_error(tokener);
    if (state == json_tokener_continue) {
        /* A number alone may always go on; a NUL says that it does not. */
        *out = json_tokener_parse_ex(tokener, "", 1);
        state = json_tokener_get_error(tokener);
    }
    json_tokener_free(tokener);
    return state == json_tokener_success;
}

struct err
json_parse(struct arena *a, struct str text, const struct json **out)
{
    struct json_object *tree;
    size_t members, kept = 0;

    if (text.len > TEXT_MAX_BYTES)
        return FAIL(ERR_TOO_LARGE, "json_too_large");
    TRY(json_scan(text, &members));
    if (!build_tree(text, &tree))
        return FAIL(ERR_INVALID, "json_syntax");
    arena_cleanup(a, put_tree, tree);
    if (!is_finite_tree(tree, &kept))
        return FAIL(ERR_INVALID, "json_number");
    if (kept != members)
        return FAIL(ERR_INVALID, "json_duplicate_key");
    *out = to_json(tree);
    return OK;
}

enum json_kind
json_kind(const struct json *v)
{
    if (v == NULL)
        return JSON_ABSENT;
    switch (json_object_get_type(of_json(v))) {
    case json_type_boolean: return JSON_BOOL;
    case json_type_double:
    case json_type_int: return JSON_NUMBER;
    case json_type_object: return JSON_OBJECT;
    case json_type_array: return JSON_ARRAY;
    case json_type_string: return JSON_TEXT;
    case json_type_null: break;
    }
    return JSON_NULL;
}

const struct json *
json_get(const struct json *object, const char *key)
{
    struct json_object *member;

    if (!is_a(object, json_type_object) ||
        !json_object_object_get_ex(of_json(object), key, &member))
        return NULL;
    return to_json(member);
}

const struct json *
json_at(const struct json *array, size_t index)
{
    return index < json_len(array) ? to_json(json_object_array_get_idx(of_json(array), index))
                                   : NULL;
}

size_t
json_len(const struct json *array)
{
    return is_a(array, json_type_array) ? json_object_array_length(of_json(array)) : 0;
}

void
json_each(const struct json *object, void (*fn)(struct str key, const struct json *v, void *arg),
          void *arg)
{
    if (!is_a(object, json_type_object))
        return;
    json_object_object_foreach(of_json(object), key, member) fn(str_of(key), to_json(member), arg);
}

struct str
json_text(const struct json *v)
{
    if (!is_a(v, json_type_string))
        return (struct str){ NULL, 0 };
    return (struct str){ json_object_get_string(of_json(v)),
                         (size_t)json_object_get_string_len(of_json(v)) };
}

struct str
json_get_text(const struct json *object, const char *key)
{
    return json_text(json_get(object, key));
}

bool
json_i64(const struct json *v, int64_t *out)
{
    if (is_a(v, json_type_int)) {
        *out = json_object_get_int64(of_json(v));
        return true;
    }
    if (is_a(v, json_type_double)) {
        double d = json_object_get_double(of_json(v));

        if (d < -WHOLE_MOST || d > WHOLE_MOST || d != trunc(d))
            return false;
        *out = (int64_t)d;
        return true;
    }
    return str_i64(json_text(v), out);
}

double
json_double(const struct json *v)
{
    if (!is_a(v, json_type_int) && !is_a(v, json_type_double))
        return 0;
    return json_object_get_double(of_json(v));
}

bool
json_is_true(const struct json *v)
{
    return is_a(v, json_type_boolean) && json_object_get_boolean(of_json(v));
}

static void
print_value(struct json_out *o, struct json_object *v)
{
    switch (json_object_get_type(v)) {
    case json_type_null: json_put_null(o); break;
    case json_type_boolean: json_put_bool(o, json_object_get_boolean(v)); break;
    case json_type_int: json_put_i64(o, json_object_get_int64(v)); break;
    case json_type_double: json_put_double(o, json_object_get_double(v)); break;
    case json_type_string: json_put_str(o, json_text(to_json(v))); break;
    case json_type_array:
        json_open(o, '[');
        for (size_t i = 0; i < json_object_array_length(v); i++)
            print_value(o, json_object_array_get_idx(v, i));
        json_close(o, ']');
        break;
    case json_type_object:
        json_open(o, '{');
        json_object_object_foreach(v, key, member)
        {
            json_put_key(o, str_of(key));
            print_value(o, member);
        }
        json_close(o, '}');
        break;
    }
}

struct str
json_print(struct arena *a, const struct json *v)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    print_value(&o, of_json(v));
    return buf_str(&b);
}
