#include "canonical.h"

#include "base/fold.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define WHOLE_MAX ((INT64_C(1) << 53) - 1)

/* --- what a document may hold ----------------------------------------------------- */

struct check {
    int depth;
    struct err err;
};

static void check_value(const struct json *v, struct check *check);

static bool
is_key(struct str key)
{
    for (size_t i = 0; i < key.len; i++)
        if ((key.p[i] < 'a' || key.p[i] > 'z') && (key.p[i] < '0' || key.p[i] > '9') &&
            key.p[i] != '_')
            return false;
    return key.len > 0;
}

static void
check_member(struct str key, const struct json *v, void *arg)
{
    struct check *check = arg;

    if (!is_key(key) && check->err.code == ERR_NONE)
        check->err = FAIL(ERR_INVALID, "json_key");
    check_value(v, check);
}

static struct err
judge_number(const struct json *v)
{
    int64_t whole;

    if (!json_i64(v, &whole))
        return FAIL(ERR_INVALID, "json_fraction");
    return whole > WHOLE_MAX || whole < -WHOLE_MAX ? FAIL(ERR_INVALID, "json_whole") : OK;
}

static void
check_value(const struct json *v, struct check *check)
{
    if (check->err.code != ERR_NONE)
        return;
    if (++check->depth > CANONICAL_DEPTH_MAX)
        check->err = FAIL(ERR_INVALID, "json_depth");
    else if (json_kind(v) == JSON_NULL)
        check->err = FAIL(ERR_INVALID, "json_null");
    else if (json_kind(v) == JSON_NUMBER)
        check->err = judge_number(v);
    else if (json_kind(v) == JSON_OBJECT)
        json_each(v, check_member, check);
    for (size_t i = 0; i < json_len(v); i++)
        check_value(json_at(v, i), check);
    check->depth--;
}

struct err
canonical_require(const struct json *document)
{
    struct check check = { .err = OK };

    check_value(document, &check);
    return check.err;
}

/* --- order ------------------------------------------------------------------------ */

struct member {
    struct str key; /* of an object; of a sorted list what it is sorted by */
    const struct json *v;
    size_t at; /* what is alike keeps its order */
};
struct members {
    struct arena *arena;
    struct member *v;
    size_t n, room;
};

static void
add_member(struct str key, const struct json *v, void *arg)
{
    struct members *to = arg;

    if (to->n == to->room) {
        struct member *more = arena_alloc(to->arena, (to->room * 2 + 8) * sizeof(*more));

        if (to->n > 0)
            memcpy(more, to->v, to->n * sizeof(*more));
        to->v = more;
        to->room = to->room * 2 + 8;
    }
    to->v[to->n] = (struct member){ key, v, to->n };
    to->n++;
}

static int
by_key(const void *a, const void *b)
{
    const struct member *x = a, *y = b;
    size_t n = x->key.len < y->key.len ? x->key.len : y->key.len;
    int order = n == 0 ? 0 : memcmp(x->key.p, y->key.p, n);

    if (order == 0)
        order = (x->key.len > y->key.len) - (x->key.len < y->key.len);
    return order != 0 ? order : (x->at > y->at) - (x->at < y->at);
}

static void
sort(struct members *members)
{
    if (members->n > 1)
        qsort(members->v, members->n, sizeof(*members->v), by_key);
}

/* Lists of the document whose order means nothing, and what they are told apart by. */
static const struct sorted {
    const char *name, *by[2];
} sorted_lists[] = {
    { "cards", { "id" } }, { "channels", { NULL } }, { "connectors", { "from", "outlet" } },
    { "notes", { "id" } }, { "refs", { "ref" } },    { "variables", { "name" } },
};

static struct str
sort_key(struct arena *a, const struct sorted *list, const struct json *item)
{
    if (list->by[0] == NULL)
        return json_text(item);
    if (list->by[1] == NULL)
        return json_get_text(item, list->by[0]);
    /* A card's name has no space, so that this orders as the pair does. */
    return str_fmt(a, "%.*s %.*s", STR_ARG(json_get_text(item, list->by[0])),
                   STR_ARG(json_get_text(item, list->by[1])));
}

/* --- text ------------------------------------------------------------------------- */

/* Names of members that a part leaves out: of the document, of each card. */
static const char *const no_names[] = { NULL };
static const char *const no_meta[] = { "meta", NULL };
static const char *const no_looks[] = { "meta", "name", "description", "notes", "refs", NULL };
static const char *const no_card_looks[] = { "name", "position", "color", NULL };
static const char *const no_ref_names[] = { "name", "detail", NULL };

struct writer {
    struct arena *arena;
    struct buf *to;
    const char *const *without, *const *cards_without, *const *refs_without;
    int indent; /* -1: none */
};

enum place { AT_DOCUMENT, AT_CARD, AT_REF, AT_ELSEWHERE };

static void write_value(struct writer *w, const struct json *v, enum place place);

static void
new_line(struct writer *w)
{
    if (w->indent < 0)
        return;
    buf_char(w->to, '\n');
    for (int i = 0; i < w->indent; i++)
        buf_add(w->to, STR("  "));
}

static void
open_bracket(struct writer *w, char bracket)
{
    buf_char(w->to, bracket);
    w->indent += w->indent >= 0;
}

