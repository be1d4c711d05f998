/*
 * Files: uploads that become attachments, and files that providers hold for us.
 */
#include "messages_private.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "picture.h"

#include "messages.sql.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* media/<account>/<yyyymm>/<random>: names from outside never reach a path. */
struct err
media_place(struct cx *cx, struct str *relative, const char **absolute)
{
    time_t now_s = (time_t)(cx->now_us / US_PER_S);
    struct str folder;
    struct tm tm;

    gmtime_r(&now_s, &tm);
    folder = str_fmt(cx->arena, "%s/%lld", cx->conf->media_dir, (long long)cx->account.v);
    if (mkdir(str_cstr(cx->arena, folder), 0750) != 0 && errno != EEXIST)
        return FAIL(ERR_UNAVAILABLE, "media_store_away");
    folder = str_fmt(cx->arena, "%.*s/%04d%02d", STR_ARG(folder), tm.tm_year + 1900, tm.tm_mon + 1);
    if (mkdir(str_cstr(cx->arena, folder), 0750) != 0 && errno != EEXIST)
        return FAIL(ERR_UNAVAILABLE, "media_store_away");
    *relative =
        str_fmt(cx->arena, "%lld/%04d%02d/%.*s", (long long)cx->account.v, tm.tm_year + 1900,
                tm.tm_mon + 1, STR_ARG(crypto_random_text(cx->arena, 24)));
    *absolute =
        str_cstr(cx->arena, str_fmt(cx->arena, "%s/%.*s", cx->conf->media_dir, STR_ARG(*relative)));
    return OK;
}

static bool
copy_bytes(int from, int to)
{
    char chunk[64 * 1024];
    ssize_t n;

    while ((n = read(from, chunk, sizeof chunk)) > 0)
        for (ssize_t done = 0, w; done < n; done += w)
            if ((w = write(to, chunk + done, (size_t)(n - done))) <= 0)
                return false;
    return n == 0;
}

/*
 * nginx removes its file when the answer is out, so ours is a second name for the
 * same bytes; a copy where the stores lie on different file systems.
 */
static struct err
keep_file(const char *from, const char *to)
{
    int in, out;
    bool copied;

    if (link(from, to) == 0)
        return OK;
    in = open(from, O_RDONLY | O_CLOEXEC);
    out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0640);
    copied = in >= 0 && out >= 0 && copy_bytes(in, out);
    if (in >= 0)
        close(in);
    if (out >= 0 && close(out) != 0)
        copied = false;
    if (!copied && out >= 0)
        unlink(to);
    return copied ? OK : FAIL(ERR_UNAVAILABLE, "media_store_away");
}

struct err
messages_upload(struct cx *cx, const struct upload *upload, struct attachment *out)
{
    const char *received = str_cstr(cx->arena, upload->file), *kept;
    struct sniffed found;
    struct str relative;
    struct stat info;
    struct db_row row;

    if (stat(received, &info) != 0 || !S_ISREG(info.st_mode))
        return FAIL(ERR_UNAVAILABLE, "body_unreadable");
    if (info.st_size == 0)
        return FAIL(ERR_INVALID, "file_empty");
    if (upload->content_length >= 0 && info.st_size != upload->content_length)
        return FAIL(ERR_INVALID, "body_incomplete");
    if (info.st_size > upload->max_bytes)
        return FAIL(ERR_TOO_LARGE, "file_too_large");
    TRY(media_sniff(cx->arena, received, &found));
    if (!media_type_fits(upload->content_type, &found))
        return FAIL(ERR_UNSUPPORTED, "file_kind_mismatch");

    TRY(media_place(cx, &relative, &kept));
    TRY(keep_file(received, kept));
    TRY(db_one(cx, &SQL_attachment_add, &row, P_ID(cx->account),
               upload->identity.v != 0 ? P_NULL : P_ID(cx->member), P_ID(upload->identity),
               P_STR(str_of(found.kind)), P_STR(found.mime),
               P_STR(media_filename(cx->arena, upload->filename)), P_I64(info.st_size),
               P_STR(relative), P_TIME(cx->now_us), db_p_id(cx->token_id)));
    *out = attachment_from_row(&row);
    return OK;
}

