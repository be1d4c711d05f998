/*
 * Templates: texts that WhatsApp approved beforehand, which may be said when a customer's day is over. They belong to the
 * network's account (WABA) and all its numbers; a book holds what it last told of them. Nothing is made or changed here:
 * a book is read anew when somebody asks, when the network says that something changed, and once a day.
 */
#ifndef DOMAIN_TEMPLATES_TEMPLATES_H
#define DOMAIN_TEMPLATES_TEMPLATES_H

#include "domain/channels/channels.h"

struct template_id {
    int64_t v;
};

struct template
{
    struct template_id id;
    struct str waba_id, name, language;
    struct str category, status, quality; /* the network's words, in lower case */
    struct str shape_text;                /* JSON, openapi: TemplateShape */
    const struct json *shape;             /* the same, read */
    int64_t changed_at_us;
    int64_t gone_at_us;  /* 0: the network knows it */
    int64_t flow_count;  /* flows that name it */
    struct str channels; /* numbers of its account, as references: "channel:3 channel:7" */
    const char *unfit;   /* why it cannot be sent, a slug; NULL: it can */
};

struct template_list {
    struct template *v;
    size_t n;
    bool has_more;
};

struct template_filter {
    struct channel_id channel; /* .v == 0: of all accounts */
    struct str
        status;       /* .p == NULL: all; "sendable": approved, there, and of a kind that we send */
    struct str words; /* .p == NULL: all */
    int64_t after;    /* the last one of the page before; 0: from the first */
};

/* By name. */
MUST_CHECK struct err templates_list(struct cx *cx, const struct template_filter *filter,
                                     int64_t limit, struct template_list *out);

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err templates_get(struct cx *cx, struct template_id id, struct template *out);

/* Those of these ids that there are, in any order. */
MUST_CHECK struct err templates_of(struct cx *cx, const int64_t *ids, size_t n,
                                   struct template_list *out);

/* Flows that name it: id, key, name. */
MUST_CHECK struct err templates_users(struct cx *cx, struct template_id id, struct db_rows *out);

void template_write_json(struct json_out *o, const void *template);

/* --- books ---------------------------------------------------------------------- */

struct template_book {
    struct str waba_id;
    int64_t wanted_at_us; /* a reading is queued since then; 0: none is */
    int64_t read_at_us;   /* 0: never */
    int64_t failed_at_us; /* the last reading came to nothing; 0: it did not */
    struct str why;       /* and why; .p == NULL: it did not */
};

/* Of one channel's account, or of all that the account's channels have. */
MUST_CHECK struct err templates_books(struct cx *cx, struct channel_id channel,
                                      struct template_book **out, size_t *n);

/*
 * The book of this channel is to be read; asked for twice before it is, it is read once. *out is its book then.
 *
 *   ERR_NOT_FOUND  not_found
 *   ERR_CONFLICT   channel_inactive, templates_unsupported (by its network), settings_incomplete: it names no account
 */
MUST_CHECK struct err templates_want(struct cx *cx, struct channel_id channel,
                                     struct template_book *out);

/* --- filling -------------------------------------------------------------------- */

struct template_param {
    struct str name, value; /* by the names of its shape */
};

/* Whether this may stand for a variable of a shape: a latitude is one, a longitude too; the others may say anything. */
bool template_param_fits(struct arena *a, const struct json *variable, struct str value);

/* [{"name":…,"value":…}] of a request; absent or null: none. ERR_INVALID "wrong_type", "too_many", "too_long" (params). */
MUST_CHECK struct err template_params_read(struct arena *a, const struct json *params,
                                           const struct template_param **out, size_t *n);

struct template_wish {
    struct template_id template;
    struct channel_id channel; /* by which it goes */
    const struct template_param *params;
    size_t param_count;
    const struct str
        *payloads;         /* what its quick replies say when they are tapped, in their order */
    size_t payload_count;  /* of those beyond: their label */
    int64_t attachment_id; /* messages_say_template: of the house, copied for its header; 0: none */
};

struct template_words {
    struct str text;   /* as the phone shows it: header, body, footer */
    struct str detail; /* JSON, openapi: Message.detail of a template */
    struct str file; /* what its header is, which goes along: image, video, document; empty: none */
};

/*
 * What a message made of it says.
 *
 *   ERR_NOT_FOUND  template_unknown (template_id)
 *   ERR_CONFLICT   template_gone, template_not_approved, template_paused, template_unfit, template_of_codes,
 *                  template_elsewhere: it is not of this channel's account
 *   ERR_INVALID    template_parameters (params): one is missing, empty, none of its own, or no place on the map
 */
MUST_CHECK struct err templates_fill(struct cx *cx, const struct template_wish *wish,
                                     struct template_words *out);

extern const struct route templates_routes[];
extern const struct job_kind templates_jobs[];

#endif
