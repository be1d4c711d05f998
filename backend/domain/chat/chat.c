#include "chat_private.h"

#include "domain/audit/audit.h"
#include "domain/events/events.h"

#include "chat.sql.h"

static const char *const link_names[] = {
    [CHAT_LINK_TICKET] = "ticket", [CHAT_LINK_CHANNEL] = "channel"
};

enum { MESSAGE_COLUMNS = 8, ROW_COLUMNS = 11 };

struct chat_message
chat_message_from_row(const struct db_row *row, int first)
{
    const int file = first + MESSAGE_COLUMNS;

    return (struct chat_message){
        .chat = { db_i64(row, first) },
        .seq = db_i64(row, first + 1),
        .author = { db_i64(row, first + 2) },
        .text = db_str(row, first + 3),
        .link_kind = db_str(row, first + 4),
        .link_id = db_i64(row, first + 5),
        .client_key = db_str(row, first + 6),
        .created_at_us = db_time(row, first + 7),
        .file = { .id = db_i64(row, file),
                  .state = db_str(row, file + 1),
                  .kind = db_str(row, file + 2),
                  .mime = db_str(row, file + 3),
                  .filename = db_str(row, file + 4),
                  .size_bytes = db_i64(row, file + 5),
                  .error_slug = db_str(row, file + 6),
                  .created_at_us = db_time(row, file + 7),
                  .seq = db_i64(row, file + 8) },
    };
}

struct chat
chat_from_row(const struct db_row *row)
{
    return (struct chat){
        .id = { db_i64(row, 0) },
        .group_name = db_str(row, 1),
        .other = { db_i64(row, 2) },
        .other_name = db_str(row, 3),
        .other_photo_id = db_i64(row, 4),
        .is_open = db_bool(row, 5),
        .last_seq = db_i64(row, 6),
        .last_at_us = db_time(row, 7),
        .read_seq = db_i64(row, 8),
        .other_read_seq = db_i64(row, 9),
        .member_count = db_i64(row, 10),
        .hearers = db_str(row, ROW_COLUMNS),
    };
}

void
chat_message_write_json(struct json_out *o, const void *value)
{
    const struct chat_message *m = value;

    json_open(o, '{');
    json_kv_i64(o, "chat_id", m->chat.v);
    json_kv_i64(o, "seq", m->seq);
    json_kv_id(o, "author_id", m->author.v);
    json_kv_str(o, "text", m->text);
    json_key(o, "attachment");
    if (m->file.id == 0)
        json_put_null(o);
    else
        attachment_write_json(o, &m->file);
    json_key(o, "link");
    if (m->link_kind.p == NULL) {
        json_put_null(o);
    } else {
        json_open(o, '{');
        json_kv_str(o, "kind", m->link_kind);
        json_kv_i64(o, "id", m->link_id);
        json_close(o, '}');
    }
    json_kv_str(o, "client_key", m->client_key);
    json_kv_time(o, "created_at", m->created_at_us);
    json_close(o, '}');
}

void
chat_tell(struct cx *cx, const char *kind, struct str hearers, struct str payload)
{
    events_tell_people(cx, kind, hearers, payload);
}

struct err
chat_get(struct cx *cx, struct chat_id id, struct chat *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_chat_get, &row, P_ID(cx->account), P_ID(id)));
    *out = chat_from_row(&row);
    return OK;
}

