/* “Enviar mensagem”: says a text, or plays a recording. */
#include "cards.h"

static const char *const kinds[] = { "text", "audio", NULL };
static const char *const of_text[] = { "text", NULL };
static const char *const of_audio[] = { "audio", NULL };
static const char *const files[] = { "file", NULL };

static const struct card_field fields[] = {
    { "kind", FIELD_ENUM, "Tipo", .initial = "\"text\"", .words = kinds },
    { "text", FIELD_TEMPLATE, "Texto", .is_required = true, .max = 4096,
      .only_if = { "kind", of_text } },
    { "audio", FIELD_REF, "Áudio", "MP3 de até 16 MB e 10 minutos.", .is_required = true,
      .words = files, .only_if = { "kind", of_audio } },
    { "transcript", FIELD_PLAIN, "Transcrição",
      "O que o áudio diz, para quem lê a conversa depois.", .max = 4096,
      .only_if = { "kind", of_audio } },
    { "link_preview", FIELD_BOOL, "Mostrar prévia de links", .initial = "false",
      .only_if = { "kind", of_text } },
    { 0 },
};

static void
enter(struct step *s)
{
    struct content content;

    if (str_eq(step_word(s, "kind"), STR("audio"))) {
        content = (struct content){ .kind = CONTENT_AUDIO,
                                    .file = step_word(s, "audio"),
                                    .text = step_word(s, "transcript") };
    } else {
        content = step_render(s, "text");
        content.previews_links = step_flag(s, "link_preview");
    }
    step_say(s, content);
    step_leave(s, "next");
}

const struct card send_message_card = {
    .type = "send_message",
    .v = 1,
    .kind = CARD_INTERACTION,
    .label = "Enviar mensagem",
    .help = "Envia um texto ou um áudio e segue adiante.",
    .icon = "message",
    .speaks = true,
    .fields = fields,
    .enter = enter,
};
