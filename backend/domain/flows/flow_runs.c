/*
 * A trace is one line for each thing that happened; people look at visits: what was asked there, what was said, how it
 * was taken, where it led. A visit's lines stand together, so that one walk over them makes all visits.
 */
#include "flow_runs.h"

#include "flows_runs.sql.h"

const char *const flow_visit_state_names[] = {
    [FLOW_VISIT_OPEN] = "open",   [FLOW_VISIT_LEFT] = "left",
    [FLOW_VISIT_ENDED] = "ended", [FLOW_VISIT_INTERRUPTED] = "interrupted",
    [FLOW_VISIT_MOVED] = "moved",
};

enum { RUN_COLUMNS = 10 };

static struct flow_run
run_from_row(const struct db_row *row)
{
    return (struct flow_run){
        .id = db_i64(row, 0),
        .flow_id = db_i64(row, 1),
        .number = db_i64(row, 2),
        .flow = db_str(row, 3),
        .cause = db_str(row, 4),
        .phase = db_str(row, 5),
        .started_at_us = db_time(row, 6),
        .stepped_at_us = db_time(row, 7),
        .ended_at_us = db_time(row, 8),
        .end_reason = db_str(row, 9),
    };
}

struct err
flow_runs_list(struct cx *cx, struct ticket_id ticket, int64_t before, int64_t limit,
               struct flow_run_list *out)
{
    struct ticket seen;
    struct db_rows rows;

    TRY(tickets_get(cx, ticket, &seen));
    TRY(db_many(cx, &SQL_flow_run_list, &rows, P_ID(cx->account), P_ID(ticket), db_p_id(before),
                P_I64(limit + 1)));
    out->has_more = rows.count > limit;
    out->n = (size_t)(out->has_more ? limit : rows.count);
    out->v = arena_array(cx->arena, struct flow_run, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        struct db_row row = db_row_at(&rows, (int)i);

        out->v[i] = run_from_row(&row);
        out->v[i].at = (struct flow_run_card){
            .flow_id = db_i64(&row, RUN_COLUMNS),
            .number = db_i64(&row, RUN_COLUMNS + 1),
            .card = db_str(&row, RUN_COLUMNS + 2),
            .type = db_str(&row, RUN_COLUMNS + 3),
            .name = db_str(&row, RUN_COLUMNS + 4),
        };
        out->v[i].entered_at_us = db_time(&row, RUN_COLUMNS + 5);
        out->v[i].asked_at_us = db_time(&row, RUN_COLUMNS + 6);
    }
    return OK;
}

/* --- lines of the trace ------------------------------------------------------------- */

struct entry {
    int64_t seq, at_us;
    struct flow_run_card card;
    int64_t visit; /* 0: of none */
    struct str event, via, outlet, reason, matched_by;
    int64_t attempt, answered_ms;
    struct str skipped, error;
};

static struct entry
entry_from_row(const struct db_row *row)
{
    return (struct entry){
        .seq = db_i64(row, 0),
        .at_us = db_time(row, 1),
        .card = { .flow_id = db_i64(row, 2),
                  .number = db_i64(row, 3),
                  .card = db_str(row, 4),
                  .type = db_str(row, 5),
                  .name = STR("") },
        .visit = db_i64(row, 6),
        .event = db_str(row, 7),
        .via = db_str(row, 8),
        .outlet = db_str(row, 9),
        .reason = db_str(row, 10),
        .matched_by = db_str(row, 11),
        .attempt = db_i64(row, 12),
        .answered_ms = db_i64(row, 13),
        .skipped = db_str(row, 14),
        .error = db_str(row, 15),
    };
}

/* What is being put together, and what of it is still in rows. */
struct walk {
    struct arena *arena;
    struct flow_path *path;
    struct flow_visit *visit; /* the one that lines fall on; NULL: none yet */
    struct flow_run_call *calls;
    size_t call_count;
    struct flow_run_input *inputs;
    size_t input_count;
    struct db_rows entries, told, cards, values;
    int told_left; /* inputs whose step did not come yet */
};

static void
on_enter(struct walk *w, const struct entry *e)
{
    w->visit->via = e->via;
    w->visit->entered_at_us = e->at_us;
}

static void
on_ask(struct walk *w, const struct entry *e)
{
    w->visit->asked_at_us = e->at_us;
    w->visit->ask_count++;
}

static void
on_invalid(struct walk *w, const struct entry *e)
{
    (void)e;
    w->visit->invalid_count++;
}

