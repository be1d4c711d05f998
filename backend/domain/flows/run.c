#include "run.h"

#include "members.h"

#define AT(member) offsetof(struct run, member)

const char *const run_state_names[] = {
    [RUN_RUNNING] = "running", [RUN_ASKING] = "asking", [RUN_WAITING] = "waiting",
    [RUN_CALLING] = "calling", [RUN_HELD] = "held",     [RUN_ENDED] = "ended",
};

/* --- as JSON: one table for both ways --------------------------------------------- */

static const struct member members[] = {
    { "id", MEMBER_WHOLE, AT(id) },
    { "epoch", MEMBER_WHOLE, AT(epoch) },
    { "cause", MEMBER_TEXT, AT(cause) },
    { "root", MEMBER_TEXT, AT(root) },
    { "state", MEMBER_WORD, AT(state), run_state_names, RUN_ENDED + 1 },
    { "seq", MEMBER_WHOLE, AT(seq) },
    { "steps", MEMBER_WHOLE, AT(steps) },
    { "tokens", MEMBER_WHOLE, AT(tokens) },
    { "phase", MEMBER_INT, AT(phase) },
    { "scratch", MEMBER_TEXT, AT(scratch) },
    { "visits", MEMBER_INT, AT(visits) },
    { "alone", MEMBER_INT, AT(alone) },
    { "is_confirming_opt_out", MEMBER_FLAG, AT(is_confirming_opt_out) },
    { "first_text", MEMBER_TEXT, AT(first_text) },
    { "last_text", MEMBER_TEXT, AT(last_text) },
    { "last_kind", MEMBER_TEXT, AT(last_kind) },
    { "is_authenticated", MEMBER_FLAG, AT(is_authenticated) },
    { "hours", MEMBER_TEXT, AT(hours) },
    { 0 },
};
static const struct member at_members[] = {
    { "flow", MEMBER_TEXT, AT(at.flow) },
    { "card", MEMBER_TEXT, AT(at.card) },
    { 0 },
};
static const struct member ask_members[] = {
    { "token", MEMBER_WHOLE, AT(ask.token) },
    { "first_token", MEMBER_WHOLE, AT(ask.first_token) },
    { "remind_token", MEMBER_WHOLE, AT(ask.remind_token) },
    { "expire_token", MEMBER_WHOLE, AT(ask.expire_token) },
    { "gather_token", MEMBER_WHOLE, AT(ask.gather_token) },
    { "attempts", MEMBER_INT, AT(ask.attempts) },
    { "ambiguous", MEMBER_INT, AT(ask.ambiguous) },
    { "stale", MEMBER_INT, AT(ask.stale) },
    { "reminders", MEMBER_INT, AT(ask.reminders) },
    { "asked_at_us", MEMBER_WHOLE, AT(ask.asked_at_us) },
    { "is_sensitive", MEMBER_FLAG, AT(ask.is_sensitive) },
    { "gathered", MEMBER_TEXT, AT(ask.gathered) },
    { 0 },
};
static const struct member wait_members[] = {
    { "token", MEMBER_WHOLE, AT(wait.token) },
    { "until_us", MEMBER_WHOLE, AT(wait.until_us) },
    { "breaks_on_message", MEMBER_FLAG, AT(wait.breaks_on_message) },
    { 0 },
};
static const struct member call_members[] = {
    { "id", MEMBER_TEXT, AT(call.id) },
    { "kind", MEMBER_TEXT, AT(call.kind) },
    { "action", MEMBER_TEXT, AT(call.action) },
    { "token", MEMBER_WHOLE, AT(call.token) },
    { "is_safe", MEMBER_FLAG, AT(call.is_safe) },
    { "human_after", MEMBER_FLAG, AT(call.human_after) },
    { "request", MEMBER_TEXT, AT(call.request) },
    { "deadline_s", MEMBER_WHOLE, AT(call.deadline_s) },
    { 0 },
};
static const struct member held_members[] = {
    { "cause", MEMBER_TEXT, AT(held.cause) },
    { "since_us", MEMBER_WHOLE, AT(held.since_us) },
    { "was", MEMBER_WORD, AT(held.was), run_state_names, RUN_ENDED + 1 },
    { "result", MEMBER_TEXT, AT(held.result) },
    { "result_at_us", MEMBER_WHOLE, AT(held.result_at_us) },
    { 0 },
};
static const struct member customer_members[] = {
    { "id", MEMBER_TEXT, AT(customer.id) },
    { "proof", MEMBER_TEXT, AT(customer.proof) },
    { "contract", MEMBER_TEXT, AT(customer.contract) },
    { 0 },
};
static const struct member ended_members[] = {
    { "reason", MEMBER_TEXT, AT(ended.reason) },
    { "card", MEMBER_TEXT, AT(ended.card) },
    { "at_us", MEMBER_WHOLE, AT(ended.at_us) },
    { 0 },
};
static const struct section {
    const char *name;
    const struct member *members;
} sections[] = {
    { "at", at_members },       { "ask", ask_members },   { "wait", wait_members },
    { "call", call_members },   { "held", held_members }, { "customer", customer_members },
    { "ended", ended_members }, { NULL, NULL },
};

