/*
 * The flows that come with the product. Each is a file of backend/models, and part of the program byte for byte: nothing
 * to install beside it, nothing to lose. Making one is an import of it.
 */
#include "flows_private.h"

/* Symbols of a file: name_begin and name_end. */
#define MODEL_FILE(name, path)                                                                     \
    __asm__(".section .rodata\n" #name "_begin:\n"                                                 \
            ".incbin \"models/" path ".json\"\n" #name "_end:\n"                                   \
            ".previous\n");                                                                        \
    extern const char name##_begin[] __attribute__((visibility("hidden")));                        \
    extern const char name##_end[] __attribute__((visibility("hidden")))

MODEL_FILE(model_clinic, "clinica");
MODEL_FILE(model_clinic_reminder, "clinica-lembrete");
MODEL_FILE(model_closed, "fora-do-horario");
MODEL_FILE(model_provider, "provedor");
MODEL_FILE(model_provider_survey, "provedor-pesquisa");
MODEL_FILE(model_school, "escola");
MODEL_FILE(model_shop, "loja");

#define TEXT(name)                                                                                 \
    {                                                                                              \
        name##_begin, name##_end                                                                   \
    }

/* What they are called and are for in Portuguese stands in the documents themselves. */
const struct flow_model flow_models[] = {
    { "provedor",
      { "Internet provider", "Invoice copy, first test, sales and an agent. Point the card “Buscar "
                             "fatura” at your own system and keep its key as the secret "
                             "sistema_chave." },
      { TEXT(model_provider), TEXT(model_provider_survey) } },
    { "clinica",
      { "Clinic: appointments", "Appointments, preparation for exams and the address. Put your own "
                                "preparation files in." },
      { TEXT(model_clinic), TEXT(model_clinic_reminder) } },
    { "loja",
      { "Online shop: orders", "Where an order is, exchanges, the catalogue and a salesperson. "
                               "Point the card “Buscar pedido” at your shop and keep its key as "
                               "the secret loja_chave." },
      { TEXT(model_shop) } },
    { "escola",
      { "School office", "Fees, documents, messages and enrolment. Point the card “Buscar boleto” "
                         "at the school's system and keep its key as the secret escola_chave." },
      { TEXT(model_school) } },
    { "fora-do-horario",
      { "After hours", "For departments to go on with: takes whoever writes when nobody is there, "
                       "tells what is urgent and notes the rest." },
      { TEXT(model_closed) } },
    { 0 },
};

const struct flow_model *
flow_model_find(struct str key)
{
    for (const struct flow_model *model = flow_models; model->key != NULL; model++)
        if (str_eq(key, str_of(model->key)))
            return model;
    return NULL;
}

struct str
flow_model_text(const struct flow_model *model, size_t i)
{
    const char *begin = i < FLOW_MODEL_FLOWS ? model->flows[i].begin : NULL;

    return begin == NULL ? (struct str){ 0 }
                         : (struct str){ begin, (size_t)(model->flows[i].end - begin) };
}

struct err
flow_model_bundle(struct arena *a, const struct flow_model *model, const struct json **bundle)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    json_kv_str(&o, "format", STR("balcao-flows"));
    json_kv_i64(&o, "format_version", 1);
    json_key(&o, "flows");
    json_open(&o, '[');
    for (size_t i = 0; flow_model_text(model, i).len > 0; i++)
        json_put_raw(&o, flow_model_text(model, i));
    json_close(&o, ']');
    json_close(&o, '}');
    return json_parse(a, buf_str(&buf), bundle);
}
