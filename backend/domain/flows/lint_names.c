/*
 * The variables that a flow may name: those that are there, and those that its cards write.
 */
#include "lint_private.h"

#include <stdlib.h>

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

const char *const lint_type_labels[VARIABLE__COUNT] = {
    [VARIABLE_TEXT] = "TEXTO",           [VARIABLE_NUMBER] = "NÚMERO",
    [VARIABLE_BOOLEAN] = "SIM OU NÃO",   [VARIABLE_DATE] = "DATA",
    [VARIABLE_DATETIME] = "DATA E HORA", [VARIABLE_TIME] = "HORA",
    [VARIABLE_DOCUMENT] = "DOCUMENTO",   [VARIABLE_PHONE] = "TELEFONE",
    [VARIABLE_EMAIL] = "E-MAIL",         [VARIABLE_MONEY] = "DINHEIRO",
    [VARIABLE_LIST] = "LISTA",           [VARIABLE_FILE] = "ARQUIVO",
    [VARIABLE_LOCATION] = "LOCALIZAÇÃO",
};

/* Besides those that every text of an account knows. */
static const struct {
    const char *name;
    enum variable_type type;
} known[] = {
    { "ticket.reason", VARIABLE_TEXT },
    { "ticket.description", VARIABLE_TEXT },
    { "contact.birth_date", VARIABLE_DATE },
    { "customer.document", VARIABLE_DOCUMENT },
    { "customer.type", VARIABLE_TEXT },
    { "customer.contract", VARIABLE_TEXT },
    { "customer.plan", VARIABLE_TEXT },
    { "supplier.name", VARIABLE_TEXT },
    { "company.phone", VARIABLE_PHONE },
    { "company.privacy_url", VARIABLE_TEXT },
    { "department.waiting", VARIABLE_NUMBER },
    { "now.shift", VARIABLE_TEXT },
    { "origin.kind", VARIABLE_TEXT },
    { "origin.ad_id", VARIABLE_TEXT },
    { "origin.headline", VARIABLE_TEXT },
    { "origin.campaign", VARIABLE_TEXT },
    { "last.text", VARIABLE_TEXT },
    { "last.kind", VARIABLE_TEXT },
    { "erp.error", VARIABLE_TEXT },
    { "erp.outage_message", VARIABLE_TEXT },
    { "erp.outage_eta", VARIABLE_DATETIME },
    { "run.first_text", VARIABLE_TEXT },
    { "run.answers", VARIABLE_LIST },
};

bool
lint_known_type(struct str name, enum variable_type *type)
{
    const struct variable *variable = variables_find(name);

    if (variable != NULL)
        *type = variable->type;
    for (size_t i = 0; variable == NULL && i < COUNT(known); i++)
        if (str_eq(name, str_of(known[i].name))) {
            *type = known[i].type;
            return true;
        }
    return variable != NULL;
}

/* Names that cards write by themselves: nobody else may. */
static const char *const of_cards[] = {
    "flow.http_status",    "flow.http_error",    "flow.invoice_id",          "flow.invoice_due",
    "flow.invoice_amount", "flow.invoice_count", "flow.note_number",         "flow.note_amount",
    "flow.unlock_until",   "flow.unlock_from",   "flow.unlock_reason",       "flow.contract_id",
    "flow.contract_label", "flow.erp_ticket_id", "flow.erp_ticket_protocol", "flow.intent",
    "flow.intent_text",
};

bool
lint_may_be_written(struct str name)
{
    for (size_t i = 0; i < COUNT(of_cards); i++)
        if (str_eq(name, str_of(of_cards[i])))
            return false;
    return (str_starts(name, STR("flow.")) && !str_starts(name, STR("flow.diagnosis"))) ||
           str_starts(name, STR("contact.fields.")) || str_starts(name, STR("ticket.fields."));
}

bool
lint_is_field(struct str name)
{
    return str_starts(name, STR("contact.fields.")) || str_starts(name, STR("ticket.fields."));
}

/* --- what cards write ------------------------------------------------------------- */

/* A name that the card proposes itself is its own, whoever reads it. */
static bool
is_proposed(const struct card_field *field, struct str name)
{
    struct str initial = str_of(field->initial);

    return initial.len > 2 && str_eq(name, (struct str){ initial.p + 1, initial.len - 2 });
}

