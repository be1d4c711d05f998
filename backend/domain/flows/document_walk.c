/*
 * Going through a document: along its lines, and through what its settings mention.
 */
#include "document_private.h"

#include <stdlib.h>

/* --- along the lines -------------------------------------------------------------- */

struct frontier {
    bool *reached;
    int *v, n;
};

static void
reach(struct frontier *f, int card)
{
    if (card < 0 || f->reached[card])
        return;
    f->reached[card] = true;
    f->v[f->n++] = card;
}

bool *
document_reached(struct arena *a, const struct flow_document *d)
{
    size_t n = (size_t)d->card_count;
    struct frontier f = { arena_array(a, bool, n), arena_array(a, int, n), 0 };

    reach(&f, d->start);
    if (d->settings.menu.is_on)
        reach(&f, document_card(d, d->settings.menu.card));
    for (int i = 0; i < d->card_count; i++)
        if (d->cards[i].kind != NULL && d->cards[i].kind->is_entry && !d->cards[i].is_parked)
            reach(&f, i);
    while (f.n > 0) {
        int card = f.v[--f.n];

        for (int i = document_first_connector(d, card);
             i < d->connector_count && d->connectors[i].from == card; i++)
            reach(&f, d->connectors[i].to);
    }
    return f.reached;
}

/* --- references ------------------------------------------------------------------- */

struct refs {
    struct arena *arena;
    struct str *v;
    size_t n, room;
};

static void
add_ref(struct refs *refs, struct str ref)
{
    ptrdiff_t colon = str_find(ref, ':');
    size_t size = sizeof(*refs->v);

    if (colon <= 0 || (size_t)colon + 1 >= ref.len)
        return;
    if (refs->n == refs->room) {
        refs->v = arena_grow(refs->arena, refs->v, refs->room * size, (refs->room * 2 + 16) * size);
        refs->room = refs->room * 2 + 16;
    }
    refs->v[refs->n++] = ref;
}

static void
collect(const struct setting *setting, void *arg)
{
    struct refs *refs = arg;

    if (setting->field->type == FIELD_REF)
        add_ref(refs, json_text(setting->value));
    for (size_t i = 0; setting->field->type == FIELD_REFS && i < json_len(setting->value); i++)
        add_ref(refs, json_text(json_at(setting->value, i)));
}

static int
by_text(const void *a, const void *b)
{
    const struct str *x = a, *y = b;

    return str_compare(*x, *y);
}

struct flow_words
document_refs(struct arena *a, const struct flow_document *d)
{
    struct refs refs = { .arena = a };
    size_t n = 0;

    settings_each(a, (struct fields){ document_settings_fields, NULL },
                  json_get(d->json, "settings"), collect, &refs);
    for (int i = 0; i < d->card_count; i++)
        if (d->cards[i].kind != NULL)
            settings_each(a, fields_of(d->cards[i].kind), d->cards[i].settings, collect, &refs);
    if (refs.n > 1)
        qsort(refs.v, refs.n, sizeof(*refs.v), by_text);
    for (size_t i = 0; i < refs.n; i++)
        if (i == 0 || !str_eq(refs.v[i], refs.v[i - 1]))
            refs.v[n++] = refs.v[i];
    return (struct flow_words){ refs.v, n };
}
