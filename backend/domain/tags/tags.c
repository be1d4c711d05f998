#include "tags.h"

#include "domain/audit/audit.h"

#include "tags.sql.h"

static const char *const colors[] = { "plain", "accent", "ok",   "warn", "bad",
                                      "bot",   "survey", "note", NULL };

struct tag
tags_from_row(const struct db_row *row)
{
    return (struct tag){
        .id = { db_i64(row, 0) },
        .name = db_str(row, 1),
        .color = db_str(row, 2),
        .description = db_str(row, 3),
        .is_active = db_bool(row, 4),
    };
}

void
tag_write_json(struct json_out *o, const void *value)
{
    const struct tag *tag = value;

    json_open(o, '{');
    json_kv_i64(o, "id", tag->id.v);
    json_kv_str(o, "name", tag->name);
    json_kv_str(o, "color", tag->color);
    json_kv_str(o, "description", tag->description);
    json_kv_bool(o, "is_active", tag->is_active);
    json_close(o, '}');
}

/* The name is somebody's already: the form says so where it was typed. */
static struct err
on_name(struct err e)
{
    return err_is(e, "tag_name_is_taken") ? FAIL_FIELD(e.code, "tag_name_is_taken", "name") : e;
}

/* Names and colours stand on every screen: all of them look again. */
static void
tell_changed(struct cx *cx)
{
    events_tell_members(cx, "catalogue.changed", STR("{}"));
}

static struct err
check(struct tag *tag)
{
    bool is_color = false;

    tag->name = str_trim(tag->name);
    tag->description = str_trim(tag->description);
    if (tag->name.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "name");
    for (const char *const *color = colors; *color != NULL; color++)
        is_color = is_color || str_eq(tag->color, str_of(*color));
    return is_color ? OK : FAIL_FIELD(ERR_INVALID, "unknown_value", "color");
}

struct err
tags_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_tag_list, rows, P_ID(cx->account));
}

struct err
tags_add(struct cx *cx, struct tag *tag)
{
    struct audit_change change = { 0 };
    struct str none = { 0 };
    struct db_row row;

    db_assert_tx(cx);
    TRY(check(tag));
    TRY(db_one(cx, &SQL_tag_count, &row, P_ID(cx->account)));
    if (db_i64(&row, 0) >= TAGS_MAX)
        return FAIL(ERR_CONFLICT, "too_many_tags");
    TRY(on_name(db_one(cx, &SQL_tag_add, &row, P_ID(cx->account), P_STR(tag->name),
                       P_STR(tag->color), P_STR(tag->description), P_ID(cx->member),
                       P_TIME(cx->now_us))));
    tag->id.v = db_i64(&row, 0);
    tag->is_active = true;
    audit_text(&change, "name", none, tag->name);
    audit_text(&change, "color", none, tag->color);
    audit_changed(cx, "tag.created", "tag", tag->id.v, &change);
    tell_changed(cx);
    return OK;
}

struct err
tags_lock(struct cx *cx, struct tag_id id, struct tag *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_tag_lock, &row, P_ID(cx->account), P_ID(id)));
    *out = tags_from_row(&row);
    return OK;
}

struct err
tags_edit(struct cx *cx, const struct tag *wanted)
{
    struct audit_change change = { 0 };
    struct tag before, tag = *wanted;

    TRY(tags_lock(cx, tag.id, &before));
    TRY(check(&tag));
    TRY(on_name(db_exec(cx, &SQL_tag_save, NULL, P_ID(cx->account), P_ID(tag.id), P_STR(tag.name),
                        P_STR(tag.color), P_STR(tag.description), P_BOOL(tag.is_active))));
    audit_text(&change, "name", before.name, tag.name);
    audit_text(&change, "color", before.color, tag.color);
    audit_text(&change, "description", before.description, tag.description);
    audit_flag(&change, "is_active", before.is_active, tag.is_active);
    audit_changed(cx, "tag.edited", "tag", tag.id.v, &change);
    tell_changed(cx);
    return OK;
}

/* An active one of the account, held while it is used. */
static struct err
require(struct cx *cx, struct tag_id id)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_tag_require, &found, &row, P_ID(cx->account), P_ID(id)));
    return found ? OK : FAIL_FIELD(ERR_NOT_FOUND, "tag_unknown", "tag_id");
}

struct err
tags_merge(struct cx *cx, struct tag_id from, struct tag_id into)
{
    struct audit_change change = { 0 };
    struct tag tag;

    TRY(tags_lock(cx, from, &tag));
    if (from.v == into.v)
        return FAIL_FIELD(ERR_CONFLICT, "tag_is_itself", "tag_id");
    TRY(require(cx, into));
    TRY(db_exec(cx, &SQL_tag_merge, NULL, P_ID(cx->account), P_ID(from), P_ID(into)));
    audit_id(&change, "merged_into", 0, into.v);
    audit_changed(cx, "tag.merged", "tag", from.v, &change);
    jobs_add(cx, "tags.merge", jobs_lane("tags", cx->account.v, 0), from.v, STR(""), 0);
    tell_changed(cx);
    return OK;
}

/* --- on a ticket, a message, a contact -------------------------------------------- */

static void
leave_trail(struct cx *cx, bool on, const char *kind, int64_t id, struct tag_id tag)
{
    struct audit_change change = { 0 };

    audit_id(&change, "tag_id", on ? 0 : tag.v, on ? tag.v : 0);
    audit_changed(
        cx, str_cstr(cx->arena, str_fmt(cx->arena, "%s.%s", kind, on ? "tagged" : "untagged")),
        kind, id, &change);
}

