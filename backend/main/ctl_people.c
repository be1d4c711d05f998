/*
 * balcaoctl user and operator: passwords of people, and who may come to the operators'
 * door and set up a factor there. Passwords come from the terminal or a pipe, never from the command line, which
 * everybody on the host can read.
 */
#include "base/crypto.h"
#include "base/db.h"
#include "domain/audit/audit.h"
#include "domain/operators/operators.h"
#include "main/ctl.h"

#include "ctl.sql.h"

#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { LINE_BYTES = 1024 };

struct err
ctl_read_password(struct call *call, struct str *out)
{
    char *line = arena_alloc(call->cx.arena, LINE_BYTES);
    bool is_typed = isatty(STDIN_FILENO) == 1;
    struct termios shown, hidden;

    if (is_typed) {
        fprintf(stderr, "password: ");
        is_typed = tcgetattr(STDIN_FILENO, &shown) == 0;
        hidden = shown;
        hidden.c_lflag &= ~(tcflag_t)ECHO;
        if (is_typed)
            tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
    }
    if (fgets(line, LINE_BYTES, stdin) == NULL)
        line[0] = '\0';
    if (is_typed) {
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown);
        fprintf(stderr, "\n");
    }
    line[strcspn(line, "\r\n")] = '\0';
    *out = str_of(line);
    return operators_check_password(*out);
}

/* The trail of every account they belong to tells of it. */
static struct err
tell_accounts(struct cx *cx, int64_t person)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_person_accounts, &rows, P_I64(person)));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        cx->account.v = db_i64(&row, 0);
        audit_add(cx, "password.reset", "user", person, (struct str){ 0 });
    }
    return OK;
}

struct err
ctl_user(struct call *call)
{
    struct cx *cx = &call->cx;
    struct str email = str_lower(cx->arena, str_trim(ctl_option(call, "--email"))), password;
    struct db_row row;
    bool found;

    if (!ctl_is_word(call, 0, "password") || email.len == 0)
        return FAIL(ERR_INVALID, "usage");
    TRY(ctl_read_password(call, &password));
    db_begin(cx, TX_WRITE);
    TRY(db_opt(cx, &SQL_person_set_password, &found, &row, P_STR(email),
               P_STR(crypto_password_hash(cx->arena, cx->conf, password)), P_TIME(cx->now_us)));
    if (!found)
        return FAIL(ERR_NOT_FOUND, "no_such_person");
    TRY(tell_accounts(cx, db_i64(&row, 0)));
    TRY(db_commit(cx));
    printf("done; %lld sessions ended\n", (long long)db_i64(&row, 1));
    return OK;
}

static struct err
create_operator(struct call *call, struct str email, struct str networks)
{
    struct cx *cx = &call->cx;
    struct str password;

    TRY(ctl_read_password(call, &password));
    db_begin(cx, TX_WRITE);
    TRY(operators_add(cx, email, ctl_option(call, "--name"), password, networks));
    TRY(db_commit(cx));
    printf("%.*s may come to %s/operator from %.*s\n", STR_ARG(email), cx->conf->public_url,
           STR_ARG(networks));
    return OK;
}

static struct err
reset_operators_factor(struct cx *cx, struct str email)
{
    db_begin(cx, TX_WRITE);
    TRY(operators_reset_factor(cx, email));
    TRY(db_commit(cx));
    printf("%.*s sets up a new factor at the next sign-in\n", STR_ARG(email));
    return OK;
}

struct err
ctl_operator(struct call *call)
{
    struct str email = str_trim(ctl_option(call, "--email"));
    struct str networks = ctl_option(call, "--networks");

    if (ctl_is_word(call, 0, "create") && email.len > 0 && networks.len > 0)
        return create_operator(call, email, networks);
    if (ctl_is_word(call, 0, "reset-factor") && email.len > 0)
        return reset_operators_factor(&call->cx, email);
    return FAIL(ERR_INVALID, "usage");
}
