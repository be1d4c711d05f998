/*
 * A document and the settings of its cards, held against their tables: L103 and L104.
 */
#include "document_private.h"

#include "base/fold.h"

#include <stdlib.h>

enum {
    TEXT_MAX = 4096,
    WORD_MAX = 200,
    REF_MAX = 120,
    ID_MAX = 40,
    ITEM_ID_MAX = 20,
    ITEMS_MAX = 50
};

struct check {
    struct arena *arena;
    struct findings *findings;
    const struct flow_document *document;
    struct str card, owner; /* whose setting it is: id, and as people call it */
    struct str prefix, option;
    struct fields fields; /* of the object looked at */
};

/* The third argument, for screens: why. */
#define REQUIRED "required"
#define WRONG_TYPE "wrong_type"
#define OUT_OF_RANGE "out_of_range"
#define UNKNOWN "unknown"

static struct str
full_name(struct arena *a, struct str prefix, struct str name)
{
    return prefix.len == 0 ? name : str_fmt(a, "%.*s%.*s", STR_ARG(prefix), STR_ARG(name));
}

static void
complain(const struct check *c, struct str name, struct str label, const char *why)
{
    struct finding *f = findings_add(c->findings, "L103", c->card);

    f->setting = full_name(c->arena, c->prefix, name);
    f->option = c->option;
    f->args[0] = label;
    f->args[1] = c->owner;
    f->args[2] = str_of(why);
}

/* --- single values ---------------------------------------------------------------- */

bool
document_is_id(struct str id, size_t max)
{
    for (size_t i = 0; i < id.len; i++) {
        char c = id.p[i];

        if ((c < 'a' || c > 'z') && (i == 0 || ((c < '0' || c > '9') && c != '_')))
            return false;
    }
    return id.len > 0 && id.len <= max;
}

/* Names of variables: two or three words with points between. */
static bool
is_variable(struct str name)
{
    struct str word;
    int words = 0;

    if (name.len > 0 && name.p[name.len - 1] == '.')
        return false;
    while (str_cut(&name, '.', &word)) {
        if (!document_is_id(word, ID_MAX))
            return false;
        words++;
    }
    return words == 2 || words == 3;
}

static bool
is_word(const char *const *words, struct str word)
{
    for (; words != NULL && *words != NULL; words++)
        if (str_eq(word, str_of(*words)))
            return true;
    return false;
}

static bool
is_ref(const struct card_field *field, struct str ref)
{
    ptrdiff_t colon = str_find(ref, ':');

    return colon > 0 && (size_t)colon + 1 < ref.len && ref.len <= REF_MAX &&
           str_find(ref, ' ') < 0 &&
           (field->words == NULL || is_word(field->words, (struct str){ ref.p, (size_t)colon }));
}

static const char *
judge_text(const struct check *c, const struct card_field *field, const struct json *v)
{
    struct str text = json_text(v);
    size_t max = field->max > 0 ? (size_t)field->max : TEXT_MAX;

    (void)c;
    if (json_kind(v) != JSON_TEXT)
        return WRONG_TYPE;
    if (text.len == 0)
        return field->is_required ? REQUIRED : NULL;
    return fold_units(text) > max || fold_units(text) < (size_t)field->min ? OUT_OF_RANGE : NULL;
}

static const char *
judge_figure(const struct check *c, const struct card_field *field, const struct json *v)
{
    int64_t n;

    (void)c;
    if (json_kind(v) != JSON_NUMBER || !json_i64(v, &n))
        return WRONG_TYPE;
    if ((field->min == 0 && field->max == 0) || (n == 0 && field->allows_zero))
        return NULL;
    return n < field->min || n > field->max ? OUT_OF_RANGE : NULL;
}

static const char *
judge_flag(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c, (void)field;
    return json_kind(v) == JSON_BOOL ? NULL : WRONG_TYPE;
}

static const char *
judge_enum(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c;
    if (json_kind(v) != JSON_TEXT)
        return WRONG_TYPE;
    return is_word(field->words, json_text(v)) ? NULL : OUT_OF_RANGE;
}

static const char *
judge_ref(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c;
    if (json_kind(v) != JSON_TEXT)
        return WRONG_TYPE;
    if (json_text(v).len == 0)
        return field->is_required ? REQUIRED : NULL;
    return is_ref(field, json_text(v)) ? NULL : OUT_OF_RANGE;
}

static const char *
judge_variable(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c;
    if (json_kind(v) != JSON_TEXT)
        return WRONG_TYPE;
    if (json_text(v).len == 0)
        return field->is_required ? REQUIRED : NULL;
    return is_variable(json_text(v)) ? NULL : OUT_OF_RANGE;
}

