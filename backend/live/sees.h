/*
 * Who sees what. The API decides what a stream may carry and writes it into a
 * grant; nginx hands the grant over; a client never names it.
 *
 *     member account=1 user=7 session=9
 *     visitor account=1 identity=55
 */
#ifndef LIVE_SEES_H
#define LIVE_SEES_H

#include "event.h"

struct live_grant {
    enum live_audience audience; /* members see what is for members, a visitor his own */
    int64_t account_id;
    int64_t user_id;     /* of a member */
    int64_t session_id;  /* of a member; 0: came with a token, no session to end */
    int64_t identity_id; /* of a visitor */
};

/* False for anything but exactly such a text: a word not understood might be a restriction. */
bool live_grant_parse(struct str text, struct live_grant *out);

bool live_sees(const struct live_grant *grant, const struct live_event *event);

#endif
