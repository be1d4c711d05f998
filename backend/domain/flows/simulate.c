#include "simulate_private.h"

#include "base/clock.h"
#include "step_private.h"

void *
simulate_grown(struct arena *a, void *list, size_t n, size_t *room, size_t size)
{
    enum { FIRST_ROOM = 16 };

    if (n == *room) {
        size_t wanted = *room == 0 ? FIRST_ROOM : *room * 2;

        list = arena_grow(a, list, *room * size, wanted * size);
        *room = wanted;
    }
    return list;
}

static void
remember(struct simulation *s, const struct step_out *out)
{
    for (size_t i = 0; i < out->trace_count; i++) {
        s->trace =
            simulate_grown(s->arena, s->trace, s->trace_count, &s->trace_room, sizeof(*s->trace));
        s->trace[s->trace_count++] = out->trace[i];
    }
    for (size_t i = 0; i < out->effect_count; i++) {
        s->effects = simulate_grown(s->arena, s->effects, s->effect_count, &s->effect_room,
                                    sizeof(*s->effects));
        s->effects[s->effect_count++] = out->effects[i];
    }
}

/* --- steps and time ------------------------------------------------------------------- */

static void
step(struct simulation *s, struct input input)
{
    struct step_out out;

    s->inputs++;
    if (input.id.len == 0)
        input.id = str_fmt(s->arena, "msg:%lld", (long long)s->inputs);
    input.at_us = s->now_us;
    input.message_id = s->inputs;
    flow_step(s->arena, s->flows, s->run, s->facts, &input, s->now_us, &out);
    s->run = out.run;
    remember(s, &out);
    for (size_t i = 0; i < out.effect_count && s->unanswered == NULL; i++)
        simulate_do(s, out.effects + i);
}

static bool
comes_before(const struct simulated_event *a, const struct simulated_event *b)
{
    return a->at_us < b->at_us || (a->at_us == b->at_us && a->order < b->order);
}

/* The next thing that happens by itself; -1: none up to then. */
static ptrdiff_t
next_event(const struct simulation *s, int64_t until_us)
{
    ptrdiff_t found = -1;

    for (size_t i = 0; i < s->event_count; i++) {
        const struct simulated_event *e = s->events + i;

        if (e->at_us <= until_us && (found < 0 || comes_before(e, s->events + found)))
            found = (ptrdiff_t)i;
    }
    return found;
}

static void
happen(struct simulation *s, ptrdiff_t at)
{
    struct simulated_event e = s->events[at];
    struct input input = { .kind = e.is_answer ? INPUT_CALL_RESULT : INPUT_TIMER };

    for (size_t i = (size_t)at + 1; i < s->event_count; i++)
        s->events[i - 1] = s->events[i];
    s->event_count--;
    s->now_us = e.at_us > s->now_us ? e.at_us : s->now_us;
    if (e.is_answer) {
        input.id = str_fmt(s->arena, "call:%.*s", STR_ARG(e.result.call));
        input.result = e.result;
        simulate_hear(s, e.result.data);
    } else {
        input.id = str_fmt(s->arena, "timer:%lld", (long long)e.token);
        input.token = e.token;
        input.which = e.which;
    }
    step(s, input);
}

static bool
awaits_answer(const struct simulation *s)
{
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].is_answer)
            return true;
    return false;
}

static void
settle(struct simulation *s)
{
    while (s->unanswered == NULL && awaits_answer(s))
        happen(s, next_event(s, INT64_MAX));
}

void
simulate_input(struct simulation *s, struct input input)
{
    if (s->unanswered != NULL)
        return;
    step(s, input);
    settle(s);
}

void
simulate_wait(struct simulation *s, int64_t seconds)
{
    int64_t until_us = s->now_us + seconds * US_PER_S;
    ptrdiff_t at;

    while (s->unanswered == NULL && (at = next_event(s, until_us)) >= 0)
        happen(s, at);
    if (s->unanswered == NULL)
        s->now_us = until_us > s->now_us ? until_us : s->now_us;
}

/* --- the beginning, and others ---------------------------------------------------------- */

void
simulate_begin(struct simulation *s, struct arena *a, struct flow_set flows, struct str root,
               const struct facts *facts, int64_t now_us)
{
    *s = (struct simulation){
        .arena = a,
        .flows = flows,
        .run = arena_new_of(a, struct run),
        .facts = facts_copy(a, facts),
        .now_us = now_us,
    };
    s->facts->bot_controls = true;
    s->run->id = 1;
    s->run->epoch = s->facts->epoch;
    s->run->cause = STR("inbound");
    s->run->root = root;
}

/* The last ask that was shown: what the customer sees and can tap. */
static const struct effect *
shown_ask(const struct simulation *s)
{
    for (size_t i = s->effect_count; i-- > 0;)
        if (s->effects[i].kind == EFFECT_ASK)
            return s->effects + i;
    return NULL;
}

struct input
simulate_tap(const struct simulation *s, struct str option)
{
    struct input input = { .kind = INPUT_REPLY, .said.text = option };
    const struct effect *ask = shown_ask(s);

    for (size_t i = 0; ask != NULL && i < ask->option_count; i++)
        if (str_eq(ask->options[i].id, option)) {
            input.said.text = ask->options[i].label;
            input.payload = step_tap(s->arena, s->run->id, ask->token, option);
        }
    return input;
}

void
simulate_taken(struct simulation *s)
{
    s->facts->bot_controls = false;
    s->facts->epoch++;
    simulate_input(s, (struct input){ .kind = INPUT_TAKEN,
                                      .how = STR("app"),
                                      .by = STR("user"),
                                      .epoch = s->facts->epoch });
}

void
simulate_returned(struct simulation *s, struct str mode, struct str flow)
{
    s->facts->bot_controls = true;
    s->facts->epoch++;
    simulate_input(
        s, (struct input){
               .kind = INPUT_RETURNED, .mode = mode, .flow = flow, .epoch = s->facts->epoch });
}

void
simulate_closed(struct simulation *s, bool was_served)
{
    s->facts->was_served = s->facts->was_served || was_served;
    s->facts->bot_controls = true; /* for what is asked afterwards */
    s->facts->epoch++;
    simulate_input(s, (struct input){ .kind = INPUT_TICKET_CLOSED,
                                      .was_served = was_served,
                                      .epoch = s->facts->epoch });
}

/* --- looking ------------------------------------------------------------------------------- */

int64_t
simulate_next(const struct simulation *s)
{
    ptrdiff_t at = s->unanswered == NULL ? next_event(s, INT64_MAX) : -1;

    return at < 0 ? 0 : s->events[at].at_us;
}

/* As a step would begin, but for an input. */
static struct step
peek(const struct simulation *s)
{
    struct step step = {
        .arena = s->arena,
        .flows = s->flows,
        .run_before = s->run,
        .facts_before = s->facts,
        .run = s->run,
        .facts = s->facts,
        .now_us = s->now_us,
        .card = -1,
    };

    step_stand(&step);
    return step;
}

struct variable_value
simulate_value(const struct simulation *s, struct str name)
{
    struct step step = peek(s);
    struct variable_value value;

    step_value(&step, name, &value);
    return value;
}

struct str
simulate_text(const struct simulation *s, struct str with_variables)
{
    struct step step = peek(s);

    return step_render_text(&step, with_variables).text;
}
