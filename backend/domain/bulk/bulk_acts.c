/*
 * What can be done to many tickets, a row each: what it demands, how it is done to one, how it is taken back.
 */
#include "bulk_private.h"

#include "base/clock.h"

#include <string.h>

static int64_t
id_in(const struct json *object, const char *key)
{
    int64_t id = 0;

    return json_i64(json_get(object, key), &id) ? id : 0;
}

/* --- transfer ----------------------------------------------------------------------- */

static struct err
check_transfer(struct cx *cx, const struct bulk_wish *w)
{
    struct department department;
    struct member member;

    if (w->department_id == 0 && w->assignee_id == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "department_id");
    if (w->department_id != 0)
        TRY(org_require_department(cx, (struct department_id){ w->department_id }, &department));
    if (w->assignee_id != 0)
        TRY(org_require_agent(cx, (struct member_id){ w->assignee_id }, &member));
    return OK;
}

static struct err
give(struct cx *cx, struct ticket_id id, int64_t department_id, int64_t assignee_id)
{
    struct ticket ticket;

    return tickets_transfer(
        cx, id,
        &(struct ticket_transfer){ .department = { department_id }, .assignee = { assignee_id } },
        &ticket);
}

static struct err
do_transfer(struct cx *cx, struct ticket_id id, const struct bulk_wish *w)
{
    return give(cx, id, w->department_id, w->assignee_id);
}

static struct err
undo_transfer(struct cx *cx, struct ticket_id id, const struct bulk_wish *w, const struct json *was)
{
    (void)w;
    return give(cx, id, id_in(was, "department_id"), id_in(was, "assignee_id"));
}

static void
see_holder(struct json_out *o, const struct ticket *t, const struct bulk_wish *w)
{
    (void)w;
    json_kv_i64(o, "assignee_id", t->assignee.v);
    json_kv_i64(o, "closed_at_us", t->closed_at_us);
    json_kv_i64(o, "department_id", t->department.v);
}

/* --- tag ---------------------------------------------------------------------------- */

static struct err
check_tag(struct cx *cx, const struct bulk_wish *w)
{
    struct tag tag;

    if (w->tag_id == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "tag_id");
    if (tags_lock(cx, (struct tag_id){ w->tag_id }, &tag).code != ERR_NONE)
        return FAIL_FIELD(ERR_NOT_FOUND, "tag_unknown", "tag_id");
    return OK;
}

static struct err
do_tag(struct cx *cx, struct ticket_id id, const struct bulk_wish *w)
{
    struct ticket ticket;

    return tags_on_ticket(cx, id, (struct tag_id){ w->tag_id }, true, &ticket);
}

static struct err
do_untag(struct cx *cx, struct ticket_id id, const struct bulk_wish *w)
{
    struct ticket ticket;

    return tags_on_ticket(cx, id, (struct tag_id){ w->tag_id }, false, &ticket);
}

static struct err
undo_tag(struct cx *cx, struct ticket_id id, const struct bulk_wish *w, const struct json *was)
{
    return json_is_true(json_get(was, "is_on")) ? do_tag(cx, id, w) : do_untag(cx, id, w);
}

static bool
carries(struct str array, int64_t tag)
{
    struct str word;
    int64_t id;

    array = (struct str){ array.p + 1, array.len < 2 ? 0 : array.len - 2 };
    while (str_cut(&array, ',', &word))
        if (str_i64(word, &id) && id == tag)
            return true;
    return str_i64(array, &id) && id == tag;
}

static void
see_tag(struct json_out *o, const struct ticket *t, const struct bulk_wish *w)
{
    json_kv_bool(o, "is_on", carries(t->tag_ids, w->tag_id));
}

/* --- close -------------------------------------------------------------------------- */

static struct err
check_close(struct cx *cx, const struct bulk_wish *w)
{
    struct closing_words closing;

    return settings_closing(cx, (struct close_reason_id){ w->reason_id }, &closing);
}

static struct err
do_close(struct cx *cx, struct ticket_id id, const struct bulk_wish *w)
{
    struct ticket ticket;

    return tickets_close(cx, id, (struct close_reason_id){ w->reason_id }, (struct str){ 0 },
                         &ticket);
}