static struct err
check_count(int64_t count)
{
    return count > TAGS_ON_ONE_MAX ? FAIL(ERR_CONFLICT, "too_many_tags") : OK;
}

struct err
tags_on_ticket(struct cx *cx, struct ticket_id id, struct tag_id tag, bool on, struct ticket *out)
{
    struct db_row row;
    struct buf detail;
    struct json_out o;
    int64_t changed;

    TRY(tickets_lock(cx, id, out));
    if (on) {
        TRY(require(cx, tag));
        TRY(db_exec(cx, &SQL_ticket_tag_add, &changed, P_ID(cx->account), P_ID(id), P_ID(tag),
                    P_ID(cx->member), P_TIME(cx->now_us)));
    } else {
        TRY(db_exec(cx, &SQL_ticket_tag_remove, &changed, P_ID(cx->account), P_ID(id), P_ID(tag)));
    }
    if (changed == 0)
        return OK;
    TRY(db_one(cx, &SQL_ticket_tag_ids, &row, P_ID(cx->account), P_ID(id)));
    TRY(check_count(db_i64(&row, 1)));
    out->tag_ids = db_str(&row, 0);

    leave_trail(cx, on, "ticket", id.v, tag);
    o = events_payload(cx, &detail);
    json_kv_str(&o, "event", on ? STR("ticket_tagged") : STR("ticket_untagged"));
    json_kv_id(&o, "member_id", cx->member.v);
    json_kv_i64(&o, "tag_id", tag.v);
    json_close(&o, '}');
    tickets_append_quiet(cx, out, buf_str(&detail));
    tickets_save(cx, out, NULL);
    return OK;
}

struct err
tags_on_message(struct cx *cx, struct ticket_id id, int64_t seq, struct tag_id tag, bool on,
                struct message *out)
{
    struct ticket ticket;
    struct db_row row;
    int64_t changed;

    TRY(tickets_lock(cx, id, &ticket));
    TRY(tickets_message(cx, id, seq, out));
    if (on) {
        TRY(require(cx, tag));
        TRY(db_exec(cx, &SQL_message_tag_add, &changed, P_ID(cx->account), P_ID(id), P_I64(seq),
                    P_ID(tag), P_TIME(out->created_at_us), P_ID(cx->member), P_TIME(cx->now_us)));
    } else {
        TRY(db_exec(cx, &SQL_message_tag_remove, &changed, P_ID(cx->account), P_ID(id), P_I64(seq),
                    P_ID(tag)));
    }
    if (changed == 0)
        return OK;
    TRY(db_one(cx, &SQL_message_tag_count, &row, P_ID(cx->account), P_ID(id), P_I64(seq)));
    TRY(check_count(db_i64(&row, 0)));
    TRY(tickets_message(cx, id, seq, out));
    leave_trail(cx, on, "message", id.v, tag);
    tickets_tell_message(cx, &ticket, out);
    return OK;
}

struct err
tags_on_contact(struct cx *cx, struct contact_id id, struct tag_id tag, bool on)
{
    struct db_rows rows;
    int64_t changed;

    db_assert_tx(cx);
    TRY(contacts_require(cx, id));
    if (on) {
        TRY(require(cx, tag));
        TRY(db_exec(cx, &SQL_contact_tag_add, &changed, P_ID(cx->account), P_ID(id), P_ID(tag),
                    P_ID(cx->member), P_TIME(cx->now_us)));
    } else {
        TRY(db_exec(cx, &SQL_contact_tag_remove, &changed, P_ID(cx->account), P_ID(id), P_ID(tag)));
    }
    if (changed == 0)
        return OK;
    TRY(db_many(cx, &SQL_contact_tag_list, &rows, P_ID(cx->account), P_ID(id)));
    TRY(check_count(rows.count));
    leave_trail(cx, on, "contact", id.v, tag);
    return OK;
}

/* --- merging ---------------------------------------------------------------------- */

enum { LINKS_A_STEP = 500 };

/* A batch of each level; as long as one was full, there is more to do. A killed step starts over and finds less. */
static struct err
merge_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
           struct job_outcome *out)
{
    static const struct db_stmt *const levels[] = { &SQL_ticket_tag_move, &SQL_message_tag_move,
                                                    &SQL_contact_tag_move };
    struct db_row row;
    bool found;
    int64_t into;

    (void)answer;
    TRY(db_opt(cx, &SQL_tag_merged, &found, &row, P_ID(cx->account), P_I64(job->subject_id)));
    if (!found)
        return OK;
    into = db_i64(&row, 0);
    for (size_t i = 0; i < sizeof levels / sizeof levels[0]; i++) {
        TRY(db_one(cx, levels[i], &row, P_ID(cx->account), P_I64(job->subject_id), P_I64(into),
                   P_I64(LINKS_A_STEP)));
        if (db_i64(&row, 0) == LINKS_A_STEP) {
            out->verdict = JOB_LATER;
            out->at_us = cx->now_us;
        }
    }
    if (out->verdict == JOB_DONE)
        tell_changed(cx);
    return OK;
}

const struct job_kind tags_jobs[] = {
    { .name = "tags.merge", .queue = QUEUE_CHORES, .step = merge_step, .backoff_ms = 1000 },
    { 0 },
};
