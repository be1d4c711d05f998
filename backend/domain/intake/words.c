#include "words.h"

/* One language; the first is everybody's who has none of these. */
static const struct words {
    const char *locale;
    const char *request, *terms, *accept, *consent, *birth, *document;
    const char *retry_choice, *retry_birth, *retry_document;
    const char *terms_needed, *thanks, *person;
} languages[] = {
    {
        "pt-BR",
        .request = "Para o seu atendimento, precisamos de alguns dados.",
        .terms = "Antes de continuar, leia os nossos termos de privacidade:",
        .accept = "Você aceita os termos? Responda SIM ou NÃO.",
        .consent = "Você autoriza que guardemos os seus dados? Responda SIM ou NÃO.",
        .birth = "Qual é a sua data de nascimento? Escreva como 25/12/1990.",
        .document = "Qual é o seu CPF ou CNPJ?",
        .retry_choice = "Não entendi. Responda SIM ou NÃO, por favor.",
        .retry_birth = "Não reconheci essa data. Escreva dia, mês e ano, como 25/12/1990.",
        .retry_document =
            "Esse CPF ou CNPJ não confere. Veja os números e escreva de novo, por favor.",
        .terms_needed = "Sem o aceite dos termos não conseguimos continuar por aqui. "
                        "Se mudar de ideia, responda SIM.",
        .thanks = "Obrigado! Em instantes alguém continua o seu atendimento.",
        .person = "Vou chamar uma pessoa da equipe para continuar com você.",
    },
    {
        "en",
        .request = "To help you, we need some details.",
        .terms = "Before we go on, please read our privacy terms:",
        .accept = "Do you accept the terms? Answer SIM (yes) or NÃO (no).",
        .consent = "May we keep your data? Answer SIM (yes) or NÃO (no).",
        .birth = "What is your date of birth? Write it as 25/12/1990.",
        .document = "What is your CPF or CNPJ?",
        .retry_choice = "I did not understand. Please answer SIM (yes) or NÃO (no).",
        .retry_birth = "That is no date that I know. Write day, month and year, as 25/12/1990.",
        .retry_document = "That CPF or CNPJ does not add up. Please look at it and write it again.",
        .terms_needed =
            "Without the terms we cannot go on here. If you change your mind, answer SIM.",
        .thanks = "Thank you! Somebody will be with you in a moment.",
        .person = "I will call somebody of the team to go on with you.",
    },
};

static const struct words *
words_of(struct str locale)
{
    for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++)
        if (str_eq(locale, str_of(languages[i].locale)))
            return &languages[i];
    return &languages[0];
}

struct str
words_request(struct str locale)
{
    return str_of(words_of(locale)->request);
}

struct str
words_terms(struct arena *a, struct str locale, struct str url)
{
    const struct words *w = words_of(locale);

    return str_fmt(a, "%s %.*s\n\n%s", w->terms, STR_ARG(url), w->accept);
}

struct str
words_consent(struct arena *a, struct str locale, struct str request)
{
    return str_fmt(a, "%.*s\n\n%s", STR_ARG(request), words_of(locale)->consent);
}

struct str
words_ask(struct str locale, int need)
{
    const struct words *w = words_of(locale);

    return str_of(need == NEED_BIRTH ? w->birth : w->document);
}

struct str
words_line(struct str locale, enum script_line line, int need)
{
    const struct words *w = words_of(locale);
    const char *const lines[] = {
        [LINE_NONE] = "",
        [LINE_RETRY] = need == NEED_BIRTH      ? w->retry_birth
                       : need == NEED_DOCUMENT ? w->retry_document
                                               : w->retry_choice,
        [LINE_TERMS_NEEDED] = w->terms_needed,
        [LINE_THANKS] = w->thanks,
        [LINE_PERSON] = w->person,
    };

    return str_of(lines[line]);
}
