/*
 * Receiving: job "inbound.event" turns one customer's part of a kept body into
 * contact, ticket and messages. Everything happens in one transaction with the
 * job's end, and every message is known by its provider's id: a repeated delivery
 * finds it and changes nothing.
 */
#include "messages_private.h"

#include "base/clock.h"
#include "domain/events/events.h"
#include "domain/intake/intake.h"
#include "domain/variables/variables.h"

#include "messages.sql.h"

/* Providers retry for a week; what is older than that was answered long ago. */
enum { TOO_OLD_DAYS = 8 };

static struct err
add_files(struct cx *cx, const struct channel *channel, const struct channel_event *event,
          const struct ticket *ticket, const struct contact_found *who, struct message *message)
{
    struct attachment *files =
        arena_array(cx->arena, struct attachment, (size_t)event->media_count);
    int n = 0;

    for (int i = 0; i < event->media_count; i++) {
        const struct channel_media *media = &event->media[i];
        struct db_row row;
        bool found = true;
        int64_t own;

        if (channel->driver->fetch_media == NULL) {
            /* The visitor uploaded it here beforehand; what is not theirs is left out. */
            if (!str_i64(media->id, &own))
                continue;
            TRY(db_opt(cx, &SQL_attachment_adopt, &found, &row, P_ID(cx->account), P_I64(own),
                       P_ID(who->identity), P_ID(ticket->id), P_I64(ticket->last_seq + 1)));
        } else {
            TRY(db_one(cx, &SQL_attachment_expect, &row, P_ID(cx->account), P_ID(ticket->id),
                       P_I64(ticket->last_seq + 1), P_STR(str_of(media->kind)),
                       P_STR(media->mime.len > 0 ? media->mime : STR("application/octet-stream")),
                       P_STR(media_filename(cx->arena, media->filename)), P_STR(media->id),
                       P_TIME(cx->now_us)));
            jobs_add(cx, "media.fetch", jobs_lane_alone(), db_i64(&row, 0), STR(""), 0);
        }
        if (found)
            files[n++] = attachment_from_row(&row);
    }
    message->attachments = files;
    message->attachment_count = n;
    return OK;
}

/* Of whoever is answered: what came by a merged ticket is another address, whose day is its own. */
static void
move_window(struct cx *cx, const struct channel_driver *driver, const struct channel_event *event,
            struct identity_id who, struct ticket *ticket)
{
    int64_t from = event->provider_at_us > 0 && event->provider_at_us < cx->now_us
                       ? event->provider_at_us
                       : cx->now_us;
    int64_t ends = from + driver->window_hours * US_PER_HOUR;

    if (driver->window_hours > 0 && ticket->identity.v == who.v && ends > ticket->window_ends_at_us)
        ticket->window_ends_at_us = ends;
}

/*
 * One live ticket for each customer and channel: found, or opened, with a welcome, in the channel's department. One
 * that another customer's message may have changed before this one is asked for again: what they wrote goes on in the
 * ticket into which theirs was merged. Thanks go to the one that was closed just now (thanks.c).
 */
static struct err
enter_ticket(struct cx *cx, struct foreseen *f, const struct entrance *entrance,
             const struct contact_found *who, const struct channel_event *event,
             const struct first_said *first, struct ticket *ticket, struct str *welcome)
{
    const struct channel *channel = &f->channel;
    bool is_foreseen = entrance->has_ticket && !f->company->is_touched, found = false;
    bool is_thanks = false;

    if (is_foreseen)
        TRY(tickets_read_live(cx, &entrance->ticket, &found, ticket));
    if (!is_foreseen || (found && ticket->identity.v != who->identity.v)) {
        f->company->is_touched = true;
        TRY(tickets_lock_live(cx, channel->id, who->identity, &found, ticket));
    }
    *welcome = STR("");
    if (!found)
        TRY(thanks_find(cx, channel->id, who->identity, event, &is_thanks, ticket));
    if (!found && !is_thanks)
        return tickets_open(cx, channel, who, first, ticket, welcome);
    return ticket->identity.v == who->identity.v ? OK
                                                 : tickets_hear_merged(cx, who->identity, ticket);
}

