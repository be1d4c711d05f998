/* Reading what the trail says of a contact: one row at a time, and itself on the trail. */
#include "trail.h"

#include "domain/auth/auth.h"

/* One side of a row being written out, opened. */
struct opening {
    struct cx *cx;
    struct json_out *o;
    struct contact_id contact;
    struct err failed;
};

/* What does not open any more is null; what was never sealed says nothing new. */
static void
open_one(struct str name, const struct json *value, void *arg)
{
    struct opening *opening = arg;
    struct cx *cx = opening->cx;
    struct str plain = { 0 };
    bool opens;

    if (opening->failed.code != ERR_NONE || json_kind(value) != JSON_TEXT)
        return;
    opening->failed =
        contacts_open_field(cx, opening->contact, name, json_text(value), &opens, &plain);
    if (opening->failed.code == ERR_NONE)
        json_kv_str(opening->o, str_cstr(cx->arena, name), opens ? plain : (struct str){ 0 });
}

static struct err
write_side(struct cx *cx, struct json_out *o, struct contact_id contact, const struct json *detail,
           const char *side)
{
    struct opening opening = { .cx = cx, .o = o, .contact = contact, .failed = OK };

    json_key(o, side);
    json_open(o, '{');
    json_each(json_get(detail, side), open_one, &opening);
    json_close(o, '}');
    return opening.failed;
}

static struct err
post_reveal(struct cx *cx, struct req *req, struct res *res)
{
    const struct json *detail;
    struct audit_said said;
    struct json_out o;
    struct contact_id contact;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(access_require(cx, "contacts.unmask"));
    TRY(audit_get(cx, id, &said));
    if (!str_eq(said.subject_kind, STR("contact")))
        return FAIL(ERR_NOT_FOUND, "not_found");
    contact.v = said.subject_id;
    TRY(contacts_require(cx, contact));
    if (json_parse(cx->arena, said.detail, &detail).code != ERR_NONE)
        return FAIL(ERR_NOT_FOUND, "not_found");
    TRY(contacts_count_reveal(cx, res, contact, STR("trail")));
    audit_add(
        cx, "contact.revealed", "contact", said.subject_id,
        str_fmt(cx->arena, "{\"after\":{\"audit_id\":%lld,\"field\":\"trail\"}}", (long long)id));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    TRY(write_side(cx, &o, contact, detail, "before"));
    TRY(write_side(cx, &o, contact, detail, "after"));
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route trail_routes[] = {
    { POST, "/api/v1/audit/:id/reveal", "audit.view", TX_WRITE, post_reveal, ACCESS_MEMBER,
      BODY_NONE, "contact.revealed" },
    { 0 },
};
