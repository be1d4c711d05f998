/*
 * Writing first. Whether we may is the channel's to say: WhatsApp lets us while the customer's day lasts, and
 * else only by a template (templates.h); a webchat reaches whoever was there before. There are never two open tickets of one
 * customer on a channel: when theirs is open, or opens while we write, the author is shown that one.
 */
#include "start.h"
#include "tickets_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "tickets.sql.h"
#include "tickets_start.sql.h"

enum { REACHES_MAX = 32 };

static const char *const standings[] = {
    [START_FREE] = "free",
    [START_LIVE] = "live",
    [START_TEMPLATE] = "template_needed",
    [START_STRANGER] = "visitor_unknown",
};

static enum start_standing
standing_of(struct cx *cx, const struct start_way *way)
{
    if (way->live.v != 0)
        return START_LIVE;
    if (way->driver->is_ours && !way->has_written)
        return START_STRANGER;
    if (way->driver->window_hours > 0 && way->window_ends_at_us <= cx->now_us)
        return START_TEMPLATE;
    return START_FREE;
}

static struct start_way
way_at(struct cx *cx, const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);
    struct start_way way = {
        .channel = { db_i64(&row, 0) },
        .driver = channels_driver(db_str(&row, 1)),
        .department = { db_i64(&row, 2) },
        .identity = { db_i64(&row, 3) },
        .kind = db_str(&row, 4),
        .address = db_str(&row, 5),
        .live = { db_i64(&row, 6) },
        .live_protocol = db_str(&row, 7),
        .is_live_seen = db_bool(&row, 8),
        .window_ends_at_us = db_time(&row, 9),
        .has_written = db_bool(&row, 10),
    };

    way.standing = standing_of(cx, &way);
    way.standing_name = standings[way.standing];
    return way;
}

/* $3 and $4 of start_ways: every pair that a driver's table holds. */
static size_t
list_reaches(struct str channel_kinds[REACHES_MAX], struct str identity_kinds[REACHES_MAX])
{
    size_t n = 0;

    for (const struct channel_driver *const *d = channel_drivers; *d != NULL; d++)
        for (const char *const *kind = (*d)->reaches; *kind != NULL && n < REACHES_MAX; kind++) {
            channel_kinds[n] = str_of((*d)->kind);
            identity_kinds[n++] = str_of(*kind);
        }
    return n;
}

static struct err
find_ways(struct cx *cx, struct contact_id contact, struct channel_id channel,
          struct identity_id identity, struct start_way **out, size_t *n)
{
    struct str channel_kinds[REACHES_MAX], identity_kinds[REACHES_MAX];
    size_t reaches = list_reaches(channel_kinds, identity_kinds);
    struct db_rows rows;

    TRY(db_many(cx, &SQL_start_ways, &rows, P_ID(cx->account), P_ID(contact),
                db_p_strs(cx->arena, channel_kinds, reaches),
                db_p_strs(cx->arena, identity_kinds, reaches), P_ID(channel), P_ID(identity),
                P_TIME(cx->now_us)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct start_way, *n);
    for (int i = 0; i < rows.count; i++)
        (*out)[i] = way_at(cx, &rows, i);
    return OK;
}

/* Whoever is blocked or wants no messages is not written to, on any channel. */
static struct err
require_reachable(struct cx *cx, struct contact_id contact, bool by_number, const char **refusal)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_start_contact, &found, &row, P_ID(cx->account), P_ID(contact),
               P_BOOL(by_number)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "not_found");
    *refusal = db_bool(&row, 0) ? "contact_blocked" : db_bool(&row, 1) ? "opted_out" : NULL;
    return OK;
}

struct err
tickets_start_ways(struct cx *cx, struct contact_id contact, const char **refusal,
                   struct start_way **out, size_t *n)
{
    TRY(require_reachable(cx, contact, false, refusal));
    return find_ways(cx, contact, (struct channel_id){ 0 }, (struct identity_id){ 0 }, out, n);
}

/* The contact of a number, made when nobody has it: that is what it takes to write to somebody new. */
static struct err
find_by_number(struct cx *cx, const struct ticket_start *wish, struct contact_id *contact,
               struct identity_id *identity)
{
    struct contact_address address = { "phone", wish->phone, false };
    struct contact_found who;

    if (contacts_identity_key(cx->arena, "phone", wish->phone).len == 0)
        return FAIL_FIELD(ERR_INVALID, "phone_invalid", "phone");
    TRY(contacts_resolve(cx, &address, 1, wish->name, &who));
    if (who.is_new)
        TRY(access_require(cx, "contacts.create"));
    *contact = who.contact;
    *identity = who.identity;
    return OK;
}

/* Of several addresses on the channel the one that was written to before comes first. */
static struct err
choose_way(struct cx *cx, const struct ticket_start *wish, struct contact_id contact,
           struct identity_id identity, struct start_way *out)
{
    struct start_way *ways;
    size_t n;

    TRY(find_ways(cx, contact, wish->channel, identity, &ways, &n));
    if (n == 0)
        return FAIL_FIELD(ERR_CONFLICT, "not_reachable_here", "channel_id");
    *out = ways[0];
    return OK;
}

static struct err
require_free(const struct ticket_start *wish, const struct start_way *way)
{
    bool needs_template = way->standing == START_TEMPLATE && wish->template.v == 0;

    if (needs_template || way->standing == START_STRANGER)
        return FAIL_FIELD(ERR_CONFLICT, way->standing_name, "channel_id");
    if ((int64_t)str_code_points(wish->text) > way->driver->text_max)
        return FAIL_FIELD(ERR_INVALID, "too_long", "text");
    return OK;
}

