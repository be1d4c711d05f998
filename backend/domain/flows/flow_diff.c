#include "flow_diff.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* --- two lists in one order --------------------------------------------------------- */

/* What an item of a canonical list is sorted by, and told apart by. */
typedef struct str (*item_key)(struct arena *a, const struct json *item);

static struct str
id_of(struct arena *a, const struct json *item)
{
    struct str id = json_get_text(item, "id");

    (void)a;
    return id.p == NULL ? STR("") : id;
}

static struct str
line_of(struct arena *a, const struct json *item)
{
    return str_fmt(a, "%.*s %.*s %.*s", STR_ARG(json_get_text(item, "from")),
                   STR_ARG(json_get_text(item, "outlet")), STR_ARG(json_get_text(item, "to")));
}

/* Both of an item that is in both lists; one of them NULL: it was added, or removed. */
struct pair {
    const struct json *before, *after;
};
struct pairs {
    struct pair *v;
    size_t n;
};

static struct pairs
pair_up(struct arena *a, const struct json *before, const struct json *after, item_key key)
{
    size_t i = 0, j = 0, n = json_len(before), m = json_len(after);
    struct pairs pairs = { arena_array(a, struct pair, n + m + 1), 0 };

    while (i < n || j < m) {
        const struct json *x = json_at(before, i), *y = json_at(after, j);
        int order = i == n ? 1 : j == m ? -1 : str_compare(key(a, x), key(a, y));

        pairs.v[pairs.n++] = (struct pair){ order <= 0 ? x : NULL, order >= 0 ? y : NULL };
        i += order <= 0;
        j += order >= 0;
    }
    return pairs;
}

/* --- path by path ---------------------------------------------------------------------- */

struct walk {
    struct arena *arena;
    struct json_out *out;
    const char *const *without; /* members that never count, at the top */
};

static void diff_values(struct walk *w, struct str path, const struct json *before,
                        const struct json *after);

static bool
is_equal(struct arena *a, const struct json *x, const struct json *y)
{
    if (x == NULL || y == NULL)
        return x == y;
    return json_kind(x) == json_kind(y) && str_eq(json_print(a, x), json_print(a, y));
}

static void
put(struct walk *w, struct str path, const struct json *before, const struct json *after)
{
    json_open(w->out, '{');
    json_kv_str(w->out, "path", path);
    if (before != NULL) {
        json_key(w->out, "before");
        json_put_raw(w->out, json_print(w->arena, before));
    }
    if (after != NULL) {
        json_key(w->out, "after");
        json_put_raw(w->out, json_print(w->arena, after));
    }
    json_close(w->out, '}');
}

static bool
is_left_out(const struct walk *w, struct str key)
{
    for (const char *const *name = w->without; name != NULL && *name != NULL; name++)
        if (str_eq(key, str_of(*name)))
            return true;
    return false;
}

struct members {
    struct walk *walk;
    struct str path;
    const struct json *before, *after;
    bool is_after; /* only those that were not there before */
};

static void
diff_member(struct str key, const struct json *v, void *arg)
{
    const struct members *m = arg;
    const char *name = str_cstr(m->walk->arena, key);
    struct walk below = *m->walk;
    struct str path;

    (void)v;
    if (is_left_out(m->walk, key) || (m->is_after && json_get(m->before, name) != NULL))
        return;
    below.without = NULL;
    path = str_fmt(m->walk->arena, "%.*s/%.*s", STR_ARG(m->path), STR_ARG(key));
    diff_values(&below, path, json_get(m->before, name), json_get(m->after, name));
}

static void
diff_objects(struct walk *w, struct str path, const struct json *before, const struct json *after)
{
    struct members members = { w, path, before, after, false };

    json_each(before, diff_member, &members);
    members.is_after = true;
    json_each(after, diff_member, &members);
}

static const struct json *
find_item(const struct json *list, struct str id)
{
    for (size_t i = 0; i < json_len(list); i++)
        if (str_eq(json_get_text(json_at(list, i), "id"), id))
            return json_at(list, i);
    return NULL;
}

enum { ITEMS_WITH_IDS_MAX = 64 }; /* options, rules and intents; more are looked at as one value */

static bool
has_ids(const struct json *list)
{
    if (json_kind(list) != JSON_ARRAY || json_len(list) > ITEMS_WITH_IDS_MAX)
        return false;
    for (size_t i = 0; i < json_len(list); i++) {
        struct str id = json_get_text(json_at(list, i), "id");

        if (id.len == 0 || find_item(list, id) != json_at(list, i))
            return false;
    }
    return true;
}

/* Whether those that are in both stand in one order. */
static bool
is_in_order(const struct json *before, const struct json *after)
{
    size_t at = 0;

    for (size_t i = 0; i < json_len(before); i++) {
        struct str id = json_get_text(json_at(before, i), "id");

        if (find_item(after, id) == NULL)
            continue;
        while (find_item(before, json_get_text(json_at(after, at), "id")) == NULL)
            at++;
        if (!str_eq(json_get_text(json_at(after, at++), "id"), id))
            return false;
    }
    return true;
}

static struct str
ids_of(struct arena *a, const struct json *list)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    json_open(&o, '[');
    for (size_t i = 0; i < json_len(list); i++)
        json_put_str(&o, json_get_text(json_at(list, i), "id"));
    json_close(&o, ']');
    return buf_str(&buf);
}

