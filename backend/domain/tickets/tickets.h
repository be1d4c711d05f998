/*
 * A ticket is one conversation with one customer on one channel, from the first
 * word to its closing; its thread (thread.h) is the messages in it, in order of seq.
 *
 * Who changes a ticket locks its row first, decides on what it finds, changes the
 * struct, and saves it with whatever else happened. Two people acting together
 * are served in order, and the answer is built from what was decided: no second
 * read.
 */
#ifndef DOMAIN_TICKETS_TICKETS_H
#define DOMAIN_TICKETS_TICKETS_H

#include "base/db.h"
#include "base/http.h"
#include "base/jobs.h"
#include "domain/channels/channels.h"
#include "domain/contacts/contacts.h"
#include "domain/events/events.h"
#include "domain/org/org.h"
#include "domain/settings/settings.h"
#include "domain/tickets/thread.h"

enum ticket_state { TICKET_BOT, TICKET_WAITING, TICKET_SERVING, TICKET_SURVEYING, TICKET_CLOSED };

/* Queues are ordered by it, then by who waits longest. As stored. */
enum ticket_priority { PRIORITY_URGENT, PRIORITY_HIGH, PRIORITY_NORMAL, PRIORITY_LOW };
extern const char *const ticket_priority_names[]; /* "urgent", …; NULL ends the list */

struct ticket {
    struct ticket_id id;
    struct str protocol;
    enum ticket_state state;
    struct str controller;    /* bot, queue, user, none: exactly one speaks for us */
    int64_t controller_epoch; /* +1 whenever that becomes another */
    struct channel_id channel;
    struct identity_id identity;
    struct department_id department; /* .v == 0: none */
    struct member_id assignee;       /* .v == 0: nobody */

    struct contact_id contact;
    struct str contact_name;    /* may be empty */
    struct str contact_kind;    /* of the identity: phone, whatsapp_user, visitor, external */
    struct str contact_address; /* as the network confirmed it */

    int64_t last_seq;     /* of its messages; 0: none */
    int64_t unread_count; /* inbound since somebody read it */
    int64_t shown_seq;    /* of the message that the list shows; 0: none */
    /* what the list shows of the last message; .p == NULL: none yet */
    struct str last_kind, last_direction, last_state, last_preview, last_author_kind;
    struct member_id last_author; /* .v == 0: not a member */

    int64_t last_activity_at_us;
    int64_t last_inbound_at_us; /* 0: never, here and below */
    int64_t last_outbound_at_us;
    int64_t window_ends_at_us; /* 0: the channel has no window */
    int64_t opened_at_us;
    int64_t queued_at_us;
    int64_t assigned_at_us;
    int64_t first_reply_at_us;
    int64_t closed_at_us;
    struct member_id closed_by;
    bool
        is_concluded; /* somebody ended it; before it is closed its customer is asked what they think */
    int64_t reason_id;
    int64_t branch_id; /* 0: none */
    bool is_confidential;
    struct str tag_ids;          /* PostgreSQL array; the tags room changes it */
    int64_t snoozed_until_us;    /* out of the lists until then; 0: it is not */
    int64_t woken_at_us;         /* it came back and nobody has read it since; 0 otherwise */
    int64_t type_id;             /* 0: none */
    struct str origin;           /* what brought its customer, as JSON; .p == NULL: nothing */
    struct member_id taken_from; /* from whom it was taken over; .v == 0: from nobody */
    /* the customer wrote when nobody was there, and no person has answered since; 0: no */
    int64_t out_of_hours_at_us;
    int64_t away_until_us; /* they were told so, for as long as it lasts; 0: never */
    /* tickets_open, tickets_read_live: what is asked before anybody serves it (script.h); 0: nothing */
    int64_t intake_needs;
    enum ticket_priority priority;
    /* the nearest promise (JSON, see openapi TicketPromise), by the timers room; .p == NULL: none runs */
    struct str sla;
    int64_t sla_warn_at_us, sla_due_at_us;
    bool is_opted_out;            /* tickets_lock_for_post: its contact wants no messages */
    struct ticket_id merged_into; /* it is a chapter of that one, and closed; .v == 0: it is not */
    struct str merged_ids;        /* PostgreSQL array: its own chapters; merge.c changes it */

