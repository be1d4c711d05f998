/*
 * The tests that have a say in whether a flow is published: its own, and those of flows that reach it. They are played
 * over what is live now, with this one as it is about to be.
 */
#include "flows_private.h"

#include "flows_simulate.sql.h"

enum { ABOVE_MAX = FLOW_CLOSURE_MAX };

struct above {
    int64_t id;
    const struct json *draft;
};

/* All that is live around a flow: what it reaches, who reaches it, and what these reach. */
static struct err
read_around(struct cx *cx, struct flow_id id, const struct flow_text *text, struct above **above,
            size_t *n, struct flow_set *live)
{
    struct db_rows rows = { 0 };
    struct flow_words refs;
    struct str *v;

    if (id.v != 0)
        TRY(db_many(cx, &SQL_flows_above, &rows, P_ID(cx->account), P_ID(id), P_I64(ABOVE_MAX)));
    *n = (size_t)rows.count;
    *above = arena_array(cx->arena, struct above, *n + 1);
    v = arena_array(cx->arena, struct str, text->refs.n + *n + 1);
    for (size_t i = 0; i < text->refs.n; i++)
        v[i] = text->refs.v[i];
    for (size_t i = 0; i < *n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);

        (*above)[i].id = db_i64(&row, 0);
        v[text->refs.n + i] = str_fmt(cx->arena, "flow:%.*s", STR_ARG(db_str(&row, 1)));
        TRY(json_parse(cx->arena, db_str(&row, 2), &(*above)[i].draft));
    }
    refs = (struct flow_words){ v, text->refs.n + *n };
    return flow_closure(cx, (struct flow_id){ 0 }, refs, live);
}

/* The same with this document in the place of its key. */
static struct flow_set
with(struct arena *a, struct flow_set live, const struct flow_document *document)
{
    const struct flow_document **v = arena_array(a, const struct flow_document *, live.n + 1);
    size_t n = 0;

    v[n++] = document;
    for (size_t i = 0; i < live.n; i++)
        if (!str_eq(live.v[i]->key, document->key))
            v[n++] = live.v[i];
    return (struct flow_set){ v, n };
}

/* Those that would go on as they went, were it not for this flow. What differs already is that flow's own business. */
static void
add_changed(struct arena *a, const struct above *above, struct flow_set live, struct flow_set next,
            struct flow_tests *to)
{
    struct flow_tests before, after;

    flow_tests_play(a, above->draft, next, NULL, &after);
    flow_tests_play(a, above->draft, live, NULL, &before);
    to->v = arena_grow(a, to->v, to->n * sizeof(*to->v), (to->n + after.n + 1) * sizeof(*to->v));
    for (size_t i = 0; i < after.n; i++) {
        if (!before.v[i].result.has_passed)
            continue;
        to->v[to->n] = after.v[i];
        to->v[to->n++].flow_id = above->id;
    }
}

struct err
flow_tests_run(struct cx *cx, struct flow_id id, const struct flow_text *text,
               struct flow_tests_report *out)
{
    struct coverage coverage = { .arena = cx->arena };
    struct flow_set live, next;
    struct above *above;
    size_t n;

    TRY(read_around(cx, id, text, &above, &n, &live));
    next = with(cx->arena, live, text->document);
    flow_tests_play(cx->arena, text->json, next, &coverage, &out->tests);
    for (size_t i = 0; i < out->tests.n; i++)
        out->tests.v[i].flow_id = id.v;
    out->covered = coverage_of(&coverage, text->document);
    for (size_t i = 0; i < n; i++)
        add_changed(cx->arena, &above[i], live, next, &out->tests);
    return OK;
}

void
flow_tests_find(const struct flow_tests_report *report, struct findings *findings)
{
    for (size_t i = 0; i < report->tests.n; i++) {
        const struct flow_test *test = report->tests.v + i;
        struct finding *finding;

        if (test->result.has_passed)
            continue;
        finding = findings_add(findings, "L701", test->result.card);
        finding->flow = test->flow;
        finding->args[0] = test->name;
        finding->args[1] = str_fmt(findings->arena, "%d", test->result.step);
    }
    findings_sort(findings);
}
