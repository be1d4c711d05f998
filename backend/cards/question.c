/*
 * “Enviar pergunta”: one of some options, yes or no, or an answer of a kind. What was answered is stored as the author
 * wants it, and kept as it was chosen for conditions.
 */
#include "options.h"
#include "settings.h"

#include "base/fold.h"

static const char *const expects[] = { "choice", "confirm", "await", NULL };
static const char *const choice[] = { "choice", NULL };
static const char *const confirm[] = { "confirm", NULL };
static const char *const await[] = { "await", NULL };
static const char *const files[] = { "file", NULL };
static const char *const styles[] = { "auto", "buttons", "list", "text", NULL };
static const char *const whens[] = { "any", "past", "future", NULL };

static const char *const awaited[] = {
    "text",  "any",  "name", "number", "digits", "cpf",      "cnpj",  "cpf_cnpj", "email",
    "phone", "date", "time", "cep",    "image",  "document", "audio", "location", NULL,
};
static const char *const with_length[] = { "text", "digits", NULL };
static const char *const with_range[] = { "number", "date", NULL };
static const char *const of_text[] = { "text", "any", NULL };
static const char *const of_name[] = { "name", NULL };
static const char *const of_number[] = { "number", NULL };
static const char *const of_date[] = { "date", NULL };
static const char *const of_phone[] = { "phone", NULL };
static const char *const of_document[] = { "document", NULL };
static const char *const of_audio[] = { "audio", NULL };

static const struct card_field fields[] = {
    { "expect", FIELD_ENUM, "O que se espera", .is_required = true, .words = expects },
    { "text", FIELD_TEMPLATE, "Pergunta", "Até 1.024 caracteres fica em uma só mensagem.",
      .is_required = true, .max = 4096 },
    { "audio", FIELD_REF, "Áudio da pergunta", "No telefone, toca em lugar da voz.",
      .words = files },
    { "store", FIELD_VAR, "Guardar a resposta em" },

    { "options", FIELD_OPTIONS, "Opções", .is_required = true, .min = 2, .max = 20,
      .only_if = { "expect", choice } },
    { "style", FIELD_ENUM, "Aparência", .initial = "\"auto\"", .words = styles,
      .only_if = { "expect", choice } },
    { "use_first_message", FIELD_BOOL, "A primeira mensagem pode responder", .initial = "false",
      .only_if = { "expect", choice } },
    { "fuzzy", FIELD_BOOL, "Aceitar erros de digitação", .initial = "true",
      .only_if = { "expect", choice } },

    { "yes_label", FIELD_PLAIN, "Texto do sim", .is_required = true, .initial = "\"Sim\"",
      .max = LABEL_ROOM, .only_if = { "expect", confirm } },
    { "no_label", FIELD_PLAIN, "Texto do não", .is_required = true, .initial = "\"Não\"",
      .max = LABEL_ROOM, .only_if = { "expect", confirm } },

    { "validator", FIELD_ENUM, "Tipo de resposta", .is_required = true, .words = awaited,
      .only_if = { "expect", await } },
    { "min_length", FIELD_INT, "Mínimo de caracteres", .min = 1, .max = 4096,
      .only_if = { "validator", with_length } },
    { "max_length", FIELD_INT, "Máximo de caracteres", .min = 1, .max = 4096,
      .only_if = { "validator", with_length } },
    { "min", FIELD_PLAIN, "Menor valor",
      "Número, data (2026-12-25) ou dias a partir de hoje (+30).", .max = 40,
      .only_if = { "validator", with_range } },
    { "max", FIELD_PLAIN, "Maior valor",
      "Número, data (2026-12-25) ou dias a partir de hoje (+30).", .max = 40,
      .only_if = { "validator", with_range } },
    { "integer", FIELD_BOOL, "Só números inteiros", .initial = "false",
      .only_if = { "validator", of_number } },
    { "full", FIELD_BOOL, "Exigir nome e sobrenome", .initial = "false",
      .only_if = { "validator", of_name } },
    { "when", FIELD_ENUM, "Quando", .initial = "\"any\"", .words = whens,
      .only_if = { "validator", of_date } },
    { "allow_international", FIELD_BOOL, "Aceitar números de outros países", .initial = "false",
      .only_if = { "validator", of_phone } },
    { "default_ddd", FIELD_PLAIN, "DDD de quem não o informa", .max = 2,
      .only_if = { "validator", of_phone } },
    { "allow_image", FIELD_BOOL, "Aceitar foto do documento", .initial = "true",
      .only_if = { "validator", of_document } },
    { "max_seconds", FIELD_INT, "Duração máxima em segundos", .initial = "300", .min = 1,
      .max = 300, .only_if = { "validator", of_audio } },
    { "gather_s", FIELD_INT, "Juntar mensagens por segundos",
      "Espera este tempo por mais uma mensagem antes de responder.", .initial = "0", .max = 60,
      .only_if = { "validator", of_text } },
    { "sensitive", FIELD_BOOL, "Resposta sigilosa",
      "Fica oculta na conversa e só pode ser usada em uma chamada do Low Code.", .initial = "false",
      .only_if = { "expect", await } },
    { 0 },
};

