/* Files of flows: kept once, said as often as somebody comes by, and missed where they are not. */
#include "domain/flows/flow_media.h"
#include "domain/testing/brittle.h"
#include "domain/testing/flow_house.h"

#include "base/clock.h"
#include "base/testing/programs.h"
#include "domain/auth/auth.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define SENDS(type, settings)                                                                      \
    "{'format':'balcao-flow','format_version':1,'key':'envia','name':'Envia','channels':["         \
    "'whatsapp'],'settings':{'fallback':{'department':'department:%lld'}},'variables':[],"         \
    "'notes':[],'refs':[],'start':'envia','cards':["                                               \
    "{'id':'envia','type':'" type "','v':1,'position':{'x':0,'y':0},'settings':{" settings "}},"   \
    "{'id':'para','type':'transfer','v':1,'position':{'x':0,'y':2},"                               \
    "'settings':{'target':'department','department':'department:%lld'}}],"                         \
    "'connectors':[{'from':'envia','outlet':'next','to':'para'}]}"

static const char paper[] = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n";

/* What nginx hands over. */
static struct upload
handed_over(struct flow_house *h, const char *bytes, const char *mime)
{
    const char *path = str_cstr(
        h->cx->arena, str_fmt(h->cx->arena, "%s/flow-media-%d", h->cx->conf->media_dir, rand()));
    FILE *file;

    mkdir(h->cx->conf->media_dir, 0750);
    file = fopen(path, "w");
    CHECK(file != NULL);
    fputs(bytes, file);
    fclose(file);
    return (struct upload){ .file = str_of(path),
                            .content_length = (int64_t)strlen(bytes),
                            .content_type = str_of(mime),
                            .filename = STR("tabela de preços.pdf"),
                            .max_bytes = FLOW_MEDIA_MAX };
}

static struct flow_media
keep(struct flow_house *h)
{
    struct upload upload = handed_over(h, paper, "application/pdf");
    struct flow_media media;

    CHECK_OK(flow_media_add(h->cx, &upload, &media));
    return media;
}

/* A document that does this with it, where # stands. */
static const char *
with(struct flow_house *h, const char *document, struct flow_media media)
{
    struct buf b = { .arena = h->cx->arena };

    for (const char *c = document; *c != '\0'; c++)
        if (*c == '#')
            buf_add(&b, media.sha256);
        else
            buf_char(&b, *c);
    return str_cstr(h->cx->arena, buf_str(&b));
}

static const char *
sending(struct flow_house *h, struct flow_media media)
{
    return with(h, SENDS("send_file", "'file':'file:#','caption':'Olá'"), media);
}

/* --- recordings ---------------------------------------------------------------------- */

/* An MP3 of so many seconds of a tone. */
static struct flow_media
keep_recording(struct flow_house *h, const char *tone)
{
    struct upload upload = handed_over(h, "", "audio/mpeg");
    const char *argv[] = {
        "/usr/bin/ffmpeg", "-nostdin", "-v", "error", "-f",   "lavfi", "-i",  tone,     "-c:a",
        "libmp3lame",      "-b:a",     "8k", "-ar",   "8000", "-f",    "mp3", "pipe:1", NULL
    };
    struct flow_media media;
    struct stat info;

    CHECK_I64(unlink(upload.file.p), 0);
    CHECK_OK(test_run(&(struct program_call){ .argv = argv, .save_to = upload.file.p }).failed);
    CHECK_I64(stat(upload.file.p, &info), 0);
    upload.content_length = info.st_size;
    upload.filename = STR("aviso.mp3");
    CHECK_OK(flow_media_add(h->cx, &upload, &media));
    return media;
}

/* The job that was queued for it. */
static struct job
preparing(struct flow_house *h)
{
    return (struct job){ .kind = jobs_kind(STR("flow.media")),
                         .account = h->cx->account,
                         .subject_id =
                             house_number(h, "media_jobs",
                                          "SELECT subject_id FROM jobs WHERE account_id = "
                                          "$1 AND kind = 'flow.media' LIMIT 1"),
                         .attempt = 1 };
}

/* The program that it asked for, and its next step. */
static void
go_on(struct flow_house *h, const struct job *job, struct job_outcome *out)
{
    struct program_call call = out->program;
    struct httpc_answer answer = test_run(&call);

    out->verdict = JOB_DONE;
    CHECK_OK(job->kind->step(h->cx, job, &answer, out));
}

