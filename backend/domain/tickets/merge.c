/*
 * Two tickets that are one story. A thread lives by the numbers of its own ticket, and what a provider calls a message
 * by is its ticket's for good, so nothing is copied: the one that ends points to the one that goes on.
 *
 * Only on one channel. Answers leave where the ticket is, and what the customer of the other wrote elsewhere would be
 * answered in a place where they may never look again. A target that is itself a chapter, and a source that has
 * chapters, are refused: a story has one level, so that each link can be taken back by itself and exactly.
 */
#include "tickets_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "tickets.sql.h"
#include "tickets_merge.sql.h"

static bool
has_chapters(const struct ticket *ticket)
{
    return !str_eq(ticket->merged_ids, STR("{}"));
}

/* A side that the caller does not see has no id afterwards. */
static struct err
hold(struct cx *cx, struct ticket_id source, struct ticket_id target, struct ticket_pair *out)
{
    const int64_t ids[] = { source.v, target.v };
    struct db_rows rows;

    db_assert_tx(cx);
    *out = (struct ticket_pair){ 0 };
    TRY(db_many(cx, &SQL_ticket_pair_lock, &rows, P_ID(cx->account), db_p_i64s(cx->arena, ids, 2)));
    for (int i = 0; i < rows.count; i++) {
        struct ticket ticket = tickets_at(&rows, i);

        *(ticket.id.v == source.v ? &out->source : &out->target) = ticket;
    }
    return OK;
}

static struct err
require_same(const struct ticket *source, const struct ticket *target)
{
    if (source->contact.v != target->contact.v)
        return FAIL_FIELD(ERR_CONFLICT, "contact_differs", "into_id");
    if (source->channel.v != target->channel.v)
        return FAIL_FIELD(ERR_CONFLICT, "channel_differs", "into_id");
    if (source->identity.v != target->identity.v && ticket_is_visitors(source))
        return FAIL_FIELD(ERR_CONFLICT, "visitor_differs", "into_id");
    return OK;
}

static struct err
require_mergeable(const struct ticket *source, const struct ticket *target)
{
    if (source->merged_into.v != 0)
        return FAIL(ERR_CONFLICT, "ticket_merged");
    if (has_chapters(source))
        return FAIL(ERR_CONFLICT, "ticket_has_chapters");
    if (target->merged_into.v != 0)
        return FAIL_FIELD(ERR_CONFLICT, "ticket_merged", "into_id");
    TRY(require_same(source, target));
    if (target->state == TICKET_CLOSED)
        return FAIL_FIELD(ERR_CONFLICT, "ticket_closed", "into_id");
    if (target->state != TICKET_WAITING && target->state != TICKET_SERVING)
        return FAIL_FIELD(ERR_CONFLICT, "ticket_with_bot", "into_id");
    /* Whoever sees the target reads the chapter: what few may read is not let out by this door. */
    if (source->is_confidential && !target->is_confidential)
        return FAIL_FIELD(ERR_CONFLICT, "ticket_confidential", "into_id");
    return OK;
}

/* {"event": event, "member_id":…, "ticket_id": the other, "protocol":…} */
static struct str
line_about(struct cx *cx, const char *event, const struct ticket *other)
{
    struct buf detail;
    struct json_out o = tickets_act_line(cx, &detail, event);

    json_kv_i64(&o, "ticket_id", other->id.v);
    json_kv_str(&o, "protocol", other->protocol);
    json_close(&o, '}');
    return buf_str(&detail);
}

/* One row of the act, on the one that ends or comes back; and one on the other, of what became of it by that. */
static void
leave_trail(struct cx *cx, const struct ticket_pair *pair, bool is_merged)
{
    struct audit_change source = { 0 }, target = { 0 };
    int64_t from = pair->source.id.v, into = pair->target.id.v;

    audit_id(&source, "merged_into", is_merged ? 0 : into, is_merged ? into : 0);
    audit_changed(cx, is_merged ? "ticket.merged" : "ticket.unmerged", "ticket", from, &source);
    audit_id(&target, "chapter_id", is_merged ? 0 : from, is_merged ? from : 0);
    audit_changed(cx, is_merged ? "ticket.joined" : "ticket.parted", "ticket", into, &target);
}

