/*
 * What the files of the WhatsApp driver share. Outside, only the driver's table
 * in drivers.h is known.
 */
#ifndef CHANNELS_WHATSAPP_PRIVATE_H
#define CHANNELS_WHATSAPP_PRIVATE_H

#include "domain/channels/driver.h"

/* --- whatsapp_signature.c: see struct channel_driver ------------------------- */

struct err whatsapp_challenge(struct str mode, struct str token, struct str expected,
                              struct str challenge, struct str *answer);
enum channel_verdict whatsapp_verify(const struct channel_config *config, struct str body,
                                     struct str signature);

/* --- whatsapp_parse.c, whatsapp_content.c ------------------------------------ */

/* The provider sends at most 1000 updates in one body. */
#define WHATSAPP_EVENTS_MAX 1000

struct err whatsapp_parse(struct arena *a, const struct channel_config *config, struct str body,
                          struct channel_events *out);

/*
 * What one message says, apart from who said it: kind of event, text, detail,
 * media, target. What it does not know becomes a message of kind "unknown".
 */
void whatsapp_read_content(struct arena *a, const struct json *message, struct channel_event *e);

/* Text at most `max` code points long; never .p == NULL. */
struct str whatsapp_cut(const struct json *v, size_t max);

/* Longest that we keep, in code points. */
enum {
    WHATSAPP_ID_MAX = 512, /* documented for message ids: 255 */
    WHATSAPP_NAME_MAX = 200,
    WHATSAPP_TEXT_MAX = 65536 /* what a phone can type; sending takes 4096 */
};

/* --- whatsapp_errors.c ------------------------------------------------------- */

struct whatsapp_error {
    int64_t first, last; /* codes, both inclusive */
    const char *slug;
    enum channel_retry retry;
    int after_s; /* pause before the first retry; 0: the caller's own back-off */
    int growth;  /* each further pause is this many times longer; 0: always the same */
};

/* Never NULL: unknown codes are "provider_refused", not repeated. */
const struct whatsapp_error *whatsapp_error_of(int64_t code);

/* "WA-131047" */
struct str whatsapp_error_code(struct arena *a, int64_t code);

/* Pause before another try, after `attempt` earlier ones. */
int64_t whatsapp_error_pause_s(const struct whatsapp_error *error, int attempt);

/* --- whatsapp_graph.c: calls of the Graph API -------------------------------- */

/* True when settings and secrets name everything a call needs. */
bool whatsapp_can_call(const struct channel_config *config);

/* A call with the channel's token to base_url/api_version/path. */
struct httpc_call whatsapp_call(struct arena *a, const struct channel_config *config,
                                const char *method, struct str path);

/* May stand in a path as it is: letters, digits, '_', '-'. */
bool whatsapp_is_plain_id(struct str id);

/* The token may travel to this address: Meta's hosts by https, and base_url's own origin. */
bool whatsapp_may_see_token(const struct channel_config *config, struct str url);

/* 2xx. Its body, parsed, in *body; NULL when that is no JSON. */
bool whatsapp_succeeded(struct arena *a, const struct httpc_answer *answer,
                        const struct json **body);

enum whatsapp_effect {
    WHATSAPP_HARMLESS, /* doing it twice changes nothing */
    WHATSAPP_ONCE      /* doing it twice sends twice */
};

/* Ends the progress with what the answer, which is no success, means. */
void whatsapp_fail(struct arena *a, const struct httpc_answer *answer, enum whatsapp_effect effect,
                   int attempt, struct channel_progress *progress);

/* Ends the progress with our own refusal. */
void whatsapp_refuse(struct channel_progress *progress, const char *slug, enum channel_retry retry);

void whatsapp_succeed(struct channel_progress *progress);

/*
 * Files travel longer than messages, yet must end within a job's lease of 60 s.
 */
#define WHATSAPP_FILE_TIMEOUT_MS 50000
/* The largest kind of all: documents. */
#define WHATSAPP_FILE_MAX_BYTES (INT64_C(100) * 1024 * 1024)

/* --- whatsapp_question.c ------------------------------------------------------- */

/* Why it cannot be drawn as the network wants it; NULL: it can. */
const char *whatsapp_question_refusal(const struct channel_outgoing *message);

/* The member "interactive" of a message. */
void whatsapp_put_question(struct json_out *o, const struct channel_outgoing *message);

/* --- whatsapp_template.c ------------------------------------------------------- */

/* Why it cannot be sent, whatever the network says; NULL: it can. */
const char *whatsapp_template_refusal(const struct channel_outgoing *message);

/* The member "template" of a message. */
void whatsapp_put_template(struct json_out *o, const struct channel_outgoing *message,
                           struct str media_id);

/* --- whatsapp_shape.c ---------------------------------------------------------- */

/* One template as the provider tells of it, in our words; openapi: TemplateShape. */
struct str whatsapp_shape(struct arena *a, const struct json *template);

/* --- steps: see struct channel_driver ---------------------------------------- */

void whatsapp_send(struct arena *a, const struct channel_config *config,
                   const struct channel_outgoing *message, const struct httpc_answer *answer,
                   struct channel_progress *progress);
void whatsapp_mark_read(struct arena *a, const struct channel_config *config,
                        struct str provider_id, bool typing, const struct httpc_answer *answer,
                        struct channel_progress *progress);
void whatsapp_react(struct arena *a, const struct channel_config *config,
                    const struct channel_identity *to, struct str provider_id, struct str emoji,
                    const struct httpc_answer *answer, struct channel_progress *progress);
void whatsapp_fetch_media(struct arena *a, const struct channel_config *config, struct str media_id,
                          const char *save_to, const struct httpc_answer *answer,
                          struct channel_progress *progress);
void whatsapp_check(struct arena *a, const struct channel_config *config,
                    const struct httpc_answer *answer, struct channel_progress *progress,
                    struct channel_test_step *steps, int *n);
void whatsapp_list_templates(struct arena *a, const struct channel_config *config,
                             const struct httpc_answer *answer, struct channel_progress *progress,
                             struct channel_templates *out);

#endif