static const struct member place_members[] = {
    { "flow", MEMBER_TEXT, offsetof(struct run_place, flow) },
    { "card", MEMBER_TEXT, offsetof(struct run_place, card) },
    { 0 },
};
static const struct member answer_members[] = {
    { "card", MEMBER_TEXT, offsetof(struct run_answer, card) },
    { "option", MEMBER_TEXT, offsetof(struct run_answer, option) },
    { "type", MEMBER_WORD, offsetof(struct run_answer, value.type), variable_type_names,
      VARIABLE__COUNT },
    { "value", MEMBER_TEXT, offsetof(struct run_answer, value.text) },
    { "label", MEMBER_TEXT, offsetof(struct run_answer, label) },
    { "at_us", MEMBER_WHOLE, offsetof(struct run_answer, at_us) },
    { 0 },
};
static const struct member variable_members[] = {
    { "name", MEMBER_TEXT, offsetof(struct run_variable, name) },
    { "type", MEMBER_WORD, offsetof(struct run_variable, value.type), variable_type_names,
      VARIABLE__COUNT },
    { "value", MEMBER_TEXT, offsetof(struct run_variable, value.text) },
    { "is_sealed", MEMBER_FLAG, offsetof(struct run_variable, is_sealed) },
    { 0 },
};

static struct err
read_lists(struct arena *a, const struct json *json, struct run *out)
{
    const struct json *ask = json_get(json, "ask");
    struct str *texts;
    size_t n;
    void *list;

    TRY(members_read_list(a, json, "frames", place_members, sizeof(*out->frames), RUN_FRAMES_MAX,
                          &list, &n));
    memcpy(out->frames, list, n * sizeof(*out->frames));
    out->frame_count = (int)n;
    TRY(members_read_list(a, json, "answers", answer_members, sizeof(*out->answers),
                          RUN_ANSWERS_MAX, &list, &out->answer_count));
    out->answers = list;
    TRY(members_read_list(a, json, "variables", variable_members, sizeof(*out->variables),
                          RUN_VARIABLES_MAX, &list, &out->variable_count));
    out->variables = list;
    TRY(members_read_texts(a, ask, "options", RUN_ANSWERS_MAX, &texts, &out->ask.option_count));
    out->ask.options = texts;
    TRY(members_read_texts(a, json, "seen", RUN_SEEN_INPUTS, &texts, &n));
    memcpy(out->seen, texts, n * sizeof(*texts));
    out->seen_at = (int)(n % RUN_SEEN_INPUTS);
    return OK;
}

static struct err
read_run(struct arena *a, const struct json *json, struct run *out)
{
    *out = (struct run){ 0 };
    TRY(members_read(json, members, out));
    for (const struct section *s = sections; s->name != NULL; s++)
        TRY(members_read(json_get(json, s->name), s->members, out));
    TRY(read_lists(a, json, out));
    return out->id > 0 && out->root.len > 0 ? OK : FAIL(ERR_INVALID, "required");
}

struct err
run_read(struct arena *a, const struct json *json, struct run *out)
{
    if (json_kind(json) != JSON_OBJECT || read_run(a, json, out).code != ERR_NONE)
        return FAIL(ERR_INVALID, "run");
    return OK;
}

/* Oldest first, so that reading gives the same ring, turned. */
static void
write_seen(struct json_out *o, const struct run *run)
{
    json_key(o, "seen");
    json_open(o, '[');
    for (int i = 0; i < RUN_SEEN_INPUTS; i++) {
        struct str id = run->seen[(run->seen_at + i) % RUN_SEEN_INPUTS];

        if (id.len > 0)
            json_put_str(o, id);
    }
    json_close(o, ']');
}

void
run_write(struct json_out *o, const struct run *run)
{
    json_open(o, '{');
    members_write(o, members, run);
    for (const struct section *s = sections; s->name != NULL; s++) {
        bool has_options = s->members == ask_members && run->ask.option_count > 0;

        if (members_are_neutral(s->members, run) && !has_options)
            continue;
        json_key(o, s->name);
        json_open(o, '{');
        members_write(o, s->members, run);
        if (has_options)
            members_write_texts(o, "options", run->ask.options, run->ask.option_count);
        json_close(o, '}');
    }
    members_write_list(o, "frames", place_members, sizeof(*run->frames), run->frames,
                       (size_t)run->frame_count);
    members_write_list(o, "answers", answer_members, sizeof(*run->answers), run->answers,
                       run->answer_count);
    members_write_list(o, "variables", variable_members, sizeof(*run->variables), run->variables,
                       run->variable_count);
    write_seen(o, run);
    json_close(o, '}');
}

/* --- looking up ------------------------------------------------------------------- */

struct run_variable *
run_variable(const struct run *run, struct str name)
{
    for (size_t i = 0; i < run->variable_count; i++)
        if (str_eq(run->variables[i].name, name))
            return &run->variables[i];
    return NULL;
}

const struct run_answer *
run_answered(const struct run *run, struct str card)
{
    for (size_t i = run->answer_count; i > 0; i--)
        if (str_eq(run->answers[i - 1].card, card))
            return &run->answers[i - 1];
    return NULL;
}
