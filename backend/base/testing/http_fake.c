#include "base/testing/http_fake.h"

static struct str
header(const struct req *req, const char *name)
{
    struct str rest = str_of(req->transport);
    struct str line, key;

    while (str_cut(&rest, '\n', &line))
        if (str_cut(&line, ':', &key) && str_eq_nocase(key, str_of(name)))
            return str_trim(line);
    return (struct str){ 0 };
}

void
http_fake(struct cx *cx, const char *first_line, const char *headers, struct str body,
          struct req *req, struct res *res)
{
    struct str query = str_of(first_line);
    struct str method, path, type;

    *req = (struct req){
        .arena = cx->arena,
        .cx = cx,
        .header = header,
        .transport = headers != NULL ? headers : "",
        .address = STR("203.0.113.7"),
        .body = body,
        .content_length = body.len > 0 ? (int64_t)body.len : -1,
    };
    *res = (struct res){
        .headers = { .arena = cx->arena },
        .body = { .arena = cx->arena },
        .cx = cx,
    };

    if (!str_cut(&query, ' ', &method) || !str_cut(&query, '?', &path))
        BUG("what=first_line_without_path line=%s", first_line);
    req->refused = req_first_line(req, method, path, false, query);

    type = header(req, "Content-Type");
    if (str_cut(&type, ';', &req->content_type))
        req->content_type = str_lower(cx->arena, str_trim(req->content_type));
}
