/*
 * Bytes in and out: uploads handed over by nginx, files served by nginx after we
 * said who may have them.
 */
#include "messages_private.h"

#include "domain/auth/auth.h"

#include "messages.sql.h"

static struct err
put_upload(struct cx *cx, struct req *req, struct res *res)
{
    struct attachment attachment;

    TRY(messages_upload(cx,
                        &(struct upload){ .file = req->body_file,
                                          .content_length = req->content_length,
                                          .content_type = req->content_type,
                                          .filename = req_query(req, "filename"),
                                          .max_bytes = MESSAGES_UPLOAD_MAX },
                        &attachment));
    return res_json(res, 201, attachment_write_json, &attachment);
}

/* Types that a browser shows without running anything in them. */
static const char *const shown_inline[] = {
    "image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4",   "video/webm",
    "audio/ogg", "audio/mpeg", "audio/mp4", "audio/webm", "audio/x-m4a",
};

static bool
is_shown_inline(struct str mime)
{
    for (size_t i = 0; i < sizeof shown_inline / sizeof shown_inline[0]; i++)
        if (str_eq(mime, str_of(shown_inline[i])))
            return true;
    return false;
}

/* RFC 6266: a plain name for old clients, the real one percent-encoded. */
static struct str
disposition(struct cx *cx, struct str mime, struct str filename)
{
    struct buf out = { .arena = cx->arena };

    buf_fmt(&out, "%s; filename=\"", is_shown_inline(mime) ? "inline" : "attachment");
    for (size_t i = 0; i < filename.len; i++) {
        unsigned char c = (unsigned char)filename.p[i];

        buf_char(&out, c < 0x20 || c > 0x7E || c == '"' || c == '\\' ? '_' : (char)c);
    }
    buf_add(&out, STR("\"; filename*=UTF-8''"));
    for (size_t i = 0; i < filename.len; i++) {
        unsigned char c = (unsigned char)filename.p[i];

        if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
            c == '.' || c == '-' || c == '_')
            buf_char(&out, (char)c);
        else
            buf_fmt(&out, "%%%02X", c);
    }
    return buf_str(&out);
}

struct err
messages_serve(struct cx *cx, struct res *res, const struct served_file *file)
{
    if (str_eq(file->state, STR("expired")))
        return FAIL(ERR_GONE, "media_expired");
    if (!str_eq(file->state, STR("ready")))
        return FAIL(ERR_CONFLICT, "media_not_ready");
    res_header(res, "Content-Disposition", disposition(cx, file->mime, file->filename));
    res_header(res, "X-Accel-Redirect", str_fmt(cx->arena, "/_media/%.*s", STR_ARG(file->path)));
    return res_text(res, 200,
                    is_shown_inline(file->mime) ? str_cstr(cx->arena, file->mime)
                                                : "application/octet-stream",
                    STR(""));
}

static struct err
find_file(struct cx *cx, struct req *req, struct res *res, int64_t id, bool *found,
          struct db_row *row)
{
    struct str token = req_query(req, "visitor"), link = req_query(req, "link");
    struct visitor visitor;
    int64_t linked;

    if (link.len > 0) {
        TRY(auth_link_enter(cx, link, &linked));
        return db_opt(cx, &SQL_attachment_serve_link, found, row, P_ID(cx->account),
                      P_I64(linked == id ? id : 0));
    }
    if (token.len == 0) {
        TRY(auth_member_enter(cx, req, res, req_query(req, "account"), "tickets.view"));
        return db_opt(cx, &SQL_attachment_serve_member, found, row, P_ID(cx->account), P_I64(id),
                      P_ID(cx->member), db_p_id(cx->token_id));
    }
    TRY(auth_visitor_enter(cx, token));
    TRY(messages_visitor(cx, &visitor));
    return db_opt(cx, &SQL_attachment_serve_visitor, found, row, P_ID(cx->account), P_I64(id),
                  P_ID(visitor.identity), P_ID(visitor.channel));
}

static struct err
get_media(struct cx *cx, struct req *req, struct res *res)
{
    struct db_row row;
    int64_t id;
    bool found;

    TRY(req_path_id(req, "id", &id));
    TRY(find_file(cx, req, res, id, &found, &row));
    /* What was taken back is there for those alone who may read what was said before. */
    if (!found || (db_bool(&row, 4) && !access_may(cx, "messages.view_original")))
        return FAIL(ERR_NOT_FOUND, "not_found");
    return messages_serve(cx, res,
                          &(struct served_file){ .state = db_str(&row, 0),
                                                 .mime = db_str(&row, 1),
                                                 .filename = db_str(&row, 2),
                                                 .path = db_str(&row, 3) });
}

static struct err
get_contact_files(struct cx *cx, struct req *req, struct res *res)
{
    struct str after = req_query(req, "after");
    int64_t limit = 40, before = 0;
    struct attachment file = { 0 };
    struct contact_id id;
    struct db_rows rows;
    struct json_out o;
    int n;

    TRY(req_path_id(req, "id", &id.v));
    TRY(req_query_i64(req, "limit", 1, 100, &limit));
    if (after.len > 0 && (!str_i64(after, &before) || before <= 0))
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    TRY(db_many(cx, &SQL_attachment_list_contact, &rows, P_ID(cx->account), P_ID(id),
                db_p_id(before), P_I64(limit + 1)));
    if (rows.count == 0)
        TRY(contacts_require(cx, id)); /* nothing there, or nobody? */
    n = rows.count > limit ? (int)limit : rows.count;

    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < n; i++) {
        struct db_row row = db_row_at(&rows, i);

        file = attachment_from_row(&row);
        attachment_write_json(&o, &file);
    }
    json_close(&o, ']');
    json_key(&o, "next");
    if (rows.count > n)
        json_put_str(&o, str_fmt(cx->arena, "%lld", (long long)file.id));
    else
        json_put_null(&o);
    json_close(&o, '}');
    return OK;
}

const struct route media_routes[] = {
    { PUT, "/api/v1/uploads", "tickets.reply", TX_WRITE, put_upload, ACCESS_MEMBER, BODY_FILE,
      NULL },
    { GET, "/media/:id", NULL, TX_READ, get_media, ACCESS_PUBLIC, BODY_NONE, NULL },
    { GET, "/api/v1/contacts/:id/files", "tickets.view", TX_READ, get_contact_files, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { 0 },
};
