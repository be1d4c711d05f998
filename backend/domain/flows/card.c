#include "document_private.h"

#include "card_words.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *const card_kind_names[] = {
    [CARD_TOOL] = "tool",
    [CARD_INTERACTION] = "interaction",
    [CARD_CONDITION] = "condition",
    [CARD_ERP] = "erp",
};

const char *const card_field_type_names[] = {
    [FIELD_TEMPLATE] = "template", [FIELD_PLAIN] = "plain",     [FIELD_INT] = "int",
    [FIELD_BOOL] = "bool",         [FIELD_ENUM] = "enum",       [FIELD_SET] = "set",
    [FIELD_DURATION] = "duration", [FIELD_REF] = "ref",         [FIELD_REFS] = "refs",
    [FIELD_VAR] = "var",           [FIELD_READ] = "read",       [FIELD_WORDS] = "words",
    [FIELD_PAIRS] = "pairs",       [FIELD_OPTIONS] = "options", [FIELD_RULES] = "rules",
    [FIELD_ITEMS] = "items",       [FIELD_INTENTS] = "intents", [FIELD_CARD] = "card",
    [FIELD_OBJECT] = "object",     [FIELD_ANY] = "any",
};

static const char *const flow_refs[] = { "flow", NULL };

const struct card_field card_ask_fields[] = {
    { .name = "attempts",
      .type = FIELD_INT,
      .label = "Tentativas",
      .help = "Quantas respostas erradas são aceitas.",
      .initial = "3",
      .min = 1,
      .max = 10 },
    { .name = "invalid_text",
      .type = FIELD_TEMPLATE,
      .label = "Texto de resposta inválida",
      .help = "Vazio: o texto do fluxo." },
    { .name = "exhausted_text",
      .type = FIELD_TEMPLATE,
      .label = "Texto após as tentativas",
      .initial = "\"Não consegui entender. Vou encaminhar você para continuar o atendimento.\"" },
    { .name = "exhausted_flow",
      .type = FIELD_REF,
      .label = "Fluxo após as tentativas",
      .help = "Vale quando a saída não está ligada.",
      .words = flow_refs },
    { .name = "remind_after_s",
      .type = FIELD_DURATION,
      .label = "Lembrar após",
      .help = "Vazio: o tempo do fluxo; 0 desliga.",
      .allows_zero = true,
      .min = 30,
      .max = 82800 },
    { .name = "reminders",
      .type = FIELD_INT,
      .label = "Lembretes",
      .help = "Vazio: quantos o fluxo diz.",
      .min = 0,
      .max = 3 },
    { .name = "expire_after_s",
      .type = FIELD_DURATION,
      .label = "Desistir após",
      .help = "Vazio: o tempo do fluxo.",
      .min = 60,
      .max = 604800 },
    { 0 },
};

const struct card *
card_find(struct str type)
{
    for (size_t i = 0; cards[i] != NULL; i++)
        if (str_eq(type, str_of(cards[i]->type)))
            return cards[i];
    return NULL;
}

/* --- fields ----------------------------------------------------------------------- */

struct fields
fields_of(const struct card *card)
{
    return (struct fields){ card->fields, card->asks ? card_ask_fields : NULL };
}

static const struct card_field *
find_in(const struct card_field *fields, struct str name)
{
    for (; fields != NULL && fields->name != NULL; fields++)
        if (str_eq(name, str_of(fields->name)))
            return fields;
    return NULL;
}

const struct card_field *
fields_find(struct fields fields, struct str name)
{
    const struct card_field *own = find_in(fields.own, name);

    return own != NULL ? own : find_in(fields.shared, name);
}

const struct card_field *
fields_next(struct fields_walk *walk)
{
    const struct card_field *field;

    if (walk->own != NULL && walk->own->name != NULL)
        return walk->own++;
    while (walk->shared != NULL && walk->shared->name != NULL) {
        field = walk->shared++;
        if (find_in(walk->fields.own, str_of(field->name)) == NULL)
            return field;
    }
    return NULL;
}

const struct card_field *
card_field_at(const struct card *card, size_t i)
{
    struct fields_walk walk = fields_walk(fields_of(card));
    const struct card_field *field = fields_next(&walk);

    for (; field != NULL && i > 0; i--)
        field = fields_next(&walk);
    return field;
}

const struct card_field *
card_field_find(const struct card *card, struct str name)
{
    return fields_find(fields_of(card), name);
}

/* --- what goes out of it --------------------------------------------------------------------- */

void
card_outlet_add(struct card_outlets *outlets, const char *name, const char *label, bool is_required)
{
    for (size_t i = 0; i < outlets->n; i++)
        if (str_eq(outlets->v[i].name, str_of(name)))
            return;
    /* More than a card may have: the list it comes from is too long, and found so. */
    if (outlets->n < COUNT(outlets->v))
        outlets->v[outlets->n++] = (struct card_outlet){ str_of(name), str_of(label), is_required };
}

