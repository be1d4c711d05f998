#include "domain/messages/messages_private.h"
#include "domain/testing/fixtures.h"

#include "base/testing/programs.h"
#include "messages.sql.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/* A second of a tone in two channels, as this muxer and encoder put it. */
static void
record(const char *path, const char *muxer, const char *encoder)
{
    const char *argv[] = { "/usr/bin/ffmpeg",
                           "-nostdin",
                           "-v",
                           "error",
                           "-f",
                           "lavfi",
                           "-i",
                           "sine=duration=1",
                           "-ac",
                           "2",
                           "-c:a",
                           encoder,
                           "-movflags",
                           "frag_keyframe+empty_moov",
                           "-f",
                           muxer,
                           "pipe:1",
                           NULL };

    CHECK_OK(test_run(&(struct program_call){ .argv = argv, .save_to = path }).failed);
}

static void
write_text(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    CHECK(file != NULL);
    CHECK(fputs(text, file) >= 0);
    fclose(file);
}

/* An upload of cx's member at this relative path. */
static int64_t
upload(struct cx *cx, struct str relative, const char *mime)
{
    struct db_row row;

    CHECK_OK(db_one(cx, &SQL_attachment_add, &row, P_ID(cx->account), P_ID(cx->member), P_NULL,
                    P_STR(STR("video")), P_STR(str_of(mime)), P_STR(STR("voz.webm")), P_I64(1000),
                    P_STR(relative), P_TIME(cx->now_us), db_p_id(cx->token_id)));
    return db_i64(&row, 0);
}

struct recording {
    struct ticket ticket;
    struct message message;
    int64_t id;
    struct str relative;
    const char *absolute;
};

/* A recording that was posted as a voice note; its bytes come from `fill`. */
static struct recording
posted(struct cx *cx, const char *channel_kind, void (*fill)(const char *), const char *mime)
{
    struct channel channel = test_channel(cx, channel_kind);
    struct post post = { .client_key = STR("key-00000001"), .is_voice = true };
    struct recording r;
    bool is_new;

    test_member(cx, "agent");
    r.ticket = test_ticket_on(cx, &channel, "5549988412076", "serving");
    CHECK_OK(media_place(cx, &r.relative, &r.absolute));
    fill(r.absolute);
    post.attachment_id = r.id = upload(cx, r.relative, mime);
    CHECK_OK(messages_post(cx, r.ticket.id, &post, &r.message, &is_new));
    return r;
}

static void
as_browser(const char *path)
{
    record(path, "webm", "libopus");
}

static void
as_safari(const char *path)
{
    record(path, "mp4", "aac");
}

static void
as_rubbish(const char *path)
{
    write_text(path, "\x1A\x45\xDF\xA3 and nothing else that is of any use");
}

/* A list of other files is what a converter must never follow. */
static void
as_playlist(const char *path)
{
    write_text(
        path, "#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXTINF:3,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n");
}

/* The job's steps, with its program in between; what the last of them said. */
static struct job_outcome
convert(struct cx *cx, int64_t attachment, int attempt)
{
    struct job job = { .subject_id = attachment, .attempt = attempt };
    struct job_outcome out = { 0 };
    struct httpc_answer answer;

    CHECK_OK(media_convert_step(cx, &job, NULL, &out));
    if (out.verdict != JOB_RUN)
        return out;
    answer = test_run(&out.program);
    out.verdict = JOB_DONE;
    CHECK_OK(media_convert_step(cx, &job, &answer, &out));
    return out;
}

static struct job_outcome
begin_sending(struct cx *cx, const struct recording *r)
{
    static const struct job_kind kind = { .name = "message.send", .queue = QUEUE_OUTBOUND };
    struct job job = { .kind = &kind,
                       .subject_id = r->ticket.id.v,
                       .arg = str_fmt(cx->arena, "%lld", (long long)r->message.seq),
                       .attempt = 1 };
    struct job_outcome out = { 0 };

    CHECK_OK(message_send_step(cx, &job, NULL, &out));
    return out;
}

static struct message
now_of(struct cx *cx, const struct recording *r)
{
    struct message message;

    CHECK_OK(tickets_message(cx, r->ticket.id, r->message.seq, &message));
    return message;
}

