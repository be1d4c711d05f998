#include "factor.h"

#include "auth_private.h"
#include "base/clock.h"
#include "base/crypto.h"
#include "domain/mail/mail.h"
#include "throttle.h"

#include "auth_factor.sql.h"

/* No 0, O, 1, I: what people read aloud. 32 letters, 5 bits each. */
static const char letters[] = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
enum { CODE_LETTERS = 10, CODE_BYTES = 13 }; /* d-XXXXX-XXXXX */

static const struct factor_shelf persons = {
    .word = "",
    .holder = &SQL_factor_person,
    .find = &SQL_factor_find,
    .use = &SQL_factor_use,
    .enrol = &SQL_factor_enrol,
    .remove = &SQL_factor_remove,
    .recovery_find = &SQL_recovery_find,
    .recovery_use = &SQL_recovery_use,
    .recovery_replace = &SQL_recovery_replace,
};

struct factor_holder
factor_of(struct user_id person)
{
    return (struct factor_holder){ &persons, person.v };
}

static struct str
who_of(struct cx *cx, struct factor_holder holder)
{
    return str_fmt(cx->arena, "%s%lld", holder.shelf->word, (long long)holder.id);
}

static struct str
seal_of(struct cx *cx, struct factor_holder holder, int64_t version)
{
    return str_fmt(cx->arena, "totp|%.*s|%lld", STR_ARG(who_of(cx, holder)), (long long)version);
}

struct err
factor_find(struct cx *cx, struct factor_holder holder, bool *found, struct factor *out)
{
    struct db_row row;

    TRY(db_opt(cx, holder.shelf->find, found, &row, P_I64(holder.id)));
    if (!*found)
        return OK;
    *out = (struct factor){ .version = db_i64(&row, 0),
                            .drift = db_i64(&row, 2),
                            .enrolled_us = db_time(&row, 3),
                            .codes_left = db_i64(&row, 4) };
    if (!crypto_unseal(cx->arena, seal_of(cx, holder, out->version), db_bytes(cx, &row, 1),
                       &out->secret) ||
        out->secret.len != TOTP_SECRET_BYTES) {
        log_error("factor.seal", "holder=%.*s", STR_ARG(who_of(cx, holder)));
        return FAIL(ERR_UNAVAILABLE, "secret_moved");
    }
    return OK;
}

static struct err
show_code(struct cx *cx, struct factor_holder holder, const struct factor *factor, struct str code,
          bool *is_right)
{
    int64_t step, drift;
    struct db_row row;

    *is_right = totp_match((const uint8_t *)factor->secret.p, cx->now_us / US_PER_S, factor->drift,
                           code, &step, &drift);
    if (!*is_right)
        return OK;
    TRY(db_one(cx, holder.shelf->use, &row, P_I64(holder.id), P_I64(factor->version), P_I64(step),
               P_I64(drift)));
    *is_right = db_bool(&row, 0);
    return OK;
}

/* "3-abcde-fghjk", however it was typed, as it was told. */
static bool
read_recovery(struct cx *cx, struct str typed, int64_t *number, struct str *out)
{
    struct buf plain = { .arena = cx->arena };

    typed = str_trim(typed);
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.p[i];

        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (c != '-' && c != ' ')
            buf_char(&plain, c);
    }
    if (plain.len != CODE_LETTERS + 1 || plain.p[0] < '0' || plain.p[0] > '9')
        return false;
    *number = plain.p[0] - '0';
    *out = str_fmt(cx->arena, "%c-%.5s-%.5s", plain.p[0], plain.p + 1, plain.p + 6);
    return true;
}

static struct err
tell_recovery_used(struct cx *cx, struct factor_holder holder, int64_t left)
{
    struct db_row person;

    TRY(db_one(cx, holder.shelf->holder, &person, P_I64(holder.id)));
    mail_queue(cx, &(struct mail){
                       .to = db_str(&person, 0),
                       .locale = db_str(&person, 2),
                       .template = "factor_recovery_used",
                       .params = { { "name", db_str(&person, 1) },
                                   { "time", auth_time_text(cx) },
                                   { "left", str_fmt(cx->arena, "%lld", (long long)left) } } });
    return OK;
}

/* The leading digit says which row, so one hash decides. */
static struct err
show_recovery(struct cx *cx, struct factor_holder holder, const struct factor *factor,
              struct str typed, bool *is_right)
{
    struct str code, hash;
    struct db_row row;
    int64_t number;
    bool outdated;

    *is_right = false;
    if (!read_recovery(cx, typed, &number, &code))
        return OK;
    TRY(db_one(cx, holder.shelf->recovery_find, &row, P_I64(holder.id), P_I64(number)));
    hash = db_is_null(&row, 0) ? crypto_password_dummy(cx->conf) : db_str(&row, 0);
    if (!crypto_password_check(cx->conf, hash, code, &outdated) || db_is_null(&row, 0))
        return OK;
    TRY(db_one(cx, holder.shelf->recovery_use, &row, P_I64(holder.id), P_I64(number),
               P_TIME(cx->now_us)));
    *is_right = db_bool(&row, 0);
    return *is_right ? tell_recovery_used(cx, holder, factor->codes_left - 1) : OK;
}

/* Codes of somebody whose password is known: after too many, they are told. */
static struct err
count_wrong_code(struct cx *cx, struct factor_holder holder, const struct throttle of[2])
{
    struct db_row person;
    int64_t in_hour, in_day;

    TRY(throttle_fail(cx, of[0], 0, &in_hour));
    TRY(throttle_fail(cx, of[1], 0, &in_day));
    if (in_hour != 10 && in_day != 20)
        return OK;
    TRY(db_one(cx, holder.shelf->holder, &person, P_I64(holder.id)));
    mail_queue(cx, &(struct mail){ .to = db_str(&person, 0),
                                   .locale = db_str(&person, 2),
                                   .template = "factor_closed",
                                   .params = { { "name", db_str(&person, 1) } } });
    return OK;
}

