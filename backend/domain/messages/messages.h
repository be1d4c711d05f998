/*
 * Messages on their way: what people post, what providers deliver, what becomes
 * of it, and the files that travel along.
 */
#ifndef DOMAIN_MESSAGES_MESSAGES_H
#define DOMAIN_MESSAGES_MESSAGES_H

#include "base/http.h"
#include "base/jobs.h"
#include "base/json.h"
#include "domain/templates/templates.h"
#include "domain/tickets/tickets.h"

struct post {
    struct str client_key; /* 8 to 64 characters, the sender's own */
    bool is_whisper;
    struct str text;          /* text, or caption of the attachment */
    int64_t attachment_id;    /* 0: none */
    bool is_voice;            /* the attachment was recorded: converted first, then sent as voice */
    int64_t quoted_seq;       /* 0: none */
    struct json_ids mentions; /* members named in a whisper; who cannot read it was asked before */
    bool keeps_draft;         /* what the author writes meanwhile is another text */
    struct
        template_id template; /* said instead of a text, also when the window is closed; .v == 0: none */
    const struct template_param *params;
    size_t param_count;
};

/*
 * A member's reply (queued for sending) or whisper. The same client key returns
 * the first message, with *is_new false.
 *
 *   ERR_NOT_FOUND   ticket, attachment_unknown
 *   ERR_CONFLICT    ticket_closed, not_holder, window_closed, channel_inactive, opted_out
 *   ERR_INVALID     message_empty, too_long (text), caption_refused: a voice note takes none,
 *                   text_and_template: a template says nothing besides, template_needs_file, template_takes_no_file
 *   ERR_FORBIDDEN   permission_denied: a template takes messages.template
 *   ERR_UNSUPPORTED file_kind_refused: by the channel, or it is no recording
 *   and as templates_fill
 */
MUST_CHECK struct err messages_post(struct cx *cx, struct ticket_id id, const struct post *post,
                                    struct message *out, bool *is_new);

/* A failed message goes again, under the same key. ERR_CONFLICT "not_failed". */
MUST_CHECK struct err messages_retry(struct cx *cx, struct ticket_id id, int64_t seq,
                                     struct message *out);

/*
 * The team's one emoji on a message, in place of the one before; empty takes it back. Told to
 * the network by a job.
 *
 *   ERR_CONFLICT   ticket_closed, not_holder, window_closed, channel_inactive,
 *                  reaction_unsupported: by the network, or of a message it does not know
 *   ERR_INVALID    emoji_invalid
 */
MUST_CHECK struct err messages_react(struct cx *cx, struct ticket_id id, int64_t seq,
                                     struct str emoji, struct message *out);

/*
 * A member's own message says something else, or nothing, on the customer's screen too (amend.c).
 * Needs no more than that they see it: what they wrote stays theirs when the ticket moves on.
 *
 *   ERR_NOT_FOUND  ticket or message
 *   ERR_FORBIDDEN  not_author
 *   ERR_CONFLICT   channel_inactive, message_deleted, amend_too_late, amend_unsupported: by the network,
 *                  or the customer does not have it (yet)
 *   ERR_INVALID    message_empty
 */
MUST_CHECK struct err messages_edit(struct cx *cx, struct ticket_id id, int64_t seq,
                                    struct str text, struct message *out);
MUST_CHECK struct err messages_delete(struct cx *cx, struct ticket_id id, int64_t seq,
                                      struct message *out);

/* What a message said before, oldest first; that somebody looked is written down. */
struct original {
    struct str text;
    int64_t until_us;
    struct member_id member; /* who changed it; .v == 0: the customer */
};
struct originals {
    struct message message; /* with the files that were taken back with it */
    const struct original *v;
    size_t n;
};
MUST_CHECK struct err messages_originals(struct cx *cx, struct ticket_id id, int64_t seq,
                                         struct originals *out);
extern const struct route amend_routes[];

/*
 * What is said later (schedule.c). It is posted in its author's name when the time has come, if
 * they could reply then; otherwise it fails, and says why, to whoever sees the ticket.
 */
struct scheduled {
    int64_t id;
    struct ticket_id ticket;
    struct member_id author;
    struct str client_key, text;
    int64_t attachment_id; /* 0: none */
    int64_t send_at_us;
    int64_t version;       /* the job that says it knows which one it was queued for */
    struct str state;      /* pending sent cancelled failed */
    struct str error_slug; /* .p == NULL: none */
    int64_t created_at_us;
};
extern const struct route schedule_routes[];

/* "Somebody is writing", told to those who look at the ticket; the member of the call, or the customer. */
void messages_tell_typing(struct cx *cx, const struct ticket *ticket);
/* The same to the customer: where their network shows it, and for some seconds. */
MUST_CHECK struct err messages_show_typing(struct cx *cx, const struct ticket *ticket);

/* Files ------------------------------------------------------------------------ */

/*
 * A handed-over upload becomes an attachment: sniffed, named safely, moved into
 * the media store. Exactly one of member and identity is its owner.
 *
 *   ERR_TOO_LARGE    file_too_large
 *   ERR_UNSUPPORTED  file_kind_mismatch: it is not what the sender says it is
 *   ERR_INVALID      file_empty, body_incomplete
 */
struct upload {
    struct str file;             /* path of the received body; untouched on failure */
    int64_t content_length;      /* what the sender announced */
    struct str content_type;     /* declared; may be empty */
    struct str filename;         /* declared */
    struct identity_id identity; /* .v == 0: the member of the call uploads */
    int64_t max_bytes;
};
MUST_CHECK struct err messages_upload(struct cx *cx, const struct upload *upload,
                                      struct attachment *out);

