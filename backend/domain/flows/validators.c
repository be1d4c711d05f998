#include "validators_private.h"

enum {
    TEXT = 1 << FORM_TEXT,
    IMAGE = 1 << FORM_IMAGE,
    AUDIO = 1 << FORM_AUDIO,
    DOCUMENT = 1 << FORM_DOCUMENT,
    LOCATION = 1 << FORM_LOCATION,
    CONTACT = 1 << FORM_CONTACT,
    EVERYTHING =
        TEXT | IMAGE | AUDIO | DOCUMENT | LOCATION | CONTACT | 1 << FORM_VIDEO | 1 << FORM_STICKER,
};

const char *const answer_form_names[FORM__COUNT] = {
    [FORM_TEXT] = "text",         [FORM_IMAGE] = "image",       [FORM_AUDIO] = "audio",
    [FORM_VIDEO] = "video",       [FORM_DOCUMENT] = "document", [FORM_STICKER] = "sticker",
    [FORM_LOCATION] = "location", [FORM_CONTACT] = "contact",   [FORM_UNSUPPORTED] = "unsupported",
};

const struct validator validators[] = {
    { "text", VARIABLE_TEXT, TEXT, judge_text, "Escreva a resposta em uma mensagem de texto.",
      false },
    { "any", VARIABLE_TEXT, EVERYTHING, judge_any, "Envie uma mensagem ou um arquivo.", false },
    { "name", VARIABLE_TEXT, TEXT, judge_name, "Informe seu nome só com letras.", false },
    { "number", VARIABLE_NUMBER, TEXT, judge_number, "Informe um número, por exemplo 150 ou 99,90.",
      true },
    { "digits", VARIABLE_TEXT, TEXT, judge_digits, "Informe só os números.", true },
    { "cpf", VARIABLE_DOCUMENT, TEXT, judge_cpf, "Esse CPF não confere. São 11 números.", true },
    { "cnpj", VARIABLE_DOCUMENT, TEXT, judge_cnpj, "Esse CNPJ não confere. São 14 caracteres.",
      true },
    { "cpf_cnpj", VARIABLE_DOCUMENT, TEXT, judge_cpf_cnpj,
      "Esse CPF ou CNPJ não confere. Confira e envie de novo.", true },
    { "email", VARIABLE_EMAIL, TEXT, judge_email,
      "Esse e-mail parece incompleto. Exemplo: nome@empresa.com.br", false },
    { "phone", VARIABLE_PHONE, TEXT | CONTACT, judge_phone,
      "Informe o telefone com DDD. Exemplo: 49 99999-0000", true },
    { "date", VARIABLE_DATE, TEXT, judge_date,
      "Não entendi a data. Use dia/mês/ano, por exemplo 25/12/2026.", true },
    { "time", VARIABLE_TIME, TEXT, judge_time, "Informe a hora, por exemplo 14:30.", true },
    { "cep", VARIABLE_TEXT, TEXT, judge_cep, "Esse CEP não confere. São 8 números.", true },
    { "image", VARIABLE_FILE, IMAGE | DOCUMENT, judge_file, "Envie uma foto ou imagem.", false },
    { "document", VARIABLE_FILE, IMAGE | DOCUMENT, judge_document,
      "Envie o documento em PDF ou uma foto dele.", false },
    { "audio", VARIABLE_FILE, AUDIO, judge_audio, "Envie um áudio.", false },
    { "location", VARIABLE_LOCATION, TEXT | LOCATION, judge_location,
      "Envie a sua localização pelo clipe do aplicativo.", false },
    { 0 },
};

const struct validator *
validators_find(struct str name)
{
    for (const struct validator *v = validators; v->name != NULL; v++)
        if (str_eq(name, str_of(v->name)))
            return v;
    return NULL;
}

enum verdict
validate(const struct validator *validator, const struct validator_call *call, struct valid *out)
{
    enum verdict verdict;

    if ((validator->forms >> call->said->form & 1) == 0)
        return VERDICT_FORM;
    out->type = validator->type;
    verdict = validator->judge(call, &out->value);
    return verdict;
}

void
found_add(struct found *found, struct str value)
{
    found->several |= found->value.len > 0 && !str_eq(found->value, value);
    found->value = value;
}

enum verdict
found_verdict(const struct found *found, struct str *value)
{
    *value = found->value;
    if (found->several)
        return VERDICT_SEVERAL;
    return found->value.len > 0 ? VERDICT_VALID : VERDICT_INVALID;
}
