/*
 * What happened, told to screens: rows of the account's outbox, written in the
 * transaction that made it happen. balcao-live carries them to whoever may see
 * them; openapi.yaml says what each kind holds.
 */
#ifndef DOMAIN_EVENTS_EVENTS_H
#define DOMAIN_EVENTS_EVENTS_H

#include "base/cx.h"
#include "base/json.h"

/* A conversation: named here because it is spoken of before its room is built. */
struct ticket_id {
    int64_t v;
};

/* To every member. payload is JSON. */
void events_tell_members(struct cx *cx, const char *kind, struct str payload);

/*
 * To these members, one by one: an event that a stream of nobody else carries. members is an array
 * of the database ("{7,12}"); who left the account hears nothing, and without anybody nothing is told.
 */
void events_tell_people(struct cx *cx, const char *kind, struct str members, struct str payload);

/* What decides who sees a ticket: live/sees.c judges by it as auth_visible.sql does by the row. */
struct event_facts {
    int64_t ticket_id, channel_id, branch_id, department_id, assignee_id; /* 0: none */
    const char *state;
};

/*
 * About a ticket: to those who see it now. Who saw it before (was) and no longer does
 * is told only that it is gone.
 */
void events_tell_ticket(struct cx *cx, const char *kind, const struct event_facts *now,
                        const struct event_facts *was, struct str payload);

/* The same of many, in their order, in one statement. */
struct ticket_event {
    struct event_facts now, was;
    struct str payload;
};
void events_tell_tickets(struct cx *cx, const char *kind, const struct ticket_event *events,
                         size_t n);

/* To the visitor behind an identity. The payload holds what a visitor may read, nothing else. */
void events_tell_visitor(struct cx *cx, const char *kind, int64_t identity_id, struct str payload);

/* A payload being written: `struct json_out o = events_payload(cx, &buf);` then members, then '}'. */
struct json_out events_payload(struct cx *cx, struct buf *buf);

#endif
