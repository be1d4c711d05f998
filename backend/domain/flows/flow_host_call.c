/*
 * What a flow asks of other systems: an HTTP call, guarded as all are (httpc.h), made with no transaction open, whose
 * answer is the run's next input. Its key against doing it twice is the call's id. What may have been done already and
 * must not be done again is not: then nobody knows what became of it, and the flow is told so.
 *
 * Other kinds are not reached from here: the card leaves by its own way for that.
 */
#include "flow_host_private.h"

enum { ANSWER_MAX = 256 * 1024, HEADERS_MAX = 7 };

struct calling {
    struct httpc_call call;
    int64_t retries; /* left */
};

/* --- the request (cards/http_request.c) ----------------------------------------------- */

/* False: a part of it is a secret, and those are not known here yet. */
static bool
read_parts(struct arena *a, const struct json *parts, struct str *out)
{
    struct buf b = { .arena = a };

    for (size_t i = 0; i < json_len(parts); i++) {
        if (json_kind(json_at(parts, i)) != JSON_TEXT)
            return false;
        buf_add(&b, json_text(json_at(parts, i)));
    }
    *out = buf_str(&b);
    return true;
}

static bool
read_headers(struct arena *a, const struct json *headers, struct httpc_call *call)
{
    size_t n = 0;

    for (size_t i = 0; i < json_len(headers); i++) {
        struct str name = json_get_text(json_at(headers, i), "name"), value;

        if (!read_parts(a, json_get(json_at(headers, i), "value"), &value))
            return false;
        if (str_eq_nocase(name, STR("content-type"))) {
            call->content_type = str_cstr(a, value);
        } else if (n == HEADERS_MAX) {
            return false;
        } else {
            call->headers[n].name = str_cstr(a, name);
            call->headers[n++].value = value;
        }
    }
    call->headers[n].name = NULL;
    return true;
}

static bool
read_request(struct arena *a, const struct run *run, struct calling *out)
{
    const struct json *request;
    struct httpc_call *call = &out->call;
    int64_t timeout_s = 0;

    if (!str_eq(run->call.kind, STR("http")) ||
        json_parse(a, run->call.request, &request).code != ERR_NONE)
        return false;
    json_i64(json_get(request, "retries"), &out->retries);
    json_i64(json_get(request, "timeout_s"), &timeout_s);
    *call = (struct httpc_call){
        .method = str_cstr(a, json_get_text(request, "method")),
        .url = json_get_text(request, "url"),
        .timeout_ms = timeout_s * 1000,
        .answer_max_bytes = ANSWER_MAX,
    };
    if (!read_headers(a, json_get(request, "headers"), call) ||
        !read_parts(a, json_get(request, "body"), &call->body))
        return false;
    for (size_t i = 0; i <= HEADERS_MAX; i++)
        if (call->headers[i].name == NULL) {
            call->headers[i].name = "Idempotency-Key";
            call->headers[i].value = run->call.id;
            break;
        }
    return true;
}

/* --- the answer -------------------------------------------------------------------------- */

static const struct {
    const char *slug, *outcome;
} outcomes[] = {
    { "timeout", "timeout" },       { "unreachable", "refused" }, { "tls_failed", "tls" },
    { "answer_too_large", "body" }, { "url_invalid", "blocked" }, { "address_refused", "blocked" },
};

static struct str
outcome_of(const struct httpc_answer *answer)
{
    if (answer->failed.code == ERR_NONE)
        return STR("ok");
    for (size_t i = 0; i < sizeof outcomes / sizeof outcomes[0]; i++)
        if (err_is(answer->failed, outcomes[i].slug))
            return str_of(outcomes[i].outcome);
    return STR("refused");
}

static const struct json *
data_of(struct arena *a, const struct httpc_answer *answer)
{
    const struct json *data = NULL;
    struct buf b = { .arena = a };
    struct json_out o = { .buf = &b };

    json_open(&o, '{');
    json_kv_i64(&o, "status", answer->status);
    json_kv_str(&o, "body", answer->body.p == NULL ? STR("") : answer->body);
    json_close(&o, '}');
    return json_parse(a, buf_str(&b), &data).code == ERR_NONE ? data : NULL;
}

/* --- the job ------------------------------------------------------------------------------- */

/* True: it is made now, or made again. */
static bool
goes_out(struct cx *cx, const struct job *job, const struct run *run,
         const struct httpc_answer *answer, struct job_outcome *out)
{
    struct calling *calling = out->state;

    if (answer == NULL) {
        out->state = calling = arena_new_of(cx->arena, struct calling);
        if (job->attempt > 1 && !run->call.is_safe)
            return false;
        if (!read_request(cx->arena, run, calling))
            return false;
    } else if (answer->failed.code == ERR_NONE || calling->retries-- <= 0) {
        return false;
    }
    out->verdict = JOB_CALL;
    out->call = calling->call;
    return true;
}

struct err
flow_call_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
               struct job_outcome *out)
{
    struct host *host = arena_new_of(cx->arena, struct host);
    struct input input = {
        .kind = INPUT_CALL_RESULT,
        .id = str_fmt(cx->arena, "call:%.*s", STR_ARG(job->arg)),
        .at_us = cx->now_us,
    };
    bool is_live, is_known;

    TRY(flow_find(cx, job, input.id, host, &is_live, &is_known));
    if (!is_live || is_known || !str_eq(host->run.call.id, job->arg) ||
        goes_out(cx, job, &host->run, answer, out))
        return OK;
    input.result = (struct call_result){
        .call = job->arg,
        .outcome = answer != NULL                                ? outcome_of(answer)
                   : job->attempt > 1 && !host->run.call.is_safe ? STR("unknown_result")
                                                                 : STR("unavailable"),
        .data = answer == NULL ? NULL : data_of(cx->arena, answer),
        .took_ms = answer == NULL ? 0 : answer->took_ms,
    };
    return flow_take(cx, host, &input);
}
