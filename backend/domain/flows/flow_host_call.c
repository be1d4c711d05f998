/*
 * What a flow asks of other systems: an HTTP call, guarded as all are (httpc.h), made with no transaction open, whose
 * answer is the run's next input. Its key against doing it twice is the call's id. What may have been done already and
 * must not be done again is not: then nobody knows what became of it, and the flow is told so.
 *
 * Registrations of our own are looked up at once (flow_host_customers.c); a template goes the way of all messages
 * (flow_host_template.c). Other kinds are not reached from here: the card
 * leaves by its own way for that.
 */
#include "flow_host_private.h"
#include "flow_secrets.h"

enum { ANSWER_MAX = 256 * 1024, HEADERS_MAX = 7 };

struct calling {
    struct httpc_call call;
    int64_t retries; /* left */
};

/* --- the request (cards/http_request.c) ----------------------------------------------- */

/* --- what is hidden in it ------------------------------------------------------------- */

static void
as_text(struct buf *out, struct str value)
{
    buf_add(out, value);
}

/* Its quotes stand in the text already. */
static void
as_json(struct buf *out, struct str value)
{
    struct buf quoted = { .arena = out->arena };

    json_put_str(&(struct json_out){ .buf = &quoted }, value);
    buf_add(out, (struct str){ quoted.p + 1, quoted.len - 2 });
}

static void
as_url(struct buf *out, struct str value)
{
    for (size_t i = 0; i < value.len; i++) {
        unsigned char c = (unsigned char)value.p[i];

        if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
            memchr("-._~", c, 4) != NULL)
            buf_char(out, (char)c);
        else
            buf_fmt(out, "%%%02X", c);
    }
}

static const struct {
    const char *as;
    void (*put)(struct buf *out, struct str value);
} places[] = { { "text", as_text }, { "header", as_text }, { "json", as_json }, { "url", as_url } };

static bool
ends_a_line(struct str value)
{
    for (size_t i = 0; i < value.len; i++)
        if (value.p[i] == '\r' || value.p[i] == '\n' || value.p[i] == '\0')
            return true;
    return false;
}

/* False: it is not there, or may not stand there. */
static struct err
open_part(struct cx *cx, const struct run *run, const struct json *part, struct buf *out,
          bool *is_whole)
{
    struct str as = json_get_text(part, "as"), secret = json_get_text(part, "secret"), value;
    bool found = false;

    if (secret.len > 0)
        TRY(flow_secrets_open(cx, secret, &found, &value));
    else
        TRY(flow_seals_open(cx, run->id, json_get_text(part, "sealed"), &found, &value));
    *is_whole = found && !(str_eq(as, STR("header")) && ends_a_line(value));
    for (size_t i = 0; i < sizeof places / sizeof places[0] && *is_whole; i++)
        if (str_eq(as, str_of(places[i].as)))
            places[i].put(out, value);
    return OK;
}

static struct err
read_parts(struct cx *cx, const struct run *run, const struct json *parts, struct str *out,
           bool *is_whole)
{
    struct buf b = { .arena = cx->arena };

    *is_whole = true;
    for (size_t i = 0; i < json_len(parts) && *is_whole; i++) {
        const struct json *part = json_at(parts, i);

        if (json_kind(part) == JSON_TEXT)
            buf_add(&b, json_text(part));
        else
            TRY(open_part(cx, run, part, &b, is_whole));
    }
    *out = buf_str(&b);
    return OK;
}

static struct err
read_headers(struct cx *cx, const struct run *run, const struct json *headers,
             struct httpc_call *call, bool *is_whole)
{
    size_t n = 0;

    for (size_t i = 0; i < json_len(headers); i++) {
        struct str name = json_get_text(json_at(headers, i), "name"), value;

        TRY(read_parts(cx, run, json_get(json_at(headers, i), "value"), &value, is_whole));
        *is_whole = *is_whole && n < HEADERS_MAX;
        if (!*is_whole)
            return OK;
        if (str_eq_nocase(name, STR("content-type"))) {
            call->content_type = str_cstr(cx->arena, value);
        } else {
            call->headers[n].name = str_cstr(cx->arena, name);
            call->headers[n++].value = value;
        }
    }
    call->headers[n].name = NULL;
    return OK;
}

/* *is_whole: it is a request, and nothing that it hides is missing. */
static struct err
read_request(struct cx *cx, const struct run *run, struct calling *out, bool *is_whole)
{
    struct arena *a = cx->arena;
    const struct json *request;
    struct httpc_call *call = &out->call;
    int64_t timeout_s = 0;

    *is_whole = str_eq(run->call.kind, STR("http")) &&
                json_parse(a, run->call.request, &request).code == ERR_NONE;
    if (!*is_whole)
        return OK;
    json_i64(json_get(request, "retries"), &out->retries);
    json_i64(json_get(request, "timeout_s"), &timeout_s);
    *call = (struct httpc_call){
        .method = str_cstr(a, json_get_text(request, "method")),
        .url = json_get_text(request, "url"),
        .timeout_ms = timeout_s * 1000,
        .answer_max_bytes = ANSWER_MAX,
    };
    TRY(read_headers(cx, run, json_get(request, "headers"), call, is_whole));
    if (*is_whole)
        TRY(read_parts(cx, run, json_get(request, "body"), &call->body, is_whole));
    for (size_t i = 0; i <= HEADERS_MAX; i++)
        if (call->headers[i].name == NULL) {
            call->headers[i].name = "Idempotency-Key";
            call->headers[i].value = run->call.id;
            break;
        }
    return OK;
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

/* *goes: it is made now, or made again. */
static struct err
goes_out(struct cx *cx, const struct job *job, const struct run *run,
         const struct httpc_answer *answer, struct job_outcome *out, bool *goes)
{
    struct calling *calling = out->state;

    *goes = false;
    if (answer == NULL) {
        calling = JOB_STATE(cx, out, struct calling);
        if (job->attempt > 1 && !run->call.is_safe)
            return OK;
        TRY(read_request(cx, run, calling, goes));
    } else {
        *goes = answer->failed.code != ERR_NONE && calling->retries-- > 0;
    }
    if (*goes) {
        out->verdict = JOB_CALL;
        out->call = calling->call;
    }
    return OK;
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
    bool is_live, is_known, is_said, goes;

    TRY(flow_find(cx, (struct ticket_id){ job->subject_id }, input.id, host, &is_live, &is_known));
    if (!is_live || is_known || !str_eq(host->run.call.id, job->arg))
        return OK;
    if (str_eq(host->run.call.kind, STR("local"))) {
        TRY(flow_search(cx, &host->run, &input.result));
        return flow_take(cx, host, &input);
    }
    if (str_eq(host->run.call.kind, STR("template"))) {
        TRY(flow_say_template(cx, host, &is_said, &input.result));
        return is_said ? OK : flow_take(cx, host, &input);
    }
    TRY(goes_out(cx, job, &host->run, answer, out, &goes));
    if (goes)
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
