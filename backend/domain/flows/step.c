/*
 * One step: an input is taken by its kind, and then the walk goes on until the run rests.
 */
#include "step_private.h"

enum { SEEN_BYTES_MAX = 64 }; /* of an input's id; ours are a third of it */

const struct flow_document *
flow_set_find(struct flow_set flows, struct str key)
{
    for (size_t i = 0; i < flows.n; i++)
        if (str_eq(flows.v[i]->key, key))
            return flows.v[i];
    return NULL;
}

/* --- decisions -------------------------------------------------------------------- */

bool
step_decide(struct step *s, enum next what)
{
    if (s->next.what == NEXT_UNDECIDED) {
        s->next.what = what;
        return true;
    }
    if (s->next.what != NEXT_NET && s->next.what != NEXT_WINDOW)
        step_fall(s, "decided_twice");
    return false;
}

void
step_fall(struct step *s, const char *cause)
{
    if (s->next.what == NEXT_NET)
        return;
    s->next.what = NEXT_NET;
    s->next.cause = cause;
}

void
step_rest(struct step *s, enum run_state state)
{
    if (step_decide(s, NEXT_REST))
        s->run->state = state;
}

void
step_ignore(struct step *s, const char *why)
{
    step_trace(s, "ignored")->reason = str_of(why);
    step_rest(s, s->run->state);
}

bool
step_is_ours(struct step *s)
{
    bool lives = s->run->state != RUN_HELD && s->run->state != RUN_ENDED;

    if (!lives || !s->facts->bot_controls || s->run->epoch != s->facts->epoch) {
        step_ignore(s, "not_ours");
        return false;
    }
    if (s->facts->is_opted_out) {
        step_over(s, "opted_out");
        return false;
    }
    return true;
}

static void
decide_nothing(struct step *s)
{
    step_fall(s, "undecided");
}

static void (*const walk[NEXT__COUNT])(struct step *) = {
    [NEXT_UNDECIDED] = decide_nothing,
    [NEXT_LEAVE] = step_do_leave,
    [NEXT_ASK] = step_do_ask,
    [NEXT_WRONG] = step_do_wrong,
    [NEXT_GO] = step_do_go,
    [NEXT_RETURN] = step_do_return,
    [NEXT_NET] = step_do_net,
    [NEXT_WINDOW] = step_do_window,
};

static void
walk_on(struct step *s)
{
    while (s->next.what != NEXT_REST) {
        enum next what = s->next.what;

        s->next.what = NEXT_UNDECIDED;
        walk[what](s);
    }
}

/* --- the beginning ---------------------------------------------------------------- */

static struct run *
copy_run(struct arena *a, const struct run *run)
{
    struct run *copy = arena_new_of(a, struct run);

    *copy = *run;
    copy->answers = arena_array(a, struct run_answer, run->answer_count);
    for (size_t i = 0; i < run->answer_count; i++)
        copy->answers[i] = run->answers[i];
    copy->variables = arena_array(a, struct run_variable, run->variable_count);
    for (size_t i = 0; i < run->variable_count; i++)
        copy->variables[i] = run->variables[i];
    return copy;
}

static bool
has_seen(const struct run *run, struct str id)
{
    for (int i = 0; i < RUN_SEEN_INPUTS; i++)
        if (id.len > 0 && str_eq(run->seen[i], id))
            return true;
    return false;
}

static bool
comes_from_nobody(enum input_kind kind)
{
    return kind == INPUT_TIMER || kind == INPUT_CALL_RESULT || kind == INPUT_SEND_FAILED;
}

void
step_begin(struct step *s)
{
    s->run = copy_run(s->arena, s->run_before);
    s->facts = facts_copy(s->arena, s->facts_before);
    s->run->seq++;
    if (s->input->id.len > 0 && s->input->id.len <= SEEN_BYTES_MAX) {
        s->run->seen[s->run->seen_at] = s->input->id;
        s->run->seen_at = (s->run->seen_at + 1) % RUN_SEEN_INPUTS;
    }
    s->run->alone = comes_from_nobody(s->input->kind) ? s->run->alone : 0;
    s->effect_count = 0;
    s->messages = 0;
    step_stand(s);
}

static void
take_start(struct step *s)
{
    struct run *run = s->run;

    if (run->state != RUN_RUNNING) {
        step_ignore(s, "begun");
        return;
    }
    run->first_text = s->input->first_text;
    run->last_text = s->input->first_text;
    if (s->input->cause.len > 0)
        run->cause = s->input->cause;
    if (s->facts->is_opted_out) {
        step_over(s, "opted_out");
    } else if (!s->facts->bot_controls || run->epoch != s->facts->epoch) {
        run->held.cause = STR("taken");
        run->held.since_us = s->now_us;
        run->held.was = RUN_RUNNING;
        step_rest(s, RUN_HELD);
    } else if (step_begin_answered(s)) {
        return;
    } else if (run->at.card.len > 0 && s->card >= 0) {
        step_enter(s, s->document, s->card, "start");
    } else {
        step_begin_root(s, "start");
    }
}

static void (*const takes[INPUT__COUNT])(struct step *) = {
    [INPUT_START] = take_start,
    [INPUT_MESSAGE] = step_take_message,
    [INPUT_REPLY] = step_take_message,
    [INPUT_DIGITS] = step_take_digits,
    [INPUT_TIMER] = step_take_timer,
    [INPUT_CALL_RESULT] = step_take_result,
    [INPUT_TAKEN] = step_take_taken,
    [INPUT_RETURNED] = step_take_returned,
    [INPUT_TICKET_CLOSED] = step_take_closed,
    [INPUT_COMMAND] = step_take_command,
    [INPUT_SEND_FAILED] = step_take_failure,
    [INPUT_HANGUP] = step_take_hangup,
};

void
flow_step(struct arena *a, struct flow_set flows, const struct run *run, const struct facts *facts,
          const struct input *input, int64_t now_us, struct step_out *out)
{
    struct step s = {
        .arena = a,
        .flows = flows,
        .run_before = run,
        .facts_before = facts,
        .input = input,
        .now_us = now_us,
        .card = -1,
    };

    if (has_seen(run, input->id)) {
        *out = (struct step_out){ .run = copy_run(a, run) };
        return;
    }
    step_begin(&s);
    takes[input->kind](&s);
    walk_on(&s);
    if (step_is_too_large(&s)) {
        step_fall(&s, "state");
        walk_on(&s);
    }
    *out = (struct step_out){ s.run, s.effects, s.effect_count, s.trace, s.trace_count };
}