    struct event_facts was; /* who could see it when it was read: what is told names both */
};

/* Reading ------------------------------------------------------------------ */

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err tickets_get(struct cx *cx, struct ticket_id id, struct ticket *out);

/* The same, holding the row until commit. Needs a write transaction. */
MUST_CHECK struct err tickets_lock(struct cx *cx, struct ticket_id id, struct ticket *out);

/*
 * Of these, by rising ids, those that nobody else holds: held until commit. It never waits, so whoever holds many waits
 * in no circle. Only for who sees everything.
 */
MUST_CHECK struct err tickets_lock_free(struct cx *cx, const int64_t *ids, size_t n,
                                        struct ticket **out, size_t *out_n);

/*
 * The same, with what a reply is decided on: the driver of its channel (NULL: it is
 * switched off) and the seq this client key already has (0: new). Fills is_opted_out.
 */
MUST_CHECK struct err tickets_lock_for_post(struct cx *cx, struct ticket_id id,
                                            struct str client_key, struct ticket *out,
                                            const struct channel_driver **driver,
                                            int64_t *posted_seq);

/*
 * The live ticket of a customer on a channel, locked; *found tells. When they have none but one of theirs was
 * merged into another that is live, that one: its identity is not the one asked for, and the message comes in by
 * tickets_hear_merged. Asked without waiting (db_ask) and read, or both at once.
 */
void tickets_ask_live(struct cx *cx, struct channel_id channel, struct identity_id identity,
                      struct db_rows *rows);
MUST_CHECK struct err tickets_read_live(struct cx *cx, const struct db_rows *rows, bool *found,
                                        struct ticket *out);
MUST_CHECK struct err tickets_lock_live(struct cx *cx, struct channel_id channel,
                                        struct identity_id identity, bool *found,
                                        struct ticket *out);

/* What a list is narrowed to; 0 and false: not by this. */
struct ticket_filter {
    struct str state; /* serving, waiting, bot, closed */
    struct json_ids departments, channels;
    int64_t assignee, type, reason, tag;
    bool unread, away, asleep, favourite, oldest_first;
    bool promised;      /* by when what was promised is due, and only such */
    struct str promise; /* of those, "short" or "late"; empty: all */
};

/* A place in a list: its last row. */
struct ticket_place {
    int64_t us, id; /* 0: from the start */
};

/* From the query of a list: ?tab=waiting&tag=3. ERR_INVALID with the name of what is wrong. */
MUST_CHECK struct err tickets_filter_read(const struct cx *cx, const struct req *req,
                                          struct ticket_filter *out);

/* Rows of tickets that the caller sees, in order: tickets_at reads them. */
MUST_CHECK struct err tickets_list(struct cx *cx, const struct ticket_filter *filter,
                                   const struct ticket_place *after, int64_t limit,
                                   struct db_rows *rows);
struct ticket tickets_at(const struct db_rows *rows, int index);

/* The tickets of these ids, in any order. What is not seen, or no longer there, is left out. */
MUST_CHECK struct err tickets_list_ids(struct cx *cx, const int64_t *ids, size_t n,
                                       struct ticket **out, size_t *out_n);

/* Rows of its chapters, as they were joined: tickets_at reads them. */
MUST_CHECK struct err tickets_chapters(struct cx *cx, struct ticket_id id, struct db_rows *rows);

/* Changing a locked ticket --------------------------------------------------- */

/* A tap on a template's quick reply begins so, then comes the key of the flow that it was sent for, and a point (flows/step.h). */
#define TEMPLATE_TAP "t1."

/* What a new ticket begins with. */
struct first_said {
    struct str words;
    struct str template_tap; /* held against what was sent; empty: it is none */
    struct str origin;       /* what brought them (driver.h); empty: nothing */
};

/*
 * A new ticket, waiting in the channel's department (the bot's, while there are intake_needs, or when a
 * flow begins there, with these words, by this origin or with what it sent before), with its first system line. *welcome: what its
 * customer is to be greeted with once they are heard; empty: nothing.
 * ERR_CONFLICT "one_live_ticket" when another entrance was faster: run again.
 */
