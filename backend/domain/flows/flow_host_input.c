/* A customer's message as a flow is told of it. */
#include "flow_host_private.h"

#include "base/fold.h"

static const struct {
    const char *kind;
    enum answer_form form;
} forms[] = {
    { "text", FORM_TEXT },       { "choice", FORM_TEXT },       { "image", FORM_IMAGE },
    { "audio", FORM_AUDIO },     { "video", FORM_VIDEO },       { "document", FORM_DOCUMENT },
    { "sticker", FORM_STICKER }, { "location", FORM_LOCATION }, { "contacts", FORM_CONTACT },
};

enum answer_form
flow_form_of(struct str kind)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (str_eq(kind, str_of(forms[i].kind)))
            return forms[i].form;
    return FORM_UNSUPPORTED;
}

static int64_t
millionths(const struct json *degrees)
{
    double value = json_double(degrees) * 1e6;

    return value > -1e9 && value < 1e9 ? (int64_t)(value < 0 ? value - 0.5 : value + 0.5) : 0;
}

struct str
flow_message_input(struct arena *a, int64_t seq)
{
    return str_fmt(a, "msg:%lld", (long long)seq);
}

void
flow_hears(struct cx *cx, const struct message *message, struct input *out)
{
    const struct json *detail = NULL;

    if (message->detail.p != NULL)
        (void)json_parse(cx->arena, message->detail, &detail).code;
    *out = (struct input){
        .kind = INPUT_MESSAGE,
        .id = flow_message_input(cx->arena, message->seq),
        .at_us = message->created_at_us,
        .message_id = message->seq,
        .sent_at_us = message->provider_at_us,
        .said = { .form = flow_form_of(message->kind),
                  .text = fold_clean(cx->arena, message->text) },
    };
    if (message->attachment_count > 0) {
        const struct attachment *file = &message->attachments[0];

        out->said.file.ref = str_fmt(cx->arena, "%lld", (long long)file->id);
        out->said.file.mime = file->mime;
        out->said.file.size_bytes = file->size_bytes;
    }
    out->said.lat_e6 = millionths(json_get(detail, "latitude"));
    out->said.lng_e6 = millionths(json_get(detail, "longitude"));
    if (str_eq(message->kind, STR("choice")) && json_get_text(detail, "id").len > 0) {
        out->kind = INPUT_REPLY;
        out->payload = json_get_text(detail, "id");
    }
}