struct err
chat_open(struct cx *cx, struct member_id other, struct chat *out)
{
    struct db_row row;
    int64_t added;
    bool found;

    db_assert_tx(cx);
    TRY(db_opt(cx, &SQL_chat_partner, &found, &row, P_ID(cx->account), P_ID(other)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "member_unknown", "member_id");
    TRY(db_exec(cx, &SQL_chat_pair_add, &added, P_ID(cx->account), P_ID(cx->member), P_ID(other),
                P_TIME(cx->now_us)));
    db_queue(cx, &SQL_chat_pair_seat, P_ID(cx->account), P_ID(cx->member), P_ID(other));
    TRY(db_one(cx, &SQL_chat_pair_find, &row, P_ID(cx->account), P_ID(cx->member), P_ID(other)));
    TRY(chat_get(cx, (struct chat_id){ db_i64(&row, 0) }, out));
    audit_add(cx, "chat.opened", "chat", out->id.v, STR(""));
    return OK;
}

/* Saying --------------------------------------------------------------------------- */

static struct err
check_text(struct str text, bool has_file)
{
    if (text.len == 0 && !has_file)
        return FAIL_FIELD(ERR_INVALID, "message_empty", "text");
    return str_code_points(text) > CHAT_TEXT_MAX ? FAIL_FIELD(ERR_INVALID, "too_long", "text") : OK;
}

/* Of a locked chat. */
static struct err
find_posted(struct cx *cx, struct chat_id id, struct str client_key, struct chat_message *out,
            bool *found)
{
    struct db_row row;

    *found = false;
    if (client_key.p == NULL)
        return OK;
    TRY(db_opt(cx, &SQL_chat_posted, found, &row, P_ID(cx->account), P_ID(id), P_ID(cx->member),
               P_STR(client_key)));
    if (*found)
        *out = chat_message_from_row(&row, 0);
    return OK;
}

static struct err
add(struct cx *cx, struct str hearers, const struct chat_message *wanted, struct chat_message *out)
{
    struct json_out o;
    struct db_row row;
    struct buf buf;

    TRY(db_one(cx, &SQL_chat_add, &row, P_ID(cx->account), P_ID(wanted->chat), P_ID(wanted->author),
               P_STR(wanted->text), db_p_id(wanted->file.id), P_STR(wanted->link_kind),
               db_p_id(wanted->link_id), P_STR(wanted->client_key), P_TIME(cx->now_us)));
    *out = chat_message_from_row(&row, 0);
    o = events_payload(cx, &buf);
    json_key(&o, "message");
    chat_message_write_json(&o, out);
    json_close(&o, '}');
    chat_tell(cx, "chat.message", hearers, buf_str(&buf));
    return OK;
}

struct err
chat_say(struct cx *cx, struct chat_id id, const struct chat_post *post, struct chat_message *out,
         bool *is_new)
{
    struct db_row row;
    struct chat chat;
    bool found;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_chat_lock, &row, P_ID(cx->account), P_ID(id)));
    TRY(find_posted(cx, id, post->client_key, out, &found));
    *is_new = !found;
    if (found)
        return OK;
    TRY(chat_get(cx, id, &chat));
    if (chat.group_name.p != NULL)
        return FAIL(ERR_CONFLICT, "chat_is_notices");
    if (!chat.is_open)
        return FAIL(ERR_CONFLICT, "chat_closed");
    TRY(check_text(post->text, post->file_id != 0));
    if (post->file_id != 0) {
        TRY(db_opt(cx, &SQL_chat_file_find, &found, &row, P_ID(cx->account), P_I64(post->file_id),
                   P_ID(cx->member)));
        if (!found)
            return FAIL_FIELD(ERR_NOT_FOUND, "attachment_unknown", "attachment_id");
    }
    TRY(add(cx, chat.hearers,
            &(struct chat_message){ .chat = id,
                                    .author = cx->member,
                                    .text = post->text,
                                    .file = { .id = post->file_id },
                                    .client_key = post->client_key },
            out));
    audit_add(cx, "chat.said", "chat", id.v, STR(""));
    return OK;
}

struct err
chat_notice(struct cx *cx, struct chat_id group, struct str client_key, struct str text,
            struct chat_link link, struct chat_message *out, bool *is_new)
{
    struct db_row row;
    bool found;

    db_assert_tx(cx);
    TRY(db_opt(cx, &SQL_chat_group_lock, &found, &row, P_ID(cx->account), P_ID(group)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "not_found");
    if (!db_bool(&row, 1))
        return FAIL(ERR_CONFLICT, "chat_closed");
    TRY(find_posted(cx, group, client_key, out, &found));
    *is_new = !found;
    if (found)
        return OK;
    TRY(check_text(text, false));
    TRY(add(cx, db_str(&row, 2),
            &(struct chat_message){ .chat = group,
                                    .author = cx->member,
                                    .text = text,
                                    .link_kind = link.kind == CHAT_LINK_NONE
                                                     ? (struct str){ 0 }
                                                     : str_of(link_names[link.kind]),
                                    .link_id = link.id,
                                    .client_key = client_key },
            out));
    audit_add(cx, "internal_group.notified", "internal_group", group.v, STR(""));
    return OK;
}

struct err
chat_read(struct cx *cx, struct chat_id id, int64_t seq)
{
    struct json_out o;
    struct chat chat;
    struct db_row row;
    struct buf buf;
    bool moved;

    TRY(chat_get(cx, id, &chat));
    TRY(db_opt(cx, &SQL_chat_read, &moved, &row, P_ID(cx->account), P_ID(id), P_I64(seq),
               P_TIME(cx->now_us)));
    if (!moved)
        return OK;
    o = events_payload(cx, &buf);
    json_kv_i64(&o, "chat_id", id.v);
    json_kv_i64(&o, "member_id", cx->member.v);
    json_kv_i64(&o, "read_seq", db_i64(&row, 0));
    json_close(&o, '}');
    /* In a group it is nobody's business as it happens: each of hundreds would be told of each. */
    chat_tell(cx, "chat.read",
              chat.group_name.p == NULL ? chat.hearers
                                        : str_fmt(cx->arena, "{%lld}", (long long)cx->member.v),
              buf_str(&buf));
    return OK;
}
