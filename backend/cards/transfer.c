/*
 * “Transferir”: hands the ticket to a department, to one person, or to whoever served last. The department is also where
 * it goes when that person is not there: the ticket engine decides, it knows who is.
 */
#include "cards.h"

static const char *const targets[] = { "department", "user", "last_agent", NULL };
static const char *const to_user[] = { "user", NULL };
static const char *const departments[] = { "department", NULL };
static const char *const users[] = { "user", NULL };
static const char *const priorities[] = { "normal", "high", "urgent", NULL };
static const char *const hours[] = { "check", "ignore", NULL };
static const char *const checked[] = { "check", NULL };

static const struct card_field fields[] = {
    { "target", FIELD_ENUM, "Para quem", .initial = "\"department\"", .words = targets },
    { "department", FIELD_REF, "Setor", "Também recebe quando a pessoa não pode atender.",
      .is_required = true, .words = departments },
    { "user", FIELD_REF, "Pessoa", .is_required = true, .words = users,
      .only_if = { "target", to_user } },
    { "message", FIELD_TEMPLATE, "Mensagem ao cliente",
      .initial = "\"Vou transferir você para {{department.name}}. Aguarde um momento, por favor.\"",
      .max = 4096 },
    { "priority", FIELD_ENUM, "Prioridade", .initial = "\"normal\"", .words = priorities },
    { "note", FIELD_TEMPLATE, "Nota interna", "Só a equipe lê.", .is_internal = true, .max = 1000 },
    { "hours", FIELD_ENUM, "Horário do setor", .initial = "\"check\"", .words = hours },
    { "closed_text", FIELD_TEMPLATE, "Mensagem fora do horário",
      .initial = "\"Agora estamos fora do horário de atendimento. Voltamos "
                 "{{hours.next_opening|relative}}. Deixei seu pedido na fila.\"",
      .max = 4096, .only_if = { "hours", checked } },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "closed", "fora do horário", false);
    card_outlet_add(out, "unavailable", "sem atendentes", false);
    card_outlet_add(out, "served", "depois do atendimento", false);
}

static bool
is_open(const struct fact_department *to)
{
    return to->hours.is_inside && !to->hours.is_holiday;
}

/* Its texts speak of where it goes, not of where the ticket is. */
static void
speak_of(struct step *s, const struct fact_department *to)
{
    step_mean(s, "department.name", (struct variable_value){ VARIABLE_TEXT, to->name });
    step_mean(s, "department.waiting",
              (struct variable_value){ VARIABLE_NUMBER,
                                       str_fmt(step_arena(s), "%lld", (long long)to->waiting) });
    step_mean(
        s, "hours.is_open",
        (struct variable_value){ VARIABLE_BOOLEAN, is_open(to) ? STR("true") : STR("false") });
    step_mean(s, "hours.next_opening",
              (struct variable_value){ VARIABLE_DATETIME, to->hours.next_opening });
}

static void
enter(struct step *s)
{
    const struct fact_department *to = facts_department(step_facts(s), step_word(s, "department"));
    bool is_closed = to != NULL && !is_open(to) && !str_eq(step_word(s, "hours"), STR("ignore"));
    bool is_empty = to != NULL && to->members_online == 0;

    if (is_closed && step_leads(s, "closed")) {
        step_leave(s, "closed");
        return;
    }
    if (!is_closed && is_empty && step_leads(s, "unavailable")) {
        step_leave(s, "unavailable");
        return;
    }
    if (to != NULL)
        speak_of(s, to);
    step_say_as(s, step_render(s, is_closed ? "closed_text" : "message"), "bot", "handover");
    step_hand_over(s, &(struct handover){
                          .target = str_cstr(step_arena(s), step_word(s, "target")),
                          .department = step_word(s, "department"),
                          .user = step_word(s, "user"),
                          .priority = step_word(s, "priority"),
                          .note = step_render(s, "note").text,
                          .is_out_of_hours = is_closed,
                          .holds = step_leads(s, "served"),
                      });
}

const struct card transfer_card = {
    .type = "transfer",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Transferir",
    .help = "Entrega o atendimento a um setor ou a uma pessoa.",
    .icon = "user-share",
    .speaks = true,
    .fields = fields,
    .outlets = outlets,
    .enter = enter,
};