MUST_CHECK struct err tickets_open(struct cx *cx, const struct channel *channel,
                                   const struct contact_found *who, const struct first_said *first,
                                   struct ticket *out, struct str *welcome);

/*
 * The last ticket of a customer on a channel, locked, if it was closed after since_us; of one that was merged the one that
 * it was merged into. Asked when none is live: whoever opens one meanwhile is found, and so is whoever closes it.
 */
MUST_CHECK struct err tickets_lock_just_closed(struct cx *cx, struct channel_id channel,
                                               struct identity_id identity, int64_t since_us,
                                               bool *found, struct ticket *out);

/* A visitor's screen says whether anybody is there for them. */
void tickets_tell_visitor(struct cx *cx, const struct ticket *ticket);

/* A flow has it: nothing is asked before, and nobody else speaks. As intake_needs says, so of the same calls. */
bool tickets_is_flows(const struct ticket *ticket);

/* The bot is done with it: it waits for a person, as if it came now. Not saved. */
void tickets_to_queue(struct cx *cx, struct ticket *ticket);

/* Writes the changed ticket and tells the screens, of this message too if it is given (thread.h). */
void tickets_save(struct cx *cx, const struct ticket *ticket, const struct message *message);

/* Why the customer cannot be written to now: ERR_CONFLICT "ticket_closed", "window_closed". */
MUST_CHECK struct err tickets_require_open(const struct ticket *ticket);
MUST_CHECK struct err tickets_require_window(const struct ticket *ticket, int64_t now_us);

/* ERR_CONFLICT "not_holder" unless the caller serves this ticket. */
MUST_CHECK struct err tickets_require_holder(const struct cx *cx, const struct ticket *ticket);

/* What the list and the thread show of an SLA; told when it changed. sla .p == NULL: none runs. */
void tickets_promise(struct cx *cx, struct ticket *ticket, struct str sla, int64_t warn_at_us,
                     int64_t due_at_us);

/*
 * For notices: a promise of a ticket is short, or late. Told to its holder; nobody's, to whoever answers for its
 * department, else to everybody in it.
 */
MUST_CHECK struct err tickets_tell_promise(struct cx *cx, const struct ticket *ticket,
                                           const char *kind, int64_t due_at_us, bool is_late);

/* Acts of people -------------------------------------------------------------- */

/* ERR_CONFLICT "ticket_closed"; ERR_FORBIDDEN "permission_denied" to take from others without leave. */
MUST_CHECK struct err tickets_take(struct cx *cx, struct ticket_id id, struct ticket *out);

struct ticket_transfer {
    struct department_id department; /* one of the two, or both */
    struct member_id assignee;
    struct str note;    /* whispered; empty: none */
    struct str message; /* told to the customer; empty: none */
    struct str flow;    /* the name of the one that passes it on; empty: none */
    int64_t
        after_min; /* by itself, after so much waiting: says what the channel lets it say; 0: by the caller */
};
/*
 * Nobody in particular is waited for where a flow begins (a department's, flow_starts): it speaks first, once in a ticket,
 * and the ticket is the bot's until it is done.
 */
MUST_CHECK struct err tickets_transfer(struct cx *cx, struct ticket_id id,
                                       const struct ticket_transfer *to, struct ticket *out);

/*
 * Gives it to a colleague, out of the queue or out of other hands. Given to who has it already it stays as it is.
 *
 *   ERR_NOT_FOUND  "member_unknown"
 *   ERR_CONFLICT   "ticket_closed", "member_inactive", "agent_lacks_channel"
 */
MUST_CHECK struct err tickets_assign(struct cx *cx, struct ticket_id id, struct member_id to,
                                     struct ticket *out);

/*
 * The same as a queue gives by itself: how is the word of its line. *given is false when it no longer
 * waits in that department: somebody was faster, or the customer is served elsewhere.
 */
MUST_CHECK struct err tickets_distribute(struct cx *cx, struct ticket_id id,
                                         struct department_id from, struct member_id to,
                                         const char *how, bool *given);

/* Forward or back in its queue. */
MUST_CHECK struct err tickets_prioritize(struct cx *cx, struct ticket_id id,
                                         enum ticket_priority priority, struct ticket *out);

/* A member leaves: what they hold goes back to the queues of its departments, in sight of the caller or not. */
MUST_CHECK struct err tickets_release(struct cx *cx, struct member_id member);

