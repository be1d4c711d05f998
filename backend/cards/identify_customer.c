/*
 * “Validar cadastro”: asks for a CPF or CNPJ and looks for whose it is (registrations.h says how). A document that is known
 * links the ticket, not the contact for ever; one that nobody knows is a wrong answer. Of a registration no more than the
 * first name is ever shown.
 */
#include "registrations.h"

enum { PHASE_DOCUMENT, PHASE_PICK, PHASE_CONFIRM };

static const char *const accepts[] = { "cpf", "cnpj", "both", NULL };

static const struct card_field fields[] = {
    { "prompt", FIELD_TEMPLATE, "Pergunta", .is_required = true,
      .initial = "\"Para localizar seu cadastro, informe o CPF ou CNPJ do titular.\"",
      .max = 4096 },
    { "accept", FIELD_ENUM, "Aceita", .initial = "\"both\"", .words = accepts },
    { "source", FIELD_ENUM, "Onde procurar", .initial = "\"both\"", .words = registration_sources },
    { "not_found_text", FIELD_TEMPLATE, "Cadastro não encontrado", .is_required = true,
      .initial = "\"Não encontrei cadastro com esse documento. Confira os números e envie de "
                 "novo.\"",
      .max = 4096 },
    { "confirm_name", FIELD_BOOL, "Confirmar o primeiro nome", .initial = "false" },
    { "always_ask", FIELD_BOOL, "Perguntar mesmo a quem já tem cadastro", .initial = "false" },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "found", "encontrado", true);
    card_outlet_add(out, "error", "erro", false);
}

static void
enter(struct step *s)
{
    if (step_facts(s)->customer.len > 0 && !step_flag(s, "always_ask"))
        step_leave(s, "found");
    else
        step_ask(s);
}

/* A name means nothing but itself. */
static struct content
is_it_of(struct step *s, struct str name)
{
    struct str before = STR("É o cadastro de ");
    struct literal *literal = arena_new_of(step_arena(s), struct literal);

    *literal = (struct literal){ before.len, name.len };
    return (struct content){
        .text = str_fmt(step_arena(s), "%.*s%.*s?", STR_ARG(before), STR_ARG(name)),
        .literals = literal,
        .literal_count = name.len > 0,
    };
}

static const struct validator *
document_validator(struct step *s)
{
    struct str accept = step_word(s, "accept");
    const struct validator *one = validators_find(accept);

    return one != NULL ? one : validators_find(STR("cpf_cnpj"));
}

static void
question(struct step *s, struct question *out)
{
    struct search search;

    search_read(s, &search);
    switch (step_run(s)->phase) {
    case PHASE_PICK:
        out->content.text = STR("Encontrei mais de um cadastro. Qual deles?");
        options_put(search_options(s, &search), out);
        break;
    case PHASE_CONFIRM:
        out->kind = QUESTION_CONFIRM;
        out->content = is_it_of(s, registration_first_name(search.found[0].name));
        out->yes_label = STR("Sim");
        out->no_label = STR("Não");
        break;
    default:
        out->kind = QUESTION_AWAIT;
        out->content = step_render(s, "prompt");
        out->validator = document_validator(s);
    }
}

static void
accept_one(struct step *s, const struct search *search, int which)
{
    registration_link(s, "link", "ticket", search, which, "document");
    step_leave(s, "found");
}

/* The only one, or the one that was picked: from here on there is no other. */
static void
settle(struct step *s, struct search *search, int which)
{
    if (!step_flag(s, "confirm_name")) {
        accept_one(s, search, which);
        return;
    }
    search->found[0] = search->found[which];
    search->contracts[0] = search->contracts[which];
    search->n = 1;
    search_keep(s, PHASE_CONFIRM, search);
    step_ask(s);
}

static void
refuse(struct step *s)
{
    step_keep(s, PHASE_DOCUMENT, STR(""));
    step_wrong(s, step_render(s, "not_found_text"));
}

static void
take_document(struct step *s, struct str document)
{
    const struct fact_registration *known = registration_of(s, document);
    struct search search = { .by = STR("document"), .value = document, .n = 1 };

    if (known != NULL) {
        search.found[0] = *known;
        settle(s, &search, 0);
    } else if (search_begin(s, STR("document"), document) == SEARCH_FAILED) {
        step_fail(s, "no_source");
    }
}

static void
answered(struct step *s, const struct reply *reply)
{
    struct search search;
    int which;

    search_read(s, &search);
    switch (step_run(s)->phase) {
    case PHASE_PICK:
        which = search_picked(s, PHASE_PICK, reply->option);
        if (which >= 0)
            settle(s, &search, which);
        break;
    case PHASE_CONFIRM:
        if (reply->yes_no == ANSWER_YES)
            accept_one(s, &search, 0);
        else
            refuse(s);
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
    case SEARCH_NOBODY: refuse(s); break;
    case SEARCH_FOUND:
        if (search.n == 1) {
            settle(s, &search, 0);
        } else {
            search_keep(s, PHASE_PICK, &search);
            step_ask(s);
        }
    }
}

const struct card identify_customer_card = {
    .type = "identify_customer",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Validar cadastro",
    .help = "Pede o CPF ou CNPJ e localiza o cadastro.",
    .icon = "id-badge-2",
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
