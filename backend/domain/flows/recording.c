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
    const struct json *advance = json_get(step, "advance_s");
    int64_t seconds = 0;
    int members = 0;

    json_each(step, count_member, &members);
    json_i64(advance, &seconds);
    if (seconds < 0 || seconds > RECORDING_ADVANCE_MAX_S)
        return false;
    for (size_t i = 0; i < COUNT(step_kinds); i++) {
        enum json_kind kind = json_kind(json_get(step, step_kinds[i].name));

        if (members == 1 && (kind == step_kinds[i].kind || kind == step_kinds[i].or_kind))
            return true;
    }
    return false;
}

static struct err
check_steps(struct arena *a, const struct json *steps)
{
    if (json_len(steps) > RECORDING_STEPS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "steps");
    for (size_t i = 0; i < json_len(steps); i++)
        if (!is_step(json_at(steps, i)))
            return FAIL_FIELD(ERR_INVALID, "test_step", str_cstr(a, str_fmt(a, "steps[%zu]", i)));
    return OK;
}

static struct err
check_stubs(struct arena *a, const struct json *stubs)
{
    if (json_len(stubs) > RECORDING_STUBS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "stubs");
    for (size_t i = 0; i < json_len(stubs); i++) {
        const struct json *stub = json_at(stubs, i);
        int64_t after_s = 0;

        json_i64(json_get(stub, "after_s"), &after_s);
        if (json_get_text(stub, "kind").len == 0 || after_s < 0 ||
            after_s > RECORDING_ADVANCE_MAX_S)
            return FAIL_FIELD(ERR_INVALID, "test_stub", str_cstr(a, str_fmt(a, "stubs[%zu]", i)));
    }
    return OK;
}

struct err
recording_make(struct arena *a, struct str flow, const struct json *given, const struct json *stubs,
               const struct json *steps, struct recording *out)
{
    struct given read = { .arena = a };

    *out = (struct recording){
        .flow = flow, .compares_texts = true, .given = given, .stubs = stubs, .steps = steps
    };
    out->facts = (struct facts){ .bot_controls = true, .epoch = 1 };
    read.facts = &out->facts;
    TRY(given_read(&read, given));
    if (read.now_us == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "now");
    out->now_us = read.now_us;
    out->is_strict = read.is_strict;
    out->start = read.card;
    out->variables = read.variables;
    out->variable_count = read.variable_count;
    TRY(check_stubs(a, stubs));
    return check_steps(a, steps);
}

struct err
recording_read(struct arena *a, const struct json *json, struct recording *out)
{
    struct str id = json_get_text(json, "id"), flow = json_get_text(json, "flow");
    int64_t version = 0;

    if (!str_eq(json_get_text(json, "format"), STR("balcao-flow-test")) ||
        !json_i64(json_get(json, "format_version"), &version) || version != 1)
        return FAIL(ERR_INVALID, "test_format");
    if (id.len == 0 || flow.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", id.len == 0 ? "id" : "flow");
    TRY(recording_make(a, flow, json_get(json, "given"), json_get(json, "stubs"),
                       json_get(json, "steps"), out));
    out->id = id;
    out->name = json_get_text(json, "name");
    out->compares_texts = !str_eq(json_get_text(json, "level"), STR("path"));
    return json_len(out->steps) > 0 ? OK : FAIL_FIELD(ERR_INVALID, "required", "steps");
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

bool
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

/* --- the beginning ------------------------------------------------------------------------- */

/* Given variables stand before those that the flow declares. */
static void
give_variables(struct run *run, const struct recording *recording, struct arena *a)
{
    run->variables = arena_array(a, struct run_variable, recording->variable_count + 1);
    run->variable_count = recording->variable_count;
    for (size_t i = 0; i < recording->variable_count; i++)
        run->variables[i] = recording->variables[i];
}

/* The same flows, the one it begins with from another card on. NULL .v: there is no such card. */
static struct flow_set
begun_at(struct arena *a, struct flow_set flows, const struct flow_document *root, struct str card)
{
    const struct flow_document **v = arena_array(a, const struct flow_document *, flows.n);
    struct flow_document *moved = arena_new_of(a, struct flow_document);

    *moved = *root;
    moved->start = document_card(root, card);
    if (moved->start < 0)
        return (struct flow_set){ 0 };
    for (size_t i = 0; i < flows.n; i++)
        v[i] = flows.v[i] == root ? moved : flows.v[i];
    return (struct flow_set){ v, flows.n };
}

bool
play_begin(struct play *play, struct arena *a, const struct recording *recording,
           struct flow_set flows)
{
    const struct flow_document *root = flow_set_find(flows, recording->flow);

    *play = (struct play){ .recording = recording, .result = { .has_passed = true } };
    if (root != NULL && recording->start.len > 0)
        flows = begun_at(a, flows, root, recording->start);
    simulate_begin(&play->simulation, a, flows, recording->flow, &recording->facts,
                   recording->now_us);
    play->simulation.answer = stubbed;
    play->simulation.answer_arg = play;
    play->stubs_used = arena_array(a, int64_t, json_len(recording->stubs) + 1);
    give_variables(play->simulation.run, recording, a);
    if (root != NULL && flows.n > 0)
        return true;
    play->result.step = 1;
    return play_differs(play, recording->start, root == NULL ? recording->flow : recording->start,
                        STR(""));
}

struct recording_result
recording_play(struct arena *a, const struct recording *recording, struct flow_set flows,
               struct coverage *coverage)
{
    struct play play;

    if (!play_begin(&play, a, recording, flows))
        return play.result;
    for (size_t i = 0; i < json_len(recording->steps) && play.result.has_passed; i++) {
        play.result.step = (int)i + 1;
        play_step(&play, json_at(recording->steps, i));
    }
    if (coverage != NULL)
        coverage_add(coverage, &play.simulation);
    return play.result;
}
