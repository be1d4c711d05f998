/*
 * What begins flows. They are set together, and each flow must fit where it is to speak.
 */
#include "flows_private.h"

#include "base/fold.h"
#include "domain/audit/audit.h"

#include "flows_starts.sql.h"

const char *const flow_start_kind_names[] = {
    [START_CHANNEL] = "channel", [START_FIRST_TEXT] = "first_text",
    [START_AD] = "ad",           [START_LINK] = "link",
    [START_DEPARTMENT] = "department", [START_SURVEY] = "survey",
    NULL,
};

struct err
flow_starts_list(struct cx *cx, struct flow_start **out, size_t *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_flow_start_list, &rows, P_ID(cx->account)));
    *n = (size_t)rows.count;
    *out = arena_array(cx->arena, struct flow_start, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);
        struct flow_start *s = *out + i;

        while (!str_eq(db_str(&row, 1), str_of(flow_start_kind_names[s->kind])))
            s->kind++;
        s->flow_id = db_i64(&row, 2);
        s->channel_id = db_i64(&row, 3);
        s->department_id = db_i64(&row, 4);
        s->first_text = db_str(&row, 5);
        s->ad_id = db_str(&row, 6);
        s->ref = db_str(&row, 7);
    }
    return OK;
}

static const char *
field_of(struct cx *cx, size_t i, const char *name)
{
    return str_cstr(cx->arena, str_fmt(cx->arena, "starts[%zu].%s", i, name));
}

/* --- what one must and must not say ------------------------------------------------------ */

enum say { MUST, MAY, MUST_NOT };
static const struct {
    enum say channel, department, text, ad, ref;
} says[] = {
    [START_CHANNEL] = { MUST, MUST_NOT, MUST_NOT, MUST_NOT, MUST_NOT },
    [START_FIRST_TEXT] = { MAY, MUST_NOT, MUST, MUST_NOT, MUST_NOT },
    [START_AD] = { MAY, MUST_NOT, MUST_NOT, MUST, MUST_NOT },
    [START_LINK] = { MAY, MUST_NOT, MUST_NOT, MUST_NOT, MUST },
    [START_DEPARTMENT] = { MUST_NOT, MUST, MUST_NOT, MUST_NOT, MUST_NOT },
    [START_SURVEY] = { MUST_NOT, MAY, MUST_NOT, MUST_NOT, MUST_NOT },
};

static struct err
require_said(struct cx *cx, enum say say, bool is_said, size_t i, const char *name)
{
    if (say == MUST && !is_said)
        return FAIL_FIELD(ERR_INVALID, "required", field_of(cx, i, name));
    return say == MUST_NOT && is_said
               ? FAIL_FIELD(ERR_INVALID, "unknown_value", field_of(cx, i, name))
               : OK;
}

static bool
is_same_place(const struct flow_start *a, const struct flow_start *b)
{
    return a->kind == b->kind && a->channel_id == b->channel_id &&
           a->department_id == b->department_id && str_eq(a->first_text, b->first_text) &&
           str_eq(a->ad_id, b->ad_id) && str_eq_nocase(a->ref, b->ref);
}

static struct err
check(struct cx *cx, struct flow_start *starts, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct flow_start *s = &starts[i];

        s->first_text = fold(cx->arena, s->first_text);
        s->ad_id = str_trim(s->ad_id);
        s->ref = str_trim(s->ref);
        TRY(require_said(cx, says[s->kind].channel, s->channel_id != 0, i, "channel_id"));
        TRY(require_said(cx, says[s->kind].department, s->department_id != 0, i, "department_id"));
        TRY(require_said(cx, says[s->kind].text, s->first_text.len > 0, i, "first_text"));
        TRY(require_said(cx, says[s->kind].ad, s->ad_id.len > 0, i, "ad_id"));
        TRY(require_said(cx, says[s->kind].ref, s->ref.len > 0, i, "ref"));
        for (size_t j = 0; j < i; j++)
            if (is_same_place(s, &starts[j]))
                return FAIL_FIELD(ERR_INVALID, "start_twice", field_of(cx, i, "flow_id"));
    }
    return OK;
}

/* --- what they name -------------------------------------------------------------------------- */

struct target {
    struct str word, document; /* key of a flow, kind of a channel */
    bool is_there, is_on;
};

static struct target
target_of(const struct db_rows *rows, const char *what, int64_t id)
{
    for (int i = 0; i < rows->count; i++) {
        struct db_row row = db_row_at(rows, i);

        if (db_i64(&row, 1) == id && str_eq(db_str(&row, 0), str_of(what)))
            return (struct target){ db_str(&row, 2), db_str(&row, 3), true, db_bool(&row, 4) };
    }
    return (struct target){ 0 };
}