static void
prepare(struct flow_house *h)
{
    struct job job = preparing(h);
    struct job_outcome out = { 0 };

    CHECK_OK(job.kind->step(h->cx, &job, NULL, &out));
    while (out.verdict == JOB_RUN)
        go_on(h, &job, &out);
    CHECK_I64(out.verdict, JOB_DONE);
}

static struct flow_media
only_media(struct flow_house *h)
{
    struct flow_media *all;
    size_t n;

    CHECK_OK(flow_media_list(h->cx, &all, &n));
    CHECK_I64((int64_t)n, 1);
    return all[0];
}

static int64_t
conversions(struct flow_house *h)
{
    return house_number(h, "media_conversions",
                        "SELECT count(*) FROM jobs WHERE account_id = $1 AND kind = "
                        "'media.convert'");
}

#define PLAYS SENDS("send_message", "'kind':'audio','audio':'file:#','transcript':'Bem-vinda'")

TEST(a_recording_is_converted_once_and_played_as_a_voice_note)
{
    struct flow_house h = { 0 };
    struct flow_media media;
    struct message said;

    house_open(&h);
    media = keep_recording(&h, "sine=duration=2");
    CHECK_STR(media.sound, "pending");
    prepare(&h);
    CHECK_STR(only_media(&h).sound, "ready");
    CHECK(only_media(&h).duration_s >= 2 && only_media(&h).duration_s <= 3);

    house_begins(&h, house_flow(&h, with(&h, PLAYS, media)));
    house_writes(&h, "Oi");
    said = house_said(&h, "out", 1);
    CHECK_STR(said.kind, "audio");
    CHECK_STR(said.detail, "{\"voice\":true,\"transcript\":\"Bem-vinda\"}");
    CHECK_STR(said.attachments[0].mime, "audio/ogg");
    CHECK_STR(said.attachments[0].state, "ready");
    CHECK_STR(said.attachments[0].filename, "aviso.ogg");
    CHECK_I64(conversions(&h), 0);
}

TEST(a_recording_that_is_not_ready_is_converted_on_its_way)
{
    struct flow_house h = { 0 };
    struct message said;

    house_open(&h);
    house_begins(&h, house_flow(&h, with(&h, PLAYS, keep_recording(&h, "sine=duration=1"))));
    house_writes(&h, "Oi");
    said = house_said(&h, "out", 1);
    CHECK_STR(said.kind, "audio");
    CHECK_STR(said.attachments[0].state, "pending");
    CHECK_I64(conversions(&h), 1);
}

static int64_t
voices(struct flow_house *h)
{
    return house_number(h, "media_voices",
                        "SELECT count(*) FROM attachments WHERE account_id = $1 AND mime = "
                        "'audio/ogg'");
}

/* The same bytes again, before the first are prepared: another job, in a lane of its own. */
TEST(two_who_prepare_a_recording_at_once_leave_one)
{
    struct job_outcome one = { 0 }, other = { 0 };
    struct flow_house h = { 0 };
    struct job job;

    house_open(&h);
    keep_recording(&h, "sine=duration=1");
    job = preparing(&h);
    CHECK_OK(job.kind->step(h.cx, &job, NULL, &one));
    CHECK_OK(job.kind->step(h.cx, &job, NULL, &other));
    while (one.verdict == JOB_RUN)
        go_on(&h, &job, &one);
    while (other.verdict == JOB_RUN)
        go_on(&h, &job, &other);
    CHECK_STR(only_media(&h).sound, "ready");
    CHECK_I64(
        voices(&h),
        1); /* a second would be swept in a day, and its file with it, which is that of the first */
}

/* Grows with everything that the job writes. */
static const struct db_stmt all_there_is = {
    .name = "media_all",
    .shape = DB_ONE,
    .params = 1,
    .text = "SELECT (SELECT count(*) FROM attachments WHERE account_id = $1)"
            " + (SELECT count(*) FROM flow_files WHERE account_id = $1 AND sound <> 'pending')"
            " + (SELECT count(*) FROM flow_files WHERE account_id = $1 AND voice_id IS NOT NULL)"
            " + (SELECT count(*) FROM jobs WHERE account_id = $1)",
};

