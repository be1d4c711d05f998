/*
 * What effects do where there is no house to do them: timers and answers fall due later, and the rest changes what is
 * known. Messages, notes and notices change nothing that a flow could see.
 */
#include "simulate_private.h"

#include "base/clock.h"

static void
add_event(struct simulation *s, struct simulated_event event)
{
    s->events =
        simulate_grown(s->arena, s->events, s->event_count, &s->event_room, sizeof(*s->events));
    event.order = s->events_made++;
    s->events[s->event_count++] = event;
}

static struct str
effect_id(const struct simulation *s, const struct effect *e)
{
    return str_fmt(s->arena, "%lld.%lld.%d", (long long)s->run->id, (long long)e->seq, e->n);
}

static void
do_timer(struct simulation *s, const struct effect *e, const struct json *data)
{
    (void)data;
    add_event(s, (struct simulated_event){
                     .at_us = e->at_us, .token = e->token, .which = str_of(e->which) });
}

static void
do_timer_clear(struct simulation *s, const struct effect *e, const struct json *data)
{
    size_t kept = 0;

    (void)data;
    for (size_t i = 0; i < s->event_count; i++)
        if (s->events[i].is_answer || s->events[i].token != e->token)
            s->events[kept++] = s->events[i];
    s->event_count = kept;
}

static void
do_call(struct simulation *s, const struct effect *e, const struct json *data)
{
    struct simulated_call *call = arena_new_of(s->arena, struct simulated_call);
    struct simulated_event event = { .is_answer = true };
    int64_t after_s = 0;

    *call = (struct simulated_call){
        .id = effect_id(s, e),
        .kind = json_get_text(data, "kind"),
        .action = json_get_text(data, "action"),
        .request = json_get(data, "request"),
    };
    if (s->answer == NULL || !s->answer(s->answer_arg, call, &event.result, &after_s)) {
        s->unanswered = call;
        return;
    }
    event.result.call = call->id;
    event.result.took_ms = after_s * 1000;
    event.at_us = s->now_us + after_s * US_PER_S;
    add_event(s, event);
}

static void
do_var(struct simulation *s, const struct effect *e, const struct json *data)
{
    struct str name = json_get_text(data, "name"), type = json_get_text(data, "type");
    struct variable_value value = { .text = json_get_text(data, "value") };

    (void)e;
    for (int i = 0; i < VARIABLE__COUNT; i++)
        if (str_eq(type, str_of(variable_type_names[i])))
            value.type = (enum variable_type)i;
    if (!str_starts(name, STR("flow.")))
        facts_set(s->arena, s->facts, name, value);
}

static void
do_tag(struct simulation *s, const struct effect *e, const struct json *data)
{
    const struct json *tags = json_get(data, "tags");
    bool has = !str_eq(json_get_text(data, "op"), STR("remove"));

    (void)e;
    for (int level = 0; level < TAGS__COUNT; level++)
        if (str_eq(json_get_text(data, "level"), str_of(fact_tag_level_names[level])))
            for (size_t i = 0; i < json_len(tags); i++)
                facts_tag(s->arena, s->facts, (enum fact_tag_level)level,
                          json_text(json_at(tags, i)), has);
}

static void
do_consent(struct simulation *s, const struct effect *e, const struct json *data)
{
    (void)e;
    s->facts->is_opted_out = str_eq(json_get_text(data, "state"), STR("opted_out"));
    if (!s->facts->is_opted_out) {
        s->facts->consent.at_us = s->now_us;
        s->facts->consent.wording_hash = json_get_text(data, "wording_hash");
    }
}

static void
hear_of(struct simulation *s, const struct json *one)
{
    struct str kind = json_get_text(one, "kind");

    if (json_get_text(one, "id").len == 0)
        return;
    s->told = simulate_grown(s->arena, s->told, s->told_count, &s->told_room, sizeof(*s->told));
    s->told[s->told_count++] = (struct fact_registration){
        .id = json_get_text(one, "id"),
        .name = json_get_text(one, "name"),
        .document = json_get_text(one, "document"),
        .kind = kind.len > 0 ? kind : STR("customer"),
        .is_company = str_eq(json_get_text(one, "doc_type"), STR("cnpj")),
    };
}

void
simulate_hear(struct simulation *s, const struct json *data)
{
    const struct json *list = json_get(data, "customers");

    for (size_t i = 0; i < json_len(list); i++)
        hear_of(s, json_at(list, i));
    hear_of(s, json_get(data, "customer"));
}

static bool
is_registered(const struct facts *facts, struct str id)
{
    for (size_t i = 0; i < facts->registration_count; i++)
        if (str_eq(facts->registrations[i].id, id))
            return true;
    return false;
}

static void
add_registration(struct simulation *s, struct fact_registration one)
{
    size_t n = s->facts->registration_count;
    struct fact_registration *list = arena_array(s->arena, struct fact_registration, n + 1);

    for (size_t i = 0; i < n; i++)
        list[i] = s->facts->registrations[i];
    list[n] = one;
    s->facts->registrations = list;
    s->facts->registration_count = n + 1;
}

static void
do_link(struct simulation *s, const struct effect *e, const struct json *data)
{
    struct str id = json_get_text(data, "customer");

    (void)e;
    s->facts->customer = id;
    for (size_t i = s->told_count; i-- > 0 && !is_registered(s->facts, id);)
        if (str_eq(s->told[i].id, id))
            add_registration(s, s->told[i]);
}

static void
do_describe(struct simulation *s, const struct effect *e, const struct json *data)
{
    (void)e;
    facts_set(s->arena, s->facts, STR("ticket.description"),
              (struct variable_value){ VARIABLE_TEXT, json_get_text(data, "text") });
}

static void
do_classify(struct simulation *s, const struct effect *e, const struct json *data)
{
    struct str branch = json_get_text(data, "branch");

    (void)e;
    if (str_starts(branch, STR("branch:")))
        s->facts->branch = branch;
}

/* The queue has it. */
static void
do_transfer(struct simulation *s, const struct effect *e, const struct json *data)
{
    (void)e;
    (void)data;
    s->facts->bot_controls = false;
    s->facts->epoch++;
}

static void (*const doers[EFFECT__COUNT])(struct simulation *, const struct effect *,
                                          const struct json *) = {
    [EFFECT_TIMER] = do_timer,       [EFFECT_TIMER_CLEAR] = do_timer_clear, [EFFECT_VAR] = do_var,
    [EFFECT_TAG] = do_tag,           [EFFECT_CONSENT] = do_consent,         [EFFECT_LINK] = do_link,
    [EFFECT_DESCRIBE] = do_describe, [EFFECT_CLASSIFY] = do_classify,       [EFFECT_CALL] = do_call,
    [EFFECT_TRANSFER] = do_transfer,
};

void
simulate_do(struct simulation *s, const struct effect *e)
{
    const struct json *data = NULL;

    if (e->data.len > 0 && json_parse(s->arena, e->data, &data).code != ERR_NONE)
        BUG("what=effect_is_not_json kind=%s", effect_kind_names[e->kind]);
    if (doers[e->kind] != NULL)
        doers[e->kind](s, e, data);
}
