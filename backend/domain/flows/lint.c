#include "lint_private.h"

/* --- what rules are said with ----------------------------------------------------- */

struct finding *
lint_at(struct lint_pass *p, const char *code, int card)
{
    return findings_add(p->findings, code, card < 0 ? STR("") : p->d->cards[card].id);
}

struct finding *
lint_add(struct lint *l, const char *code)
{
    return findings_add(l->findings, code, l->card->id);
}

struct str
lint_figure(struct lint_pass *p, int64_t n)
{
    return str_fmt(p->arena, "%lld", (long long)n);
}

bool
lint_is_live(const struct lint_pass *p, int card)
{
    return p->reached[card] && p->d->cards[card].kind != NULL && !p->d->cards[card].is_parked;
}

bool
lint_is_read(const struct lint_pass *p, int card)
{
    return lint_is_live(p, card) && p->sound[card];
}

bool
lint_is_type(const struct flow_card *card, const char *type)
{
    return card->kind != NULL && strcmp(card->kind->type, type) == 0;
}

struct str
lint_word(const struct flow_card *card, const char *setting)
{
    return json_get_text(card->settings, setting);
}

int64_t
lint_number(const struct flow_card *card, const char *setting)
{
    int64_t n;

    return json_i64(json_get(card->settings, setting), &n) ? n : 0;
}

bool
lint_flag(const struct flow_card *card, const char *setting)
{
    return json_is_true(json_get(card->settings, setting));
}

bool
lint_is_vain(struct str outlet)
{
    return str_eq(outlet, STR("exhausted")) || str_eq(outlet, STR("silent")) ||
           str_eq(outlet, STR("error"));
}

/* --- order ------------------------------------------------------------------------ */

struct visit {
    int card, line;
};

/* Depth first from one card; cards are put down when all they lead to has been. */
static void
visit_from(struct lint_pass *p, int card, bool *seen, struct visit *stack, int *order, int *at)
{
    int depth = 0;

    if (card < 0 || seen[card])
        return;
    seen[card] = true;
    stack[depth++] = (struct visit){ card, document_first_connector(p->d, card) };
    while (depth > 0) {
        struct visit *top = &stack[depth - 1];
        int to;

        if (top->line >= p->d->connector_count || p->d->connectors[top->line].from != top->card) {
            order[--*at] = top->card;
            depth--;
            continue;
        }
        to = p->d->connectors[top->line++].to;
        if (to < 0 || seen[to])
            continue;
        seen[to] = true;
        stack[depth++] = (struct visit){ to, document_first_connector(p->d, to) };
    }
}

static void
put_in_order(struct lint_pass *p)
{
    size_t n = (size_t)p->d->card_count;
    bool *seen = arena_array(p->arena, bool, n);
    struct visit *stack = arena_array(p->arena, struct visit, n);
    int *order = arena_array(p->arena, int, n), at = p->d->card_count;

    for (int i = p->d->card_count - 1; i >= 0; i--)
        if (p->reached[i] && p->d->cards[i].kind != NULL && p->d->cards[i].kind->is_entry)
            visit_from(p, i, seen, stack, order, &at);
    if (p->d->settings.menu.is_on)
        visit_from(p, document_card(p->d, p->d->settings.menu.card), seen, stack, order, &at);
    visit_from(p, p->d->start, seen, stack, order, &at);
    p->order = order + at;
    p->order_count = p->d->card_count - at;
}

/* By what reading it said before. */
static void
look_for_size(struct lint_pass *p)
{
    bool *sound = arena_array(p->arena, bool, (size_t)p->d->card_count);

    for (int i = 0; i < p->d->card_count; i++)
        sound[i] = true;
    for (size_t i = 0; i < p->findings->n; i++) {
        const struct finding *f = &p->findings->v[i];
        int card = document_card(p->d, f->card);

        if (card >= 0 && strcmp(f->code, "L103") == 0 && str_eq(f->args[2], STR("out_of_range")))
            sound[card] = false;
    }
    p->sound = sound;
}

/* --- channels --------------------------------------------------------------------- */

static unsigned
passes(const struct flow_card *card, struct str outlet, unsigned channels)
{
    if (card->kind == NULL || card->kind->passes == NULL)
        return channels;
    return card->kind->passes(card->settings, outlet, channels) & channels;
}

static void
spread_channels(struct lint_pass *p)
{
    unsigned *by = arena_array(p->arena, unsigned, (size_t)p->d->card_count);
    int menu = p->d->settings.menu.is_on ? document_card(p->d, p->d->settings.menu.card) : -1;
    bool changed = true;

    for (int i = 0; i < p->d->card_count; i++)
        if (i == p->d->start || (p->d->cards[i].kind != NULL && p->d->cards[i].kind->is_entry))
            by[i] = p->channels;
    /* A set only grows, and has eight members. */
    while (changed) {
        changed = false;
        for (int k = 0; k < p->order_count; k++) {
            int card = p->order[k];
            const struct flow_card *from = &p->d->cards[card];

            LINT_EACH_LINE(p->d, card, i)
            {
                int to = p->d->connectors[i].to;
                unsigned more = passes(from, p->d->connectors[i].outlet, by[card]);

                if (to >= 0 && (by[to] | more) != by[to]) {
                    by[to] |= more;
                    changed = true;
                }
            }
            if (menu >= 0 && from->kind != NULL && from->kind->asks &&
                (by[menu] | by[card]) != by[menu]) {
                by[menu] |= by[card];
                changed = true;
            }
        }
    }
    p->by = by;
}

