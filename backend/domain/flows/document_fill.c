/*
 * A document with everything written out that its author left to us.
 */
#include "document_private.h"

#include "canonical.h"

#define FORMAT "balcao-flow"
enum { FORMAT_VERSION = 1 };

struct err
document_require(const struct json *document)
{
    const struct json *version = json_get(document, "format_version");
    int64_t v = 0;

    if (!str_eq(json_get_text(document, "format"), STR(FORMAT)) ||
        json_kind(version) != JSON_NUMBER || !json_i64(version, &v) || v < 1)
        return FAIL(ERR_INVALID, "flow_format");
    return v > FORMAT_VERSION ? FAIL(ERR_INVALID, "flow_newer") : OK;
}

struct filler {
    struct json_out *o;
    struct arena *arena;
    struct fields fields;
    size_t place; /* of an option among the others, from 1; 0: no option */
};

static void fill_object(const struct filler *f, struct fields fields, const struct json *object,
                        size_t place);

static void
put(const struct filler *f, const struct json *v)
{
    json_put_raw(f->o, json_print(f->arena, v));
}

static void fill_card(const struct filler *f, const struct json *card);

static void
fill_cards(const struct filler *f, const struct json *list)
{
    json_open(f->o, '[');
    for (size_t i = 0; i < json_len(list); i++)
        fill_card(f, json_at(list, i));
    json_close(f->o, ']');
}

static void
fill_items(const struct filler *f, const struct card_field *field, const struct json *list)
{
    json_open(f->o, '[');
    for (size_t i = 0; i < json_len(list); i++) {
        if (json_kind(json_at(list, i)) == JSON_OBJECT)
            fill_object(f, fields_of_item(field), json_at(list, i),
                        field->type == FIELD_OPTIONS ? i + 1 : 0);
        else
            put(f, json_at(list, i));
    }
    json_close(f->o, ']');
}

static void
fill_value(const struct filler *f, const struct card_field *field, const struct json *v)
{
    struct fields inner = { 0 };

    if (field != NULL)
        inner = fields_of_item(field);
    if (field != NULL && field->type == FIELD_OBJECT && json_kind(v) == JSON_OBJECT)
        fill_object(f, inner, v, 0);
    else if ((inner.own != NULL || inner.shared != NULL) && json_kind(v) == JSON_ARRAY)
        fill_items(f, field, v);
    else
        put(f, v);
}

static void
fill_member(struct str key, const struct json *v, void *arg)
{
    const struct filler *f = arg;

    json_put_key(f->o, key);
    if (f->fields.own == document_fields && str_eq(key, STR("cards")) && json_kind(v) == JSON_ARRAY)
        fill_cards(f, v);
    else
        fill_value(f, fields_find(f->fields, key), v);
}

static bool
has_initials(const struct card_field *field)
{
    for (; field->name != NULL; field++)
        if (field->initial != NULL)
            return true;
    return false;
}

/* Not there: as shipped, if there is anything to ship. */
static void
fill_absent(const struct filler *f, const struct card_field *field)
{
    if (field->type == FIELD_OBJECT && has_initials(field->item)) {
        json_key(f->o, field->name);
        fill_object(f, fields_of_item(field), NULL, 0);
    } else if (f->place > 0 && strcmp(field->name, "number") == 0) {
        /* What is typed for it stays the same when another is put before it. */
        json_kv_i64(f->o, "number", (int64_t)f->place);
    } else if (field->initial != NULL) {
        json_key(f->o, field->name);
        json_put_raw(f->o, str_of(field->initial));
    }
}

static void
fill_object(const struct filler *outer, struct fields fields, const struct json *object,
            size_t place)
{
    struct filler f = { outer->o, outer->arena, fields, place };
    struct fields_walk walk = fields_walk(fields);
    const struct card_field *field;

    json_open(f.o, '{');
    json_each(object, fill_member, &f);
    while ((field = fields_next(&walk)) != NULL) {
        if (json_get(object, field->name) != NULL || !field_is_shown(fields, field, object))
            continue;
        fill_absent(&f, field);
    }
    json_close(f.o, '}');
}

/* --- cards ------------------------------------------------------------------------ */

static void
fill_card_member(struct str key, const struct json *v, void *arg)
{
    const struct filler *f = arg;

    if (str_eq(key, STR("settings")) && json_kind(v) == JSON_OBJECT)
        return;
    json_put_key(f->o, key);
    put(f, v);
}

/* One of a type that we do not know, or know only an older version of, stays as it is. */
static void
fill_card(const struct filler *f, const struct json *card)
{
    const struct card *kind = card_find(json_get_text(card, "type"));
    const struct json *settings = json_get(card, "settings");
    struct filler members = *f;
    int64_t v = 0;

    if (kind == NULL || (json_i64(json_get(card, "v"), &v) && v > kind->v)) {
        put(f, card);
        return;
    }
    json_open(f->o, '{');
    json_each(card, fill_card_member, &members);
    if (json_get(card, "v") == NULL)
        json_kv_i64(f->o, "v", kind->v);
    if (settings == NULL || json_kind(settings) == JSON_OBJECT) {
        json_key(f->o, "settings");
        fill_object(f, fields_of(kind), settings, 0);
    }
    json_close(f->o, '}');
}

struct err
document_fill(struct arena *a, struct str text, struct str *filled)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };
    const struct json *document;

    TRY(json_parse(a, text, &document));
    TRY(canonical_require(document));
    TRY(document_require(document));
    fill_object(&(struct filler){ .o = &o, .arena = a }, (struct fields){ document_fields, NULL },
                document, 0);
    TRY(json_parse(a, buf_str(&buf), &document));
    *filled = canonical_text(a, document, CANONICAL_WHOLE);
    return filled->len > FLOW_BYTES_MAX ? FAIL(ERR_INVALID, "flow_too_large") : OK;
}