/*
 * While the ticket is the bot's, the bot answers: the first questions until they are over, then whatever flow
 * the ticket is in, by a job of its own. Nobody else speaks, and once a person holds it neither does this.
 */
static struct err
answer(struct cx *cx, struct ticket *ticket, const struct message *message, struct str provider_id,
       struct str secret)
{
    struct str place = str_fmt(cx->arena, "%lld", (long long)message->seq);

    if (ticket->state == TICKET_BOT && ticket->intake_needs != 0)
        return intake_hear(cx, ticket, message, provider_id);
    if (tickets_is_flows(ticket))
        jobs_add(cx, "flow.hear", jobs_lane("ticket", ticket->id.v, 0), ticket->id.v,
                 secret.len == 0 ? place : secret_carry(cx, message, secret), 0);
    return OK;
}

/*
 * What they tap on a template names a flow of ours, and so it is held against what we sent. What was never offered to
 * them is no tap: its label is what they said. *first is what a new ticket begins with.
 */
static struct err
weigh_tap(struct cx *cx, const struct channel_event *event, const struct thread_place *quoted,
          const struct contact_found *who, struct str *detail, struct first_said *first)
{
    const struct json *said = NULL;
    bool is_offered = false;
    struct str id;

    *detail = event->detail;
    *first = (struct first_said){ .words = event->text, .origin = event->origin };
    if (strcmp(event->message_kind, "choice") != 0 ||
        json_parse(cx->arena, event->detail, &said).code != ERR_NONE)
        return OK;
    id = json_get_text(said, "id");
    if (!str_starts(id, STR(TEMPLATE_TAP)))
        return OK;
    if (quoted != NULL)
        TRY(template_offered(cx, quoted, who->contact, id, &is_offered));
    if (is_offered)
        first->template_tap = id;
    else
        *detail = STR("");
    return OK;
}

static struct err
receive_message(struct cx *cx, struct foreseen *f, const struct channel_event *event,
                const struct entrance *entrance)
{
    const struct channel *channel = &f->channel;
    struct contact_found who;
    struct thread_place quoted = { 0 }, seen;
    struct ticket ticket;
    struct message message, said;
    struct str welcome, detail, away = { 0 };
    struct first_said first;
    bool is_known, has_quoted, is_secret;
    enum heeded heeded;

    TRY(provider_ids_read(cx, &entrance->seen, &is_known, &seen));
    if (is_known)
        return secret_again(cx, f, seen);
    if (event->provider_at_us > 0 &&
        event->provider_at_us < cx->now_us - TOO_OLD_DAYS * US_PER_DAY) {
        log_warn("inbound.too_old", "channel=%lld", (long long)channel->id.v);
        return OK;
    }
    TRY(contacts_settle(cx, &entrance->who, event->who_name, &who));
    if (who.is_blocked) {
        contacts_keep_blocked(cx, who.contact, channel->id.v, event->provider_id,
                              str_of(event->message_kind), event->text);
        return OK;
    }
    TRY(provider_ids_read(cx, &entrance->quoted, &has_quoted, &quoted));
    TRY(weigh_tap(cx, event, has_quoted ? &quoted : NULL, &who, &detail, &first));
    TRY(enter_ticket(cx, f, entrance, &who, event, &first, &ticket, &welcome));
    if (has_quoted && quoted.ticket.v != ticket.id.v)
        TRY(template_quote(cx, &quoted, who.contact, &detail));
    TRY(secret_is_asked(cx, &ticket, event->text, &is_secret));
    f->holds_secret = f->holds_secret || is_secret;

    message = (struct message){
        .provider_at_us = event->provider_at_us,
        .direction = STR("in"),
        .author_kind = STR("contact"),
        .kind = str_of(event->message_kind),
        .text = is_secret ? STR(TEXT_HIDDEN) : event->text,
        .detail = detail.len > 0 ? detail : (struct str){ 0 },
        .quoted_seq = has_quoted && quoted.ticket.v == ticket.id.v ? quoted.seq : 0,
        .state = STR("received"),
        .client_key = event->client_key.len > 0 ? event->client_key : (struct str){ 0 },
    };
    TRY(add_files(cx, channel, event, &ticket, &who, &message));
    move_window(cx, channel->driver, event, who.identity, &ticket);
    tickets_append(cx, &ticket, &message);
    if (ticket.state == TICKET_CLOSED)
        ticket.unread_count = 0; /* nobody has to answer */
    provider_ids_claim(cx, channel->id, event->provider_id, &message);
    if (ticket.state != TICKET_CLOSED && !tickets_is_flows(&ticket)) /* a bot is there always */
        TRY(away_note(cx, &f->company->hours, &ticket, &away));
    tickets_save(cx, &ticket, &message);
    if (channel->driver->is_ours)
        visitor_tell(cx, who.identity, &message, STR(""));
    if (ticket.state == TICKET_CLOSED)
        tickets_tell_visitor(cx,
                             &ticket); /* what they say opens one, as far as their screen knows */
    TRY(contacts_heed(cx, who.contact, channel->id.v, ticket.id.v, message.seq, event->text,
                      &heeded));
    if (heeded == HEEDED_BLOCK)
        welcome = away = STR(""); /* nothing else is said to whoever just asked for silence */
    TRY(heeded_say(cx, &ticket, heeded, message.seq));
    if (welcome.len > 0)
        TRY(variables_fill(cx, ticket.id, welcome, &welcome));
    if (welcome.len > 0) {
        tickets_say(cx, &ticket, "bot", welcome, &said);
        tickets_save(cx, &ticket, NULL);
    }
    if (away.len > 0)
        TRY(away_say(cx, &ticket, away));
    return answer(cx, &ticket, &message, event->provider_id, is_secret ? event->text : STR(""));
}

