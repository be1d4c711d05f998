/*
 * A flow as it is written, and as it is read: cards, the lines between them, and what holds for all.
 *
 * A document is saved filled: with every default written out, so that what was published never changes when ours do.
 * document_fill makes that; document_read makes it quick to walk. Both are pure, and neither trusts anything.
 */
#ifndef DOMAIN_FLOWS_DOCUMENT_H
#define DOMAIN_FLOWS_DOCUMENT_H

#include "domain/flows/card.h"
#include "domain/variables/variables.h"

enum {
    FLOW_CARDS_MAX = 500,
    FLOW_CARDS_MANY = 150, /* from here on: better split */
    FLOW_CONNECTORS_MAX = 2000,
    FLOW_VARIABLES_MAX = 100,
    FLOW_BYTES_MAX = 1 << 20, /* canonical text */
    FLOW_WORDS_MAX = 20,
    FLOW_CLOSURE_MAX = 50 /* flows that run one another */
};

enum flow_channel {
    FLOW_WHATSAPP,
    FLOW_MESSENGER,
    FLOW_INSTAGRAM,
    FLOW_FACEBOOK, /* comments */
    FLOW_TELEGRAM,
    FLOW_WEBCHAT,
    FLOW_API,
    FLOW_TELEPHONY,
    FLOW_CHANNEL__COUNT
};
extern const char *const flow_channel_names[FLOW_CHANNEL__COUNT];
extern const char *const flow_channel_labels[FLOW_CHANNEL__COUNT]; /* pt-BR */
#define FLOW_HAS(set, channel) (((set) >> (channel)) & 1u)

struct flow_card {
    struct str id;
    struct str name; /* the author's, or the type's label */
    struct str type;
    const struct card *kind;     /* NULL: unknown here, or newer */
    const struct json *settings; /* an object, or NULL */
    bool is_parked;
    const struct json *json; /* the whole */
};

struct flow_connector {
    int from, to; /* cards by index; -1: there is none of that id */
    struct str from_id, outlet, to_id;
};

struct flow_variable {
    struct str name; /* flow.x */
    enum variable_type type;
    struct str initial; /* normal form; empty: none */
};

struct flow_words {
    const struct str *v;
    size_t n;
};

/* Section by section what `settings` of a document says, filled. Times in seconds. */
struct flow_settings {
    struct {
        struct str flow, department; /* one of them, or neither */
    } fallback;
    struct {
        bool is_on;
        struct str digit;
        struct flow_words words;
        struct str department; /* empty: the fallback's */
    } human;
    struct {
        bool is_on;
        struct flow_words words;
        struct str card; /* empty: the start */
    } menu;
    struct {
        int64_t remind_after_s, reminders, expire_after_s;
        struct str on_expire; /* close, transfer, flow */
        struct str flow, department, reason;
        struct str remind_text, expire_text;
    } silence;
    struct {
        struct str invalid, ambiguous, stale, error, media;
    } texts;
    struct flow_words opt_out_words;
    struct str window_closed; /* transfer, end */
    int64_t pace_ms;
    bool types; /* shows "typing" meanwhile */
    int64_t digit_timeout_s;
    struct str hand_back; /* resume, restart, ask */
    int64_t keep_days;
};

struct flow_document {
    struct str key, name;
    unsigned channels; /* FLOW_HAS */
    int start;         /* card by index; -1: none */
    struct flow_settings settings;
    const struct flow_card *cards;
    int card_count;
    const struct flow_connector *connectors; /* sorted by (from, outlet) */
    int connector_count;
    const struct flow_variable *variables;
    int variable_count;
    const struct json *json;
};

/*
 * With all defaults written out, NFC, in canonical order; what is unknown stays as it is. ERR_INVALID as
 * canonical_require and json_parse say, flow_format (not one of ours), flow_newer (of a newer product), flow_too_large.
 */
MUST_CHECK struct err document_fill(struct arena *a, struct str text, struct str *filled);

/*
 * Reads a filled document as far as it goes, and adds what is wrong with its shape: L101 to L107 and L114. What cannot
 * be read at all (not an object, not ours) is ERR_INVALID as above. The result lives as long as `filled`.
 */
MUST_CHECK struct err document_read(struct arena *a, const struct json *filled,
                                    struct findings *findings, struct flow_document **out);

int document_card(const struct flow_document *d, struct str id); /* -1: none */
/* Where a way out leads; -1: nowhere. */
int document_follow(const struct flow_document *d, int card, struct str outlet);

/* Every "kind:id" in its settings, each once, sorted: what must exist, and what facts are loaded. */
struct flow_words document_refs(struct arena *a, const struct flow_document *d);

#endif
