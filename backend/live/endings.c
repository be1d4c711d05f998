#include "endings.h"

#include "live.sql.h"

#include "base/db.h"

#include <stdio.h>
#include <stdlib.h>

static int
by_session(const void *a, const void *b)
{
    const struct live_ending *left = a, *right = b;

    return (left->session_id > right->session_id) - (left->session_id < right->session_id);
}

const struct live_ending *
live_endings_find(const struct live_endings *endings, int64_t session_id)
{
    const struct live_ending key = { .session_id = session_id };

    if (endings->count == 0)
        return NULL;
    return bsearch(&key, endings->list, endings->count, sizeof key, by_session);
}

void
live_endings_release(struct live_endings *endings)
{
    free(endings->list);
    *endings = (struct live_endings){ 0 };
}

/* It goes into JSON as it is: a word, or a stand-in. */
static void
set_reason(struct live_ending *ending, struct str reason)
{
    for (size_t i = 0; i < reason.len; i++)
        if ((reason.p[i] < 'a' || reason.p[i] > 'z') && reason.p[i] != '_')
            reason = STR("ended");
    snprintf(ending->reason, sizeof ending->reason, "%.*s", STR_ARG(reason));
}

static void
take(struct live_endings *fresh, const struct db_rows *rows)
{
    fresh->count = (size_t)rows->count;
    fresh->list = calloc(fresh->count, sizeof *fresh->list);
    if (fresh->list == NULL)
        BUG("what=out_of_memory");
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        fresh->list[i].session_id = db_i64(&row, 0);
        set_reason(&fresh->list[i], db_str(&row, 1));
    }
    qsort(fresh->list, fresh->count, sizeof *fresh->list, by_session);
}

static struct err
read_endings(struct cx *cx, struct live_endings *fresh)
{
    struct db_rows rows;

    TRY(db_many_(cx, &SQL_live_ended_sessions, &rows, NULL, 0));
    if (rows.count > 0)
        take(fresh, &rows);
    return OK;
}

bool
live_endings_poll(struct live_endings *endings, struct cx *cx,
                  void (*on_new)(const struct live_ending *ending, void *arg), void *arg)
{
    struct live_endings before = *endings, fresh = { 0 };
    struct err e;

    db_begin(cx, TX_READ);
    e = read_endings(cx, &fresh);
    if (e.code != ERR_NONE)
        db_rollback(cx);
    else
        e = db_commit(cx);
    arena_reset(cx->arena);
    if (e.code != ERR_NONE) {
        live_endings_release(&fresh);
        return false;
    }

    *endings = fresh;
    for (size_t i = 0; i < fresh.count; i++)
        if (live_endings_find(&before, fresh.list[i].session_id) == NULL)
            on_new(&fresh.list[i], arg);
    live_endings_release(&before);
    return true;
}
