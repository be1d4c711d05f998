/*
 * What a document says besides its cards, as tables; and its settings as a struct.
 */
#include "document_private.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

static const char *const flow_refs[] = { "flow", NULL };
static const char *const department_refs[] = { "department", NULL };
static const char *const reason_refs[] = { "reason", NULL };

/* --- settings --------------------------------------------------------------------- */

static const struct card_field fallback_fields[] = {
    { .name = "flow", .type = FIELD_REF, .label = "Fluxo de apoio", .words = flow_refs },
    { .name = "department",
      .type = FIELD_REF,
      .label = "Setor de apoio",
      .words = department_refs },
    { 0 },
};

static const struct card_field human_fields[] = {
    { .name = "enabled", .type = FIELD_BOOL, .label = "Atalho para uma pessoa", .initial = "true" },
    { .name = "digit",
      .type = FIELD_PLAIN,
      .label = "Dígito para uma pessoa",
      .initial = "\"0\"",
      .max = 1 },
    { .name = "words",
      .type = FIELD_WORDS,
      .label = "Palavras para uma pessoa",
      .initial = "[\"atendente\",\"humano\",\"pessoa\",\"falar com atendente\","
                 "\"falar com uma pessoa\"]",
      .max = FLOW_WORDS_MAX },
    { .name = "department",
      .type = FIELD_REF,
      .label = "Setor de quem pede uma pessoa",
      .help = "Vazio: o de apoio.",
      .words = department_refs },
    { 0 },
};

static const struct card_field menu_fields[] = {
    { .name = "enabled", .type = FIELD_BOOL, .label = "Atalho para o menu", .initial = "true" },
    { .name = "words",
      .type = FIELD_WORDS,
      .label = "Palavras para o menu",
      .initial = "[\"menu\",\"inicio\",\"voltar ao menu\"]",
      .max = FLOW_WORDS_MAX },
    { .name = "card",
      .type = FIELD_CARD,
      .label = "Card do menu",
      .help = "Vazio: o início do fluxo." },
    { 0 },
};

static const char *const on_expire_words[] = { "close", "transfer", "flow", NULL };
static const char *const expires_to_flow[] = { "flow", NULL };
static const char *const expires_to_department[] = { "transfer", NULL };
static const struct card_field silence_fields[] = {
    { .name = "remind_after_s",
      .type = FIELD_DURATION,
      .label = "Lembrar após",
      .initial = "600",
      .allows_zero = true,
      .min = 30,
      .max = 82800 },
    { .name = "reminders",
      .type = FIELD_INT,
      .label = "Lembretes",
      .initial = "1",
      .min = 0,
      .max = 3 },
    { .name = "expire_after_s",
      .type = FIELD_DURATION,
      .label = "Desistir após",
      .initial = "3600",
      .min = 60,
      .max = 604800 },
    { .name = "on_expire",
      .type = FIELD_ENUM,
      .label = "Ao desistir",
      .initial = "\"close\"",
      .words = on_expire_words },
    { .name = "flow",
      .type = FIELD_REF,
      .label = "Fluxo ao desistir",
      .is_required = true,
      .words = flow_refs,
      .only_if = { "on_expire", expires_to_flow } },
    { .name = "department",
      .type = FIELD_REF,
      .label = "Setor ao desistir",
      .help = "Vazio: o de apoio.",
      .words = department_refs,
      .only_if = { "on_expire", expires_to_department } },
    { .name = "reason", .type = FIELD_REF, .label = "Motivo ao desistir", .words = reason_refs },
    { 0 },
};

static const struct card_field silence_text_fields[] = {
    { .name = "remind",
      .type = FIELD_TEMPLATE,
      .label = "Lembrete",
      .initial = "\"Ainda está por aí? Quando puder, responda a pergunta acima.\"" },
    { .name = "expire",
      .type = FIELD_TEMPLATE,
      .label = "Despedida por silêncio",
      .initial = "\"Como não tivemos resposta, vou encerrar por agora. É só escrever de novo "
                 "quando quiser.\"" },
    { 0 },
};