static void
on_ambiguous(struct walk *w, const struct entry *e)
{
    (void)e;
    w->visit->ambiguous_count++;
}

static void
on_remind(struct walk *w, const struct entry *e)
{
    (void)e;
    w->visit->remind_count++;
}

static void
on_call(struct walk *w, const struct entry *e)
{
    struct flow_visit *v = w->visit;

    w->calls[w->call_count] = (struct flow_run_call){ .action = e->reason, .at_us = e->at_us };
    if (v->call_count++ == 0)
        v->calls = &w->calls[w->call_count];
    w->call_count++;
}

static void
on_result(struct walk *w, const struct entry *e)
{
    if (w->visit->call_count == 0)
        return;
    w->calls[w->call_count - 1].outcome = e->reason;
    w->calls[w->call_count - 1].took_ms = e->answered_ms;
}

static void
shut(struct walk *w, const struct entry *e, enum flow_visit_state state)
{
    w->visit->state = state;
    w->visit->closed_at_us = e->at_us;
    w->visit->reason = e->reason;
}

static void
on_leave(struct walk *w, const struct entry *e)
{
    shut(w, e, FLOW_VISIT_LEFT);
    w->visit->outlet = e->outlet;
    w->visit->matched_by = e->matched_by;
    w->visit->answered_ms = e->answered_ms;
}

/* Of a visit that a person had interrupted it says no more than that. */
static void
on_end(struct walk *w, const struct entry *e)
{
    if (w->visit->state == FLOW_VISIT_OPEN)
        shut(w, e, FLOW_VISIT_ENDED);
}

/* The flow's own question about silence interrupts nothing. */
static void
on_interrupt(struct walk *w, const struct entry *e)
{
    if (!str_eq(e->reason, STR("opt_out")))
        shut(w, e, FLOW_VISIT_INTERRUPTED);
}

static void
on_resume(struct walk *w, const struct entry *e)
{
    (void)e;
    w->visit->state = FLOW_VISIT_OPEN;
    w->visit->closed_at_us = 0;
    w->visit->reason = (struct str){ 0 };
}

static void
on_moved(struct walk *w, const struct entry *e)
{
    shut(w, e, FLOW_VISIT_MOVED);
}

static const struct {
    const char *event;
    void (*take)(struct walk *w, const struct entry *e);
} events[] = {
    { "enter", on_enter },
    { "ask", on_ask },
    { "invalid", on_invalid },
    { "leave", on_leave },
    { "end", on_end },
    { "ambiguous", on_ambiguous },
    { "remind", on_remind },
    { "call", on_call },
    { "result", on_result },
    { "resume", on_resume },
    { "interrupt", on_interrupt },
    { "moved", on_moved },
};

/* --- what it was told ------------------------------------------------------------------ */

static struct flow_run_input
input_from_row(const struct db_row *row)
{
    return (struct flow_run_input){
        .kind = db_str(row, 2),
        .at_us = db_time(row, 1),
        .message_seq = db_i64(row, 3),
        .form = db_str(row, 4),
        .text = db_str(row, 5),
        .is_hidden = db_bool(row, 6),
    };
}

/* Rows stand latest first. What is left of this step, and of those before it, fell on the visit that is open now. */
static void
hear(struct walk *w, int64_t seq)
{
    struct flow_visit *v = w->visit;

    while (w->told_left > 0) {
        struct db_row row = db_row_at(&w->told, w->told_left - 1);

        if (db_i64(&row, 0) > seq)
            return;
        w->told_left--;
        if (v == NULL)
            continue;
        w->inputs[w->input_count] = input_from_row(&row);
        if (v->input_count++ == 0)
            v->inputs = &w->inputs[w->input_count];
        w->input_count++;
    }
}

/* --- visits ------------------------------------------------------------------------------- */

static void
open_visit(struct walk *w, const struct entry *e)
{
    struct flow_path *path = w->path;

    w->visit = &path->visits[path->visit_count++];
    *w->visit = (struct flow_visit){
        .visit = e->visit,
        .card = e->card,
        .entered_at_us = e->at_us,
    };
}

static void
take(struct walk *w, const struct entry *e)
{
    hear(w, e->seq - 1);
    if (e->visit > 0 && (w->visit == NULL || w->visit->visit != e->visit))
        open_visit(w, e);
    hear(w, e->seq);
    if (w->visit == NULL)
        return;
    if (e->skipped.len > 0)
        w->visit->skipped = e->skipped;
    if (e->error.len > 0)
        w->visit->error = e->error;
    if (e->visit == 0)
        return;
    for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
        if (str_eq(e->event, str_of(events[i].event)))
            events[i].take(w, e);
}

