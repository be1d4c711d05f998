/* A file that the house keeps, said by the bot: a copy of it travels, so that the kept one may be said again. */
#include "messages_private.h"

#include "messages.sql.h"

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

struct err
messages_say_file(struct cx *cx, struct ticket *ticket, const struct said_file *said)
{
    struct attachment *file = arena_new_of(cx->arena, struct attachment);
    const struct channel_media_rule *rule;
    struct channel channel;
    struct message message;
    struct db_row row;

    TRY(channels_get(cx, ticket->channel, &channel));
    if (channel.driver == NULL)
        return FAIL(ERR_CONFLICT, "channel_inactive");
    TRY(messages_copy_upload(cx, said->attachment_id, file));
    rule = rule_for(channel.driver, file);
    if (rule == NULL)
        return FAIL(ERR_CONFLICT, "file_kind_refused");
    TRY(db_one(cx, &SQL_attachment_give, &row, P_ID(cx->account), P_I64(file->id), P_ID(ticket->id),
               P_I64(ticket->last_seq + 1), P_STR(str_of(rule->kind)),
               P_STR(said->name.len > 0 ? media_filename(cx->arena, said->name) : file->filename)));
    *file = attachment_from_row(&row);
    message = (struct message){
        .direction = STR("out"),
        .author_kind = STR("bot"),
        .kind = file->kind,
        .text = rule->takes_caption ? said->text : STR(""),
        .state = STR("queued"),
        .client_key = said->client_key,
        .attachments = file,
        .attachment_count = 1,
    };
    tickets_append(cx, ticket, &message);
    tickets_save(cx, ticket, &message);
    tickets_queue_sending(cx, &message);
    if (!rule->takes_caption && said->text.len > 0)
        tickets_say_keyed(cx, ticket,
                          &(struct bot_words){ .text = said->text,
                                               .client_key = str_fmt(cx->arena, "%.*s.text",
                                                                     STR_ARG(said->client_key)) });
    return OK;
}