struct err
messages_copy_upload(struct cx *cx, int64_t attachment_id, struct attachment *out)
{
    struct str relative;
    const char *kept;
    struct db_row from, row;
    bool found;

    TRY(db_opt(cx, &SQL_attachment_to_copy, &found, &from, P_ID(cx->account),
               P_I64(attachment_id)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "attachment_unknown", "attachment_id");
    TRY(media_place(cx, &relative, &kept));
    TRY(keep_file(str_cstr(cx->arena, str_fmt(cx->arena, "%s/%.*s", cx->conf->media_dir,
                                              STR_ARG(db_str(&from, 4)))),
                  kept));
    TRY(db_one(cx, &SQL_attachment_add, &row, P_ID(cx->account), P_ID(cx->member), P_NULL,
               P_STR(db_str(&from, 0)), P_STR(db_str(&from, 1)), P_STR(db_str(&from, 2)),
               P_I64(db_i64(&from, 3)), P_STR(relative), P_TIME(cx->now_us),
               db_p_id(cx->token_id)));
    *out = attachment_from_row(&row);
    return OK;
}

static bool
read_whole(struct arena *a, const char *path, size_t size, struct str *out)
{
    char *bytes = arena_alloc(a, size);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    size_t done = 0;

    for (ssize_t n; file >= 0 && done < size; done += (size_t)n)
        if ((n = read(file, bytes + done, size - done)) <= 0)
            break;
    if (file >= 0)
        close(file);
    *out = (struct str){ bytes, done };
    return done == size;
}

struct err
messages_upload_picture(struct cx *cx, const struct upload *upload, int64_t side_max,
                        struct attachment *out)
{
    const char *received = str_cstr(cx->arena, upload->file);
    struct picture_size size;
    struct str bytes;
    struct stat info;

    if (stat(received, &info) != 0)
        return FAIL(ERR_UNAVAILABLE, "body_unreadable");
    if (info.st_size > upload->max_bytes)
        return FAIL(ERR_TOO_LARGE, "file_too_large");
    if (info.st_size > 0) {
        if (!read_whole(cx->arena, received, (size_t)info.st_size, &bytes))
            return FAIL(ERR_UNAVAILABLE, "body_unreadable");
        if (!picture_measure(bytes, &size))
            return FAIL(ERR_UNSUPPORTED, "picture_kind_unknown");
        if (size.width > side_max || size.height > side_max)
            return FAIL(ERR_TOO_LARGE, "picture_too_large");
    }
    return messages_upload(cx, upload, out);
}

struct err
messages_visitor_upload(struct cx *cx, int64_t attachment_id, struct identity_id identity,
                        struct attachment *out)
{
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_attachment_visitor_find, &found, &row, P_ID(cx->account),
               P_I64(attachment_id), P_ID(identity)));
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "attachment_unknown", "attachment_id");
    *out = attachment_from_row(&row);
    return OK;
}

/* Job "media.fetch" ---------------------------------------------------------- */

struct fetching {
    struct thread_place place;
    struct str media_id, kind;
    struct channel channel;
    struct channel_config config;
    struct channel_progress progress;
    struct str relative;
    const char *absolute;
};

/* The message is shown again, now with its file (or with why there is none). */
static struct err
tell(struct cx *cx, const struct fetching *f)
{
    struct message message;
    struct ticket ticket;

    TRY(tickets_lock(cx, f->place.ticket, &ticket));
    TRY(tickets_message(cx, f->place.ticket, f->place.seq, &message));
    tickets_save_message(cx, &ticket, &message);
    return OK;
}

static struct err
fetched(struct cx *cx, const struct job *job, const struct fetching *f)
{
    struct sniffed found;
    struct stat info;

    if (stat(f->absolute, &info) != 0)
        return FAIL(ERR_UNAVAILABLE, "media_store_away");
    TRY(media_sniff(cx->arena, f->absolute, &found));
    if (convert_helps(f->kind, found.mime)) {
        db_queue(cx, &SQL_attachment_fetched_raw, P_ID(cx->account), P_I64(job->subject_id),
                 P_STR(found.mime), P_I64(info.st_size), P_STR(f->relative),
                 P_STR(str_of(CHANNEL_VOICE_ANYWHERE)));
        jobs_add(cx, "media.convert", jobs_lane_alone(), job->subject_id, STR(""), 0);
        return OK;
    }
    db_queue(cx, &SQL_attachment_fetched, P_ID(cx->account), P_I64(job->subject_id),
             P_STR(str_of(found.kind)), P_STR(found.mime), P_I64(info.st_size), P_STR(f->relative));
    return tell(cx, f);
}

static struct err
lost(struct cx *cx, const struct job *job, const struct fetching *f, const char *slug)
{
    db_queue(cx, &SQL_attachment_lost, P_ID(cx->account), P_I64(job->subject_id),
             P_STR(str_of(slug)));
    return tell(cx, f);
}

static struct err
begin_fetch(struct cx *cx, const struct job *job, struct fetching *f, bool *go)
{
    struct db_row row;

    TRY(db_opt(cx, &SQL_attachment_pending, go, &row, P_ID(cx->account), P_I64(job->subject_id)));
    if (!*go)
        return OK;
    f->place = (struct thread_place){ { db_i64(&row, 0) }, db_i64(&row, 1) };
    f->media_id = db_str(&row, 2);
    f->kind = db_str(&row, 4);
    TRY(channels_get(cx, (struct channel_id){ db_i64(&row, 3) }, &f->channel));
    TRY(channels_config(cx, &f->channel, &f->config));
    return media_place(cx, &f->relative, &f->absolute);
}

struct err
media_fetch_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                 struct job_outcome *out)
{
    struct fetching *f = out->state;

    if (answer == NULL) {
        bool go;

        f = JOB_STATE(cx, out, struct fetching);
        TRY(begin_fetch(cx, job, f, &go));
        if (!go)
            return OK;
    }
    f->channel.driver->fetch_media(cx->arena, &f->config, f->media_id, f->absolute, answer,
                                   &f->progress);
    if (!f->progress.is_done) {
        out->verdict = JOB_CALL;
        out->call = f->progress.call;
        return OK;
    }
    if (f->progress.is_ok)
        return fetched(cx, job, f);
    unlink(f->absolute);
    if (f->progress.retry != CHANNEL_NO_RETRY && job->attempt < MEDIA_ATTEMPTS) {
        out->verdict = JOB_AGAIN;
        out->why = f->progress.slug;
        return OK;
    }
    return lost(cx, job, f, f->progress.slug);
}
