/*
 * What the customer sent, and in which order it is tried: consent, whose turn it is, an exact answer, the words that
 * always work, an open answer, a lenient one. What fits nothing is a wrong answer.
 */
#include "step_private.h"

#include "base/clock.h"

#define EARLY_US (2 * US_PER_S) /* written so long before a question was sent, it was not seen */

/* --- an answer -------------------------------------------------------------------- */

void
step_answered(struct step *s, struct reply *reply)
{
    struct run *run = s->run;

    reply->message_id = s->input->message_id;
    reply->attempt = run->ask.attempts;
    s->leaving.matched_by = reply->matched_by;
    s->leaving.attempt = reply->attempt;
    s->leaving.answered_ms = (s->now_us - run->ask.asked_at_us) / US_PER_MS;
    run->ask.ambiguous = 0;
    step_quiet(s);
    step_card(s)->kind->answered(s, reply);
}

static void
ask_which(struct step *s, const struct match *match)
{
    struct trace_entry *e = step_trace(s, "ambiguous");

    e->matched_by = match->reply.matched_by;
    s->run->ask.ambiguous++;
    step_ask_again(s, step_render_text(s, step_settings(s)->texts.ambiguous), &match->choice);
}

/* --- taps on what was asked -------------------------------------------------------- */

enum tap { TAP_NONE, TAP_TAKEN, TAP_STALE };

/* A template is answered by the card that sent it, in whichever run; elsewhere its label is what was said. */
static enum tap
take_template_tap(struct step *s, const struct question *q, const struct template_tap *tap)
{
    const struct run *run = s->run;
    struct match match;

    if (!str_eq(tap->flow, run->at.flow) || !str_eq(tap->card, run->at.card))
        return TAP_NONE;
    match = step_match_tap(s, q, tap->option);
    if (match.fit != FIT_ONE)
        return TAP_NONE;
    match.reply.text = s->input->said.text;
    step_answered(s, &match.reply);
    return TAP_TAKEN;
}

/* Only payloads of this run mean anything; of the others their title is what was said. */
static enum tap
take_tap(struct step *s, const struct question *q)
{
    struct template_tap template;
    const struct run *run = s->run;
    struct match match;
    struct str option;
    int64_t id, token;

    if (s->input->kind == INPUT_REPLY && step_template_tapped(s->input->payload, &template))
        return take_template_tap(s, q, &template);
    if (s->input->kind != INPUT_REPLY || !step_payload(s->input->payload, &id, &token, &option) ||
        id != run->id || token > run->ask.token)
        return TAP_NONE;
    match = step_match_tap(s, q, option);
    if (token >= run->ask.first_token && match.fit == FIT_ONE) {
        match.reply.text = s->input->said.text;
        step_answered(s, &match.reply);
        return TAP_TAKEN;
    }
    return token < run->ask.token ? TAP_STALE : TAP_NONE;
}

static void
answer_stale_tap(struct step *s)
{
    if (s->run->ask.stale == STEP_STALE_MAX) {
        step_ignore(s, "stale");
        return;
    }
    s->run->ask.stale++;
    step_trace(s, "ignored")->reason = STR("stale");
    step_ask_again(s, step_render_text(s, step_settings(s)->texts.stale), NULL);
}

/* --- words that always work -------------------------------------------------------- */

static bool
take_keyword(struct step *s, struct str said)
{
    const struct flow_settings *settings = step_settings(s);
    const struct flow_document *root = step_root(s);
    struct flow_words digit = { &settings->human.digit, 1 };

    if (step_says_one_of(s, said, settings->opt_out_words)) {
        step_confirm_opt_out(s);
        return true;
    }
    if (settings->human.is_on &&
        (step_says_one_of(s, said, settings->human.words) || step_says_one_of(s, said, digit))) {
        step_human(s);
        return true;
    }
    if (root != NULL && root->settings.menu.is_on &&
        step_says_one_of(s, said, root->settings.menu.words)) {
        step_menu(s);
        return true;
    }
    return false;
}

/* --- by state --------------------------------------------------------------------- */

static bool
was_early(const struct step *s)
{
    return s->input->sent_at_us > 0 && s->input->sent_at_us < s->run->ask.asked_at_us - EARLY_US;
}

/* Ambiguous twice in a row is a wrong answer. */
static void
take_match(struct step *s, const struct question *q, const struct said *said, struct match *match)
{
    match->reply.text = said->text;
    if (q->is_sensitive && s->input->is_legible)
        step_ask_again(s, (struct content){ 0 }, NULL); /* written before it was asked */
    else if (match->fit == FIT_ONE)
        step_answered(s, &match->reply);
    else if (was_early(s))
        step_ignore(s, "early");
    else if (match->fit == FIT_SEVERAL && s->run->ask.ambiguous == 0)
        ask_which(s, match);
    else
        step_spend(s, step_invalid_text(s, q, said, match));
}