static bool
expects_word(const struct json *settings, const char *word)
{
    return str_eq(json_get_text(settings, "expect"), str_of(word));
}

static bool
is(struct step *s, const char *word)
{
    return expects_word(step_card(s)->settings, word);
}

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    if (expects_word(settings, "choice")) {
        options_outlets(json_get(settings, "options"), out);
    } else if (expects_word(settings, "confirm")) {
        card_outlet_add(out, "yes", "sim", true);
        card_outlet_add(out, "no", "não", true);
    } else {
        card_outlet_add(out, "next", "segue", true);
    }
}

/* Of a choice the option's value, of a confirmation the truth, of an answer what its kind says. */
static void
writes(const struct json *settings, struct card_writes *out)
{
    const struct validator *validator = validators_find(json_get_text(settings, "validator"));
    bool awaits = expects_word(settings, "await");

    card_write_add(out, (struct card_write){
                            .name = json_get_text(settings, "store"),
                            .type = expects_word(settings, "confirm") ? VARIABLE_BOOLEAN
                                    : awaits && validator != NULL     ? (int)validator->type
                                                                      : VARIABLE_TEXT,
                            .is_sealed = awaits && json_true(json_get(settings, "sensitive")) });
}

static struct options *
options(struct step *s)
{
    return options_read(step_arena(s), step_setting(s, "options"));
}

static void
store(struct step *s, struct variable_value value)
{
    if (step_word(s, "store").len > 0)
        step_set(s, step_word(s, "store"), value);
}

static void
take_option(struct step *s, const struct options *from, int option)
{
    struct variable_value value = { VARIABLE_TEXT, from->values[option] };

    store(s, value);
    step_answer(s, from->shown[option].id, value, from->shown[option].label);
    step_leave_option(s, "opt", from->shown[option].id);
}

/* The words that began the conversation answer once: whoever comes back is asked. */
static bool
take_first_text(struct step *s)
{
    const struct run *run = step_run(s);
    const struct options *offered;
    struct choice found;

    if (!is(s, "choice") || !step_flag(s, "use_first_message") || run->first_text.len == 0 ||
        run_answered(run, step_card(s)->id) != NULL)
        return false;
    offered = options(s);
    found = choice_exact(step_arena(s), run->first_text, offered->choices, offered->n);
    if (found.by == CHOICE_BY_NOTHING)
        found = choice_lenient(step_arena(s), run->first_text, offered->choices, offered->n,
                               step_flag(s, "fuzzy"));
    if (found.count != 1)
        return false;
    take_option(s, offered, found.options[0]);
    return true;
}

static void
enter(struct step *s)
{
    if (!take_first_text(s))
        step_ask(s);
}

static struct validator_limits
limits(struct step *s)
{
    return (struct validator_limits){
        .min_length = step_figure(s, "min_length"),
        .max_length = step_figure(s, "max_length"),
        .min = step_word(s, "min"),
        .max = step_word(s, "max"),
        .is_integer = step_flag(s, "integer"),
        .is_full_name = step_flag(s, "full"),
        .when = str_eq(step_word(s, "when"), STR("past"))     ? WHEN_PAST
                : str_eq(step_word(s, "when"), STR("future")) ? WHEN_FUTURE
                                                              : WHEN_ANY,
        .allows_international = step_flag(s, "allow_international"),
        .default_ddd = step_word(s, "default_ddd"),
        .max_seconds = step_figure(s, "max_seconds"),
        .refuses_images =
            str_eq(step_word(s, "validator"), STR("document")) && !step_flag(s, "allow_image"),
    };
}

