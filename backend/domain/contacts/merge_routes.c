/* Pairs that look alike, and what becomes of them: one contact, and two again. */
#include "merge.h"

#include "contacts_private.h"
#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "contacts_merge.sql.h"

enum { WINDOW = 500 };

static struct str
masked(struct cx *cx, enum mask mask, struct str text)
{
    char *out;

    if (text.len == 0 || (cx->access->masks & mask) == 0)
        return text;
    if (mask == MASK_EMAIL)
        return STR("•••@•••");
    out = arena_alloc(cx->arena, CONTACT_MASKED_BYTES);
    return contacts_mask_phone(text, out);
}

static void
write_side(struct cx *cx, struct json_out *o, const struct db_row *row, int side)
{
    struct str name = db_str(row, 3 + side);

    json_open(o, '{');
    json_kv_i64(o, "id", db_i64(row, side));
    json_kv_str(o, "name", contacts_is_like_phone(name) ? masked(cx, MASK_PHONE, name) : name);
    json_kv_str(o, "phone", masked(cx, MASK_PHONE, db_str(row, 5 + side)));
    json_kv_str(o, "email", masked(cx, MASK_EMAIL, db_str(row, 7 + side)));
    json_kv_time(o, "created_at", db_time(row, 9 + side));
    json_close(o, '}');
}

static void
write_reasons(struct json_out *o, struct str list)
{
    struct str word;

    json_key(o, "reasons");
    json_open(o, '[');
    while (str_cut(&list, ',', &word))
        json_put_str(o, word);
    json_close(o, ']');
}

static struct err
answer_pairs(struct cx *cx, struct res *res, int64_t before, struct contact_id only)
{
    struct db_row page;
    struct db_rows rows;
    struct json_out o;

    TRY(db_one(cx, &SQL_duplicate_page, &page, P_ID(cx->account), db_p_id(before), P_I64(WINDOW)));
    TRY(db_many(cx, &SQL_duplicate_list, &rows, P_ID(cx->account), db_p_id(before), P_I64(WINDOW),
                P_ID(only)));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        json_open(&o, '{');
        json_key(&o, "contact");
        write_side(cx, &o, &row, 0);
        json_key(&o, "other");
        write_side(cx, &o, &row, 1);
        write_reasons(&o, db_str(&row, 2));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_key(&o, "next");
    if (only.v == 0 && db_i64(&page, 1) == WINDOW)
        json_put_str(&o, str_fmt(cx->arena, "%lld", (long long)db_i64(&page, 0)));
    else
        json_put_null(&o);
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
get_duplicates(struct cx *cx, struct req *req, struct res *res)
{
    struct str after = req_query(req, "after");
    int64_t before = 0;

    if (after.len > 0 && (!str_i64(after, &before) || before <= 0))
        return FAIL_FIELD(ERR_INVALID, "cursor_invalid", "after");
    return answer_pairs(cx, res, before, (struct contact_id){ 0 });
}

static struct err
get_of_contact(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(contacts_require(cx, id));
    return answer_pairs(cx, res, 0, id);
}

struct pair_body {
    int64_t contact_id, other_id;
};

static struct err
post_apart(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "contact_id", JSON_ID, true, offsetof(struct pair_body, contact_id), 0 },
        { "other_id", JSON_ID, true, offsetof(struct pair_body, other_id), 0 },
        { 0 },
    };
    struct audit_change change = { 0 };
    struct pair_body body = { 0 };
    struct json_ids both;
    int64_t ids[2];

    TRY(req_body(req, fields, &body));
    if (body.contact_id == body.other_id)
        return FAIL_FIELD(ERR_INVALID, "contact_is_itself", "other_id");
    ids[0] = body.contact_id < body.other_id ? body.contact_id : body.other_id;
    ids[1] = body.contact_id < body.other_id ? body.other_id : body.contact_id;
    both = (struct json_ids){ ids, 2 };
    TRY(contacts_require_all(cx, both));
    TRY(db_exec(cx, &SQL_pair_apart, NULL, P_ID(cx->account), P_I64(ids[0]), P_I64(ids[1]),
                P_ID(cx->member), P_TIME(cx->now_us)));
    audit_id(&change, "other_id", 0, ids[1]);
    audit_changed(cx, "contact.told_apart", "contact", ids[0], &change);
    return res_empty(res, 204);
}