static const char *
judge_card(const struct check *c, const struct card_field *field, const struct json *v)
{
    if (json_kind(v) != JSON_TEXT)
        return WRONG_TYPE;
    if (json_text(v).len == 0)
        return field->is_required ? REQUIRED : NULL;
    return document_card(c->document, json_text(v)) >= 0 ? NULL : UNKNOWN;
}

/* --- lists ------------------------------------------------------------------------ */

static const char *
judge_count(const struct card_field *field, const struct json *v, int64_t least, int64_t most)
{
    int64_t n = (int64_t)json_len(v);

    if (json_kind(v) != JSON_ARRAY)
        return WRONG_TYPE;
    if (n == 0)
        return field->is_required ? REQUIRED : NULL;
    return n < least || (most > 0 && n > most) ? OUT_OF_RANGE : NULL;
}

static int
by_text(const void *a, const void *b)
{
    const struct str *x = a, *y = b;

    return str_compare(*x, *y);
}

static bool
has_twins(struct arena *a, const struct json *list)
{
    struct str *v = arena_array(a, struct str, json_len(list));
    size_t n = json_len(list);

    for (size_t i = 0; i < n; i++)
        v[i] = json_text(json_at(list, i));
    if (n > 1)
        qsort(v, n, sizeof(*v), by_text);
    for (size_t i = 1; i < n; i++)
        if (str_eq(v[i - 1], v[i]))
            return true;
    return false;
}

static const char *
judge_set(const struct check *c, const struct card_field *field, const struct json *v)
{
    const char *why = judge_count(field, v, 0, 0);

    for (size_t i = 0; why == NULL && i < json_len(v); i++)
        why = judge_enum(c, field, json_at(v, i));
    return why == NULL && has_twins(c->arena, v) ? OUT_OF_RANGE : why;
}

static const char *
judge_refs(const struct check *c, const struct card_field *field, const struct json *v)
{
    const char *why = judge_count(field, v, field->min, field->max);

    for (size_t i = 0; why == NULL && i < json_len(v); i++)
        why = is_ref(field, json_text(json_at(v, i))) ? NULL : OUT_OF_RANGE;
    return why == NULL && has_twins(c->arena, v) ? OUT_OF_RANGE : why;
}

static const char *
judge_words(const struct check *c, const struct card_field *field, const struct json *v)
{
    const char *why = judge_count(field, v, 0, field->max);

    (void)c;
    for (size_t i = 0; why == NULL && i < json_len(v); i++) {
        size_t units = fold_units(json_text(json_at(v, i)));

        why = units == 0 || units > WORD_MAX ? OUT_OF_RANGE : NULL;
    }
    return why;
}

static const char *
judge_list(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c;
    return judge_count(field, v, field->min, field->max);
}

static const char *
judge_options(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c;
    return judge_count(field, v, field->min > 0 ? field->min : 1, field->max > 0 ? field->max : 20);
}

static const char *
judge_intents(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c;
    return judge_count(field, v, 1, 30);
}

static const char *
judge_object(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c, (void)field;
    return json_kind(v) == JSON_OBJECT ? NULL : WRONG_TYPE;
}

static const char *
judge_anything(const struct check *c, const struct card_field *field, const struct json *v)
{
    (void)c, (void)field, (void)v;
    return NULL;
}

/* NULL: all is well. */
static const char *(*const judges[])(const struct check *c, const struct card_field *field,
                                     const struct json *v) = {
    [FIELD_TEMPLATE] = judge_text,   [FIELD_PLAIN] = judge_text,      [FIELD_INT] = judge_figure,
    [FIELD_BOOL] = judge_flag,       [FIELD_ENUM] = judge_enum,       [FIELD_SET] = judge_set,
    [FIELD_DURATION] = judge_figure, [FIELD_REF] = judge_ref,         [FIELD_REFS] = judge_refs,
    [FIELD_VAR] = judge_variable,    [FIELD_READ] = judge_variable,   [FIELD_WORDS] = judge_words,
    [FIELD_PAIRS] = judge_list,      [FIELD_OPTIONS] = judge_options, [FIELD_RULES] = judge_options,
    [FIELD_ITEMS] = judge_list,      [FIELD_INTENTS] = judge_intents, [FIELD_CARD] = judge_card,
    [FIELD_OBJECT] = judge_object,   [FIELD_ANY] = judge_anything,
};

/* --- objects ---------------------------------------------------------------------- */

static void check_object(const struct check *outer, struct fields fields,
                         const struct json *object);