static void
take_open(struct step *s, const struct question *q, const struct said *said, struct match *match)
{
    bool gathers = q->gather_s > 0 && !q->is_sensitive; /* fragments rest in the run */

    if (gathers && said->form == FORM_TEXT && match->verdict != VERDICT_FORM)
        step_gather(s, q, said->text);
    else
        take_match(s, q, said, match);
}

static void
decide_asking(struct step *s, const struct said *said)
{
    struct question q;
    struct match match;
    enum tap tap;

    if (s->run->is_confirming_opt_out) {
        step_decide_opt_out(s);
        return;
    }
    if (!step_question(s, &q))
        return;
    if (q.is_sensitive)
        s->run->last_text = s->run->last_kind = (struct str){ 0 };
    tap = take_tap(s, &q);
    if (tap == TAP_STALE)
        answer_stale_tap(s);
    if (tap != TAP_NONE)
        return;

    match = step_match_exact(s, &q, said);
    if (match.fit != FIT_NOT && !step_is_open(&q))
        take_match(s, &q, said, &match);
    else if (take_keyword(s, said->text))
        return;
    else if (step_is_open(&q))
        take_open(s, &q, said, &match);
    else {
        struct match lenient = step_match_lenient(s, &q, said);

        take_match(s, &q, said, lenient.fit != FIT_NOT ? &lenient : &match);
    }
}

static void
decide_waiting(struct step *s, const struct said *said)
{
    const struct flow_card *card = step_card(s);

    if (take_keyword(s, said->text))
        return;
    if (!s->run->wait.breaks_on_message) {
        step_ignore(s, "waiting");
        return;
    }
    step_quiet(s);
    if (card->kind->waited != NULL)
        card->kind->waited(s, /* by_message= */ true);
    else
        step_leave(s, step_leads(s, "message") ? "message" : "next");
}

/* What is under way is not left; who asks for a person gets one after it. */
static void
decide_calling(struct step *s, const struct said *said)
{
    const struct flow_settings *settings = step_settings(s);
    struct flow_words digit = { &settings->human.digit, 1 };

    if (settings->human.is_on && (step_says_one_of(s, said->text, settings->human.words) ||
                                  step_says_one_of(s, said->text, digit)))
        s->run->call.human_after = true;
    step_ignore(s, "calling");
}

static void
decide_running(struct step *s, const struct said *said)
{
    (void)said;
    step_ignore(s, "not_begun");
}

static void (*const by_state[])(struct step *, const struct said *) = {
    [RUN_RUNNING] = decide_running,
    [RUN_ASKING] = decide_asking,
    [RUN_WAITING] = decide_waiting,
    [RUN_CALLING] = decide_calling,
};

static void
decide(struct step *s, const struct said *said)
{
    if (step_take_consent(s, said->text) || !step_is_ours(s) || step_guards_loop(s))
        return;
    s->run->last_text = said->text;
    s->run->last_kind = str_of(answer_form_names[said->form]);
    if (s->card < 0 || s->document->cards[s->card].kind == NULL)
        step_fall(s, "unknown_card");
    else
        by_state[s->run->state](s, said);
}

/*
 * Nobody asks any more: the template that was answered says where it goes on. Words that fit none of its options are
 * another answer.
 */
bool
step_begin_answered(struct step *s)
{
    const struct flow_document *root = step_root(s);
    struct template_tap tap;
    struct question q;
    struct match match;
    int card;

    if (root == NULL || !step_template_tapped(s->input->payload, &tap) ||
        !str_eq(tap.flow, root->key))
        return false;
    card = document_card(root, tap.card);
    if (card < 0 || root->cards[card].is_parked || root->cards[card].kind == NULL ||
        !root->cards[card].kind->is_entry)
        return false;
    if (!step_arrive(s, root, card, "template_reply") || !step_question(s, &q))
        return true;
    s->run->ask.asked_at_us = s->now_us;
    match = step_match_tap(s, &q, tap.option);
    if (match.fit != FIT_ONE)
        match.reply.matched_by = "other";
    match.reply.text = s->input->said.text;
    step_answered(s, &match.reply);
    return true;
}

void
step_take_message(struct step *s)
{
    decide(s, &s->input->said);
}

/* A telephone's keys are words like others, but for the star that asks again. */
void
step_take_digits(struct step *s)
{
    struct said said = { .form = FORM_TEXT, .text = s->input->digits };
    struct question q;
    struct match none = { 0 };

    if (s->run->state != RUN_ASKING || s->input->token != s->run->ask.token) {
        step_ignore(s, "stale");
    } else if (said.text.len > 0 && !str_eq(said.text, STR("*"))) {
        decide(s, &said);
    } else if (step_is_ours(s)) {
        if (s->run->is_confirming_opt_out)
            step_resume_question(s);
        else if (said.text.len > 0)
            step_ask_again(s, (struct content){ 0 }, NULL);
        else if (step_question(s, &q))
            step_spend(s, step_invalid_text(s, &q, &said, &none));
    }
}
