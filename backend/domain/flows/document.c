#include "document_private.h"

#include <stdlib.h>

/* --- cards and connectors --------------------------------------------------------- */

static int
by_id(const void *a, const void *b)
{
    const struct flow_card *x = a, *y = b;

    return str_compare(x->id, y->id);
}

static struct flow_card
card_of(const struct json *json)
{
    struct flow_card card = {
        .id = json_get_text(json, "id"),
        .name = json_get_text(json, "name"),
        .type = json_get_text(json, "type"),
        .settings = json_get(json, "settings"),
        .is_parked = json_is_true(json_get(json, "parked")),
        .json = json,
    };
    int64_t v = 0;

    card.kind = card_find(card.type);
    if (card.kind != NULL && json_i64(json_get(json, "v"), &v) && v > card.kind->v)
        card.kind = NULL;
    if (json_kind(card.settings) != JSON_OBJECT)
        card.settings = NULL;
    if (card.name.len == 0)
        card.name = card.kind != NULL ? str_of(card.kind->label) : card.type;
    return card;
}

static void
read_cards(struct arena *a, const struct json *list, struct flow_document *d)
{
    struct flow_card *v = arena_array(a, struct flow_card, json_len(list));
    int n = 0;

    for (size_t i = 0; i < json_len(list); i++)
        if (json_kind(json_at(list, i)) == JSON_OBJECT)
            v[n++] = card_of(json_at(list, i));
    qsort(v, (size_t)n, sizeof(*v), by_id);
    d->cards = v;
    d->card_count = n;
}

