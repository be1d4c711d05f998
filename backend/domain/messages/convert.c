/*
 * Job "media.convert": a sound becomes the type that somebody else can play, by
 * ffmpeg. What browsers record is a voice note only after this, so the job stands
 * before "message.send" in the lane of its ticket; what phones of former days send
 * becomes something that browsers know.
 *
 * The new file lies beside the old one, named after it, and has no name before it is
 * whole. Whoever does the job again finds it there. The old one goes when the new one
 * is written down (job "media.discard").
 */
#include "messages_private.h"

#include "base/log.h"

#include "messages.sql.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CONVERT_ATTEMPTS = 3 };

/* What is read, and as what: nothing is guessed from the bytes, so no list of other files is ever followed. */
static const struct {
    const char *mime, *demuxer;
} sources[] = {
    { "audio/webm", "matroska" },
    { "video/webm", "matroska" },
    { "audio/x-matroska", "matroska" },
    { "video/x-matroska", "matroska" },
    { "audio/mp4", "mov" },
    { "video/mp4", "mov" },
    { "audio/x-m4a", "mov" },
    { "video/3gpp", "mov" },
    { "audio/ogg", "ogg" },
    { "audio/mpeg", "mp3" },
    { "audio/amr", "amr" },
    { "audio/x-hx-aac-adts", "aac" },
};

/* What is written. Mono, with the rate at home in the codec. */
static const struct target {
    const char *mime, *suffix, *encoder, *rate_hz, *bit_rate, *muxer;
} targets[] = {
    { "audio/ogg", ".ogg", "libopus", "48000", "32k", "ogg" },
    { "audio/mpeg", ".mp3", "libmp3lame", "44100", "64k", "mp3" },
};

/* Sounds that no browser plays. */
static const char *const unplayable[] = { "audio/amr", "video/3gpp", "audio/x-hx-aac-adts" };

static const char *
demuxer_of(struct str mime)
{
    for (size_t i = 0; i < sizeof sources / sizeof sources[0]; i++)
        if (str_eq(mime, str_of(sources[i].mime)))
            return sources[i].demuxer;
    return NULL;
}

static const struct target *
target_of(struct str mime)
{
    for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++)
        if (str_eq(mime, str_of(targets[i].mime)))
            return &targets[i];
    return NULL;
}

bool
convert_takes(struct str mime)
{
    return demuxer_of(mime) != NULL;
}

bool
convert_helps(struct str kind, struct str mime)
{
    for (size_t i = 0; i < sizeof unplayable / sizeof unplayable[0]; i++)
        if (str_eq(kind, STR("audio")) && str_eq(mime, str_of(unplayable[i])))
            return true;
    return false;
}

static const char *
absolute_of(struct cx *cx, struct str relative)
{
    return str_cstr(cx->arena,
                    str_fmt(cx->arena, "%s/%.*s", cx->conf->media_dir, STR_ARG(relative)));
}

/* --- the program -------------------------------------------------------------------- */

static struct program_call
ffmpeg(struct arena *a, const char *from, const char *demuxer, const struct target *to,
       const char *save_to)
{
    const char *const fixed[] = { "/usr/bin/ffmpeg", "-nostdin", "-hide_banner", "-v", "error",
                                  /* its own file and nothing else: no address, no list of files */
                                  "-protocol_whitelist", "file,pipe", "-codec_whitelist",
                                  "opus,vorbis,aac,mp3float,amrnb,amrwb", "-f", demuxer, "-i",
                                  str_cstr(a, str_fmt(a, "file:%s", from)),
                                  /* one sound, without pictures, titles or who made it */
                                  "-map", "0:a:0", "-map_metadata", "-1", "-ac", "1", "-ar",
                                  to->rate_hz, "-c:a", to->encoder, "-b:a", to->bit_rate,
                                  "-threads", "1", "-f", to->muxer, "pipe:1", NULL };
    const char **argv = arena_array(a, const char *, sizeof fixed / sizeof fixed[0]);

    memcpy(argv, fixed, sizeof fixed);
    return (struct program_call){ .argv = argv, .save_to = save_to, .file_bytes = VOICE_MAX_BYTES };
}

