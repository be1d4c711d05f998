#include "exports_private.h"

#include "base/clock.h"
#include "domain/auth/auth.h"

#include "exports.sql.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

enum { CONTACTS_A_STEP = 1000, COUNTED_MOST = 2000000, ATTEMPTS = 8 };

/* --- the file ------------------------------------------------------------------------------ */

static const char *
absolute(struct cx *cx, const struct writing *w)
{
    return str_cstr(cx->arena,
                    str_fmt(cx->arena, "%s/%.*s", cx->conf->media_dir, STR_ARG(w->path)));
}

static bool
write_at(int file, int64_t at, struct str bytes)
{
    while (bytes.len > 0) {
        ssize_t n = pwrite(file, bytes.p, bytes.len, at);

        if (n <= 0)
            return false;
        bytes.p += n;
        bytes.len -= (size_t)n;
        at += n;
    }
    return true;
}

/* Whatever stands behind `at` was written by somebody who died before they could say so. */
static struct err
store(struct cx *cx, const struct writing *w, int64_t at, struct str bytes)
{
    int file = open(absolute(cx, w), O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
    bool is_written = file >= 0 && ftruncate(file, at) == 0 && write_at(file, at, bytes);

    if (file >= 0 && close(file) != 0)
        is_written = false;
    return is_written ? OK : FAIL(ERR_UNAVAILABLE, "media_store_away");
}

static struct err
forget_file(struct cx *cx, const struct writing *w)
{
    return unlink(absolute(cx, w)) == 0 || errno == ENOENT
               ? OK
               : FAIL(ERR_UNAVAILABLE, "media_store_away");
}

/* --- writing it ---------------------------------------------------------------------------- */

static struct err
move(struct cx *cx, const struct writing *w, const char *state, const char *why, int64_t expires_us)
{
    return db_exec(cx, &SQL_export_move, NULL, P_ID(cx->account), P_ID(w->x.id),
                   P_STR(str_of(state)), P_STR(str_of(why)), P_TIME(expires_us));
}

/* Over without a file. */
static struct err
give_up(struct cx *cx, const struct writing *w, const char *state, const char *why)
{
    TRY(forget_file(cx, w));
    return move(cx, w, state, why, 0);
}

static struct err
finish(struct cx *cx, const struct writing *w)
{
    int64_t expires_us = cx->now_us + EXPORT_DAYS * US_PER_DAY;

    jobs_add(cx, "contact.export_forget", jobs_lane_alone(), w->x.id.v, STR(""), expires_us);
    return move(cx, w, "done", NULL, expires_us);
}

/* The first piece, or the first again with other rights. */
static struct err
begin(struct cx *cx, struct writing *w, const struct export_format *format, struct buf *out,
      struct buf *rows)
{
    struct db_row row;

    TRY(contacts_walk_count(cx, w->x.filter, COUNTED_MOST, &w->x.total_count));
    TRY(db_one(cx, &SQL_export_begin, &row, P_ID(cx->account), P_ID(w->x.id),
               P_I64(cx->access->epoch), P_I64(w->x.total_count)));
    w->field_ids = db_str(&row, 0);
    w->after_id = w->x.done_count = w->x.size_bytes = 0;
    format->begin(&w->file, out);
    return export_put_titles(cx, w, format, rows);
}

static struct err
write_piece(struct cx *cx, struct writing *w, bool *is_over)
{
    const struct export_format *format = export_format_find(w->x.format);
    struct buf out = { .arena = cx->arena }, rows = { .arena = cx->arena };
    int64_t ids[CONTACTS_A_STEP];
    int n;

    if (w->epoch != cx->access->epoch)
        TRY(begin(cx, w, format, &out, &rows));
    TRY(contacts_walk(cx, w->x.filter, w->after_id, CONTACTS_A_STEP, ids, &n));
    TRY(export_put_contacts(cx, w, format, ids, n, &rows));
    *is_over = n < CONTACTS_A_STEP;
    if (n > 0)
        w->after_id = ids[n - 1];
    w->x.done_count += n;
    if (!format->add(&w->file, &out, buf_str(&rows)) ||
        (*is_over && !format->end(&w->file, &out)) || w->x.done_count >= XLSX_ROWS_MAX) {
        *is_over = true;
        return give_up(cx, w, "failed", "too_many_lines");
    }
    TRY(store(cx, w, w->x.size_bytes, buf_str(&out)));
    TRY(db_exec(cx, &SQL_export_save, NULL, P_ID(cx->account), P_ID(w->x.id), db_p_id(w->after_id),
                P_I64(w->x.done_count), P_I64(w->file.size_bytes), P_I64(w->file.sheet_bytes),
                P_I64(w->file.sheet_crc)));
    return *is_over ? finish(cx, w) : OK;
}

/* With the rights that its member has now; NULL: none that would let them have it. */
static struct err
rights_of(struct cx *cx, const struct writing *w, const struct access **out)
{
    const struct access *access;

    TRY(access_look(cx, cx->account, w->user, &access));
    *out = access != NULL && access->is_active && access->block.p == NULL &&
                   permissions_has(&access->permissions, permissions_get("contacts.export"))
               ? access
               : NULL;
    return OK;
}

static struct err
export_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
            struct job_outcome *out)
{
    const struct access *access;
    struct access_lent before;
    struct writing w;
    bool is_over = true;
    struct err e;

    (void)answer;
    TRY(export_lock(cx, (struct export_id){ job->subject_id }, &w));
    if (!str_eq(w.x.state, STR("running")))
        return str_eq(w.x.state, STR("done")) ? OK : forget_file(cx, &w);
    TRY(rights_of(cx, &w, &access));
    if (access == NULL)
        return give_up(cx, &w, "access_lost", NULL);

    before = access_lend(cx, access);
    e = write_piece(cx, &w, &is_over);
    access_give_back(cx, &before);
    if (e.code == ERR_FORBIDDEN) /* not the export, but what its filter asks for */
        return give_up(cx, &w, "access_lost", NULL);
    if (e.code == ERR_UNAVAILABLE && strcmp(e.slug, "media_store_away") == 0 &&
        job->attempt >= ATTEMPTS)
        return move(cx, &w, "failed", e.slug, 0);
    TRY(e);
    if (!is_over) {
        out->verdict = JOB_LATER;
        out->at_us = cx->now_us;
    }
    return OK;
}

static struct err
export_forget_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                   struct job_outcome *out)
{
    struct writing w;

    (void)answer;
    (void)out;
    TRY(export_lock(cx, (struct export_id){ job->subject_id }, &w));
    return str_eq(w.x.state, STR("done")) ? give_up(cx, &w, "expired", NULL) : OK;
}

const struct job_kind exports_jobs[] = {
    { .name = "contact.export",
      .queue = QUEUE_CHORES,
      .step = export_step,
      .attempts = ATTEMPTS,
      .backoff_ms = 500 },
    { .name = "contact.export_forget", .queue = QUEUE_CHORES, .step = export_forget_step },
    { 0 },
};