/*
 * Ends it and tells the customer so, if the channel still lets us; the thread says when it did not. Of a ticket that
 * somebody served its customer may be asked first what they think: then it is surveyed, and the flow that asks closes it.
 * A customer who asked for silence, or whom the channel lets nobody write to, is not asked.
 * message .p == NULL: what the settings say for this reason (.v == 0: none); empty: none; else what
 * the caller wrote instead.
 *
 *   ERR_CONFLICT  "ticket_closed"; "ticket_in_survey": its customer is being asked, and the caller may not cut that short;
 *                 "closing_message_forced" when it was not to be changed
 *   and as settings_closing
 */
MUST_CHECK struct err tickets_close(struct cx *cx, struct ticket_id id,
                                    struct close_reason_id reason, struct str message,
                                    struct ticket *out);

/* The bot asks what the customer of a locked ticket thinks of whoever served them. Not saved. */
void tickets_survey(struct cx *cx, struct ticket *ticket);

/*
 * The same by a flow: what keeps a person from closing it is no reason for a program to leave it open. It needs no
 * reason, and one that is gone is none; a ticket that was concluded before keeps its own, and nothing more is said.
 * ERR_CONFLICT "ticket_closed".
 */
struct ticket_ending {
    struct close_reason_id reason; /* .v == 0: none */
    bool
        says_goodbye; /* in the words of the reason, else in the account's; else nothing, unless the reason's are forced */
    bool asks;        /* as tickets_close, whoever served */
};
MUST_CHECK struct err tickets_end(struct cx *cx, struct ticket_id id,
                                  const struct ticket_ending *how, struct ticket *out);

/* What the customer would be told now, filled for them; reason .v == 0: none was given yet. */
MUST_CHECK struct err tickets_goodbye(struct cx *cx, struct ticket_id id,
                                      struct close_reason_id reason, struct closing_words *out);

/*
 * Gives a ticket that the caller serves back to whom it was taken from, or to the queue when there is
 * nobody or they no longer serve. ERR_CONFLICT "not_holder".
 */
MUST_CHECK struct err tickets_hand_back(struct cx *cx, struct ticket_id id, struct ticket *out);

/*
 * Gives an open ticket to the bot, from the queue or out of anybody's hands, and queues the job "flow.return" with `how`
 * after the epoch (flow_host.h), which finds who speaks then; *given is false when the bot has it already. flows_return
 * (flows.h) knows whether there is anything to give it to. ERR_CONFLICT "ticket_closed".
 */
MUST_CHECK struct err tickets_to_bot(struct cx *cx, struct ticket_id id, struct str how,
                                     struct ticket *out, bool *given);

/*
 * Opens a closed ticket again, in the caller's hands; a program's goes to the queue. *live is the customer's
 * other ticket on the channel when that is why not (.id.v == 0: it is not), and is only filled if the caller
 * sees it. ERR_CONFLICT "not_closed", "ticket_merged", "one_live_ticket".
 */
MUST_CHECK struct err tickets_reopen(struct cx *cx, struct ticket_id id, struct ticket *live,
                                     struct ticket *out);

/*
 * Makes one ticket a chapter of another that goes on (merge.c). No message moves and the customer is told nothing:
 * the source is closed, read-only, and read in the target's thread by whoever sees that. What the customer of the
 * source writes next comes to the target (tickets_lock_live). Merged into the same again it stays as it is.
 *
 *   ERR_NOT_FOUND  "not_found" (the source); "ticket_unknown" (into_id)
 *   ERR_INVALID    "ticket_is_itself"
 *   ERR_CONFLICT   "ticket_merged" (either is a chapter already), "ticket_has_chapters" (the source),
 *                  "ticket_closed", "ticket_with_bot" (the target), "contact_differs", "channel_differs",
 *                  "visitor_differs" (another browser would never see the answers),
 *                  "ticket_confidential" (the target is not)
 */
struct ticket_pair {
    struct ticket source, target;
};
MUST_CHECK struct err tickets_merge(struct cx *cx, struct ticket_id source, struct ticket_id target,
                                    struct ticket_pair *out);