static const struct card_field text_fields[] = {
    { .name = "invalid",
      .type = FIELD_TEMPLATE,
      .label = "Resposta inválida",
      .initial = "\"Não entendi. Escolha uma das opções, por favor.\"" },
    { .name = "ambiguous",
      .type = FIELD_TEMPLATE,
      .label = "Mais de uma opção",
      .initial = "\"Encontrei mais de uma opção. Qual delas?\"" },
    { .name = "stale",
      .type = FIELD_TEMPLATE,
      .label = "Opção de antes",
      .initial = "\"Essa opção é de uma pergunta anterior.\"" },
    { .name = "error",
      .type = FIELD_TEMPLATE,
      .label = "Problema",
      .initial = "\"Tive um problema por aqui. Vou chamar alguém da equipe para continuar.\"" },
    { .name = "media",
      .type = FIELD_TEMPLATE,
      .label = "Só texto",
      .initial = "\"Aqui eu só consigo ler texto. Escreva a resposta, por favor.\"" },
    { 0 },
};

static const struct card_field voice_fields[] = {
    { .name = "voice", .type = FIELD_PLAIN, .label = "Voz", .initial = "\"pt-br\"", .max = 40 },
    { .name = "speed",
      .type = FIELD_INT,
      .label = "Velocidade da fala",
      .initial = "150",
      .min = 80,
      .max = 300 },
    { .name = "music",
      .type = FIELD_PLAIN,
      .label = "Música de espera",
      .initial = "\"default\"",
      .max = 120 },
    { .name = "digit_timeout_s",
      .type = FIELD_DURATION,
      .label = "Espera por dígitos",
      .initial = "8",
      .min = 2,
      .max = 60 },
    { 0 },
};

static const char *const window_words[] = { "transfer", "end", NULL };
static const char *const hand_back_words[] = { "resume", "restart", "ask", NULL };

const struct card_field document_settings_fields[] = {
    { .name = "fallback", .type = FIELD_OBJECT, .label = "Apoio", .item = fallback_fields },
    { .name = "human", .type = FIELD_OBJECT, .label = "Pessoa", .item = human_fields },
    { .name = "menu", .type = FIELD_OBJECT, .label = "Menu", .item = menu_fields },
    { .name = "silence", .type = FIELD_OBJECT, .label = "Silêncio", .item = silence_fields },
    { .name = "silence_texts",
      .type = FIELD_OBJECT,
      .label = "Textos do silêncio",
      .item = silence_text_fields },
    { .name = "texts", .type = FIELD_OBJECT, .label = "Textos", .item = text_fields },
    { .name = "opt_out_words",
      .type = FIELD_WORDS,
      .label = "Palavras para não receber mais",
      .initial = "[\"parar\",\"pare\",\"stop\",\"descadastrar\"]",
      .max = FLOW_WORDS_MAX },
    { .name = "window_closed",
      .type = FIELD_ENUM,
      .label = "Janela fechada",
      .initial = "\"transfer\"",
      .words = window_words },
    { .name = "pace_ms",
      .type = FIELD_INT,
      .label = "Pausa entre mensagens",
      .initial = "700",
      .min = 0,
      .max = 10000 },
    { .name = "typing", .type = FIELD_BOOL, .label = "Mostrar que digita", .initial = "true" },
    { .name = "voice", .type = FIELD_OBJECT, .label = "Voz", .item = voice_fields },
    { .name = "hand_back",
      .type = FIELD_ENUM,
      .label = "Devolução ao bot",
      .initial = "\"ask\"",
      .words = hand_back_words },
    { .name = "keep_days",
      .type = FIELD_INT,
      .label = "Guardar o percurso por",
      .initial = "180",
      .min = 14,
      .max = 1825 },
    { 0 },
};

/* --- the document ----------------------------------------------------------------- */

static const struct card_field place_fields[] = {
    { .name = "x", .type = FIELD_INT, .label = "Posição" },
    { .name = "y", .type = FIELD_INT, .label = "Posição" },
    { 0 },
};
static const struct card_field size_fields[] = {
    { .name = "w", .type = FIELD_INT, .label = "Largura" },
    { .name = "h", .type = FIELD_INT, .label = "Altura" },
    { 0 },
};

static const char *const variable_types[] = { "text", "number",   "boolean",  "date",  "datetime",
                                              "time", "document", "phone",    "email", "money",
                                              "list", "file",     "location", NULL };
