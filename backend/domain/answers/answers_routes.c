#include "answers.h"

#include "domain/auth/auth.h"

#include "answers.sql.h"

static void
write_files(struct json_out *o, const struct attachment *files, size_t n)
{
    json_key(o, "attachments");
    json_open(o, '[');
    for (size_t i = 0; i < n; i++)
        attachment_write_json(o, &files[i]);
    json_close(o, ']');
}

static void
answer_write_json(struct json_out *o, const void *value)
{
    const struct answer *n = value;

    json_open(o, '{');
    json_kv_i64(o, "id", n->id.v);
    json_kv_str(o, "scope", str_of(answer_scope_names[n->scope]));
    json_kv_id(o, "member_id", n->member.v);
    json_kv_id(o, "department_id", n->department.v);
    json_kv_str(o, "title", n->title);
    json_kv_str(o, "shortcut", n->shortcut);
    json_kv_str(o, "body", n->body);
    json_kv_bool(o, "is_active", n->is_active);
    json_kv_i64(o, "use_count", n->use_count);
    json_kv_time(o, "last_used_at", n->last_used_at_us);
    json_kv_time(o, "updated_at", n->updated_at_us);
    write_files(o, n->files, n->file_count);
    json_close(o, '}');
}

static struct err
write_list(struct res *res, const struct answer_list *list)
{
    struct json_out o = res_json_begin(res, 200);

    json_open(&o, '{');
    json_key(&o, "data");
    json_open(&o, '[');
    for (size_t i = 0; i < list->n; i++)
        answer_write_json(&o, &list->v[i]);
    json_close(&o, ']');
    json_key(&o, "next");
    json_put_id(&o, list->has_more ? list->v[list->n - 1].id.v : 0);
    json_close(&o, '}');
    return res_json_end(res);
}

static bool
scope_of(struct str name, enum answer_scope *out)
{
    for (int i = 0; answer_scope_names[i] != NULL; i++)
        if (str_eq(name, str_of(answer_scope_names[i]))) {
            *out = (enum answer_scope)i;
            return true;
        }
    return false;
}

enum { WORDS_MAX = 100 };

static struct err
get_answers(struct cx *cx, struct req *req, struct res *res)
{
    struct answer_wish wish = { .scope = req_query(req, "scope"),
                                .words = str_trim(req_query(req, "q")),
                                .limit = 50 };
    struct answer_list list;
    enum answer_scope scope;

    TRY(req_query_i64(req, "after", 1, INT64_MAX, &wish.after));
    TRY(req_query_i64(req, "limit", 1, 200, &wish.limit));
    if (wish.scope.p != NULL && !scope_of(wish.scope, &scope))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "scope");
    if (str_code_points(wish.words) > WORDS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "q");
    if (wish.words.len == 0)
        wish.words = (struct str){ 0 };
    TRY(answers_list(cx, &wish, &list));
    return write_list(res, &list);
}

static struct err
get_suggestions(struct cx *cx, struct req *req, struct res *res)
{
    struct str words = str_trim(req_query(req, "q"));
    struct answer_list list;
    int64_t limit = 20;

    TRY(req_query_i64(req, "limit", 1, 50, &limit));
    if (str_code_points(words) > WORDS_MAX)
        return FAIL_FIELD(ERR_INVALID, "too_long", "q");
    TRY(answers_suggest(cx, words, limit, &list));
    return write_list(res, &list);
}

static struct err
get_answer(struct cx *cx, struct req *req, struct res *res)
{
    struct answer answer;
    struct answer_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(answers_get(cx, id, &answer));
    return res_json(res, 200, answer_write_json, &answer);
}

struct answer_body {
    struct str scope, title, shortcut, body;
    int64_t department_id;
    bool is_active;
    struct json_ids attachment_ids;
};

static const struct json_field answer_fields[] = {
    { "scope", JSON_STR, true, offsetof(struct answer_body, scope), 20 },
    { "department_id", JSON_ID, false, offsetof(struct answer_body, department_id), 0 },
    { "title", JSON_STR, true, offsetof(struct answer_body, title), 80 },
    { "shortcut", JSON_STR, true, offsetof(struct answer_body, shortcut), 30 },
    { "body", JSON_STR, false, offsetof(struct answer_body, body), 4096 },
    { "is_active", JSON_FLAG, false, offsetof(struct answer_body, is_active), 0 },
    { "attachment_ids", JSON_IDS, false, offsetof(struct answer_body, attachment_ids),
      ANSWER_FILES_MAX },
    { 0 },
};

