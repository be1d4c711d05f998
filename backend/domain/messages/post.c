/*
 * What people post: decided on the locked ticket, told to the screens, queued for
 * the channel, all in one transaction.
 */
#include "messages_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "messages.sql.h"

/* The message's kind follows its file; the channel's own limits count. */
static struct err
check_content(const struct channel_driver *driver, const struct post *post)
{
    size_t length = str_code_points(post->text);
    int64_t most = post->is_whisper           ? 10000
                   : post->attachment_id != 0 ? driver->caption_max
                                              : driver->text_max;

    if (length == 0 && post->attachment_id == 0)
        return FAIL_FIELD(ERR_INVALID, "message_empty", "text");
    if ((int64_t)length > most)
        return FAIL_FIELD(ERR_INVALID, "too_long", "text");
    return OK;
}

/* A template reaches whoever's window is closed. */
static struct err
check_reply(struct cx *cx, const struct ticket *ticket, const struct channel_driver *driver,
            bool is_template)
{
    TRY(tickets_require_open(ticket));
    TRY(tickets_require_holder(cx, ticket));
    if (driver == NULL)
        return FAIL(ERR_CONFLICT, "channel_inactive");
    if (ticket->is_opted_out)
        return FAIL(ERR_CONFLICT, "opted_out");
    return is_template ? OK : tickets_require_window(ticket, cx->now_us);
}

/* The channel's rule for this kind of file: known before anything is sent. */
static struct err
check_file(const struct channel_driver *driver, const struct attachment *file, struct str caption)
{
    const struct channel_media_rule *rule;

    TRY(channels_check_file(
        driver, &(struct channel_file){ file->kind, file->mime, file->size_bytes }, &rule));
    if (caption.len > 0 && !rule->takes_caption)
        return FAIL_FIELD(ERR_INVALID, "caption_refused", "text");
    return OK;
}

struct err
messages_check(struct cx *cx, const struct ticket *ticket, const struct channel_driver *driver,
               const struct post *post)
{
    struct db_row row;
    bool found;

    TRY(check_reply(cx, ticket, driver, false));
    TRY(check_content(driver, post));
    if (post->attachment_id == 0)
        return OK;
    TRY(db_opt(cx, &SQL_attachment_to_copy, &found, &row, P_ID(cx->account),
               P_I64(post->attachment_id)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "attachment_unknown", "attachment_id");
    return check_file(driver,
                      &(struct attachment){ .kind = db_str(&row, 0),
                                            .mime = db_str(&row, 1),
                                            .size_bytes = db_i64(&row, 3) },
                      post->text);
}

static struct err
claim(struct cx *cx, const struct ticket *ticket, const struct post *post, struct message *message)
{
    struct attachment *file = arena_new_of(cx->arena, struct attachment);

    TRY(tickets_claim_upload(cx, ticket, post->attachment_id, file));
    message->attachments = file;
    message->attachment_count = 1;
    return OK;
}

static struct err
claim_file(struct cx *cx, const struct ticket *ticket, const struct post *post,
           const struct channel_driver *driver, struct message *message)
{
    TRY(claim(cx, ticket, post, message));
    message->kind = message->attachments->kind;
    return post->is_whisper ? OK : check_file(driver, message->attachments, post->text);
}

/* A voice note is a sound that is still to be made of the recording; its job stands before its sending. */
static struct err
claim_recording(struct cx *cx, const struct ticket *ticket, const struct post *post,
                const struct channel_driver *driver, struct message *message)
{
    const char *becomes = post->is_whisper ? CHANNEL_VOICE_ANYWHERE : driver->voice_mime;
    struct attachment *file = arena_new_of(cx->arena, struct attachment);
    struct db_row row;
    bool found;

    if (post->text.len > 0)
        return FAIL_FIELD(ERR_INVALID, "caption_refused", "text");
    if (becomes == NULL)
        return FAIL_FIELD(ERR_UNSUPPORTED, "file_kind_refused", "attachment_id");
    TRY(db_opt(cx, &SQL_attachment_claim_recording, &found, &row, P_ID(cx->account),
               P_I64(post->attachment_id), P_ID(cx->member), P_ID(ticket->id),
               P_I64(ticket->last_seq + 1), P_STR(str_of(becomes)), db_p_id(cx->token_id)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "attachment_unknown", "attachment_id");
    *file = attachment_from_row(&row);
    if (!convert_takes(file->mime))
        return FAIL_FIELD(ERR_UNSUPPORTED, "file_kind_refused", "attachment_id");
    if (file->size_bytes > VOICE_MAX_BYTES)
        return FAIL_FIELD(ERR_TOO_LARGE, "file_too_large", "attachment_id");
    jobs_add(cx, "media.convert", jobs_lane("ticket", ticket->id.v, 0), file->id, STR(""), 0);
    message->kind = file->kind;
    message->detail = STR("{\"voice\":true}");
    message->attachments = file;
    message->attachment_count = 1;
    return OK;
}

/* A recording that could not be converted is tried again, before its message. */
static struct err
convert_again(struct cx *cx, const struct message *message)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_attachment_convert_again, &found, &row, P_ID(cx->account),
               P_ID(message->ticket), P_I64(message->seq)));
    if (found)
        jobs_add(cx, "media.convert", jobs_lane("ticket", message->ticket.v, 0), db_i64(&row, 0),
                 STR(""), 0);
    return OK;
}

