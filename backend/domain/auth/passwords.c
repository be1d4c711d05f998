#include "passwords.h"

#include "auth_private.h"
#include "base/crypto.h"
#include "common_passwords.h"
#include "devices.h"
#include "domain/mail/mail.h"
#include "sessions.h"
#include "throttle.h"

#include "auth_passwords.sql.h"

enum {
    TRIMMINGS_MAX = 6, /* digits and signs at the end that make nothing better */
    WORD_MIN = 4,      /* letters of a name that is worth looking for */
    OWN_MIN = 6        /* letters that have to be left of a password without those names */
};

/* Latin letters with accents, U+00C0 to U+00FF, as people leave them away. */
static const char without_accent[] =
    "aaaaaaaceeeeiiiidnooooo ouuuuy  aaaaaaaceeeeiiiidnooooo ouuuuy y";

/* Lower case without accents; what is no Latin letter stays as it is. */
static struct str
plain(struct arena *a, struct str text)
{
    struct buf out = { .arena = a };

    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.p[i];
        unsigned char next = i + 1 < text.len ? (unsigned char)text.p[i + 1] : 0;

        if (c == 0xC3 && next >= 0x80 && next <= 0xBF && without_accent[next - 0x80] != ' ') {
            buf_char(&out, without_accent[next - 0x80]);
            i++;
        } else {
            buf_char(&out, (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c));
        }
    }
    return buf_str(&out);
}

static bool
is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

/* s3nh4 → senha */
static struct str
undo_leet(struct arena *a, struct str text)
{
    static const char from[] = "0134578@$!", to[] = "oieastbasi";
    char *out = arena_alloc(a, text.len + 1);

    for (size_t i = 0; i < text.len; i++) {
        const char *at = memchr(from, text.p[i], sizeof from - 1);

        out[i] = at == NULL ? text.p[i] : to[at - from];
    }
    return (struct str){ out, text.len };
}

/* senhasenha → senha */
static struct str
fold_halves(struct str text)
{
    while (text.len >= 2 && text.len % 2 == 0 &&
           memcmp(text.p, text.p + text.len / 2, text.len / 2) == 0)
        text.len /= 2;
    return text;
}

static bool
is_trimming(char c)
{
    return !is_letter(c) && (unsigned char)c < 0x80;
}

bool
password_is_common(struct arena *a, struct str password)
{
    struct str bare = plain(a, password);

    /* Each digit or sign at the end may be a trimming or a letter in disguise: flameng0!! */
    for (int cut = 0; cut <= TRIMMINGS_MAX && bare.len > 0; cut++) {
        struct str bones = undo_leet(a, bare);

        if (common_passwords_have(bare) || common_passwords_have(fold_halves(bare)) ||
            common_passwords_have(bones) || common_passwords_have(fold_halves(bones)))
            return true;
        if (!is_trimming(bare.p[bare.len - 1]))
            return false;
        bare.len--;
    }
    return false;
}

/* Only its letters, with leet undone. */
static struct str
letters_of(struct arena *a, struct str text)
{
    struct buf out = { .arena = a };

    text = undo_leet(a, plain(a, text));
    for (size_t i = 0; i < text.len; i++)
        if (is_letter(text.p[i]) || (unsigned char)text.p[i] >= 0x80)
            buf_char(&out, text.p[i]);
    return buf_str(&out);
}

static struct str
reversed(struct arena *a, struct str text)
{
    char *out = arena_alloc(a, text.len + 1);

    for (size_t i = 0; i < text.len; i++)
        out[i] = text.p[text.len - 1 - i];
    return (struct str){ out, text.len };
}

/* Takes every occurrence of word out of *letters. */
static void
remove_word(struct arena *a, struct str word, struct str *letters)
{
    struct buf left = { .arena = a };
    size_t i = 0;

    if (word.len < WORD_MIN)
        return;
    while (i < letters->len) {
        if (letters->len - i >= word.len && memcmp(letters->p + i, word.p, word.len) == 0)
            i += word.len;
        else
            buf_char(&left, letters->p[i++]);
    }
    *letters = buf_str(&left);
}