static void
check_ids(const struct check *c, const struct json *list)
{
    /* A list over its limit has been found; ids are compared each with each. */
    for (size_t i = 0; i < json_len(list) && json_len(list) <= ITEMS_MAX; i++) {
        struct str id = json_get_text(json_at(list, i), "id");
        struct check at = *c;

        at.option = item_name(c->arena, json_at(list, i), i);
        if (id.len > 0 && !document_is_id(id, ITEM_ID_MAX))
            complain(&at, STR("id"), STR("Identificador"), OUT_OF_RANGE);
        for (size_t k = 0; k < i && id.len > 0; k++) {
            struct finding *f;

            if (!str_eq(json_get_text(json_at(list, k), "id"), id))
                continue;
            f = findings_add(c->findings, "L104", c->card);
            f->setting = full_name(c->arena, c->prefix, STR("id"));
            f->option = id;
            break;
        }
    }
}

static void
check_items(const struct check *c, const struct card_field *field, const struct json *v)
{
    struct fields fields = fields_of_item(field);
    struct check inner = *c;

    if (fields.own == NULL && fields.shared == NULL)
        return;
    inner.prefix = full_name(c->arena, c->prefix, str_fmt(c->arena, "%s.", field->name));
    if (field->type == FIELD_OBJECT) {
        check_object(&inner, fields, v);
        return;
    }
    for (size_t i = 0; i < json_len(v); i++) {
        inner.option = item_name(c->arena, json_at(v, i), i);
        if (json_kind(json_at(v, i)) == JSON_OBJECT)
            check_object(&inner, fields, json_at(v, i));
        else
            complain(c, str_of(field->name), str_of(field->label), WRONG_TYPE);
    }
    if (field->type == FIELD_OPTIONS || field->type == FIELD_RULES || field->type == FIELD_INTENTS)
        check_ids(&inner, v);
}

static void
look_for_unknown(struct str key, const struct json *v, void *arg)
{
    const struct check *c = arg;

    (void)v;
    if (fields_find(c->fields, key) == NULL)
        complain(c, key, key, UNKNOWN);
}

static void
check_object(const struct check *outer, struct fields fields, const struct json *object)
{
    struct fields_walk walk = fields_walk(fields);
    struct check c = *outer;
    const struct card_field *field;

    c.fields = fields;
    json_each(object, look_for_unknown, &c);
    while ((field = fields_next(&walk)) != NULL) {
        const struct json *v = json_get(object, field->name);
        bool is_shown = field_is_shown(fields, field, object);
        const char *why;

        if (v == NULL && !(field->is_required && is_shown))
            continue;
        why = v == NULL ? REQUIRED : judges[field->type](&c, field, v);
        /* One that does not count may be empty, not anything. */
        if (why != NULL && (is_shown || strcmp(why, REQUIRED) != 0))
            complain(&c, str_of(field->name), str_of(field->label), why);
        if (v != NULL && (why == NULL || strcmp(why, OUT_OF_RANGE) == 0))
            check_items(&c, field, v);
    }
}

/* --- the document ----------------------------------------------------------------- */

static bool
is_flow_key(struct str key)
{
    struct str rest = key;

    for (size_t i = 0; i < key.len; i++)
        if ((key.p[i] < 'a' || key.p[i] > 'z') &&
            (i == 0 || ((key.p[i] < '0' || key.p[i] > '9') && key.p[i] != '-')))
            return false;
    return rest.len >= 2 && rest.len <= 40;
}

static void
check_card(const struct check *document, const struct flow_card *card, const struct json *json)
{
    struct check c = *document;
    const struct json *settings = json_get(json, "settings");

    c.card = card->id;
    c.owner = card->name;
    check_object(&c, (struct fields){ document_card_fields, NULL }, json);
    if (card->id.len > 0 && !document_is_id(card->id, ID_MAX))
        complain(&c, STR("id"), STR("Identificador"), OUT_OF_RANGE);
    if (settings != NULL && json_kind(settings) != JSON_OBJECT)
        complain(&c, STR("settings"), STR("Configurações"), WRONG_TYPE);
    else
        check_object(&c, fields_of(card->kind), settings);
}

void
document_check(struct arena *a, const struct flow_document *d, struct findings *findings)
{
    struct check c = { .arena = a, .findings = findings, .document = d, .owner = d->name };
    struct str key = json_get_text(d->json, "key");

    check_object(&c, (struct fields){ document_fields, NULL }, d->json);
    if (key.len > 0 && !is_flow_key(key))
        complain(&c, STR("key"), STR("Chave"), OUT_OF_RANGE);
    for (int i = 0; i < d->card_count; i++)
        if (d->cards[i].kind != NULL && !d->cards[i].is_parked)
            check_card(&c, &d->cards[i], d->cards[i].json);
}
