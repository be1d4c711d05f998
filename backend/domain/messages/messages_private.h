/*
 * What the files of this room share and others have no business with.
 */
#ifndef DOMAIN_MESSAGES_PRIVATE_H
#define DOMAIN_MESSAGES_PRIVATE_H

#include "domain/messages/messages.h"

/* Jobs, each in its own file. */
struct err inbound_event_step(struct cx *cx, const struct job *job,
                              const struct httpc_answer *answer, struct job_outcome *out);
struct err inbound_statuses_foresee(struct cx *cx, const struct job *const *jobs, int n,
                                    void **foreseen);
struct err inbound_statuses_step(struct cx *cx, const struct job *job,
                                 const struct httpc_answer *answer, struct job_outcome *out);
struct err message_send_step(struct cx *cx, const struct job *job,
                             const struct httpc_answer *answer, struct job_outcome *out);
struct err message_mark_read_step(struct cx *cx, const struct job *job,
                                  const struct httpc_answer *answer, struct job_outcome *out);
struct err media_fetch_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                            struct job_outcome *out);
struct err media_convert_step(struct cx *cx, const struct job *job,
                              const struct httpc_answer *answer, struct job_outcome *out);
struct err media_discard_step(struct cx *cx, const struct job *job,
                              const struct httpc_answer *answer, struct job_outcome *out);
struct err house_daily_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                            struct job_outcome *out);

struct err message_react_step(struct cx *cx, const struct job *job,
                              const struct httpc_answer *answer, struct job_outcome *out);
struct err message_scheduled_step(struct cx *cx, const struct job *job,
                                  const struct httpc_answer *answer, struct job_outcome *out);

/* Whether a reply like this could be posted now, by this member, before anything is written. */
MUST_CHECK struct err messages_check(struct cx *cx, const struct ticket *ticket,
                                     const struct channel_driver *driver, const struct post *post);

/* JSON array of a message's reactions without those of one side ("contact", "member"), and one more. */
struct str reactions_with(struct cx *cx, struct str reactions, const char *by, struct str emoji);

enum { SEND_ATTEMPTS = 8, MEDIA_ATTEMPTS = 8 };

/*
 * Of a bot's message that failed for good the flow that said it is told by a job, "flow.unsent"; of a template whatever
 * became of it, "flow.sent". Others concern none.
 */
void fate_tell(struct cx *cx, const struct message *message);

/* What a template's message tells its network; of other kinds nothing. */
void filled_read(struct arena *a, const struct message *message, struct channel_outgoing *outgoing);
/* Whether the message at this place is a template that was sent to this contact and offered exactly this. */
MUST_CHECK struct err template_offered(struct cx *cx, const struct thread_place *quoted,
                                       struct contact_id who, struct str payload, bool *offered);
/*
 * A template is answered whenever it is, and what answers it often begins another ticket, where "Sim" says nothing: its
 * place goes along, as detail.quoted. Never its words: who sees this ticket need not see that one, and whoever does asks
 * for them there. Of a ticket that few may read not even the place.
 */
MUST_CHECK struct err template_quote(struct cx *cx, const struct thread_place *quoted,
                                     struct contact_id who, struct str *detail);

/* A bot's template that was not sent within this time is not sent: its flow went on without it (cards/interactive_template.c). */
#define TEMPLATE_PATIENCE_US (55 * US_PER_S)

/* The receipt of what was heeded in their message at this place; of nothing, none. */
MUST_CHECK struct err heeded_say(struct cx *cx, struct ticket *ticket, enum heeded heeded,
                                 int64_t seq);

/* What became of one of ours: moves forward only. Never fails for what it does not know. */
struct receipt {
    struct channel_id channel;
    struct str provider_id;
    struct str state; /* accepted, delivered, read, failed */
    struct str error_code;
    struct str error_slug;
    struct str opaque; /* "<ticket>:<seq>" when the provider echoed it */
    struct ticket_id
        held; /* out: somebody else has its ticket, so nothing happened: again later. .v == 0: it is over */
};
/* As the event says it. */
struct receipt receipt_of(struct channel_id channel, const struct channel_event *event);
/*
 * Many of one account, in as many statements as one. One that is behind its message changes and locks nothing; others
 * lock the tickets they change, and wait for none of them.
 */
MUST_CHECK struct err receipts_apply(struct cx *cx, struct receipt *receipts, size_t n);

/* Statuses that came before the provider id was known: applied to the message now. */
MUST_CHECK struct err receipts_apply_early(struct cx *cx, struct channel_id channel,
                                           struct str provider_id, struct message *message);

/* Moves a message forward; false when it was there or further already. */
bool receipts_move(struct message *message, struct str state, struct str error_code,
                   struct str error_slug);

/* Remembers the provider's name for a message; one that came in is kept under it once (ERR_RETRY). */
void provider_ids_add(struct cx *cx, struct channel_id channel, struct str provider_id,
                      const struct message *message);
void provider_ids_claim(struct cx *cx, struct channel_id channel, struct str provider_id,
                        const struct message *message);
/* Where the message of a provider's name is: asked without waiting (db_ask) and read, or both at once. */
struct place_search {
    bool is_asked; /* false: there is no name to ask for */
    struct db_rows rows;
};
void provider_ids_ask(struct cx *cx, struct channel_id channel, struct str provider_id,
                      struct place_search *out);