static const struct card_field variable_fields[] = {
    { .name = "name", .type = FIELD_VAR, .label = "Nome", .is_required = true },
    { .name = "type",
      .type = FIELD_ENUM,
      .label = "Tipo",
      .is_required = true,
      .words = variable_types },
    { .name = "label", .type = FIELD_PLAIN, .label = "Rótulo", .max = 80 },
    { .name = "default", .type = FIELD_PLAIN, .label = "Valor inicial", .max = 2000 },
    { 0 },
};
static const struct card_field connector_fields[] = {
    { .name = "from", .type = FIELD_PLAIN, .label = "De", .is_required = true },
    { .name = "outlet", .type = FIELD_PLAIN, .label = "Saída", .is_required = true },
    { .name = "to", .type = FIELD_PLAIN, .label = "Para", .is_required = true },
    { 0 },
};
static const struct card_field note_fields[] = {
    { .name = "id", .type = FIELD_PLAIN, .label = "Identificador", .is_required = true },
    { .name = "text", .type = FIELD_PLAIN, .label = "Nota", .max = 2000 },
    { .name = "position", .type = FIELD_OBJECT, .label = "Posição", .item = place_fields },
    { .name = "size", .type = FIELD_OBJECT, .label = "Tamanho", .item = size_fields },
    { .name = "color", .type = FIELD_PLAIN, .label = "Cor", .max = 20 },
    { 0 },
};
static const struct card_field ref_fields[] = {
    { .name = "ref", .type = FIELD_REF, .label = "Referência", .is_required = true },
    { .name = "name", .type = FIELD_PLAIN, .label = "Nome" },
    { .name = "detail", .type = FIELD_PLAIN, .label = "Detalhe" },
    { 0 },
};

const char *const flow_channel_names[FLOW_CHANNEL__COUNT] = {
    [FLOW_WHATSAPP] = "whatsapp", [FLOW_MESSENGER] = "messenger", [FLOW_INSTAGRAM] = "instagram",
    [FLOW_FACEBOOK] = "facebook", [FLOW_TELEGRAM] = "telegram",   [FLOW_WEBCHAT] = "webchat",
    [FLOW_API] = "api",           [FLOW_TELEPHONY] = "telephony",
};
const char *const flow_channel_labels[FLOW_CHANNEL__COUNT] = {
    [FLOW_WHATSAPP] = "WhatsApp", [FLOW_MESSENGER] = "Messenger", [FLOW_INSTAGRAM] = "Instagram",
    [FLOW_FACEBOOK] = "Facebook", [FLOW_TELEGRAM] = "Telegram",   [FLOW_WEBCHAT] = "Chat do site",
    [FLOW_API] = "API",           [FLOW_TELEPHONY] = "Telefone",
};
static const char *const channel_words[] = { "whatsapp", "messenger", "instagram",
                                             "facebook", "telegram",  "webchat",
                                             "api",      "telephony", NULL };

const struct card_field document_fields[] = {
    { .name = "format", .type = FIELD_ANY },
    { .name = "format_version", .type = FIELD_ANY },
    { .name = "key", .type = FIELD_PLAIN, .label = "Chave", .is_required = true },
    { .name = "name", .type = FIELD_PLAIN, .label = "Nome", .is_required = true, .max = 80 },
    { .name = "description", .type = FIELD_PLAIN, .label = "Descrição", .max = 1000 },
    { .name = "channels",
      .type = FIELD_SET,
      .label = "Canais",
      .initial = "[]",
      .words = channel_words },
    { .name = "start", .type = FIELD_ANY },
    { .name = "settings",
      .type = FIELD_OBJECT,
      .label = "Configurações",
      .item = document_settings_fields },
    { .name = "variables",
      .type = FIELD_ITEMS,
      .label = "Variáveis",
      .initial = "[]",
      .item = variable_fields },
    { .name = "cards", .type = FIELD_ANY, .initial = "[]" },
    { .name = "connectors",
      .type = FIELD_ITEMS,
      .label = "Ligações",
      .initial = "[]",
      .item = connector_fields },
    { .name = "notes",
      .type = FIELD_ITEMS,
      .label = "Notas",
      .initial = "[]",
      .item = note_fields },
    { .name = "refs",
      .type = FIELD_ITEMS,
      .label = "Referências",
      .initial = "[]",
      .item = ref_fields },
    { .name = "meta", .type = FIELD_ANY },
    { 0 },
};

const struct card_field document_card_fields[] = {
    { .name = "id", .type = FIELD_PLAIN, .label = "Identificador", .is_required = true },
    { .name = "type", .type = FIELD_PLAIN, .label = "Tipo", .is_required = true },
    { .name = "v",
      .type = FIELD_INT,
      .label = "Versão",
      .is_required = true,
      .min = 1,
      .max = 1000 },
    { .name = "name", .type = FIELD_PLAIN, .label = "Nome do card", .max = 80 },
    { .name = "settings", .type = FIELD_ANY },
    { .name = "position", .type = FIELD_OBJECT, .label = "Posição", .item = place_fields },
    { .name = "color", .type = FIELD_PLAIN, .label = "Cor", .max = 20 },
    { .name = "parked", .type = FIELD_BOOL, .label = "Estacionado" },
    { 0 },
};

