/*
 * Reading and playing a recorded conversation.
 */
#include "recording_private.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* --- reading ---------------------------------------------------------------------------- */

/* What a step can be, and the kind of JSON that says it. */
static const struct {
    const char *name;
    enum json_kind kind, or_kind;
} step_kinds[] = {
    { "in", JSON_OBJECT, JSON_OBJECT },        { "out", JSON_ARRAY, JSON_ARRAY },
    { "advance_s", JSON_NUMBER, JSON_NUMBER }, { "agent", JSON_OBJECT, JSON_TEXT },
    { "fact", JSON_OBJECT, JSON_OBJECT },      { "check", JSON_OBJECT, JSON_OBJECT },
};

static void
count_member(struct str key, const struct json *v, void *arg)
{
    int *members = arg;

    (void)key;
    (void)v;
    ++*members;
}

static bool
is_step(const struct json *step)
{
    int members = 0;

    json_each(step, count_member, &members);
    for (size_t i = 0; i < COUNT(step_kinds); i++) {
        enum json_kind kind = json_kind(json_get(step, step_kinds[i].name));

        if (members == 1 && (kind == step_kinds[i].kind || kind == step_kinds[i].or_kind))
            return true;
    }
    return false;
}

static struct err
read_steps(struct arena *a, const struct json *steps)
{
    for (size_t i = 0; i < json_len(steps); i++)
        if (!is_step(json_at(steps, i)))
            return FAIL_FIELD(ERR_INVALID, "test_step", str_cstr(a, str_fmt(a, "steps[%zu]", i)));
    return json_len(steps) > 0 ? OK : FAIL_FIELD(ERR_INVALID, "required", "steps");
}