/* One that came along with words of theirs waits for the ticket as those do; the others are statuses.c's. */
static struct err
receive_status(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    struct receipt receipt = receipt_of(f->channel.id, event);
    struct ticket ticket;

    TRY(receipts_apply(cx, &receipt, 1));
    if (receipt.held.v == 0)
        return OK;
    TRY(tickets_lock(cx, receipt.held, &ticket));
    return receipts_apply(cx, &receipt, 1);
}

/* The message that an edit, reaction or revoke is about, its ticket locked. */
static struct err
find_target(struct cx *cx, const struct channel *channel, const struct channel_event *event,
            bool *found, struct ticket *ticket, struct message *out)
{
    struct thread_place place;

    TRY(provider_ids_find(cx, channel->id, event->target, found, &place));
    if (!*found)
        return OK;
    TRY(tickets_lock(cx, place.ticket, ticket));
    return tickets_message_of(cx, ticket, place.seq, out);
}

/* The customer's one reaction beside whatever the team put there. */
static struct err
receive_reaction(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    struct ticket ticket;
    struct message message;
    bool found;

    TRY(find_target(cx, &f->channel, event, &found, &ticket, &message));
    if (!found)
        return OK;
    message.reactions =
        reactions_with(cx, message.reactions, "contact", str_first_code_points(event->emoji, 8));
    tickets_save_message(cx, &ticket, &message);
    return OK;
}

/* What was first written stays readable to those who may see originals; the thread shows the new text. */
static struct err
receive_edit(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    struct ticket ticket;
    struct message message;
    bool found;

    TRY(find_target(cx, &f->channel, event, &found, &ticket, &message));
    if (!found)
        return OK;
    if (secret_is_kept(&message) || message.deleted_at_us != 0)
        f->holds_secret = true; /* said otherwise it is one still */
    else
        amend_text(cx, &ticket, &message, event->text);
    return OK;
}

static struct err
receive_revoke(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    struct ticket ticket;
    struct message message;
    bool found;

    TRY(find_target(cx, &f->channel, event, &found, &ticket, &message));
    if (!found || message.deleted_at_us != 0)
        return OK;
    amend_take_back(cx, &ticket, &message);
    return OK;
}

