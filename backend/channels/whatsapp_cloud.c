/*
 * The WhatsApp Business Cloud API, and whatever speaks its language behind
 * another base_url. Limits are those the provider documents.
 */
#include "drivers.h"

#include "whatsapp_private.h"

#define KB INT64_C(1024)
#define MB (1024 * KB)

static const char *const images[] = { "image/jpeg", "image/png", NULL };
static const char *const sounds[] = { "audio/aac", "audio/amr", "audio/mpeg",
                                      "audio/mp4", "audio/ogg", NULL };
static const char *const films[] = { "video/mp4", "video/3gpp", NULL };
static const char *const stickers[] = { "image/webp", NULL };
static const char *const anything[] = { NULL };

static const struct channel_media_rule media[] = {
    { "image", images, 5 * MB, true },
    { "audio", sounds, 16 * MB, false },
    { "video", films, 16 * MB, true },
    { "document", anything, WHATSAPP_FILE_MAX_BYTES, true },
    { "sticker", stickers, 500 * KB, false }, /* animated; still ones 100 kB */
    { NULL, NULL, 0, false },
};

static const char *const settings_needed[] = { "phone_number_id", NULL };
static const char *const secrets_needed[] = { "access_token", "app_secret", NULL };

static const char *const reaches[] = { "phone", "whatsapp_user", NULL };

const struct channel_driver whatsapp_cloud_driver = {
    .kind = "whatsapp_cloud",
    .text_max = 4096,
    .caption_max = 1024,
    .window_hours = 24,
    .shows_typing = true,
    .media = media,
    .voice_mime = "audio/ogg", /* Opus, one channel */
    .reaches = reaches,
    .settings_needed = settings_needed,
    .secrets_needed = secrets_needed,
    .challenge = whatsapp_challenge,
    .verify = whatsapp_verify,
    .signature_header = "X-Hub-Signature-256",
    .parse = whatsapp_parse,
    .send = whatsapp_send,
    .fetch_media = whatsapp_fetch_media,
    .mark_read = whatsapp_mark_read,
    .react = whatsapp_react,
    .test = whatsapp_check,
    .list_templates = whatsapp_list_templates,
};
