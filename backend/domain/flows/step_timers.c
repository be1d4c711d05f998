/*
 * What happens by itself: reminding, giving up on an answer, putting fragments together, the end of a wait or of
 * patience with another system. A token says which timer is meant; one that is not current means nothing.
 */
#include "step_private.h"

#include "base/clock.h"
#include "base/fold.h"

enum { REMINDERS_MAX = 3, EXPIRE_USUAL_S = 3600 };

/* --- silence ---------------------------------------------------------------------- */

/* The card's own where it has one, 0 included, else the flow's. */
static int64_t
patience(struct step *s, const char *setting, int64_t flow)
{
    return step_setting(s, setting) != NULL ? step_figure(s, setting) : flow;
}

static int64_t
reminders_of(struct step *s)
{
    int64_t reminders = patience(s, "reminders", step_settings(s)->silence.reminders);

    return reminders > REMINDERS_MAX ? REMINDERS_MAX : reminders;
}

static void
arm_reminder(struct step *s)
{
    int64_t after_s = patience(s, "remind_after_s", step_settings(s)->silence.remind_after_s);

    if (after_s > 0 && s->run->ask.reminders < reminders_of(s))
        s->run->ask.remind_token = step_timer(s, "remind", s->now_us + after_s * US_PER_S);
}

void
step_watch_silence(struct step *s)
{
    int64_t after_s = patience(s, "expire_after_s", step_settings(s)->silence.expire_after_s);

    /* A telephone has its own patience: seconds, counted by whoever plays the question. */
    if (s->facts->channel == FLOW_TELEPHONY)
        return;
    arm_reminder(s);
    /* Nothing may rest for ever. */
    if (after_s <= 0)
        after_s = EXPIRE_USUAL_S;
    s->run->ask.expire_token = step_timer(s, "expire", s->now_us + after_s * US_PER_S);
}

static void
remind(struct step *s)
{
    struct content text = step_render_text(s, step_settings(s)->silence.remind_text);

    s->run->ask.remind_token = 0;
    s->run->ask.reminders++;
    step_trace(s, "remind");
    if (text.text.len > 0 && step_window_is_open(s))
        step_say(s, text);
    arm_reminder(s);
    step_rest(s, RUN_ASKING);
}

static void
expire(struct step *s)
{
    s->run->ask.expire_token = 0;
    if (s->run->is_confirming_opt_out) {
        step_resume_question(s);
        return;
    }
    step_quiet(s);
    step_leave(s, "silent");
}

void
step_silent(struct step *s)
{
    const struct flow_settings *settings = step_settings(s);
    const struct flow_card *card = step_card(s);
    struct content text = step_render_text(s, settings->silence.expire_text);

    if (card->kind->given_up != NULL && card->kind->given_up(s, /* by_silence= */ true))
        return;
    if (str_eq(settings->silence.on_expire, STR("flow")) && settings->silence.flow.len > 0) {
        step_jump(s, settings->silence.flow, "silent");
    } else if (str_eq(settings->silence.on_expire, STR("transfer"))) {
        step_transfer_silently(s, "silent");
    } else {
        if (text.text.len > 0 && step_window_is_open(s))
            step_say_as(s, text, "bot", "handover");
        step_close(s, &(struct closing){
                          .reason = settings->silence.reason,
                          .end_reason = "silent",
                      });
    }
}

/* --- fragments -------------------------------------------------------------------- */

void
step_gather(struct step *s, const struct question *q, struct str fragment)
{
    struct buf all = { .arena = s->arena };
    struct run *run = s->run;

    buf_add(&all, run->ask.gathered);
    if (all.len > 0 && fragment.len > 0)
        buf_char(&all, '\n');
    buf_add(&all, fragment);
    step_quiet(s);
    run->ask.gathered = fold_first_units(buf_str(&all), FOLD_CLEAN_MAX);
    run->ask.gather_token = step_timer(s, "gather", s->now_us + q->gather_s * US_PER_S);
    step_rest(s, RUN_ASKING);
}

static void
end_gathering(struct step *s)
{
    struct said said = { .form = FORM_TEXT, .text = s->run->ask.gathered };
    struct question q;
    struct match match;

    s->run->ask.gather_token = 0;
    s->run->ask.gathered = (struct str){ 0 };
    if (!step_question(s, &q))
        return;
    match = step_match_exact(s, &q, &said);
    match.reply.text = said.text;
    if (match.fit == FIT_ONE)
        step_answered(s, &match.reply);
    else
        step_spend(s, step_invalid_text(s, &q, &said, &match));
}

/* --- waits and deadlines ----------------------------------------------------------- */

static void
end_wait(struct step *s)
{
    const struct flow_card *card = step_card(s);

    s->run->wait.token = 0;
    s->run->is_confirming_opt_out = false;
    step_quiet(s);
    if (card->kind->waited != NULL)
        card->kind->waited(s, /* by_message= */ false);
    else
        step_leave(s, "next");
}

static void
end_patience(struct step *s)
{
    struct call_result result = {
        .call = s->run->call.id,
        .outcome = s->run->call.is_safe ? STR("timeout") : STR("unknown_result"),
        .took_ms = s->run->call.deadline_s * 1000,
    };

    s->run->call.token = 0;
    step_called(s, &result);
}

static const struct {
    size_t token;
    void (*end)(struct step *s);
} timers[] = {
    { offsetof(struct run, ask.remind_token), remind },
    { offsetof(struct run, ask.expire_token), expire },
    { offsetof(struct run, ask.gather_token), end_gathering },
    { offsetof(struct run, wait.token), end_wait },
    { offsetof(struct run, call.token), end_patience },
};

static int64_t
token_at(const struct run *run, size_t offset)
{
    int64_t token;

    memcpy(&token, (const char *)run + offset, sizeof(token));
    return token;
}

void
step_take_timer(struct step *s)
{
    for (size_t i = 0; i < sizeof(timers) / sizeof(timers[0]); i++) {
        if (s->input->token <= 0 || token_at(s->run, timers[i].token) != s->input->token)
            continue;
        if (!step_is_ours(s) || step_guards_loop(s))
            return;
        if (s->card < 0 || s->document->cards[s->card].kind == NULL)
            step_fall(s, "unknown_card");
        else
            timers[i].end(s);
        return;
    }
    step_ignore(s, "stale");
}
