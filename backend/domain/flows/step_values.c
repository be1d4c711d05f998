/*
 * What names say: meanings a card gave them, the run's variables, the clock, the facts, and what a flow says a variable
 * is before anybody wrote it.
 */
#include "step_private.h"

#include "base/clock.h"
#include "base/fold.h"

enum { RENDERED_UNITS_MAX = 12 << 10 }; /* three messages of the longest network, and more */

int64_t
step_local_us(const struct step *s)
{
    return s->now_us + s->facts->utc_offset_s * US_PER_S;
}

void
step_mean(struct step *s, const char *name, struct variable_value value)
{
    if (s->meaning_count == STEP_MEANINGS_MAX) {
        step_fall(s, "meanings");
        return;
    }
    s->meanings[s->meaning_count].name = name;
    s->meanings[s->meaning_count++].value = value;
}

void
step_mean_hours(struct step *s, struct str ref)
{
    s->run->hours = ref;
}

/* --- the clock -------------------------------------------------------------------- */

/* Since midnight; days begin where the branch is. */
static int64_t
minute_of(const struct step *s, int64_t *day)
{
    int64_t local_us = step_local_us(s), left;

    *day = local_us / US_PER_DAY;
    left = local_us % US_PER_DAY;
    if (left < 0) {
        left += US_PER_DAY;
        (*day)--;
    }
    return left / US_PER_MIN;
}

static struct variable_value
now_date(struct step *s)
{
    int64_t day;

    minute_of(s, &day);
    return (struct variable_value){ VARIABLE_DATE, day_print(s->arena, day) };
}

static struct variable_value
now_time(struct step *s)
{
    int64_t day, minute = minute_of(s, &day);

    return (struct variable_value){
        VARIABLE_TIME, str_fmt(s->arena, "%02d:%02d", (int)(minute / 60), (int)(minute % 60))
    };
}

static struct variable_value
now_weekday(struct step *s)
{
    /* Day 0 was a Thursday. */
    static const char *const names[] = { "quinta-feira",  "sexta-feira", "sábado",      "domingo",
                                         "segunda-feira", "terça-feira", "quarta-feira" };
    int64_t day;

    minute_of(s, &day);
    return (struct variable_value){ VARIABLE_TEXT, str_of(names[(day % 7 + 7) % 7]) };
}

static struct variable_value
now_greeting(struct step *s)
{
    int64_t day, hour = minute_of(s, &day) / 60;

    return (struct variable_value){ VARIABLE_TEXT, hour >= 5 && hour < 12    ? STR("Bom dia")
                                                   : hour >= 12 && hour < 18 ? STR("Boa tarde")
                                                                             : STR("Boa noite") };
}

/* --- hours, customer, run ---------------------------------------------------------- */

static const struct fact_hours *
hours_meant(struct step *s)
{
    struct str ref = s->run->hours.len > 0 ? s->run->hours : step_fallback_department(s);

    return facts_hours(s->facts, ref);
}

static struct variable_value
hours_is_open(struct step *s)
{
    const struct fact_hours *hours = hours_meant(s);
    struct variable_value value = { .type = VARIABLE_BOOLEAN };

    if (hours != NULL)
        value.text = hours->is_inside && !hours->is_holiday ? STR("true") : STR("false");
    return value;
}

static struct variable_value
hours_next_opening(struct step *s)
{
    const struct fact_hours *hours = hours_meant(s);

    return (struct variable_value){ VARIABLE_DATETIME,
                                    hours == NULL ? (struct str){ 0 } : hours->next_opening };
}

static const struct fact_registration *
customer(struct step *s)
{
    static const struct fact_registration nobody;

    for (size_t i = 0; i < s->facts->registration_count; i++)
        if (s->facts->customer.len > 0 && str_eq(s->facts->registrations[i].id, s->facts->customer))
            return &s->facts->registrations[i];
    return &nobody;
}

static struct variable_value
customer_name(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, customer(s)->name };
}

static struct variable_value
customer_first_name(struct step *s)
{
    struct str rest = customer(s)->name, first = { 0 };

    str_cut(&rest, ' ', &first);
    return (struct variable_value){ VARIABLE_TEXT, first };
}

static struct variable_value
customer_document(struct step *s)
{
    return (struct variable_value){ VARIABLE_DOCUMENT, customer(s)->document };
}

static struct variable_value
customer_type(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, customer(s)->kind };
}

static struct variable_value
customer_contract(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, s->run->customer.contract };
}

static struct variable_value
channel_kind(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, str_of(flow_channel_names[s->facts->channel]) };
}

static struct variable_value
origin_kind(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, s->facts->origin.kind };
}

static struct variable_value
origin_ad(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, s->facts->origin.ad_id };
}

static struct variable_value
origin_headline(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, s->facts->origin.headline };
}

