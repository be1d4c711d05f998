/*
 * One thing that happened, ready to be sent: the text of its SSE block is made once
 * and shared by everyone who sees it.
 */
#ifndef LIVE_EVENT_H
#define LIVE_EVENT_H

#include "cursor.h"

enum live_audience { TO_MEMBERS, TO_VISITOR };

struct live_event {
    struct live_cursor cursor;
    int64_t account_id;
    enum live_audience audience;
    int64_t identity_id; /* TO_VISITOR: the one it is for */
    int64_t user_id;     /* TO_MEMBERS: only this person; 0: all members */
    int64_t at_us;       /* when it happened */
    bool is_access;      /* "access.changed": those who see it have to be let in anew */
    size_t len;
    char text[]; /* "id: …\nevent: …\ndata: …\n\n" */
};

/* A copy of `event` (its head) with its text made. The caller frees it with free(). */
struct live_event *live_event_new(const struct live_event *event, struct str kind,
                                  struct str payload);

struct str live_event_text(const struct live_event *event);

#endif