/* Without a word to the customer, who goes on being served. What had ended before stays where it is in the lists. */
static void
end_source(struct cx *cx, struct ticket *source, const struct ticket *target)
{
    bool was_live = source->state != TICKET_CLOSED;

    source->merged_into = target->id;
    if (was_live) {
        tickets_hand_over(cx, source, TICKET_CLOSED, source->assignee, "ticket.closed");
        source->closed_at_us = cx->now_us;
        source->closed_by = cx->member;
        source->unread_count = 0;
        source->woken_at_us = 0;
        tickets_append_system(cx, source, line_about(cx, "ticket_merged", target));
    } else {
        tickets_append_quiet(cx, source, line_about(cx, "ticket_merged", target));
    }
    tickets_save(cx, source, NULL);
}

struct err
tickets_merge(struct cx *cx, struct ticket_id source_id, struct ticket_id target_id,
              struct ticket_pair *out)
{
    struct ticket *source = &out->source, *target = &out->target;
    struct ticket was;
    struct db_row row;

    TRY(hold(cx, source_id, target_id, out));
    if (source->id.v == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    if (source_id.v == target_id.v)
        return FAIL_FIELD(ERR_INVALID, "ticket_is_itself", "into_id");
    if (target->id.v == 0)
        return FAIL_FIELD(ERR_NOT_FOUND, "ticket_unknown", "into_id");
    if (source->merged_into.v == target->id.v)
        return OK; /* asked twice, merged once */
    TRY(require_mergeable(source, target));

    was = *source;
    end_source(cx, source, target);
    TRY(db_one(cx, &SQL_ticket_merge_link, &row, P_ID(cx->account), P_ID(source_id),
               P_ID(target_id)));
    target->merged_ids = db_str(&row, 0);
    target->unread_count += was.unread_count; /* what nobody has read is still to be read */
    tickets_append_system(cx, target, line_about(cx, "ticket_joined", source));
    tickets_save(cx, target, NULL);
    db_queue(cx, &SQL_ticket_merge_add, P_ID(cx->account), P_ID(source_id), P_ID(target_id),
             P_ID(cx->member), P_TIME(cx->now_us), P_STR(str_of(ticket_state_names[was.state])),
             P_I64(was.unread_count), P_ID(was.taken_from), P_TIME(was.snoozed_until_us),
             P_TIME(was.out_of_hours_at_us));
    leave_trail(cx, out, true);
    return OK;
}

/* What the row of the merge says of the source before it. */
struct former {
    int64_t merge_id;
    struct ticket_id target; /* into which it was merged */
    enum ticket_state state;
    int64_t unread_count;
    struct member_id taken_from;
    int64_t snoozed_until_us, out_of_hours_at_us;
};

static struct err
read_former(struct cx *cx, struct ticket_id source, struct former *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_ticket_merge_last, &found, &row, P_ID(cx->account), P_ID(source)));
    if (!found)
        return FAIL(ERR_CONFLICT, "not_merged");
    *out = (struct former){
        .merge_id = db_i64(&row, 0),
        .target = { db_i64(&row, 1) },
        .state = ticket_state_of(db_str(&row, 2)),
        .unread_count = db_i64(&row, 3),
        .taken_from = { db_i64(&row, 4) },
        .snoozed_until_us = db_time(&row, 5),
        .out_of_hours_at_us = db_time(&row, 6),
    };
    return OK;
}

static bool
still_serves(struct cx *cx, const struct ticket *ticket)
{
    struct member member;

    return org_require_agent(cx, ticket->assignee, &member).code == ERR_NONE &&
           org_require_channel(cx, ticket->assignee, ticket->channel.v).code == ERR_NONE;
}

