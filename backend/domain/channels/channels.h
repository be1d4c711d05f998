/*
 * Channels: where customers write. A channel is a driver's kind, settings that
 * anybody may see, and secrets that are sealed to their row and never read back.
 */
#ifndef DOMAIN_CHANNELS_CHANNELS_H
#define DOMAIN_CHANNELS_CHANNELS_H

#include "base/db.h"
#include "base/http.h"
#include "base/jobs.h"
#include "domain/channels/driver.h"
#include "domain/channels/webchat.h"
#include "domain/org/org.h"

struct channel_id {
    int64_t v;
};

struct channel {
    struct channel_id id;
    const struct channel_driver *driver;
    struct str name;
    struct department_id department; /* where new tickets wait */
    bool is_active;
    struct str hook_token;
    struct str public_key;
    struct str settings;    /* JSON */
    struct str secrets;     /* sealed; see channels_config */
    struct str secrets_set; /* JSON array of names */
    struct str welcome_text;
    struct str state; /* new, connected, failing */
    struct str state_reason;
    int64_t created_at_us;
    int64_t next_event_id; /* for the body about to be kept; 0: ask for one */
};

/* NULL: no such kind. */
const struct channel_driver *channels_driver(struct str kind);

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err channels_get(struct cx *cx, struct channel_id id, struct channel *out);

/*
 * Settings and opened secrets, as drivers want them. Secrets that do not open
 * (moved from another row, another master key) are ERR_CONFLICT "secret_moved".
 */
MUST_CHECK struct err channels_config(struct cx *cx, const struct channel *channel,
                                      struct channel_config *out);

/* Adds or replaces secrets by name; whoever edits holds the row. *channel is read again. */
MUST_CHECK struct err channels_set_secrets(struct cx *cx, struct channel *channel,
                                           const struct json *newer);

/* Every channel (without secrets), bounded by what an account holds. */
MUST_CHECK struct err channels_list(struct cx *cx, struct db_rows *rows);
struct channel channels_at(const struct db_rows *rows, int index);

/*
 * The rule by which the network takes a file of this type as this kind (image, audio, video, document, sticker). The field
 * at fault is attachment_id.
 *
 *   ERR_UNSUPPORTED  file_kind_refused
 *   ERR_TOO_LARGE    file_too_large
 */
struct channel_file {
    struct str kind, mime;
    int64_t size_bytes;
};
MUST_CHECK struct err channels_check_file(const struct channel_driver *driver,
                                          const struct channel_file *file,
                                          const struct channel_media_rule **rule);

/* What a kind of channel can carry: openapi ChannelKind, for every driver. */
void channels_write_kinds(struct json_out *o);

/*
 * Finds the account and channel that a token (of /hooks) or public key (of the
 * widget) stands for, and puts the account in force for this transaction.
 * ERR_NOT_FOUND "channel_unknown"; also when the channel is switched off.
 */
MUST_CHECK struct err channels_enter_by_hook(struct cx *cx, struct str token, struct channel *out);
MUST_CHECK struct err channels_enter_by_key(struct cx *cx, struct str key, struct channel *out);

/* The text that Meta's panel is told to send back with its challenge: derived, not stored. */
struct str channels_verify_token(struct cx *cx, const struct channel *channel);

/* The lane in which everything of one customer on one channel is handled, in order. */
int64_t channels_customer_lane(struct cx *cx, struct channel_id channel,
                               const struct channel_identity *who, int n);

/*
 * Keeps a body before anybody answers, and queues its handling: one job
 * ("inbound.event") for each customer it speaks of; or, of one that holds nothing
 * but statuses, a single one in no hurry ("inbound.statuses"). Unreadable bodies
 * are kept too, in a terminal state of their own. Needs a write transaction.
 */
MUST_CHECK struct err channels_receive(struct cx *cx, const struct channel *channel,
                                       const struct channel_config *config, struct str body,
                                       enum channel_verdict verdict);

/*
 * Kept bodies and their channels, for the worker: asked together without waiting (db_ask), then read one by one;
 * which counts from 0.
 */
void channels_inbound_ask(struct cx *cx, const int64_t *event_ids, size_t n, struct db_rows *rows);
MUST_CHECK struct err channels_inbound_read(struct cx *cx, const struct db_rows *rows, size_t which,
                                            struct channel *channel, struct str *body);

/* Nothing of its body is to be kept once it is over. */
void channels_inbound_hide(struct cx *cx, int64_t event_id);

/* One job of each of them is done: its last one ends the event. */
void channels_inbound_finish(struct cx *cx, const int64_t *event_ids, size_t n);

/* A driver said the channel is broken (slug), or works again (NULL). Tells the screens once. */
MUST_CHECK struct err channels_set_state(struct cx *cx, const struct channel *channel,
                                         const char *slug);

/* What its network approved beforehand is to be read (job "templates.want"); nothing where there are no templates. */
void channels_want_templates(struct cx *cx, const struct channel *channel);

extern const struct route channels_routes[];
extern const struct route hooks_routes[];

#endif
