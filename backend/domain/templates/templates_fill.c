/* A template with its places filled: what the phone shows, and what the network is told. */
#include "templates_private.h"

#include <math.h>

enum { PARAMS_MAX = 60, NAME_MAX = 60, VALUE_MAX = 1024, TEXT_MAX = 4096 };

struct err
template_params_read(struct arena *a, const struct json *params, const struct template_param **out,
                     size_t *n)
{
    static const struct json_field fields[] = {
        { "name", JSON_STR, true, offsetof(struct template_param, name), NAME_MAX },
        { "value", JSON_STR, true, offsetof(struct template_param, value), VALUE_MAX },
        { 0 },
    };
    struct template_param *v;

    *out = NULL;
    *n = 0;
    if (params == NULL || json_kind(params) == JSON_NULL)
        return OK;
    if (json_kind(params) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "params");
    if (json_len(params) > PARAMS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "params");
    v = arena_array(a, struct template_param, json_len(params) + 1);
    for (size_t i = 0; i < json_len(params); i++)
        TRY(json_read(a, json_at(params, i), fields, &v[i]));
    *out = v;
    *n = json_len(params);
    return OK;
}

struct filling {
    struct arena *arena;
    const struct template *template;
    const struct template_wish *wish;
};

static struct str
value_of(const struct filling *f, struct str name)
{
    for (size_t i = 0; i < f->wish->param_count; i++)
        if (str_eq(f->wish->params[i].name, name))
            return str_trim(f->wish->params[i].value);
    return STR("");
}

static const struct {
    const char *own;
    double most; /* degrees, either way */
} coordinates[] = {
    { "latitude", 90 },
    { "longitude", 180 },
};

bool
template_param_fits(struct arena *a, const struct json *variable, struct str value)
{
    const struct json *degrees;

    if (!str_eq(json_get_text(variable, "place"), STR("location")))
        return true;
    for (size_t i = 0; i < sizeof coordinates / sizeof coordinates[0]; i++)
        if (str_eq(json_get_text(variable, "own"), str_of(coordinates[i].own)))
            return json_parse(a, value, &degrees).code == ERR_NONE &&
                   json_kind(degrees) == JSON_NUMBER &&
                   fabs(json_double(degrees)) <= coordinates[i].most;
    return true;
}

/* Networks refuse empty values, and line ends in one. */
static struct err
check_params(const struct filling *f)
{
    const struct json *variables = json_get(f->template->shape, "variables");

    for (size_t i = 0; i < json_len(variables); i++) {
        struct str value = value_of(f, json_get_text(json_at(variables, i), "name"));

        if (value.len == 0 || str_code_points(value) > VALUE_MAX || str_find(value, '\n') >= 0 ||
            !template_param_fits(f->arena, json_at(variables, i), value))
            return FAIL_FIELD(ERR_INVALID, "template_parameters", "params");
    }
    return OK;
}

/* --- what is read --------------------------------------------------------------------- */

/* The variable of this place and button that stands as `own` in its text; empty name: it is none. */
static struct str
named(const struct filling *f, const char *place, struct str own)
{
    const struct json *variables = json_get(f->template->shape, "variables");

    for (size_t i = 0; i < json_len(variables); i++) {
        const struct json *v = json_at(variables, i);

        if (str_eq(json_get_text(v, "place"), str_of(place)) &&
            str_eq(json_get_text(v, "own"), own))
            return json_get_text(v, "name");
    }
    return STR("");
}

static struct str
filled(const struct filling *f, const char *place, struct str text)
{
    struct buf b = { .arena = f->arena };

    for (size_t i = 0; i < text.len;) {
        struct str rest = { text.p + i, text.len - i }, name = STR("");
        ptrdiff_t end = str_starts(rest, STR("{{")) ? str_find(rest, '}') : -1;

        if (end > 1)
            name = named(f, place, str_trim((struct str){ rest.p + 2, (size_t)end - 2 }));
        if (name.len > 0) {
            buf_add(&b, value_of(f, name));
            i += (size_t)end + 2 < rest.len ? (size_t)end + 2 : rest.len;
        } else {
            buf_char(&b, text.p[i++]);
        }
    }
    return buf_str(&b);
}

static struct str
kind_of_header(const struct filling *f)
{
    return json_get_text(json_get(f->template->shape, "header"), "kind");
}

/* A place on the map is called by its name and its address. */
static struct str
read_header(const struct filling *f)
{
    struct str name = value_of(f, STR("header.name")), address = value_of(f, STR("header.address"));

    if (str_eq(kind_of_header(f), STR("location")))
        return str_fmt(f->arena, "%.*s\n%.*s", STR_ARG(name), STR_ARG(address));
    return filled(f, "header", json_get_text(json_get(f->template->shape, "header"), "text"));
}