/* An attempt from its beginning, as a worker makes it after another one died. */
static struct err
attempt(struct flow_house *h, const struct job *job, int at)
{
    struct job_outcome out = { 0 };
    struct err e = brittle_step(h->cx, job, NULL, &out, at);

    while (e.code == ERR_NONE && out.verdict == JOB_RUN) {
        struct program_call call = out.program;
        struct httpc_answer answer = test_run(&call);

        out.verdict = JOB_DONE;
        e = brittle_step(h->cx, job, &answer, &out, at);
    }
    return e;
}

/* Broken at one statement after the other until it is done; how often it broke. */
static int
attempts(struct flow_house *h, const struct job *job)
{
    int64_t before = brittle_sum(h->cx, &all_there_is);
    int breaks = 0;

    while (attempt(h, job, breaks + 1).code != ERR_NONE) {
        breaks++;
        CHECK_I64(brittle_sum(h->cx, &all_there_is), before);
    }
    return breaks;
}

/* So are those that an upgrade finds (0048): their jobs are the same. */
TEST(a_recording_is_prepared_once_wherever_its_worker_dies)
{
    struct flow_house h = { 0 };
    struct job job;
    int64_t after;

    house_open(&h);
    keep_recording(&h, "sine=duration=1");
    job = preparing(&h);
    brittle_make(h.cx);
    CHECK_I64(attempts(&h, &job), 2); /* what was made of it, and that it is ready */
    after = brittle_sum(h.cx, &all_there_is);
    CHECK_OK(attempt(&h, &job, 0));
    CHECK_I64(brittle_sum(h.cx, &all_there_is), after);
    brittle_begin(h.cx);
    CHECK_STR(only_media(&h).sound, "ready");
    CHECK_I64(voices(&h), 1);
    db_rollback(h.cx);
}

TEST(a_recording_that_nobody_can_read_is_given_up_once_wherever_its_worker_dies)
{
    struct flow_house h = { 0 };
    struct job job;

    house_open(&h);
    keep_recording(&h, "sine=duration=1");
    job = preparing(&h);
    house_suffers(&h, "media_breaks", "UPDATE attachments SET path = 'gone' WHERE account_id = $1");
    brittle_make(h.cx);
    CHECK_I64(attempts(&h, &job), 1);
    CHECK_OK(attempt(&h, &job, 0));
    brittle_begin(h.cx);
    CHECK_STR(only_media(&h).sound, "failed");
    CHECK_I64(voices(&h), 0);
    db_rollback(h.cx);
}

/* What publishing says of a document. */
static bool
is_found(struct flow_house *h, const char *document, const char *code)
{
    struct buf b = { .arena = h->cx->arena };
    struct findings findings = { 0 };
    struct flow_version version;
    struct flow_draft draft;
    struct flow_id id;

    for (const char *c = document; *c != '\0'; c++)
        buf_char(&b, *c == '\'' ? '"' : *c);
    CHECK_OK(flows_create(h->cx, (struct str){ 0 }, (struct str){ 0 }, buf_str(&b), &id));
    CHECK_OK(flow_draft_get(h->cx, id, &draft));
    CHECK_FAIL(flow_versions_publish(h->cx, id,
                                     &(struct flow_publication){ draft.revision, STR("x"), false },
                                     &version, &findings),
               ERR_CONFLICT, "flow_has_errors");
    for (size_t i = 0; i < findings.n; i++)
        if (strcmp(findings.v[i].code, code) == 0)
            return true;
    return false;
}

TEST(what_is_no_recording_or_longer_than_ten_minutes_is_not_played)
{
    struct flow_house h = { 0 };

    house_open(&h);
    CHECK(is_found(&h, with(&h, PLAYS, keep(&h)), "L207"));
    house_open(&h);
    keep_recording(&h, "sine=duration=1");
    prepare(&h);
    house_suffers(&h, "media_lasts",
                  "UPDATE flow_files SET duration_s = 601 WHERE account_id = $1");
    CHECK(is_found(&h, with(&h, PLAYS, only_media(&h)), "L207"));
}

/* --- links --------------------------------------------------------------------------- */