/*
 * The same for what people are seen by: a PNG, JPEG or WebP with sides of at most this many
 * pixels, measured and never decoded.
 *
 *   ERR_TOO_LARGE    picture_too_large, besides the above
 *   ERR_UNSUPPORTED  picture_kind_unknown: something else, or it does not say how large it is
 */
MUST_CHECK struct err messages_upload_picture(struct cx *cx, const struct upload *upload,
                                              int64_t side_max, struct attachment *out);

/*
 * Another name for a file that the caller has the right to: an unsent upload of the member
 * of the call, to be sent like one of their own. ERR_NOT_FOUND "attachment_unknown".
 */
MUST_CHECK struct err messages_copy_upload(struct cx *cx, int64_t attachment_id,
                                           struct attachment *out);

/*
 * A kept file (an attachment that is of no message), said by the bot in a locked ticket: a copy of it goes out, as what the
 * channel takes it for; a text that the channel lets nobody put under it follows by itself. What the channel takes in no
 * way is said as a link to it, which whoever has it may open for 30 days. The ticket is saved.
 *
 *   ERR_NOT_FOUND  attachment_unknown
 *   ERR_CONFLICT   channel_inactive
 */
struct said_file {
    int64_t attachment_id;
    bool as_link;          /* whatever the channel takes */
    bool is_recording;     /* played, as what is spoken into a telephone is */
    int64_t voice_id;      /* of a recording: the same, as SOUND_KEPT_AS; 0: there is none yet */
    struct str transcript; /* of a recording, for whoever reads the thread; empty: none */
    struct str name;       /* the customer sees; empty: its own */
    struct str text;       /* under it; empty: none */
    struct str client_key;
};
MUST_CHECK struct err messages_say_file(struct cx *cx, struct ticket *ticket,
                                        const struct said_file *said);

/*
 * What the customer really wrote in a message that shows nothing of it: `hidden` is what "flow.hear" carries after its
 * place. ERR_INVALID "secret_moved": it is not that message's.
 */
MUST_CHECK struct err messages_reveal(struct cx *cx, struct str hidden, struct message *message);

/* What networks play as a voice note, into which a recording is converted once. */
#define SOUND_KEPT_AS "audio/ogg"
/*
 * The program that makes SOUND_KEPT_AS of a kept sound, and then the one that says how long what it made is: its answer is
 * read by sound_duration_s, rounded up; -1: it says nothing (convert.c).
 */
struct sound_making {
    struct program_call make, measure;
    struct str path;      /* of what is made, relative to the media store */
    const char *absolute; /* the same */
};
/* ERR_UNSUPPORTED "file_kind_refused": nothing makes that of this type. */
MUST_CHECK struct err sound_make(struct cx *cx, struct str path, struct str mime,
                                 struct sound_making *out);
int64_t sound_duration_s(struct str answer);
/* What was made is an attachment of no message from here on. */
MUST_CHECK struct err sound_keep(struct cx *cx, const struct sound_making *made,
                                 struct str filename, int64_t *attachment_id);

/*
 * A template, said by the bot in a locked ticket: also when its window is closed. Under one key it is said once. The ticket
 * is not saved.
 *
 *   ERR_CONFLICT  opted_out, channel_inactive
 *   ERR_NOT_FOUND attachment_unknown
 *   and as templates_fill, and of its file as for whoever posts one
 */
MUST_CHECK struct err messages_say_template(struct cx *cx, struct ticket *ticket,
                                            const struct template_wish *wish,
                                            struct str client_key);

/* A fresh place in the media store, its folder made: relative path and absolute path. */
MUST_CHECK struct err media_place(struct cx *cx, struct str *relative, const char **absolute);

/* A file of the media store, handed over to nginx. Who may have it was decided before. */
struct served_file {
    struct str state, mime, filename, path;
};
MUST_CHECK struct err messages_serve(struct cx *cx, struct res *res,
                                     const struct served_file *file);

/* The visitor's own unsent file. ERR_NOT_FOUND "attachment_unknown". */
MUST_CHECK struct err messages_visitor_upload(struct cx *cx, int64_t attachment_id,
                                              struct identity_id identity, struct attachment *out);

/*
 * Who a webchat visitor's token stands for: the grant of auth_visitor_token. The
 * address is what inbound bodies name them by.
 */
struct visitor {
    struct channel_id channel;
    struct identity_id identity;
    const char *kind; /* "visitor", "external" */
    struct str address;
};
struct str messages_visitor_grant(struct cx *cx, const struct visitor *visitor);
/* From cx->grant. ERR_UNAUTHENTICATED "visitor_invalid". */
MUST_CHECK struct err messages_visitor(struct cx *cx, struct visitor *out);

/* A visitor's place in their thread, as the widget names it, and back. */
struct str messages_visitor_id(struct arena *a, struct thread_place place);
bool messages_visitor_place(struct str id, struct thread_place *out);

/* The option that a question, named as the widget names it, offered to them under this id; *found tells. */
MUST_CHECK struct err messages_visitor_option(struct cx *cx, const struct visitor *visitor,
                                              struct str question, struct str id, bool *found,
                                              struct channel_option *out);

/* openapi VisitorMessage. */
void visitor_message_write_json(struct json_out *o, const void *visitor_message);

/* The largest file any channel takes: what the upload route lets in. */
enum { MESSAGES_UPLOAD_MAX = 101 * 1024 * 1024 };

extern const struct route messages_routes[];
extern const struct route media_routes[];
extern const struct job_kind messages_jobs[];

#endif
