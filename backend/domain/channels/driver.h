/*
 * What a channel driver is: a table of pure functions between a provider's wire
 * format and our own words. A driver never touches the database, the clock or
 * the network: it turns bytes into events, and a message into calls that others
 * perform. So it can be fuzzed, replayed and tested without either.
 *
 * Drivers live in backend/channels, one file each, and are listed in drivers.c.
 */
#ifndef DOMAIN_CHANNELS_DRIVER_H
#define DOMAIN_CHANNELS_DRIVER_H

#include "base/httpc.h"
#include "base/json.h"

/* A channel's own settings and opened secrets; either may be absent while it is being set up. */
struct channel_config {
    struct account_id account;
    int64_t channel_id;
    const struct json *settings; /* openapi: ChannelSettings */
    const struct json *secrets;  /* openapi: ChannelSecrets */
};

/* One way a person is known on a channel. See contacts_identity_key() for the normal form. */
struct channel_identity {
    const char *kind;   /* "phone", "whatsapp_user", "visitor", "external" */
    struct str address; /* as the provider wrote it: "5549988412076", "BR.1349…" */
};

enum channel_event_kind {
    CHANNEL_MESSAGE,        /* somebody wrote */
    CHANNEL_STATUS,         /* what became of one of ours */
    CHANNEL_REACTION,       /* emoji on a message; empty: taken back */
    CHANNEL_EDIT,           /* the text of a message changed */
    CHANNEL_REVOKE,         /* its author took it back */
    CHANNEL_ADDRESS_CHANGE, /* same person, new address */
    CHANNEL_READ, /* the customer's screen has (state "delivered"), or they have read, ours up to `target` */
    CHANNEL_TEMPLATES, /* what the network approved beforehand is other than it was */
    CHANNEL_TROUBLE    /* the provider says the channel itself has a problem */
};

struct channel_media {
    const char *kind; /* "image", "audio", "video", "document", "sticker" */
    struct str id;    /* the provider's, to fetch by; or our attachment's for webchat */
    struct str mime;  /* as declared: never believed */
    struct str filename;
    bool is_voice;
};

struct channel_event {
    enum channel_event_kind kind;

    /*
     * Who: best key first; none for CHANNEL_TROUBLE and CHANNEL_TEMPLATES. All are aliases of one another,
     * except in CHANNEL_ADDRESS_CHANGE: there are two, the new address and the former.
     */
    struct channel_identity who[3];
    int who_count;
    struct str who_name; /* profile name, may be empty */

    struct str provider_id; /* of the message, or of ours that a status is about */
    int64_t provider_at_us; /* 0: not said */

    /* CHANNEL_MESSAGE (and CHANNEL_EDIT: text only) */
    const char *
        message_kind; /* text image audio video document sticker location contacts choice system unknown */
    struct str text;   /* text or caption, valid UTF-8, no NUL */
    struct str detail; /* JSON of openapi Message.detail; empty: none */
    struct str quoted; /* provider id it answers; empty: none */
    struct channel_media media[4];
    int media_count;
    struct str client_key; /* webchat: the sender's own key */
    /* What brought them, as JSON of openapi TicketOrigin; empty: nothing */
    struct str origin;

    /* REACTION, EDIT, REVOKE, READ: which message */
    struct str target;
    struct str emoji;

    /* STATUS, and TROUBLE */
    const char *state;      /* "accepted", "delivered", "read", "failed" */
    struct str error_code;  /* "WA-131047" */
    const char *error_slug; /* what the screen explains; NULL: none */
    struct str opaque;      /* what we gave along when sending: "<ticket>:<seq>" */
};

struct channel_events {
    struct channel_event *v;
    size_t n;
};

enum channel_verdict { CHANNEL_VALID, CHANNEL_INVALID, CHANNEL_MISSING };
extern const char *const channel_verdict_names[3]; /* "valid" "invalid" "missing" */

/* One of ours, on its way out. */
struct channel_option {
    struct str id; /* comes back when it is tapped, as detail.id of a "choice" */
    struct str label;
    struct str description; /* empty: none */
};
/* How the answer to a question is given, besides in words. */
enum channel_ask {
    CHANNEL_BUTTONS,
    CHANNEL_LIST,     /* rows that open */
    CHANNEL_LOCATION, /* "send where I am" */
    CHANNEL_FILE,     /* a picker */
};
/* What is said in a place of a template. */
struct channel_fill {
    const char *place; /* header, body, button; location: one of where its header is on the map */
    int index;         /* of the button */
    struct str name;   /* as the network knows it; empty: by its order in the place */
    struct str text;
};
/* A template with all that is said in it; its quick replies are the options. */
struct channel_filled {
    struct str name, language;
    const struct channel_fill *fills;
    size_t fill_count;
    int first_reply;       /* which of its buttons the first option is; the others follow */
    const char *file_kind; /* image, video, document: what its header is; NULL: no file */
};
struct channel_outgoing {
    struct channel_identity to;
    const char *kind; /* text question template image audio video document sticker */
    struct str text;
    struct str quoted; /* provider id; empty: none */
    struct str opaque; /* comes back with statuses */
    const char *file;  /* absolute path; NULL: none */
    struct str mime;
    struct str filename;
    struct str media_id; /* the provider's, when uploaded before; empty: not yet */
    bool is_voice;
    enum channel_ask asks;                /* question */
    const struct channel_option *options; /* of buttons and lists */
    size_t option_count;
    const struct channel_filled *filled; /* template; NULL: of no other kind */
    int attempt; /* how often it was tried before: some providers' pauses grow with it */
};

