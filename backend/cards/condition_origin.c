/* “Condicional Origem do atendimento”: came from an advertisement, any or one of these, or from elsewhere. */
#include "settings.h"

static const char *const matches[] = { "any_ad", "list", NULL };
static const char *const of_list[] = { "list", NULL };
static const char *const kinds[] = { "ad_id", "campaign", "ref", NULL };

static const struct card_field ad[] = {
    { "kind", FIELD_ENUM, "Por", .is_required = true, .words = kinds },
    { "value", FIELD_PLAIN, "Valor", .is_required = true, .max = 200 },
    { 0 },
};
static const struct card_field fields[] = {
    { "match", FIELD_ENUM, "Anúncios", .initial = "\"any_ad\"", .words = matches },
    { "ads", FIELD_ITEMS, "Quais", .is_required = true, .min = 1, .max = 50, .item = ad,
      .only_if = { "match", of_list } },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "yes", "veio de anúncio", true);
    card_outlet_add(out, "no", "outra origem", true);
}

/* What is not known of the origin is like nothing. */
static bool
is(struct str known, const struct json *one, const char *kind)
{
    return known.len > 0 && str_eq(json_get_text(one, "kind"), str_of(kind)) &&
           str_eq_nocase(json_get_text(one, "value"), known);
}

static bool
is_listed(struct step *s)
{
    const struct facts *facts = step_facts(s);
    const struct json *ads = step_setting(s, "ads");

    for (size_t i = 0; i < json_len(ads); i++) {
        const struct json *one = json_at(ads, i);

        if (is(facts->origin.ad_id, one, "ad_id") || is(facts->origin.campaign, one, "campaign") ||
            is(facts->origin.ref, one, "ref"))
            return true;
    }
    return false;
}

static void
enter(struct step *s)
{
    const struct facts *facts = step_facts(s);
    bool is_from_ad = str_eq(facts->origin.kind, STR("ad")) || facts->origin.ad_id.len > 0;

    if (str_eq(step_word(s, "match"), STR("list")))
        is_from_ad = is_listed(s);
    step_leave(s, is_from_ad ? "yes" : "no");
}

const struct card condition_origin_card = {
    .type = "condition_origin",
    .v = 1,
    .kind = CARD_CONDITION,
    .label = "Condicional Origem do atendimento",
    .help = "Segue por um caminho quando a conversa veio de um anúncio.",
    .icon = "ad",
    .fields = fields,
    .outlets = outlets,
    .enter = enter,
};