/*
 * Takes it back: the source is as it was, in the same hands and at the same place in its queue; in the queue when
 * those hands no longer serve. What came to the target meanwhile stays there. Undone already it stays as it is.
 * *live as in tickets_reopen.
 *
 *   ERR_CONFLICT  "not_merged", "one_live_ticket"
 */
MUST_CHECK struct err tickets_unmerge(struct cx *cx, struct ticket_id source, struct ticket *live,
                                      struct ticket_pair *out);

/*
 * The next message of this locked ticket comes from the customer of one of its chapters: a line says so, once for
 * what they say in one go. ERR_RETRY when it is its chapter no longer.
 */
MUST_CHECK struct err tickets_hear_merged(struct cx *cx, struct identity_id identity,
                                          struct ticket *ticket);

/*
 * Out of the lists until then; sooner if the customer writes. Comes back on top, with a mark. until_us 0:
 * now. ERR_INVALID "until_past", "until_far"; ERR_CONFLICT "ticket_closed".
 */
MUST_CHECK struct err tickets_snooze(struct cx *cx, struct ticket_id id, int64_t until_us,
                                     struct ticket *out);

/* When somebody is there for it again. 0: always, or not in sight. */
struct ticket_openings {
    int64_t next_us;      /* from now on; behind the closing while it is open */
    int64_t later_day_us; /* the first one on another day of theirs */
};
MUST_CHECK struct err tickets_openings(struct cx *cx, struct ticket_id id,
                                       struct ticket_openings *out);

/* What is absent (-1) stays, 0 takes it away. ERR_NOT_FOUND "type_unknown", "reason_unknown". */
MUST_CHECK struct err tickets_classify(struct cx *cx, struct ticket_id id, int64_t type_id,
                                       int64_t reason_id, struct ticket *out);

/* Somebody should look again: at least one unread. */
MUST_CHECK struct err tickets_unread(struct cx *cx, struct ticket_id id, struct ticket *out);

/* The caller reads along without being noticed; the trail alone knows. */
MUST_CHECK struct err tickets_peek(struct cx *cx, struct ticket_id id, struct ticket *out);

/* The caller takes the conversation out of the house, in their own program; the trail knows, and whether whispers went along. */
MUST_CHECK struct err tickets_transcript(struct cx *cx, struct ticket_id id, bool has_whispers,
                                         struct ticket *out);

/* Kinds of service: (id, name, is_active) rows. */
MUST_CHECK struct err tickets_types(struct cx *cx, struct db_rows *rows);

/* Clears the unread mark up to seq; *read_seq is the last inbound the customer should learn about (0: none). */
MUST_CHECK struct err tickets_read(struct cx *cx, struct ticket_id id, int64_t seq,
                                   bool *was_unread);

/*
 * Somebody out of its scope may read this one ticket, until they are sent away again.
 * ERR_NOT_FOUND "member_unknown"; ERR_CONFLICT "member_inactive".
 */
MUST_CHECK struct err tickets_invite(struct cx *cx, struct ticket_id id, struct member_id reader);
MUST_CHECK struct err tickets_uninvite(struct cx *cx, struct ticket_id id, struct member_id reader);
/* Whether a colleague may read this ticket, that the caller sees, now. ERR_NOT_FOUND "member_unknown". */
MUST_CHECK struct err tickets_reads(struct cx *cx, struct ticket_id id, struct member_id member,
                                    bool *out);
/* (member, by, at) rows. */
MUST_CHECK struct err tickets_readers(struct cx *cx, struct ticket_id id, struct db_rows *rows);

/* How many tickets wait in each department and are in each member's hands: (id, n) rows, n ≤ 1000. */
MUST_CHECK struct err tickets_count_waiting(struct cx *cx, struct db_rows *rows);
MUST_CHECK struct err tickets_count_serving(struct cx *cx, struct db_rows *rows);

void ticket_write_json(struct json_out *o, const void *ticket);
/* The same for many readers: nobody's phone is in it. A screen keeps the contact that it knows. */
void ticket_write_event(struct json_out *o, const void *ticket);
extern const struct route tickets_routes[];
extern const struct route ticket_acts_routes[];
extern const struct route ticket_merge_routes[];
extern const struct route ticket_types_routes[];
extern const struct job_kind tickets_jobs[];

#endif
