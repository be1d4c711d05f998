/*
 * “Conta”: several registrations of one contact. One more is added by its document, and is the current one from then on; or
 * another of those that are there becomes it.
 */
#include "registrations.h"

#include "values.h"

enum { PHASE_DOCUMENT, PHASE_PICK, PHASE_LIST };

static const char *const ops[] = { "add", "switch", NULL };
static const char *const switching[] = { "switch", NULL };
static const struct str add_id = STR_INIT("add");

static const struct card_field fields[] = {
    { "op", FIELD_ENUM, "O que fazer", .is_required = true, .words = ops },
    { "prompt", FIELD_TEMPLATE, "Pergunta pelo documento", .is_required = true,
      .initial = "\"Informe o CPF ou CNPJ da outra conta.\"", .max = 4096 },
    { "list_text", FIELD_TEMPLATE, "Pergunta pela conta", .is_required = true,
      .initial = "\"Qual cadastro você quer usar agora?\"", .max = 4096,
      .only_if = { "op", switching } },
    { "offer_add", FIELD_BOOL, "Oferecer outra conta", .initial = "true",
      .only_if = { "op", switching } },
    { "max_accounts", FIELD_INT, "Máximo de contas", .initial = "5", .min = 1,
      .max = REGISTRATIONS_MAX },
    { "source", FIELD_ENUM, "Onde procurar", .initial = "\"both\"", .words = registration_sources },
    { "not_found_text", FIELD_TEMPLATE, "Cadastro não encontrado", .is_required = true,
      .initial = "\"Não encontrei cadastro com esse documento. Confira os números e envie de "
                 "novo.\"",
      .max = 4096 },
    { "done_text", FIELD_TEMPLATE, "Conta trocada",
      .initial = "\"Pronto. Agora estamos falando da conta de {{customer.first_name}}.\"",
      .max = 4096 },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "done", "pronto", true);
    card_outlet_add(out, "none", "nenhuma outra conta", true);
    card_outlet_add(out, "error", "erro", false);
}

static int
linked_count(struct step *s)
{
    size_t n = step_facts(s)->registration_count;

    return n < REGISTRATIONS_MAX ? (int)n : REGISTRATIONS_MAX;
}

static bool
has_room(struct step *s)
{
    return linked_count(s) < step_figure(s, "max_accounts");
}

static bool
offers_another(struct step *s)
{
    return step_flag(s, "offer_add") && has_room(s);
}

static void
ask_document(struct step *s)
{
    step_keep(s, PHASE_DOCUMENT, STR(""));
    step_ask(s);
}

/* Those that are offered are kept: what is linked may change while somebody chooses. */
static void
ask_which(struct step *s)
{
    const struct facts *facts = step_facts(s);
    struct search search = { .by = STR("linked"), .n = linked_count(s) };

    for (int i = 0; i < search.n; i++)
        search.found[i] = facts->registrations[i];
    search_keep(s, PHASE_LIST, &search);
    step_ask(s);
}

static void
enter(struct step *s)
{
    bool adds = str_eq(step_word(s, "op"), STR("add"));

    if (adds ? !has_room(s) : linked_count(s) <= 1 && !offers_another(s))
        step_leave(s, "none");
    else if (adds || linked_count(s) == 0)
        ask_document(s);
    else
        ask_which(s);
}

/* Whole names: they are the customer's own. */
static struct options *
list(struct step *s, const struct search *search)
{
    struct option_found offered[REGISTRATIONS_MAX + 1];
    int n = search->n;

    for (int i = 0; i < n; i++)
        offered[i] = (struct option_found){
            str_fmt(step_arena(s), "r%d", i), search->found[i].name,
            value_masked(s, (struct variable_value){ VARIABLE_DOCUMENT, search->found[i].document })
        };
    if (offers_another(s))
        offered[n++] = (struct option_found){ add_id, STR("Adicionar outra conta"), { 0 } };
    return options_page(s, offered, n, search->page);
}

static void
question(struct step *s, struct question *out)
{
    struct search search;

    search_read(s, &search);
    switch (step_run(s)->phase) {
    case PHASE_LIST:
        out->content = step_render(s, "list_text");
        options_put(list(s, &search), out);
        break;
    case PHASE_PICK:
        out->content.text = STR("Encontrei mais de um cadastro. Qual deles?");
        options_put(search_options(s, &search), out);
        break;
    default:
        out->kind = QUESTION_AWAIT;
        out->content = step_render(s, "prompt");
        out->validator = validators_find(STR("cpf_cnpj"));
    }
}

static void
finish(struct step *s)
{
    step_say(s, step_render(s, "done_text"));
    step_leave(s, "done");
}

static void
add(struct step *s, const struct search *search, int which)
{
    registration_link(s, "add", "contact", search, which, "document");
    finish(s);
}

static void
change_to(struct step *s, const struct fact_registration *one)
{
    step_link(s, "switch", "ticket", one, "", STR(""));
    finish(s);
}

static void
take_document(struct step *s, struct str document)
{
    const struct fact_registration *known = registration_of(s, document);

    if (known != NULL)
        change_to(s, known);
    else if (search_begin(s, STR("document"), document) == SEARCH_FAILED)
        step_fail(s, "no_source");
}

static const struct fact_registration *
linked(struct step *s, struct str id)
{
    const struct facts *facts = step_facts(s);

    for (size_t i = 0; i < facts->registration_count; i++)
        if (str_eq(facts->registrations[i].id, id))
            return &facts->registrations[i];
    return NULL;
}

static void
take_listed(struct step *s, struct search *search, int option)
{
    struct str id = list(s, search)->values[option];
    const struct fact_registration *one = NULL;
    int64_t which;

    if (str_eq(id, options_more)) {
        search->page++;
        search_keep(s, PHASE_LIST, search);
        step_ask(s);
        return;
    }
    if (str_eq(id, add_id)) {
        ask_document(s);
        return;
    }
    if (str_i64((struct str){ id.p + 1, id.len - 1 }, &which) && which < search->n)
        one = linked(s, search->found[which].id);
    if (one != NULL)
        change_to(s, one);
    else
        step_wrong(s, (struct content){ 0 });
}

static void
answered(struct step *s, const struct reply *reply)
{
    struct search search;
    int which;

    search_read(s, &search);
    switch (step_run(s)->phase) {
    case PHASE_LIST: take_listed(s, &search, reply->option); break;
    case PHASE_PICK:
        which = search_picked(s, PHASE_PICK, reply->option);
        if (which >= 0)
            add(s, &search, which);
        break;
    default: take_document(s, reply->value.value);
    }
}

static void
called(struct step *s, const struct call_result *result)
{
    struct search search;

    switch (search_take(s, result, &search)) {
    case SEARCH_GOES_ON: break;
    case SEARCH_FAILED: step_fail(s, "unavailable"); break;
    case SEARCH_NOBODY:
        step_keep(s, PHASE_DOCUMENT, STR(""));
        step_wrong(s, step_render(s, "not_found_text"));
        break;
    case SEARCH_FOUND:
        if (search.n == 1) {
            add(s, &search, 0);
        } else {
            search_keep(s, PHASE_PICK, &search);
            step_ask(s);
        }
    }
}

const struct card account_card = {
    .type = "account",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Conta",
    .help = "Adiciona outra conta, ou troca a que está em uso.",
    .icon = "users",
    .speaks = true,
    .asks = true,
    .calls = true,
    .fields = fields,
    .outlets = outlets,
    .enter = enter,
    .question = question,
    .answered = answered,
    .called = called,
};