static struct err
ask_targets(struct cx *cx, const struct flow_start *starts, size_t n, struct db_rows *rows)
{
    int64_t *flows = arena_array(cx->arena, int64_t, n + 1);
    int64_t *channels = arena_array(cx->arena, int64_t, n + 1);
    int64_t *departments = arena_array(cx->arena, int64_t, n + 1);

    for (size_t i = 0; i < n; i++) {
        flows[i] = starts[i].flow_id;
        channels[i] = starts[i].channel_id;
        departments[i] = starts[i].department_id;
    }
    TRY(db_many(cx, &SQL_flow_start_targets, rows, P_ID(cx->account),
                db_p_i64s(cx->arena, flows, n), db_p_i64s(cx->arena, channels, n),
                db_p_i64s(cx->arena, departments, n)));
    for (size_t i = 0; i < n; i++) {
        const struct flow_start *s = &starts[i];
        struct target flow = target_of(rows, "flow", s->flow_id);

        if (!flow.is_there)
            return FAIL_FIELD(ERR_NOT_FOUND, "flow_unknown", field_of(cx, i, "flow_id"));
        if (s->channel_id != 0 && !target_of(rows, "channel", s->channel_id).is_on)
            return FAIL_FIELD(ERR_NOT_FOUND, "channel_unknown", field_of(cx, i, "channel_id"));
        if (s->department_id != 0 && !target_of(rows, "department", s->department_id).is_on)
            return FAIL_FIELD(ERR_NOT_FOUND, "department_unknown",
                              field_of(cx, i, "department_id"));
        if (!flow.is_on)
            return FAIL_FIELD(ERR_CONFLICT, "flow_is_not_live", field_of(cx, i, "flow_id"));
    }
    return OK;
}

/* Each flow once, for all kinds of channels that are to begin it together. */
static struct err
require_fit(struct cx *cx, const struct flow_start *starts, size_t n, const struct db_rows *rows,
            struct flow_id *unfit, struct findings *findings)
{
    for (size_t i = 0; i < n; i++) {
        struct target flow = target_of(rows, "flow", starts[i].flow_id);
        struct flow_text text;
        unsigned channels = 0;
        bool is_done = false;

        for (size_t j = 0; j < n; j++) {
            enum flow_channel kind;

            is_done = is_done || (j < i && starts[j].flow_id == starts[i].flow_id);
            if (starts[j].flow_id == starts[i].flow_id &&
                flow_channel_of(target_of(rows, "channel", starts[j].channel_id).word, &kind))
                channels |= 1u << kind;
        }
        if (is_done || channels == 0)
            continue;
        *findings = flow_findings(cx, flow.word);
        TRY(flow_text_read(cx, flow.document, findings, &text));
        TRY(flow_lint(cx, (struct flow_id){ starts[i].flow_id }, &text, channels, NULL, findings));
        unfit->v = starts[i].flow_id;
        if (findings_count(findings, FINDING_ERROR) > 0)
            return FAIL_FIELD(ERR_CONFLICT, "flow_does_not_fit", field_of(cx, i, "flow_id"));
    }
    return OK;
}

/* Every flow that began somewhere, or begins somewhere now, once. */
static void
tell_all(struct cx *cx, const struct flow_start *before, size_t before_count,
         const struct flow_start *after, size_t after_count)
{
    for (size_t i = 0; i < before_count + after_count; i++) {
        int64_t id = i < before_count ? before[i].flow_id : after[i - before_count].flow_id;
        bool is_told = false;

        for (size_t j = 0; j < i && !is_told; j++)
            is_told =
                id == (j < before_count ? before[j].flow_id : after[j - before_count].flow_id);
        if (!is_told)
            flows_tell(cx, (struct flow_id){ id });
    }
}

static struct db_param
text_or_null(struct str s)
{
    return P_STR(s.len == 0 ? (struct str){ 0 } : s);
}

struct err
flow_starts_save(struct cx *cx, struct flow_start *starts, size_t n, struct flow_id *unfit,
                 struct findings *findings)
{
    struct audit_change change = { 0 };
    struct flow_start *before;
    size_t before_count;
    struct db_rows rows;
    struct db_row row;

    db_assert_tx(cx);
    TRY(check(cx, starts, n));
    TRY(db_one(cx, &SQL_flow_starts_lock, &row, P_ID(cx->account)));
    TRY(flow_starts_list(cx, &before, &before_count));
    TRY(ask_targets(cx, starts, n, &rows));
    TRY(require_fit(cx, starts, n, &rows, unfit, findings));
    db_queue(cx, &SQL_flow_starts_clear, P_ID(cx->account));
    for (size_t i = 0; i < n; i++)
        db_queue(cx, &SQL_flow_start_add, P_ID(cx->account), P_I64(starts[i].flow_id),
                 P_STR(str_of(flow_start_kind_names[starts[i].kind])),
                 db_p_id(starts[i].channel_id), db_p_id(starts[i].department_id),
                 text_or_null(starts[i].first_text), text_or_null(starts[i].ad_id),
                 text_or_null(starts[i].ref));
    audit_number(&change, "starts", (int64_t)before_count, (int64_t)n);
    audit_changed(cx, "flow_starts.edited", "account", cx->account.v, &change);
    tell_all(cx, before, before_count, starts, n);
    return OK;
}
