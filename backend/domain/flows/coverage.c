/*
 * Which cards and outlets recorded conversations come by.
 */
#include "recording_private.h"

static bool
is_reached(const struct coverage *c, struct str place)
{
    for (size_t i = 0; i < c->n; i++)
        if (str_eq(c->places[i], place))
            return true;
    return false;
}

static void
reach(struct coverage *c, struct str place)
{
    enum { FIRST_ROOM = 64 };

    if (is_reached(c, place))
        return;
    if (c->n == c->room) {
        size_t room = c->room == 0 ? FIRST_ROOM : c->room * 2;

        c->places = arena_grow(c->arena, c->places, c->room * sizeof(place), room * sizeof(place));
        c->room = room;
    }
    c->places[c->n++] = str_dup(c->arena, place);
}

static struct str
card_place(struct arena *a, struct str flow, struct str card)
{
    return str_fmt(a, "%.*s %.*s", STR_ARG(flow), STR_ARG(card));
}

static struct str
outlet_place(struct arena *a, struct str flow, struct str card, struct str outlet)
{
    return str_fmt(a, "%.*s %.*s %.*s", STR_ARG(flow), STR_ARG(card), STR_ARG(outlet));
}

void
coverage_add(struct coverage *coverage, const struct simulation *s)
{
    for (size_t i = 0; i < s->trace_count; i++) {
        const struct trace_entry *e = s->trace + i;

        if (strcmp(e->event, "enter") == 0)
            reach(coverage, card_place(s->arena, e->flow, e->card));
        else if (strcmp(e->event, "leave") == 0)
            reach(coverage, outlet_place(s->arena, e->flow, e->card, e->outlet));
    }
}

struct covered
coverage_of(const struct coverage *coverage, const struct flow_document *document)
{
    struct arena *a = coverage->arena;
    struct covered covered = { 0 };

    for (int i = 0; i < document->card_count; i++) {
        const struct flow_card *card = document->cards + i;
        struct card_outlets outlets = { .arena = a };

        if (card->is_parked || card->kind == NULL)
            continue;
        covered.cards++;
        covered.cards_reached += is_reached(coverage, card_place(a, document->key, card->id));
        card_outlets(card->kind, card->settings, &outlets);
        for (size_t k = 0; k < outlets.n; k++) {
            covered.outlets++;
            covered.outlets_reached +=
                is_reached(coverage, outlet_place(a, document->key, card->id, outlets.v[k].name));
        }
    }
    return covered;
}
