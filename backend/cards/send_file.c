/* “Enviar arquivo”: how it travels on each network, and what it does where it cannot, is the renderer's. */
#include "cards.h"

static const char *const files[] = { "file", NULL };

static const struct card_field fields[] = {
    { "file", FIELD_REF, "Arquivo", "Imagem, PDF, MP3, vídeo ou documento de até 25 MB.",
      .is_required = true, .words = files },
    { "caption", FIELD_TEMPLATE, "Legenda", .max = 1024 },
    { "name", FIELD_PLAIN, "Nome do arquivo", .max = 120 },
    { 0 },
};

static void
enter(struct step *s)
{
    struct content content = step_render(s, "caption");

    content.kind = CONTENT_FILE;
    content.file = step_word(s, "file");
    content.name = step_word(s, "name");
    step_say(s, content);
    step_leave(s, "next");
}

const struct card send_file_card = {
    .type = "send_file",
    .v = 1,
    .kind = CARD_INTERACTION,
    .label = "Enviar arquivo",
    .help = "Envia um arquivo, com legenda se quiser.",
    .icon = "file",
    .speaks = true,
    .fields = fields,
    .enter = enter,
};