/* Two addresses of one kind, the new one first. The thread says that it moved. */
static struct err
receive_address_change(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    struct contact_address addresses[3];
    struct contact_found who;
    struct ticket ticket;
    struct buf detail;
    struct json_out o;
    bool found;

    if (entrance_addresses(event, addresses) < 2 ||
        strcmp(addresses[0].kind, addresses[1].kind) != 0)
        return OK; /* the next message carries both kinds and joins them */
    TRY(contacts_move(cx, &addresses[1], &addresses[0]));
    TRY(contacts_resolve(cx, addresses, 1, STR(""), &who));
    TRY(tickets_lock_live(cx, f->channel.id, who.identity, &found, &ticket));
    if (!found)
        return OK;
    o = events_payload(cx, &detail);
    json_kv_str(&o, "event", STR("number_changed"));
    json_kv_str(&o, "address", addresses[0].address);
    json_close(&o, '}');
    tickets_append_system(cx, &ticket, buf_str(&detail));
    tickets_save(cx, &ticket, NULL);
    return OK;
}

/* A visitor's screen has, or the visitor has read, ours up to a place. */
static struct err
receive_read(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    bool is_read = event->state != NULL && strcmp(event->state, "read") == 0;
    struct contact_address addresses[3];
    struct contact_found who;
    struct thread_place up_to;
    struct db_rows rows;

    if (!messages_visitor_place(event->target, &up_to))
        return OK;
    TRY(contacts_resolve(cx, addresses, entrance_addresses(event, addresses), event->who_name,
                         &who));
    TRY(tickets_unseen(cx, f->channel.id, who.identity, up_to,
                       is_read ? STR("{accepted,delivered}") : STR("{accepted}"), &rows));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct message message;
        struct ticket ticket;

        TRY(tickets_lock(cx, (struct ticket_id){ db_i64(&row, 0) }, &ticket));
        TRY(tickets_message_of(cx, &ticket, db_i64(&row, 1), &message));
        if (receipts_move(&message, is_read ? STR("read") : STR("delivered"), STR(""), STR("")))
            tickets_save_message(cx, &ticket, &message);
    }
    return OK;
}

static struct err
receive_trouble(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    return channels_set_state(cx, &f->channel,
                              event->error_slug != NULL ? event->error_slug : "provider_trouble");
}

static struct err
receive_templates(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    (void)event;
    channels_want_templates(cx, &f->channel);
    return OK;
}

/* These ask for themselves; what a message needs was asked before. */
static struct err (*const receivers[])(struct cx *, struct foreseen *,
                                       const struct channel_event *) = {
    [CHANNEL_STATUS] = receive_status,   [CHANNEL_REACTION] = receive_reaction,
    [CHANNEL_EDIT] = receive_edit,       [CHANNEL_REVOKE] = receive_revoke,
    [CHANNEL_READ] = receive_read,       [CHANNEL_ADDRESS_CHANGE] = receive_address_change,
    [CHANNEL_TROUBLE] = receive_trouble, [CHANNEL_TEMPLATES] = receive_templates,
};

static struct err
receive_one(struct cx *cx, struct foreseen *f, const struct channel_event *event)
{
    struct entrance asked_now;

    if (event == f->first)
        return receive_message(cx, f, event, &f->entrance);
    f->company->is_touched = true;
    if (event->kind != CHANNEL_MESSAGE)
        return receivers[event->kind](cx, f, event);
    entrance_ask(cx, f->channel.id, event, &asked_now);
    return receive_message(cx, f, event, &asked_now);
}

struct err
inbound_event_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                   struct job_outcome *out)
{
    struct foreseen *f = job->foreseen;
    const struct channel *channel = &f->channel;

    (void)answer;
    (void)out;
    cx->actor = ACTOR_PROVIDER;
    for (size_t i = 0; i < f->events->n; i++) {
        const struct channel_event *e = &f->events->v[i];
        struct err result;

        if (channels_customer_lane(cx, channel->id, e->who, e->who_count) != job->lane)
            continue;
        result = receive_one(cx, f, e);
        /* One message that nobody can know the author of must not hold the others back. */
        if (result.code == ERR_INVALID && err_is(result, "address_missing")) {
            log_warn("inbound.nobody", "event=%lld", (long long)job->subject_id);
            continue;
        }
        /* Another entrance made the same person or ticket in this very moment: look again. */
        if (result.code == ERR_CONFLICT)
            return FAIL(ERR_RETRY, result.slug);
        TRY(result);
    }
    if (f->holds_secret)
        channels_inbound_hide(cx, job->subject_id);
    channels_inbound_finish(cx, &job->subject_id, 1);
    return OK;
}
