/*
 * Fetching what a customer sent, in three steps: the id gives an address that
 * lives five minutes, the address gives the bytes. An address that has expired
 * on the way is asked for once more.
 */
#include "whatsapp_private.h"

enum { START, ADDRESS, BYTES, ADDRESS_AGAIN, BYTES_AGAIN };

static void
ask_address(struct arena *a, const struct channel_config *config, struct str media_id, int step,
            struct channel_progress *progress)
{
    struct str number = json_get_text(config->settings, "phone_number_id");

    progress->call =
        whatsapp_call(a, config, "GET",
                      str_fmt(a, "%.*s?phone_number_id=%.*s", STR_ARG(media_id), STR_ARG(number)));
    progress->step = step;
}

static void
start(struct arena *a, const struct channel_config *config, struct str media_id,
      struct channel_progress *progress)
{
    if (!whatsapp_can_call(config))
        whatsapp_refuse(progress, "settings_incomplete", CHANNEL_STOP);
    else if (!whatsapp_is_plain_id(media_id))
        whatsapp_refuse(progress, "media_unavailable", CHANNEL_NO_RETRY);
    else
        ask_address(a, config, media_id, ADDRESS, progress);
}

static void
ask_bytes(struct arena *a, const struct channel_config *config, const struct json *media,
          const char *save_to, struct channel_progress *progress)
{
    struct str url = json_get_text(media, "url");
    int64_t size_bytes = 0;

    if (json_i64(json_get(media, "file_size"), &size_bytes) &&
        size_bytes > WHATSAPP_FILE_MAX_BYTES) {
        whatsapp_refuse(progress, "media_too_large", CHANNEL_NO_RETRY);
        return;
    }
    /* Without the token the bytes do not come, and elsewhere the token must not go. */
    if (!whatsapp_may_see_token(config, url)) {
        whatsapp_refuse(progress, "media_address_refused", CHANNEL_NO_RETRY);
        return;
    }
    progress->mime = json_get_text(media, "mime_type");
    progress->call = whatsapp_call(a, config, "GET", STR(""));
    progress->call.url = url;
    progress->call.save_to = save_to;
    progress->call.timeout_ms = WHATSAPP_FILE_TIMEOUT_MS;
    progress->call.answer_max_bytes = WHATSAPP_FILE_MAX_BYTES;
    progress->step++; /* from an address to its bytes */
}

static void
after_address(struct arena *a, const struct channel_config *config, const char *save_to,
              const struct httpc_answer *answer, struct channel_progress *progress)
{
    const struct json *media;

    if (whatsapp_succeeded(a, answer, &media) && media != NULL) {
        ask_bytes(a, config, media, save_to, progress);
        return;
    }
    whatsapp_fail(a, answer, WHATSAPP_HARMLESS, 0, progress);
    /* Whatever the words were: this file is not to be had. Inbound ids live seven days. */
    if (progress->retry == CHANNEL_NO_RETRY)
        progress->slug = "media_unavailable";
}

static void
after_bytes(struct arena *a, const struct channel_config *config, struct str media_id,
            const struct httpc_answer *answer, struct channel_progress *progress)
{
    if (answer->failed.code == ERR_NONE && answer->status == 200) {
        if (progress->mime.len == 0)
            progress->mime = answer->content_type;
        whatsapp_succeed(progress);
    } else if (answer->failed.code == ERR_NONE && answer->status == 404) {
        if (progress->step == BYTES)
            ask_address(a, config, media_id, ADDRESS_AGAIN, progress);
        else
            whatsapp_refuse(progress, "media_unavailable", CHANNEL_NO_RETRY);
    } else if (answer->failed.code == ERR_TOO_LARGE) {
        whatsapp_refuse(progress, "media_too_large", CHANNEL_NO_RETRY);
    } else if (answer->failed.code == ERR_INVALID) {
        /* The provider's address, not our settings: nothing about the channel is wrong. */
        whatsapp_refuse(progress, "media_address_refused", CHANNEL_NO_RETRY);
    } else {
        whatsapp_fail(a, answer, WHATSAPP_HARMLESS, 0, progress);
    }
}

void
whatsapp_fetch_media(struct arena *a, const struct channel_config *config, struct str media_id,
                     const char *save_to, const struct httpc_answer *answer,
                     struct channel_progress *progress)
{
    switch (progress->step) {
    case START: start(a, config, media_id, progress); break;
    case ADDRESS:
    case ADDRESS_AGAIN: after_address(a, config, save_to, answer, progress); break;
    case BYTES:
    case BYTES_AGAIN: after_bytes(a, config, media_id, answer, progress); break;
    default: BUG("step=%d", progress->step);
    }
}
