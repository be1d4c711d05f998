/*
 * What must come before something else: leave to talk before the first word, a question before its answer is looked at,
 * a person before they are judged.
 */
#include "lint_private.h"

enum { CONSENTED, SERVED, FIRST_QUESTION };

struct order {
    struct lint_pass *pass;
    int *bits; /* by card: of a question whose answer is looked at; 0: of none */
    int n;
    struct lint_known known;
};

static bool
is_consent(const struct flow_card *card)
{
    return lint_is_type(card, "consent");
}

/* --- what conditions look back at ------------------------------------------------- */

struct looking {
    struct order *order;
    int card;
    void (*fn)(struct order *order, int card, const struct setting *s, int question);
};

static void
look_at(const struct setting *s, void *arg)
{
    const struct looking *l = arg;
    int question;

    if (!s->is_shown || s->field->type != FIELD_CARD)
        return;
    question = document_card(l->order->pass->d, json_text(s->value));
    if (question >= 0)
        l->fn(l->order, l->card, s, question);
}

static void
look_back(struct order *order,
          void (*fn)(struct order *order, int card, const struct setting *s, int question))
{
    struct lint_pass *p = order->pass;

    for (int i = 0; i < p->d->card_count; i++) {
        struct looking l = { order, i, fn };

        if (lint_is_live(p, i) && p->d->cards[i].kind->kind == CARD_CONDITION)
            settings_each(p->arena, fields_of(p->d->cards[i].kind), p->d->cards[i].settings,
                          look_at, &l);
    }
}

static void
number(struct order *order, int card, const struct setting *s, int question)
{
    (void)card, (void)s;
    if (order->bits[question] == 0)
        order->bits[question] = order->n++;
}

static void
judge_question(struct order *order, int card, const struct setting *s, int question)
{
    size_t bit = (size_t)order->bits[question];
    struct finding *f;

    if (lint_has(order->known.must, &order->known, card, bit))
        return;
    f = lint_at(order->pass, "L506", card);
    f->setting = s->name;
    f->args[0] = order->pass->d->cards[question].name;
    if (lint_has(order->known.may, &order->known, card, bit))
        f->severity = FINDING_WARNING;
}

/* --- on the way ------------------------------------------------------------------- */

static void
happens(const struct lint_pass *p, int connector, uint64_t *sets, uint64_t *clears, void *arg)
{
    const struct order *order = arg;
    const struct flow_connector *c = &p->d->connectors[connector];
    int bit = order->bits[c->from];

    (void)clears;
    if (is_consent(&p->d->cards[c->from]) && str_eq(c->outlet, STR("accepted")))
        sets[0] |= UINT64_C(1) << CONSENTED;
    if (str_eq(c->outlet, STR("served")))
        sets[0] |= UINT64_C(1) << SERVED;
    if (bit > 0 && !lint_is_vain(c->outlet))
        sets[bit / 64] |= UINT64_C(1) << bit % 64;
}

/* --- leave to talk ---------------------------------------------------------------- */

/* Cards that a consent card may still come after. */
static bool *
before_consent(struct lint_pass *p)
{
    bool *before = arena_array(p->arena, bool, (size_t)p->d->card_count), changed = true;

    while (changed) {
        changed = false;
        for (int k = p->order_count - 1; k >= 0; k--)
            LINT_EACH_LINE(p->d, p->order[k], i)
            {
                int from = p->order[k], to = p->d->connectors[i].to;

                if (!before[from] && to >= 0 && (before[to] || is_consent(&p->d->cards[to])))
                    before[from] = changed = true;
            }
    }
    return before;
}

static void
judge_consent(struct lint_pass *p, const struct lint_known *known)
{
    const bool *before = before_consent(p);
    bool has_consent = false;

    for (int i = 0; i < p->d->card_count; i++)
        has_consent |= lint_is_live(p, i) && is_consent(&p->d->cards[i]);
    if (!has_consent && FLOW_HAS(p->channels, FLOW_WHATSAPP))
        lint_at(p, "L502", -1);
    for (int i = 0; has_consent && i < p->d->card_count; i++) {
        const struct flow_card *card = &p->d->cards[i];

        if (lint_is_live(p, i) && card->kind->speaks && !card->kind->is_entry &&
            !is_consent(card) && before[i] && !lint_has(known->must, known, i, CONSENTED))
            lint_at(p, "L501", i);
    }
}

static void
judge_surveys(struct lint_pass *p, const struct lint_known *known)
{
    for (int i = 0; i < p->d->card_count; i++) {
        const struct flow_card *card = &p->d->cards[i];

        if (lint_is_live(p, i) && lint_is_type(card, "survey") &&
            !str_eq(lint_word(card, "scope"), STR("company")) &&
            !lint_has(known->may, known, i, SERVED))
            lint_at(p, "L509", i)->setting = STR("scope");
    }
}

void
lint_consent(struct lint_pass *p)
{
    struct order order = { .pass = p,
                           .bits = arena_array(p->arena, int, (size_t)p->d->card_count),
                           .n = FIRST_QUESTION };

    look_back(&order, number);
    order.known = lint_walk(p, (size_t)order.n, false, happens, &order);
    look_back(&order, judge_question);
    /* What other flows, departments and surveys start has been allowed, and served, before. */
    if (p->world->is_bound) {
        judge_consent(p, &order.known);
        judge_surveys(p, &order.known);
    }
}