static void
close_bracket(struct writer *w, char bracket, bool is_empty)
{
    w->indent -= w->indent > 0;
    if (!is_empty)
        new_line(w);
    buf_char(w->to, bracket);
}

static void
write_text(struct writer *w, struct str s)
{
    static const char names[] = { 'b', 't', 'n', '\0', 'f', 'r' }; /* of 0x08 to 0x0D */

    s = fold_composed(w->arena, s);
    buf_char(w->to, '"');
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c == '"' || c == '\\')
            buf_fmt(w->to, "\\%c", c);
        else if (c >= 0x08 && c <= 0x0D && names[c - 8] != '\0')
            buf_fmt(w->to, "\\%c", names[c - 8]);
        else if (c < 0x20)
            buf_fmt(w->to, "\\u%04x", c);
        else
            buf_char(w->to, (char)c);
    }
    buf_char(w->to, '"');
}

static bool
is_left_out(struct str key, const char *const *names)
{
    for (; *names != NULL; names++)
        if (str_eq(key, str_of(*names)))
            return true;
    return false;
}

static const struct sorted *
order_of(struct str name)
{
    for (size_t i = 0; i < COUNT(sorted_lists); i++)
        if (str_eq(name, str_of(sorted_lists[i].name)))
            return &sorted_lists[i];
    return NULL;
}

/* by: NULL keeps the order, which is meaning. */
static void
write_list(struct writer *w, const struct json *v, const struct sorted *by, enum place of_items)
{
    struct members items = { .arena = w->arena };

    for (size_t i = 0; i < json_len(v); i++)
        add_member(by == NULL ? STR("") : sort_key(w->arena, by, json_at(v, i)), json_at(v, i),
                   &items);
    sort(&items);
    open_bracket(w, '[');
    for (size_t i = 0; i < items.n; i++) {
        if (i > 0)
            buf_char(w->to, ',');
        new_line(w);
        write_value(w, items.v[i].v, of_items);
    }
    close_bracket(w, ']', items.n == 0);
}

static void
write_object(struct writer *w, const struct json *v, enum place place)
{
    const char *const *without = place == AT_DOCUMENT ? w->without
                                 : place == AT_CARD   ? w->cards_without
                                 : place == AT_REF    ? w->refs_without
                                                      : no_names;
    struct members members = { .arena = w->arena };
    bool is_empty = true;

    json_each(v, add_member, &members);
    sort(&members);
    open_bracket(w, '{');
    for (size_t i = 0; i < members.n; i++) {
        struct str key = members.v[i].key;

        if (is_left_out(key, without))
            continue;
        if (!is_empty)
            buf_char(w->to, ',');
        is_empty = false;
        new_line(w);
        write_text(w, key);
        buf_add(w->to, w->indent < 0 ? STR(":") : STR(": "));
        if (place == AT_DOCUMENT && json_kind(members.v[i].v) == JSON_ARRAY)
            write_list(w, members.v[i].v, order_of(key),
                       str_eq(key, STR("cards"))  ? AT_CARD
                       : str_eq(key, STR("refs")) ? AT_REF
                                                  : AT_ELSEWHERE);
        else
            write_value(w, members.v[i].v, AT_ELSEWHERE);
    }
    close_bracket(w, '}', is_empty);
}

static void
write_value(struct writer *w, const struct json *v, enum place place)
{
    int64_t whole;

    switch (json_kind(v)) {
    case JSON_OBJECT: write_object(w, v, place); break;
    case JSON_ARRAY: write_list(w, v, NULL, AT_ELSEWHERE); break;
    case JSON_TEXT: write_text(w, json_text(v)); break;
    case JSON_NUMBER:
        if (json_i64(v, &whole))
            buf_fmt(w->to, "%lld", (long long)whole);
        break;
    case JSON_BOOL: buf_add(w->to, json_is_true(v) ? STR("true") : STR("false")); break;
    case JSON_ABSENT:
    case JSON_NULL: BUG("what=document_was_not_required");
    }
}

static struct str
write_document(struct arena *a, const struct json *document, enum canonical_part part, int indent)
{
    static const char *const *const left_out[] = {
        [CANONICAL_CONTENT] = no_meta,
        [CANONICAL_OWN] = no_meta,
        [CANONICAL_LOGIC] = no_looks,
        [CANONICAL_WHOLE] = no_names,
    };
    struct buf text = { .arena = a };
    struct writer w = { a,
                        &text,
                        left_out[part],
                        part == CANONICAL_LOGIC ? no_card_looks : no_names,
                        part == CANONICAL_OWN ? no_ref_names : no_names,
                        indent };

    write_value(&w, document, AT_DOCUMENT);
    return buf_str(&text);
}

struct str
canonical_text(struct arena *a, const struct json *document, enum canonical_part part)
{
    return write_document(a, document, part, -1);
}

struct str
canonical_file(struct arena *a, const struct json *document)
{
    struct str text = write_document(a, document, CANONICAL_WHOLE, 0);

    return str_fmt(a, "%.*s\n", STR_ARG(text));
}

struct str
canonical_hash(struct arena *a, const struct json *document, enum canonical_part part)
{
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct buf out = { .arena = a };

    crypto_sha256(canonical_text(a, document, part), hash);
    for (size_t i = 0; i < sizeof(hash); i++)
        buf_fmt(&out, "%02x", hash[i]);
    return buf_str(&out);
}