static void
walk_entries(struct walk *w)
{
    int n = w->entries.count < FLOW_RUN_ENTRIES_MAX ? w->entries.count : FLOW_RUN_ENTRIES_MAX;

    w->path->has_earlier = w->entries.count > n;
    w->path->visits = arena_array(w->arena, struct flow_visit, (size_t)n + 1);
    w->calls = arena_array(w->arena, struct flow_run_call, (size_t)n + 1);
    w->inputs = arena_array(w->arena, struct flow_run_input, (size_t)w->told.count + 1);
    w->told_left = w->told.count;
    for (int i = n; i > 0; i--) {
        struct db_row row = db_row_at(&w->entries, i - 1);
        struct entry e = entry_from_row(&row);

        take(w, &e);
    }
    hear(w, INT64_MAX);
}

/* --- names, and what was answered ---------------------------------------------------------- */

static void
hide_inputs(struct flow_visit *visit, bool is_sensitive)
{
    for (size_t i = 0; i < visit->input_count; i++) {
        struct flow_run_input *input = &visit->inputs[i];

        input->is_hidden = input->message_seq > 0 && (is_sensitive || input->is_hidden);
        if (input->is_hidden)
            input->text = (struct str){ 0 };
    }
}

static void
name_visit(const struct walk *w, struct flow_visit *visit)
{
    bool is_sensitive = false;

    for (int i = 0; i < w->cards.count; i++) {
        struct db_row row = db_row_at(&w->cards, i);

        if (db_i64(&row, 0) != visit->card.flow_id || db_i64(&row, 1) != visit->card.number ||
            !str_eq(db_str(&row, 2), visit->card.card))
            continue;
        visit->card.name = db_str(&row, 3);
        is_sensitive = db_bool(&row, 4);
    }
    hide_inputs(visit, is_sensitive);
}

/* An answer was kept by the step that left its card, at the same moment. */
static void
put_answer(struct flow_path *path, const struct db_row *row)
{
    for (size_t i = 0; i < path->visit_count; i++) {
        struct flow_visit *v = &path->visits[i];

        if (v->state == FLOW_VISIT_LEFT && v->closed_at_us == db_i64(row, 3) &&
            str_eq(v->card.card, db_str(row, 1)))
            v->answer = db_str(row, 4);
    }
}

static void
read_values(struct walk *w)
{
    struct flow_path *path = w->path;

    path->variables = arena_array(w->arena, struct flow_run_variable, (size_t)w->values.count + 1);
    for (int i = 0; i < w->values.count; i++) {
        struct db_row row = db_row_at(&w->values, i);

        if (db_bool(&row, 0))
            put_answer(path, &row);
        else
            path->variables[path->variable_count++] =
                (struct flow_run_variable){ db_str(&row, 1), db_str(&row, 2), db_str(&row, 4) };
    }
}

struct err
flow_runs_path(struct cx *cx, struct ticket_id ticket, int64_t run, struct flow_path *out)
{
    struct walk w = { .arena = cx->arena, .path = out };
    struct db_row row;
    struct ticket seen;
    int64_t begun_us;

    *out = (struct flow_path){ 0 };
    TRY(tickets_get(cx, ticket, &seen));
    TRY(db_one(cx, &SQL_flow_run_get, &row, P_ID(cx->account), P_ID(ticket), P_I64(run)));
    out->run = run_from_row(&row);
    begun_us = out->run.started_at_us;
    db_ask(cx, &SQL_flow_run_entries, &w.entries, P_ID(cx->account), P_I64(run), P_TIME(begun_us),
           P_I64(FLOW_RUN_ENTRIES_MAX + 1));
    db_ask(cx, &SQL_flow_run_inputs, &w.told, P_ID(cx->account), P_I64(run), P_ID(ticket),
           P_TIME(seen.opened_at_us), P_I64(FLOW_RUN_INPUTS_MAX));
    db_ask(cx, &SQL_flow_run_cards, &w.cards, P_ID(cx->account), P_I64(run), P_TIME(begun_us));
    TRY(db_many(cx, &SQL_flow_run_values, &w.values, P_ID(cx->account), P_I64(run)));
    walk_entries(&w);
    for (size_t i = 0; i < out->visit_count; i++)
        name_visit(&w, &out->visits[i]);
    read_values(&w);
    return OK;
}
