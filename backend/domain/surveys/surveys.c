#include "surveys.h"

#include "surveys.sql.h"

struct err
surveys_ask(struct cx *cx, const struct ticket *ticket, int64_t run_id, int64_t step,
            struct str counts_for)
{
    db_assert_tx(cx);
    db_queue(cx, &SQL_survey_add, P_ID(cx->account), P_ID(ticket->id), P_I64(run_id), P_I64(step),
             P_ID(ticket->channel), P_ID(ticket->department), P_ID(ticket->assignee),
             P_TIME(ticket->opened_at_us), P_STR(counts_for), P_TIME(cx->now_us));
    return OK;
}

static void
say_score(struct cx *cx, struct ticket *ticket, const struct survey_answer *answer,
          const struct db_row *row)
{
    struct buf detail;
    struct json_out o = events_payload(cx, &detail);

    json_kv_str(&o, "event", STR("survey_answered"));
    json_kv_i64(&o, "score", answer->score);
    json_kv_str(&o, "label", answer->label);
    json_kv_id(&o, "member_id", db_i64(row, 0));
    json_kv_str(&o, "counts_for", db_str(row, 1));
    json_close(&o, '}');
    tickets_append_system(cx, ticket, buf_str(&detail));
}

struct err
surveys_answer(struct cx *cx, struct ticket *ticket, int64_t run_id,
               const struct survey_answer *answer)
{
    struct db_row row;
    bool found;

    db_assert_tx(cx);
    TRY(db_opt(cx, &SQL_survey_answer, &found, &row, P_ID(cx->account), P_I64(run_id),
               P_I64(answer->score), P_STR(answer->label),
               P_STR(answer->comment.len > 0 ? answer->comment : (struct str){ 0 }),
               P_TIME(cx->now_us)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "survey_unknown");
    if (!db_bool(&row, 2))
        say_score(cx, ticket, answer, &row);
    return OK;
}

void
surveys_give_up(struct cx *cx, int64_t run_id)
{
    db_queue(cx, &SQL_survey_give_up, P_ID(cx->account), P_I64(run_id));
}

static struct db_param
word_or_any(struct str word)
{
    return P_STR(word.len > 0 ? word : (struct str){ 0 });
}

struct err
surveys_list(struct cx *cx, const struct survey_filter *filter, int64_t after, int64_t limit,
             struct db_rows *rows)
{
    return db_many(cx, &SQL_survey_list, rows, P_ID(cx->account), P_TIME(filter->from_us),
                   P_TIME(filter->until_us), db_p_id(filter->department_id),
                   db_p_id(filter->member_id), word_or_any(filter->state),
                   filter->score < 0 ? P_NULL : P_I64(filter->score),
                   word_or_any(filter->counts_for), P_BOOL(filter->is_commented), db_p_id(after),
                   P_I64(limit));
}

struct err
surveys_figures(struct cx *cx, const struct survey_filter *filter, struct db_rows *rows)
{
    return db_many(cx, &SQL_survey_figures, rows, P_ID(cx->account), P_TIME(filter->from_us),
                   P_TIME(filter->until_us), db_p_id(filter->department_id),
                   db_p_id(filter->member_id), word_or_any(filter->state),
                   filter->score < 0 ? P_NULL : P_I64(filter->score),
                   word_or_any(filter->counts_for), P_BOOL(filter->is_commented));
}