/* What it costs is its author's to be allowed. */
static struct err
fill_template(struct cx *cx, const struct ticket *ticket, const struct post *post,
              const struct channel_driver *driver, struct message *message)
{
    struct template_words words;

    TRY(access_require(cx, "messages.template"));
    if (post->is_whisper || post->text.len > 0 || post->is_voice)
        return FAIL_FIELD(ERR_INVALID, "text_and_template", "text");
    TRY(templates_fill(cx,
                       &(struct template_wish){ .template = post->template,
                                                .channel = ticket->channel,
                                                .params = post->params,
                                                .param_count = post->param_count },
                       &words));
    message->kind = STR("template");
    message->text = words.text;
    message->detail = words.detail;
    if (post->attachment_id != 0)
        TRY(claim(cx, ticket, post, message));
    return tickets_check_template_file(driver, &words, message->attachments);
}

/* {"mentions":[7,12]}; nothing when nobody is. */
static struct str
mentions_of(struct cx *cx, const struct post *post)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };

    if (!post->is_whisper || post->mentions.n == 0)
        return (struct str){ 0 };
    json_open(&o, '{');
    json_key(&o, "mentions");
    json_open(&o, '[');
    for (size_t i = 0; i < post->mentions.n; i++)
        json_put_i64(&o, post->mentions.v[i]);
    json_close(&o, ']');
    json_close(&o, '}');
    return buf_str(&buf);
}

struct err
messages_post(struct cx *cx, struct ticket_id id, const struct post *post, struct message *out,
              bool *is_new)
{
    const struct channel_driver *driver;
    bool is_template = post->template.v != 0;
    struct ticket ticket;
    int64_t posted_seq;

    TRY(tickets_lock_for_post(cx, id, post->client_key, &ticket, &driver, &posted_seq));
    *is_new = posted_seq == 0;
    if (!*is_new)
        return tickets_message(cx, id, posted_seq, out);

    if (!post->is_whisper)
        TRY(check_reply(cx, &ticket, driver, is_template));
    if (!is_template)
        TRY(check_content(driver, post));
    if (post->quoted_seq > ticket.last_seq)
        return FAIL_FIELD(ERR_INVALID, "quoted_unknown", "quoted_seq");

    *out = (struct message){
        .direction = post->is_whisper ? STR("note") : STR("out"),
        .author_kind = access_is_bot(cx) ? STR("bot") : STR("member"),
        .author = cx->member,
        .kind = STR("text"),
        .text = post->text,
        .detail = mentions_of(cx, post),
        .quoted_seq = post->quoted_seq,
        .state = post->is_whisper ? STR("internal") : STR("queued"),
        .client_key = post->client_key,
    };
    if (is_template)
        TRY(fill_template(cx, &ticket, post, driver, out));
    else if (post->is_voice)
        TRY(claim_recording(cx, &ticket, post, driver, out));
    else if (post->attachment_id != 0)
        TRY(claim_file(cx, &ticket, post, driver, out));
    tickets_append(cx, &ticket, out);
    tickets_save(cx, &ticket, out);
    if (!post->is_whisper)
        tickets_queue_sending(cx, out);
    if (!post->keeps_draft && !is_template)
        db_queue(cx, &SQL_draft_forget, P_ID(cx->account), P_ID(id), P_ID(cx->member),
                 P_STR(post->is_whisper ? STR("whisper") : STR("reply")));
    audit_add(cx, post->is_whisper ? "message.whispered" : "message.sent", "ticket", id.v, STR(""));
    return OK;
}

struct err
messages_retry(struct cx *cx, struct ticket_id id, int64_t seq, struct message *out)
{
    const struct channel_driver *driver;
    struct ticket ticket;
    int64_t posted_seq;

    TRY(tickets_lock_for_post(cx, id, STR(""), &ticket, &driver, &posted_seq));
    TRY(tickets_message(cx, id, seq, out));
    if (!str_eq(out->state, STR("failed")) || !str_eq(out->direction, STR("out")))
        return FAIL(ERR_CONFLICT, "not_failed");
    TRY(check_reply(cx, &ticket, driver, str_eq(out->kind, STR("template"))));
    if (str_eq(out->kind, STR("audio")))
        TRY(convert_again(cx, out));
    out->state = STR("queued");
    out->error_code = out->error_slug = (struct str){ 0 };
    tickets_save_message(cx, &ticket, out);
    tickets_queue_sending(cx, out);
    audit_add(cx, "message.retried", "ticket", id.v, STR(""));
    return OK;
}