/* In the same hands, or at the same place in its queue; at its end when the hands are gone. */
static void
give_back(struct cx *cx, struct ticket *source, const struct former *former)
{
    bool is_lost = former->state == TICKET_SERVING && !still_serves(cx, source);
    int64_t queued_at_us = source->queued_at_us, assigned_at_us = source->assigned_at_us;

    tickets_hand_over(cx, source, is_lost ? TICKET_WAITING : former->state,
                      is_lost ? (struct member_id){ 0 } : source->assignee, "ticket.reopened");
    if (!is_lost) {
        source->queued_at_us = queued_at_us;
        source->assigned_at_us = assigned_at_us;
        source->taken_from = former->taken_from;
    }
    source->closed_at_us = 0;
    source->closed_by.v = 0;
    source->unread_count = former->unread_count;
    source->out_of_hours_at_us = former->out_of_hours_at_us;
    if (former->snoozed_until_us > cx->now_us)
        source->snoozed_until_us = former->snoozed_until_us; /* its timer still waits */
}

/* Asked twice, undone once. */
static struct err
as_they_are(struct cx *cx, struct ticket_pair *out)
{
    struct former former;

    TRY(read_former(cx, out->source.id, &former));
    return tickets_get(cx, former.target, &out->target);
}

struct err
tickets_unmerge(struct cx *cx, struct ticket_id source_id, struct ticket *live,
                struct ticket_pair *out)
{
    struct ticket *source = &out->source, *target = &out->target;
    struct ticket_id target_id;
    struct former former;
    struct db_row row;
    bool is_served;

    *live = (struct ticket){ 0 };
    TRY(tickets_get(cx, source_id, source));
    target_id = source->merged_into;
    if (target_id.v == 0)
        return as_they_are(cx, out);
    TRY(hold(cx, source_id, target_id, out));
    if (source->id.v == 0 || target->id.v == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    if (source->merged_into.v != target_id.v)
        return FAIL(ERR_RETRY, "ticket_merged"); /* somebody was faster */
    TRY(read_former(cx, source_id, &former));
    if (former.state != TICKET_CLOSED) {
        TRY(tickets_find_live(cx, source, &is_served, live));
        if (is_served)
            return FAIL(ERR_CONFLICT, "one_live_ticket");
    }

    TRY(db_one(cx, &SQL_ticket_merge_unlink, &row, P_ID(cx->account), P_ID(source_id),
               P_ID(target_id)));
    target->merged_ids = db_str(&row, 0);
    source->merged_into.v = 0;
    if (former.state != TICKET_CLOSED) {
        give_back(cx, source, &former);
        tickets_append_system(cx, source, line_about(cx, "ticket_unmerged", target));
    } else {
        tickets_append_quiet(cx, source, line_about(cx, "ticket_unmerged", target));
    }
    tickets_save(cx, source, NULL);
    tickets_append_quiet(cx, target, line_about(cx, "ticket_parted", source));
    tickets_save(cx, target, NULL);
    db_queue(cx, &SQL_ticket_merge_undo, P_ID(cx->account), P_I64(former.merge_id),
             P_ID(cx->member), P_TIME(cx->now_us));
    leave_trail(cx, out, false);
    return db_hear(cx);
}

struct err
tickets_hear_merged(struct cx *cx, struct identity_id identity, struct ticket *ticket)
{
    struct ticket source = { 0 };
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_ticket_merge_heard, &found, &row, P_ID(cx->account), P_ID(ticket->channel),
               P_ID(identity), P_ID(ticket->id)));
    if (!found)
        return FAIL(ERR_RETRY, "not_merged"); /* undone while we waited for the lock */
    source.id.v = db_i64(&row, 1);
    source.protocol = db_str(&row, 2);
    if (ticket->last_seq != db_i64(&row, 3))
        tickets_append_quiet(cx, ticket, line_about(cx, "ticket_heard", &source));
    db_queue(cx, &SQL_ticket_merge_hear, P_ID(cx->account), P_I64(db_i64(&row, 0)),
             P_I64(ticket->last_seq + 1));
    return OK;
}

struct err
tickets_chapters(struct cx *cx, struct ticket_id id, struct db_rows *rows)
{
    return db_many(cx, &SQL_chapter_list, rows, P_ID(cx->account), P_ID(id));
}
