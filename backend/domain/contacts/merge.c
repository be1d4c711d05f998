#include "merge.h"

#include "contacts_private.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/events/events.h"

#include "contacts_merge.sql.h"

/* One side, as it is while both are held. */
struct side {
    struct contact_id id;
    struct str email, notes, consent;
    bool is_blocked, is_deleted;
    int64_t merged_into;
};

static struct side
side_from_row(const struct db_row *row)
{
    return (struct side){
        .id = { db_i64(row, 0) },
        .email = db_str(row, 2),
        .notes = db_str(row, 3),
        .consent = db_str(row, 4),
        .is_blocked = db_bool(row, 5),
        .is_deleted = db_bool(row, 6),
        .merged_into = db_i64(row, 7),
    };
}

/*
 * Holds both, the lower id first, then their tickets: nobody writes to either until the end. A side
 * that the member does not see has no id afterwards.
 */
static struct err
hold(struct cx *cx, struct contact_id kept, struct contact_id gone, struct side *k, struct side *g)
{
    const int64_t ids[] = { kept.v, gone.v };
    struct db_rows rows, tickets;

    *k = *g = (struct side){ .id = { 0 } };
    TRY(db_many(cx, &SQL_merge_lock, &rows, P_ID(cx->account), db_p_i64s(cx->arena, ids, 2)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        *(db_i64(&row, 0) == kept.v ? k : g) = side_from_row(&row);
    }
    return db_many(cx, &SQL_merge_hold_tickets, &tickets, P_ID(cx->account),
                   db_p_i64s(cx->arena, ids, 2));
}

/* Who said no on either side is not written to. */
static struct str
stricter(struct str a, struct str b)
{
    if (str_eq(a, STR("withdrawn")) || str_eq(b, STR("withdrawn")))
        return STR("withdrawn");
    return str_eq(a, STR("none")) ? b : a;
}

static void
tell(struct cx *cx, struct contact_id kept, struct contact_id gone)
{
    struct buf buf;
    struct json_out o = events_payload(cx, &buf);

    json_kv_i64(&o, "contact_id", gone.v);
    json_kv_i64(&o, "kept_id", kept.v);
    json_close(&o, '}');
    events_tell_members(cx, "contact.merged", buf_str(&buf));
}

static void
move(struct cx *cx, struct contact_id kept, struct contact_id gone, int64_t merge)
{
    db_queue(cx, &SQL_merge_identities, P_ID(cx->account), P_ID(kept), P_ID(gone), P_I64(merge));
    db_queue(cx, &SQL_merge_tickets, P_ID(cx->account), P_ID(kept), P_ID(gone), P_I64(merge));
    db_queue(cx, &SQL_merge_customers, P_ID(cx->account), P_ID(kept), P_ID(gone), P_I64(merge),
             P_TIME(cx->now_us));
    db_queue(cx, &SQL_merge_groups, P_ID(cx->account), P_ID(kept), P_ID(gone), P_I64(merge),
             P_TIME(cx->now_us));
    db_queue(cx, &SQL_merge_values, P_ID(cx->account), P_ID(kept), P_ID(gone), P_I64(merge));
    db_queue(cx, &SQL_merge_tags, P_ID(cx->account), P_ID(kept), P_ID(gone), P_I64(merge));
}

struct err
contacts_merge(struct cx *cx, struct contact_id kept, struct contact_id gone, int64_t *merge_id)
{
    struct str nothing = { 0 }, email, notes, consent;
    struct side k, g;
    struct db_row row;
    bool blocks;

    db_assert_tx(cx);
    if (kept.v == gone.v)
        return FAIL_FIELD(ERR_INVALID, "contact_is_itself", "contact_id");
    TRY(hold(cx, kept, gone, &k, &g));
    if (k.id.v == 0)
        return FAIL(ERR_NOT_FOUND, "not_found");
    if (g.id.v == 0)
        return FAIL_FIELD(ERR_NOT_FOUND, "contact_unknown", "contact_id");
    if (k.is_deleted || g.is_deleted)
        return FAIL(ERR_CONFLICT, "contact_deleted");
    email = k.email.len == 0 && g.email.len > 0 ? g.email : nothing;
    notes = k.notes.len == 0 && g.notes.len > 0 ? g.notes : nothing;
    consent = stricter(k.consent, g.consent);
    blocks = g.is_blocked && !k.is_blocked;

    TRY(db_one(cx, &SQL_merge_add, &row, P_ID(cx->account), P_ID(kept), P_ID(gone), P_STR(email),
               P_STR(notes), P_STR(k.consent), P_STR(consent), P_BOOL(blocks), P_ID(cx->member),
               P_TIME(cx->now_us)));
    *merge_id = db_i64(&row, 0);
    move(cx, kept, gone, *merge_id);
    db_queue(cx, &SQL_merge_keep, P_ID(cx->account), P_ID(kept), P_STR(email), P_STR(notes),
             P_STR(consent), P_BOOL(blocks), P_ID(gone), P_TIME(cx->now_us));
    db_queue(cx, &SQL_merge_hide, P_ID(cx->account), P_ID(gone), P_ID(kept), P_ID(cx->member),
             P_TIME(cx->now_us));
    tell(cx, kept, gone);
    contact_tell(cx, kept);
    return db_hear(cx);
}

/* The rest of the row, once both are held. */
static struct err
give_back(struct cx *cx, const struct db_row *merge, struct contact_id kept, struct contact_id gone,
          struct merge_left *left)
{
    int64_t id = db_i64(merge, 0), identities, values;
    struct db_row moved, row;

    TRY(db_one(cx, &SQL_merge_moved, &moved, P_ID(cx->account), P_I64(id)));
    TRY(db_exec(cx, &SQL_unmerge_identities, &identities, P_ID(cx->account), P_ID(kept), P_ID(gone),
                P_I64(id)));
    db_queue(cx, &SQL_unmerge_tickets, P_ID(cx->account), P_ID(kept), P_ID(gone), P_I64(id));
    db_queue(cx, &SQL_unmerge_customers, P_ID(cx->account), P_ID(kept), P_I64(id));
    db_queue(cx, &SQL_unmerge_groups, P_ID(cx->account), P_ID(kept), P_I64(id));
    db_queue(cx, &SQL_unmerge_tags, P_ID(cx->account), P_ID(kept), P_I64(id));
    TRY(db_exec(cx, &SQL_unmerge_values, &values, P_ID(cx->account), P_ID(kept), P_I64(id)));
    TRY(db_one(cx, &SQL_unmerge_keep, &row, P_ID(cx->account), P_ID(kept), P_STR(db_str(merge, 3)),
               P_STR(db_str(merge, 4)), P_STR(db_str(merge, 5)), P_STR(db_str(merge, 6)),
               P_BOOL(db_bool(merge, 7)), P_TIME(db_time(merge, 8))));
    *left = (struct merge_left){
        .identities = db_i64(&moved, 0) - identities,
        .values = db_i64(&moved, 1) - values,
        .email = db_bool(&row, 0),
        .notes = db_bool(&row, 1),
        .consent = db_bool(&row, 2),
    };
    return OK;
}

struct err
contacts_unmerge(struct cx *cx, int64_t merge_id, struct contact_id *kept, struct contact_id *gone,
                 struct merge_left *left)
{
    struct db_row merge;
    struct side k, g;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_merge_find, &merge, P_ID(cx->account), P_I64(merge_id)));
    if (!db_is_null(&merge, 9))
        return FAIL(ERR_CONFLICT, "merge_undone");
    kept->v = db_i64(&merge, 1);
    gone->v = db_i64(&merge, 2);
    /* Who is gone has no ticket left by which an agent would see them; who stayed is seen. */
    TRY(hold(cx, *kept, *gone, &k, &g));
    if (k.merged_into != 0)
        return FAIL(ERR_CONFLICT, "merge_covered");
    TRY(give_back(cx, &merge, *kept, *gone, left));
    db_queue(cx, &SQL_unmerge_show, P_ID(cx->account), P_ID(*gone));
    db_queue(cx, &SQL_unmerge_end, P_ID(cx->account), P_I64(merge_id), P_ID(cx->member),
             P_TIME(cx->now_us));
    tell(cx, *kept, *gone);
    contact_tell(cx, *kept);
    contact_tell(cx, *gone);
    return db_hear(cx);
}
