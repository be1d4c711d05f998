#include "flow_runs.h"

static void
write_card(struct json_out *o, const struct flow_run_card *c)
{
    json_kv_i64(o, "flow_id", c->flow_id);
    json_kv_i64(o, "number", c->number);
    json_kv_str(o, "card", c->card);
    json_kv_str(o, "type", c->type);
    json_kv_str(o, "name", c->name.p == NULL ? STR("") : c->name);
}

static void
write_run(struct json_out *o, const struct flow_run *r)
{
    json_kv_i64(o, "id", r->id);
    json_kv_i64(o, "flow_id", r->flow_id);
    json_kv_i64(o, "number", r->number);
    json_kv_str(o, "flow", r->flow);
    json_kv_str(o, "cause", r->cause);
    json_kv_str(o, "phase", r->phase);
    json_kv_time(o, "started_at", r->started_at_us);
    json_kv_time(o, "stepped_at", r->stepped_at_us);
    json_kv_time(o, "ended_at", r->ended_at_us);
    json_kv_str(o, "end_reason", r->end_reason);
}

static void
write_place(struct json_out *o, const struct flow_run *r)
{
    json_key(o, "at");
    if (r->at.card.p == NULL) {
        json_put_null(o);
        return;
    }
    json_open(o, '{');
    write_card(o, &r->at);
    json_kv_time(o, "entered_at", r->entered_at_us);
    json_kv_time(o, "asked_at", r->asked_at_us);
    json_close(o, '}');
}

static struct err
get_runs(struct cx *cx, struct req *req, struct res *res)
{
    int64_t after = 0, limit = 20;
    struct flow_run_list list;
    struct ticket_id ticket;
    struct json_out o;

    TRY(req_path_id(req, "id", &ticket.v));
    TRY(req_query_i64(req, "after", 1, INT64_MAX, &after));
    TRY(req_query_i64(req, "limit", 1, 50, &limit));
    TRY(flow_runs_list(cx, ticket, after, limit, &list));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < list.n; i++) {
        json_open(&o, '{');
        write_run(&o, &list.v[i]);
        write_place(&o, &list.v[i]);
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_key(&o, "next");
    json_put_id(&o, list.has_more ? list.v[list.n - 1].id : 0);
    json_close(&o, '}');
    return res_json_end(res);
}

/* --- where one came by ----------------------------------------------------------------- */

static void
write_inputs(struct json_out *o, const struct flow_visit *v)
{
    json_key(o, "inputs");
    json_open(o, '[');
    for (size_t i = 0; i < v->input_count; i++) {
        const struct flow_run_input *input = &v->inputs[i];

        json_open(o, '{');
        json_kv_str(o, "kind", input->kind);
        json_kv_time(o, "at", input->at_us);
        json_kv_id(o, "message_seq", input->message_seq);
        json_kv_str(o, "form", input->form);
        json_kv_str(o, "text", input->text);
        json_kv_bool(o, "is_hidden", input->is_hidden);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_calls(struct json_out *o, const struct flow_visit *v)
{
    json_key(o, "calls");
    json_open(o, '[');
    for (size_t i = 0; i < v->call_count; i++) {
        const struct flow_run_call *call = &v->calls[i];

        json_open(o, '{');
        json_kv_str(o, "action", call->action);
        json_kv_str(o, "outcome", call->outcome);
        json_kv_time(o, "at", call->at_us);
        json_kv_i64(o, "took_ms", call->took_ms);
        json_close(o, '}');
    }
    json_close(o, ']');
}

static void
write_visit(struct json_out *o, const struct flow_visit *v)
{
    json_open(o, '{');
    json_kv_i64(o, "visit", v->visit);
    write_card(o, &v->card);
    json_kv_str(o, "state", str_of(flow_visit_state_names[v->state]));
    json_kv_str(o, "via", v->via);
    json_kv_time(o, "entered_at", v->entered_at_us);
    json_kv_time(o, "closed_at", v->closed_at_us);
    json_kv_time(o, "asked_at", v->asked_at_us);
    json_kv_i64(o, "ask_count", v->ask_count);
    json_kv_i64(o, "invalid_count", v->invalid_count);
    json_kv_i64(o, "ambiguous_count", v->ambiguous_count);
    json_kv_i64(o, "remind_count", v->remind_count);
    json_kv_str(o, "outlet", v->outlet);
    json_kv_str(o, "matched_by", v->matched_by);
    json_kv_str(o, "reason", v->reason);
    json_kv_id(o, "answered_ms", v->answered_ms);
    json_kv_str(o, "answer", v->answer);
    json_kv_str(o, "skipped", v->skipped);
    json_kv_str(o, "error", v->error);
    write_inputs(o, v);
    write_calls(o, v);
    json_close(o, '}');
}

static void
path_write_json(struct json_out *o, const void *value)
{
    const struct flow_path *path = value;

    json_open(o, '{');
    write_run(o, &path->run);
    json_key(o, "visits");
    json_open(o, '[');
    for (size_t i = 0; i < path->visit_count; i++)
        write_visit(o, &path->visits[i]);
    json_close(o, ']');
    json_kv_bool(o, "has_earlier", path->has_earlier);
    json_key(o, "variables");
    json_open(o, '[');
    for (size_t i = 0; i < path->variable_count; i++) {
        json_open(o, '{');
        json_kv_str(o, "name", path->variables[i].name);
        json_kv_str(o, "type", path->variables[i].type);
        json_kv_str(o, "value", path->variables[i].value);
        json_close(o, '}');
    }
    json_close(o, ']');
    json_close(o, '}');
}

static struct err
get_run(struct cx *cx, struct req *req, struct res *res)
{
    struct flow_path path;
    struct ticket_id ticket;
    int64_t run;

    TRY(req_path_id(req, "id", &ticket.v));
    TRY(req_path_id(req, "run", &run));
    TRY(flow_runs_path(cx, ticket, run, &path));
    return res_json(res, 200, path_write_json, &path);
}

const struct route flow_runs_routes[] = {
    { GET, "/api/v1/tickets/:id/runs", "flows.trace", TX_READ, get_runs, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { GET, "/api/v1/tickets/:id/runs/:run", "flows.trace", TX_READ, get_run, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { 0 },
};
