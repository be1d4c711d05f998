/*
 * A place in the stream of events: transaction, then number within the table. Its
 * text form "812345-99" is the SSE id that a browser hands back when it reconnects.
 */
#ifndef LIVE_CURSOR_H
#define LIVE_CURSOR_H

#include "base/str.h"

struct live_cursor {
    uint64_t xid; /* 0: nowhere, before everything */
    int64_t id;
};

/* Negative, zero or positive: a before, at or after b. */
int live_cursor_order(struct live_cursor a, struct live_cursor b);

/* Strict: digits, one dash, digits. */
bool live_cursor_parse(struct str text, struct live_cursor *out);

#define LIVE_CURSOR_BYTES 48
struct str live_cursor_print(struct live_cursor cursor, char out[LIVE_CURSOR_BYTES]);

#endif
