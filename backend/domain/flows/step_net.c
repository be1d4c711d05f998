/*
 * What is under every flow: when a step cannot go on, all it wanted is forgotten, and a person takes over. There is one
 * net, and nothing in it can fail.
 */
#include "step_private.h"

bool
step_is_too_large(const struct step *s)
{
    struct buf b = { .arena = s->arena };
    struct json_out o = { .buf = &b };

    /* While a person has the ticket nothing grows, and nothing may be said. */
    if (s->run->state == RUN_ENDED ||
        (s->run->state == RUN_HELD && s->run_before->state == RUN_HELD))
        return false;
    run_write(&o, s->run);
    return b.len > RUN_BYTES_MAX;
}

/* The outside is told in the words of 2.1: a way that leads nowhere is the author's, the rest is ours. */
static const char *
reason_of(const char *cause)
{
    return strcmp(cause, "dead_end") == 0 ? "dead_end" : "error";
}

void
step_do_net(struct step *s)
{
    const char *cause = s->next.cause;
    struct run_place at = s->run->at;
    int64_t steps = s->run->steps, epoch = s->run->epoch;
    int visits = s->run->visits;
    bool had_left = s->has_left;
    struct content text;

    step_begin(s);
    step_quiet(s);
    s->run->at = at;
    s->run->epoch = epoch;
    s->run->steps = steps;
    s->run->visits = visits;
    step_stand(s);
    s->has_left = had_left;
    s->leaving.error = str_of(cause);
    if (s->run->state == RUN_HELD)
        s->run->state = RUN_RUNNING; /* given back in this very step */

    text = step_render_text(s, step_settings(s)->texts.error);
    if (step_window_is_open(s) && text.text.len > 0)
        step_say_as(s, text, "bot", "handover");
    step_emit(s, EFFECT_NOTE)->data =
        step_object(s, (struct pair[]){ { "text", str_fmt(s->arena, "O fluxo parou em %.*s: %s.",
                                                          STR_ARG(at.card), cause) },
                                        { 0 } });
    step_emit(s, EFFECT_NOTIFY)->data = step_object(
        s, (struct pair[]){ { "alert", str_of(cause) }, { "priority", STR("urgent") }, { 0 } });
    step_transfer_silently(s, reason_of(cause));
}

/* Nobody may be written to any more: in silence, to a person or to the end. */
void
step_do_window(struct step *s)
{
    if (str_eq(step_settings(s)->window_closed, STR("end")))
        step_over(s, "window_closed");
    else
        step_transfer_silently(s, "window_closed");
}

bool
step_guards_loop(struct step *s)
{
    enum input_kind kind = s->input->kind;
    bool is_person = kind == INPUT_MESSAGE || kind == INPUT_REPLY || kind == INPUT_DIGITS;

    if (!is_person)
        s->run->alone++;
    if (s->run->alone < STEP_ALONE_MAX &&
        (!is_person || s->facts->answered_lately < STEP_ANSWERED_LATELY_MAX))
        return false;
    step_transfer_silently(s, "loop_guard");
    return true;
}
