/*
 * Who sees what. The API decides what a stream may carry and writes it into a
 * grant; nginx hands the grant over; a client never names it.
 *
 *     member account=1 user=7 session=9 member=12 epoch=3 sees=account,bot
 *            departments=1,2 pick=2 branches=- channels=* invited=-
 *     member account=1 token=5 epoch=3 sees=as_bot departments=- …
 *     visitor account=1 identity=55
 *
 * A program names its token instead of user and session, and a member only when it is
 * somebody's. as_bot is a chatbot: what the bot holds, and nothing that is about no ticket. own is
 * who may talk to colleagues but sees no tickets: what is addressed to them, and nothing else.
 *
 * The arms are those of domain/auth/auth_visible.sql but one: what is history to a
 * member does not happen any more, so it is never told.
 */
#ifndef LIVE_SEES_H
#define LIVE_SEES_H

#include "event.h"

/* Ids of a grant, in the order in which a grant names them. */
enum live_list { LIST_DEPARTMENTS, LIST_PICK, LIST_BRANCHES, LIST_CHANNELS, LIST_INVITED, LISTS };

struct live_grant {
    enum live_audience audience; /* members see what is for members, a visitor his own */
    int64_t account_id;
    int64_t user_id;     /* of a member */
    int64_t session_id;  /* of a member; 0: came with a token */
    int64_t token_id;    /* of a program; 0: a person's */
    int64_t identity_id; /* of a visitor */
    int64_t member_id;   /* 0: a program that is nobody's */
    int64_t epoch;       /* of the access this was made from */
    bool sees_account, sees_bot, sees_every_channel, is_bot;
    bool hears_own_only; /* what is addressed to this person, and nothing of the account's */
    uint16_t counts[LISTS];
    int64_t *ids; /* all lists, one after the other; NULL: none */
};

/* False for anything but exactly such a text: a word not understood might be a restriction. */
bool live_grant_parse(struct str text, struct live_grant *out);
void live_grant_release(struct live_grant *grant);

enum live_sight {
    SIGHT_NONE,
    SIGHT_SEEN,
    SIGHT_GONE /* seen before it, and no more: all that is told is that it left */
};
enum live_sight live_sees(const struct live_grant *grant, const struct live_event *event);

#endif