enum channel_retry {
    CHANNEL_NO_RETRY,      /* this message will never go: say why */
    CHANNEL_RETRY,         /* try again later (after_s when the provider said) */
    CHANNEL_RETRY_CHANNEL, /* everything of this channel should wait */
    CHANNEL_STOP           /* the channel is broken until somebody mends it (token, account) */
};

/*
 * Progress of a conversation with the provider. Zeroed before the first step and
 * handed back unchanged (but for `answer`) until `is_done`.
 */
struct channel_progress {
    int step;
    bool is_done;
    struct httpc_call call; /* to perform next, unless done */

    /* once done */
    bool is_ok;
    const char *state;      /* "accepted", or "delivered" where there is nobody to wait for */
    struct str provider_id; /* of the sent message */
    struct str media_id;    /* learnt while uploading; keep it, a retry need not upload again */
    bool outcome_unknown;   /* it may have been sent: never repeat by ourselves */

    /* once done and not ok */
    const char *slug;      /* what the screen explains */
    struct str error_code; /* "WA-131056" */
    enum channel_retry retry;
    int64_t after_s; /* 0: the caller's own back-off */

    /* fetch_media, once done and ok: where the bytes were saved, and the claim to check */
    struct str mime;
};

struct channel_media_rule {
    const char *kind;
    const char *const *mimes; /* ended by NULL; an empty list: any */
    int64_t max_bytes;
    bool takes_caption; /* text may go along; otherwise it would be lost, so send() refuses it */
};

/* A text that the network approved beforehand, in our words. */
struct channel_template {
    struct str provider_id, name, language;
    struct str category, status, quality; /* the network's words, in lower case */
    struct str shape;                     /* JSON, openapi: TemplateShape */
};
struct channel_templates {
    struct channel_template *v;
    size_t n, room;
};

/* One line of a connection test. */
struct channel_test_step {
    const char *name; /* token_valid, number_found …: the screen translates */
    bool is_ok;
    const char *slug;
    struct str detail;
    int64_t took_ms;
};

/* Played by every browser, whoever made it and whatever it was built with. */
#define CHANNEL_VOICE_ANYWHERE "audio/mpeg"

struct channel_driver {
    const char *kind;
    int64_t text_max;     /* code points */
    int64_t caption_max;  /* code points */
    int64_t window_hours; /* 0: none */
    int64_t edit_minutes,
        delete_minutes; /* so long ours can be changed or taken back; 0: it cannot */
    bool shows_typing;
    bool is_ours; /* the customer's screen is our own (webchat): it listens to our events */
    const struct channel_media_rule *media; /* ended by kind NULL */
    const char
        *voice_mime; /* what a voice note has to be; NULL: it has none. See messages/convert.c */
    const char *const *reaches; /* kinds of identity that may be written to first; ended by NULL */

    /* Names of settings and secrets without which it cannot work; ended by NULL. */
    const char *const *settings_needed;
    const char *const *secrets_needed;

    /* Meta's GET challenge: the text to answer, or ERR_FORBIDDEN "verify_token_wrong". NULL: none. */
    struct err (*challenge)(struct str mode, struct str token, struct str expected,
                            struct str challenge, struct str *answer);

    /* Over the raw bytes, before any parsing. signature: the header's value; empty when absent. */
    enum channel_verdict (*verify)(const struct channel_config *config, struct str body,
                                   struct str signature);
    const char *signature_header; /* NULL: none */

    /*
     * Bytes to events, in order. What it does not know becomes a message of kind
     * "unknown", never nothing; only a body that is no JSON of this provider at
     * all is an error ("unreadable_…"). `self`: events about other numbers of
     * the same app are left out, when settings say which number is ours.
     */
    struct err (*parse)(struct arena *a, const struct channel_config *config, struct str body,
                        struct channel_events *out);

    /* Steps of sending; answer is NULL at first. */
    void (*send)(struct arena *a, const struct channel_config *config,
                 const struct channel_outgoing *message, const struct httpc_answer *answer,
                 struct channel_progress *progress);

    /* Steps of fetching an inbound file into save_to. NULL: files arrive another way. */
    void (*fetch_media)(struct arena *a, const struct channel_config *config, struct str media_id,
                        const char *save_to, const struct httpc_answer *answer,
                        struct channel_progress *progress);

    /* Tell the customer's screen that we read up to this message (and, perhaps, that we type). NULL: cannot. */
    void (*mark_read)(struct arena *a, const struct channel_config *config, struct str provider_id,
                      bool typing, const struct httpc_answer *answer,
                      struct channel_progress *progress);

    /*
     * Steps of putting one emoji on a message of either side, in place of the one before; an
     * empty one takes it back. NULL: the network has none.
     */
    void (*react)(struct arena *a, const struct channel_config *config,
                  const struct channel_identity *to, struct str provider_id, struct str emoji,
                  const struct httpc_answer *answer, struct channel_progress *progress);

    /*
     * Steps of a connection test: fills steps (room for 8) up to *n; asks for the
     * next call through progress until done. NULL: nothing to ask.
     */
    void (*test)(struct arena *a, const struct channel_config *config,
                 const struct httpc_answer *answer, struct channel_progress *progress,
                 struct channel_test_step *steps, int *n);

    /*
     * Steps of reading every template of the account (settings: waba_id) that the channel's
     * number belongs to; whole only when it ended well. NULL: the network has none.
     */
    void (*list_templates)(struct arena *a, const struct channel_config *config,
                           const struct httpc_answer *answer, struct channel_progress *progress,
                           struct channel_templates *out);
};

/* Every driver, ended by NULL. */
extern const struct channel_driver *const channel_drivers[];

#endif
