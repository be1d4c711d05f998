/*
 * The draft of a flow: read, saved by revision, looked through.
 */
#include "flow_pages.h"
#include "flows_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"

#include "flows_drafts.sql.h"

struct err
flow_draft_get(struct cx *cx, struct flow_id id, struct flow_draft *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_flow_draft_get, &row, P_ID(cx->account), P_ID(id)));
    *out = (struct flow_draft){
        .revision = db_i64(&row, 0),
        .document = db_str(&row, 1),
        .content_hash = db_str(&row, 2),
        .error_count = db_i64(&row, 3),
        .warning_count = db_i64(&row, 4),
        .saved_at_us = db_time(&row, 5),
        .saved_by = { db_i64(&row, 6) },
        .key = db_str(&row, 7),
    };
    return OK;
}

/* Hands that rest this long have stopped working at it. */
#define STRETCH_US (30 * US_PER_MIN)

/*
 * A draft saves itself every second or so; a row of the trail for each would bury everything else in it. One says that
 * somebody worked at it, and when: the first of a stretch. What they made of it, versions say.
 */
static bool
begins_stretch(struct cx *cx, const struct flow_draft *before)
{
    return before->saved_by.v != cx->member.v || cx->now_us - before->saved_at_us > STRETCH_US;
}

struct err
flow_draft_save(struct cx *cx, struct flow_id id, int64_t revision, struct str document,
                struct flow_draft *out, struct findings *findings)
{
    struct audit_change change = { 0 };
    struct flow_text text;
    struct db_row row;
    bool is_noted;

    TRY(flows_lock(cx, id));
    TRY(flow_pages_require(cx, id));
    TRY(flow_draft_get(cx, id, out));
    is_noted = begins_stretch(cx, out);
    if (out->revision != revision)
        return FAIL(ERR_CONFLICT, "flow_moved_on");
    *findings = flow_findings(cx, out->key);
    TRY(flow_text_read(cx, document, findings, &text));
    if (!str_eq(text.key, out->key))
        return FAIL_FIELD(ERR_INVALID, "flow_key_fixed", "document");
    TRY(flow_lint(cx, id, &text, 0, NULL, findings));
    if (!str_eq(text.text, out->document)) {
        out->document = text.text;
        out->content_hash = text.hash;
        out->error_count = (int64_t)findings_count(findings, FINDING_ERROR);
        out->warning_count = (int64_t)findings_count(findings, FINDING_WARNING);
        out->saved_at_us = cx->now_us;
        out->saved_by = cx->member;
        TRY(db_one(cx, &SQL_flow_draft_save, &row, P_ID(cx->account), P_ID(id), P_STR(text.text),
                   P_STR(text.hash), P_I64(out->error_count), P_I64(out->warning_count),
                   P_TIME(cx->now_us), P_ID(cx->member)));
        out->revision = db_i64(&row, 0);
        flow_describe(cx, id, &text);
        flows_tell(cx, id);
    }
    audit_number(&change, "revision", revision, out->revision);
    if (is_noted)
        audit_changed(cx, "flow.drafted", "flow", id.v, &change);
    return OK;
}

struct err
flow_draft_findings(struct cx *cx, struct flow_id id, int64_t *revision, struct findings *out)
{
    struct flow_draft draft;
    struct flow_text text;

    TRY(flow_draft_get(cx, id, &draft));
    *revision = draft.revision;
    *out = flow_findings(cx, draft.key);
    TRY(flow_text_read(cx, draft.document, out, &text));
    return flow_lint(cx, id, &text, 0, NULL, out);
}
