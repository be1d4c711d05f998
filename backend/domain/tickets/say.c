/*
 * What the product and its people say in a ticket by themselves: texts, templates, a flow's words, whispers;
 * and the jobs by which they leave.
 */
#include "tickets_private.h"

#include "tickets_thread.sql.h"

static void
queue_sending(struct cx *cx, const struct message *message, struct str arg)
{
    jobs_add(cx, "message.send", jobs_lane("ticket", message->ticket.v, 0), message->ticket.v, arg,
             0);
}

void
tickets_queue_sending(struct cx *cx, const struct message *message)
{
    queue_sending(cx, message, str_fmt(cx->arena, "%lld", (long long)message->seq));
}

bool
tickets_read_sending(struct str arg, struct sending_arg *out)
{
    struct str seq, at;

    *out = (struct sending_arg){ 0 };
    if (!str_cut(&arg, ':', &seq) || !str_i64(seq, &out->seq))
        return false;
    if (!str_cut(&arg, ':', &at))
        return true;
    out->types = str_eq(arg, STR("typing"));
    return str_i64(at, &out->not_before_us);
}

static struct message
message_of(const struct cx *cx, const char *direction, const char *author_kind, struct str text,
           const char *state)
{
    return (struct message){
        .direction = str_of(direction),
        .author_kind = str_of(author_kind),
        .author = strcmp(author_kind, "member") == 0 ? cx->member : (struct member_id){ 0 },
        .kind = STR("text"),
        .text = text,
        .state = str_of(state),
    };
}

void
tickets_say(struct cx *cx, struct ticket *ticket, const char *author_kind, struct str text,
            struct message *out)
{
    *out = message_of(cx, "out", author_kind, text, "queued");
    tickets_append(cx, ticket, out);
    tickets_tell(cx, ticket, out);
    tickets_queue_sending(cx, out);
}

void
tickets_say_template(struct cx *cx, struct ticket *ticket, const char *author_kind,
                     const struct template_words *words, const struct attachment *file,
                     struct message *out)
{
    *out = message_of(cx, "out", author_kind, words->text, "queued");
    out->kind = STR("template");
    out->detail = words->detail;
    out->attachments = file;
    out->attachment_count = file != NULL;
    tickets_append(cx, ticket, out);
    tickets_tell(cx, ticket, out);
    tickets_queue_sending(cx, out);
}

struct err
tickets_check_template_file(const struct channel_driver *driver, const struct template_words *words,
                            const struct attachment *file)
{
    const struct channel_media_rule *rule;

    if (words->file.len == 0)
        return file == NULL ? OK
                            : FAIL_FIELD(ERR_INVALID, "template_takes_no_file", "attachment_id");
    if (file == NULL)
        return FAIL_FIELD(ERR_INVALID, "template_needs_file", "attachment_id");
    return channels_check_file(
        driver, &(struct channel_file){ words->file, file->mime, file->size_bytes }, &rule);
}

struct err
tickets_claim_upload(struct cx *cx, const struct ticket *ticket, int64_t attachment_id,
                     struct attachment *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_upload_claim, &found, &row, P_ID(cx->account), P_I64(attachment_id),
               P_ID(cx->member), P_ID(ticket->id), P_I64(ticket->last_seq + 1),
               db_p_id(cx->token_id)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "attachment_unknown", "attachment_id");
    *out = attachment_from_row(&row);
    return OK;
}

/* Whatever is not to be sent yet keeps its place in the lane: what comes after it waits too. */
void
tickets_say_keyed(struct cx *cx, struct ticket *ticket, const struct bot_words *words)
{
    struct message message = message_of(cx, "out", "bot", words->text, "queued");

    message.client_key = words->client_key;
    if (words->offer.len > 0) {
        message.kind = words->kind == NULL ? STR("question") : str_of(words->kind);
        message.detail = words->offer;
    }
    if (words->file != NULL) {
        message.attachments = words->file;
        message.attachment_count = 1;
    }
    tickets_append(cx, ticket, &message);
    tickets_tell(cx, ticket, &message);
    if (words->not_before_us == 0)
        tickets_queue_sending(cx, &message);
    else
        queue_sending(cx, &message,
                      str_fmt(cx->arena, "%lld:%lld%s", (long long)message.seq,
                              (long long)words->not_before_us, words->types ? ":typing" : ""));
}

struct err
tickets_has_said(struct cx *cx, struct ticket_id id, struct str client_key, bool *said)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_message_key_is_taken, &row, P_ID(cx->account), P_ID(id),
               P_STR(client_key)));
    *said = db_bool(&row, 0);
    return OK;
}

struct err
tickets_whisper_to(struct cx *cx, struct ticket *ticket, struct str text, struct json_ids members,
                   struct str client_key, bool *said)
{
    struct message note = message_of(cx, "note", "bot", text, "internal");
    struct buf detail = { .arena = cx->arena };
    struct json_out o = { .buf = &detail };
    bool is_known;

    TRY(tickets_has_said(cx, ticket->id, client_key, &is_known));
    *said = !is_known;
    if (is_known)
        return OK;
    json_open(&o, '{');
    json_key(&o, "mentions");
    json_open(&o, '[');
    for (size_t i = 0; i < members.n; i++)
        json_put_i64(&o, members.v[i]);
    json_close(&o, ']');
    json_close(&o, '}');
    note.detail = buf_str(&detail);
    note.client_key = client_key;
    tickets_append(cx, ticket, &note);
    tickets_tell(cx, ticket, &note);
    return OK;
}

void
tickets_whisper(struct cx *cx, struct ticket *ticket, const char *author_kind, struct str text)
{
    struct message note = message_of(cx, "note", author_kind, text, "internal");

    tickets_append(cx, ticket, &note);
    tickets_tell(cx, ticket, &note);
}
