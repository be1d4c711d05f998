/* “Notificar equipe”: tells people of the team about this ticket; the customer sees nothing of it. */
#include "settings.h"
#include "values.h"

enum { RECIPIENTS_MAX = 20 };

static const char *const groups[] = { "group", NULL };
static const char *const departments[] = { "department", NULL };
static const char *const users[] = { "user", NULL };
static const char *const priorities[] = { "normal", "urgent", NULL };
static const char *const recipients[] = { "groups", "departments", "users" };

static const struct card_field fields[] = {
    { "groups", FIELD_REFS, "Grupos", .max = RECIPIENTS_MAX, .words = groups },
    { "departments", FIELD_REFS, "Setores", .max = RECIPIENTS_MAX, .words = departments },
    { "users", FIELD_REFS, "Pessoas", .max = RECIPIENTS_MAX, .words = users },
    { "text", FIELD_TEMPLATE, "Texto", "CPF e CNPJ aparecem mascarados.", .is_required = true,
      .is_internal = true, .max = 2000 },
    { "priority", FIELD_ENUM, "Prioridade", .initial = "\"normal\"", .words = priorities },
    { "once", FIELD_BOOL, "Só uma vez por atendimento", .initial = "true" },
    { 0 },
};

static void
enter(struct step *s)
{
    struct buf text = { .arena = step_arena(s) };
    struct json_out o = { .buf = &text };

    json_open(&o, '{');
    for (size_t i = 0; i < sizeof recipients / sizeof recipients[0]; i++) {
        json_key(&o, recipients[i]);
        words_write(&o, step_setting(s, recipients[i]));
    }
    json_kv_str(&o, "text", value_for_colleagues(s, step_word(s, "text")));
    json_kv_str(&o, "priority", step_word(s, "priority"));
    json_kv_bool(&o, "once", step_flag(s, "once"));
    json_close(&o, '}');
    step_emit(s, EFFECT_NOTIFY)->data = buf_str(&text);
    step_leave(s, "next");
}

static void
lint(struct lint *l)
{
    size_t n = 0;

    for (size_t i = 0; i < sizeof recipients / sizeof recipients[0]; i++)
        n += json_len(json_get(l->card->settings, recipients[i]));
    if (n == 0 || n > RECIPIENTS_MAX)
        lint_field(l, "groups", "Grupos");
}

const struct card notify_team_card = {
    .type = "notify_team",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Notificar equipe",
    .help = "Avisa pessoas da equipe sobre este atendimento.",
    .icon = "bell",
    .fields = fields,
    .lint = lint,
    .enter = enter,
};