int
document_card(const struct flow_document *d, struct str id)
{
    int low = 0, high = d->card_count;

    /* The first of those that share it. */
    while (low < high) {
        int middle = low + (high - low) / 2;

        if (str_compare(d->cards[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < d->card_count && id.len > 0 && str_eq(d->cards[low].id, id) ? low : -1;
}

static int
by_outlet(const void *a, const void *b)
{
    const struct flow_connector *x = a, *y = b;
    int order = str_compare(x->from_id, y->from_id);

    if (order == 0)
        order = str_compare(x->outlet, y->outlet);
    return order != 0 ? order : str_compare(x->to_id, y->to_id);
}

static void
read_connectors(struct arena *a, const struct json *list, struct flow_document *d)
{
    struct flow_connector *v = arena_array(a, struct flow_connector, json_len(list));
    int n = 0;

    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *json = json_at(list, i);
        struct flow_connector *c = &v[n];

        if (json_kind(json) != JSON_OBJECT)
            continue;
        c->from_id = json_get_text(json, "from");
        c->outlet = json_get_text(json, "outlet");
        c->to_id = json_get_text(json, "to");
        c->from = document_card(d, c->from_id);
        c->to = document_card(d, c->to_id);
        n++;
    }
    qsort(v, (size_t)n, sizeof(*v), by_outlet);
    d->connectors = v;
    d->connector_count = n;
}

int
document_first_connector(const struct flow_document *d, int card)
{
    int low = 0, high = d->connector_count;

    while (low < high) {
        int middle = low + (high - low) / 2;

        if (str_compare(d->connectors[middle].from_id, d->cards[card].id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

int
document_follow(const struct flow_document *d, int card, struct str outlet)
{
    int i = document_first_connector(d, card);

    for (; i < d->connector_count && d->connectors[i].from == card; i++)
        if (str_eq(d->connectors[i].outlet, outlet))
            return d->connectors[i].to;
    return -1;
}

/* --- variables -------------------------------------------------------------------- */

static void
read_variables(struct arena *a, const struct json *list, struct flow_document *d)
{
    struct flow_variable *v = arena_array(a, struct flow_variable, json_len(list));
    int n = 0;

    for (size_t i = 0; i < json_len(list); i++) {
        const struct json *json = json_at(list, i);
        struct str type = json_get_text(json, "type");

        if (json_get_text(json, "name").len == 0)
            continue;
        v[n].name = json_get_text(json, "name");
        v[n].initial = json_get_text(json, "default");
        for (int t = 0; t < VARIABLE__COUNT; t++)
            if (str_eq(type, str_of(variable_type_names[t])))
                v[n].type = (enum variable_type)t;
        n++;
    }
    d->variables = v;
    d->variable_count = n;
}

static unsigned
read_channels(const struct json *list)
{
    unsigned set = 0;

    for (size_t i = 0; i < json_len(list); i++)
        for (unsigned c = 0; c < FLOW_CHANNEL__COUNT; c++)
            if (str_eq(json_text(json_at(list, i)), str_of(flow_channel_names[c])))
                set |= 1u << c;
    return set;
}

/* --- what is wrong with its shape ------------------------------------------------- */

static void
judge_limits(const struct flow_document *d, struct findings *findings)
{
    if (d->card_count > FLOW_CARDS_MAX)
        findings_add(findings, "L114", STR(""))->setting = STR("cards");
    else if (d->card_count >= FLOW_CARDS_MANY) {
        struct finding *f = findings_add(findings, "L114", STR(""));

        f->setting = STR("cards");
        f->severity = FINDING_WARNING;
    }
    if (d->connector_count > FLOW_CONNECTORS_MAX)
        findings_add(findings, "L114", STR(""))->setting = STR("connectors");
    if (d->variable_count > FLOW_VARIABLES_MAX)
        findings_add(findings, "L114", STR(""))->setting = STR("variables");
}

static int
by_text(const void *a, const void *b)
{
    const struct str *x = a, *y = b;

    return str_compare(*x, *y);
}

/* Items of a list of the document that are told apart by one member. */
static void
judge_names(struct arena *a, const struct flow_document *d, const char *list, const char *member,
            struct findings *findings)
{
    const struct json *items = json_get(d->json, list);
    size_t n = json_len(items);
    struct str *names = arena_array(a, struct str, n);

    for (size_t i = 0; i < n; i++)
        names[i] = json_get_text(json_at(items, i), member);
    if (n > 1)
        qsort(names, n, sizeof(*names), by_text);
    for (size_t i = 1; i < n; i++) {
        struct finding *f;

        if (names[i].len == 0 || !str_eq(names[i - 1], names[i]))
            continue;
        f = findings_add(findings, "L104", STR(""));
        f->setting = str_fmt(a, "%s.%s", list, member);
        f->option = names[i];
    }
}

static void
judge_twins(struct arena *a, const struct flow_document *d, struct findings *findings)
{
    judge_names(a, d, "variables", "name", findings);
    judge_names(a, d, "notes", "id", findings);
    for (int i = 1; i < d->card_count; i++)
        if (d->cards[i].id.len > 0 && str_eq(d->cards[i - 1].id, d->cards[i].id))
            findings_add(findings, "L104", d->cards[i].id)->setting = STR("id");
}

static bool
has_outlet(const struct card_outlets *outlets, struct str name)
{
    for (size_t i = 0; i < outlets->n; i++)
        if (str_eq(outlets->v[i].name, name))
            return true;
    return false;
}

static void
judge_outlets(const struct flow_document *d, int card, const struct card_outlets *outlets,
              struct findings *findings)
{
    const struct flow_card *c = &d->cards[card];

    for (size_t i = 0; i < outlets->n; i++) {
        const struct card_outlet *outlet = &outlets->v[i];
        struct finding *f;

        if (!outlet->is_required || document_follow(d, card, outlet->name) >= 0)
            continue;
        f = findings_add(findings, "L107", c->id);
        f->outlet = outlet->name;
        f->args[0] = outlet->label;
        f->args[1] = c->name;
    }
}

/* Connectors of one card, which lie side by side. */
static void
judge_connectors(const struct flow_document *d, int card, const struct card_outlets *outlets,
                 struct findings *findings)
{
    int from = document_first_connector(d, card);

    for (int i = from; i < d->connector_count && d->connectors[i].from == card; i++) {
        const struct flow_connector *c = &d->connectors[i];
        bool is_twin = i > from && str_eq(c->outlet, c[-1].outlet);

        if (is_twin || c->to < 0 || d->cards[c->to].is_parked ||
            (outlets != NULL && !has_outlet(outlets, c->outlet)))
            findings_add(findings, "L105", c->from_id)->outlet = c->outlet;
    }
}

static void
judge_cards(struct arena *a, const struct flow_document *d, struct findings *findings)
{
    const bool *reached = document_reached(a, d);

    for (int i = 0; i < d->card_count; i++) {
        const struct flow_card *c = &d->cards[i];
        struct card_outlets *outlets = NULL;

        if (i > 0 && str_eq(c->id, c[-1].id))
            continue;
        if (c->kind != NULL) {
            outlets = arena_new_of(a, struct card_outlets);
            outlets->arena = a;
            card_outlets(c->kind, c->settings, outlets);
        }
        judge_connectors(d, i, outlets, findings);
        if (c->is_parked)
            continue;
        if (outlets != NULL)
            judge_outlets(d, i, outlets, findings);
        else
            findings_add(findings, "L102", c->id)->args[0] = c->type;
        if (!reached[i] && d->start >= 0)
            findings_add(findings, "L106", c->id)->args[0] = c->name;
    }
    for (int i = 0; i < d->connector_count; i++)
        if (d->connectors[i].from < 0)
            findings_add(findings, "L105", d->connectors[i].from_id)->outlet =
                d->connectors[i].outlet;
}

/* --- reading ---------------------------------------------------------------------- */

static int
start_of(const struct flow_document *d)
{
    int start = document_card(d, json_get_text(d->json, "start"));

    return start >= 0 && d->cards[start].is_parked ? -1 : start;
}

struct err
document_read(struct arena *a, const struct json *filled, struct findings *findings,
              struct flow_document **out)
{
    struct flow_document *d = arena_new_of(a, struct flow_document);

    TRY(document_require(filled));
    d->json = filled;
    d->key = json_get_text(filled, "key");
    d->name = json_get_text(filled, "name");
    d->channels = read_channels(json_get(filled, "channels"));
    read_cards(a, json_get(filled, "cards"), d);
    read_connectors(a, json_get(filled, "connectors"), d);
    read_variables(a, json_get(filled, "variables"), d);
    document_read_settings(a, json_get(filled, "settings"), &d->settings);
    d->start = start_of(d);

    findings->flow = d->key;
    if (d->start < 0)
        findings_add(findings, "L101", STR(""))->setting = STR("start");
    document_check(a, d, findings);
    judge_limits(d, findings);
    judge_twins(a, d, findings);
    judge_cards(a, d, findings);
    findings_sort(findings);
    *out = d;
    return OK;
}
