/*
 * Letters to people: invitations, links, warnings. A letter is a row and a job,
 * queued in the transaction that decided it: no commit, no letter. The job hands
 * it to the installation's SMTP server and marks it sent after the server's 250;
 * the Message-ID never changes, so a letter handed over twice is one to whoever
 * reads mail. Without a server (SMTP_URL empty) it stays in the box as "no_smtp",
 * where `balcaoctl mail` shows it.
 *
 * Words live in mail_words.c, in each language. What stands in a letter's params is
 * sealed in the row and erased once it went out, for links open doors.
 */
#ifndef DOMAIN_MAIL_MAIL_H
#define DOMAIN_MAIL_MAIL_H

#include "base/cx.h"
#include "base/jobs.h"

enum { MAIL_PARAMS_MAX = 8 };

struct mail {
    struct str to;     /* one bare address; what no header can carry fails as "address_invalid" */
    struct str locale; /* "pt-BR", "en"; of anything else the first */
    const char *template; /* "invite": a row of mail_words.c */
    struct {
        const char *name; /* what {name} in the words stands for; NULL ends the list */
        struct str value; /* any text of strangers: it never becomes a header or markup */
    } params[MAIL_PARAMS_MAX];
};

/* Travels with the next statement (db_queue). An unknown template is a BUG. */
void mail_queue(struct cx *cx, const struct mail *mail);

/* PUBLIC_URL + path + "#" + token: what follows the # reaches no log, referrer or mail scanner. */
struct str mail_link(struct cx *cx, const char *path, struct str token);

/*
 * Letters are kept for thirty days, for whoever asks what became of one; then they go, but for
 * those that are still on their way. A chore of each day calls this.
 */
MUST_CHECK struct err mail_forget_old(struct cx *cx);

/* One bare address that a letter can be sent to: name@host in ASCII, 254 bytes at most. */
bool mail_address_is_good(struct str address);

/* Languages letters are written in; NULL ends the list. */
extern const char *const mail_locales[];

extern const struct job_kind mail_jobs[];

#endif
