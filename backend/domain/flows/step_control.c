/*
 * Who has the ticket: handing it over, having it taken away and given back, and the end of it.
 */
#include "step_private.h"

#include "base/clock.h"

/* What a transfer card says by itself. */
#define MOVING                                                                                     \
    STR("Vou transferir você para {{department.name|default:\"a nossa equipe\"}}. Aguarde um "    \
        "momento, por favor.")
#define MOVING_CLOSED                                                                              \
    STR("Agora estamos fora do horário de atendimento. Voltamos "                                 \
        "{{hours.next_opening|relative}}. Deixei seu pedido na fila.")

/* --- the end ---------------------------------------------------------------------- */

void
step_over(struct step *s, const char *reason)
{
    struct run *run = s->run;
    struct trace_entry *e;

    if (s->next.what != NEXT_UNDECIDED) {
        step_decide(s, NEXT_REST);
        return;
    }
    /* Its visit ended when they took it. */
    if (run->state == RUN_HELD && str_eq(run->held.cause, STR("taken")))
        s->has_left = true;
    step_quiet(s);
    step_emit(s, EFFECT_END)->data =
        step_object(s, (struct pair[]){ { "reason", str_of(reason) }, { 0 } });
    e = step_trace(s, "end");
    e->reason = str_of(reason);
    e->skipped = s->leaving.skipped;
    e->error = s->leaving.error;
    run->ended.reason = str_of(reason);
    run->ended.card = run->at.card;
    run->ended.at_us = s->now_us;
    run->frame_count = 0;
    run->is_confirming_opt_out = false;
    step_rest(s, RUN_ENDED);
}

void
step_close(struct step *s, const struct closing *how)
{
    const char *goodbye = how->says_goodbye ? "house" : "";

    step_emit(s, EFFECT_CLOSE)->data =
        step_object(s, (struct pair[]){ { "reason", how->reason },
                                        { "message", str_of(goodbye) },
                                        { "survey", str_of(how->surveys ? "department" : "") },
                                        { 0 } });
    step_over(s, how->end_reason);
}

/* --- handing over ----------------------------------------------------------------- */

static void
hold(struct step *s, const char *cause)
{
    struct run *run = s->run;
    bool interrupts_wait = run->is_confirming_opt_out && run->wait.token != 0;

    step_quiet(s);
    run->held.cause = str_of(cause);
    run->held.since_us = s->now_us;
    run->held.was = interrupts_wait ? RUN_WAITING : run->state;
    run->is_confirming_opt_out = false;
    step_trace(s, "interrupt")->reason = str_of(cause);
    step_rest(s, RUN_HELD);
}

static void
hand_over(struct step *s, const struct handover *to, const char *end_reason)
{
    bool is_user = to->user.len > 0 && strcmp(to->target, "user") == 0;

    step_emit(s, EFFECT_TRANSFER)->data =
        step_object(s, (struct pair[]){ { "target", str_of(to->target) },
                                        { "id", is_user ? to->user : to->department },
                                        { "department", to->department },
                                        { "priority", to->priority },
                                        { "note", to->note },
                                        { "out_of_hours", .is_true = to->is_out_of_hours },
                                        { 0 } });
    if (to->holds && step_leads(s, "served"))
        hold(s, "transferred");
    else
        step_over(s, end_reason);
}

void
step_hand_over(struct step *s, const struct handover *to)
{
    hand_over(s, to, "transferred");
}

struct str
step_fallback_department(const struct step *s)
{
    const struct flow_document *flows[] = { s->document, step_root(s) };

    for (size_t i = 0; i < sizeof(flows) / sizeof(flows[0]); i++)
        if (flows[i] != NULL && flows[i]->settings.fallback.department.len > 0)
            return flows[i]->settings.fallback.department;
    return s->document == NULL ? (struct str){ 0 } : s->document->settings.human.department;
}

void
step_transfer_silently(struct step *s, const char *end_reason)
{
    hand_over(s,
              &(struct handover){
                  .target = "department",
                  .department = step_fallback_department(s),
              },
              end_reason);
}

void
step_fall_back(struct step *s)
{
    struct str flow = step_settings(s)->fallback.flow;

    if (flow.len > 0)
        step_jump(s, flow, "exhausted");
    else
        step_transfer_silently(s, "transferred");
}

/* As a transfer card with its own words would. */
void
step_human(struct step *s)
{
    struct str ref = step_settings(s)->human.department;
    const struct fact_department *department;
    bool is_closed;

    if (ref.len == 0)
        ref = step_fallback_department(s);
    department = facts_department(s->facts, ref);
    is_closed =
        department != NULL && (!department->hours.is_inside || department->hours.is_holiday);
    step_quiet(s);
    s->run->frame_count = 0;
    step_mean(
        s, "department.name",
        (struct variable_value){ VARIABLE_TEXT, department == NULL ? STR("") : department->name });
    if (is_closed)
        step_mean_hours(s, ref);
    if (step_window_is_open(s))
        step_say_as(s, step_render_text(s, is_closed ? MOVING_CLOSED : MOVING), "bot", "handover");
    step_trace_leave(s, STR("human"));
    hand_over(s,
              &(struct handover){
                  .target = "department",
                  .department = ref,
                  .is_out_of_hours = is_closed,
              },
              "transferred");
}

