/*
 * Sending: job "message.send" carries one message to its channel.
 *
 * The message is marked "sending" and committed before the network is touched.
 * Who finds it so at the start of an attempt knows that an earlier one died
 * between request and record: the customer may have it already, so it becomes
 * "unknown" and is never repeated by ourselves; a status that echoes our opaque
 * word settles it.
 */
#include "messages_private.h"

#include "base/clock.h"

#include "messages.sql.h"

struct sending {
    struct ticket ticket;
    struct message message;
    struct channel channel;
    struct channel_config config;
    struct channel_outgoing outgoing;
    struct channel_progress progress;
};

/* Our own reasons have no number of a provider's. */
static const struct str no_code;

static struct err
save_failure(struct cx *cx, struct sending *s, const char *slug, struct str code)
{
    s->message.state = STR("failed");
    s->message.error_slug = str_of(slug);
    s->message.error_code = code;
    tickets_save_message(cx, &s->ticket, &s->message);
    fate_tell(cx, &s->message);
    log_info("message.failed", "ticket=%lld seq=%lld why=%s code=%s", (long long)s->ticket.id.v,
             (long long)s->message.seq, slug, log_safe(cx->arena, code));
    return OK;
}

/* A pending one is a recording whose conversion was given up with its job. */
static const char *
why_not_ready(struct cx *cx, const struct db_row *file)
{
    if (str_eq(db_str(file, 6), STR("pending")))
        return "voice_unconvertible";
    return db_is_null(file, 7) ? "file_lost" : str_cstr(cx->arena, db_str(file, 7));
}

/* A note that was spoken, rather than a sound that was attached. */
static bool
is_voice(struct cx *cx, const struct message *message)
{
    const struct json *detail;

    return str_eq(message->kind, STR("audio")) && message->detail.p != NULL &&
           json_parse(cx->arena, message->detail, &detail).code == ERR_NONE &&
           json_true(json_get(detail, "voice"));
}

static struct err
add_file(struct cx *cx, struct sending *s)
{
    struct db_row row;
    bool found;

    if (s->message.attachment_count == 0)
        return OK;
    TRY(db_opt(cx, &SQL_attachment_to_send, &found, &row, P_ID(cx->account), P_ID(s->ticket.id),
               P_I64(s->message.seq)));
    if (!found)
        return FAIL(ERR_CONFLICT, "file_lost");
    if (!str_eq(db_str(&row, 6), STR("ready")))
        return FAIL(ERR_CONFLICT, why_not_ready(cx, &row));
    s->outgoing.mime = db_str(&row, 2);
    s->outgoing.filename = db_str(&row, 3);
    s->outgoing.file = str_cstr(
        cx->arena, str_fmt(cx->arena, "%s/%.*s", cx->conf->media_dir, STR_ARG(db_str(&row, 4))));
    s->outgoing.media_id = db_str(&row, 5);
    /* One that could not be converted goes as the sound that it is. */
    s->outgoing.is_voice = s->outgoing.is_voice && s->channel.driver->voice_mime != NULL &&
                           str_eq(s->outgoing.mime, str_of(s->channel.driver->voice_mime));
    return OK;
}

static struct err
prepare(struct cx *cx, const struct job *job, struct sending *s)
{
    struct str quoted = { 0 };

    if (s->message.quoted_seq != 0)
        TRY(provider_ids_of(cx, s->ticket.id, s->message.quoted_seq, &quoted));
    TRY(channels_config(cx, &s->channel, &s->config));
    s->outgoing = (struct channel_outgoing){
        .to = { str_cstr(cx->arena, s->ticket.contact_kind), s->ticket.contact_address },
        .kind = str_cstr(cx->arena, s->message.kind),
        .text = s->message.text,
        .quoted = quoted,
        .opaque =
            str_fmt(cx->arena, "%lld:%lld", (long long)s->ticket.id.v, (long long)s->message.seq),
        .is_voice = is_voice(cx, &s->message),
        .attempt = job->attempt - 1,
    };
    question_read(cx->arena, &s->message, &s->outgoing);
    filled_read(cx->arena, &s->message, &s->outgoing);
    return add_file(cx, s);
}

/* A channel that carries a message is no longer failing, nor new. */
static struct err
note_success(struct cx *cx, const struct sending *s)
{
    return str_eq(s->channel.state, STR("connected")) ? OK
                                                      : channels_set_state(cx, &s->channel, NULL);
}

static struct err
record_success(struct cx *cx, struct sending *s)
{
    const struct channel_progress *p = &s->progress;

    provider_ids_add(cx, s->channel.id, p->provider_id, &s->message);
    s->message.state = STR("sending");
    receipts_move(&s->message, str_of(p->state), STR(""), STR(""));
    if (p->provider_id.len > 0)
        TRY(receipts_apply_early(cx, s->channel.id, p->provider_id, &s->message));
    tickets_save_message(cx, &s->ticket, &s->message);
    fate_tell(cx, &s->message);
    if (s->channel.driver->is_ours) {
        struct str author;

        TRY(org_first_name(cx, s->message.author, &author));
        visitor_tell(cx, s->ticket.identity, &s->message, author);
    }
    return note_success(cx, s);
}

