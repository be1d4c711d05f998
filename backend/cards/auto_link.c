/*
 * “Auto vincular contato”: links by the number the customer writes or calls from, without a question; where the channel
 * does not vouch for a number, nobody is linked. Only numbers registered as the holder's count: the search sees to that.
 */
#include "registrations.h"

enum { PHASE_SEARCH, PHASE_PICK };

static const char *const on_many[] = { "ask", "skip", NULL };
static const char *const asked[] = { "ask", NULL };

static const struct card_field fields[] = {
    { "source", FIELD_ENUM, "Onde procurar", .initial = "\"both\"", .words = registration_sources },
    { "on_many", FIELD_ENUM, "Mais de um cadastro", .initial = "\"ask\"", .words = on_many },
    { "prompt_many", FIELD_TEMPLATE, "Pergunta", .is_required = true,
      .initial = "\"Seu número está em mais de um cadastro. Qual deles?\"", .max = 4096,
      .only_if = { "on_many", asked } },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "linked", "vinculado", true);
    card_outlet_add(out, "not_linked", "sem vínculo", true);
}

static void
leave_alone(struct step *s, const char *why)
{
    step_remark(s, why);
    step_leave(s, "not_linked");
}

static void
link_one(struct step *s, const struct search *search, int which)
{
    registration_link(s, "link", "contact", search, which, "phone");
    step_leave(s, "linked");
}

static void
enter(struct step *s)
{
    const struct facts *facts = step_facts(s);
    bool has_number = facts->channel == FLOW_WHATSAPP || facts->channel == FLOW_TELEPHONY ||
                      facts->channel == FLOW_TELEGRAM;

    if (!has_number || facts->phone.len == 0)
        leave_alone(s, "no_phone");
    else if (search_begin(s, STR("phone"), facts->phone) == SEARCH_FAILED)
        leave_alone(s, "no_source");
}

static void
question(struct step *s, struct question *out)
{
    struct search search;

    search_read(s, &search);
    out->content = step_render(s, "prompt_many");
    options_put(search_options(s, &search), out);
}

static void
answered(struct step *s, const struct reply *reply)
{
    struct search search;
    int which;

    search_read(s, &search);
    which = search_picked(s, PHASE_PICK, reply->option);
    if (which >= 0)
        link_one(s, &search, which);
}

static void
called(struct step *s, const struct call_result *result)
{
    struct search search;

    switch (search_take(s, result, &search)) {
    case SEARCH_GOES_ON: break;
    case SEARCH_FAILED: leave_alone(s, "unavailable"); break;
    case SEARCH_NOBODY: leave_alone(s, "not_found"); break;
    case SEARCH_FOUND:
        if (search.n == 1) {
            link_one(s, &search, 0);
        } else if (str_eq(step_word(s, "on_many"), STR("skip"))) {
            leave_alone(s, "many");
        } else {
            search_keep(s, PHASE_PICK, &search);
            step_ask(s);
        }
    }
}

static bool
given_up(struct step *s, bool by_silence)
{
    if (!by_silence)
        leave_alone(s, "many");
    return !by_silence;
}

const struct card auto_link_card = {
    .type = "auto_link",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Auto vincular contato",
    .help = "Vincula o cadastro pelo número de quem escreve ou liga.",
    .icon = "link",
    .speaks = true,
    .asks = true,
    .calls = true,
    .fields = fields,
    .outlets = outlets,
    .enter = enter,
    .question = question,
    .answered = answered,
    .called = called,
    .given_up = given_up,
};