MUST_CHECK struct err provider_ids_read(struct cx *cx, const struct place_search *search,
                                        bool *found, struct thread_place *out);
MUST_CHECK struct err provider_ids_find(struct cx *cx, struct channel_id channel,
                                        struct str provider_id, bool *found,
                                        struct thread_place *out);
/* The provider's name of a message; .p == NULL: it has none. */
MUST_CHECK struct err provider_ids_of(struct cx *cx, struct ticket_id ticket, int64_t seq,
                                      struct str *out);

/*
 * What has to be known before a customer's message comes in, asked in as few round trips as
 * there are answers that depend on one another: the body; then who writes, and whether the
 * message is known; then the ticket, locked. For jobs that share a transaction all at once.
 */
struct entrance {
    struct contact_address addresses[3]; /* what who is about */
    struct contact_search who;
    struct place_search seen, quoted;
    bool has_ticket; /* asked for, and nobody else of the company has the same */
    struct db_rows ticket;
};
struct company {
    bool is_touched;      /* something happened that nobody foresaw: tickets may have moved on */
    struct db_rows hours; /* their version, see hours.h */
    struct db_rows bodies;
};
struct foreseen {
    struct company *company;
    struct channel channel;
    const struct channel_events *events;
    const struct channel_event *first; /* of this customer, when it is a message; or NULL */
    struct entrance entrance;          /* of that one */
    bool holds_secret;                 /* the body is not kept (secret.c) */
};
MUST_CHECK struct err inbound_event_foresee(struct cx *cx, const struct job *const *jobs, int n,
                                            void **foreseen);
/* One of the bodies that were asked for, parsed: it stays so as long as the transaction. */
MUST_CHECK struct err entrance_body(struct cx *cx, const struct db_rows *bodies, size_t which,
                                    int64_t event_id, struct channel *channel,
                                    const struct channel_events **events);
/* What arrives shows that a new channel works. Said before anything is locked that others may hold. */
MUST_CHECK struct err entrance_greet(struct cx *cx, const struct channel *channel);
/* How a provider names the customer, best first. Returns how many. */
int entrance_addresses(const struct channel_event *event, struct contact_address out[3]);
/* Asks, all but the ticket. */
void entrance_ask(struct cx *cx, struct channel_id channel, const struct channel_event *event,
                  struct entrance *out);

/*
 * The customer writes: if nobody is there the ticket says so from here on, and *text is what
 * the customer is to be told, once for as long as it stays closed. Empty: nothing. The
 * ticket is changed, not saved.
 */
MUST_CHECK struct err away_note(struct cx *cx, const struct db_rows *hours_version,
                                struct ticket *ticket, struct str *text);
/* Tells it: the saved ticket has one more message, and is saved. */
MUST_CHECK struct err away_say(struct cx *cx, struct ticket *ticket, struct str text);

/* Whether it is nothing but thanks or a goodbye, in Portuguese or English (thanks.c). */
bool thanks_only(struct arena *a, struct str text);
/*
 * Of somebody without a live ticket: when what they say is nothing else, and their last one was closed within ten minutes
 * before, that one, locked, or the one that it was merged into. What is closed stays closed.
 */
MUST_CHECK struct err thanks_find(struct cx *cx, struct channel_id channel, struct identity_id who,
                                  const struct channel_event *event, bool *found,
                                  struct ticket *out);

/*
 * What is answered to a question whose answer nobody is to read (secret.c): the thread shows that there is one, and the
 * flow alone is told which, in the job that tells it.
 */
#define TEXT_HIDDEN "•••••"
MUST_CHECK struct err secret_is_asked(struct cx *cx, const struct ticket *ticket, struct str text,
                                      bool *out);
bool secret_is_kept(const struct message *message);
/* The arg of "flow.hear". */
struct str secret_carry(struct cx *cx, const struct message *message, struct str text);
/* A body that came before, with the message that is at this place. */
MUST_CHECK struct err secret_again(struct cx *cx, struct foreseen *f, struct thread_place place);

/* What a question offers, as its detail says it (question.c). */
void question_read(struct arena *a, const struct message *message,
                   struct channel_outgoing *outgoing);

/* A message of a channel whose screens are ours, told to the visitor. */
void visitor_tell(struct cx *cx, struct identity_id identity, const struct message *message,
                  struct str author);

/*
 * A message of a locked ticket says something else from here on, or nothing: what it said is kept,
 * and the screens are told.
 */
void amend_text(struct cx *cx, struct ticket *ticket, struct message *message, struct str text);
void amend_take_back(struct cx *cx, struct ticket *ticket, struct message *message);

/* What a file really is. kind: image, audio, video, sticker or document. */
struct sniffed {
    struct str mime;
    const char *kind;
};
MUST_CHECK struct err media_sniff(struct arena *a, const char *path, struct sniffed *out);
/* True when a declared type (which may be empty or vague) does not contradict what was found. */
bool media_type_fits(struct str declared, const struct sniffed *found);
/* Base name, no control or direction characters, at most 120 code points; never empty. */
struct str media_filename(struct arena *a, struct str declared);

/* The largest recording, before and after its conversion: what networks take as sound. */
enum { VOICE_MAX_BYTES = 16 * 1024 * 1024 };
/* Whether "media.convert" reads this type; and whether a sound must become another for browsers. */
bool convert_takes(struct str mime);
bool convert_helps(struct str kind, struct str mime);

#endif
