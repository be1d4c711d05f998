/* “Encerrar”: says goodbye and closes the ticket. */
#include "cards.h"

#include "domain/flows/lint.h"

static const char *const reasons[] = { "reason", NULL };
static const char *const surveys[] = { "none", "department", NULL };
static const char *const is_on[] = { "true", NULL };

static const struct card_field fields[] = {
    { "reason", FIELD_REF, "Motivo", .words = reasons },
    { "send_message", FIELD_BOOL, "Despedir-se", .initial = "true" },
    { "message", FIELD_TEMPLATE, "Mensagem de encerramento",
      "Vazia: a do motivo; sem ela, a da empresa.", .initial = "\"\"", .max = 4096,
      .only_if = { "send_message", is_on } },
    { "survey", FIELD_ENUM, "Pesquisa de satisfação", .initial = "\"none\"", .words = surveys },
    { 0 },
};

static void
enter(struct step *s)
{
    struct content own = { 0 };

    if (step_flag(s, "send_message"))
        own = step_render(s, "message");
    if (own.text.len > 0)
        step_say_as(s, own, "bot", "handover");
    step_close(s, &(struct closing){
                      .reason = step_word(s, "reason"),
                      .says_goodbye = step_flag(s, "send_message") && own.text.len == 0,
                      .surveys = str_eq(step_word(s, "survey"), STR("department")),
                      .end_reason = "finished",
                  });
}

static void
lint(struct lint *l)
{
    if (l->world->wants_reasons && json_get_text(l->card->settings, "reason").len == 0)
        lint_add(l, "L608")->setting = STR("reason");
}

const struct card finish_card = {
    .type = "finish",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Encerrar",
    .help = "Despede-se e encerra o atendimento.",
    .icon = "circle-check",
    .speaks = true,
    .ends = true,
    .fields = fields,
    .lint = lint,
    .enter = enter,
};