static struct variable_value
origin_campaign(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, s->facts->origin.campaign };
}

static struct variable_value
last_text(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, s->run->last_text };
}

static struct variable_value
last_kind(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, s->run->last_kind };
}

static struct variable_value
first_text(struct step *s)
{
    return (struct variable_value){ VARIABLE_TEXT, s->run->first_text };
}

/* One a line, as people read them. */
static struct variable_value
run_answers(struct step *s)
{
    struct buf b = { .arena = s->arena };

    for (size_t i = 0; i < s->run->answer_count; i++) {
        const struct run_answer *answer = &s->run->answers[i];
        struct str said = answer->label.len > 0 ? answer->label : answer->value.text;

        if (said.len == 0)
            continue;
        if (b.len > 0)
            buf_char(&b, '\n');
        buf_add(&b, said);
    }
    return (struct variable_value){ VARIABLE_LIST, buf_str(&b) };
}

static const struct {
    const char *name;
    struct variable_value (*value)(struct step *s);
} known[] = {
    { "now.date", now_date },
    { "now.time", now_time },
    { "now.weekday", now_weekday },
    { "now.greeting", now_greeting },
    { "hours.is_open", hours_is_open },
    { "hours.next_opening", hours_next_opening },
    { "customer.name", customer_name },
    { "customer.first_name", customer_first_name },
    { "customer.document", customer_document },
    { "customer.type", customer_type },
    { "customer.contract", customer_contract },
    { "channel.kind", channel_kind },
    { "origin.kind", origin_kind },
    { "origin.ad_id", origin_ad },
    { "origin.headline", origin_headline },
    { "origin.campaign", origin_campaign },
    { "last.text", last_text },
    { "last.kind", last_kind },
    { "run.first_text", first_text },
    { "run.answers", run_answers },
};

/* --- looking one up ---------------------------------------------------------------- */

static bool
from_meanings(struct step *s, struct str name, struct variable_value *out)
{
    for (int i = s->meaning_count; i > 0; i--)
        if (str_eq(name, str_of(s->meanings[i - 1].name))) {
            *out = s->meanings[i - 1].value;
            return true;
        }
    return false;
}

/* What is sealed says nothing, to anybody: http_request names its slot, and the host opens that. */
static bool
from_run(struct step *s, struct str name, struct variable_value *out)
{
    const struct run_variable *variable = run_variable(s->run, name);

    if (variable == NULL)
        return false;
    *out = variable->value;
    if (variable->is_sealed)
        out->text = (struct str){ 0 };
    return true;
}

static bool
from_table(struct step *s, struct str name, struct variable_value *out)
{
    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
        if (str_eq(name, str_of(known[i].name))) {
            *out = known[i].value(s);
            return out->text.len > 0;
        }
    return false;
}

bool
step_value(struct step *s, struct str name, struct variable_value *out)
{
    const struct fact_value *fact;
    const struct flow_variable *declared;

    *out = (struct variable_value){ 0 };
    if (from_meanings(s, name, out) || from_run(s, name, out) || from_table(s, name, out))
        return out->text.len > 0;
    fact = facts_value(s->facts, name);
    if (fact != NULL) {
        *out = fact->value;
        return out->text.len > 0;
    }
    declared = step_declared(s, name);
    if (declared != NULL)
        *out = (struct variable_value){ declared->type, declared->initial };
    return out->text.len > 0;
}

/* --- texts ------------------------------------------------------------------------ */

static void
value_for_text(void *arg, struct str name, struct variable_value *out)
{
    struct variable_value value;

    if (step_value(arg, name, &value))
        *out = value;
}

/* Too much even for three messages is left out; nothing downstream has to fear it. */
static void
shorten(struct content *content)
{
    content->text = fold_first_units(content->text, RENDERED_UNITS_MAX);
    while (content->literal_count > 0) {
        const struct literal *last = &content->literals[content->literal_count - 1];

        if (last->start + last->len <= content->text.len)
            break;
        content->literal_count--;
    }
}

struct content
step_render_text(struct step *s, struct str text)
{
    struct variables_source source = { .value = value_for_text, .arg = s };
    struct variables_filled filled;
    struct content content = { .kind = CONTENT_TEXT };

    if (text.len == 0)
        return content;
    if (str_has(text, STR("{{")))
        source.now =
            str_fmt(s->arena, "%.*sT%.*s:00", STR_ARG(now_date(s).text), STR_ARG(now_time(s).text));
    filled = variables_render(s->arena, text, &source);
    content.text = filled.text;
    content.literals = filled.literals;
    content.literal_count = filled.literal_count;
    if (content.text.len > RENDERED_UNITS_MAX)
        shorten(&content);
    return content;
}

struct content
step_render(struct step *s, const char *setting)
{
    return step_render_text(s, step_word(s, setting));
}
