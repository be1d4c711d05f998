/*
 * Who the people of a conversation are: by whatever name the house knew them, and by those that the flow asked for. What
 * they wrote before they were asked speaks of them too.
 */
#include "recall_private.h"
#include "recording_private.h"

/* --- where it was said -------------------------------------------------------------------- */

static const struct flow_document *
document_of(const struct recalled *r, const struct flow_visit *visit)
{
    for (size_t i = 0; i < r->host->pin_count; i++)
        if (r->host->pins[i].flow_id == visit->card.flow_id)
            return flow_set_find(r->host->flows, r->host->pins[i].key);
    return NULL;
}

const struct json *
recall_settings(const struct recalled *r, const struct flow_visit *visit)
{
    const struct flow_document *d = document_of(r, visit);
    int card = d == NULL ? -1 : document_card(d, visit->card.card);

    return card < 0 ? NULL : d->cards[card].settings;
}

/* --- names --------------------------------------------------------------------------------- */

/* By its kind; or any text, for a variable that its author called a name: "flow.nome", "flow.nome_do_titular". */
static bool
asks_for_name(const struct json *settings)
{
    static const char *const called[] = { "nome", "name" };
    struct str validator = json_get_text(settings, "validator"), word = { 0 };
    struct str rest = json_get_text(settings, "store");

    if (str_eq(validator, STR("name")))
        return true;
    if (!str_eq(validator, STR("text")) && !str_eq(validator, STR("any")))
        return false;
    str_cut(&rest, '.', &word);
    str_cut(&rest, '_', &word);
    return str_eq(word, str_of(called[0])) || str_eq(word, str_of(called[1]));
}

/* Whatever was tried there, but for what began it all, and what was said to an agent. */
static void
meet_answers(const struct recalled *r, size_t visit)
{
    const struct flow_visit *v = &r->path->visits[visit];
    bool is_held = false;

    for (size_t i = 0; i < v->input_count; i++) {
        const struct flow_run_input *input = &v->inputs[i];

        if (str_eq(input->kind, STR("taken")) || str_eq(input->kind, STR("returned")))
            is_held = str_eq(input->kind, STR("taken"));
        else if (input->message_seq > 0 && !is_held && (visit > 0 || i > 0))
            pseudonyms_meet(r->people, mask_name(r->arena, input->text));
    }
}

void
recall_meet_people(const struct recalled *r)
{
    const struct facts *facts = &r->host->facts;
    const struct fact_value *name = facts_value(facts, STR("contact.name"));

    if (name != NULL)
        pseudonyms_meet(r->people, name->value.text);
    for (size_t i = 0; i < facts->registration_count; i++)
        pseudonyms_meet(r->people, facts->registrations[i].name);
    for (size_t i = 0; i < r->path->visit_count; i++)
        if (asks_for_name(recall_settings(r, &r->path->visits[i])))
            meet_answers(r, i);
}
