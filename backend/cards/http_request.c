/*
 * “Low Code”: asks a system that has no integration of its own. Here only the request is made and the answer read; the
 * network, and every guard about where it may lead, is the host's:
 *
 *   http request {"method":"POST", "url":"https://…", "headers":[{"name","value":[parts]}], "body":[parts]?,
 *                 "timeout_s":10, "retries":1}
 *
 * (parts: http_text.h). Answered by `ok` with {"status":200, "body":"…"} whatever the status is, or by why there was no
 * answer: dns, refused, timeout, tls, body (too large, no text), blocked. The key against doing it twice is the call's id.
 *
 * flow.http_status and flow.http_error say how it went.
 */
#include "http_request.h"

#include "compare.h"
#include "http_text.h"

enum { BODY_MAX = 16 << 10, PAIRS_MAX = 30, SLACK_S = 5 };

static const char *const methods[] = { "GET", "POST", "PUT", "PATCH", "DELETE", NULL };
static const char *const body_kinds[] = { "none", "json", "form", "text", NULL };
static const char *const with_body[] = { "json", "form", "text", NULL };
static const char *const types[] = { "text",     "number", "boolean", "date",  "datetime", "time",
                                     "document", "phone",  "email",   "money", "list",     NULL };

static const struct card_field mapping[] = {
    { "pointer", FIELD_PLAIN, "Onde está", "Ponteiro JSON, por exemplo /pedido/status.",
      .max = 200 },
    { "variable", FIELD_VAR, "Guardar em", .is_required = true },
    { "type", FIELD_ENUM, "Tipo", "Dinheiro: em reais na resposta.", .initial = "\"text\"",
      .words = types },
    { 0 },
};
static const struct card_field condition[] = {
    { "pointer", FIELD_PLAIN, "Onde está", .max = 200 },
    { "op", FIELD_ENUM, "Comparação", .is_required = true, .words = compare_ops },
    { "value", FIELD_TEMPLATE, "Valor", .is_internal = true, .max = 2000 },
    { "value2", FIELD_TEMPLATE, "Até", .is_internal = true, .max = 2000,
      .only_if = { "op", compare_between } },
    { 0 },
};

static const struct card_field fields[] = {
    { "method", FIELD_ENUM, "Método", .initial = "\"GET\"", .words = methods },
    { "url", FIELD_TEMPLATE, "Endereço", "https; variáveis só no caminho e nos parâmetros.",
      .is_required = true, .is_internal = true, .max = 2000 },
    { "query", FIELD_PAIRS, "Parâmetros", .is_internal = true, .max = PAIRS_MAX },
    { "headers", FIELD_PAIRS, "Cabeçalhos", .is_internal = true, .takes_secrets = true,
      .max = PAIRS_MAX },
    { "body_kind", FIELD_ENUM, "Corpo", .initial = "\"none\"", .words = body_kinds },
    { "body", FIELD_TEMPLATE, "Conteúdo", .is_internal = true, .takes_secrets = true,
      .max = BODY_MAX, .only_if = { "body_kind", with_body } },
    { "timeout_s", FIELD_INT, "Esperar até (segundos)", .initial = "10", .min = 1, .max = 30 },
    { "retries", FIELD_INT, "Novas tentativas", .initial = "1", .max = 3 },
    { "idempotent", FIELD_BOOL, "Pode ser repetida sem efeito em dobro", .initial = "false" },
    { "map", FIELD_ITEMS, "Guardar da resposta", .max = PAIRS_MAX, .item = mapping },
    { "ok_when", FIELD_ITEMS, "Deu certo quando", "Além do status 2xx; todas valem.", .max = 5,
      .item = condition },
    { "progress_text", FIELD_TEMPLATE, "Mensagem de espera", "Se demorar mais de 3 segundos.",
      .initial = "\"Um momento, por favor.\"", .max = 4096 },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "success", "deu certo", true);
    card_outlet_add(out, "failure", "falhou", true);
}

static void
writes(const struct json *settings, struct card_writes *out)
{
    const struct json *map = json_get(settings, "map");

    card_write_add(out, (struct card_write){ .name = STR("flow.http_status"),
                                             .type = VARIABLE_NUMBER,
                                             .is_own = true });
    card_write_add(out, (struct card_write){ .name = STR("flow.http_error"),
                                             .type = VARIABLE_TEXT,
                                             .is_own = true });
    for (size_t i = 0; i < json_len(map); i++)
        card_write_add(out, (struct card_write){
                                .name = json_get_text(json_at(map, i), "variable"),
                                .type = (int)http_type(json_get_text(json_at(map, i), "type")) });
}

/* --- the request ------------------------------------------------------------------ */

static bool
may_repeat(struct step *s)
{
    return str_eq(step_word(s, "method"), STR("GET")) || step_flag(s, "idempotent");
}

static int64_t
retries(struct step *s)
{
    return may_repeat(s) ? step_figure(s, "retries") : 0;
}

static const struct {
    const char *kind;
    enum http_place place;
    struct str content_type;
} bodies[] = {
    { "json", HTTP_JSON, STR_INIT("application/json") },
    { "form", HTTP_FORM, STR_INIT("application/x-www-form-urlencoded") },
    { "text", HTTP_TEXT, STR_INIT("text/plain; charset=utf-8") },
};

static int
body_of(struct step *s)
{
    for (int i = 0; i < (int)(sizeof bodies / sizeof bodies[0]); i++)
        if (str_eq(step_word(s, "body_kind"), str_of(bodies[i].kind)))
            return i;
    return -1;
}

static bool
write_header(struct step *s, struct json_out *o, struct str name, struct str value)
{
    bool fits;

    json_open(o, '{');
    json_kv_str(o, "name", name);
    json_key(o, "value");
    fits = http_is_header_name(name) && http_write_parts(s, o, value, HTTP_HEADER);
    json_close(o, '}');
    return fits;
}

