/*
 * “Condicional Turno”: by shifts of the account, or by a stretch of the day written in the rule. The start counts, the
 * end does not; a stretch that ends before it starts passes midnight, and the night belongs to the day it began.
 */
#include "rules.h"

enum { MINUTES_A_DAY = 24 * 60, DAYS = 7 };

static const char *const shifts[] = { "shift", NULL };
static const char *const days[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };

static const struct card_field rule[] = {
    { "shifts", FIELD_REFS, "Turnos", .max = 20, .words = shifts },
    { "from", FIELD_PLAIN, "De", "Hora, por exemplo 22:00.", .max = 5 },
    { "to", FIELD_PLAIN, "Até", "Hora, por exemplo 06:00.", .max = 5 },
    { "days", FIELD_SET, "Dias", "Sem escolha: todos.", .words = days },
    { 0 },
};
static const struct card_field fields[] = {
    { "rules", FIELD_RULES, "Regras", .is_required = true, .min = 1, .max = 20, .item = rule },
    { 0 },
};

/* "22:00" → minutes since midnight; -1: no time of day. */
static int
minutes_of(struct str time)
{
    int64_t hour, minute;

    if (time.len != 5 || time.p[2] != ':' || !str_i64((struct str){ time.p, 2 }, &hour) ||
        !str_i64((struct str){ time.p + 3, 2 }, &minute) || hour < 0 || hour > 23 || minute < 0 ||
        minute > 59)
        return -1;
    return (int)(hour * 60 + minute);
}

static bool
is_day(const struct json *list, int64_t day)
{
    return json_len(list) == 0 || words_have(list, str_of(days[((day % DAYS) + DAYS) % DAYS]));
}

static bool
is_within(struct step *s, const struct json *r)
{
    int64_t now = (step_now_us(s) / 1000000 + step_facts(s)->utc_offset_s) / 60;
    int64_t day = now / MINUTES_A_DAY + 3; /* 1970 began on a Thursday */
    int minute = (int)(now % MINUTES_A_DAY);
    int from = minutes_of(json_get_text(r, "from")), to = minutes_of(json_get_text(r, "to"));
    const struct json *list = json_get(r, "days");

    if (from < 0 || to < 0)
        return false;
    if (from < to)
        return minute >= from && minute < to && is_day(list, day);
    return (minute >= from && is_day(list, day)) || (minute < to && is_day(list, day - 1));
}

static bool
holds(struct step *s, const struct json *r)
{
    const struct json *list = json_get(r, "shifts");

    for (size_t i = 0; i < json_len(list); i++) {
        const struct fact_hours *shift = facts_hours(step_facts(s), json_text(json_at(list, i)));

        if (shift != NULL && shift->is_inside)
            return true;
    }
    return is_within(s, r);
}

static void
enter(struct step *s)
{
    rules_decide(s, holds);
}

static void
lint(struct lint *l)
{
    const struct json *rules = json_get(l->card->settings, "rules");

    for (size_t i = 0; i < json_len(rules); i++) {
        const struct json *r = json_at(rules, i);
        struct str from = json_get_text(r, "from"), to = json_get_text(r, "to");
        bool is_stretch = minutes_of(from) >= 0 && minutes_of(to) >= 0 && !str_eq(from, to);

        if (from.len + to.len > 0 ? !is_stretch : json_len(json_get(r, "shifts")) == 0)
            lint_field(l, "rules", "Regras");
    }
    rules_lint_same(l);
}

const struct card condition_shift_card = {
    .type = "condition_shift",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Turno",
    .help = "Segue por um caminho conforme o turno ou a hora do dia.",
    .icon = "clock",
    .fields = fields,
    .outlets = rules_outlets,
    .lint = lint,
    .enter = enter,
};