static struct str
read_aloud(const struct filling *f)
{
    const struct json *shape = f->template->shape;
    const struct str parts[] = {
        read_header(f),
        filled(f, "body", json_get_text(shape, "body")),
        json_get_text(shape, "footer"),
    };
    struct buf b = { .arena = f->arena };

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        if (parts[i].len > 0 && b.len > 0)
            buf_add(&b, STR("\n\n"));
        buf_add(&b, parts[i]);
    }
    return str_first_code_points(buf_str(&b), TEXT_MAX);
}

/* --- what is told ----------------------------------------------------------------------- */

/* Buttons know no names, a place on the map nothing else. */
static bool
has_name(bool is_named, struct str place)
{
    return str_eq(place, STR("location")) || (is_named && !str_eq(place, STR("button")));
}

static void
write_fills(const struct filling *f, struct json_out *o)
{
    const struct json *shape = f->template->shape, *variables = json_get(shape, "variables");
    bool is_named = json_true(json_get(shape, "is_named"));

    json_key(o, "fills");
    json_open(o, '[');
    for (size_t i = 0; i < json_len(variables); i++) {
        const struct json *v = json_at(variables, i);
        struct str place = json_get_text(v, "place");
        int64_t index = 0;

        json_i64(json_get(v, "index"), &index);
        json_open(o, '{');
        json_kv_str(o, "place", place);
        json_kv_i64(o, "index", index);
        json_kv_str(o, "name", has_name(is_named, place) ? json_get_text(v, "own") : STR(""));
        json_kv_str(o, "text", value_of(f, json_get_text(v, "name")));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static bool
is_reply(const struct json *button)
{
    return str_eq(json_get_text(button, "kind"), STR("quick_reply"));
}

/* Quick replies are what may be tapped here; the other buttons lead elsewhere. */
static void
write_buttons(const struct filling *f, struct json_out *o)
{
    const struct json *buttons = json_get(f->template->shape, "buttons");
    size_t n = json_len(buttons), first = n, at = 0;

    json_key(o, "options");
    json_open(o, '[');
    for (size_t i = 0; i < n; i++) {
        struct str label = json_get_text(json_at(buttons, i), "label");

        if (!is_reply(json_at(buttons, i)))
            continue;
        first = first == n ? i : first;
        json_open(o, '{');
        json_kv_str(o, "id", at < f->wish->payload_count ? f->wish->payloads[at] : label);
        json_kv_str(o, "label", label);
        json_kv_str(o, "description", (struct str){ 0 });
        json_close(o, '}');
        at++;
    }
    json_close(o, ']');
    json_kv_i64(o, "first_reply", first == n ? 0 : (int64_t)first);
    json_key(o, "links");
    json_open(o, '[');
    for (size_t i = 0; i < n; i++)
        if (!is_reply(json_at(buttons, i)))
            json_put_str(o, json_get_text(json_at(buttons, i), "label"));
    json_close(o, ']');
}

/* Empty: it is said, not sent along; or there is none. */
static struct str
file_of(const struct filling *f)
{
    struct str kind = kind_of_header(f);

    return str_eq(kind, STR("text")) || str_eq(kind, STR("location")) ? STR("") : kind;
}

static struct str
detail_of(const struct filling *f)
{
    struct buf buf = { .arena = f->arena };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    json_kv_i64(&o, "template_id", f->template->id.v);
    json_kv_str(&o, "name", f->template->name);
    json_kv_str(&o, "language", f->template->language);
    if (file_of(f).len > 0)
        json_kv_str(&o, "file", file_of(f));
    write_fills(f, &o);
    write_buttons(f, &o);
    json_close(&o, '}');
    return buf_str(&buf);
}

/* --- together ----------------------------------------------------------------------------- */

static bool
is_of_channel(struct cx *cx, const struct template *t, struct channel_id channel)
{
    struct str wanted = str_fmt(cx->arena, "channel:%lld", (long long)channel.v);
    struct str rest = t->channels, one;

    while (str_cut(&rest, ' ', &one))
        if (str_eq(one, wanted))
            return true;
    return false;
}

struct err
templates_fill(struct cx *cx, const struct template_wish *wish, struct template_words *out)
{
    struct template template;
    struct filling f = { cx->arena, &template, wish };
    struct err e = templates_get(cx, wish->template, &template);

    if (e.code == ERR_NOT_FOUND)
        return FAIL_FIELD(ERR_NOT_FOUND, "template_unknown", "template_id");
    TRY(e);
    if (template.unfit != NULL)
        return FAIL_FIELD(ERR_CONFLICT, template.unfit, "template_id");
    if (!is_of_channel(cx, &template, wish->channel))
        return FAIL_FIELD(ERR_CONFLICT, "template_elsewhere", "template_id");
    TRY(check_params(&f));
    out->text = read_aloud(&f);
    out->detail = detail_of(&f);
    out->file = file_of(&f);
    return OK;
}
