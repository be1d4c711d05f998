/*
 * One's own photo in this account, seen by everybody who works in it and by nobody else. A new
 * one has a number of its own, so browsers may keep what they have; a former one is swept like
 * any upload that was never sent.
 */
#include "changes.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"
#include "domain/messages/messages.h"
#include "people.h"

#include "people_photo.sql.h"

enum { PHOTO_BYTES_MAX = 2 * 1024 * 1024, PHOTO_SIDE_MAX = 4096 };

static struct err
change_photo(struct cx *cx, int64_t photo, const char *action)
{
    struct str none = STR("null");
    struct db_row was;

    TRY(db_one(cx, &SQL_photo_get, &was, P_ID(cx->account), P_ID(cx->member)));
    if (photo == 0 && db_is_null(&was, 0))
        return FAIL(ERR_NOT_FOUND, "photo_missing");
    db_queue(cx, &SQL_photo_save, P_ID(cx->account), P_ID(cx->member), db_p_id(photo));

    const struct change changes[] = {
        { "photo_id", db_is_null(&was, 0) ? none : change_i64(cx, db_i64(&was, 0)),
          photo == 0 ? none : change_i64(cx, photo) },
        { 0 },
    };

    audit_add(cx, action, "member", cx->member.v, changes_print(cx, changes));
    return OK;
}

static struct err
put_photo(struct cx *cx, struct req *req, struct res *res)
{
    struct attachment photo;
    struct json_out o;

    TRY(messages_upload_picture(cx,
                                &(struct upload){ .file = req->body_file,
                                                  .content_length = req->content_length,
                                                  .content_type = req->content_type,
                                                  .filename = STR("foto"),
                                                  .max_bytes = PHOTO_BYTES_MAX },
                                PHOTO_SIDE_MAX, &photo));
    TRY(change_photo(cx, photo.id, "member.photo_set"));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "photo_id", photo.id);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
delete_photo(struct cx *cx, struct req *req, struct res *res)
{
    (void)req;
    TRY(change_photo(cx, 0, "member.photo_removed"));
    return res_empty(res, 204);
}

static struct err
get_photo(struct cx *cx, struct req *req, struct res *res)
{
    struct db_row row;
    int64_t id;
    bool found;

    TRY(req_path_id(req, "id", &id));
    TRY(auth_member_enter(cx, req, res, req_query(req, "account"), ROUTE_ANY_MEMBER));
    TRY(db_opt(cx, &SQL_photo_serve, &found, &row, P_ID(cx->account), P_I64(id)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "not_found");
    return messages_serve(cx, res,
                          &(struct served_file){ .state = db_str(&row, 0),
                                                 .mime = db_str(&row, 1),
                                                 .filename = db_str(&row, 2),
                                                 .path = db_str(&row, 3) });
}

const struct route photo_routes[] = {
    { PUT, "/api/v1/me/photo", ROUTE_ANY_MEMBER, TX_WRITE, put_photo, ACCESS_MEMBER, BODY_FILE,
      "member.photo_set" },
    { DELETE, "/api/v1/me/photo", ROUTE_ANY_MEMBER, TX_WRITE, delete_photo, ACCESS_MEMBER,
      BODY_NONE, "member.photo_removed" },
    { GET, "/media/photos/:id", NULL, TX_READ, get_photo, ACCESS_PUBLIC },
    { 0 },
};
