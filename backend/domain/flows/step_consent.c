/*
 * Leave to talk: the two commands that work always, and the question before an ordinary word is taken for one of them.
 */
#include "step_private.h"

#include "base/clock.h"

#define BLOCKED                                                                                     \
    STR("Tudo certo: você não receberá mais mensagens da {{company.name}} por este canal. Para " \
        "voltar atrás, envie /desbloquear.")
#define UNBLOCKED STR("Pronto, você voltou a receber nossas mensagens.")
#define CONFIRM STR("Quer mesmo parar de receber mensagens da {{company.name}}?")
#define CONFIRM_US (300 * US_PER_S)

static const struct str yes = STR_INIT("Sim"), no = STR_INIT("Não");

/* The one message that goes out whoever has the ticket and whatever was agreed: it confirms a change of just that. */
static void
receipt(struct step *s, struct str text)
{
    struct effect *e = step_emit(s, EFFECT_SEND);

    e->content = step_render_text(s, text);
    e->purpose = "receipt";
}

static void
consent(struct step *s, const char *state)
{
    struct str message = { 0 };

    if (s->input->message_id > 0)
        message = str_fmt(s->arena, "%lld", (long long)s->input->message_id);
    step_emit(s, EFFECT_CONSENT)->data = step_object(
        s, (struct pair[]){ { "state", str_of(state) }, { "message_id", message }, { 0 } });
}

void
step_block(struct step *s)
{
    if (!s->facts->is_opted_out)
        receipt(s, BLOCKED);
    consent(s, "opted_out");
    s->facts->is_opted_out = true;
    if (s->run->state != RUN_ENDED) {
        step_close(s, &(struct closing){ .end_reason = "opted_out" });
        return;
    }
    step_emit(s, EFFECT_CLOSE)->data = STR("{}");
    step_rest(s, RUN_ENDED);
}

void
step_unblock(struct step *s)
{
    if (!s->facts->is_opted_out) {
        step_ignore(s, "not_blocked");
        return;
    }
    consent(s, "opted_in");
    receipt(s, UNBLOCKED);
    s->facts->is_opted_out = false;
    step_rest(s, s->run->state);
}

bool
step_take_consent(struct step *s, struct str said)
{
    struct str word = str_lower(s->arena, said);

    if (str_eq(word, STR("/bloquear")))
        step_block(s);
    else if (str_eq(word, STR("/desbloquear")))
        step_unblock(s);
    else
        return false;
    return true;
}

/* --- an ordinary word: asked first ------------------------------------------------- */

void
step_confirm_opt_out(struct step *s)
{
    static const struct effect_option options[] = {
        { STR_INIT("yes"), STR_INIT("Sim"), { 0 }, 1 },
        { STR_INIT("no"), STR_INIT("Não"), { 0 }, 2 },
    };
    static const struct str ids[] = { STR_INIT("yes"), STR_INIT("no") };
    struct run *run = s->run;
    int64_t wait = run->state == RUN_WAITING ? run->wait.token : 0;
    struct effect *e;

    run->wait.token = 0; /* goes on meanwhile */
    step_quiet(s);
    run->wait.token = wait;
    step_trace(s, "interrupt")->reason = STR("opt_out");
    e = step_message(s, EFFECT_ASK, step_render_text(s, CONFIRM));
    run->ask.token = ++run->tokens;
    e->token = run->ask.token;
    e->options = options;
    e->option_count = 2;
    run->ask.options = ids;
    run->ask.option_count = 2;
    run->ask.asked_at_us = s->now_us;
    run->ask.gathered = (struct str){ 0 };
    run->ask.expire_token = step_timer(s, "expire", s->now_us + CONFIRM_US);
    run->is_confirming_opt_out = true;
    step_rest(s, RUN_ASKING);
}

void
step_resume_question(struct step *s)
{
    struct run *run = s->run;

    run->is_confirming_opt_out = false;
    step_trace(s, "resume")->reason = STR("opt_out");
    if (run->wait.token != 0) {
        int64_t wait = run->wait.token;

        run->wait.token = 0;
        step_quiet(s);
        run->wait.token = wait;
        step_rest(s, RUN_WAITING);
        return;
    }
    run->ask.first_token = 0; /* a late tap on that "Sim" answers nothing else */
    step_ask_again(s, (struct content){ 0 }, NULL);
}

static enum answer
answer_of(struct step *s)
{
    struct str option;
    int64_t run, token;

    if (s->input->kind == INPUT_REPLY && step_payload(s->input->payload, &run, &token, &option) &&
        run == s->run->id)
        return token == s->run->ask.token && str_eq(option, STR("yes")) ? ANSWER_YES
                                                                        : ANSWER_NEITHER;
    return choice_confirm(s->arena,
                          s->input->kind == INPUT_DIGITS ? s->input->digits : s->input->said.text,
                          yes, no, /* strict= */ true);
}

void
step_decide_opt_out(struct step *s)
{
    const struct flow_settings *settings = step_settings(s);
    enum answer answer = answer_of(s);

    if (answer == ANSWER_YES) {
        step_block(s);
    } else if (answer == ANSWER_NEITHER && settings->human.is_on &&
               step_says_one_of(s, s->input->said.text, settings->human.words)) {
        s->run->is_confirming_opt_out = false;
        step_human(s);
    } else {
        step_resume_question(s);
    }
}
