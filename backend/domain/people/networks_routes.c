#include "networks.h"
#include "people.h"

static struct err
write_networks(struct cx *cx, struct res *res, struct group_id group)
{
    struct db_rows rows;
    struct json_out o;

    TRY(networks_of(cx, group, &rows));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_id(&o, "group_id", group.v);
    json_kv_str(&o, "your_address", cx->address);
    json_key(&o, "networks");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_kv_str(&o, "network", db_str(&row, 0));
        json_kv_str(&o, "note", db_str(&row, 1));
        json_kv_time(&o, "expires_at", db_time(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_networks(struct cx *cx, struct req *req, struct res *res)
{
    struct group_id id = { 0 };
    struct group group;

    TRY(req_query_i64(req, "group_id", 1, INT64_MAX, &id.v));
    if (id.v != 0)
        TRY(groups_require(cx, id, &group));
    return write_networks(cx, res, id);
}

static const char *
field_of(struct cx *cx, size_t line, const char *member)
{
    return str_cstr(cx->arena, str_fmt(cx->arena, "networks[%zu].%s", line, member));
}

struct line_body {
    struct str network, note;
};

/* A line at fault is named, so that the screen can point at it. */
static struct err
read_line(struct cx *cx, const struct json *v, size_t line, struct network *out)
{
    static const struct json_field fields[] = {
        { "network", JSON_STR, true, offsetof(struct line_body, network), 60 },
        { "note", JSON_STR, false, offsetof(struct line_body, note), 120 },
        { 0 },
    };
    struct line_body body = { .note = STR("") };
    struct err e;

    if (json_kind(v) != JSON_OBJECT)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", field_of(cx, line, "network"));
    e = json_read(cx->arena, v, fields, &body);
    if (e.code != ERR_NONE)
        return FAIL_FIELD(e.code, e.slug, field_of(cx, line, e.field));
    e = networks_parse(cx, str_trim(body.network), &out->block);
    out->note = body.note;
    return e.code == ERR_NONE ? OK : FAIL_FIELD(e.code, e.slug, field_of(cx, line, "network"));
}

static bool
is_repeated(const struct network *lines, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (lines[i].block.prefix == lines[n].block.prefix &&
            lines[i].block.base.is_v6 == lines[n].block.base.is_v6 &&
            net_contains(&lines[i].block, &lines[n].block.base))
            return true;
    return false;
}

static struct err
read_lines(struct cx *cx, const struct json *v, struct network_list *out)
{
    struct network *lines;

    if (json_kind(v) != JSON_ARRAY)
        return FAIL_FIELD(ERR_INVALID, "wrong_type", "networks");
    if (json_len(v) > NETWORKS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_many", "networks");
    out->v = lines = arena_array(cx->arena, struct network, json_len(v) + 1);
    for (out->n = 0; out->n < json_len(v); out->n++) {
        TRY(read_line(cx, json_at(v, out->n), out->n, &lines[out->n]));
        if (is_repeated(lines, out->n))
            return FAIL_FIELD(ERR_INVALID, "network_repeated", field_of(cx, out->n, "network"));
    }
    return OK;
}

/* What the author would have to add: their own address, or of IPv6 what a house usually has. */
static struct str
suggestion(struct cx *cx)
{
    struct net_address from;
    struct net_block block;

    if (!net_parse_address(cx->address, &from))
        return (struct str){ 0 };
    block = net_block_of(&from, from.is_v6 ? 64 : 32);
    return net_print_block(cx->arena, &block);
}

/* A problem that says more than its slug: what to add. Nothing was changed. */
static struct err
answer_locked_out(struct cx *cx, struct res *res)
{
    struct json_out o = res_json_begin(res, 409);

    res->content_type = "application/problem+json";
    json_open(&o, '{');
    json_kv_str(&o, "type", STR("about:blank"));
    json_kv_str(&o, "title", STR("Conflict"));
    json_kv_i64(&o, "status", 409);
    json_kv_str(&o, "slug", STR("would_lock_you_out"));
    json_kv_str(&o, "field", STR("networks"));
    json_kv_str(&o, "your_address", cx->address);
    json_kv_str(&o, "suggestion", suggestion(cx));
    json_kv_str(&o, "request_id", cx->request_id);
    json_close(&o, '}');
    return res_json_end(res);
}

struct networks_body {
    int64_t group_id;
    const struct json *networks;
};

static struct err
put_networks(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "group_id", JSON_ID, false, offsetof(struct networks_body, group_id), 0 },
        { "networks", JSON_ANY, true, offsetof(struct networks_body, networks), 0 },
        { 0 },
    };
    struct networks_body body = { 0 };
    struct network_list list;
    bool locks_out;

    TRY(req_body(req, fields, &body));
    TRY(read_lines(cx, body.networks, &list));
    TRY(networks_save(cx, (struct group_id){ body.group_id }, &list, &locks_out));
    return locks_out ? answer_locked_out(cx, res)
                     : write_networks(cx, res, (struct group_id){ body.group_id });
}

const struct route networks_routes[] = {
    { GET, "/api/v1/networks", "groups.view", TX_READ, get_networks, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/networks", "networks.manage", TX_WRITE, put_networks, ACCESS_MEMBER, BODY_JSON,
      "network.edited" },
    { 0 },
};