static bool
write_headers(struct step *s, struct json_out *o)
{
    const struct json *headers = step_setting(s, "headers");
    bool says_type = body_of(s) < 0;

    json_open(o, '[');
    for (size_t i = 0; i < json_len(headers); i++) {
        struct str name = json_get_text(json_at(headers, i), "name");

        says_type |= str_eq_nocase(name, STR("content-type"));
        if (!write_header(s, o, name, json_get_text(json_at(headers, i), "value")))
            return false;
    }
    if (!says_type)
        write_header(s, o, STR("Content-Type"), bodies[body_of(s)].content_type);
    json_close(o, ']');
    return true;
}

/* False: a value would be more than a value, or an address is not one to call. */
static bool
write_request(struct step *s, struct json_out *o)
{
    struct str url;

    if (!http_url(s, step_word(s, "url"), step_setting(s, "query"), &url))
        return false;
    json_open(o, '{');
    json_kv_str(o, "method", step_word(s, "method"));
    json_kv_str(o, "url", url);
    json_key(o, "headers");
    if (!write_headers(s, o))
        return false;
    if (body_of(s) >= 0) {
        json_key(o, "body");
        if (!http_write_parts(s, o, step_word(s, "body"), bodies[body_of(s)].place))
            return false;
    }
    json_kv_i64(o, "timeout_s", step_figure(s, "timeout_s"));
    json_kv_i64(o, "retries", retries(s));
    json_close(o, '}');
    return true;
}

static void
fail(struct step *s, struct str error)
{
    step_set(s, STR("flow.http_error"), (struct variable_value){ VARIABLE_TEXT, error });
    step_leave(s, "failure");
}

static void
enter(struct step *s)
{
    struct buf request = { .arena = step_arena(s) };
    struct json_out o = { .buf = &request };
    int64_t deadline_s = step_figure(s, "timeout_s") * (retries(s) + 1) + SLACK_S;

    step_clear(s, STR("flow.http_status"));
    step_clear(s, STR("flow.http_error"));
    if (!write_request(s, &o)) {
        fail(s, STR("blocked"));
        return;
    }
    step_meanwhile(s, step_render(s, "progress_text"));
    step_call(s, "http", "request", buf_str(&request), deadline_s, may_repeat(s));
}

/* --- the answer ------------------------------------------------------------------- */

static struct variable_value
as_it_is(struct step *s, const struct json *value)
{
    enum variable_type type = json_kind(value) == JSON_NUMBER  ? VARIABLE_NUMBER
                              : json_kind(value) == JSON_BOOL  ? VARIABLE_BOOLEAN
                              : json_kind(value) == JSON_ARRAY ? VARIABLE_LIST
                                                               : VARIABLE_TEXT;

    return (struct variable_value){ type, http_read(s, value, type) };
}

static bool
is_as_wanted(struct step *s, const struct json *body)
{
    const struct json *conditions = step_setting(s, "ok_when");

    for (size_t i = 0; i < json_len(conditions); i++) {
        const struct json *one = json_at(conditions, i);
        const struct json *value = json_pointer(step_arena(s), body, json_get_text(one, "pointer"));

        if (!compare_holds(s, as_it_is(s, value), one))
            return false;
    }
    return true;
}

static void
map(struct step *s, const struct json *body)
{
    const struct json *wanted = step_setting(s, "map");

    for (size_t i = 0; i < json_len(wanted); i++) {
        const struct json *one = json_at(wanted, i);
        enum variable_type type = http_type(json_get_text(one, "type"));
        struct str text =
            http_read(s, json_pointer(step_arena(s), body, json_get_text(one, "pointer")), type);

        if (text.len > 0)
            step_set(s, json_get_text(one, "variable"), (struct variable_value){ type, text });
        else
            step_clear(s, json_get_text(one, "variable"));
    }
}

static bool
reads_body(struct step *s)
{
    return json_len(step_setting(s, "map")) > 0 || json_len(step_setting(s, "ok_when")) > 0;
}

static struct str
error_of(struct str outcome)
{
    static const char *const errors[] = { "dns", "refused", "timeout", "tls", "body", "blocked" };

    for (size_t i = 0; i < sizeof errors / sizeof errors[0]; i++)
        if (str_eq(outcome, str_of(errors[i])))
            return outcome;
    /* The host could not say what became of it: as good as no answer in time. */
    return STR("timeout");
}

static void
called(struct step *s, const struct call_result *result)
{
    const struct json *body = NULL;
    int64_t status;

    if (!str_eq(result->outcome, STR("ok")) ||
        !json_i64(json_get(result->data, "status"), &status)) {
        fail(s, error_of(result->outcome));
        return;
    }
    step_set(s, STR("flow.http_status"),
             (struct variable_value){ VARIABLE_NUMBER,
                                      str_fmt(step_arena(s), "%lld", (long long)status) });
    if (status < 200 || status > 299) {
        fail(s, STR("status"));
    } else if (reads_body(s) &&
               (json_parse(step_arena(s), json_get_text(result->data, "body"), &body).code !=
                    ERR_NONE ||
                !is_as_wanted(s, body))) {
        fail(s, STR("body"));
    } else {
        map(s, body);
        step_leave(s, "success");
    }
}

const struct card http_request_card = {
    .type = "http_request",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Low Code",
    .help = "Consulta ou avisa um sistema que não tem integração pronta.",
    .icon = "api",
    .speaks = true,
    .calls = true,
    .fields = fields,
    .outlets = outlets,
    .writes = writes,
    .lint = http_request_lint,
    .enter = enter,
    .called = called,
};