/* How long a file of our own making plays: "12.345" on a line. */
static struct program_call
ffprobe(struct arena *a, const char *of)
{
    const char *const fixed[] = { "/usr/bin/ffprobe",
                                  "-v",
                                  "error",
                                  "-protocol_whitelist",
                                  "file,pipe",
                                  "-f",
                                  "ogg",
                                  "-show_entries",
                                  "format=duration",
                                  "-of",
                                  "csv=p=0",
                                  str_cstr(a, str_fmt(a, "file:%s", of)),
                                  NULL };
    const char **argv = arena_array(a, const char *, sizeof fixed / sizeof fixed[0]);

    memcpy(argv, fixed, sizeof fixed);
    return (struct program_call){ .argv = argv };
}

/* --- sounds that are kept ----------------------------------------------------------- */

struct err
sound_make(struct cx *cx, struct str path, struct str mime, struct sound_making *out)
{
    enum { MANY_MINUTES_S = 180 }; /* of work: an hour of sound is none that a flow plays */
    const struct target *to = target_of(STR(SOUND_KEPT_AS));

    if (!convert_takes(mime))
        return FAIL(ERR_UNSUPPORTED, "file_kind_refused");
    out->path = str_fmt(cx->arena, "%.*s%s", STR_ARG(path), to->suffix);
    out->absolute = absolute_of(cx, out->path);
    out->make = ffmpeg(cx->arena, absolute_of(cx, path), demuxer_of(mime), to, out->absolute);
    out->make.cpu_s = MANY_MINUTES_S;
    out->make.timeout_ms = MANY_MINUTES_S * INT64_C(2000);
    out->measure = ffprobe(cx->arena, out->absolute);
    return OK;
}

int64_t
sound_duration_s(struct str answer)
{
    struct str rest = str_trim(answer), whole;
    int64_t seconds;

    if (!str_cut(&rest, '.', &whole) || !str_i64(whole, &seconds) || seconds < 0)
        return -1;
    for (size_t i = 0; i < rest.len; i++)
        if (rest.p[i] != '0')
            return seconds + 1;
    return seconds;
}

struct err
sound_keep(struct cx *cx, const struct sound_making *made, struct str filename,
           int64_t *attachment_id)
{
    const struct target *to = target_of(STR(SOUND_KEPT_AS));
    struct str stem = filename;
    struct stat info;
    struct db_row row;

    if (stat(made->absolute, &info) != 0 || info.st_size == 0)
        return FAIL(ERR_UNAVAILABLE, "media_store_away");
    for (size_t i = stem.len; i-- > 0 && i + 6 > filename.len;)
        if (stem.p[i] == '.')
            stem.len = i;
    TRY(db_one(cx, &SQL_attachment_add, &row, P_ID(cx->account), P_ID(cx->member), P_NULL,
               P_STR(STR("audio")), P_STR(str_of(to->mime)),
               P_STR(str_fmt(cx->arena, "%.*s%s", STR_ARG(stem), to->suffix)), P_I64(info.st_size),
               P_STR(made->path), P_TIME(cx->now_us), db_p_id(cx->token_id)));
    *attachment_id = db_i64(&row, 0);
    return OK;
}

/* --- the job ------------------------------------------------------------------------ */

struct converting {
    struct thread_place place;
    struct str mime, path; /* relative to the media store */
    bool is_ours;          /* a member recorded it */
    const struct target *to;
    struct str relative; /* of the new file */
    const char *absolute;
};