struct err
factor_show(struct cx *cx, struct factor_holder holder, struct str code, struct str recovery,
            int64_t *until_us)
{
    struct str who = who_of(cx, holder);
    const struct throttle of[2] = { { THROTTLE_FACTOR, who }, { THROTTLE_FACTOR_DAY, who } };
    struct factor factor;
    bool found, is_right = false;

    TRY(throttle_require(cx, of, 2, until_us));
    TRY(factor_find(cx, holder, &found, &factor));
    if (found && code.len > 0)
        TRY(show_code(cx, holder, &factor, str_trim(code), &is_right));
    else if (found)
        TRY(show_recovery(cx, holder, &factor, recovery, &is_right));
    if (!is_right) {
        TRY(count_wrong_code(cx, holder, of));
        return FAIL_FIELD(ERR_UNAUTHENTICATED, "code_invalid", code.len > 0 ? "code" : "recovery");
    }
    throttle_forget(cx, of[0]);
    throttle_forget(cx, of[1]);
    return OK;
}

struct str
factor_new_secret(struct cx *cx)
{
    uint8_t *secret = arena_alloc(cx->arena, TOTP_SECRET_BYTES);

    crypto_random(secret, TOTP_SECRET_BYTES);
    return (struct str){ (const char *)secret, TOTP_SECRET_BYTES };
}

struct str
factor_mail_code(struct cx *cx, const struct db_row *person, const char *minutes)
{
    struct str code;
    uint32_t random;

    crypto_random(&random, sizeof random);
    code = str_fmt(cx->arena, "%06u", random % 1000000);
    mail_queue(cx, &(struct mail){ .to = db_str(person, 0),
                                   .locale = db_str(person, 2),
                                   .template = "factor_code",
                                   .params = { { "name", db_str(person, 1) },
                                               { "code", code },
                                               { "minutes", str_of(minutes) } } });
    return code;
}

/* 50 random bits behind the number. */
static struct db_param
make_codes(struct cx *cx, struct str *codes)
{
    struct str hashes[RECOVERY_CODES];

    for (int i = 0; i < RECOVERY_CODES; i++) {
        char text[CODE_BYTES + 1] = "";
        uint8_t random[CODE_LETTERS];
        int at = 0;

        crypto_random(random, sizeof random);
        text[at++] = (char)('0' + i);
        for (int n = 0; n < CODE_LETTERS; n++) {
            if (n % 5 == 0)
                text[at++] = '-';
            text[at++] = letters[random[n] % 32];
        }
        codes[i] = str_dup(cx->arena, (struct str){ text, CODE_BYTES });
        hashes[i] = crypto_password_hash(cx->arena, cx->conf, codes[i]);
    }
    return db_p_strs(cx->arena, hashes, RECOVERY_CODES);
}

void
factor_new_codes(struct cx *cx, struct factor_holder holder, struct str *codes)
{
    db_queue(cx, holder.shelf->recovery_replace, P_I64(holder.id), make_codes(cx, codes));
}

static struct err
tell_changed(struct cx *cx, struct factor_holder holder)
{
    struct db_row person;

    TRY(db_one(cx, holder.shelf->holder, &person, P_I64(holder.id)));
    mail_queue(cx, &(struct mail){ .to = db_str(&person, 0),
                                   .locale = db_str(&person, 2),
                                   .template = "factor_changed",
                                   .params = { { "name", db_str(&person, 1) },
                                               { "time", auth_time_text(cx) } } });
    return OK;
}

struct err
factor_enrol(struct cx *cx, struct factor_holder holder, struct str secret, struct str code,
             struct str *codes)
{
    int64_t version = cx->now_us, step, drift;
    struct str sealed;

    if (secret.len != TOTP_SECRET_BYTES ||
        !totp_match((const uint8_t *)secret.p, cx->now_us / US_PER_S, 0, str_trim(code), &step,
                    &drift))
        return FAIL_FIELD(ERR_UNAUTHENTICATED, "code_invalid", "code");
    sealed = crypto_seal(cx->arena, seal_of(cx, holder, version), secret);
    db_queue(cx, holder.shelf->enrol, P_I64(holder.id), P_I64(version),
             db_p_bytes(cx->arena, sealed), P_I64(step), P_I64(drift), P_TIME(cx->now_us),
             make_codes(cx, codes));
    return tell_changed(cx, holder);
}

struct err
factor_remove(struct cx *cx, struct factor_holder holder)
{
    struct db_row row;

    TRY(db_one(cx, holder.shelf->remove, &row, P_I64(holder.id)));
    if (!db_bool(&row, 0))
        return FAIL(ERR_NOT_FOUND, "factor_missing");
    return tell_changed(cx, holder);
}

void
factor_write_secret(struct json_out *o, struct str secret, struct str email)
{
    struct arena *a = o->buf->arena;
    struct str base32 = totp_base32(a, (const uint8_t *)secret.p);

    json_kv_str(o, "secret", base32);
    json_kv_str(o, "uri", totp_uri(a, base32, email));
}

void
factor_write_codes(struct json_out *o, const struct str *codes)
{
    json_open(o, '[');
    for (int i = 0; i < RECOVERY_CODES; i++)
        json_put_str(o, codes[i]);
    json_close(o, ']');
}