/* What the bytes are, and in how many channels. */
static void
check_bytes(struct cx *cx, const char *path, const char *mime, const char *ffprobe_says)
{
    const char *argv[] = {
        "/usr/bin/ffprobe", "-v", "error", "-show_entries", "stream=codec_name,channels", "-of",
        "csv=p=0",          path, NULL
    };
    struct sniffed found;
    struct httpc_answer answer = test_run(&(struct program_call){ .argv = argv });

    CHECK_OK(media_sniff(cx->arena, path, &found));
    CHECK_STR(found.mime, mime);
    CHECK_STR(str_trim(answer.body), ffprobe_says);
}

TEST(a_voice_note_waits_for_its_conversion_and_goes_as_opus_of_one_channel)
{
    struct cx *cx = test_cx();
    struct recording r = posted(cx, "whatsapp_cloud", as_browser, "video/webm");
    struct job_outcome out;
    const char *made = str_cstr(cx->arena, str_fmt(cx->arena, "%s.ogg", r.absolute));

    CHECK_STR(r.message.kind, "audio");
    CHECK_STR(r.message.attachments[0].state, "pending");
    CHECK_I64(test_jobs(cx, "media.convert"), 1);
    CHECK_I64(convert(cx, r.id, 1).verdict, JOB_DONE);
    check_bytes(cx, made, "audio/ogg", "opus,1");
    CHECK_STR(now_of(cx, &r).attachments[0].state, "ready");
    CHECK_STR(now_of(cx, &r).attachments[0].mime, "audio/ogg");
    CHECK_STR(now_of(cx, &r).attachments[0].filename, "voz.ogg");
    CHECK(test_events(cx, "message.changed") > 0);

    out = begin_sending(cx, &r);
    CHECK_I64(out.verdict, JOB_CALL);
    CHECK_STR(out.call.parts[1].value, "audio/ogg; codecs=opus");
    CHECK_STR(str_of(out.call.parts[2].file), made);
}

TEST(what_safari_records_becomes_what_every_browser_plays)
{
    struct cx *cx = test_cx();
    struct recording r = posted(cx, "webchat", as_safari, "video/mp4");

    CHECK_I64(convert(cx, r.id, 1).verdict, JOB_DONE);
    check_bytes(cx, str_cstr(cx->arena, str_fmt(cx->arena, "%s.mp3", r.absolute)), "audio/mpeg",
                "mp3,1");
    CHECK_I64(begin_sending(cx, &r).verdict, JOB_DONE);
    CHECK_STR(now_of(cx, &r).state, "accepted");
}

TEST(a_conversion_that_was_made_is_found_and_not_made_again)
{
    struct cx *cx = test_cx();
    struct recording r = posted(cx, "whatsapp_cloud", as_browser, "video/webm");
    struct job job = { .subject_id = r.id, .attempt = 1 };
    struct job_outcome out = { 0 };

    CHECK_OK(media_convert_step(cx, &job, NULL, &out));
    CHECK_I64(out.verdict, JOB_RUN);
    CHECK_OK(test_run(&out.program).failed);

    /* Its worker died here: the next one needs no program. */
    out = (struct job_outcome){ 0 };
    job.attempt = 2;
    CHECK_OK(media_convert_step(cx, &job, NULL, &out));
    CHECK_I64(out.verdict, JOB_DONE);
    CHECK_STR(now_of(cx, &r).attachments[0].state, "ready");
    CHECK_I64(test_jobs(cx, "media.discard"), 1);

    /* And once written down, there is nothing left to do. */
    CHECK_I64(convert(cx, r.id, 1).verdict, JOB_DONE);
    CHECK_I64(test_jobs(cx, "media.discard"), 1);
}

TEST(the_recording_goes_when_its_conversion_is_there)
{
    struct cx *cx = test_cx();
    struct recording r = posted(cx, "whatsapp_cloud", as_browser, "video/webm");
    struct job job = { .subject_id = r.id, .arg = r.relative, .attempt = 1 };
    struct job_outcome out = { 0 };

    convert(cx, r.id, 1);
    CHECK_OK(media_discard_step(cx, &job, NULL, &out));
    CHECK(access(r.absolute, F_OK) != 0);
    CHECK_OK(media_discard_step(cx, &job, NULL, &out));
}

