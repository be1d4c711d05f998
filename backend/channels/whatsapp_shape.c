/*
 * What a template looks like, from the provider's components to our words (openapi: TemplateShape): header, body, footer,
 * buttons, and its variables by the names that whoever fills them uses. A variable of the body has its own name ("1",
 * "nome"); that of the header stands behind "header.", that of a button is called by the button's place, "button.2". Where a
 * header is a place on the map it has four: "header.latitude", "header.longitude", "header.name", "header.address".
 */
#include "whatsapp_private.h"

enum {
    BODY_MAX = 4096,
    LINE_MAX_CHARS = 200,
    URL_MAX = 2000,
    VARIABLES_MAX = 60,
    BUTTONS_MAX = 10
};

struct variable {
    struct str name, own; /* own: as it stands in the text */
    const char *place;    /* header, location, body, button */
    int index;            /* of the button */
    struct str example;
};

struct shape {
    struct arena *arena;
    bool is_named;
    const struct json *header, *body, *footer, *buttons;
    const char *unfit; /* NULL: it is one that we can send */
    struct variable variables[VARIABLES_MAX];
    size_t n;
};

/* --- variables ------------------------------------------------------------------------- */

static struct str
example_of(const struct json *component, const char *list, const char *named, struct str own,
           size_t at)
{
    const struct json *example = json_get(component, "example");
    const struct json *values = json_get(example, list), *pairs = json_get(example, named);

    for (size_t i = 0; i < json_len(pairs); i++)
        if (str_eq(json_get_text(json_at(pairs, i), "param_name"), own))
            return json_get_text(json_at(pairs, i), "example");
    /* Of a button they are its example itself; of a body they are a list of lists. */
    if (json_kind(example) == JSON_ARRAY)
        values = example;
    if (json_kind(json_at(values, 0)) == JSON_ARRAY)
        values = json_at(values, 0);
    return json_text(json_at(values, at));
}

static bool
is_known(const struct shape *s, size_t from, struct str own)
{
    for (size_t i = from; i < s->n; i++)
        if (str_eq(s->variables[i].own, own))
            return true;
    return false;
}

static struct str
name_of(struct shape *s, const struct variable *v)
{
    if (strcmp(v->place, "header") == 0 || strcmp(v->place, "location") == 0)
        return str_fmt(s->arena, "header.%.*s", STR_ARG(v->own));
    if (strcmp(v->place, "button") == 0)
        return str_fmt(s->arena, "button.%d", v->index + 1);
    return v->own;
}

/* "{{ 1 }}" at p: what stands in it, and how long it is. 0: it is none. */
static size_t
mark_at(struct str text, size_t at, struct str *own)
{
    struct str rest = { text.p + at, text.len - at };
    ptrdiff_t end;

    if (!str_starts(rest, STR("{{")) || (end = str_find(rest, '}')) < 0 ||
        (size_t)end + 1 >= rest.len || rest.p[end + 1] != '}')
        return 0;
    *own = str_trim((struct str){ rest.p + 2, (size_t)end - 2 });
    return whatsapp_is_plain_id(*own) ? (size_t)end + 2 : 0;
}

/* By number, which is the order in which the network is told; those with names as they come. */
static void
put_variable(struct shape *s, size_t from, struct variable v)
{
    int64_t number, other;
    size_t at = s->n++;

    for (; at > from && str_i64(v.own, &number) && str_i64(s->variables[at - 1].own, &other) &&
           other > number;
         at--)
        s->variables[at] = s->variables[at - 1];
    s->variables[at] = v;
}

/* Those of one place, each once. */
static void
add_variables(struct shape *s, struct str text, struct variable v, const struct json *component,
              const char *list, const char *named)
{
    size_t from = s->n, length;

    for (size_t i = 0; i<text.len; i += length> 0 ? length : 1) {
        length = mark_at(text, i, &v.own);
        if (length == 0 || is_known(s, from, v.own))
            continue;
        if (s->n == VARIABLES_MAX) {
            s->unfit = "kind";
            return;
        }
        put_variable(s, from, v);
    }
    for (size_t i = from; i < s->n; i++) {
        struct variable *one = &s->variables[i];
        int64_t number;

        one->name = name_of(s, one);
        one->example =
            example_of(component, list, named, one->own,
                       str_i64(one->own, &number) && number > 0 ? (size_t)number - 1 : i - from);
    }
}

/* --- what is in it ----------------------------------------------------------------------- */

static bool
is_word(const struct json *v, const char *word)
{
    return str_eq_nocase(json_text(v), str_of(word));
}

/* A product: only a program could say which. */
static const char *
header_kind(const struct json *header)
{
    static const char *const kinds[] = { "text", "image", "video", "document", "location" };

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (is_word(json_get(header, "format"), kinds[i]))
            return kinds[i];
    return "other";
}