static struct err
save(struct cx *cx, struct req *req, struct res *res, struct answer_id id)
{
    struct answer_body body = { .is_active = true };
    struct answer wanted = { .id = id }, saved;

    TRY(req_body(req, answer_fields, &body));
    if (!scope_of(body.scope, &wanted.scope))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "scope");
    if (wanted.scope == ANSWER_DEPARTMENT && body.department_id == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "department_id");
    if (wanted.scope != ANSWER_DEPARTMENT && body.department_id != 0)
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "department_id");
    if (wanted.scope == ANSWER_OWN) {
        /* A service is nobody whose it could be. */
        if (cx->member.v == 0)
            return FAIL(ERR_FORBIDDEN, "token_not_allowed");
        wanted.member = cx->member;
    }
    wanted.department.v = body.department_id;
    wanted.title = str_trim(body.title);
    wanted.shortcut = body.shortcut;
    wanted.body = body.body.p == NULL ? STR("") : str_trim(body.body);
    wanted.is_active = body.is_active;
    TRY(answers_save(cx, &wanted, body.attachment_ids, &saved));
    return res_json(res, id.v == 0 ? 201 : 200, answer_write_json, &saved);
}

static struct err
post_answer(struct cx *cx, struct req *req, struct res *res)
{
    return save(cx, req, res, (struct answer_id){ 0 });
}

static struct err
put_answer(struct cx *cx, struct req *req, struct res *res)
{
    struct answer_id id;

    TRY(req_path_id(req, "id", &id.v));
    return save(cx, req, res, id);
}

static struct err
delete_answer(struct cx *cx, struct req *req, struct res *res)
{
    struct answer_id id;

    TRY(req_path_id(req, "id", &id.v));
    TRY(answers_remove(cx, id));
    return res_empty(res, 204);
}

static void
ready_write_json(struct json_out *o, const void *value)
{
    const struct answer_ready *ready = value;

    json_open(o, '{');
    json_kv_str(o, "text", ready->text.text);
    variables_write_blanks(o, &ready->text);
    write_files(o, ready->files, ready->file_count);
    json_close(o, '}');
}

static struct err
post_use(struct cx *cx, struct req *req, struct res *res)
{
    struct answer_ready ready;
    struct ticket_id ticket;
    struct answer_id id;

    TRY(req_path_id(req, "id", &ticket.v));
    TRY(req_path_id(req, "answer", &id.v));
    TRY(answers_use(cx, id, ticket, &ready));
    return res_json(res, 200, ready_write_json, &ready);
}

static struct err
get_file(struct cx *cx, struct req *req, struct res *res)
{
    struct db_row row;
    int64_t id;
    bool found;

    TRY(req_path_id(req, "id", &id));
    TRY(auth_member_enter(cx, req, res, req_query(req, "account"), "canned.use"));
    TRY(db_opt(cx, &SQL_answer_file_serve, &found, &row, P_ID(cx->account), P_I64(id)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "not_found");
    return messages_serve(cx, res,
                          &(struct served_file){ .state = db_str(&row, 0),
                                                 .mime = db_str(&row, 1),
                                                 .filename = db_str(&row, 2),
                                                 .path = db_str(&row, 3) });
}

const struct route answers_routes[] = {
    { GET, "/api/v1/answers", "canned.use", TX_READ, get_answers, ACCESS_MEMBER, BODY_NONE, NULL },
    { GET, "/api/v1/answers/suggestions", "canned.use", TX_READ, get_suggestions, ACCESS_MEMBER,
      BODY_NONE, NULL },
    { POST, "/api/v1/answers", "canned.use", TX_WRITE, post_answer, ACCESS_MEMBER, BODY_JSON,
      "answer.created" },
    { GET, "/api/v1/answers/:id", "canned.use", TX_READ, get_answer, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PUT, "/api/v1/answers/:id", "canned.use", TX_WRITE, put_answer, ACCESS_MEMBER, BODY_JSON,
      "answer.edited" },
    { DELETE, "/api/v1/answers/:id", "canned.use", TX_WRITE, delete_answer, ACCESS_MEMBER,
      BODY_NONE, "answer.removed" },
    { POST, "/api/v1/tickets/:id/answers/:answer", "canned.use", TX_WRITE, post_use, ACCESS_MEMBER,
      BODY_NONE, "answer.used" },
    { GET, "/media/answers/:id", NULL, TX_READ, get_file, ACCESS_PUBLIC },
    { 0 },
};