/* Each word of a name, e-mail or company, forwards and backwards. */
static void
remove_words(struct arena *a, struct str text, struct str *letters)
{
    text = plain(a, text);
    for (size_t from = 0; from < text.len;) {
        size_t to = from;
        struct str word;

        while (to < text.len && (is_letter(text.p[to]) || (unsigned char)text.p[to] >= 0x80))
            to++;
        word = (struct str){ text.p + from, to - from };
        remove_word(a, word, letters);
        remove_word(a, reversed(a, word), letters);
        from = to + 1;
    }
}

static bool
is_contextual(struct arena *a, struct str password, const struct password_owner *owner)
{
    struct str letters = letters_of(a, password);
    size_t before = letters.len;

    remove_words(a, owner->email, &letters);
    remove_words(a, owner->name, &letters);
    remove_words(a, STR("balcao"), &letters);
    for (size_t i = 0; i < owner->account_count; i++)
        remove_words(a, owner->accounts[i], &letters);
    return letters.len < before && letters.len < OWN_MIN;
}

struct err
password_judge(struct arena *a, struct str password, const struct password_owner *owner)
{
    size_t points = str_code_points(password);

    if (password.len > PASSWORD_BYTES_MAX || points > PASSWORD_POINTS_MAX)
        return FAIL_FIELD(ERR_INVALID, "password_too_long", "password");
    if ((int64_t)points < owner->min_points)
        return FAIL_FIELD(ERR_INVALID, "password_too_short", "password");
    if (password_is_common(a, password))
        return FAIL_FIELD(ERR_INVALID, "password_common", "password");
    if (is_contextual(a, password, owner))
        return FAIL_FIELD(ERR_INVALID, "password_contextual", "password");
    return OK;
}

struct err
auth_password_judge(struct cx *cx, struct str password, struct user_id user)
{
    struct password_owner owner;
    struct db_row row;
    struct db_rows names;
    struct str *accounts;

    TRY(db_one(cx, &SQL_password_context, &row, P_ID(user), P_TIME(cx->now_us)));
    TRY(db_many(cx, &SQL_password_account_names, &names, P_ID(user), P_TIME(cx->now_us)));
    accounts = arena_array(cx->arena, struct str, (size_t)names.count + 1);
    for (int i = 0; i < names.count; i++) {
        struct db_row name = db_row_at(&names, i);

        accounts[i] = db_str(&name, 0);
    }
    owner = (struct password_owner){ .email = db_str(&row, 0),
                                     .name = db_str(&row, 1),
                                     .accounts = accounts,
                                     .account_count = (size_t)names.count,
                                     .min_points = db_i64(&row, 3) };
    return password_judge(cx->arena, password, &owner);
}

struct err
auth_password_set(struct cx *cx, struct user_id user, struct str password, int64_t keep)
{
    struct str hash = crypto_password_hash(cx->arena, cx->conf, password);
    struct db_row row;

    TRY(db_one(cx, &SQL_password_context, &row, P_ID(user), P_TIME(cx->now_us)));
    db_queue(cx, &SQL_password_set, P_ID(user), P_STR(hash), P_TIME(cx->now_us));
    TRY(sessions_end(cx, user, 0, keep, "password_changed", NULL));
    TRY(devices_forget(cx, user, 0));
    throttle_forget(cx, (struct throttle){ THROTTLE_EMAIL, db_str(&row, 0) });
    mail_queue(cx, &(struct mail){
                       .to = db_str(&row, 0),
                       .locale = db_str(&row, 2),
                       .template = "password_changed",
                       .params = { { "name", db_str(&row, 1) }, { "time", auth_time_text(cx) } } });
    return OK;
}