/* --- taken and given back ---------------------------------------------------------- */

void
step_take_taken(struct step *s)
{
    if (s->run->state == RUN_ENDED || s->run->state == RUN_HELD)
        step_ignore(s, "not_ours");
    else
        hold(s, "taken");
}

static void
resume_wait(struct step *s)
{
    struct run *run = s->run;

    if (s->now_us < run->wait.until_us) {
        run->wait.token = step_timer(s, "wait", run->wait.until_us);
        step_rest(s, RUN_WAITING);
    } else if (step_card(s)->kind->waited != NULL) {
        step_card(s)->kind->waited(s, /* by_message= */ false);
    } else {
        step_leave(s, "next");
    }
}

static void
resume_question(struct step *s)
{
    s->run->ask.attempts = s->run->ask.ambiguous = s->run->ask.stale = 0;
    s->run->ask.reminders = 0;
    step_ask_again(s, (struct content){ 0 }, NULL);
}

static void
restart(struct step *s)
{
    step_begin_root(s, "start");
}

static void (*const resumes[])(struct step *) = {
    [RUN_RUNNING] = restart,
    [RUN_ASKING] = resume_question,
    [RUN_WAITING] = resume_wait,
    [RUN_CALLING] = step_resume_call,
};

static void
resume(struct step *s)
{
    enum run_state was = s->run->held.was;
    bool knows = s->card >= 0 && s->document->cards[s->card].kind != NULL;

    s->run->state = was;
    if (was == RUN_RUNNING) {
        restart(s);
    } else if (!knows) {
        step_fall(s, "unknown_card");
    } else {
        step_trace(s, "resume")->reason = s->run->held.cause;
        resumes[was](s);
    }
}

/* A run that handed its ticket over has nothing to go on with. */
void
step_take_returned(struct step *s)
{
    struct run *run = s->run;
    bool was_transferred = str_eq(run->held.cause, STR("transferred"));

    /* Taken again since: whoever has it now returns it. */
    if (run->state != RUN_HELD || !s->facts->bot_controls ||
        (s->input->epoch != 0 && s->input->epoch != s->facts->epoch)) {
        step_ignore(s, "not_ours");
        return;
    }
    run->epoch = s->facts->epoch;
    if (s->facts->is_opted_out) {
        step_over(s, "opted_out");
    } else if (str_eq(s->input->mode, STR("flow"))) {
        step_over(s, "replaced");
    } else if (str_eq(s->input->mode, STR("restart")) || was_transferred) {
        run->state = RUN_RUNNING;
        step_trace(s, "resume")->reason = run->held.cause;
        step_trace_leave(s, STR("restart"));
        restart(s);
    } else {
        resume(s);
    }
}

void
step_take_closed(struct step *s)
{
    struct run *run = s->run;
    bool was_transferred = run->state == RUN_HELD && str_eq(run->held.cause, STR("transferred"));

    if (run->state == RUN_ENDED) {
        step_ignore(s, "not_ours");
        return;
    }
    if (was_transferred && s->input->was_served && s->facts->bot_controls &&
        !s->facts->is_opted_out && step_leads(s, "served")) {
        run->epoch = s->facts->epoch;
        run->state = RUN_RUNNING;
        step_leave(s, "served");
        return;
    }
    step_over(s, was_transferred ? "transferred" : "closed_by_agent");
}

void
step_take_hangup(struct step *s)
{
    if (s->run->state == RUN_ENDED)
        step_ignore(s, "not_ours");
    else
        step_over(s, "hangup");
}

/* --- commands --------------------------------------------------------------------- */

static void
ask_for_person(struct step *s)
{
    if (!step_is_ours(s))
        return;
    if (s->run->state == RUN_CALLING) {
        s->run->call.human_after = true;
        step_ignore(s, "calling");
    } else if (s->run->state == RUN_RUNNING) {
        step_ignore(s, "not_begun");
    } else {
        s->run->is_confirming_opt_out = false;
        step_human(s);
    }
}

static void
ask_for_menu(struct step *s)
{
    if (!step_is_ours(s))
        return;
    if (s->run->state == RUN_CALLING || s->run->state == RUN_RUNNING) {
        step_ignore(s, "calling");
        return;
    }
    s->run->is_confirming_opt_out = false;
    step_menu(s);
}

/* Whoever runs it could not tell it something: it does not know any more what happened. */
static void
let_fall(struct step *s)
{
    if (step_is_ours(s))
        step_fall(s, "host");
}

static const struct {
    const char *name;
    void (*take)(struct step *s);
} commands[] = {
    { "block", step_block },  { "unblock", step_unblock }, { "human", ask_for_person },
    { "menu", ask_for_menu }, { "fail", let_fall },
};

void
step_take_command(struct step *s)
{
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (str_eq(s->input->name, str_of(commands[i].name))) {
            commands[i].take(s);
            return;
        }
    step_ignore(s, "unknown");
}

/* A message that will never arrive. */
void
step_take_failure(struct step *s)
{
    if (!step_is_ours(s))
        return;
    if (str_eq(s->input->code, STR("window")))
        s->next.what = NEXT_WINDOW;
    else if (str_eq(s->input->code, STR("unreachable")))
        step_close(s, &(struct closing){ .end_reason = "unreachable" });
    else
        step_ignore(s, "send_failed");
}
