/*
 * What a step wants done: data, in the order in which it is to be done. The worker does it, the simulator shows it, a
 * test compares it. Each has an id that never comes twice in the life of a run, and is its key against doing it twice.
 */
#ifndef DOMAIN_FLOWS_EFFECTS_H
#define DOMAIN_FLOWS_EFFECTS_H

#include "domain/flows/document.h"

enum effect_kind {
    EFFECT_SEND,
    EFFECT_ASK,
    EFFECT_TIMER,
    EFFECT_TIMER_CLEAR,
    EFFECT_VAR,
    EFFECT_TAG,
    EFFECT_CONSENT,
    EFFECT_LINK,
    EFFECT_SEAL,
    EFFECT_DESCRIBE,
    EFFECT_NOTE,
    EFFECT_CLASSIFY,
    EFFECT_NOTIFY,
    EFFECT_TRANSFER,
    EFFECT_CLOSE,
    EFFECT_SURVEY,
    EFFECT_CALL,
    EFFECT_PHONE,
    EFFECT_EVIDENCE,
    EFFECT_GO_FLOW,
    EFFECT_END,
    EFFECT__COUNT
};
extern const char *const effect_kind_names[EFFECT__COUNT]; /* send, ask, timer, timer_clear … */

enum content_kind {
    CONTENT_TEXT,
    CONTENT_AUDIO,
    CONTENT_FILE,
    CONTENT_TEMPLATE, /* `data` of the effect says which, and its params */
    CONTENT_LOCATION_REQUEST
};
extern const char *const content_kind_names[];

struct content {
    enum content_kind kind;
    struct str text; /* with the author's marks; caption, transcript */
    const struct literal *literals;
    size_t literal_count;
    struct str file; /* file:<sha256> */
    struct str name; /* of the file */
    bool previews_links;
};

struct effect_option {
    struct str id, label, description;
    int number;
};

struct effect {
    enum effect_kind kind;
    int64_t seq; /* of the step, within the run */
    int n;       /* within the step; the id is <run>.<seq>.<n> */
    struct str card;
    int visit; /* of that card, for the trace; 0: between two */

    struct content content; /* send, ask */
    const char *purpose;    /* send: bot, notice, legal, survey, receipt */
    const char *guard;      /* send, ask: while_bot, handover */
    int64_t delay_ms;
    bool types; /* shows meanwhile that somebody writes */

    /* ask, timer */
    int64_t token;
    const struct effect_option *options;
    size_t option_count;
    struct str style;     /* auto, buttons, list, text */
    struct str validator; /* ask: of an awaited answer */
    bool is_sensitive;
    const char
        *which; /* timer, timer_clear: remind, expire, wait, deadline, gather, phone: hangup … */
    int64_t at_us; /* timer */

    /* var, seal, describe, note, consent, close, end, transfer, notify… by their words in 2.5 of the specification:
     * the members of `data`, a JSON object made by the step, are exactly those. */
    struct str data; /* JSON; empty: {} */
};

/* {"id":"12.3.1","kind":"send","card":"menu", …}; what is neutral is left out. */
void effect_write(struct json_out *o, int64_t run_id, const struct effect *e);

#endif
