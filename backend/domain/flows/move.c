#include "move.h"

#include "canonical.h"
#include "step_private.h"

const char *const flow_stay_names[STAY__COUNT] = {
    [STAY_NOT] = "moves",     [STAY_ENDED] = "ended",   [STAY_FLOW] = "flow",
    [STAY_CARD] = "card",     [STAY_CALLER] = "caller", [STAY_QUESTION] = "question",
    [STAY_OPTION] = "option", [STAY_CALL] = "call",
};

/* --- places --------------------------------------------------------------------------- */

static const struct flow_card *
card_at(struct flow_set flows, const struct run_place *place)
{
    const struct flow_document *d = flow_set_find(flows, place->flow);
    int card = d == NULL ? -1 : document_card(d, place->card);

    return card < 0 ? NULL : &d->cards[card];
}

static bool
is_there(struct flow_set old, struct flow_set new, const struct run_place *place)
{
    const struct flow_card *was = card_at(old, place), *is = card_at(new, place);

    return was != NULL && is != NULL && is->kind != NULL && !is->is_parked &&
           str_eq(was->type, is->type);
}

static bool
returns(struct flow_set flows, const struct run_place *place)
{
    const struct flow_document *d = flow_set_find(flows, place->flow);

    return d != NULL && document_follow(d, document_card(d, place->card), STR("returned")) >= 0;
}

static enum flow_stay
look_at_places(struct flow_set old, struct flow_set new, const struct run *run)
{
    const struct flow_document *root = flow_set_find(new, run->root);

    if (root == NULL || root->start < 0)
        return STAY_FLOW;
    for (int i = 0; i < run->frame_count; i++)
        if (!is_there(old, new, &run->frames[i]) ||
            (returns(old, &run->frames[i]) && !returns(new, &run->frames[i])))
            return STAY_CALLER;
    if (run->at.card.len == 0) /* it has not begun */
        return STAY_NOT;
    if (flow_set_find(new, run->at.flow) == NULL)
        return STAY_FLOW;
    return is_there(old, new, &run->at) ? STAY_NOT : STAY_CARD;
}

static bool
is_same_card(struct arena *a, const struct flow_card *was, const struct flow_card *is)
{
    return was->settings == NULL || is->settings == NULL
               ? was->settings == is->settings
               : str_eq(canonical_text(a, was->settings, CANONICAL_WHOLE),
                        canonical_text(a, is->settings, CANONICAL_WHOLE));
}

/* --- what is on the customer's screen --------------------------------------------------- */

/* A card's question in one of the sets. Facts are not needed: what depends on them alone is asked by a card that did not change. */
struct asked {
    struct step step;
    struct question question;
};

static bool
ask_in(struct arena *a, struct flow_set flows, const struct run *run, struct asked *out)
{
    static const struct facts nobody = { 0 };
    static const struct input nothing = { 0 };

    *out = (struct asked){ .step = { .arena = a,
                                     .flows = flows,
                                     .run_before = run,
                                     .facts_before = &nobody,
                                     .input = &nothing,
                                     .now_us = run->ask.asked_at_us,
                                     .card = -1 } };
    step_begin(&out->step);
    return step_question(&out->step, &out->question);
}

static int
shown_at(const struct question *q, struct str id)
{
    for (int i = 0; i < q->option_count; i++)
        if (str_eq(q->shown[i].id, id))
            return i;
    return -1;
}

static struct match
said_to(struct asked *to, struct str text)
{
    return step_match_exact(&to->step, &to->question, &(struct said){ FORM_TEXT, text });
}

/* Its number chooses it, and the words that were read choose no other: new ones may have come in their place. */
static bool
means_the_same(struct asked *was, struct asked *is, struct str id)
{
    int before = shown_at(&was->question, id), after = shown_at(&is->question, id);
    struct match number, label;

    if (before < 0 || after < 0)
        return false;
    number = said_to(is, str_fmt(is->step.arena, "%d", was->question.options[before].number));
    label = said_to(is, was->question.shown[before].label);
    return number.fit == FIT_ONE && number.reply.option == after &&
           (label.fit == FIT_NOT || (label.fit == FIT_ONE && label.reply.option == after));
}

static bool
confirms_the_same(struct asked *was, struct asked *is)
{
    return said_to(is, was->question.yes_label).reply.yes_no != ANSWER_NO &&
           said_to(is, was->question.no_label).reply.yes_no != ANSWER_YES;
}

static enum flow_stay
look_at_question(struct arena *a, struct flow_set old, struct flow_set new, const struct run *run)
{
    struct asked was, is;

    if (!ask_in(a, old, run, &was))
        return STAY_NOT;
    if (!ask_in(a, new, run, &is) || was.question.kind != is.question.kind)
        return STAY_QUESTION;
    if (was.question.kind == QUESTION_AWAIT)
        return strcmp(was.question.validator->name, is.question.validator->name) == 0
                   ? STAY_NOT
                   : STAY_QUESTION;
    if (was.question.kind == QUESTION_CONFIRM)
        return confirms_the_same(&was, &is) ? STAY_NOT : STAY_OPTION;
    for (size_t i = 0; i < run->ask.option_count; i++)
        if (!means_the_same(&was, &is, run->ask.options[i]))
            return STAY_OPTION;
    return STAY_NOT;
}

/* --- all of it ---------------------------------------------------------------------------- */

enum flow_stay
flow_move(struct arena *a, struct flow_set old, struct flow_set new, const struct run *run)
{
    enum run_state rests = run->state == RUN_HELD ? run->held.was : run->state;
    bool is_handed_over = run->state == RUN_HELD && str_eq(run->held.cause, STR("transferred"));
    enum flow_stay stays;

    if (run->state == RUN_ENDED)
        return STAY_ENDED;
    stays = look_at_places(old, new, run);
    if (stays != STAY_NOT || run->at.card.len == 0 || is_handed_over ||
        is_same_card(a, card_at(old, &run->at), card_at(new, &run->at)))
        return stays;
    if (rests == RUN_CALLING)
        return STAY_CALL;
    /* The flow's own question about silence is on the screen; the card's is asked again after it. */
    if (rests == RUN_ASKING && !run->is_confirming_opt_out)
        return look_at_question(a, old, new, run);
    return STAY_NOT;
}