TEST(what_the_channel_takes_in_no_way_is_a_link_for_thirty_days)
{
    struct flow_house h = { 0 };
    struct flow_media media;
    struct message said;
    struct str token;
    int64_t id;

    house_open(&h);
    media = keep(&h);
    house_suffers(&h, "media_grows",
                  "UPDATE attachments SET size_bytes = 200000000 WHERE account_id = $1");
    house_begins(&h, house_flow(&h, sending(&h, media)));
    house_writes(&h, "Oi");
    said = house_said(&h, "out", 1);
    CHECK_STR(said.kind, "text");
    CHECK(str_starts(said.text, STR("Olá\n\ntabela de preços.pdf\nhttp")));
    CHECK_I64(said.attachment_count, 1);

    token = said.text;
    while (!str_starts(token, STR("?link=")) && token.len > 0)
        token = (struct str){ token.p + 1, token.len - 1 };
    token = (struct str){ token.p + 6, token.len - 6 };
    CHECK_OK(auth_link_enter(h.cx, token, &id));
    CHECK_I64(id, said.attachments[0].id);
    CHECK_FAIL(auth_link_enter(h.cx, (struct str){ token.p, token.len - 1 }, &id), ERR_NOT_FOUND,
               "not_found");
    CHECK_FAIL(auth_link_enter(h.cx, auth_visitor_token(h.cx, STR("1 2")), &id), ERR_NOT_FOUND,
               "not_found");
    test_advance(h.cx, 29 * US_PER_DAY);
    CHECK_OK(auth_link_enter(h.cx, token, &id));
    test_advance(h.cx, 2 * US_PER_DAY);
    CHECK_FAIL(auth_link_enter(h.cx, token, &id), ERR_GONE, "link_expired");
}

TEST(the_same_bytes_are_one_file)
{
    struct flow_house h = { 0 };
    struct flow_media one, other, *all;
    size_t n;

    house_open(&h);
    one = keep(&h);
    other = keep(&h);
    CHECK_STR(one.sha256, str_cstr(h.cx->arena, other.sha256));
    CHECK_STR(one.mime, "application/pdf");
    CHECK_STR(one.name, "tabela de preços.pdf");
    CHECK_OK(flow_media_list(h.cx, &all, &n));
    CHECK_I64((int64_t)n, 1);
}

TEST(what_no_flow_may_send_is_refused)
{
    struct flow_house h = { 0 };
    struct upload upload;
    struct flow_media media;

    house_open(&h);
    upload = handed_over(&h, "#!/bin/sh\necho x\n", "application/octet-stream");
    CHECK_FAIL(flow_media_add(h.cx, &upload, &media), ERR_UNSUPPORTED, "file_kind_refused");
}

TEST(a_file_goes_out_with_its_caption_each_time)
{
    struct flow_house h = { 0 };
    struct message said;

    house_open(&h);
    house_begins(&h, house_flow(&h, sending(&h, keep(&h))));
    house_writes(&h, "Oi");
    said = house_said(&h, "out", 1);
    CHECK_STR(said.kind, "document");
    CHECK_STR(said.text, "Olá");
    CHECK_I64(said.attachment_count, 1);
    CHECK_STR(said.attachments[0].filename, "tabela de preços.pdf");
    CHECK_STR(said.state, "queued");
    CHECK_I64(h.ticket.state, TICKET_WAITING);
}

TEST(a_file_that_is_not_here_is_not_published)
{
    struct findings findings = { 0 };
    struct flow_version version;
    struct flow_house h = { 0 };
    struct flow_draft draft;
    struct flow_id id;
    struct flow_media gone = { .sha256 =
                                   STR_INIT("0000000000000000000000000000000000000000000000000"
                                            "000000000000000") };
    struct buf document = { 0 };

    house_open(&h);
    document.arena = h.cx->arena;
    for (const char *c = sending(&h, gone); *c != '\0'; c++)
        buf_char(&document, *c == '\'' ? '"' : *c);
    CHECK_OK(flows_create(h.cx, (struct str){ 0 }, (struct str){ 0 }, buf_str(&document), &id));
    CHECK_OK(flow_draft_get(h.cx, id, &draft));
    CHECK_FAIL(flow_versions_publish(h.cx, id,
                                     &(struct flow_publication){ draft.revision, STR("x"), false },
                                     &version, &findings),
               ERR_CONFLICT, "flow_has_errors");
}