static struct err
record_refusal(struct cx *cx, const struct job *job, struct sending *s, struct job_outcome *out)
{
    const struct channel_progress *p = &s->progress;
    bool may_retry = p->retry == CHANNEL_RETRY || p->retry == CHANNEL_RETRY_CHANNEL;

    if (p->retry == CHANNEL_STOP)
        TRY(channels_set_state(cx, &s->channel, p->slug));
    if (!may_retry || job->attempt >= SEND_ATTEMPTS)
        return save_failure(cx, s, p->slug, p->error_code);

    db_queue(cx, &SQL_message_sending, P_ID(cx->account), P_ID(s->ticket.id), P_I64(s->message.seq),
             P_TIME(s->message.created_at_us), P_STR(STR("queued")));
    out->verdict = JOB_AGAIN;
    out->why = p->slug;
    out->at_us = p->after_s == 0 ? 0 : cx->now_us + p->after_s * US_PER_S;
    return OK;
}

static struct err
record(struct cx *cx, const struct job *job, struct sending *s, struct job_outcome *out)
{
    const struct channel_progress *p = &s->progress;

    /* While we talked, a status with our opaque word may have moved it: start from what is true. */
    TRY(tickets_lock(cx, s->ticket.id, &s->ticket));
    TRY(tickets_message_of(cx, &s->ticket, s->message.seq, &s->message));
    if (p->media_id.len > 0)
        db_queue(cx, &SQL_attachment_keep_media_id, P_ID(cx->account), P_ID(s->ticket.id),
                 P_I64(s->message.seq), P_STR(p->media_id));
    if (!str_eq(s->message.state, STR("sending"))) {
        /* Back in the queue: this very refusal was recorded before. Nothing to add. */
        if (str_eq(s->message.state, STR("queued"))) {
            out->verdict = JOB_AGAIN;
            out->why = "recorded_before";
            return OK;
        }
        /* A status was faster: it told more than this answer can. */
        provider_ids_add(cx, s->channel.id, p->provider_id, &s->message);
        return p->is_ok ? note_success(cx, s) : OK;
    }
    if (p->is_ok)
        return record_success(cx, s);
    if (p->outcome_unknown) {
        s->message.state = STR("unknown");
        tickets_save_message(cx, &s->ticket, &s->message);
        fate_tell(cx, &s->message);
        return OK;
    }
    return record_refusal(cx, job, s, out);
}

/* What a flow said under this kind of key. */
static bool
is_flows(const struct message *message, const char *kind)
{
    return str_eq(message->author_kind, STR("bot")) &&
           str_starts(message->client_key, str_of(kind));
}

/*
 * Said by the bot while it had the ticket, and somebody else has it by now, or had it since. What comes later under the
 * same words is another message: it is written under the epoch of its own time.
 */
static bool
is_interrupted(const struct sending *s)
{
    struct str rest = s->message.client_key, word;
    int64_t epoch;

    if (!is_flows(&s->message, SAID_WHILE_BOT))
        return false;
    return !str_eq(s->ticket.controller, STR("bot")) || !str_cut(&rest, ':', &word) ||
           !str_cut(&rest, ':', &word) || !str_i64(word, &epoch) ||
           epoch != s->ticket.controller_epoch;
}

static void
show_typing(struct cx *cx, const struct channel_driver *driver, const struct ticket *ticket)
{
    if (driver->is_ours)
        events_tell_visitor(cx, "typing", ticket->identity.v, STR("{}"));
    else if (driver->shows_typing)
        jobs_add(cx, "message.mark_read", jobs_lane("read", ticket->id.v, 0), ticket->id.v,
                 STR("typing"), 0);
}

struct err
messages_show_typing(struct cx *cx, const struct ticket *ticket)
{
    struct channel channel;

    TRY(channels_get(cx, ticket->channel, &channel));
    if (channel.driver != NULL && channel.is_active)
        show_typing(cx, channel.driver, ticket);
    return OK;
}

/* NULL: the network lets it be said, and somebody still wants it to be. */
static const char *
too_late(struct cx *cx, const struct sending *s)
{
    bool is_template = str_eq(s->message.kind, STR("template"));

    if (is_template && is_flows(&s->message, SAID_WHILE_BOT) &&
        cx->now_us > s->message.created_at_us + TEMPLATE_PATIENCE_US)
        return "template_too_late";
    /* Templates are what may be said when the window is closed. */
    return !is_template && tickets_require_window(&s->ticket, cx->now_us).code != ERR_NONE
               ? "window_closed"
               : NULL;
}

