#include "programs.h"

#include "live.sql.h"

#include "base/db.h"

/* Whom the streams of the list came as, in its order: the columns of three arrays. */
struct asked {
    int64_t *accounts, *tokens, *epochs;
    size_t n;
};

static struct asked
whom(struct arena *a, const struct live_programs *programs)
{
    const struct live_stream *stream;
    struct asked asked = { 0 };
    size_t n = 0;

    LIST_FOREACH(stream, programs, by_program) n++;
    asked.accounts = arena_array(a, int64_t, n + 1);
    asked.tokens = arena_array(a, int64_t, n + 1);
    asked.epochs = arena_array(a, int64_t, n + 1);
    LIST_FOREACH(stream, programs, by_program)
    {
        asked.accounts[asked.n] = stream->grant.account_id;
        asked.tokens[asked.n] = stream->grant.token_id;
        asked.epochs[asked.n++] = stream->grant.epoch;
    }
    return asked;
}

static const char *
reason_of(const struct db_row *row)
{
    if (db_is_null(row, 3))
        return NULL;
    return str_eq(db_str(row, 3), STR("token_expired")) ? "token_expired" : "token_revoked";
}

static struct err
read_changes(const struct live_programs *programs, struct cx *cx,
             void (*on_change)(struct live_stream *stream, const char *reason, void *arg),
             void *arg)
{
    struct asked asked = whom(cx->arena, programs);
    struct live_stream *stream, *next;
    struct db_rows rows;

    TRY(db_many(cx, &SQL_live_token_ends, &rows, db_p_i64s(cx->arena, asked.accounts, asked.n),
                db_p_i64s(cx->arena, asked.tokens, asked.n),
                db_p_i64s(cx->arena, asked.epochs, asked.n)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        for (stream = LIST_FIRST(programs); stream != NULL; stream = next) {
            next = LIST_NEXT(stream, by_program);
            if (stream->stage != STREAM_LEAVING && stream->grant.account_id == db_i64(&row, 0) &&
                stream->grant.token_id == db_i64(&row, 1) && stream->grant.epoch == db_i64(&row, 2))
                on_change(stream, reason_of(&row), arg);
        }
    }
    return OK;
}

bool
live_programs_poll(const struct live_programs *programs, struct cx *cx,
                   void (*on_change)(struct live_stream *stream, const char *reason, void *arg),
                   void *arg)
{
    struct err e;

    if (LIST_EMPTY(programs))
        return true;
    db_begin(cx, TX_READ);
    e = read_changes(programs, cx, on_change, arg);
    if (e.code != ERR_NONE)
        db_rollback(cx);
    else
        e = db_commit(cx);
    arena_reset(cx->arena);
    return e.code == ERR_NONE;
}