static struct err
post_merge(struct cx *cx, struct req *req, struct res *res)
{
    static const struct json_field fields[] = {
        { "contact_id", JSON_ID, true, offsetof(struct pair_body, contact_id), 0 },
        { 0 },
    };
    struct audit_change change = { 0 };
    struct pair_body body = { 0 };
    struct contact_id kept;
    int64_t merge;

    TRY(req_path_id(req, "id", &kept.v));
    TRY(req_body(req, fields, &body));
    TRY(contacts_merge(cx, kept, (struct contact_id){ body.contact_id }, &merge));
    audit_id(&change, "merged_id", 0, body.contact_id);
    audit_changed(cx, "contact.merged", "contact", kept.v, &change);
    return contact_answer(cx, res, 200, kept);
}

static struct err
get_merges(struct cx *cx, struct req *req, struct res *res)
{
    struct contact_id id;
    struct db_rows rows;
    struct json_out o;

    TRY(req_path_id(req, "id", &id.v));
    TRY(db_many(cx, &SQL_merge_list, &rows, P_ID(cx->account), P_ID(id)));
    if (rows.count == 0)
        TRY(contacts_require(cx, id));
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct str name = db_str(&row, 3);

        json_open(&o, '{');
        json_kv_i64(&o, "id", db_i64(&row, 0));
        json_kv_i64(&o, "contact_id", db_i64(&row, 2));
        json_kv_str(&o, "name", contacts_is_like_phone(name) ? masked(cx, MASK_PHONE, name) : name);
        json_kv_id(&o, "merged_by", db_i64(&row, 4));
        json_kv_time(&o, "merged_at", db_time(&row, 5));
        json_kv_time(&o, "undone_at", db_time(&row, 6));
        json_close(&o, '}');
    }
    json_close(&o, ']');
    json_close(&o, '}');
    return res_json_end(res);
}

static struct err
post_undo(struct cx *cx, struct req *req, struct res *res)
{
    struct audit_change change = { 0 };
    struct contact_id kept, gone;
    struct merge_left left;
    struct json_out o;
    int64_t id;

    TRY(req_path_id(req, "id", &id));
    TRY(contacts_unmerge(cx, id, &kept, &gone, &left));
    audit_id(&change, "merged_id", gone.v, 0);
    audit_changed(cx, "contact.unmerged", "contact", kept.v, &change);
    o = res_json_begin(res, 200);
    json_open(&o, '{');
    json_kv_i64(&o, "kept_id", kept.v);
    json_kv_i64(&o, "contact_id", gone.v);
    json_key(&o, "left");
    json_open(&o, '{');
    json_kv_i64(&o, "identities", left.identities);
    json_kv_i64(&o, "values", left.values);
    json_kv_bool(&o, "email", left.email);
    json_kv_bool(&o, "notes", left.notes);
    json_kv_bool(&o, "consent", left.consent);
    json_close(&o, '}');
    json_close(&o, '}');
    return res_json_end(res);
}

const struct route merge_routes[] = {
    { GET, "/api/v1/contact-duplicates", "contacts.merge", TX_READ, get_duplicates, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/contact-duplicates/dismiss", "contacts.merge", TX_WRITE, post_apart,
      ACCESS_MEMBER, BODY_JSON, "contact.told_apart" },
    { GET, "/api/v1/contacts/:id/duplicates", "contacts.merge", TX_READ, get_of_contact,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { POST, "/api/v1/contacts/:id/merge", "contacts.merge", TX_WRITE, post_merge, ACCESS_MEMBER,
      BODY_JSON, "contact.merged" },
    { GET, "/api/v1/contacts/:id/merges", "contacts.merge", TX_READ, get_merges, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/contact-merges/:id/undo", "contacts.merge", TX_WRITE, post_undo, ACCESS_MEMBER,
      BODY_NONE, "contact.unmerged" },
    { 0 },
};
