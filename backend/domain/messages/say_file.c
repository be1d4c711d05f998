/*
 * A file that the house keeps, said by the bot: a copy of it travels, so that the kept one may be said again. What the
 * channel takes in no way is there for whoever has the link to it.
 */
#include "messages_private.h"

#include "domain/auth/auth.h"

#include "messages.sql.h"

enum { LINK_VALID_S = 30 * 24 * 3600 };

/* Its own kind where the channel takes that, else the one that every channel takes anything as. */
static const struct channel_media_rule *
rule_for(const struct channel_driver *driver, const struct attachment *file)
{
    static const char *const last = "document";
    const struct channel_media_rule *any = NULL;

    for (const struct channel_media_rule *rule = driver->media; rule->kind != NULL; rule++) {
        bool fits = rule->mimes[0] == NULL;

        for (const char *const *mime = rule->mimes; *mime != NULL; mime++)
            fits = fits || str_eq(file->mime, str_of(*mime));
        if (!fits || file->size_bytes > rule->max_bytes)
            continue;
        if (str_eq(file->kind, str_of(rule->kind)))
            return rule;
        if (strcmp(rule->kind, last) == 0)
            any = rule;
    }
    return any;
}

/* What a recording has to be there; NULL: it is that, or it is no recording, or there are none. */
static const char *
becomes(const struct channel_driver *driver, const struct said_file *said, struct str mime)
{
    bool changes = said->is_recording && driver->voice_mime != NULL &&
                   !str_eq(mime, str_of(driver->voice_mime)) && convert_takes(mime);

    return changes ? driver->voice_mime : NULL;
}

/* The recording as it was converted once and kept, where that is what the channel plays. */
static struct err
copy_kept(struct cx *cx, const struct channel_driver *driver, const struct said_file *said,
          struct attachment *file)
{
    if (said->is_recording && said->voice_id != 0 && driver->voice_mime != NULL &&
        strcmp(driver->voice_mime, SOUND_KEPT_AS) == 0)
        return messages_copy_upload(cx, said->voice_id, file);
    return messages_copy_upload(cx, said->attachment_id, file);
}

static struct str
name_of(struct cx *cx, const struct said_file *said, const struct attachment *file)
{
    /* A recording that was converted ends otherwise than its original. */
    if (said->name.len == 0 || said->is_recording)
        return file->filename;
    return media_filename(cx->arena, said->name);
}

static struct str
with_link(struct cx *cx, struct str text, const struct attachment *file)
{
    struct str token = auth_link_token(cx, file->id, LINK_VALID_S);

    return str_fmt(cx->arena, "%.*s%s%.*s\n%s/media/%lld?link=%.*s", STR_ARG(text),
                   text.len > 0 ? "\n\n" : "", STR_ARG(file->filename), cx->conf->public_url,
                   (long long)file->id, STR_ARG(token));
}

/* openapi: Message.detail of a recording. */
static struct str
recording_detail(struct cx *cx, struct str transcript)
{
    struct buf b = { .arena = cx->arena };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_kv_bool(&o, "voice", true);
    if (transcript.len > 0)
        json_kv_str(&o, "transcript", transcript);
    json_close(&o, '}');
    return buf_str(&b);
}

struct err
messages_say_file(struct cx *cx, struct ticket *ticket, const struct said_file *said)
{
    struct attachment *file = arena_new_of(cx->arena, struct attachment);
    const struct channel_media_rule *rule;
    const char *mime_after;
    struct channel channel;
    struct message message;
    struct db_row row;
    bool has_text = said->text.len > 0, as_link;

    TRY(channels_get(cx, ticket->channel, &channel));
    if (channel.driver == NULL)
        return FAIL(ERR_CONFLICT, "channel_inactive");
    TRY(copy_kept(cx, channel.driver, said, file));
    rule = rule_for(channel.driver, file);
    as_link = said->as_link || rule == NULL;
    mime_after = as_link ? NULL : becomes(channel.driver, said, file->mime);
    TRY(db_one(cx, &SQL_attachment_give, &row, P_ID(cx->account), P_I64(file->id), P_ID(ticket->id),
               P_I64(ticket->last_seq + 1), P_STR(as_link ? file->kind : str_of(rule->kind)),
               P_STR(name_of(cx, said, file)), P_STR(str_of(mime_after))));
    *file = attachment_from_row(&row);
    if (mime_after != NULL) /* before its sending, in the same lane */
        jobs_add(cx, "media.convert", jobs_lane("ticket", ticket->id.v, 0), file->id, STR(""), 0);
    message = (struct message){
        .direction = STR("out"),
        .author_kind = STR("bot"),
        .kind = as_link ? STR("text") : file->kind,
        .text = as_link               ? with_link(cx, said->text, file)
                : rule->takes_caption ? said->text
                                      : STR(""),
        .detail = said->is_recording ? recording_detail(cx, said->transcript) : (struct str){ 0 },
        .state = STR("queued"),
        .client_key = said->client_key,
        .attachments = file,
        .attachment_count = 1,
    };
    tickets_append(cx, ticket, &message);
    tickets_save(cx, ticket, &message);
    tickets_queue_sending(cx, &message);
    if (has_text && !as_link && !rule->takes_caption)
        tickets_say_keyed(cx, ticket,
                          &(struct bot_words){ .text = said->text,
                                               .client_key = str_fmt(cx->arena, "%.*s.text",
                                                                     STR_ARG(said->client_key)) });
    return OK;
}
