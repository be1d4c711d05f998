/*
 * What reaches balcao-live: a request head, and in it a grant and a cursor. Beyond
 * not crashing, what is read must be read the same from its own text.
 */
#include "base/err.h"
#include "live/cursor.h"
#include "live/http1.h"
#include "live/sees.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_cursor(struct str text)
{
    char again[LIVE_CURSOR_BYTES];
    struct live_cursor cursor, twin;

    if (!live_cursor_parse(text, &cursor))
        return;
    if (!live_cursor_parse(live_cursor_print(cursor, again), &twin) ||
        live_cursor_order(cursor, twin) != 0)
        BUG("what=cursor_reads_differently");
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct http1_request request;
    struct live_grant grant;
    /* A copy of exactly this size: a step beyond is seen. */
    char *bytes = malloc(size + (size == 0));

    if (bytes == NULL)
        return 0;
    if (size > 0)
        memcpy(bytes, data, size);
    if (http1_parse((struct str){ bytes, size }, &request) == HTTP1_READY) {
        check_cursor(request.last_event_id);
        check_cursor(http1_query(&request, STR("cursor")));
        if (live_grant_parse(request.grant, &grant) && grant.account_id <= 0)
            BUG("what=grant_without_account");
    }
    free(bytes);
    return 0;
}
