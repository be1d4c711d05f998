/*
 * Job "flow.media": what networks play of a recording is made of it once, and measured. Until then, and when it cannot be,
 * each message that plays it has it converted on the way.
 */
#include "flow_media.h"

#include "base/log.h"

#include "flows_media.sql.h"

#include <sys/stat.h>

enum { ATTEMPTS = 3 };
enum { MAKING, MEASURING };

struct preparing {
    struct str filename;
    struct sound_making sound;
};

static struct err
begin(struct cx *cx, const struct job *job, struct preparing *p, struct job_outcome *out)
{
    struct stat info;
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_flow_media_pending, &found, &row, P_ID(cx->account),
               P_I64(job->subject_id)));
    if (!found)
        return OK;
    p->filename = db_str(&row, 2);
    TRY(sound_make(cx, db_str(&row, 0), db_str(&row, 1), &p->sound));
    /* Whoever began it before and died left it here, whole. */
    out->step = stat(p->sound.absolute, &info) == 0 ? MEASURING : MAKING;
    out->program = out->step == MAKING ? p->sound.make : p->sound.measure;
    out->verdict = JOB_RUN;
    return OK;
}

static struct err
measured(struct cx *cx, const struct job *job, const struct preparing *p, struct str answer)
{
    int64_t duration_s = sound_duration_s(answer), voice_id;
    struct db_row row;
    bool is_pending;

    TRY(db_opt(cx, &SQL_flow_media_pending, &is_pending, &row, P_ID(cx->account),
               P_I64(job->subject_id)));
    if (!is_pending)
        return OK; /* another file of the same place would be swept, and the sound with it */
    if (duration_s < 0)
        return db_exec(cx, &SQL_flow_media_failed, NULL, P_ID(cx->account), P_I64(job->subject_id));
    TRY(sound_keep(cx, &p->sound, p->filename, &voice_id));
    return db_exec(cx, &SQL_flow_media_prepared, NULL, P_ID(cx->account), P_I64(job->subject_id),
                   P_I64(voice_id), P_I64(duration_s));
}

struct err
flow_media_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                struct job_outcome *out)
{
    struct preparing *p = out->state;

    if (answer == NULL) {
        p = JOB_STATE(cx, out, struct preparing);
        return begin(cx, job, p, out);
    }
    if (answer->failed.code != ERR_NONE) {
        log_warn("flow.media_failed", "attachment=%lld why=%s said=%s", (long long)job->subject_id,
                 answer->failed.slug,
                 log_safe(cx->arena, str_first_code_points(answer->body, 200)));
        /* Bytes that cannot be read are the same next time; all else may have been a bad moment. */
        if (err_is(answer->failed, "program_failed") || job->attempt >= ATTEMPTS)
            return db_exec(cx, &SQL_flow_media_failed, NULL, P_ID(cx->account),
                           P_I64(job->subject_id));
        out->verdict = JOB_AGAIN;
        out->why = answer->failed.slug;
        return OK;
    }
    if (out->step == MEASURING)
        return measured(cx, job, p, answer->body);
    out->step = MEASURING;
    out->program = p->sound.measure;
    out->verdict = JOB_RUN;
    return OK;
}