static void
find_components(struct shape *s, const struct json *components)
{
    for (size_t i = 0; i < json_len(components); i++) {
        const struct json *one = json_at(components, i), *type = json_get(one, "type");

        if (is_word(type, "HEADER"))
            s->header = one;
        else if (is_word(type, "BODY"))
            s->body = one;
        else if (is_word(type, "FOOTER"))
            s->footer = one;
        else if (is_word(type, "BUTTONS"))
            s->buttons = json_get(one, "buttons");
        else
            s->unfit = "kind";
    }
    if (s->header != NULL && strcmp(header_kind(s->header), "other") == 0)
        s->unfit = "kind";
    if (s->body == NULL)
        s->unfit = "kind";
}

static const struct {
    const char *theirs, *ours;
    bool is_fit; /* it goes without anything that only a program could give along */
} buttons[] = {
    { "QUICK_REPLY", "quick_reply", true },
    { "URL", "url", true },
    { "PHONE_NUMBER", "phone", true },
};

/* Any other is drawn and keeps the template from being sent by us. */
static const char *
kind_of(struct shape *s, const struct json *button)
{
    for (size_t i = 0; i < sizeof buttons / sizeof buttons[0]; i++)
        if (is_word(json_get(button, "type"), buttons[i].theirs))
            return buttons[i].ours;
    if (s->unfit == NULL)
        s->unfit = "kind";
    return "other";
}

/* What the network wants of a place on the map; the template says none of it. */
static void
add_location(struct shape *s)
{
    static const char *const parts[] = { "latitude", "longitude", "name", "address" };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        struct variable v = { .place = "location", .own = str_of(parts[i]) };

        v.name = name_of(s, &v);
        s->variables[s->n++] = v;
    }
}

static void
read_variables(struct shape *s)
{
    struct variable v = { .place = "header" };

    if (s->header != NULL && strcmp(header_kind(s->header), "location") == 0)
        add_location(s);

    if (s->header != NULL && is_word(json_get(s->header, "format"), "TEXT"))
        add_variables(s, whatsapp_cut(json_get(s->header, "text"), LINE_MAX_CHARS), v, s->header,
                      "header_text", "header_text_named_params");
    v.place = "body";
    add_variables(s, whatsapp_cut(json_get(s->body, "text"), BODY_MAX), v, s->body, "body_text",
                  "body_text_named_params");
    for (size_t i = 0; i < json_len(s->buttons) && i < BUTTONS_MAX; i++) {
        const struct json *button = json_at(s->buttons, i);

        v = (struct variable){ .place = "button", .index = (int)i };
        if (is_word(json_get(button, "type"), "URL"))
            add_variables(s, whatsapp_cut(json_get(button, "url"), URL_MAX), v, button, "", "");
    }
}

/* --- writing ------------------------------------------------------------------------------- */

static void
write_header(struct json_out *o, const struct json *header)
{
    json_key(o, "header");
    if (header == NULL) {
        json_put_null(o);
        return;
    }
    json_open(o, '{');
    json_kv_str(o, "kind", str_of(header_kind(header)));
    json_kv_str(o, "text", whatsapp_cut(json_get(header, "text"), LINE_MAX_CHARS));
    json_close(o, '}');
}

static void
write_buttons(struct shape *s, struct json_out *o)
{
    json_key(o, "buttons");
    json_open(o, '[');
    for (size_t i = 0; i < json_len(s->buttons) && i < BUTTONS_MAX; i++) {
        const struct json *button = json_at(s->buttons, i);

        json_open(o, '{');
        json_kv_str(o, "kind", str_of(kind_of(s, button)));
        json_kv_str(o, "label", whatsapp_cut(json_get(button, "text"), LINE_MAX_CHARS));
        json_kv_str(o, "url", whatsapp_cut(json_get(button, "url"), URL_MAX));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_variables(const struct shape *s, struct json_out *o)
{
    json_key(o, "variables");
    json_open(o, '[');
    for (size_t i = 0; i < s->n; i++) {
        const struct variable *v = &s->variables[i];

        json_open(o, '{');
        json_kv_str(o, "name", v->name);
        json_kv_str(o, "place", str_of(v->place));
        json_kv_i64(o, "index", v->index);
        json_kv_str(o, "own", v->own);
        json_kv_str(o, "example", v->example.p == NULL ? STR("") : v->example);
        json_close(o, '}');
    }
    json_close(o, ']');
}

struct str
whatsapp_shape(struct arena *a, const struct json *template)
{
    struct shape *s = arena_new_of(a, struct shape);
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    s->arena = a;
    find_components(s, json_get(template, "components"));
    if (is_word(json_get(template, "category"), "AUTHENTICATION"))
        s->unfit =
            "code"; /* it is not ours to say, and how its button is told is not written down */
    read_variables(s);
    json_open(&o, '{');
    json_kv_bool(&o, "is_named", is_word(json_get(template, "parameter_format"), "NAMED"));
    write_header(&o, s->header);
    json_kv_str(&o, "body", whatsapp_cut(json_get(s->body, "text"), BODY_MAX));
    json_kv_str(&o, "footer", whatsapp_cut(json_get(s->footer, "text"), LINE_MAX_CHARS));
    write_buttons(s, &o);
    write_variables(s, &o);
    json_kv_str(&o, "unfit", str_of(s->unfit));
    json_close(&o, '}');
    return buf_str(&buf);
}
