/*
 * “Executar fluxo”: goes on in another flow. By default for good; with `returns` it is called, and comes back by
 * “Voltar ao fluxo anterior”.
 */
#include "values.h"

static const char *const flows[] = { "flow", NULL };

static const struct card_field fields[] = {
    { "flow", FIELD_REF, "Fluxo", .is_required = true, .words = flows },
    { "returns", FIELD_BOOL, "Voltar a este fluxo depois", .initial = "false" },
    { "pass", FIELD_PAIRS, "Variáveis definidas antes", .is_internal = true, .max = 20 },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    if (json_true(json_get(settings, "returns")))
        card_outlet_add(out, "returned", "ao voltar", true);
}

static void
writes(const struct json *settings, struct card_writes *out)
{
    const struct json *pass = json_get(settings, "pass");

    for (size_t i = 0; i < json_len(pass); i++)
        card_write_add(out, (struct card_write){ .name = json_get_text(json_at(pass, i), "name"),
                                                 .type = -1 });
}

static void
enter(struct step *s)
{
    const struct json *pass = step_setting(s, "pass");

    for (size_t i = 0; i < json_len(pass); i++)
        value_set(s, json_get_text(json_at(pass, i), "name"),
                  json_get_text(json_at(pass, i), "value"));
    step_go(s, step_word(s, "flow"), step_flag(s, "returns"));
}

const struct card run_flow_card = {
    .type = "run_flow",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Executar fluxo",
    .help = "Continua a conversa em outro fluxo.",
    .icon = "arrows-split-2",
    .fields = fields,
    .outlets = outlets,
    .writes = writes,
    .enter = enter,
};
