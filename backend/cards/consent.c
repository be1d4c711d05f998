/*
 * “Opt-in / Opt-out”: asks leave to talk, and keeps what was answered to which words. A yes to the same words is not asked
 * for again, unless it is old; after a no nothing more is said.
 */
#include "options.h"
#include "settings.h"

#include "base/crypto.h"

static const char *const tags[] = { "tag", NULL };
static const char *const kinds[] = { "messages", "data", "terms", NULL };

static const struct card_field fields[] = {
    { "text", FIELD_TEMPLATE, "Pedido de autorização", .is_required = true, .is_legal = true,
      .initial =
          "\"Olá! Aqui é a {{company.name}}. Para atender você por este canal, precisamos da "
          "sua autorização para trocar mensagens e usar seus dados neste atendimento. "
          "Política de privacidade: {{company.privacy_url}}. Você pode parar quando quiser "
          "enviando /bloquear. Podemos continuar?\"",
      .max = 4096 },
    { "refused_text", FIELD_TEMPLATE, "Resposta a quem não autoriza", .is_required = true,
      .is_legal = true,
      .initial = "\"Tudo bem. Não enviaremos mais mensagens por este canal. Se mudar de ideia, "
                 "envie /desbloquear.\"",
      .max = 4096 },
    { "yes_label", FIELD_PLAIN, "Texto do sim", .is_required = true, .initial = "\"Sim, autorizo\"",
      .max = LABEL_ROOM },
    { "no_label", FIELD_PLAIN, "Texto do não", .is_required = true, .initial = "\"Não autorizo\"",
      .max = LABEL_ROOM },
    { "kinds", FIELD_SET, "Autoriza", .is_required = true, .initial = "[\"messages\",\"data\"]",
      .words = kinds },
    { "ask_again_days", FIELD_INT, "Perguntar de novo após dias", "0: nunca.", .initial = "0",
      .max = 3650 },
    { "refused_tags", FIELD_REFS, "Etiquetas de quem não autoriza", .max = 20, .words = tags },
    { 0 },
};

/* Of the words as they are written, and of what they are asked for: names in them may change. */
static struct str
wording_hash(struct step *s)
{
    struct buf words = { .arena = step_arena(s) };
    struct json_out o = { .buf = &words };
    uint8_t hash[CRYPTO_SHA256_BYTES];

    words_write(&o, step_setting(s, "kinds"));
    buf_add(&words, step_word(s, "text"));
    crypto_sha256(buf_str(&words), hash);
    return crypto_hex(step_arena(s), hash, sizeof hash);
}

static bool
is_given(struct step *s)
{
    const struct fact_consent *given = &step_facts(s)->consent;
    int64_t again_us = step_figure(s, "ask_again_days") * 86400 * 1000000;
    bool is_same =
        str_eq(given->wording_hash, wording_hash(s)) || str_eq(given->wording_hash, STR("*"));

    return given->at_us > 0 && is_same &&
           (again_us <= 0 || step_now_us(s) - given->at_us < again_us);
}

static void
enter(struct step *s)
{
    if (step_facts(s)->channel == FLOW_TELEPHONY)
        step_skip(s, "telephony", "accepted");
    else if (is_given(s))
        step_leave(s, "accepted");
    else
        step_ask(s);
}

static void
question(struct step *s, struct question *out)
{
    out->kind = QUESTION_CONFIRM;
    out->content = step_render(s, "text");
    out->purpose = "legal";
    out->yes_label = step_word(s, "yes_label");
    out->no_label = step_word(s, "no_label");
    out->is_strict = true;
}

static void
keep(struct step *s, const struct reply *reply, struct str state)
{
    struct buf data = { .arena = step_arena(s) };
    struct json_out o = { .buf = &data };

    json_open(&o, '{');
    json_kv_str(&o, "state", state);
    json_key(&o, "kinds");
    words_write(&o, step_setting(s, "kinds"));
    json_kv_str(&o, "wording_hash", wording_hash(s));
    json_kv_id(&o, "message_id", reply->message_id);
    json_close(&o, '}');
    step_emit(s, EFFECT_CONSENT)->data = buf_str(&data);
}

static void
answered(struct step *s, const struct reply *reply)
{
    const struct json *refused = step_setting(s, "refused_tags");

    if (reply->yes_no == ANSWER_YES) {
        keep(s, reply, STR("opted_in"));
        step_leave(s, "accepted");
        return;
    }
    step_say_as(s, step_render(s, "refused_text"), "receipt", "handover");
    keep(s, reply, STR("opted_out"));
    for (size_t i = 0; i < json_len(refused); i++)
        step_tag(s, TAGS_TICKET, json_text(json_at(refused, i)), true);
    step_close(s, &(struct closing){ .end_reason = "opted_out" });
}

static void
outlets(const struct json *settings, struct card_outlets *out)
{
    (void)settings;
    card_outlet_add(out, "accepted", "autorizou", true);
}

static void
lint(struct lint *l)
{
    options_lint_length(l, "yes_label", STR(""), json_get_text(l->card->settings, "yes_label"),
                        CONFIRM_LABEL_MAX);
    options_lint_length(l, "no_label", STR(""), json_get_text(l->card->settings, "no_label"),
                        CONFIRM_LABEL_MAX);
}

const struct card consent_card = {
    .type = "consent",
    .v = 1,
    .kind = CARD_INTERACTION,
    .label = "Opt-in / Opt-out",
    .help = "Pede autorização para conversar e registra a resposta.",
    .icon = "shield-check",
    .speaks = true,
    .asks = true,
    .fields = fields,
    .outlets = outlets,
    .lint = lint,
    .enter = enter,
    .question = question,
    .answered = answered,
};
