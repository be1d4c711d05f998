/*
 * The second factor of a person or an operator: six digits of an authenticator, or one of
 * ten recovery codes on paper. A code counts once, in parallel too.
 */
#ifndef DOMAIN_AUTH_FACTOR_H
#define DOMAIN_AUTH_FACTOR_H

#include "base/http.h"
#include "domain/auth/totp.h"

enum { RECOVERY_CODES = 10 };

struct db_stmt;

/*
 * Where one kind of holder keeps its factors: persons behind the gate, operators in tables of
 * their own. The statements ask and answer alike.
 */
struct factor_shelf {
    const char *word; /* before the number, where persons and operators could be mixed up */
    const struct db_stmt *holder; /* holder: e-mail, name, locale */
    const struct db_stmt *find;   /* holder: version, sealed secret, drift, enrolled, codes left */
    const struct db_stmt *use;    /* holder, version, step, drift: was it the first time */
    const struct db_stmt *enrol;  /* holder, version, sealed secret, step, drift, now, hashes */
    const struct db_stmt *remove; /* holder: was there one */
    const struct db_stmt *recovery_find;    /* holder, number: hash, NULL when it is used */
    const struct db_stmt *recovery_use;     /* holder, number, now: was it the first time */
    const struct db_stmt *recovery_replace; /* holder, hashes */
};

struct factor_holder {
    const struct factor_shelf *shelf;
    int64_t id;
};

struct factor_holder factor_of(struct user_id person);

struct factor {
    int64_t version, drift, enrolled_us, codes_left;
    struct str secret; /* TOTP_SECRET_BYTES, unsealed */
};

/* *found: whether they have one. */
MUST_CHECK struct err factor_find(struct cx *cx, struct factor_holder holder, bool *found,
                                  struct factor *out);

/*
 * Shows it: the digits, or else a recovery code. Failures are counted and must be kept
 * (auth_keep).
 *   ERR_UNAUTHENTICATED  "code_invalid": wrong, used or expired alike
 *   ERR_TOO_MANY         "too_many_attempts"; *until_us says for how long
 */
MUST_CHECK struct err factor_show(struct cx *cx, struct factor_holder holder, struct str code,
                                  struct str recovery, int64_t *until_us);

/* A secret that nobody has yet; TOTP_SECRET_BYTES in the arena. */
struct str factor_new_secret(struct cx *cx);

/*
 * Mails six digits to a person (a row of signin_state) and gives them back: whoever has
 * only a stolen password does not read them. The letter says for how many minutes.
 */
struct str factor_mail_code(struct cx *cx, const struct db_row *person, const char *minutes);

/*
 * A new factor counts from its first right code on: it is stored, replaces the former
 * one and its recovery codes, and its holder gets a letter. codes: RECOVERY_CODES of
 * them, told once. ERR_UNAUTHENTICATED "code_invalid".
 */
MUST_CHECK struct err factor_enrol(struct cx *cx, struct factor_holder holder, struct str secret,
                                   struct str code, struct str *codes);

/* Ten new codes; the old ones are worth nothing. */
void factor_new_codes(struct cx *cx, struct factor_holder holder, struct str *codes);

/* Gone, with its codes; its holder gets a letter. ERR_NOT_FOUND "factor_missing". */
MUST_CHECK struct err factor_remove(struct cx *cx, struct factor_holder holder);

/* {"secret":…,"uri":…}: what an authenticator is set up with. */
void factor_write_secret(struct json_out *o, struct str secret, struct str email);
void factor_write_codes(struct json_out *o, const struct str *codes);

extern const struct route factor_routes[];

#endif
