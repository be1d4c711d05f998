#include "answers.h"

#include "domain/audit/audit.h"
#include "domain/auth/auth.h"

#include "answers.sql.h"

const char *const answer_scope_names[] = {
    [ANSWER_OWN] = "own", [ANSWER_DEPARTMENT] = "department", [ANSWER_ACCOUNT] = "account", NULL
};

/* Who may write one of a scope. */
static const char *const edit_permissions[] = { [ANSWER_OWN] = "canned.edit_own",
                                                [ANSWER_DEPARTMENT] = "canned.edit_department",
                                                [ANSWER_ACCOUNT] = "canned.edit_account" };

static struct answer
answer_from_row(const struct db_row *row)
{
    struct answer answer = {
        .id = { db_i64(row, 0) },
        .member = { db_i64(row, 2) },
        .department = { db_i64(row, 3) },
        .title = db_str(row, 4),
        .shortcut = db_str(row, 5),
        .body = db_str(row, 6),
        .is_active = db_bool(row, 7),
        .use_count = db_i64(row, 8),
        .last_used_at_us = db_time(row, 9),
        .updated_at_us = db_time(row, 10),
    };

    while (!str_eq(db_str(row, 1), str_of(answer_scope_names[answer.scope])))
        answer.scope++;
    return answer;
}

/* Hands each answer its files: both are read in one order by nobody, so each looks for its own. */
static struct err
add_files(struct cx *cx, struct answer *answers, size_t n)
{
    int64_t *ids = arena_array(cx->arena, int64_t, n + 1);
    struct attachment *files;
    struct db_rows rows;

    for (size_t i = 0; i < n; i++)
        ids[i] = answers[i].id.v;
    if (n == 0)
        return OK;
    TRY(db_many(cx, &SQL_answer_files, &rows, P_ID(cx->account), db_p_i64s(cx->arena, ids, n)));
    files = arena_array(cx->arena, struct attachment, (size_t)rows.count + 1);
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        files[i] = attachment_from_row(&row);
        for (size_t at = 0; at < n; at++)
            if (answers[at].id.v == db_i64(&row, 9)) {
                if (answers[at].file_count++ == 0)
                    answers[at].files = &files[i];
            }
    }
    return OK;
}

static struct err
read_list(struct cx *cx, const struct db_rows *rows, int64_t limit, struct answer_list *out)
{
    out->has_more = rows->count > limit;
    out->n = (size_t)(out->has_more ? limit : rows->count);
    out->v = arena_array(cx->arena, struct answer, out->n + 1);
    for (size_t i = 0; i < out->n; i++) {
        struct db_row row = db_row_at(rows, (int)i);

        out->v[i] = answer_from_row(&row);
    }
    return add_files(cx, out->v, out->n);
}

struct err
answers_list(struct cx *cx, const struct answer_wish *wish, struct answer_list *out)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_answer_list, &rows, P_ID(cx->account), P_STR(wish->scope),
                P_STR(wish->words), db_p_id(wish->after), P_I64(wish->limit + 1)));
    return read_list(cx, &rows, wish->limit, out);
}

struct err
answers_suggest(struct cx *cx, struct str words, int64_t limit, struct answer_list *out)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_answer_suggest, &rows, P_ID(cx->account),
                P_STR(words.p == NULL ? STR("") : words), P_I64(limit)));
    return read_list(cx, &rows, limit, out);
}

struct err
answers_get(struct cx *cx, struct answer_id id, struct answer *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_answer_get, &row, P_ID(cx->account), P_ID(id)));
    *out = answer_from_row(&row);
    return add_files(cx, out, 1);
}

/* Saving ------------------------------------------------------------------------ */

static struct err
may_write(struct cx *cx, const struct answer *answer)
{
    TRY(access_require(cx, edit_permissions[answer->scope]));
    /* Of one's own: a program is nobody whose it could be. */
    return answer->scope == ANSWER_OWN && answer->member.v != cx->member.v
               ? FAIL(ERR_FORBIDDEN, "permission_denied")
               : OK;
}

/* Plain letters, so that it is typed without looking at the keyboard. */
static bool
is_shortcut(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        char c = s.p[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (!is_word && (i == 0 || (c != '_' && c != '-')))
            return false;
    }
    return s.len >= 1 && s.len <= 30;
}

static struct err
check(struct cx *cx, const struct answer *wanted, size_t file_count)
{
    struct department department;
    struct db_row taken;

    TRY(may_write(cx, wanted));
    if (wanted->title.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "title");
    if (wanted->body.len == 0 && file_count == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "body");
    if (!is_shortcut(wanted->shortcut))
        return FAIL_FIELD(ERR_INVALID, "shortcut_invalid", "shortcut");
    TRY(variables_require(cx, wanted->body, "body"));
    if (wanted->scope == ANSWER_DEPARTMENT)
        TRY(org_require_department(cx, wanted->department, &department));
    TRY(db_one(cx, &SQL_answer_shortcut_is_taken, &taken, P_ID(cx->account),
               P_STR(wanted->shortcut), P_ID(wanted->id)));
    return db_bool(&taken, 0) ? FAIL_FIELD(ERR_CONFLICT, "shortcut_is_taken", "shortcut") : OK;
}