struct err
recording_read(struct arena *a, const struct json *json, struct recording *out)
{
    struct given given = { .arena = a };
    int64_t version = 0;

    *out = (struct recording){
        .id = json_get_text(json, "id"),
        .name = json_get_text(json, "name"),
        .flow = json_get_text(json, "flow"),
        .compares_texts = !str_eq(json_get_text(json, "level"), STR("path")),
        .stubs = json_get(json, "stubs"),
        .steps = json_get(json, "steps"),
    };
    if (!str_eq(json_get_text(json, "format"), STR("balcao-flow-test")) ||
        !json_i64(json_get(json, "format_version"), &version) || version != 1)
        return FAIL(ERR_INVALID, "test_format");
    if (out->id.len == 0 || out->flow.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", out->id.len == 0 ? "id" : "flow");
    out->facts = (struct facts){ .bot_controls = true, .epoch = 1 };
    given.facts = &out->facts;
    TRY(given_read(&given, json_get(json, "given")));
    if (given.now_us == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "now");
    out->now_us = given.now_us;
    out->is_strict = given.is_strict;
    out->variables = given.variables;
    out->variable_count = given.variable_count;
    return read_steps(a, out->steps);
}

/* --- what other systems say --------------------------------------------------------------- */

static bool
fits(struct arena *a, const struct json *stub, const struct simulated_call *call)
{
    const struct json *where = json_get(stub, "where");
    struct str action = json_get_text(stub, "action");

    if (!str_eq(json_get_text(stub, "kind"), call->kind) ||
        (action.len > 0 && !str_eq(action, call->action)))
        return false;
    for (size_t i = 0; i < json_len(where); i++) {
        const struct json *condition = json_at(where, i);
        const struct json *there =
            json_pointer(a, call->request, json_get_text(condition, "pointer"));

        if (there == NULL ||
            !str_eq(json_print(a, there), json_print(a, json_get(condition, "equals"))))
            return false;
    }
    return true;
}

/* The first in the file that fits and is not used up. */
static bool
stubbed(void *arg, const struct simulated_call *call, struct call_result *out, int64_t *after_s)
{
    struct play *play = arg;
    const struct json *stubs = play->recording->stubs;

    for (size_t i = 0; i < json_len(stubs); i++) {
        const struct json *stub = json_at(stubs, i);
        int64_t times = INT64_MAX;

        json_i64(json_get(stub, "times"), &times);
        if (play->stubs_used[i] >= times || !fits(play->simulation.arena, stub, call))
            continue;
        play->stubs_used[i]++;
        out->outcome = json_get_text(stub, "outcome");
        if (out->outcome.len == 0)
            out->outcome = STR("ok");
        out->data = json_get(stub, "data");
        json_i64(json_get(stub, "after_s"), after_s);
        return true;
    }
    return false;
}

/* --- playing ------------------------------------------------------------------------------ */

static bool
play_in(struct play *play, const struct json *in)
{
    struct simulation *s = &play->simulation;
    struct str option = json_get_text(in, "option");
    struct input input;
    struct err failed = input_read(s->arena, in, &input);

    if (failed.code != ERR_NONE)
        return play_differs(play, STR(""), STR("in"), str_of(failed.slug));
    if (option.len > 0)
        input = simulate_tap(s, option);
    input.token = input.kind == INPUT_DIGITS ? s->run->ask.token : input.token;
    if (s->run->state == RUN_RUNNING && s->inputs == 0 && input.kind != INPUT_START)
        input = (struct input){ .kind = INPUT_START, .first_text = input.said.text };
    play->said_from = s->effect_count;
    simulate_input(s, input);
    return true;
}

static bool
play_advance(struct play *play, const struct json *seconds)
{
    int64_t s = 0;

    json_i64(seconds, &s);
    play->said_from = play->simulation.effect_count;
    simulate_wait(&play->simulation, s);
    return true;
}

/* "taken", "returned", "closed"; the last two also say how. */
static bool
play_agent(struct play *play, const struct json *agent)
{
    struct simulation *s = &play->simulation;
    struct str word = json_text(agent), mode = json_get_text(agent, "returned");

    play->said_from = s->effect_count;
    if (str_eq(word, STR("taken")))
        simulate_taken(s);
    else if (str_eq(word, STR("returned")) || mode.len > 0)
        simulate_returned(s, mode.len > 0 ? mode : STR("resume"), json_get_text(agent, "flow"));
    else if (str_eq(word, STR("closed")) || json_get(agent, "closed") != NULL)
        simulate_closed(s, str_eq(json_get_text(agent, "closed"), STR("served")));
    else
        return play_differs(play, STR(""), STR("taken, returned, closed"), word);
    return true;
}

static bool
play_fact(struct play *play, const struct json *patch)
{
    struct simulation *s = &play->simulation;
    struct given given = { .arena = s->arena, .facts = s->facts, .now_us = s->now_us };
    struct err failed = given_read(&given, patch);

    return failed.code == ERR_NONE || play_differs(play, STR(""), STR("fact"), str_of(failed.slug));
}

static const struct {
    const char *name;
    bool (*play)(struct play *play, const struct json *step);
} players[] = {
    { "in", play_in },       { "out", play_out },   { "advance_s", play_advance },
    { "agent", play_agent }, { "fact", play_fact }, { "check", play_check },
};

bool
play_differs(struct play *play, struct str card, struct str expected, struct str got)
{
    play->result.has_passed = false;
    play->result.card = card.len > 0 ? card : play->simulation.run->at.card;
    play->result.expected = expected;
    play->result.got = got;
    return false;
}

static bool
play_step(struct play *play, const struct json *step)
{
    const struct simulated_call **unanswered = &play->simulation.unanswered;

    for (size_t i = 0; i < COUNT(players); i++)
        if (json_get(step, players[i].name) != NULL &&
            !players[i].play(play, json_get(step, players[i].name)))
            return false;
    if (*unanswered == NULL)
        return true;
    return play_differs(play, STR(""),
                        str_fmt(play->simulation.arena, "%.*s %.*s", STR_ARG((*unanswered)->kind),
                                STR_ARG((*unanswered)->action)),
                        STR("chamada sem resposta gravada"));
}

/* Given variables stand before those that the flow declares. */
static void
give_variables(struct run *run, const struct recording *recording, struct arena *a)
{
    run->variables = arena_array(a, struct run_variable, recording->variable_count + 1);
    run->variable_count = recording->variable_count;
    for (size_t i = 0; i < recording->variable_count; i++)
        run->variables[i] = recording->variables[i];
}

struct recording_result
recording_play(struct arena *a, const struct recording *recording, struct flow_set flows,
               struct coverage *coverage)
{
    struct play play = { .recording = recording, .result = { .has_passed = true } };

    simulate_begin(&play.simulation, a, flows, recording->flow, &recording->facts,
                   recording->now_us);
    play.simulation.answer = stubbed;
    play.simulation.answer_arg = &play;
    play.stubs_used = arena_array(a, int64_t, json_len(recording->stubs) + 1);
    give_variables(play.simulation.run, recording, a);
    if (flow_set_find(flows, recording->flow) == NULL) {
        play.result.step = 1;
        play_differs(&play, STR(""), recording->flow, STR(""));
        return play.result;
    }
    for (size_t i = 0; i < json_len(recording->steps) && play.result.has_passed; i++) {
        play.result.step = (int)i + 1;
        play_step(&play, json_at(recording->steps, i));
    }
    if (coverage != NULL)
        coverage_add(coverage, &play.simulation);
    return play.result;
}
