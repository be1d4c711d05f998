#include "rewrite.h"

#include <stdlib.h>

struct writing {
    struct json_out *out;
    const struct rewrite *how;
    bool moves_refs; /* below "settings", "cards" and "meta" */
    bool is_top;
};

static void write_value(struct writing *w, const struct json *v);

static int
by_from(const void *text, const void *pair)
{
    return str_compare(*(const struct str *)text, ((const struct rewrite_ref *)pair)->from);
}

static struct str
moved(const struct rewrite *how, struct str text)
{
    const struct rewrite_ref *found =
        how->moved_count == 0
            ? NULL
            : bsearch(&text, how->moved, how->moved_count, sizeof *how->moved, by_from);

    return found == NULL ? text : found->to;
}

/* What stands in place of a member of the document itself; false: nothing of the sort. */
static bool
write_replaced(struct writing *w, struct str key)
{
    if (str_eq(key, STR("key")) && w->how->key.p != NULL)
        json_put_str(w->out, w->how->key);
    else if (str_eq(key, STR("name")) && w->how->name.p != NULL)
        json_put_str(w->out, w->how->name);
    else if (str_eq(key, STR("refs")) && w->how->refs.p != NULL)
        json_put_raw(w->out, w->how->refs);
    else if (str_eq(key, STR("meta")) && w->how->meta.p != NULL)
        json_put_raw(w->out, w->how->meta);
    else
        return false;
    return true;
}

static void
write_member(struct str key, const struct json *v, void *arg)
{
    struct writing *w = arg;
    struct writing inside = *w;

    json_put_key(w->out, key);
    if (w->is_top) {
        if (write_replaced(w, key))
            return;
        inside.is_top = false;
        inside.moves_refs =
            str_eq(key, STR("settings")) || str_eq(key, STR("cards")) || str_eq(key, STR("meta"));
    }
    write_value(&inside, v);
}

static void
write_value(struct writing *w, const struct json *v)
{
    int64_t whole;

    switch (json_kind(v)) {
    case JSON_OBJECT:
        json_open(w->out, '{');
        json_each(v, write_member, w);
        json_close(w->out, '}');
        break;
    case JSON_ARRAY:
        json_open(w->out, '[');
        for (size_t i = 0; i < json_len(v); i++)
            write_value(w, json_at(v, i));
        json_close(w->out, ']');
        break;
    case JSON_TEXT:
        json_put_str(w->out, w->moves_refs ? moved(w->how, json_text(v)) : json_text(v));
        break;
    case JSON_NUMBER:
        if (json_i64(v, &whole))
            json_put_i64(w->out, whole);
        else
            json_put_double(w->out, json_double(v));
        break;
    case JSON_BOOL: json_put_bool(w->out, json_is_true(v)); break;
    case JSON_NULL:
    case JSON_ABSENT: json_put_null(w->out); break;
    }
}

struct str
document_rewrite(struct arena *a, const struct json *document, const struct rewrite *how)
{
    struct buf buf = { .arena = a };
    struct json_out out = { .buf = &buf };
    struct writing w = { &out, how, false, true };
    const char *const added[] = { how->key.p == NULL ? NULL : "key",
                                  how->name.p == NULL ? NULL : "name",
                                  how->refs.p == NULL ? NULL : "refs",
                                  how->meta.p == NULL ? NULL : "meta" };

    json_open(&out, '{');
    json_each(document, write_member, &w);
    for (size_t i = 0; i < sizeof added / sizeof added[0]; i++)
        if (added[i] != NULL && json_get(document, added[i]) == NULL) {
            json_key(&out, added[i]);
            write_replaced(&w, str_of(added[i]));
        }
    json_close(&out, '}');
    return buf_str(&buf);
}
