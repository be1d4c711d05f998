/* “Adicionar etiqueta”: puts existing tags on the ticket, the contact or the customer, or takes them off. */
#include "cards.h"

static const char *const ops[] = { "add", "remove", NULL };
static const char *const levels[] = { "ticket", "contact", "customer", NULL };
static const char *const tags[] = { "tag", NULL };

static const struct card_field fields[] = {
    { "op", FIELD_ENUM, "O que fazer", .initial = "\"add\"", .words = ops },
    { "tags", FIELD_REFS, "Etiquetas", .is_required = true, .min = 1, .max = 20, .words = tags },
    { "level", FIELD_ENUM, "Em", .initial = "\"ticket\"", .words = levels },
    { 0 },
};

static enum fact_tag_level
level(struct step *s)
{
    enum fact_tag_level level = TAGS_TICKET;

    for (int i = 0; i < TAGS__COUNT; i++)
        if (str_eq(step_word(s, "level"), str_of(fact_tag_level_names[i])))
            level = (enum fact_tag_level)i;
    if (level == TAGS_CUSTOMER && step_facts(s)->customer.len == 0) {
        step_remark(s, "no_customer");
        level = TAGS_CONTACT;
    }
    return level;
}

static void
enter(struct step *s)
{
    const struct json *list = step_setting(s, "tags");
    enum fact_tag_level to = level(s);

    for (size_t i = 0; i < json_len(list); i++)
        step_tag(s, to, json_text(json_at(list, i)), !str_eq(step_word(s, "op"), STR("remove")));
    step_leave(s, "next");
}

const struct card add_tag_card = {
    .type = "add_tag",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Adicionar etiqueta",
    .help = "Marca o atendimento com etiquetas que já existem.",
    .icon = "tag",
    .fields = fields,
    .enter = enter,
};
