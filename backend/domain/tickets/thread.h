/*
 * The thread of a ticket: its messages, in order of seq, from both sides, with what only the team reads between them.
 *
 * Who adds to it or changes what is in it holds its ticket (tickets_lock).
 */
#ifndef DOMAIN_TICKETS_THREAD_H
#define DOMAIN_TICKETS_THREAD_H

#include "base/db.h"
#include "domain/channels/channels.h"
#include "domain/contacts/contacts.h"
#include "domain/templates/templates.h"

struct ticket;

struct attachment {
    int64_t id;
    struct str state, kind, mime, filename;
    int64_t size_bytes;
    struct str error_slug; /* .p == NULL: none */
    int64_t created_at_us;
    int64_t seq; /* of its message; 0: not sent yet */
};

/* One entry of a thread. (ticket, seq) names it. */
struct message {
    struct ticket_id ticket;
    int64_t seq; /* given by tickets_append */
    int64_t created_at_us;
    int64_t provider_at_us;  /* 0: not said */
    struct str direction;    /* in, out, note, system */
    struct str author_kind;  /* contact, member, bot, system */
    struct member_id author; /* .v == 0: not a member */
    struct str
        kind; /* text question image audio video document sticker location contacts choice system unknown */
    struct str text;      /* text or caption, may be empty */
    struct str detail;    /* JSON; .p == NULL: none */
    struct str reactions; /* JSON array; .p == NULL: none */
    int64_t quoted_seq;   /* 0: none */
    int64_t attachment_count;
    struct str state; /* received queued sending accepted delivered read failed unknown internal */
    struct str error_code, error_slug; /* .p == NULL: none */
    struct str client_key;             /* .p == NULL: none */
    int64_t edited_at_us, deleted_at_us;
    struct str tag_ids;                   /* PostgreSQL array; .p == NULL: none */
    const struct attachment *attachments; /* attachment_count of them, once loaded */
};

/* Reading ------------------------------------------------------------------ */

/* A window of a thread, oldest first, with attachments. before and after: 0 for none. */
struct message_page {
    const struct message *v;
    size_t n;
    bool has_older, has_newer;
};
MUST_CHECK struct err tickets_messages(struct cx *cx, struct ticket_id id, int64_t before,
                                       int64_t after, int64_t limit, struct message_page *out);
MUST_CHECK struct err tickets_message(struct cx *cx, struct ticket_id id, int64_t seq,
                                      struct message *out);
/* The same of a ticket that the caller holds: who sees it was asked with the lock. */
MUST_CHECK struct err tickets_message_of(struct cx *cx, const struct ticket *ticket, int64_t seq,
                                         struct message *out);

/* The same of a chapter: a ticket that was merged into this one, read by whoever reads this one. */
MUST_CHECK struct err tickets_chapter_messages(struct cx *cx, struct ticket_id id,
                                               struct ticket_id chapter, int64_t before,
                                               int64_t after, int64_t limit,
                                               struct message_page *out);

/* Where a message is: created_at finds its partition. */
struct message_place {
    struct ticket_id ticket;
    int64_t seq;
    int64_t created_at_us;
};

/*
 * The messages at these places, in their order, with attachments. What is not seen, or no longer there, is
 * left out. tickets_messages_locked asks nobody who sees them: the tickets are locked.
 */
MUST_CHECK struct err tickets_messages_at(struct cx *cx, const struct message_place *places,
                                          size_t n, struct message **out, size_t *out_n);
MUST_CHECK struct err tickets_messages_locked(struct cx *cx, const struct message_place *places,
                                              size_t n, struct message **out, size_t *out_n);

/*
 * A visitor's side: both directions of all their tickets on a channel, oldest
 * first. A place is (ticket, seq); zero for none.
 */
struct thread_place {
    struct ticket_id ticket;
    int64_t seq;
};
struct visitor_message {
    struct message message;
    struct str author; /* first name of the member who wrote; .p == NULL: none */
};
struct visitor_page {
    const struct visitor_message *v;
    size_t n;
    bool has_older;
};
MUST_CHECK struct err tickets_visitor_messages(struct cx *cx, struct channel_id channel,
                                               struct identity_id identity,
                                               struct thread_place before,
                                               struct thread_place after, int64_t limit,
                                               struct visitor_page *out);

/* How many of ours the visitor has not read; and whether their last ticket is closed (or none exists). */
enum visitor_ticket { VISITOR_NONE, VISITOR_OPEN, VISITOR_CLOSED };
MUST_CHECK struct err tickets_visitor_unread(struct cx *cx, struct channel_id channel,
                                             struct identity_id identity, int64_t *unread,
                                             enum visitor_ticket *state);

/* Places of ours, up to one place, whose state is one of `before` (PostgreSQL array text). */
MUST_CHECK struct err tickets_unseen(struct cx *cx, struct channel_id channel,
                                     struct identity_id identity, struct thread_place up_to,
                                     struct str before, struct db_rows *rows);