static void
add_named(const struct setting *s, void *arg)
{
    struct str name = json_text(s->value);

    if (s->is_shown && s->field->type == FIELD_VAR)
        card_write_add(arg, (struct card_write){
                                .name = name,
                                .type = -1,
                                .is_own = is_proposed(s->field, name),
                                .is_clear = str_eq(json_get_text(s->object, "op"), STR("clear")),
                            });
}

void
lint_writes(struct arena *a, const struct flow_card *card, struct card_writes *out)
{
    out->n = 0;
    if (card->kind == NULL)
        return;
    if (card->kind->writes != NULL)
        card->kind->writes(card->settings, out);
    else
        settings_each(a, fields_of(card->kind), card->settings, add_named, out);
}

/* --- all that is written ---------------------------------------------------------- */

static void
add_name(struct lint_names *names, struct lint_name name)
{
    size_t size = sizeof(*names->v);

    if (names->n == names->room) {
        names->v = arena_grow(names->arena, names->v, names->n * size, (names->n * 2 + 16) * size);
        names->room = names->n * 2 + 16;
    }
    names->v[names->n++] = name;
}

static int
by_name(const void *a, const void *b)
{
    const struct lint_name *x = a, *y = b;
    int order = str_compare(x->name, y->name);

    /* Declarations before writers, writers by their place. */
    return order != 0 ? order : (x->writer > y->writer) - (x->writer < y->writer);
}

struct lint_name *
lint_find_name(const struct lint_names *names, struct str name)
{
    size_t low = 0, high = names->n;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (str_compare(names->v[middle].name, name) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low < names->n && str_eq(names->v[low].name, name) ? &names->v[low] : NULL;
}

static void
complain_of_type(struct lint_pass *p, int card, struct str name, int is, int wanted)
{
    struct finding *f = lint_at(p, "L304", card);

    f->args[0] = name;
    f->args[1] = str_of(lint_type_labels[is]);
    f->args[2] = str_of(lint_type_labels[wanted]);
}

void
lint_merge_names(struct lint_pass *p, struct lint_names *names)
{
    size_t n = 0;

    if (names->n > 1)
        qsort(names->v, names->n, sizeof(*names->v), by_name);
    for (size_t i = 0; i < names->n; i++) {
        struct lint_name *next = &names->v[i], *last = n > 0 ? &names->v[n - 1] : NULL;

        if (last == NULL || !str_eq(last->name, next->name)) {
            names->v[n++] = *next;
            continue;
        }
        if (p != NULL && last->type >= 0 && next->type >= 0 && last->type != next->type)
            complain_of_type(p, next->writer, next->name, last->type, next->type);
        last->type = last->type < 0 ? next->type : last->type;
        last->writer = last->writer < 0 ? next->writer : last->writer;
        last->is_declared |= next->is_declared;
        last->has_initial |= next->has_initial;
        last->is_own |= next->is_own;
        last->is_sealed |= next->is_sealed;
    }
    names->n = n;
}

struct card_writes *
lint_collect_names(struct lint_names *names, const struct flow_document *d, const bool *reached)
{
    struct card_writes *writes =
        arena_array(names->arena, struct card_writes, (size_t)d->card_count);

    for (int i = 0; i < d->variable_count; i++)
        add_name(names, (struct lint_name){ .name = d->variables[i].name,
                                            .type = (int)d->variables[i].type,
                                            .writer = -1,
                                            .is_declared = true,
                                            .has_initial = d->variables[i].initial.len > 0 });
    for (int i = 0; i < d->card_count; i++) {
        if (d->cards[i].is_parked || (reached != NULL && !reached[i]))
            continue;
        lint_writes(names->arena, &d->cards[i], &writes[i]);
        for (size_t k = 0; k < writes[i].n; k++)
            add_name(names, (struct lint_name){ .name = writes[i].v[k].name,
                                                .type = writes[i].v[k].type,
                                                .writer = i,
                                                .is_own = writes[i].v[k].is_own,
                                                .is_sealed = writes[i].v[k].is_sealed });
    }
    return writes;
}
