#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "tickets_private.h"

#include "tickets.sql.h"

/* Who may read one ticket although it is out of their scope. A mention never widens; this does. */

static struct str
detail_of(struct cx *cx, struct member_id reader)
{
    return str_fmt(cx->arena, "{\"after\":{\"reader_id\":%lld}}", (long long)reader.v);
}

struct err
tickets_invite(struct cx *cx, struct ticket_id id, struct member_id reader)
{
    struct ticket ticket;
    struct member member;
    struct err e;

    TRY(tickets_lock(cx, id, &ticket));
    e = org_require_agent(cx, reader, &member);
    if (e.code == ERR_NOT_FOUND || (e.code == ERR_CONFLICT && !member.is_active))
        return FAIL_FIELD(e.code, e.slug, "member_id");
    TRY(db_exec(cx, &SQL_reader_add, NULL, P_ID(cx->account), P_ID(id), P_ID(reader),
                P_ID(cx->member), P_TIME(cx->now_us)));
    audit_add(cx, "ticket.invited", "ticket", id.v, detail_of(cx, reader));
    return OK;
}

struct err
tickets_uninvite(struct cx *cx, struct ticket_id id, struct member_id reader)
{
    struct ticket ticket;
    int64_t changed;

    TRY(tickets_lock(cx, id, &ticket));
    TRY(db_exec(cx, &SQL_reader_remove, &changed, P_ID(cx->account), P_ID(id), P_ID(reader)));
    if (changed > 0)
        audit_add(cx, "ticket.uninvited", "ticket", id.v, detail_of(cx, reader));
    return OK;
}

struct err
tickets_readers(struct cx *cx, struct ticket_id id, struct db_rows *rows)
{
    struct ticket ticket;

    TRY(tickets_get(cx, id, &ticket));
    return db_many(cx, &SQL_reader_list, rows, P_ID(cx->account), P_ID(id));
}

struct err
tickets_reads(struct cx *cx, struct ticket_id id, struct member_id member, bool *out)
{
    const char *const *bound = cx->bound;
    const struct access *access;
    struct db_row row, seen;
    bool found;
    struct err e;

    TRY(db_opt(cx, &SQL_reader_user, &found, &row, P_ID(cx->account), P_ID(member)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "member_unknown", "mention_ids");
    TRY(access_look(cx, cx->account, (struct user_id){ db_i64(&row, 0) }, &access));
    *out = false;
    if (access == NULL || !access->is_active)
        return OK;
    /* The statement is theirs for a moment: what they see is asked by the text that shows it to them. */
    cx->bound = access->bound;
    e = db_opt(cx, &SQL_ticket_seen, out, &seen, P_ID(cx->account), P_ID(id));
    cx->bound = bound;
    return e;
}