static void
question(struct step *s, struct question *out)
{
    out->content = step_render(s, "text");
    if (step_facts(s)->channel == FLOW_TELEPHONY && step_word(s, "audio").len > 0) {
        out->content.kind = CONTENT_AUDIO;
        out->content.file = step_word(s, "audio");
    }
    if (is(s, "choice")) {
        options_put(options(s), out);
        out->is_fuzzy = step_flag(s, "fuzzy");
        out->style = step_word(s, "style");
    } else if (is(s, "confirm")) {
        out->kind = QUESTION_CONFIRM;
        out->yes_label = step_word(s, "yes_label");
        out->no_label = step_word(s, "no_label");
    } else {
        out->kind = QUESTION_AWAIT;
        out->validator = validators_find(step_word(s, "validator"));
        out->limits = limits(s);
        out->gather_s = step_figure(s, "gather_s");
        out->is_sensitive = step_flag(s, "sensitive");
    }
}

static void
take_yes_no(struct step *s, bool is_yes)
{
    struct variable_value value = { VARIABLE_BOOLEAN, is_yes ? STR("true") : STR("false") };

    store(s, value);
    step_answer(s, is_yes ? STR("yes") : STR("no"), value,
                step_word(s, is_yes ? "yes_label" : "no_label"));
    step_leave(s, is_yes ? "yes" : "no");
}

static void
take_value(struct step *s, struct valid valid)
{
    struct variable_value value = { valid.type, valid.value };

    if (step_flag(s, "sensitive")) {
        step_seal(s, step_word(s, "store"), valid);
        step_answer(s, STR(""), (struct variable_value){ 0 }, STR(""));
    } else {
        store(s, value);
        step_answer(s, STR(""), value, value.text);
    }
    step_leave(s, "next");
}

static void
answered(struct step *s, const struct reply *reply)
{
    if (is(s, "choice"))
        take_option(s, options(s), reply->option);
    else if (is(s, "confirm"))
        take_yes_no(s, reply->yes_no == ANSWER_YES);
    else
        take_value(s, reply->value);
}

static bool
asks_for_secrets(struct arena *a, struct str text)
{
    static const char *const words[] = { "senha", "senhas", "cartao", "cvv", "cvc" };
    struct str rest = fold(a, text), word;

    while (str_cut(&rest, ' ', &word))
        for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
            if (str_eq(word, str_of(words[i])))
                return true;
    return false;
}

static void
lint_confirm(struct lint *l, const char *setting)
{
    options_lint_length(l, setting, STR(""), json_get_text(l->card->settings, setting),
                        CONFIRM_LABEL_MAX);
}

/* A telephone has digits and a voice. */
static void
lint_phone(struct lint *l)
{
    static const char *const recorded[] = { "text", "any", "audio" };
    struct str name = json_get_text(l->card->settings, "validator");
    const struct validator *validator = validators_find(name);
    bool can = validator == NULL || validator->is_typed_on_phones;
    struct finding *found;

    for (size_t i = 0; i < sizeof recorded / sizeof recorded[0]; i++)
        can |= str_eq(name, str_of(recorded[i]));
    if (can || !FLOW_HAS(l->channels, FLOW_TELEPHONY))
        return;
    found = lint_add(l, "L211");
    found->setting = STR("validator");
    found->channel = STR("telephony");
}

static void
lint(struct lint *l)
{
    const struct json *settings = l->card->settings;

    if (expects_word(settings, "choice")) {
        options_lint(l, "options");
    } else if (expects_word(settings, "confirm")) {
        lint_confirm(l, "yes_label");
        lint_confirm(l, "no_label");
    } else {
        if (json_get_text(settings, "store").len == 0)
            lint_field(l, "store", "Guardar a resposta em");
        if (!json_true(json_get(settings, "sensitive")) &&
            asks_for_secrets(l->arena, json_get_text(settings, "text")))
            lint_add(l, "L610")->setting = STR("sensitive");
        lint_phone(l);
    }
}

const struct card question_card = {
    .type = "question",
    .v = 1,
    .kind = CARD_INTERACTION,
    .label = "Enviar pergunta",
    .help = "Faz uma pergunta, espera a resposta e segue conforme ela.",
    .icon = "help-circle",
    .speaks = true,
    .asks = true,
    .always_asks = true,
    .fields = fields,
    .outlets = outlets,
    .writes = writes,
    .lint = lint,
    .enter = enter,
    .question = question,
    .answered = answered,
};