static struct err
begin(struct cx *cx, const struct job *job, struct converting *c, bool *go)
{
    struct db_row row;

    TRY(db_opt(cx, &SQL_attachment_to_convert, go, &row, P_ID(cx->account),
               P_I64(job->subject_id)));
    if (!*go)
        return OK;
    c->place = (struct thread_place){ { db_i64(&row, 0) }, db_i64(&row, 1) };
    c->mime = db_str(&row, 2);
    c->path = db_str(&row, 3);
    c->to = target_of(db_str(&row, 4));
    c->is_ours = db_bool(&row, 5);
    if (c->to == NULL)
        return FAIL(ERR_INVALID, "target_unknown");
    c->relative = str_fmt(cx->arena, "%.*s%s", STR_ARG(c->path), c->to->suffix);
    c->absolute = absolute_of(cx, c->relative);
    return OK;
}

static bool
is_made(const struct converting *c, struct stat *info)
{
    return stat(c->absolute, info) == 0 && info->st_size > 0;
}

static struct err
tell(struct cx *cx, const struct converting *c, struct ticket *ticket)
{
    struct message message;

    TRY(tickets_message(cx, c->place.ticket, c->place.seq, &message));
    tickets_save_message(cx, ticket, &message);
    return OK;
}

/* The ticket first, as everybody who changes something of it. */
static struct err
converted(struct cx *cx, const struct job *job, const struct converting *c)
{
    struct ticket ticket;
    struct stat info;

    if (!is_made(c, &info))
        return FAIL(ERR_UNAVAILABLE, "media_store_away");
    TRY(tickets_lock(cx, c->place.ticket, &ticket));
    db_queue(cx, &SQL_attachment_converted, P_ID(cx->account), P_I64(job->subject_id),
             P_STR(str_of(c->to->mime)), P_I64(info.st_size), P_STR(c->relative),
             P_STR(str_of(c->to->suffix)));
    jobs_add(cx, "media.discard", jobs_lane_alone(), job->subject_id, c->path, 0);
    return tell(cx, c, &ticket);
}

/* A recording of ours cannot be sent then; what somebody sent us stays as it came, to be saved at least. */
static struct err
give_up(struct cx *cx, const struct job *job, const struct converting *c)
{
    struct ticket ticket;

    TRY(tickets_lock(cx, c->place.ticket, &ticket));
    if (c->is_ours)
        db_queue(cx, &SQL_attachment_unconvertible, P_ID(cx->account), P_I64(job->subject_id),
                 P_STR(STR("voice_unconvertible")));
    else
        db_queue(cx, &SQL_attachment_as_it_came, P_ID(cx->account), P_I64(job->subject_id));
    return tell(cx, c, &ticket);
}

struct err
media_convert_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                   struct job_outcome *out)
{
    struct converting *c = out->state;
    struct stat info;
    bool go;

    if (answer == NULL) {
        c = JOB_STATE(cx, out, struct converting);
        TRY(begin(cx, job, c, &go));
        if (!go)
            return OK;
        if (is_made(c, &info))
            return converted(cx, job, c);
        if (!convert_takes(c->mime))
            return give_up(cx, job, c);
        out->verdict = JOB_RUN;
        out->program =
            ffmpeg(cx->arena, absolute_of(cx, c->path), demuxer_of(c->mime), c->to, c->absolute);
        return OK;
    }
    if (answer->failed.code == ERR_NONE)
        return converted(cx, job, c);
    log_warn("media.unconverted", "attachment=%lld why=%s status=%d said=%s",
             (long long)job->subject_id, answer->failed.slug, answer->status,
             log_safe(cx->arena, str_first_code_points(answer->body, 200)));
    /* Bytes that it cannot read are the same next time; all else may have been a bad moment. */
    if (err_is(answer->failed, "program_failed") || job->attempt >= CONVERT_ATTEMPTS)
        return give_up(cx, job, c);
    out->verdict = JOB_AGAIN;
    out->why = answer->failed.slug;
    return OK;
}

/* Job "media.discard": the file that the arg names is nobody's any more. */
struct err
media_discard_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                   struct job_outcome *out)
{
    (void)answer;
    (void)out;
    if (unlink(absolute_of(cx, job->arg)) != 0 && errno != ENOENT)
        return FAIL(ERR_UNAVAILABLE, "media_store_away");
    return OK;
}
