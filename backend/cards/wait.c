/* “Intervalo”: pauses, then goes on by itself; or when the customer writes meanwhile. On a call, with music. */
#include "settings.h"

enum { MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR, LONGEST = 7 * DAY };
enum { TYPING_MOST = 20 }; /* nobody writes for longer without a word */

static const struct {
    const char *name;
    int64_t seconds;
} units[] = { { "seconds", 1 }, { "minutes", MINUTE }, { "hours", HOUR }, { "days", DAY } };

static const char *const unit_words[] = { "seconds", "minutes", "hours", "days", NULL };
static const char *const on_message[] = { "ignore", "continue", NULL };

static const struct card_field fields[] = {
    { "amount", FIELD_INT, "Quanto", .is_required = true, .min = 1, .max = LONGEST },
    { "unit", FIELD_ENUM, "Unidade", .initial = "\"seconds\"", .words = unit_words },
    { "on_message", FIELD_ENUM, "Se o cliente escrever",
      "Sem escolha: até 60 segundos a mensagem é ignorada; acima disso, a espera termina.",
      .words = on_message },
    { "typing", FIELD_BOOL, "Mostrar que está digitando", "Em esperas de até 20 segundos.",
      .initial = "true" },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "next", "segue", true);
    card_outlet_add(out, "message", "cliente escreveu", false);
}

/* Beyond the longest wait for whatever is longer. */
static int64_t
seconds_of(const struct json *settings)
{
    struct str unit = json_get_text(settings, "unit");
    int64_t amount, seconds = 1;

    if (!json_i64(json_get(settings, "amount"), &amount) || amount < 1)
        return 1;
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (str_eq(unit, str_of(units[i].name)))
            seconds = units[i].seconds;
    return amount > LONGEST ? LONGEST + 1 : amount * seconds;
}

static void
music(struct step *s, const char *which)
{
    if (step_facts(s)->channel == FLOW_TELEPHONY)
        step_emit(s, EFFECT_PHONE)->which = which;
}

static void
enter(struct step *s)
{
    int64_t seconds = seconds_of(step_card(s)->settings);
    struct str policy = step_word(s, "on_message");
    bool breaks = policy.len > 0 ? str_eq(policy, STR("continue")) : seconds > MINUTE;

    music(s, "music_on");
    step_wait(s,
              &(struct pause){ .seconds = seconds > LONGEST ? LONGEST : seconds,
                               .breaks_on_message = breaks,
                               .shows_typing = seconds <= TYPING_MOST && step_flag(s, "typing") });
}

static void
waited(struct step *s, bool by_message)
{
    music(s, "music_off");
    step_leave(s, by_message && step_leads(s, "message") ? "message" : "next");
}

static void
lint(struct lint *l)
{
    int64_t seconds = seconds_of(l->card->settings);
    struct finding *found;

    if (seconds > LONGEST)
        lint_field(l, "amount", "Quanto");
    if (seconds > MINUTE && FLOW_HAS(l->channels, FLOW_TELEPHONY)) {
        found = lint_add(l, "L611");
        found->setting = STR("amount");
        found->channel = STR("telephony");
    }
}

const struct card wait_card = {
    .type = "wait",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Intervalo",
    .help = "Espera um tempo e segue adiante sozinho.",
    .icon = "hourglass",
    .fields = fields,
    .outlets = outlets,
    .lint = lint,
    .enter = enter,
    .waited = waited,
};