/* --- what is known on the way ------------------------------------------------------ */

struct walker {
    struct lint_pass *pass;
    struct lint_known known;
    bool *entered;
    uint64_t *sets, *clears;
};

/* One more way in. Whether anything was learnt by it. */
static bool
come_in(struct walker *w, int from, int to)
{
    size_t n = w->known.words;
    uint64_t *must = &w->known.must[(size_t)to * n], *may = &w->known.may[(size_t)to * n];
    bool changed = !w->entered[to];

    for (size_t i = 0; i < n; i++) {
        uint64_t before_must = from < 0 ? 0 : w->known.must[(size_t)from * n + i];
        uint64_t before_may = from < 0 ? 0 : w->known.may[(size_t)from * n + i];
        uint64_t sure = (before_must & ~w->clears[i]) | w->sets[i];
        uint64_t possible = before_may | w->sets[i];

        if (!w->entered[to])
            must[i] = sure;
        changed |= (must[i] & sure) != must[i] || (may[i] | possible) != may[i];
        must[i] &= sure;
        may[i] |= possible;
    }
    w->entered[to] = true;
    return changed;
}

static bool
go_on_from(struct walker *w, int card, int menu, lint_effect *effect, void *arg)
{
    const struct flow_document *d = w->pass->d;
    size_t size = w->known.words * sizeof(uint64_t);
    bool changed = false;

    LINT_EACH_LINE(d, card, i)
    {
        memset(w->sets, 0, size);
        memset(w->clears, 0, size);
        effect(w->pass, i, w->sets, w->clears, arg);
        if (d->connectors[i].to >= 0)
            changed |= come_in(w, card, d->connectors[i].to);
    }
    memset(w->sets, 0, size);
    memset(w->clears, 0, size);
    if (menu >= 0 && d->cards[card].kind != NULL && d->cards[card].kind->asks)
        changed |= come_in(w, card, menu);
    return changed;
}

struct lint_known
lint_walk(struct lint_pass *p, size_t bits, bool by_menu, lint_effect *effect, void *arg)
{
    size_t words = bits / 64 + 1, n = (size_t)p->d->card_count;
    int menu =
        by_menu && p->d->settings.menu.is_on ? document_card(p->d, p->d->settings.menu.card) : -1;
    struct walker w = {
        .pass = p,
        .known = { words, arena_array(p->arena, uint64_t, n * words),
                   arena_array(p->arena, uint64_t, n * words) },
        .entered = arena_array(p->arena, bool, n),
        .sets = arena_array(p->arena, uint64_t, words),
        .clears = arena_array(p->arena, uint64_t, words),
    };
    bool changed = true;

    for (int i = 0; i < p->d->card_count; i++)
        if (i == p->d->start ||
            (p->reached[i] && p->d->cards[i].kind != NULL && p->d->cards[i].kind->is_entry))
            come_in(&w, -1, i);
    /* In this order what is known settles after a few rounds: as many as circles lie within circles. */
    while (changed) {
        changed = false;
        for (int k = 0; k < p->order_count; k++)
            if (w.entered[p->order[k]])
                changed |= go_on_from(&w, p->order[k], menu, effect, arg);
    }
    return w.known;
}

/* --- entry ------------------------------------------------------------------------ */

static void
ask_cards(struct lint_pass *p)
{
    for (int i = 0; i < p->d->card_count; i++) {
        struct lint l = { p->arena, p->d, p->world, &p->d->cards[i], i, p->by[i], p->findings };

        if (lint_is_read(p, i) && l.card->kind->lint != NULL)
            l.card->kind->lint(&l);
    }
}

void
lint_document(struct arena *a, const struct flow_document *document, const struct lint_world *world,
              struct findings *findings)
{
    struct lint_pass p = {
        .arena = a,
        .d = document,
        .world = world,
        .findings = findings,
        .channels = document->channels | world->channels,
        .reached = document_reached(a, document),
    };

    findings->flow = document->key;
    /* What is over its limits has been found so, and is not worth the time. */
    if (document->card_count <= FLOW_CARDS_MAX &&
        document->connector_count <= FLOW_CONNECTORS_MAX) {
        put_in_order(&p);
        look_for_size(&p);
        spread_channels(&p);
        lint_circles(&p);
        lint_paths(&p);
        lint_texts(&p);
        lint_variables(&p);
        lint_consent(&p);
        lint_refs(&p);
        ask_cards(&p);
    }
    findings_sort(findings);
}
