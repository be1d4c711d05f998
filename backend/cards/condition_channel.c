/* “Condicional Canal”: by the kind of channel, or by one channel of the account. */
#include "rules.h"

static const char *const kinds[] = {
    "whatsapp", "messenger", "instagram", "facebook", "telegram",
    "webchat",  "api",       "telephony", NULL,
};
static const char *const channel_refs[] = { "channel", NULL };

static const struct card_field rule[] = {
    { "kinds", FIELD_SET, "Tipos de canal", .words = kinds },
    { "channels", FIELD_REFS, "Canais", "Escolha canais quando há mais de um do mesmo tipo.",
      .max = 20, .words = channel_refs },
    { 0 },
};
static const struct card_field fields[] = {
    { "rules", FIELD_RULES, "Regras", .is_required = true, .min = 1, .max = 20, .item = rule },
    { 0 },
};

static unsigned
named(const struct json *list)
{
    unsigned set = 0;

    for (int i = 0; i < FLOW_CHANNEL__COUNT; i++)
        if (words_have(list, str_of(flow_channel_names[i])))
            set |= 1u << i;
    return set;
}

/* Kinds that a rule names leave by it and by no later one; a channel named by itself may be of any kind. */
static unsigned
passes(const struct json *settings, struct str outlet, unsigned channels)
{
    const struct json *rules = json_get(settings, "rules");

    for (size_t i = 0; i < json_len(rules) && i < RULES_MAX; i++) {
        const struct json *r = json_at(rules, i);
        struct str id = json_get_text(r, "id");
        unsigned taken = channels & named(json_get(r, "kinds"));

        if (str_starts(outlet, STR("rule:")) &&
            str_eq((struct str){ outlet.p + 5, outlet.len - 5 }, id))
            return json_len(json_get(r, "channels")) > 0 ? channels : taken;
        channels &= ~taken;
    }
    return channels;
}

static bool
holds(struct step *s, const struct json *r)
{
    const struct facts *facts = step_facts(s);

    return words_have(json_get(r, "kinds"), str_of(flow_channel_names[facts->channel])) ||
           words_have(json_get(r, "channels"), facts->channel_ref);
}

static void
enter(struct step *s)
{
    rules_decide(s, holds);
}

static void
lint(struct lint *l)
{
    static const char *const lists[] = { "kinds", "channels", NULL };

    rules_lint_words(l, lists);
}

const struct card condition_channel_card = {
    .type = "condition_channel",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Canal",
    .help = "Segue por um caminho conforme o canal da conversa.",
    .icon = "route",
    .fields = fields,
    .outlets = rules_outlets,
    .passes = passes,
    .lint = lint,
    .enter = enter,
};