/* Adding to it, and changing what is in it ------------------------------------ */

/*
 * Adds a message: gives it the next seq and this moment, and moves what the list
 * shows. Queued, not saved: tickets_save follows. client_key, when given, is kept
 * so that the same key is the same message for ever.
 */
void tickets_append(struct cx *cx, struct ticket *ticket, struct message *message);

/* A grey line of the thread: detail is {"event":…}. Never moves the list's preview. */
void tickets_append_system(struct cx *cx, struct ticket *ticket, struct str detail);

/* The same of something that does not move the ticket in the lists. */
void tickets_append_quiet(struct cx *cx, struct ticket *ticket, struct str detail);

/*
 * Writes state, error, reactions, text of a message of a locked ticket and tells the
 * screens; what the list shows of it moves along.
 */
void tickets_save_message(struct cx *cx, struct ticket *ticket, const struct message *message);

/*
 * The same for states and errors of many, each with its locked ticket, in as many statements as for one. That a ticket
 * is there several times is no harm.
 */
struct message_moved {
    struct ticket *ticket;
    const struct message *message;
};
void tickets_save_states(struct cx *cx, const struct message_moved *moved, size_t n);

/* Tells the screens that a message of a locked ticket changed. tickets_save_message does it too. */
void tickets_tell_message(struct cx *cx, const struct ticket *ticket,
                          const struct message *message);

/* What we say ------------------------------------------------------------------ */

/* An appended message of ours leaves for its channel: in order with the others of its ticket. */
void tickets_queue_sending(struct cx *cx, const struct message *message);

/* A text of ours (welcome, closing, transfer notice): appended and queued for sending. */
void tickets_say(struct cx *cx, struct ticket *ticket, const char *author_kind, struct str text,
                 struct message *out);
/* The same of a template that was filled. file: given to this message (last_seq + 1); NULL: none goes along. */
void tickets_say_template(struct cx *cx, struct ticket *ticket, const char *author_kind,
                          const struct template_words *words, const struct attachment *file,
                          struct message *out);
/*
 * Whether the file that goes along (NULL: none) is what its header wants, and the network takes it as that.
 *
 *   ERR_INVALID  template_needs_file, template_takes_no_file (attachment_id)
 *   and as channels_check_file
 */
MUST_CHECK struct err tickets_check_template_file(const struct channel_driver *driver,
                                                  const struct template_words *words,
                                                  const struct attachment *file);

/*
 * An upload of the member of the call is of the ticket's next message (last_seq + 1) from here on, and of no other.
 * ERR_NOT_FOUND "attachment_unknown".
 */
MUST_CHECK struct err tickets_claim_upload(struct cx *cx, const struct ticket *ticket,
                                           int64_t attachment_id, struct attachment *out);

/*
 * The bot's words of a step of a flow, under a key that is the same message for ever. A key that begins with one of
 * these is looked at once more right before it is sent: while_bot, followed by "epoch:", is not sent when somebody else has
 * the ticket by then or had it meanwhile; a receipt is also sent to whoever has just asked for silence.
 */
#define SAID_WHILE_BOT "while_bot:"
#define SAID_HANDOVER "handover:"
#define SAID_RECEIPT "receipt:"
struct bot_words {
    struct str text;
    struct str offer; /* of a question: JSON, see openapi Message.detail; empty: it is a text */
    const char *kind; /* of what has an offer; NULL: question */
    const struct attachment *file; /* given to this message (last_seq + 1); NULL: none */
    struct str client_key;
    int64_t not_before_us; /* neither it nor what comes after it is sent earlier; 0: at once */
    bool types;            /* until then the customer sees that somebody writes */
};
void tickets_say_keyed(struct cx *cx, struct ticket *ticket, const struct bot_words *words);

/* Whether this key was used in the ticket. */
MUST_CHECK struct err tickets_has_said(struct cx *cx, struct ticket_id id, struct str client_key,
                                       bool *said);

/* What its sending job (tickets_queue_sending, tickets_say_keyed) is told. */
struct sending_arg {
    int64_t seq;
    int64_t not_before_us;
    bool types;
};
bool tickets_read_sending(struct str arg, struct sending_arg *out);

/* A note that only the team reads, by the caller ("member") or by the bot. Appended, not saved. */
void tickets_whisper(struct cx *cx, struct ticket *ticket, const char *author_kind,
                     struct str text);

/*
 * The same, meant for these members: a mention, which is a notice to each of them who sees the ticket. Under a key it is
 * said once for ever; *said tells. Appended, not saved.
 */
MUST_CHECK struct err tickets_whisper_to(struct cx *cx, struct ticket *ticket, struct str text,
                                         struct json_ids members, struct str client_key,
                                         bool *said);

void message_write_json(struct json_out *o, const void *message);
void attachment_write_json(struct json_out *o, const void *attachment);

/* A row of a statement that selects id, state, kind, mime, filename, size_bytes, error_slug, created_at, seq. */
struct attachment attachment_from_row(const struct db_row *row);

#endif
