/*
 * “Template interativo”: an approved template with quick replies, each of which leads somewhere. On WhatsApp it is the only
 * card that may speak when the window is closed; other networks get the text and the same options. The host sends it:
 *
 *   template send {"channel":"channel:1"?, "template":"template:3", "params":[{"name":"1","value":"Ana"}],
 *     "file":"file:…"?, "options":["ok","no"]}
 *
 * answered by `ok` once the network took it; any other outcome is that it was not sent.
 */
#include "options.h"
#include "settings.h"

#include "base/fold.h"

enum { PHASE_NEW, PHASE_SENT, SEND_S = 60 };

static const char *const channels[] = { "channel", NULL };
static const char *const templates[] = { "template", NULL };
static const char *const files[] = { "file", NULL };

static const struct card_field fields[] = {
    { "channel", FIELD_REF, "Canal", "Vazio: o do atendimento.", .words = channels },
    { "template", FIELD_REF, "Modelo", .is_required = true, .words = templates },
    { "params", FIELD_PAIRS, "Variáveis do modelo", .max = 20 },
    { "file", FIELD_REF, "Arquivo do modelo",
      "Para modelos que levam uma imagem, um vídeo ou um documento.", .words = files },
    { "options", FIELD_OPTIONS, "Respostas do modelo", .is_required = true, .min = 1, .max = 10 },
    { "store", FIELD_VAR, "Guardar a resposta em", .initial = "\"flow.template_option\"" },
    { "text", FIELD_TEMPLATE, "Texto", "Nas redes que não têm modelos.", .max = 4096 },
    { 0 },
};

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    options_outlets(json_get(settings, "options"), out);
    card_outlet_add(out, "other", "respondeu outra coisa", true);
    card_outlet_add(out, "failed", "não enviado", true);
}

static struct options *
options(struct step *s)
{
    return options_read(step_arena(s), step_setting(s, "options"));
}

/* Networks refuse line ends and runs of spaces in a parameter. */
static struct str
in_one_line(struct arena *a, struct str text)
{
    struct buf line = { .arena = a };
    bool is_gap = false;

    for (size_t i = 0; i < text.len; i++) {
        bool is_space = memchr(" \t\r\n", text.p[i], 4) != NULL;

        if (!is_space && is_gap && line.len > 0)
            buf_char(&line, ' ');
        if (!is_space)
            buf_char(&line, text.p[i]);
        is_gap = is_space;
    }
    return buf_str(&line);
}

static void
write_params(struct step *s, struct json_out *o)
{
    const struct json *params = step_setting(s, "params");

    json_open(o, '[');
    for (size_t i = 0; i < json_len(params); i++) {
        const struct json *one = json_at(params, i);
        struct str value = step_render_text(s, json_get_text(one, "value")).text;

        json_open(o, '{');
        json_kv_str(o, "name", json_get_text(one, "name"));
        json_kv_str(o, "value", in_one_line(step_arena(s), value));
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
send(struct step *s)
{
    struct buf request = { .arena = step_arena(s) };
    struct json_out o = { .buf = &request };
    const struct options *offered = options(s);

    json_open(&o, '{');
    if (step_word(s, "channel").len > 0)
        json_kv_str(&o, "channel", step_word(s, "channel"));
    json_kv_str(&o, "template", step_word(s, "template"));
    json_key(&o, "params");
    write_params(s, &o);
    if (step_word(s, "file").len > 0)
        json_kv_str(&o, "file", step_word(s, "file"));
    json_key(&o, "options");
    json_open(&o, '[');
    for (int i = 0; i < offered->n; i++)
        json_put_str(&o, offered->shown[i].id);
    json_close(&o, ']');
    json_close(&o, '}');
    step_call(s, "template", "send", buf_str(&request), SEND_S, false);
}

static void
enter(struct step *s)
{
    switch (step_facts(s)->channel) {
    case FLOW_TELEPHONY: step_skip(s, "telephony", "failed"); break;
    case FLOW_WHATSAPP: send(s); break;
    default: step_ask(s);
    }
}

static void
called(struct step *s, const struct call_result *result)
{
    if (!str_eq(result->outcome, STR("ok"))) {
        step_leave(s, "failed");
        return;
    }
    step_keep(s, PHASE_SENT, STR(""));
    step_ask(s);
}

static void
question(struct step *s, struct question *out)
{
    if (step_run(s)->phase == PHASE_NEW)
        out->content = step_render(s, "text");
    options_put(options(s), out);
    out->style = STR("auto");
    out->is_fuzzy = true;
    out->takes_other = true;
}

static void
answered(struct step *s, const struct reply *reply)
{
    const struct options *offered = options(s);
    struct variable_value value = { VARIABLE_TEXT, reply->text };

    if (reply->option < 0) {
        step_answer(s, STR(""), value, reply->text);
        step_leave(s, "other");
        return;
    }
    value.text = offered->values[reply->option];
    if (step_word(s, "store").len > 0)
        step_set(s, step_word(s, "store"), value);
    step_answer(s, offered->shown[reply->option].id, value, offered->shown[reply->option].label);
    step_leave_option(s, "opt", offered->shown[reply->option].id);
}

static void
lint(struct lint *l)
{
    options_lint(l, "options");
}

const struct card interactive_template_card = {
    .type = "interactive_template",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Template interativo",
    .help = "Envia um modelo aprovado e segue conforme a resposta.",
    .icon = "template",
    .speaks = true,
    .asks = true,
    .always_asks = true,
    .calls = true,
    .is_entry = true,
    .fields = fields,
    .outlets = outlets,
    .lint = lint,
    .enter = enter,
    .question = question,
    .answered = answered,
    .called = called,
};