/*
 * Open again, and with whom it was; with whoever takes it back when they can no longer have it. One whose customer is
 * still asked what they think was never closed: it only changes hands.
 */
static struct err
undo_close(struct cx *cx, struct ticket_id id, const struct bulk_wish *w, const struct json *was)
{
    int64_t department_id = id_in(was, "department_id"), assignee_id = id_in(was, "assignee_id");
    struct ticket ticket, live;
    struct err e;

    (void)w;
    e = tickets_reopen(cx, id, &live, &ticket);
    if (err_is(e, "not_closed"))
        return give(cx, id, department_id, assignee_id).code == ERR_NONE
                   ? OK
                   : give(cx, id, department_id, cx->member.v);
    TRY(e);
    if (assignee_id != cx->member.v)
        (void)!give(cx, id, department_id, assignee_id).code;
    return OK;
}

static void
see_end(struct json_out *o, const struct ticket *t, const struct bulk_wish *w)
{
    see_holder(o, t, w);
    json_kv_bool(o, "is_concluded", t->is_concluded);
}

/* --- snooze ------------------------------------------------------------------------- */

static struct err
check_snooze(struct cx *cx, const struct bulk_wish *w)
{
    int64_t until_us;

    if (!clock_parse(w->until, &until_us))
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "until");
    return until_us > cx->now_us ? OK : FAIL_FIELD(ERR_INVALID, "until_past", "until");
}

static struct err
do_snooze(struct cx *cx, struct ticket_id id, const struct bulk_wish *w)
{
    struct ticket ticket;
    int64_t until_us;

    TRY(check_snooze(cx, w));
    if (!clock_parse(w->until, &until_us))
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "until");
    return tickets_snooze(cx, id, until_us, &ticket);
}

static struct err
undo_snooze(struct cx *cx, struct ticket_id id, const struct bulk_wish *w, const struct json *was)
{
    int64_t until_us = id_in(was, "snoozed_until_us");
    struct ticket ticket;

    (void)w;
    return tickets_snooze(cx, id, until_us > cx->now_us ? until_us : 0, &ticket);
}

static void
see_sleep(struct json_out *o, const struct ticket *t, const struct bulk_wish *w)
{
    (void)w;
    json_kv_i64(o, "snoozed_until_us", t->snoozed_until_us);
}

/* --- read --------------------------------------------------------------------------- */

static struct err
check_nothing(struct cx *cx, const struct bulk_wish *w)
{
    (void)cx;
    (void)w;
    return OK;
}

static struct err
do_read(struct cx *cx, struct ticket_id id, const struct bulk_wish *w)
{
    struct ticket ticket;
    bool was_unread;

    (void)w;
    TRY(tickets_lock(cx, id, &ticket));
    return tickets_read(cx, id, ticket.last_seq, &was_unread);
}

static struct err
undo_read(struct cx *cx, struct ticket_id id, const struct bulk_wish *w, const struct json *was)
{
    struct ticket ticket;

    (void)w;
    return json_is_true(json_get(was, "is_unread")) ? tickets_unread(cx, id, &ticket) : OK;
}

static void
see_unread(struct json_out *o, const struct ticket *t, const struct bulk_wish *w)
{
    (void)w;
    json_kv_bool(o, "is_unread", t->unread_count > 0);
    json_kv_i64(o, "last_inbound_at_us", t->last_inbound_at_us);
}

static const struct bulk_act acts[] = {
    { "transfer", "tickets.transfer", check_transfer, do_transfer, undo_transfer, see_holder },
    { "tag", "tickets.tag", check_tag, do_tag, undo_tag, see_tag },
    { "untag", "tickets.tag", check_tag, do_untag, undo_tag, see_tag },
    { "close", "tickets.close", check_close, do_close, undo_close, see_end },
    { "snooze", "tickets.snooze", check_snooze, do_snooze, undo_snooze, see_sleep },
    { "read", "tickets.view", check_nothing, do_read, undo_read, see_unread },
    { 0 },
};

const struct bulk_act *
bulk_act_find(struct str name)
{
    for (const struct bulk_act *act = acts; act->name != NULL; act++)
        if (str_eq(name, str_of(act->name)))
            return act;
    return NULL;
}