/* A pause between two messages of a bot. The lane waits with it, so nothing overtakes. */
static void
pause_lane(struct cx *cx, const struct sending *s, const struct sending_arg *arg,
           struct job_outcome *out)
{
    out->verdict = JOB_LATER;
    out->at_us = arg->not_before_us;
    if (arg->types)
        show_typing(cx, s->channel.driver, &s->ticket);
}

/* Decides whether this message is still to be sent, and now; *go false when there is nothing to do. */
static struct err
begin(struct cx *cx, const struct job *job, struct sending *s, struct job_outcome *out, bool *go)
{
    struct sending_arg arg;
    const char *late;
    bool is_opted_out;
    struct err e;

    *go = false;
    if (!tickets_read_sending(job->arg, &arg))
        return FAIL(ERR_INVALID, "arg_invalid");
    TRY(tickets_lock(cx, (struct ticket_id){ job->subject_id }, &s->ticket));
    TRY(tickets_message_of(cx, &s->ticket, arg.seq, &s->message));
    if (str_eq(s->message.state, STR("sending"))) {
        s->message.state = STR("unknown");
        tickets_save_message(cx, &s->ticket, &s->message);
        fate_tell(cx, &s->message);
        log_warn("message.unknown", "ticket=%lld seq=%lld", (long long)s->ticket.id.v,
                 (long long)arg.seq);
        return OK;
    }
    if (!str_eq(s->message.state, STR("queued")))
        return OK;

    TRY(channels_get(cx, s->ticket.channel, &s->channel));
    if (!s->channel.is_active || s->channel.driver == NULL)
        return save_failure(cx, s, "channel_inactive", no_code);
    if (is_interrupted(s))
        return save_failure(
            cx, s, s->ticket.state == TICKET_CLOSED ? "bot_too_late" : "bot_interrupted", no_code);
    TRY(contacts_opted_out(cx, s->ticket.contact, &is_opted_out));
    if (is_opted_out && !is_flows(&s->message, SAID_RECEIPT))
        return save_failure(cx, s, "opted_out", no_code);
    late = too_late(cx, s);
    if (late != NULL)
        return save_failure(cx, s, late, no_code);
    if (arg.not_before_us > cx->now_us) {
        pause_lane(cx, s, &arg, out);
        return OK;
    }
    e = prepare(cx, job, s);
    if (e.code == ERR_CONFLICT)
        return save_failure(cx, s, e.slug, no_code);
    TRY(e);

    db_queue(cx, &SQL_message_sending, P_ID(cx->account), P_ID(s->ticket.id), P_I64(arg.seq),
             P_TIME(s->message.created_at_us), P_STR(STR("sending")));
    *go = true;
    return OK;
}

struct err
message_send_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                  struct job_outcome *out)
{
    struct sending *s = out->state;

    if (answer == NULL) {
        bool go;

        s = JOB_STATE(cx, out, struct sending);
        TRY(begin(cx, job, s, out, &go));
        if (!go)
            return OK;
    }
    s->channel.driver->send(cx->arena, &s->config, &s->outgoing, answer, &s->progress);
    if (s->progress.is_done)
        return record(cx, job, s, out);
    out->verdict = JOB_CALL;
    out->call = s->progress.call;
    return OK;
}

/*
 * The customer's channel learns that we read, and with it their ticks turn; with the arg
 * "typing" also that we write, which is worth no second try.
 */
struct err
message_mark_read_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                       struct job_outcome *out)
{
    bool is_typing = str_eq(job->arg, STR("typing"));
    struct sending *s = out->state;
    struct db_row row;
    bool found;

    if (answer == NULL) {
        s = JOB_STATE(cx, out, struct sending);
        TRY(tickets_get(cx, (struct ticket_id){ job->subject_id }, &s->ticket));
        TRY(channels_get(cx, s->ticket.channel, &s->channel));
        if (s->channel.driver == NULL || s->channel.driver->mark_read == NULL ||
            !s->channel.is_active)
            return OK;
        TRY(db_opt(cx, &SQL_provider_id_last_inbound, &found, &row, P_ID(cx->account),
                   P_ID(s->ticket.id)));
        if (!found)
            return OK;
        TRY(channels_config(cx, &s->channel, &s->config));
        s->outgoing.quoted = db_str(&row, 0);
    }
    s->channel.driver->mark_read(cx->arena, &s->config, s->outgoing.quoted, is_typing, answer,
                                 &s->progress);
    if (!s->progress.is_done) {
        out->verdict = JOB_CALL;
        out->call = s->progress.call;
    } else if (!s->progress.is_ok && s->progress.retry == CHANNEL_RETRY && !is_typing) {
        out->verdict = JOB_AGAIN; /* worth a few tries; the kind's attempts bound them */
        out->why = s->progress.slug;
    }
    return OK;
}
