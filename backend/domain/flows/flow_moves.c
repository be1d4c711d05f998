#include "flow_moves_private.h"

#include "base/clock.h"
#include "domain/audit/audit.h"

#include "flows_moves.sql.h"

enum { RUNS_A_PAGE = 250, ARENA_BYTES = 64 * 1024 };

/* --- where to ---------------------------------------------------------------------------- */

struct err
flow_target_read(struct cx *cx, struct flow_id flow, struct str key, struct flow_target *out)
{
    struct flow_pin *pins;

    *out = (struct flow_target){ .flow = flow };
    TRY(flow_pins_now(cx, key, &pins, &out->pin_count));
    out->pins = pins;
    return out->pin_count > 0 ? OK : FAIL(ERR_CONFLICT, "flow_is_not_live");
}

static const struct flow_pin *
pin_of(const struct flow_pin *pins, size_t n, int64_t flow_id)
{
    for (size_t i = 0; i < n; i++)
        if (pins[i].flow_id == flow_id)
            return &pins[i];
    return NULL;
}

size_t
flow_target_pins(struct arena *a, const struct flow_target *target, const struct flow_pin *old,
                 size_t n, struct flow_pin **out)
{
    struct flow_pin *pins = arena_array(a, struct flow_pin, n + target->pin_count + 1);
    size_t made = 0;

    *out = pins;
    if (n > 0 && old[0].flow_id == target->flow.v) {
        memcpy(pins, target->pins, target->pin_count * sizeof *pins);
        return target->pin_count;
    }
    for (size_t i = 0; i < n; i++) {
        const struct flow_pin *now = pin_of(target->pins, target->pin_count, old[i].flow_id);

        pins[made++] = now == NULL ? old[i] : *now;
    }
    for (size_t i = 0; i < target->pin_count; i++)
        if (pin_of(old, n, target->pins[i].flow_id) == NULL)
            pins[made++] = target->pins[i];
    return made;
}

/* --- what would happen --------------------------------------------------------------------- */

/* Runs of one beginning are pinned alike: the documents of the last ones are at hand. */
struct sets {
    struct str pins; /* as the row has them */
    struct host *old, *new;
    bool is_too_much;
};

static struct err
read_sets(struct cx *cx, const struct flow_target *target, struct str pins, struct sets *s)
{
    struct flow_pin *read;

    if (s->pins.p != NULL && str_eq(s->pins, pins))
        return OK;
    s->pins = str_dup(cx->arena, pins);
    TRY(flow_pins_read(cx, s->pins, &read, &s->old->pin_count));
    s->old->pins = read;
    s->new->pin_count = flow_target_pins(cx->arena, target, s->old->pins, s->old->pin_count, &read);
    s->new->pins = read;
    s->is_too_much = s->new->pin_count > FLOW_CLOSURE_MAX;
    if (s->is_too_much)
        return OK;
    TRY(flow_documents(cx, s->old));
    return flow_documents(cx, s->new);
}

static struct err
weigh(struct arena *a, const struct sets *s, struct str state, enum flow_stay *out)
{
    const struct json *json;
    struct run run;

    *out = STAY_FLOW;
    if (s->is_too_much)
        return OK;
    TRY(json_parse(a, state, &json));
    TRY(run_read(a, json, &run));
    *out = flow_move(a, s->old->flows, s->new->flows, &run);
    return OK;
}

static struct err
weigh_all(struct cx *cx, const struct flow_target *target, struct arena *a,
          struct flow_move_preview *out)
{
    struct sets sets = { .old = arena_new_of(cx->arena, struct host),
                         .new = arena_new_of(cx->arena, struct host) };
    int64_t after = 0, seen = 0;
    struct db_rows rows;

    do {
        TRY(db_many(cx, &SQL_move_candidates, &rows, P_ID(cx->account), P_ID(target->flow),
                    P_I64(out->number), P_I64(after), P_I64(RUNS_A_PAGE)));
        for (int i = 0; i < rows.count; i++) {
            struct db_row row = db_row_at(&rows, i);
            enum flow_stay stays;

            out->has_more = seen == FLOW_MOVES_MAX;
            if (out->has_more)
                return OK;
            after = db_i64(&row, 0);
            TRY(read_sets(cx, target, db_str(&row, 1), &sets));
            arena_reset(a);
            TRY(weigh(a, &sets, db_str(&row, 2), &stays));
            out->stays[stays]++;
            seen++;
        }
    } while (rows.count == RUNS_A_PAGE);
    return OK;
}

