/*
 * A world for whoever names none: open, staffed, and with somebody who writes.
 */
#include "conversation.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* Lists of things that flows mention, and how one stands that nothing is said of. */
static const struct {
    const char *member, *kind;
    bool is_department;
} mentioned[] = {
    { "departments", "department:", true },
    { "periods", "period:", false },
    { "shifts", "shift:", false },
};

struct completion {
    struct arena *arena;
    struct json_out *o;
    struct flow_set flows;
};

static bool
is_listed(const struct json *list, struct str ref)
{
    for (size_t i = 0; i < json_len(list); i++)
        if (str_eq(json_get_text(json_at(list, i), "ref"), ref))
            return true;
    return false;
}

/* As the first document calls it that knows. */
static struct str
name_of(struct flow_set flows, struct str ref)
{
    for (size_t i = 0; i < flows.n; i++) {
        const struct json *refs = json_get(flows.v[i]->json, "refs");

        for (size_t k = 0; k < json_len(refs); k++)
            if (str_eq(json_get_text(json_at(refs, k), "ref"), ref))
                return json_get_text(json_at(refs, k), "name");
    }
    return STR("");
}

static void
put_mentioned(struct completion *c, size_t row, struct str ref)
{
    json_open(c->o, '{');
    json_kv_str(c->o, "ref", ref);
    if (mentioned[row].is_department) {
        json_kv_str(c->o, "name", name_of(c->flows, ref));
        json_kv_i64(c->o, "online", 1);
    }
    json_kv_bool(c->o, "inside", true);
    json_close(c->o, '}');
}

/* Those that are given, then the others, each once. */
static void
put_list(struct completion *c, size_t row, const struct json *given)
{
    struct flow_words *refs = arena_array(c->arena, struct flow_words, c->flows.n + 1);

    json_key(c->o, mentioned[row].member);
    json_open(c->o, '[');
    for (size_t i = 0; i < json_len(given); i++)
        json_put_raw(c->o, json_print(c->arena, json_at(given, i)));
    for (size_t i = 0; i < c->flows.n; i++) {
        refs[i] = document_refs(c->arena, c->flows.v[i]);
        for (size_t k = 0; k < refs[i].n; k++) {
            struct str ref = refs[i].v[k];
            bool is_there = !str_starts(ref, str_of(mentioned[row].kind)) || is_listed(given, ref);

            for (size_t before = 0; before < i && !is_there; before++)
                for (size_t n = 0; n < refs[before].n && !is_there; n++)
                    is_there = str_eq(refs[before].v[n], ref);
            if (!is_there)
                put_mentioned(c, row, ref);
        }
    }
    json_close(c->o, ']');
}

static void
copy_member(struct str key, const struct json *v, void *arg)
{
    struct completion *c = arg;

    for (size_t i = 0; i < COUNT(mentioned); i++)
        if (str_eq(key, str_of(mentioned[i].member)))
            return;
    json_put_key(c->o, key);
    json_put_raw(c->o, json_print(c->arena, v));
}

static void
put_company(struct json_out *o, struct str name)
{
    json_open(o, '{');
    json_kv_str(o, "name", name);
    json_close(o, '}');
}

struct str
given_complete(struct arena *a, const struct json *given, struct flow_set flows,
               const struct given_defaults *defaults)
{
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };
    struct completion c = { .arena = a, .o = &o, .flows = flows };

    json_open(&o, '{');
    json_each(given, copy_member, &c);
    if (json_get(given, "now") == NULL)
        json_kv_str(&o, "now", defaults->now);
    if (json_get(given, "channel") == NULL)
        json_kv_str(&o, "channel", str_of(flow_channel_names[defaults->channel]));
    if (json_get(given, "protocol") == NULL)
        json_kv_str(&o, "protocol",
                    str_fmt(a, "%.4s%.2s%.2s0001", defaults->now.p, defaults->now.p + 5,
                            defaults->now.p + 8));
    if (json_get(given, "contact") == NULL) {
        json_key(&o, "contact");
        json_put_raw(&o, STR("{\"name\":\"Ana Exemplo\",\"phone\":\"+5549999990000\"}"));
    }
    if (json_get(given, "company") == NULL) {
        json_key(&o, "company");
        put_company(&o, defaults->company);
    }
    for (size_t i = 0; i < COUNT(mentioned); i++)
        put_list(&c, i, json_get(given, mentioned[i].member));
    json_close(&o, '}');
    return buf_str(&b);
}
