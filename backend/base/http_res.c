#include "http.h"

const char *
http_status_title(int status)
{
    switch (status) {
    case 200: return "OK";
    case 201: return "Created";
    case 202: return "Accepted";
    case 204: return "No Content";
    case 206: return "Partial Content";
    case 302: return "Found";
    case 303: return "See Other";
    case 304: return "Not Modified";
    case 400: return "Bad Request";
    case 401: return "Unauthorized";
    case 402: return "Payment Required";
    case 403: return "Forbidden";
    case 404: return "Not Found";
    case 405: return "Method Not Allowed";
    case 409: return "Conflict";
    case 410: return "Gone";
    case 413: return "Content Too Large";
    case 415: return "Unsupported Media Type";
    case 429: return "Too Many Requests";
    case 431: return "Request Header Fields Too Large";
    case 503: return "Service Unavailable";
    default: return "Internal Server Error";
    }
}

static void
start_body(struct res *res, int status, const char *content_type)
{
    res->status = status;
    res->content_type = content_type;
    res->body = (struct buf){ .arena = res->body.arena };
}

struct json_out
res_json_begin(struct res *res, int status)
{
    start_body(res, status, "application/json");
    return (struct json_out){ .buf = &res->body };
}

struct err
res_json_end(struct res *res)
{
    if (res->status == 0 || res->body.len == 0)
        BUG("what=json_answer_without_value");
    return OK;
}

struct err
res_json(struct res *res, int status, json_writer write, const void *value)
{
    struct json_out out = res_json_begin(res, status);

    write(&out, value);
    return res_json_end(res);
}

struct err
res_empty(struct res *res, int status)
{
    start_body(res, status, NULL);
    return OK;
}

struct err
res_text(struct res *res, int status, const char *content_type, struct str text)
{
    start_body(res, status, content_type);
    buf_add(&res->body, text);
    return OK;
}

static bool
is_header_safe(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c < 0x20 || c == 0x7f)
            return false;
    }
    return true;
}

void
res_header(struct res *res, const char *name, struct str value)
{
    /* A line break here would let a value write headers of its own. */
    if (!is_header_safe(str_of(name)) || !is_header_safe(value))
        BUG("what=control_character_in_header");
    buf_add(&res->headers, str_of(name));
    buf_add(&res->headers, STR(": "));
    buf_add(&res->headers, value);
    buf_add(&res->headers, STR("\r\n"));
}

void
res_problem_as(struct res *res, int status, struct err e)
{
    struct json_out o;

    start_body(res, status, "application/problem+json");
    o = (struct json_out){ .buf = &res->body };
    json_open(&o, '{');
    json_kv_str(&o, "type", STR("about:blank"));
    json_kv_str(&o, "title", str_of(http_status_title(status)));
    json_kv_i64(&o, "status", status);
    json_kv_str(&o, "slug", str_of(e.slug));
    if (e.field != NULL)
        json_kv_str(&o, "field", str_of(e.field));
    if (res->retry_after_s > 0) {
        json_kv_i64(&o, "retry_after_s", res->retry_after_s);
        res_header(res, "Retry-After",
                   str_fmt(res->headers.arena, "%lld", (long long)res->retry_after_s));
    }
    if (res->cx != NULL && res->cx->request_id.len > 0)
        json_kv_str(&o, "request_id", res->cx->request_id);
    if (res->more.len > 0) {
        buf_char(&res->body, ',');
        buf_add(&res->body, buf_str(&res->more));
    }
    json_close(&o, '}');
}

struct json_out
res_more(struct res *res)
{
    return (struct json_out){ .buf = &res->more, .comma = res->more.len > 0 };
}

void
res_problem(struct res *res, struct err e)
{
    res_problem_as(res, err_http_status(e.code), e);
}