static void
diff_items(struct walk *w, struct str path, const struct json *before, const struct json *after)
{
    for (size_t i = 0; i < json_len(before); i++) {
        struct str id = json_get_text(json_at(before, i), "id");

        diff_values(w, str_fmt(w->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(id)),
                    json_at(before, i), find_item(after, id));
    }
    for (size_t i = 0; i < json_len(after); i++) {
        struct str id = json_get_text(json_at(after, i), "id");

        if (find_item(before, id) == NULL)
            put(w, str_fmt(w->arena, "%.*s/%.*s", STR_ARG(path), STR_ARG(id)), NULL,
                json_at(after, i));
    }
    if (is_in_order(before, after))
        return;
    json_open(w->out, '{');
    json_kv_str(w->out, "path", path);
    json_key(w->out, "before");
    json_put_raw(w->out, ids_of(w->arena, before));
    json_key(w->out, "after");
    json_put_raw(w->out, ids_of(w->arena, after));
    json_close(w->out, '}');
}

static void
diff_values(struct walk *w, struct str path, const struct json *before, const struct json *after)
{
    if (is_equal(w->arena, before, after))
        return;
    if (json_kind(before) == JSON_OBJECT && json_kind(after) == JSON_OBJECT)
        diff_objects(w, path, before, after);
    else if (has_ids(before) && has_ids(after))
        diff_items(w, path, before, after);
    else
        put(w, path, before, after);
}

/* --- cards and lines ---------------------------------------------------------------------- */

static const char *const not_of_cards[] = { "id", "type", "position", "color", NULL };
static const char *const not_of_documents[] = { "cards", "connectors", "refs",
                                                "meta",  "format",     NULL };

static void
write_card(struct json_out *o, const struct json *card)
{
    json_open(o, '{');
    json_kv_str(o, "id", json_get_text(card, "id"));
    json_kv_str(o, "type", json_get_text(card, "type"));
    if (json_get_text(card, "name").p != NULL)
        json_kv_str(o, "name", json_get_text(card, "name"));
    json_close(o, '}');
}

static bool
is_retyped(const struct pair *p)
{
    return p->before != NULL && p->after != NULL &&
           !str_eq(json_get_text(p->before, "type"), json_get_text(p->after, "type"));
}

static void
write_retyped(struct json_out *o, const struct pair *p)
{
    json_open(o, '{');
    json_kv_str(o, "id", json_get_text(p->after, "id"));
    json_kv_str(o, "before", json_get_text(p->before, "type"));
    json_kv_str(o, "after", json_get_text(p->after, "type"));
    json_close(o, '}');
}

static void
write_changed(struct json_out *o, struct arena *a, const struct pair *p)
{
    struct buf buf = { .arena = a };
    struct json_out changes = { .buf = &buf };
    struct walk w = { a, &changes, not_of_cards };

    diff_objects(&w, STR(""), p->before, p->after);
    if (buf.len == 0)
        return;
    json_open(o, '{');
    json_kv_str(o, "id", json_get_text(p->after, "id"));
    json_kv_str(o, "type", json_get_text(p->after, "type"));
    json_key(o, "changes");
    json_open(o, '[');
    json_put_raw(o, buf_str(&buf));
    json_close(o, ']');
    json_close(o, '}');
}

static void
write_cards(struct json_out *o, struct arena *a, const struct pairs *pairs)
{
    static const char *const parts[] = { "added", "removed", "retyped", "changed" };

    json_open(o, '{');
    for (size_t part = 0; part < COUNT(parts); part++) {
        json_key(o, parts[part]);
        json_open(o, '[');
        for (size_t i = 0; i < pairs->n; i++) {
            const struct pair *p = &pairs->v[i];

            if (part == 0 && p->before == NULL)
                write_card(o, p->after);
            else if (part == 1 && p->after == NULL)
                write_card(o, p->before);
            else if (part == 2 && is_retyped(p))
                write_retyped(o, p);
            else if (part == 3 && p->before != NULL && p->after != NULL && !is_retyped(p))
                write_changed(o, a, p);
        }
        json_close(o, ']');
    }
    json_close(o, '}');
}

static void
write_lines(struct json_out *o, const char *name, const struct pairs *pairs, bool added)
{
    json_key(o, name);
    json_open(o, '[');
    for (size_t i = 0; i < pairs->n; i++) {
        const struct pair *p = &pairs->v[i];
        const struct json *line = added ? p->after : p->before;

        if ((added ? p->before : p->after) != NULL)
            continue;
        json_open(o, '{');
        json_kv_str(o, "from", json_get_text(line, "from"));
        json_kv_str(o, "outlet", json_get_text(line, "outlet"));
        json_kv_str(o, "to", json_get_text(line, "to"));
        json_close(o, '}');
    }
    json_close(o, ']');
}

void
flow_diff_write(struct json_out *o, struct arena *a, const struct json *before,
                const struct json *after)
{
    struct pairs cards = pair_up(a, json_get(before, "cards"), json_get(after, "cards"), id_of);
    struct pairs lines =
        pair_up(a, json_get(before, "connectors"), json_get(after, "connectors"), line_of);
    struct walk w = { a, o, not_of_documents };

    json_key(o, "cards");
    write_cards(o, a, &cards);
    json_key(o, "connectors");
    json_open(o, '{');
    write_lines(o, "added", &lines, true);
    write_lines(o, "removed", &lines, false);
    json_close(o, '}');
    json_key(o, "document");
    json_open(o, '[');
    diff_objects(&w, STR(""), before, after);
    json_close(o, ']');
}