/* Their ticket is open: the author's own from this very request, or somebody's. */
static struct err
meet_live(struct cx *cx, const struct ticket_start *wish, const struct start_way *way,
          struct ticket *live, struct ticket *out, bool *is_new)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_start_repeated, &found, &row, P_ID(cx->account), P_ID(way->live),
               P_STR(wish->client_key)));
    if (found) {
        *is_new = false;
        return tickets_get(cx, way->live, out);
    }
    if (way->is_live_seen) {
        live->id = way->live;
        live->protocol = way->live_protocol;
    }
    return FAIL(ERR_CONFLICT, "one_live_ticket");
}

/* What it costs is its author's to be allowed. Filled before anything is written. */
static struct err
fill_template(struct cx *cx, const struct ticket_start *wish, struct template_words *out)
{
    *out = (struct template_words){ 0 };
    if (wish->template.v == 0)
        return OK;
    TRY(access_require(cx, "messages.template"));
    if (wish->text.len > 0)
        return FAIL_FIELD(ERR_INVALID, "text_and_template", "text");
    return templates_fill(cx,
                          &(struct template_wish){ .template = wish->template,
                                                   .channel = wish->channel,
                                                   .params = wish->params,
                                                   .param_count = wish->param_count },
                          out);
}

static struct err
require_channel(struct cx *cx, struct channel_id id)
{
    struct channel channel;

    if (channels_get(cx, id, &channel).code != ERR_NONE)
        return FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown", "channel_id");
    return channel.is_active ? OK : FAIL_FIELD(ERR_CONFLICT, "channel_inactive", "channel_id");
}

/* Whoever never wrote has opened no window: it is as closed as one that is over. */
static int64_t
window_of(struct cx *cx, const struct start_way *way)
{
    if (way->driver->window_hours == 0)
        return 0;
    return way->window_ends_at_us != 0 ? way->window_ends_at_us : cx->now_us;
}

static struct err
say_template(struct cx *cx, const struct ticket_start *wish, const struct start_way *way,
             const struct template_words *words, const char *author_kind, struct ticket *ticket)
{
    struct attachment *file = NULL;
    struct message said;

    if (wish->attachment_id != 0) {
        file = arena_new_of(cx->arena, struct attachment);
        TRY(tickets_claim_upload(cx, ticket, wish->attachment_id, file));
    }
    TRY(tickets_check_template_file(way->driver, words, file));
    tickets_say_template(cx, ticket, author_kind, words, file, &said);
    return OK;
}

/* In the author's hands; a program's has none, so it waits in the queue. */
static struct err
open_ticket(struct cx *cx, const struct ticket_start *wish, const struct start_way *way,
            const struct template_words *template, struct ticket *ticket)
{
    const char *author_kind = cx->member.v != 0 ? "member" : "bot";
    struct message said;
    struct buf detail;
    struct json_out o;
    struct str welcome;

    TRY(tickets_add(cx, way->channel, way->identity,
                    wish->department.v != 0 ? wish->department : way->department, NULL, ticket,
                    &welcome));
    ticket->window_ends_at_us = window_of(cx, way);
    tickets_hand_over(cx, ticket, cx->member.v != 0 ? TICKET_SERVING : TICKET_WAITING, cx->member,
                      "ticket.started");
    o = tickets_act_line(cx, &detail, "ticket_started");
    json_kv_str(&o, "protocol", ticket->protocol);
    json_close(&o, '}');
    tickets_append_keyed(cx, ticket, buf_str(&detail), wish->client_key);
    if (wish->text.len > 0)
        tickets_say(cx, ticket, author_kind, wish->text, &said);
    else if (wish->template.v != 0)
        TRY(say_template(cx, wish, way, template, author_kind, ticket));
    ticket->first_reply_at_us = 0; /* nobody has asked anything yet */
    tickets_save(cx, ticket, NULL);
    tickets_tell_visitor(cx, ticket);
    return OK;
}

struct err
tickets_start(struct cx *cx, const struct ticket_start *wish, struct ticket *live,
              struct ticket *out, bool *is_new)
{
    bool by_number = wish->contact.v == 0;
    struct contact_id contact = wish->contact;
    struct identity_id identity = wish->identity;
    struct department department;
    struct template_words template;
    struct start_way way;
    const char *refusal;
    struct err e;

    db_assert_tx(cx);
    *live = (struct ticket){ 0 };
    *is_new = true;
    TRY(require_channel(cx, wish->channel));
    if (by_number) {
        e = find_by_number(cx, wish, &contact, &identity);
        if (e.code == ERR_CONFLICT)
            return FAIL(ERR_RETRY, e.slug); /* somebody else made the same person just now */
        TRY(e);
    }
    TRY(require_reachable(cx, contact, by_number, &refusal));
    if (refusal != NULL)
        return FAIL(ERR_CONFLICT, refusal);
    if (wish->department.v != 0)
        TRY(org_require_department(cx, wish->department, &department));
    TRY(choose_way(cx, wish, contact, identity, &way));
    if (way.standing == START_LIVE)
        return meet_live(cx, wish, &way, live, out, is_new);
    TRY(require_free(wish, &way));
    TRY(fill_template(cx, wish, &template));
    e = open_ticket(cx, wish, &way, &template, out);
    /* The customer wrote in this very moment, or their request came twice: look again. */
    return e.code == ERR_CONFLICT && err_is(e, "one_live_ticket") ? FAIL(ERR_RETRY, e.slug) : e;
}
