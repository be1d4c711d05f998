/*
 * Versions of a flow: published, looked at, published again.
 */
#include "flows_private.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "flows_drafts.sql.h"
#include "flows_versions.sql.h"

static struct flow_version
version_from_row(const struct db_row *row)
{
    return (struct flow_version){
        .number = db_i64(row, 0),
        .note = db_str(row, 1),
        .published_by = { db_i64(row, 2) },
        .published_at_us = db_time(row, 3),
        .content_hash = db_str(row, 4),
        .logic_hash = db_str(row, 5),
        .draft_revision = db_i64(row, 6),
        .reverts_to = db_i64(row, 7),
        .is_live = db_bool(row, 8),
        .is_same_logic = db_bool(row, 9),
        .document = db_str(row, 10),
    };
}

struct err
flow_versions_list(struct cx *cx, struct flow_id id, int64_t before, int64_t limit,
                   struct flow_version_list *out)
{
    struct flow flow;
    struct db_rows rows;

    TRY(flows_get(cx, id, &flow));
    TRY(db_many(cx, &SQL_flow_version_list, &rows, P_ID(cx->account), P_ID(id), db_p_id(before),
                P_I64(limit + 1)));
    out->has_more = rows.count > limit;
    out->n = (size_t)(out->has_more ? limit : rows.count);
    out->v = arena_array(cx->arena, struct flow_version, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);

        out->v[i] = version_from_row(&row);
    }
    return OK;
}

struct err
flow_versions_get(struct cx *cx, struct flow_id id, int64_t number, struct flow_version *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_flow_version_get, &row, P_ID(cx->account), P_ID(id), P_I64(number)));
    *out = version_from_row(&row);
    return OK;
}

/* --- publishing ----------------------------------------------------------------------- */

/* What is about to speak: read once more, for the world has moved since it was saved. */
static struct err
require_sound(struct cx *cx, struct flow_id id, struct str document, struct str key,
              struct str note, struct flow_text *text, struct findings *findings)
{
    *findings = flow_findings(cx, key);
    TRY(flow_text_read(cx, document, findings, text));
    TRY(flow_lint(cx, id, text, 0, NULL, findings));
    if (findings_count(findings, FINDING_ERROR) > 0)
        return FAIL(ERR_CONFLICT, "flow_has_errors");
    return findings_count(findings, FINDING_WARNING) > 0 && note.len == 0
               ? FAIL_FIELD(ERR_INVALID, "required", "note")
               : OK;
}

/* What customers were promised by recorded conversations. */
static struct err
require_tests(struct cx *cx, struct flow_id id, const struct flow_text *text,
              const struct flow_publication *how, struct findings *findings)
{
    struct flow_tests_report report;

    if (how->overrides_tests) {
        TRY(access_require(cx, "flows.edit"));
        return how->note.len > 0 ? OK : FAIL_FIELD(ERR_INVALID, "required", "note");
    }
    TRY(flow_tests_run(cx, id, text, &report));
    flow_tests_find(&report, findings);
    return findings_count(findings, FINDING_ERROR) > 0 ? FAIL(ERR_CONFLICT, "flow_tests_differ")
                                                       : OK;
}

static struct err
add_version(struct cx *cx, struct flow_id id, const struct flow_text *text, struct str note,
            int64_t draft_revision, int64_t reverts_to, struct flow_version *out)
{
    struct audit_change change = { 0 };
    struct db_row row;
    int64_t number;

    TRY(db_one(cx, &SQL_flow_version_add, &row, P_ID(cx->account), P_ID(id), P_STR(text->text),
               P_STR(text->hash), P_STR(canonical_hash(cx->arena, text->json, CANONICAL_LOGIC)),
               P_STR(note), P_ID(cx->member), P_TIME(cx->now_us), db_p_id(draft_revision),
               db_p_id(reverts_to)));
    number = db_i64(&row, 0);
    db_queue(cx, &SQL_flow_refs_keep, P_ID(cx->account), P_ID(id), P_BOOL(true),
             db_p_strs(cx->arena, text->refs.v, text->refs.n));
    audit_number(&change, "live_number", number - 1, number);
    audit_number(&change, "reverts_to", 0, reverts_to);
    audit_text(&change, "content_hash", (struct str){ 0 }, text->hash);
    audit_changed(cx, reverts_to == 0 ? "flow.published" : "flow.reverted", "flow", id.v, &change);
    flows_tell(cx, id);
    return flow_versions_get(cx, id, number, out);
}

struct err
flow_versions_publish(struct cx *cx, struct flow_id id, const struct flow_publication *how,
                      struct flow_version *out, struct findings *findings)
{
    struct flow_draft draft;
    struct flow_text text;
    struct db_row row;
    bool is_done;

    TRY(flows_lock(cx, id));
    TRY(db_opt(cx, &SQL_flow_version_of_draft, &is_done, &row, P_ID(cx->account), P_ID(id),
               P_I64(how->revision)));
    if (is_done) {
        audit_add(cx, "flow.published", "flow", id.v, STR(""));
        return flow_versions_get(cx, id, db_i64(&row, 0), out);
    }
    TRY(flow_draft_get(cx, id, &draft));
    if (draft.revision != how->revision)
        return FAIL(ERR_CONFLICT, "flow_moved_on");
    TRY(require_sound(cx, id, draft.document, draft.key, how->note, &text, findings));
    TRY(require_tests(cx, id, &text, how, findings));
    return add_version(cx, id, &text, how->note, how->revision, 0, out);
}

struct err
flow_versions_revert(struct cx *cx, struct flow_id id, int64_t number, int64_t live,
                     struct str note, struct flow_version *out, struct findings *findings)
{
    struct flow_version old;
    struct flow_text text;
    int64_t now_live;
    struct flow flow;
    struct db_row row;

    TRY(flows_lock(cx, id));
    TRY(flow_versions_get(cx, id, number, &old));
    TRY(flows_get(cx, id, &flow));
    TRY(db_one(cx, &SQL_flow_live, &row, P_ID(cx->account), P_ID(id)));
    now_live = db_i64(&row, 0);
    if (now_live == live + 1 && db_i64(&row, 1) == number) {
        audit_add(cx, "flow.reverted", "flow", id.v, STR(""));
        return flow_versions_get(cx, id, now_live, out);
    }
    if (now_live != live)
        return FAIL(ERR_CONFLICT, "flow_moved_on");
    if (number == live)
        return FAIL(ERR_CONFLICT, "flow_is_live");
    TRY(require_sound(cx, id, old.document, flow.key, note, &text, findings));
    return add_version(cx, id, &text, note, 0, number, out);
}
