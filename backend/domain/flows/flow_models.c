/*
 * The flows that come with the product. Each is a file of backend/models, and part of the program byte for byte: nothing
 * to install beside it, nothing to lose. Making one is an import of it.
 */
#include "flows_private.h"
#include "rewrite.h"

/* Symbols of a file: name_begin and name_end. */
#define MODEL_FILE(name, path)                                                                     \
    __asm__(".section .rodata\n" #name "_begin:\n"                                                 \
            ".incbin \"models/" path ".json\"\n" #name "_end:\n"                                   \
            ".previous\n");                                                                        \
    extern const char name##_begin[] __attribute__((visibility("hidden")));                        \
    extern const char name##_end[] __attribute__((visibility("hidden")))

MODEL_FILE(model_clinic, "clinica");
MODEL_FILE(model_clinic_1, "clinica.marcar.test");
MODEL_FILE(model_clinic_2, "clinica.preparo.test");
MODEL_FILE(model_clinic_3, "clinica.remarcar.test");
MODEL_FILE(model_clinic_reminder, "clinica-lembrete");
MODEL_FILE(model_clinic_reminder_1, "clinica-lembrete.sem_modelo.test");
MODEL_FILE(model_closed, "fora-do-horario");
MODEL_FILE(model_closed_1, "fora-do-horario.anota.test");
MODEL_FILE(model_closed_2, "fora-do-horario.feriado.test");
MODEL_FILE(model_closed_3, "fora-do-horario.urgente.test");
MODEL_FILE(model_provider, "provedor");
MODEL_FILE(model_provider_1, "provedor.boleto.test");
MODEL_FILE(model_provider_2, "provedor.fora_do_horario.test");
MODEL_FILE(model_provider_3, "provedor.sem_internet.test");
MODEL_FILE(model_provider_survey, "provedor-pesquisa");
MODEL_FILE(model_provider_survey_1, "provedor-pesquisa.nota_baixa.test");
MODEL_FILE(model_school, "escola");
MODEL_FILE(model_school_1, "escola.declaracao.test");
MODEL_FILE(model_school_2, "escola.mensalidade.test");
MODEL_FILE(model_school_3, "escola.recado.test");
MODEL_FILE(model_shop, "loja");
MODEL_FILE(model_shop_1, "loja.anuncio.test");
MODEL_FILE(model_shop_2, "loja.pedido.test");
MODEL_FILE(model_shop_3, "loja.troca.test");

#define TEXT(name)                                                                                 \
    {                                                                                              \
        name##_begin, name##_end                                                                   \
    }
#define TEXTS(name)                                                                                \
    {                                                                                              \
        TEXT(name),                                                                                \
        {                                                                                          \
            TEXT(name##_1), TEXT(name##_2), TEXT(name##_3)                                         \
        }                                                                                          \
    }
#define TEXTS_1(name)                                                                              \
    {                                                                                              \
        TEXT(name),                                                                                \
        {                                                                                          \
            TEXT(name##_1)                                                                         \
        }                                                                                          \
    }

/* What they are called and are for in Portuguese stands in the documents themselves. */
const struct flow_model flow_models[] = {
    { "provedor",
      { "Internet provider", "Invoice copy, first test, sales and an agent. Point the card “Buscar "
                             "fatura” at your own system and keep its key as the secret "
                             "sistema_chave." },
      { TEXTS(model_provider), TEXTS_1(model_provider_survey) } },
    { "clinica",
      { "Clinic: appointments", "Appointments, preparation for exams and the address. Put your own "
                                "preparation files in." },
      { TEXTS(model_clinic), TEXTS_1(model_clinic_reminder) } },
    { "loja",
      { "Online shop: orders", "Where an order is, exchanges, the catalogue and a salesperson. "
                               "Point the card “Buscar pedido” at your shop and keep its key as "
                               "the secret loja_chave." },
      { TEXTS(model_shop) } },
    { "escola",
      { "School office", "Fees, documents, messages and enrolment. Point the card “Buscar boleto” "
                         "at the school's system and keep its key as the secret escola_chave." },
      { TEXTS(model_school) } },
    { "fora-do-horario",
      { "After hours", "For departments to go on with: takes whoever writes when nobody is there, "
                       "tells what is urgent and notes the rest." },
      { TEXTS(model_closed) } },
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

static struct str
text_of(struct flow_model_file file)
{
    return file.begin == NULL ? (struct str){ 0 }
                              : (struct str){ file.begin, (size_t)(file.end - file.begin) };
}

struct str
flow_model_text(const struct flow_model *model, size_t i)
{
    return i < FLOW_MODEL_FLOWS ? text_of(model->flows[i].document) : (struct str){ 0 };
}

/* {"tests":[…]}, each as its file has it. */
static struct str
meta_of(struct arena *a, const struct flow_model *model, size_t i)
{
    struct buf buf = { .arena = a };
    struct json_out o = { .buf = &buf };

    json_open(&o, '{');
    json_key(&o, "tests");
    json_open(&o, '[');
    for (size_t k = 0; k < FLOW_MODEL_TESTS && model->flows[i].tests[k].begin != NULL; k++)
        json_put_raw(&o, text_of(model->flows[i].tests[k]));
    json_close(&o, ']');
    json_close(&o, '}');
    return buf_str(&buf);
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
    for (size_t i = 0; flow_model_text(model, i).len > 0; i++) {
        struct rewrite how = { .meta = meta_of(a, model, i) };
        const struct json *document;

        TRY(json_parse(a, flow_model_text(model, i), &document));
        json_put_raw(&o, document_rewrite(a, document, &how));
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return json_parse(a, buf_str(&buf), bundle);
}