struct err
flow_moves_preview(struct cx *cx, struct flow_id id, struct flow_move_preview *out)
{
    struct flow_target target;
    struct arena *a;
    struct flow flow;
    struct db_row row;
    struct err e;
    bool found;

    *out = (struct flow_move_preview){ 0 };
    TRY(flows_get(cx, id, &flow));
    TRY(flow_target_read(cx, id, flow.key, &target));
    out->number = flow.live_number;
    TRY(db_opt(cx, &SQL_move_running, &found, &row, P_ID(cx->account), P_ID(id)));
    out->running.v = found ? db_i64(&row, 0) : 0;
    a = arena_new(ARENA_BYTES);
    e = weigh_all(cx, &target, a, out);
    arena_free(a);
    return e;
}

/* --- doing it --------------------------------------------------------------------------------- */

static void
leave_trail(struct cx *cx, const char *action, struct flow_id flow, int64_t number)
{
    struct audit_change change = { 0 };

    audit_number(&change, "number", 0, number);
    audit_changed(cx, action, "flow", flow.v, &change);
}

struct err
flow_moves_start(struct cx *cx, struct flow_id id, int64_t number, struct flow_move *out)
{
    struct flow_target target;
    struct flow flow;
    struct db_row row;
    bool found;

    TRY(flows_lock(cx, id));
    TRY(flows_get(cx, id, &flow));
    TRY(flow_target_read(cx, id, flow.key, &target));
    if (flow.live_number != number)
        return FAIL(ERR_CONFLICT, "flow_moved_on");
    leave_trail(cx, "flow.conversations_moved", id, number);
    TRY(db_opt(cx, &SQL_move_running, &found, &row, P_ID(cx->account), P_ID(id)));
    if (!found) {
        TRY(db_one(cx, &SQL_move_add, &row, P_ID(cx->account), P_ID(id), P_I64(number),
                   P_ID(cx->member), P_TIME(cx->now_us), P_I64(FLOW_MOVES_MAX)));
        jobs_add(cx, "flow.move", jobs_lane("flow.move", db_i64(&row, 0), 0), db_i64(&row, 0),
                 STR(""), 0);
    }
    return flow_moves_get(cx, id, (struct flow_move_id){ db_i64(&row, 0) }, out);
}

static enum flow_stay
stay_of(struct str name)
{
    for (int i = 0; i < STAY__COUNT; i++)
        if (str_eq(name, str_of(flow_stay_names[i])))
            return (enum flow_stay)i;
    return STAY_CARD;
}

struct err
flow_moves_get(struct cx *cx, struct flow_id flow, struct flow_move_id id, struct flow_move *out)
{
    struct db_rows rows;
    struct db_row row;

    TRY(db_one(cx, &SQL_move_get, &row, P_ID(cx->account), P_ID(flow), P_ID(id)));
    *out = (struct flow_move){
        .id = { db_i64(&row, 0) },
        .flow = { db_i64(&row, 1) },
        .number = db_i64(&row, 2),
        .state = db_str(&row, 3),
        .member = { db_i64(&row, 4) },
        .started_at_us = db_time(&row, 5),
        .finished_at_us = db_time(&row, 6),
    };
    TRY(db_many(cx, &SQL_move_progress, &rows, P_ID(cx->account), P_ID(id)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row of = db_row_at(&rows, i);
        struct str state = db_str(&of, 0);

        if (str_eq(state, STR("stayed")))
            out->stays[stay_of(db_str(&of, 1))] += db_i64(&of, 2);
        else
            *(str_eq(state, STR("moved")) ? &out->moved : &out->pending) += db_i64(&of, 2);
    }
    return OK;
}

struct err
flow_moves_cancel(struct cx *cx, struct flow_id flow, struct flow_move_id id, struct flow_move *out)
{
    struct db_row row;

    TRY(flow_moves_get(cx, flow, id, out));
    TRY(db_one(cx, &SQL_move_lock, &row, P_ID(cx->account), P_ID(id)));
    leave_trail(cx, "flow.move_cancelled", flow, out->number);
    db_queue(cx, &SQL_move_end, P_ID(cx->account), P_ID(id), P_STR(STR("cancelled")),
             P_TIME(cx->now_us));
    flows_tell(cx, flow);
    return flow_moves_get(cx, flow, id, out);
}