TEST(a_recording_that_nobody_can_read_fails_its_message_and_can_be_tried_again)
{
    struct cx *cx = test_cx();
    struct recording r = posted(cx, "whatsapp_cloud", as_rubbish, "video/webm");
    struct message again;

    CHECK_I64(convert(cx, r.id, 1).verdict, JOB_DONE);
    CHECK_I64(begin_sending(cx, &r).verdict, JOB_DONE);
    CHECK_STR(now_of(cx, &r).state, "failed");
    CHECK_STR(now_of(cx, &r).error_slug, "voice_unconvertible");
    CHECK_STR(now_of(cx, &r).attachments[0].state, "failed");

    unlink(r.absolute);
    as_browser(r.absolute);
    CHECK_OK(messages_retry(cx, r.ticket.id, r.message.seq, &again));
    CHECK_I64(test_jobs(cx, "media.convert"), 2);
    CHECK_I64(convert(cx, r.id, 1).verdict, JOB_DONE);
    CHECK_I64(begin_sending(cx, &r).verdict, JOB_CALL);
}

TEST(a_list_of_files_is_no_recording)
{
    struct cx *cx = test_cx();
    struct recording r = posted(cx, "whatsapp_cloud", as_playlist, "video/webm");

    CHECK_I64(convert(cx, r.id, 1).verdict, JOB_DONE);
    CHECK_STR(now_of(cx, &r).attachments[0].error_slug, "voice_unconvertible");
}

TEST(a_bad_moment_is_tried_again_and_in_the_end_given_up)
{
    struct cx *cx = test_cx();
    struct recording r = posted(cx, "whatsapp_cloud", as_browser, "video/webm");
    struct httpc_answer killed = { .failed = FAIL(ERR_UNAVAILABLE, "program_killed") };

    for (int attempt = 1; attempt <= 3; attempt++) {
        struct job job = { .subject_id = r.id, .attempt = attempt };
        struct job_outcome out = { 0 };

        CHECK_OK(media_convert_step(cx, &job, NULL, &out));
        out.verdict = JOB_DONE;
        CHECK_OK(media_convert_step(cx, &job, &killed, &out));
        CHECK_I64(out.verdict, attempt < 3 ? JOB_AGAIN : JOB_DONE);
    }
    CHECK_STR(now_of(cx, &r).attachments[0].error_slug, "voice_unconvertible");
}

TEST(a_message_never_goes_before_its_conversion)
{
    struct cx *cx = test_cx();
    struct recording r = posted(cx, "whatsapp_cloud", as_browser, "video/webm");

    CHECK_I64(begin_sending(cx, &r).verdict, JOB_DONE);
    CHECK_STR(now_of(cx, &r).error_slug, "voice_unconvertible");
}

TEST(a_voice_note_has_no_words_and_is_a_recording)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct post post = { .client_key = STR("key-00000001"), .is_voice = true, .text = STR("Oi") };
    struct message message;
    struct str relative;
    const char *path;
    bool is_new;

    CHECK_OK(media_place(cx, &relative, &path));
    write_text(path, "%PDF-1.4");
    post.attachment_id = upload(cx, relative, "application/pdf");
    CHECK_FAIL(messages_post(cx, ticket.id, &post, &message, &is_new), ERR_INVALID,
               "caption_refused");
    post.text = STR("");
    CHECK_FAIL(messages_post(cx, ticket.id, &post, &message, &is_new), ERR_UNSUPPORTED,
               "file_kind_refused");
    post.attachment_id = 0;
    CHECK_FAIL(messages_post(cx, ticket.id, &post, &message, &is_new), ERR_INVALID,
               "message_empty");
}

TEST(a_whispered_voice_note_is_converted_too)
{
    struct cx *cx = test_cx();
    struct ticket ticket = test_ticket(cx, "serving");
    struct post post = { .client_key = STR("key-00000001"), .is_voice = true, .is_whisper = true };
    struct str relative;
    struct message message;
    const char *path;
    bool is_new;

    CHECK_OK(media_place(cx, &relative, &path));
    as_browser(path);
    post.attachment_id = upload(cx, relative, "video/webm");
    CHECK_OK(messages_post(cx, ticket.id, &post, &message, &is_new));
    CHECK_I64(test_jobs(cx, "message.send"), 0);
    convert(cx, post.attachment_id, 1);
    CHECK_OK(tickets_message(cx, ticket.id, message.seq, &message));
    CHECK_STR(message.attachments[0].mime, "audio/mpeg");
}
