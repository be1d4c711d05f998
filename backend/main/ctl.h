/*
 * What every command of balcaoctl is given. A file ctl_x.c holds the commands of one idea;
 * ctl.c has the table and says nothing else.
 */
#ifndef MAIN_CTL_H
#define MAIN_CTL_H

#include "base/conf.h"
#include "base/cx.h"

struct call {
    struct cx
        cx; /* connected as the owner, unless the command is of files; no transaction is open */
    struct conf conf;
    const char *var; /* the installation's state */
    char **words;    /* after the command's own */
    int n;
    int status; /* what the shell is told when all went well otherwise */
};

/* ERR_INVALID "usage" shows how balcaoctl is called. */
typedef struct err (*ctl_command)(struct call *call);

/* The i-th word is exactly this one. */
bool ctl_is_word(const struct call *call, int i, const char *word);

/* The word after this one ("--name X"); { NULL, 0 } when it is not there. */
struct str ctl_option(const struct call *call, const char *name);
bool ctl_has(const struct call *call, const char *name);

/* One line from the terminal, unseen, or from a pipe. ERR_INVALID as operators_check_password. */
MUST_CHECK struct err ctl_read_password(struct call *call, struct str *out);

MUST_CHECK struct err ctl_account(struct call *call);
MUST_CHECK struct err ctl_audit(struct call *call);
MUST_CHECK struct err ctl_flow(struct call *call);
MUST_CHECK struct err ctl_jobs(struct call *call);
MUST_CHECK struct err ctl_mail(struct call *call);
MUST_CHECK struct err ctl_networks(struct call *call);
MUST_CHECK struct err ctl_operator(struct call *call);
MUST_CHECK struct err ctl_routes(struct call *call);
MUST_CHECK struct err ctl_user(struct call *call);

#endif
