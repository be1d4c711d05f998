/* “Classificar atendimento”: reason, priority, branch and subject, without handing the ticket to anybody. */
#include "settings.h"

static const char *const reasons[] = { "reason", NULL };
static const char *const priorities[] = { "keep", "normal", "high", "urgent", NULL };
static const char *const branches[] = { "keep", "fixed", "customer", "channel", NULL };
static const char *const fixed[] = { "fixed", NULL };
static const char *const branch_refs[] = { "branch", NULL };

static const struct card_field fields[] = {
    { "reason", FIELD_REF, "Motivo", .words = reasons },
    { "priority", FIELD_ENUM, "Prioridade", .initial = "\"keep\"", .words = priorities },
    { "branch", FIELD_ENUM, "Filial", .initial = "\"keep\"", .words = branches },
    { "branch_ref", FIELD_REF, "Qual filial", .is_required = true, .words = branch_refs,
      .only_if = { "branch", fixed } },
    { "subject", FIELD_TEMPLATE, "Assunto", .is_internal = true, .max = 120 },
    { 0 },
};

/* Empty: stays as it is. */
static struct str
unless_kept(struct str word)
{
    return str_eq(word, STR("keep")) ? STR("") : word;
}

static void
enter(struct step *s)
{
    struct str branch = unless_kept(step_word(s, "branch"));

    if (str_eq(branch, STR("fixed")))
        branch = step_word(s, "branch_ref");
    step_classify(s, step_word(s, "reason"), unless_kept(step_word(s, "priority")), branch,
                  step_render(s, "subject").text);
    step_leave(s, "next");
}

static void
lint(struct lint *l)
{
    const struct json *settings = l->card->settings;

    if (json_get_text(settings, "reason").len == 0 && json_get_text(settings, "subject").len == 0 &&
        unless_kept(json_get_text(settings, "priority")).len == 0 &&
        unless_kept(json_get_text(settings, "branch")).len == 0)
        lint_field(l, "reason", "Motivo");
}

const struct card classify_ticket_card = {
    .type = "classify_ticket",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Classificar atendimento",
    .help = "Define motivo, prioridade, filial e assunto sem transferir.",
    .icon = "category",
    .fields = fields,
    .lint = lint,
    .enter = enter,
};
