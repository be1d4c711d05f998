/*
 * The tables that a document is written by, and what is the same for every table: items of lists, and which fields count.
 */
#include "document_private.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* --- items of lists --------------------------------------------------------------- */

/* Labels have room here and a limit in the linter, which says it better. */
enum { ID_MAX = 20, LABEL_MAX = 400 };

static const struct card_field option_fields[] = {
    { .name = "id", .type = FIELD_PLAIN, .label = "Identificador", .is_required = true },
    { .name = "label",
      .type = FIELD_PLAIN,
      .label = "Opção",
      .is_required = true,
      .max = LABEL_MAX },
    { .name = "description", .type = FIELD_PLAIN, .label = "Descrição", .max = LABEL_MAX },
    { .name = "number", .type = FIELD_INT, .label = "Número", .min = 0, .max = 99 },
    { .name = "value", .type = FIELD_PLAIN, .label = "Valor", .max = 80 },
    { .name = "synonyms", .type = FIELD_WORDS, .label = "Sinônimos", .max = 20 },
    { 0 },
};
static const struct card_field rule_fields[] = {
    { .name = "id", .type = FIELD_PLAIN, .label = "Identificador", .is_required = true },
    { .name = "label", .type = FIELD_PLAIN, .label = "Regra", .is_required = true, .max = 40 },
    { 0 },
};
static const struct card_field intent_fields[] = {
    { .name = "id", .type = FIELD_PLAIN, .label = "Identificador", .is_required = true },
    { .name = "label", .type = FIELD_PLAIN, .label = "Intenção", .is_required = true, .max = 80 },
    { .name = "description", .type = FIELD_PLAIN, .label = "Descrição", .max = 400 },
    { .name = "examples", .type = FIELD_WORDS, .label = "Exemplos", .max = 20 },
    { 0 },
};
static const struct card_field pair_fields[] = {
    { .name = "name", .type = FIELD_PLAIN, .label = "Nome", .is_required = true, .max = 200 },
    { .name = "value", .type = FIELD_TEMPLATE, .label = "Valor" },
    { 0 },
};

struct fields
fields_of_item(const struct card_field *field)
{
    switch (field->type) {
    case FIELD_OPTIONS: return (struct fields){ field->item, option_fields };
    case FIELD_RULES: return (struct fields){ field->item, rule_fields };
    case FIELD_INTENTS: return (struct fields){ field->item, intent_fields };
    case FIELD_PAIRS: return (struct fields){ field->item, pair_fields };
    case FIELD_ITEMS:
    case FIELD_OBJECT: return (struct fields){ field->item, NULL };
    default: return (struct fields){ NULL, NULL };
    }
}

/* --- which count ------------------------------------------------------------------ */

/* A word of a field as it stands or, absent, as it is shipped. */
static struct str
word_of(const struct card_field *field, const struct json *object)
{
    const struct json *v = json_get(object, field->name);
    struct str initial = str_of(field->initial);

    if (json_kind(v) == JSON_BOOL)
        return json_is_true(v) ? STR("true") : STR("false");
    if (v != NULL)
        return json_text(v);
    if (initial.len > 1 && initial.p[0] == '"')
        return (struct str){ initial.p + 1, initial.len - 2 };
    return initial;
}

bool
field_is_shown(struct fields fields, const struct card_field *field, const struct json *object)
{
    /* What it hangs on may hang on another; tables are a few steps deep. */
    for (int depth = 0; field->only_if.field != NULL && depth < 4; depth++) {
        const struct card_field *other = fields_find(fields, str_of(field->only_if.field));
        bool is_in = false;

        if (other == NULL)
            return true;
        for (const char *const *v = field->only_if.values; v != NULL && *v != NULL && !is_in; v++)
            is_in = str_eq(word_of(other, object), str_of(*v));
        if (!is_in)
            return false;
        field = other;
    }
    return true;
}

/* --- walking ---------------------------------------------------------------------- */

struct walk {
    struct arena *arena;
    struct str prefix, option;
    bool is_shown, is_internal, takes_secrets;
    void (*fn)(const struct setting *setting, void *arg);
    void *arg;
};

static void walk_object(const struct walk *walk, struct fields fields, const struct json *object);

static void
walk_items(const struct walk *walk, const struct setting *list)
{
    struct fields fields = fields_of_item(list->field);
    struct walk inner = *walk;

    if (fields.own == NULL && fields.shared == NULL)
        return;
    inner.is_shown = list->is_shown;
    inner.is_internal = list->is_internal;
    inner.takes_secrets = list->takes_secrets;
    inner.prefix = str_fmt(walk->arena, "%.*s.", STR_ARG(list->name));
    if (list->field->type == FIELD_OBJECT) {
        walk_object(&inner, fields, list->value);
        return;
    }
    for (size_t i = 0; i < json_len(list->value); i++) {
        inner.option = item_name(walk->arena, json_at(list->value, i), i);
        walk_object(&inner, fields, json_at(list->value, i));
    }
}

static void
walk_object(const struct walk *walk, struct fields fields, const struct json *object)
{
    struct fields_walk all = fields_walk(fields);
    const struct card_field *field;

    while ((field = fields_next(&all)) != NULL) {
        struct setting setting = {
            .field = field,
            .value = json_get(object, field->name),
            .object = object,
            .name = str_of(field->name),
            .option = walk->option,
            .is_internal = walk->is_internal || field->is_internal,
            .takes_secrets = walk->takes_secrets || field->takes_secrets,
        };

        if (setting.value == NULL)
            continue;
        setting.is_shown = walk->is_shown && field_is_shown(fields, field, object);
        if (walk->prefix.len > 0)
            setting.name = str_fmt(walk->arena, "%.*s%s", STR_ARG(walk->prefix), field->name);
        walk->fn(&setting, walk->arg);
        walk_items(walk, &setting);
    }
}

struct str
item_name(struct arena *a, const struct json *item, size_t i)
{
    struct str id = json_get_text(item, "id");

    return id.len > 0 ? id : str_fmt(a, "%zu", i + 1);
}

void
settings_each(struct arena *a, struct fields fields, const struct json *settings,
              void (*fn)(const struct setting *setting, void *arg), void *arg)
{
    walk_object(&(struct walk){ .arena = a, .is_shown = true, .fn = fn, .arg = arg }, fields,
                settings);
}
