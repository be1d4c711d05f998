/*
 * One thing that happened, ready to be sent: the text of its SSE block is made once
 * and shared by everyone who sees it.
 */
#ifndef LIVE_EVENT_H
#define LIVE_EVENT_H

#include "cursor.h"

enum live_audience { TO_MEMBERS, TO_VISITOR };

/* What decides who may see a ticket (auth_visible.sql). */
enum live_facts_state { FACTS_OTHER, FACTS_WAITING, FACTS_BOT };
struct live_facts {
    int64_t ticket_id, channel_id, branch_id, department_id, assignee_id; /* 0: none */
    enum live_facts_state state;
};

struct live_event {
    struct live_cursor cursor;
    int64_t account_id;
    enum live_audience audience;
    int64_t identity_id;   /* TO_VISITOR: the one it is for */
    int64_t user_id;       /* TO_MEMBERS: only this person; 0: all members */
    int64_t at_us;         /* when it happened */
    bool is_private;       /* between persons: whoever it is addressed to hears it, nobody else */
    bool is_access;        /* "access.changed": those who see it have to be let in anew */
    int64_t epoch;         /* of access.changed */
    bool has_now, has_was; /* about a ticket; seen before it by others than now */
    struct live_facts now, was;
    size_t len;
    char text[]; /* "id: …\nevent: …\ndata: …\n\n" */
};

/* A copy of `event` (its head) with its text made. The caller frees it with free(). */
struct live_event *live_event_new(const struct live_event *event, struct str kind,
                                  struct str payload);

struct str live_event_text(const struct live_event *event);

#define LIVE_GONE_BYTES (LIVE_CURSOR_BYTES + 80)
/* What those are told from whose sight the ticket went. */
struct str live_event_gone(const struct live_event *event, char out[LIVE_GONE_BYTES]);

/* "ticket channel branch department assignee state", as the outbox holds it. False: anything else. */
bool live_facts_parse(struct str text, struct live_facts *out);

#endif
