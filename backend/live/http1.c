#include "http1.h"

static bool
is_token(struct str s)
{
    static const char others[] = "!#$%&'*+-.^_`|~";

    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!is_word && (c == '\0' || strchr(others, c) == NULL))
            return false;
    }
    return s.len > 0;
}

/* Printable, or beyond ASCII: no control characters, so no line ends of any kind. */
static bool
is_line_text(struct str s, bool may_have_blanks)
{
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.p[i];
        if (c == ' ' || c == '\t' ? !may_have_blanks : c < 0x20 || c == 0x7f)
            return false;
    }
    return true;
}

static enum http1_state
refuse(struct http1_request *out, int status)
{
    out->status = status;
    return HTTP1_REFUSED;
}

/* Cuts a line off that ends in CR LF; a lone CR or LF is no line end. */
static bool
next_line(struct str *rest, struct str *line)
{
    const char *end = rest->len > 0 ? memmem(rest->p, rest->len, "\r\n", 2) : NULL;

    if (end == NULL)
        return false;
    *line = (struct str){ rest->p, (size_t)(end - rest->p) };
    rest->len -= line->len + 2;
    rest->p = end + 2;
    return true;
}

static enum http1_state
parse_request_line(struct str line, struct http1_request *out)
{
    struct str method, target;

    if (!str_cut(&line, ' ', &method) || !is_token(method) || !str_cut(&line, ' ', &target) ||
        (!str_eq(line, STR("HTTP/1.1")) && !str_eq(line, STR("HTTP/1.0"))))
        return refuse(out, 400);
    if (!str_starts(target, STR("/")) || !is_line_text(target, false))
        return refuse(out, 400);
    if (!str_eq(method, STR("GET")))
        return refuse(out, 405);
    (void)str_cut(&target, '?', &out->path);
    out->query = target;
    return HTTP1_READY;
}

/* A header said twice has two meanings. */
static bool
keep_once(struct str *field, struct str value)
{
    if (field->p != NULL)
        return false;
    *field = value;
    return true;
}

static bool
parse_header(struct str line, struct http1_request *out)
{
    struct str name;

    /* A line that begins with a blank continued the one before, once; is_token refuses it. */
    if (str_find(line, ':') < 0 || !str_cut(&line, ':', &name) || !is_token(name) ||
        !is_line_text(line, true))
        return false;
    line = str_trim(line);

    if (str_eq_nocase(name, STR("X-Live-Grant")))
        return keep_once(&out->grant, line);
    if (str_eq_nocase(name, STR("Last-Event-ID")))
        return keep_once(&out->last_event_id, line);
    if (str_eq_nocase(name, STR("Content-Length")))
        return str_eq(line, STR("0"));
    return !str_eq_nocase(name, STR("Transfer-Encoding"));
}

enum http1_state
http1_parse(struct str bytes, struct http1_request *out)
{
    const char *end = bytes.len > 0 ? memmem(bytes.p, bytes.len, "\r\n\r\n", 4) : NULL;
    struct str head, line;

    *out = (struct http1_request){ 0 };
    if (end == NULL)
        return bytes.len >= HTTP1_HEAD_MAX ? refuse(out, 431) : HTTP1_MORE;
    head = (struct str){ bytes.p, (size_t)(end - bytes.p) + 2 };
    if (head.len > HTTP1_HEAD_MAX)
        return refuse(out, 431);

    (void)next_line(&head, &line);
    if (parse_request_line(line, out) == HTTP1_REFUSED)
        return HTTP1_REFUSED;
    while (next_line(&head, &line))
        if (!parse_header(line, out))
            return refuse(out, 400);
    return HTTP1_READY;
}

struct str
http1_query(const struct http1_request *request, struct str name)
{
    struct str rest = request->query;
    struct str pair, key;

    while (str_cut(&rest, '&', &pair))
        if (str_cut(&pair, '=', &key) && str_eq(key, name))
            return pair;
    return (struct str){ 0 };
}