void
card_write_add(struct card_writes *writes, struct card_write write)
{
    if (writes->n < COUNT(writes->v) && write.name.len > 0)
        writes->v[writes->n++] = write;
}

void
card_outlets(const struct card *card, const struct json *settings, struct card_outlets *out)
{
    out->n = 0;
    if (card->outlets != NULL)
        card->outlets(settings, out);
    else if (!card->ends)
        card_outlet_add(out, "next", "segue", true);
    if (!card->asks)
        return;
    card_outlet_add(out, "exhausted", "esgotou as tentativas", false);
    card_outlet_add(out, "silent", "sem resposta", false);
}

/* --- the palette ------------------------------------------------------------------ */

static void
write_words(struct json_out *o, const char *key, const char *const *words)
{
    if (words == NULL)
        return;
    json_key(o, key);
    json_open(o, '[');
    for (; *words != NULL; words++)
        json_put_str(o, str_of(*words));
    json_close(o, ']');
}

static void
write_fact(struct json_out *o, const char *key, bool holds)
{
    if (holds)
        json_kv_bool(o, key, true);
}

static void
write_text(struct json_out *o, const char *key, const char *text)
{
    if (text != NULL)
        json_kv_str(o, key, str_of(text));
}

/* What the reader is shown. */
static void
write_word(struct json_out *o, enum language language, const char *key, const char *word)
{
    if (word != NULL)
        json_kv_str(o, key, card_word(language, str_of(word)));
}

static void write_fields(struct json_out *o, enum language language, struct fields fields);

static void
write_field(struct json_out *o, enum language language, const struct card_field *field)
{
    json_open(o, '{');
    json_kv_str(o, "name", str_of(field->name));
    json_kv_str(o, "type", str_of(card_field_type_names[field->type]));
    write_word(o, language, "label", field->label);
    write_word(o, language, "help", field->help);
    write_fact(o, "required", field->is_required);
    write_fact(o, "legal", field->is_legal);
    write_fact(o, "allows_zero", field->allows_zero);
    write_fact(o, "internal", field->is_internal);
    write_fact(o, "takes_secrets", field->takes_secrets);
    if (field->initial != NULL) {
        json_key(o, "default");
        json_put_raw(o, str_of(field->initial));
    }
    if (field->min != 0 || field->max != 0) {
        json_kv_i64(o, "min", field->min);
        json_kv_i64(o, "max", field->max);
    }
    write_words(o, "words", field->words);
    if (field->item != NULL) {
        json_key(o, "item");
        write_fields(o, language, (struct fields){ field->item, NULL });
    }
    if (field->only_if.field != NULL) {
        json_key(o, "visible_if");
        json_open(o, '{');
        json_kv_str(o, "field", str_of(field->only_if.field));
        write_words(o, "in", field->only_if.values);
        json_close(o, '}');
    }
    json_close(o, '}');
}

static void
write_fields(struct json_out *o, enum language language, struct fields fields)
{
    struct fields_walk walk = fields_walk(fields);
    const struct card_field *field;

    json_open(o, '[');
    while ((field = fields_next(&walk)) != NULL)
        write_field(o, language, field);
    json_close(o, ']');
}

static void
write_outlets(struct json_out *o, enum language language, const struct card *card,
              const struct json *settings)
{
    struct card_outlets outlets = { .arena = o->buf->arena };

    card_outlets(card, settings, &outlets);
    json_open(o, '[');
    for (size_t i = 0; i < outlets.n; i++) {
        json_open(o, '{');
        json_kv_str(o, "name", outlets.v[i].name);
        json_kv_str(o, "label", card_word(language, outlets.v[i].label));
        json_kv_bool(o, "required", outlets.v[i].is_required);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_card(struct json_out *o, enum language language, const struct card *card)
{
    json_open(o, '{');
    json_kv_str(o, "type", str_of(card->type));
    json_kv_i64(o, "v", card->v);
    json_kv_str(o, "kind", str_of(card_kind_names[card->kind]));
    write_word(o, language, "label", card->label);
    write_word(o, language, "help", card->help);
    write_text(o, "icon", card->icon);
    write_text(o, "needs", card->needs);
    write_fact(o, "speaks", card->speaks);
    write_fact(o, "asks", card->asks);
    write_fact(o, "calls", card->calls);
    write_fact(o, "phone_only", card->is_phone_only);
    write_fact(o, "ends", card->ends);
    json_key(o, "fields");
    write_fields(o, language, fields_of(card));
    json_key(o, "outlets");
    write_outlets(o, language, card, NULL);
    json_close(o, '}');
}

void
cards_write(struct json_out *o, enum language language)
{
    json_open(o, '[');
    for (size_t i = 0; cards[i] != NULL; i++)
        write_card(o, language, cards[i]);
    json_close(o, ']');
}