/* --- reading ---------------------------------------------------------------------- */

/* One section, or the settings themselves. */
struct section {
    struct arena *arena;
    const struct card_field *fields;
    const struct json *json;
};

static const struct card_field *
field_in(const struct section *s, const char *name)
{
    const struct card_field *field = fields_find((struct fields){ s->fields, NULL }, str_of(name));

    if (field == NULL)
        BUG("setting=%s what=no_such_setting", name);
    return field;
}

static struct section
section_of(const struct section *settings, const char *name)
{
    return (struct section){ settings->arena, field_in(settings, name)->item,
                             json_get(settings->json, name) };
}

/* As it is written or, when it is not of this kind, as it is shipped. */
static const struct json *
value_in(const struct section *s, const char *name, enum json_kind kind)
{
    const struct card_field *field = field_in(s, name);
    const struct json *v = json_get(s->json, name);

    if (json_kind(v) == kind || field->initial == NULL)
        return v;
    if (json_parse(s->arena, str_of(field->initial), &v).code != ERR_NONE)
        BUG("setting=%s what=shipped_as_no_json", name);
    return v;
}

static struct str
text_in(const struct section *s, const char *name)
{
    struct str text = json_text(value_in(s, name, JSON_TEXT));

    return text.p == NULL ? STR("") : text;
}

static bool
flag_in(const struct section *s, const char *name)
{
    return json_is_true(value_in(s, name, JSON_BOOL));
}

static int64_t
figure_in(const struct section *s, const char *name)
{
    const struct card_field *field = field_in(s, name);
    int64_t n;

    if (json_i64(value_in(s, name, JSON_NUMBER), &n) &&
        ((n >= field->min && n <= field->max) || (n == 0 && field->allows_zero)))
        return n;
    if (!str_i64(str_of(field->initial), &n))
        BUG("setting=%s what=shipped_as_no_figure", name);
    return n;
}

static struct flow_words
words_in(const struct section *s, const char *name)
{
    const struct json *list = value_in(s, name, JSON_ARRAY);
    struct str *v = arena_array(s->arena, struct str, json_len(list));
    size_t n = 0;

    for (size_t i = 0; i < json_len(list) && n < FLOW_WORDS_MAX; i++)
        if (json_text(json_at(list, i)).len > 0)
            v[n++] = json_text(json_at(list, i));
    return (struct flow_words){ v, n };
}

void
document_read_settings(struct arena *a, const struct json *json, struct flow_settings *out)
{
    const struct section all = { a, document_settings_fields, json };
    const struct section fallback = section_of(&all, "fallback"), human = section_of(&all, "human"),
                         menu = section_of(&all, "menu"), silence = section_of(&all, "silence"),
                         last = section_of(&all, "silence_texts"),
                         texts = section_of(&all, "texts"), voice = section_of(&all, "voice");

    *out = (struct flow_settings){
        .fallback = { text_in(&fallback, "flow"), text_in(&fallback, "department") },
        .human = { flag_in(&human, "enabled"), text_in(&human, "digit"), words_in(&human, "words"),
                   text_in(&human, "department") },
        .menu = { flag_in(&menu, "enabled"), words_in(&menu, "words"), text_in(&menu, "card") },
        .silence = { figure_in(&silence, "remind_after_s"), figure_in(&silence, "reminders"),
                     figure_in(&silence, "expire_after_s"), text_in(&silence, "on_expire"),
                     text_in(&silence, "flow"), text_in(&silence, "department"),
                     text_in(&silence, "reason"), text_in(&last, "remind"),
                     text_in(&last, "expire") },
        .texts = { text_in(&texts, "invalid"), text_in(&texts, "ambiguous"),
                   text_in(&texts, "stale"), text_in(&texts, "error"), text_in(&texts, "media") },
        .opt_out_words = words_in(&all, "opt_out_words"),
        .window_closed = text_in(&all, "window_closed"),
        .pace_ms = figure_in(&all, "pace_ms"),
        .types = flag_in(&all, "typing"),
        .digit_timeout_s = figure_in(&voice, "digit_timeout_s"),
        .hand_back = text_in(&all, "hand_back"),
        .keep_days = figure_in(&all, "keep_days"),
    };
}
