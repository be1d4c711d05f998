#include "base/clock.h"
#include "base/crypto.h"
#include "base/db.h"
#include "mail_private.h"

#include "mail.sql.h"

/* A sealed value that was moved to another letter does not open. */
static struct str
place(struct cx *cx, struct str template, struct str to)
{
    return str_fmt(cx->arena, "mails|params|%.*s|%.*s", STR_ARG(template), STR_ARG(to));
}

static struct str
print_params(struct cx *cx, const struct mail *mail)
{
    struct buf text = { .arena = cx->arena };
    struct json_out o = { .buf = &text };

    json_open(&o, '{');
    for (int i = 0; i < MAIL_PARAMS_MAX && mail->params[i].name != NULL; i++)
        json_kv_str(&o, mail->params[i].name, mail->params[i].value);
    json_close(&o, '}');
    return buf_str(&text);
}

void
mail_queue(struct cx *cx, const struct mail *mail)
{
    struct str template = str_of(mail->template);

    if (mail_words_find(template) == NULL)
        BUG("no letter is called %s", mail->template);
    db_assert_tx(cx);
    db_queue(cx, &SQL_mail_add, P_STR(mail->to),
             P_STR(str_of(mail_locales[mail_locale(mail->locale)])), P_STR(template),
             db_p_bytes(cx->arena, crypto_seal(cx->arena, place(cx, template, mail->to),
                                               print_params(cx, mail))),
             P_I64(jobs_lane_alone()), P_TIME(cx->now_us));
    jobs_touch(QUEUE_DELIVERY);
}

struct str
mail_link(struct cx *cx, const char *path, struct str token)
{
    return str_fmt(cx->arena, "%s%s#%.*s", cx->conf->public_url, path, STR_ARG(token));
}

static bool
is_local_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~.", c) != NULL);
}

static bool
is_host_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '.';
}

bool
mail_address_is_good(struct str address)
{
    struct str host = address, local;

    if (address.len > 254 || !str_cut(&host, '@', &local) || local.len == 0 || local.len > 64 ||
        host.len == 0)
        return false;
    for (size_t i = 0; i < local.len; i++)
        if (!is_local_char(local.p[i]))
            return false;
    for (size_t i = 0; i < host.len; i++)
        if (!is_host_char(host.p[i]) || (host.p[i] == '.' && (i == 0 || host.p[i - 1] == '.')))
            return false;
    return !str_ends(host, STR(".")) && !str_starts(local, STR(".")) && !str_ends(local, STR("."));
}

enum { FORGOTTEN_AT_ONCE = 50000 };
#define KEPT_US (30 * US_PER_DAY)

struct err
mail_forget_old(struct cx *cx)
{
    return db_exec(cx, &SQL_mail_forget, NULL, P_TIME(cx->now_us - KEPT_US),
                   P_I64(FORGOTTEN_AT_ONCE));
}

/* --- sending ------------------------------------------------------------------------ */

enum { COLUMN_TO, COLUMN_LOCALE, COLUMN_TEMPLATE, COLUMN_PARAMS, COLUMN_AT };

/* What is written down of an attempt that did not end with the letter on its way. */
static struct err
keep(struct cx *cx, const struct job *job, const char *state, const char *why)
{
    return db_exec(cx, &SQL_mail_kept, NULL, P_I64(job->subject_id), P_STR(str_of(state)),
                   P_STR(str_of(why)));
}

static struct err
give_up(struct cx *cx, const struct job *job, const char *why, struct job_outcome *out)
{
    *out = (struct job_outcome){ .verdict = JOB_DEAD, .why = why };
    return keep(cx, job, "failed", why);
}

static struct err
try_again(struct cx *cx, const struct job *job, const char *why, struct job_outcome *out)
{
    bool is_last = job->attempt >= job->kind->attempts;

    *out = (struct job_outcome){ .verdict = JOB_AGAIN, .why = why };
    return keep(cx, job, is_last ? "failed" : "queued", why);
}

/* 250 is the server's word that the letter is its business from now on; 4xx asks for patience. */
static struct err
judge(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
      struct job_outcome *out)
{
    if (answer->failed.code != ERR_NONE)
        return answer->failed.code == ERR_UNAVAILABLE ? try_again(cx, job, answer->failed.slug, out)
                                                      : give_up(cx, job, answer->failed.slug, out);
    if (answer->status == 250) {
        out->verdict = JOB_DONE;
        return db_exec(cx, &SQL_mail_sent, NULL, P_I64(job->subject_id), P_TIME(cx->now_us));
    }
    /* Wrong credentials are the operator's to mend, not the letter's fault. */
    if (answer->status / 100 == 4 || answer->status == 530 || answer->status == 535)
        return try_again(cx, job, answer->status / 100 == 4 ? "mail_deferred" : "smtp_sign_in",
                         out);
    return give_up(cx, job, "mail_refused", out);
}

static bool
open_params(struct cx *cx, const struct db_row *row, const struct json **out)
{
    struct str plain;

    return crypto_unseal(cx->arena, place(cx, db_str(row, COLUMN_TEMPLATE), db_str(row, COLUMN_TO)),
                         db_bytes(cx, row, COLUMN_PARAMS), &plain) &&
           json_parse(cx->arena, plain, out).code == ERR_NONE;
}

struct err
mail_send_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
               struct job_outcome *out)
{
    struct mail_letter letter = { .id = job->subject_id, .from = str_of(cx->conf->mail_from) };
    struct httpc_mail *envelope;
    struct db_row row;
    bool found;

    TRY(db_opt(cx, &SQL_mail_lock, &found, &row, P_I64(job->subject_id)));
    if (!found)
        return OK; /* another worker finished it, or somebody took it out of the box */
    if (answer != NULL)
        return judge(cx, job, answer, out);
    if (*cx->conf->smtp_url == '\0')
        return keep(cx, job, "no_smtp", "no_smtp");

    letter.to = str_dup(cx->arena, db_str(&row, COLUMN_TO));
    letter.words = mail_words_find(db_str(&row, COLUMN_TEMPLATE));
    letter.locale = mail_locale(db_str(&row, COLUMN_LOCALE));
    letter.at_us = db_time(&row, COLUMN_AT);
    if (!mail_address_is_good(letter.to) || !mail_address_is_good(letter.from))
        return give_up(cx, job, "address_invalid", out);
    if (letter.words == NULL || !open_params(cx, &row, &letter.params))
        return give_up(cx, job, "letter_unreadable", out);

    envelope = arena_new_of(cx->arena, struct httpc_mail);
    *envelope = (struct httpc_mail){ .from = letter.from, .to = letter.to };
    *out = (struct job_outcome){
        .verdict = JOB_CALL,
        .call = { .mail = envelope, .body = mail_compose(cx, &letter), .timeout_ms = 30000 },
    };
    return OK;
}

/* A server that asks for patience may do so for an hour or two. */
const struct job_kind mail_jobs[] = {
    { .name = "mail.send",
      .queue = QUEUE_DELIVERY,
      .step = mail_send_step,
      .attempts = 14,
      .backoff_ms = 1000 },
    { 0 },
};
