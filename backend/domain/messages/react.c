/*
 * One emoji of ours on a message of either side. What we have put there is the message's own
 * row; the job tells the network what stands there when it runs, so that any number of changes
 * of mind end as the last one.
 */
#include "messages_private.h"

#include "domain/audit/audit.h"

#include "messages.sql.h"

static void
keep_others(struct json_out *o, const struct json *reaction, const char *by)
{
    if (str_eq(json_get_text(reaction, "by"), str_of(by)))
        return;
    json_open(o, '{');
    json_kv_str(o, "emoji", json_get_text(reaction, "emoji"));
    json_kv_str(o, "by", json_get_text(reaction, "by"));
    json_close(o, '}');
}

struct str
reactions_with(struct cx *cx, struct str reactions, const char *by, struct str emoji)
{
    struct buf buf = { .arena = cx->arena };
    struct json_out o = { .buf = &buf };
    const struct json *before = NULL;

    if (reactions.len > 0 && json_parse(cx->arena, reactions, &before).code != ERR_NONE)
        before = NULL;
    json_open(&o, '[');
    for (size_t i = 0; i < json_len(before); i++)
        keep_others(&o, json_at(before, i), by);
    if (emoji.len > 0) {
        json_open(&o, '{');
        json_kv_str(&o, "emoji", emoji);
        json_kv_str(&o, "by", str_of(by));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    return buf_str(&buf);
}

static struct str
ours(struct cx *cx, const struct message *message)
{
    const struct json *reactions = NULL;

    if (message->reactions.len == 0 ||
        json_parse(cx->arena, message->reactions, &reactions).code != ERR_NONE)
        return (struct str){ 0 };
    for (size_t i = 0; i < json_len(reactions); i++)
        if (str_eq(json_get_text(json_at(reactions, i), "by"), STR("member")))
            return json_get_text(json_at(reactions, i), "emoji");
    return (struct str){ 0 };
}

/* No words: nothing of ASCII but the digits and signs that keycaps are made of. */
static bool
is_emoji(struct str s)
{
    bool has_picture = false;

    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];

        if (c < 0x80 && c != '#' && c != '*' && (c < '0' || c > '9'))
            return false;
        has_picture = has_picture || c >= 0xE2;
    }
    return has_picture || s.len == 0;
}

struct err
messages_react(struct cx *cx, struct ticket_id id, int64_t seq, struct str emoji,
               struct message *out)
{
    const struct channel_driver *driver;
    struct ticket ticket;
    struct str provider_id;
    int64_t posted_seq;

    if (!is_emoji(emoji))
        return FAIL_FIELD(ERR_INVALID, "emoji_invalid", "emoji");
    TRY(tickets_lock_for_post(cx, id, STR(""), &ticket, &driver, &posted_seq));
    TRY(tickets_message(cx, id, seq, out));
    TRY(tickets_require_open(&ticket));
    TRY(tickets_require_holder(cx, &ticket));
    if (driver == NULL)
        return FAIL(ERR_CONFLICT, "channel_inactive");
    TRY(tickets_require_window(&ticket, cx->now_us));
    TRY(provider_ids_of(cx, id, seq, &provider_id));
    if (driver->react == NULL || provider_id.p == NULL || out->deleted_at_us != 0)
        return FAIL(ERR_CONFLICT, "reaction_unsupported");
    if (!str_eq(ours(cx, out), emoji)) {
        out->reactions = reactions_with(cx, out->reactions, "member", emoji);
        tickets_save_message(cx, &ticket, out);
        jobs_add(cx, "message.react", jobs_lane("ticket", id.v, 0), id.v,
                 str_fmt(cx->arena, "%lld", (long long)seq), 0);
    }
    audit_add(cx, "message.reacted", "ticket", id.v, STR(""));
    return OK;
}

/* Job "message.react" ------------------------------------------------------------ */

struct reacting {
    struct ticket ticket;
    struct message message;
    struct channel channel;
    struct channel_config config;
    struct channel_identity to;
    struct str provider_id, emoji;
    struct channel_progress progress;
};

static struct err
begin(struct cx *cx, const struct job *job, struct reacting *r, bool *go)
{
    int64_t seq;

    *go = false;
    if (!str_i64(job->arg, &seq))
        return FAIL(ERR_INVALID, "arg_invalid");
    TRY(tickets_get(cx, (struct ticket_id){ job->subject_id }, &r->ticket));
    TRY(tickets_message(cx, r->ticket.id, seq, &r->message));
    TRY(channels_get(cx, r->ticket.channel, &r->channel));
    TRY(provider_ids_of(cx, r->ticket.id, seq, &r->provider_id));
    if (!r->channel.is_active || r->channel.driver == NULL || r->channel.driver->react == NULL ||
        r->provider_id.p == NULL)
        return OK;
    TRY(channels_config(cx, &r->channel, &r->config));
    r->to = (struct channel_identity){ str_cstr(cx->arena, r->ticket.contact_kind),
                                       r->ticket.contact_address };
    r->emoji = ours(cx, &r->message);
    *go = true;
    return OK;
}

/* The network would not have it: it comes off again, and the screen shows what the customer sees. */
static struct err
take_off(struct cx *cx, struct reacting *r)
{
    TRY(tickets_lock(cx, r->ticket.id, &r->ticket));
    TRY(tickets_message(cx, r->ticket.id, r->message.seq, &r->message));
    log_info("message.reaction_refused", "ticket=%lld seq=%lld why=%s", (long long)r->ticket.id.v,
             (long long)r->message.seq, r->progress.slug);
    if (!str_eq(ours(cx, &r->message), r->emoji) || r->emoji.len == 0)
        return OK;
    r->message.reactions = reactions_with(cx, r->message.reactions, "member", STR(""));
    tickets_save_message(cx, &r->ticket, &r->message);
    return OK;
}

struct err
message_react_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                   struct job_outcome *out)
{
    struct reacting *r = out->state;

    if (answer == NULL) {
        bool go;

        r = JOB_STATE(cx, out, struct reacting);
        TRY(begin(cx, job, r, &go));
        if (!go)
            return OK;
    }
    r->channel.driver->react(cx->arena, &r->config, &r->to, r->provider_id, r->emoji, answer,
                             &r->progress);
    if (!r->progress.is_done) {
        out->verdict = JOB_CALL;
        out->call = r->progress.call;
        return OK;
    }
    if (r->progress.is_ok)
        return OK;
    if (r->progress.retry == CHANNEL_RETRY && job->attempt < job->kind->attempts) {
        out->verdict = JOB_AGAIN;
        out->why = r->progress.slug;
        return OK;
    }
    return take_off(cx, r);
}
