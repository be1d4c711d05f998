/*
 * A conversation of two as a file, for a duty of law. It is the one reading of a chat by
 * somebody who takes no part in it, so it says in the trail who asked and why.
 */
#include "chat_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"

#include "chat_export.sql.h"

struct said {
    struct str at, author, text, filename, mime;
    int64_t seq, author_id, size_bytes;
};

static struct said
said_from_row(const struct db_row *row, char iso[CLOCK_ISO_BYTES])
{
    return (struct said){ .seq = db_i64(row, 0),
                          .at = clock_iso(db_time(row, 1), iso),
                          .author = db_str(row, 2),
                          .author_id = db_i64(row, 3),
                          .text = db_str(row, 4),
                          .filename = db_str(row, 5),
                          .mime = db_str(row, 6),
                          .size_bytes = db_i64(row, 7) };
}

static void
write_line_of_json(struct buf *file, const struct said *said)
{
    struct json_out o = { .buf = file };

    json_open(&o, '{');
    json_kv_i64(&o, "seq", said->seq);
    json_kv_str(&o, "at", said->at);
    json_kv_id(&o, "author_id", said->author_id);
    json_kv_str(&o, "author", said->author);
    json_kv_str(&o, "text", said->text);
    json_kv_str(&o, "filename", said->filename);
    json_kv_str(&o, "mime", said->mime);
    json_kv_id(&o, "size_bytes", said->size_bytes);
    json_close(&o, '}');
    buf_char(file, '\n');
}

/* A message of several lines goes on under the first, set in: nobody can write a line that passes for another's. */
static void
write_text(struct buf *file, const struct said *said)
{
    buf_fmt(file, "[%.*s] %.*s: ", STR_ARG(said->at), STR_ARG(said->author));
    for (size_t i = 0; i < said->text.len; i++) {
        buf_char(file, said->text.p[i]);
        if (said->text.p[i] == '\n')
            buf_add(file, STR("    "));
    }
    if (said->filename.p != NULL)
        buf_fmt(file, "%s<%.*s, %.*s, %lld bytes>", said->text.len > 0 ? " " : "",
                STR_ARG(said->filename), STR_ARG(said->mime), (long long)said->size_bytes);
    buf_char(file, '\n');
}

static void
leave_trail(struct cx *cx, const struct chat_export *wish, int64_t chat, int messages)
{
    struct audit_change change = { .reason = wish->reason };
    char from[CLOCK_ISO_BYTES], until[CLOCK_ISO_BYTES];
    const struct str none = { 0 };

    audit_text(&change, "format", none, wish->is_json ? STR("jsonl") : STR("text"));
    audit_text(&change, "from", none, clock_iso(wish->from_us, from));
    audit_id(&change, "member_a", 0, wish->a.v);
    audit_id(&change, "member_b", 0, wish->b.v);
    audit_id(&change, "rows", 0, messages);
    audit_text(&change, "until", none, clock_iso(wish->until_us, until));
    audit_changed(cx, "chat.exported", "chat", chat, &change);
}

struct err
chat_write_export(struct cx *cx, const struct chat_export *wish, struct buf *file, int64_t *next)
{
    char iso[CLOCK_ISO_BYTES];
    struct db_rows rows;
    struct db_row pair;
    int n;

    *next = 0;
    TRY(db_one(cx, &SQL_chat_export_pair, &pair, P_ID(cx->account), P_ID(wish->a), P_ID(wish->b)));
    TRY(db_many(cx, &SQL_chat_export_messages, &rows, P_ID(cx->account), P_I64(db_i64(&pair, 0)),
                P_I64(wish->after), P_TIME(wish->from_us), P_TIME(wish->until_us),
                P_I64(CHAT_EXPORT_MAX + 1)));
    n = rows.count > CHAT_EXPORT_MAX ? CHAT_EXPORT_MAX : rows.count;
    if (!wish->is_json)
        buf_fmt(file, "%.*s, %.*s\n\n", STR_ARG(db_str(&pair, 1)), STR_ARG(db_str(&pair, 2)));
    for (int i = 0; i < n; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct said said = said_from_row(&row, iso);

        if (wish->is_json)
            write_line_of_json(file, &said);
        else
            write_text(file, &said);
        if (rows.count > n)
            *next = said.seq;
    }
    leave_trail(cx, wish, db_i64(&pair, 0), n);
    return OK;
}