static struct err
save_files(struct cx *cx, struct answer_id id, const struct answer *before,
           struct json_ids file_ids)
{
    int64_t *had = arena_array(cx->arena, int64_t, before->file_count + 1);
    int64_t added;

    for (size_t i = 0; i < before->file_count; i++)
        had[i] = before->files[i].id;
    TRY(db_exec(cx, &SQL_answer_files_clear, NULL, P_ID(cx->account), P_ID(id)));
    TRY(db_exec(cx, &SQL_answer_files_add, &added, P_ID(cx->account), P_ID(id),
                db_p_i64s(cx->arena, file_ids.v, file_ids.n),
                db_p_i64s(cx->arena, had, before->file_count), P_ID(cx->member)));
    return added == (int64_t)file_ids.n
               ? OK
               : FAIL_FIELD(ERR_NOT_FOUND, "attachment_unknown", "attachment_ids");
}

static void
leave_trail(struct cx *cx, const char *action, const struct answer *before,
            const struct answer *after)
{
    struct audit_change change = { 0 };

    audit_id(&change, "department_id", before->department.v, after->department.v);
    audit_number(&change, "files", (int64_t)before->file_count, (int64_t)after->file_count);
    audit_flag(&change, "is_active", before->is_active, after->is_active);
    audit_text(&change, "shortcut", before->shortcut, after->shortcut);
    audit_text(&change, "title", before->title, after->title);
    audit_changed(cx, action, "answer", after->id.v, &change);
}

struct err
answers_save(struct cx *cx, const struct answer *wanted, struct json_ids file_ids,
             struct answer *out)
{
    struct answer before = { 0 };
    struct db_row row;

    db_assert_tx(cx);
    if (wanted->id.v != 0) {
        TRY(db_one(cx, &SQL_answer_lock, &row, P_ID(cx->account), P_ID(wanted->id)));
        before = answer_from_row(&row);
        TRY(add_files(cx, &before, 1));
        TRY(may_write(cx, &before));
    }
    TRY(check(cx, wanted, file_ids.n));

    const struct db_param scope = P_STR(str_of(answer_scope_names[wanted->scope]));

    if (wanted->id.v == 0)
        TRY(db_one(cx, &SQL_answer_add, &row, P_ID(cx->account), scope, P_ID(wanted->member),
                   P_ID(wanted->department), P_STR(wanted->title), P_STR(wanted->shortcut),
                   P_STR(wanted->body), P_BOOL(wanted->is_active), P_TIME(cx->now_us)));
    else
        TRY(db_one(cx, &SQL_answer_edit, &row, P_ID(cx->account), P_ID(wanted->id), scope,
                   P_ID(wanted->member), P_ID(wanted->department), P_STR(wanted->title),
                   P_STR(wanted->shortcut), P_STR(wanted->body), P_BOOL(wanted->is_active),
                   P_TIME(cx->now_us)));
    *out = answer_from_row(&row);
    TRY(save_files(cx, out->id, &before, file_ids));
    TRY(add_files(cx, out, 1));
    leave_trail(cx, wanted->id.v == 0 ? "answer.created" : "answer.edited", &before, out);
    return OK;
}

struct err
answers_remove(struct cx *cx, struct answer_id id)
{
    struct answer before;
    struct db_row row;

    TRY(db_one(cx, &SQL_answer_lock, &row, P_ID(cx->account), P_ID(id)));
    before = answer_from_row(&row);
    TRY(may_write(cx, &before));
    TRY(db_exec(cx, &SQL_answer_remove, NULL, P_ID(cx->account), P_ID(id)));
    leave_trail(cx, "answer.removed", &before, &(struct answer){ .id = id });
    return OK;
}

struct err
answers_use(struct cx *cx, struct answer_id id, struct ticket_id ticket, struct answer_ready *out)
{
    struct attachment *files;
    struct answer answer;
    struct ticket seen;
    struct db_row row;

    TRY(tickets_get(cx, ticket, &seen));
    TRY(db_one(cx, &SQL_answer_use, &row, P_ID(cx->account), P_ID(id), P_TIME(cx->now_us)));
    answer = answer_from_row(&row);
    TRY(add_files(cx, &answer, 1));
    *out = (struct answer_ready){ .id = id, .file_count = answer.file_count };
    TRY(variables_fill_marked(cx, ticket, answer.body, &out->text));
    out->files = files = arena_array(cx->arena, struct attachment, answer.file_count + 1);
    for (size_t i = 0; i < answer.file_count; i++)
        TRY(messages_copy_upload(cx, answer.files[i].id, &files[i]));
    audit_add(cx, "answer.used", "answer", id.v, STR(""));
    return OK;
}
