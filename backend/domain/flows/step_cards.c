/*
 * What a card may look at and do; most of it is an effect, and the same done to the step's own copy of the facts.
 */
#include "step_private.h"

enum { SEAL_TTL_S = 900 };

/* --- looking ---------------------------------------------------------------------- */

struct arena *
step_arena(struct step *s)
{
    return s->arena;
}

const struct facts *
step_facts(struct step *s)
{
    return s->facts;
}

const struct run *
step_run(struct step *s)
{
    return s->run;
}

int64_t
step_now_us(struct step *s)
{
    return s->now_us;
}

const struct flow_card *
step_card(struct step *s)
{
    return s->document == NULL || s->card < 0 ? NULL : &s->document->cards[s->card];
}

const struct json *
step_setting(struct step *s, const char *name)
{
    const struct flow_card *card = step_card(s);

    return card == NULL ? NULL : json_get(card->settings, name);
}

struct str
step_word(struct step *s, const char *name)
{
    return json_text(step_setting(s, name));
}

int64_t
step_figure(struct step *s, const char *name)
{
    int64_t figure;

    return json_i64(step_setting(s, name), &figure) ? figure : 0;
}

bool
step_flag(struct step *s, const char *name)
{
    return json_is_true(step_setting(s, name));
}

/* --- doing ------------------------------------------------------------------------ */

void
step_tag(struct step *s, enum fact_tag_level level, struct str ref, bool has)
{
    struct effect *e = step_emit(s, EFFECT_TAG);
    struct buf b = { .arena = s->arena };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_kv_str(&o, "op", has ? STR("add") : STR("remove"));
    json_kv_str(&o, "level", str_of(fact_tag_level_names[level]));
    json_key(&o, "tags");
    json_open(&o, '[');
    json_put_str(&o, ref);
    json_close(&o, ']');
    json_close(&o, '}');
    e->data = buf_str(&b);
    facts_tag(s->arena, s->facts, level, ref, has);
}

void
step_keep(struct step *s, int phase, struct str scratch)
{
    s->run->phase = phase;
    s->run->scratch = scratch;
    if (scratch.len > RUN_SCRATCH_MAX)
        step_fall(s, "scratch");
}

/* Known from here on, without waiting for the host to read it again. */
static void
know_registration(struct step *s, const struct fact_registration *customer)
{
    struct facts *f = s->facts;
    struct fact_registration *all =
        arena_array(s->arena, struct fact_registration, f->registration_count + 1);
    size_t n = 0;

    for (size_t i = 0; i < f->registration_count; i++)
        if (!str_eq(f->registrations[i].id, customer->id))
            all[n++] = f->registrations[i];
    all[n++] = *customer;
    f->registrations = all;
    f->registration_count = n;
    f->customer = customer->id;
}

void
step_link(struct step *s, const char *op, const char *level,
          const struct fact_registration *customer, const char *proof, struct str contract)
{
    bool is_switch = strcmp(op, "switch") == 0;
    struct str shown = is_switch ? (struct str){ 0 } : str_of(proof);

    step_emit(s, EFFECT_LINK)->data = step_object(s, (struct pair[]){ { "op", str_of(op) },
                                                                      { "level", str_of(level) },
                                                                      { "customer", customer->id },
                                                                      { "proof", shown },
                                                                      { "contract", contract },
                                                                      { 0 } });
    know_registration(s, customer);
    s->run->customer.id = customer->id;
    s->run->customer.proof = shown;
    s->run->customer.contract = contract;
    if (is_switch)
        s->run->is_authenticated = false;
}

void
step_describe(struct step *s, struct str text, struct str file)
{
    step_emit(s, EFFECT_DESCRIBE)->data =
        step_object(s, (struct pair[]){ { "text", text }, { "file", file }, { 0 } });
    facts_set(s->arena, s->facts, STR("ticket.description"),
              (struct variable_value){ VARIABLE_TEXT, text });
}

void
step_classify(struct step *s, struct str reason, struct str priority, struct str branch,
              struct str subject)
{
    const struct fact_value *known =
        facts_value(s->facts, str_fmt(s->arena, "%.*s.branch", STR_ARG(branch)));

    step_emit(s, EFFECT_CLASSIFY)->data = step_object(s, (struct pair[]){ { "reason", reason },
                                                                          { "priority", priority },
                                                                          { "branch", branch },
                                                                          { "subject", subject },
                                                                          { 0 } });
    if (str_starts(branch, STR("branch:")))
        s->facts->branch = branch;
    else if (known != NULL)
        s->facts->branch = known->value.text;
}

void
step_answer(struct step *s, struct str option, struct variable_value value, struct str label)
{
    struct run *run = s->run;
    size_t size = sizeof(*run->answers);
    struct run_answer answer = { s->run->at.card, option, value, label, s->now_us };

    /* The oldest makes room: a run that goes round for ever remembers its last turns. */
    if (run->answer_count == RUN_ANSWERS_MAX) {
        memmove(run->answers, run->answers + 1, (RUN_ANSWERS_MAX - 1) * size);
        run->answers[RUN_ANSWERS_MAX - 1] = answer;
        return;
    }
    run->answers = arena_grow(s->arena, run->answers, run->answer_count * size,
                              (run->answer_count + 1) * size);
    run->answers[run->answer_count++] = answer;
}

void
step_seal(struct step *s, struct str name, struct valid value)
{
    struct effect *e = step_emit(s, EFFECT_SEAL);
    struct buf b = { .arena = s->arena };
    struct json_out o = { .buf = &b };
    struct str slot =
        str_fmt(s->arena, "%lld.%lld.%d", (long long)s->run->id, (long long)e->seq, e->n);
    struct run_variable *variable;

    json_open(&o, '{');
    json_kv_str(&o, "slot", slot);
    json_kv_str(&o, "value", value.value);
    json_kv_i64(&o, "ttl_s", SEAL_TTL_S);
    json_close(&o, '}');
    e->data = buf_str(&b);
    variable = step_variable(s, name);
    if (variable == NULL)
        return;
    variable->value = (struct variable_value){ value.type, slot };
    variable->is_sealed = true;
}

/* --- deciding --------------------------------------------------------------------- */

void
step_leave(struct step *s, const char *outlet)
{
    if (step_decide(s, NEXT_LEAVE))
        s->next.outlet = str_of(outlet);
}

void
step_leave_option(struct step *s, const char *prefix, struct str id)
{
    if (step_decide(s, NEXT_LEAVE))
        s->next.outlet = str_fmt(s->arena, "%s:%.*s", prefix, STR_ARG(id));
}

void
step_ask(struct step *s)
{
    step_decide(s, NEXT_ASK);
}

void
step_wrong(struct step *s, struct content why)
{
    if (step_decide(s, NEXT_WRONG))
        s->next.why = why;
}

void
step_go(struct step *s, struct str flow, bool returns)
{
    if (!step_decide(s, NEXT_GO))
        return;
    s->next.flow = flow;
    s->next.returns = returns;
}

void
step_return(struct step *s)
{
    step_decide(s, NEXT_RETURN);
}

void
step_skip(struct step *s, const char *why, const char *outlet)
{
    s->leaving.skipped = str_of(why);
    step_leave(s, outlet);
}

void
step_fail(struct step *s, const char *why)
{
    step_remark(s, why);
    if (step_leads(s, "error"))
        step_leave(s, "error");
    else
        step_fall(s, why);
}
