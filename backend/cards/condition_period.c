/*
 * “Condicional Período”: inside or outside of a period of service, or of a department's hours. From here on
 * {{hours.next_opening}} speaks of them. A department without hours is always open; a period that is gone is not.
 */
#include "settings.h"

static const char *const periods[] = { "period", NULL };
static const char *const departments[] = { "department", NULL };
static const char *const calendars[] = { "yes", "no", NULL };

static const struct card_field fields[] = {
    { "period", FIELD_REF, "Período de atendimento", .words = periods },
    { "department", FIELD_REF, "Horário do setor", "Em lugar de um período.",
      .words = departments },
    { "calendar", FIELD_ENUM, "Feriados contam", .initial = "\"yes\"", .words = calendars },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "inside", "dentro", true);
    card_outlet_add(out, "outside", "fora", true);
    card_outlet_add(out, "holiday", "feriado", false);
}

static void
enter(struct step *s)
{
    struct str ref = step_word(s, "period");
    const struct fact_hours *hours;
    bool is_holiday;

    if (ref.len == 0)
        ref = step_word(s, "department");
    hours = facts_hours(step_facts(s), ref);
    is_holiday = hours != NULL && hours->is_holiday && !str_eq(step_word(s, "calendar"), STR("no"));
    step_mean_hours(s, ref);
    if (is_holiday && step_leads(s, "holiday"))
        step_leave(s, "holiday");
    else
        step_leave(s, hours != NULL && hours->is_inside && !is_holiday ? "inside" : "outside");
}

static void
lint(struct lint *l)
{
    const struct json *settings = l->card->settings;
    bool has_period = json_get_text(settings, "period").len > 0;

    if (has_period == (json_get_text(settings, "department").len > 0))
        lint_field(l, "period", "Período de atendimento");
}

const struct card condition_period_card = {
    .type = "condition_period",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Período",
    .help = "Segue por um caminho dentro, e por outro fora do horário.",
    .icon = "calendar-time",
    .fields = fields,
    .outlets = outlets,
    .lint = lint,
    .enter = enter,
};
