/*
 * What the people of an account say among themselves: a chat of two, and groups that are
 * told notices. Who takes part is one rule (chat_mine in chat.sql) behind every list, word,
 * file and act; for everybody else, whoever they are, there is no such chat.
 *
 * Live events of a chat are addressed to its members one by one (events_tell_people), and
 * balcao-live lets no other kind of them through.
 */
#ifndef DOMAIN_CHAT_CHAT_H
#define DOMAIN_CHAT_CHAT_H

#include "domain/messages/messages.h"

struct chat_id {
    int64_t v;
};

enum { CHAT_TEXT_MAX = 4000 }; /* code points of one message */

/* What a notice is about; whoever may see it opens it from there. */
enum chat_link_kind { CHAT_LINK_NONE, CHAT_LINK_TICKET, CHAT_LINK_CHANNEL };
struct chat_link {
    enum chat_link_kind kind;
    int64_t id;
};

struct chat_message {
    struct chat_id chat;
    int64_t seq;
    struct member_id author; /* .v == 0: the house itself */
    struct str text;
    struct attachment file; /* .id == 0: none */
    struct str link_kind;   /* .p == NULL: none */
    int64_t link_id;
    struct str client_key;
    int64_t created_at_us;
};

struct chat {
    struct chat_id id;
    struct str group_name;  /* .p == NULL: a chat of two */
    struct member_id other; /* of two: the one whom I talk to */
    struct str other_name;  /* of the other */
    int64_t other_photo_id; /* 0: none */
    bool is_open;           /* of two: the other still works here; of a group: it is told notices */
    int64_t member_count;   /* of a group */
    int64_t last_seq, read_seq;
    int64_t other_read_seq; /* of two */
    int64_t last_at_us;
    struct chat_message last; /* .seq == 0: nothing said yet; its text is cut */
    struct str hearers;       /* members who are told of it, as an array of the database */
};

/*
 * The chat of the caller with a colleague, made when it is spoken of for the first time.
 *
 *   ERR_NOT_FOUND  member_unknown: none, oneself, or who does not use the chat
 */
MUST_CHECK struct err chat_open(struct cx *cx, struct member_id other, struct chat *out);

/* ERR_NOT_FOUND "not_found": no such chat, or not the caller's. */
MUST_CHECK struct err chat_get(struct cx *cx, struct chat_id id, struct chat *out);

/* What is said in a chat of two; file_id is an unsent upload of the caller, 0 none. */
struct chat_post {
    struct str client_key; /* 8 to 64 characters: the same key is the same message */
    struct str text;
    int64_t file_id;
};
/*
 * Needs a write transaction. Its author has read up to it. *is_new false: that key was posted.
 *
 *   ERR_NOT_FOUND  not_found; attachment_unknown
 *   ERR_CONFLICT   chat_is_notices; chat_closed: the other no longer works here
 *   ERR_INVALID    message_empty, too_long (text)
 */
MUST_CHECK struct err chat_say(struct cx *cx, struct chat_id id, const struct chat_post *post,
                               struct chat_message *out, bool *is_new);

/*
 * A notice to an internal group, in the transaction of the caller and in the name of cx's
 * member, or of the house when there is none. For rooms whose own rules allow it; the route
 * asks for internal_groups.manage. The key makes it once; .p == NULL: each call is another.
 *
 *   ERR_NOT_FOUND  not_found
 *   ERR_CONFLICT   chat_closed: nobody is told in that group any more
 *   ERR_INVALID    message_empty, too_long (text)
 */
MUST_CHECK struct err chat_notice(struct cx *cx, struct chat_id group, struct str client_key,
                                  struct str text, struct chat_link link, struct chat_message *out,
                                  bool *is_new);

/* I have read up to this message: told to the other of a chat of two, and to my other screens. */
MUST_CHECK struct err chat_read(struct cx *cx, struct chat_id id, int64_t seq);

/* openapi ChatMessage. */
void chat_message_write_json(struct json_out *o, const void *message);

/* Internal groups (groups.c) ------------------------------------------------------ */

struct internal_group {
    struct chat_id id;
    struct str name;
    bool is_active;
    struct json_ids members, departments;
};

/*
 * A new one (id 0) or a changed one: its people are these from now on.
 *
 *   ERR_NOT_FOUND  not_found; member_unknown, department_unknown
 *   ERR_INVALID    required (name)
 *   ERR_CONFLICT   internal_group_name_is_taken
 */
MUST_CHECK struct err chat_save_group(struct cx *cx, const struct internal_group *wanted,
                                      struct chat_id *out);

/* Export (export.c) ----------------------------------------------------------------- */

enum { CHAT_EXPORT_MAX = 5000 }; /* messages of one file: of the longest, 20 MB */

struct chat_export {
    struct member_id a, b;
    int64_t from_us, until_us; /* from <= said < until */
    int64_t after;             /* seq; 0: from the beginning */
    bool is_json;              /* a line of JSON each, or of text */
    struct str reason;
};
/*
 * What two members said to one another, for a duty of law; leaves who asked, why and how much in
 * the trail. *next: seq to go on after, 0 when that was all. ERR_NOT_FOUND "not_found": they never spoke.
 */
MUST_CHECK struct err chat_write_export(struct cx *cx, const struct chat_export *wish,
                                        struct buf *file, int64_t *next);

extern const struct route chat_routes[];
extern const struct route internal_group_routes[];

#endif
