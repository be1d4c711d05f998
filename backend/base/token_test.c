#include "base/testing/testing.h"

#include "crypto.h"
#include "crypto_keys.h"

#include <fcntl.h>
#include <jwt.h>
#include <stdlib.h>
#include <unistd.h>

#define NOW INT64_C(1800000000)

static const struct crypto_claims claims = {
    .user_id = 7, .session_id = 9, .gen = 3, .issued_s = NOW, .expires_s = NOW + 600
};

static struct conf *
started(void)
{
    struct conf *conf = arena_new_of(test_arena(), struct conf);
    const char *path;
    int fd;

    CHECK_OK(conf_load(test_arena(), NULL, conf));
    conf->public_url = "https://balcao.example";
    conf->keys_dir = test_dir();
    path = str_fmt(test_arena(), "%s/master.key%c", conf->keys_dir, '\0').p;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0400);
    CHECK(fd >= 0 && write(fd, "0123456789abcdef0123456789abcdef", 32) == 32);
    close(fd);
    CHECK_OK(crypto_init(conf));
    return conf;
}

static struct str
base64url(struct str s)
{
    return crypto_base64url(test_arena(), (const uint8_t *)s.p, s.len);
}

/* A token with a right HS256 signature over whatever header and claims. */
static struct str
forged(struct str header, struct str payload)
{
    struct str head =
        str_fmt(test_arena(), "%.*s.%.*s", STR_ARG(base64url(header)), STR_ARG(base64url(payload)));
    uint8_t mac[CRYPTO_SHA256_BYTES];

    crypto_hmac_sha256(crypto_key(KEY_TOKEN), head, mac);
    return str_fmt(test_arena(), "%.*s.%.*s", STR_ARG(head),
                   STR_ARG(crypto_base64url(test_arena(), mac, sizeof(mac))));
}

/* The nth part of a token of ours, as JSON text. */
static struct str
part_of(struct str token, int nth)
{
    jwt_t *jwt = NULL;
    struct str text;
    char *dump;

    CHECK(jwt_decode(&jwt, str_cstr(test_arena(), token),
                     (const unsigned char *)crypto_key(KEY_TOKEN).p, CRYPTO_KEY_BYTES) == 0);
    dump = nth == 0 ? jwt_get_headers_json(jwt, NULL) : jwt_get_grants_json(jwt, NULL);
    CHECK(dump != NULL);
    text = str_dup(test_arena(), str_of(dump));
    free(dump);
    jwt_free(jwt);
    return text;
}

/* Text with one word of it replaced. */
static struct str
with(struct str text, const char *old, const char *new)
{
    const char *start = str_cstr(test_arena(), text);
    const char *at = strstr(start, old);

    CHECK(at != NULL);
    return str_fmt(test_arena(), "%.*s%s%s", (int)(at - start), start, new, at + strlen(old));
}

static struct err
read_at(const struct conf *conf, struct str token, int64_t now_s, struct crypto_claims *out)
{
    return crypto_token_read(test_arena(), conf, token, now_s, out);
}

TEST(a_token_gives_back_its_claims)
{
    struct conf *conf = started();
    struct str token = crypto_token_issue(test_arena(), conf, &claims);
    struct crypto_claims got;

    CHECK(token.len < 512);
    CHECK_OK(read_at(conf, token, NOW, &got));
    CHECK_I64(got.user_id, 7);
    CHECK_I64(got.session_id, 9);
    CHECK_I64(got.gen, 3);
    CHECK_I64(got.issued_s, NOW);
    CHECK_I64(got.expires_s, NOW + 600);
}

TEST(a_token_ends_at_its_second_and_starts_with_little_patience)
{
    struct conf *conf = started();
    struct str token = crypto_token_issue(test_arena(), conf, &claims);
    struct crypto_claims got;

    CHECK_OK(read_at(conf, token, NOW + 599, &got));
    CHECK_FAIL(read_at(conf, token, NOW + 600, &got), ERR_UNAUTHENTICATED, "access_expired");
    CHECK_FAIL(read_at(conf, token, NOW + 999999, &got), ERR_UNAUTHENTICATED, "access_expired");
    CHECK_OK(read_at(conf, token, NOW - 30, &got));
    CHECK_FAIL(read_at(conf, token, NOW - 31, &got), ERR_UNAUTHENTICATED, "access_invalid");
}

TEST(no_byte_of_a_token_may_change)
{
    struct conf *conf = started();
    struct str token = crypto_token_issue(test_arena(), conf, &claims);
    struct crypto_claims got;

    for (size_t i = 0; i + 1 < token.len; i++) { /* the last character has bits that mean nothing */
        char *copy = arena_alloc(test_arena(), token.len);

        memcpy(copy, token.p, token.len);
        copy[i] = copy[i] == 'A' ? 'B' : 'A';
        CHECK_FAIL(read_at(conf, (struct str){ copy, token.len }, NOW, &got), ERR_UNAUTHENTICATED,
                   "access_invalid");
        CHECK_FAIL(read_at(conf, (struct str){ token.p, i }, NOW, &got), ERR_UNAUTHENTICATED,
                   "access_invalid");
    }
}

TEST(algorithms_other_than_hs256_are_refused_even_with_the_right_key)
{
    static const jwt_alg_t rows[] = { JWT_ALG_NONE, JWT_ALG_HS384, JWT_ALG_HS512 };
    struct conf *conf = started();
    struct str good = crypto_token_issue(test_arena(), conf, &claims);
    struct crypto_claims got;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        const unsigned char *key = (const unsigned char *)crypto_key(KEY_TOKEN).p;
        bool none = rows[i] == JWT_ALG_NONE;
        jwt_t *jwt = NULL;
        char *text;

        CHECK(jwt_decode(&jwt, str_cstr(test_arena(), good), key, CRYPTO_KEY_BYTES) == 0);
        CHECK(jwt_set_alg(jwt, rows[i], none ? NULL : key, none ? 0 : CRYPTO_KEY_BYTES) == 0);
        text = jwt_encode_str(jwt);
        jwt_free(jwt);
        CHECK(text != NULL);
        CHECK_FAIL(read_at(conf, str_of(text), NOW, &got), ERR_UNAUTHENTICATED, "access_invalid");
        free(text);
    }
}

TEST(a_rightly_signed_token_of_another_kind_is_refused)
{
    static const struct {
        int part;
        const char *old, *new;
    } rows[] = {
        { 0, "\"typ\":\"JWT\"", "\"typ\":\"JWE\"" },
        { 0, "\"kid\":\"", "\"kid\":\"0" },
        { 0, "\"HS256\"", "\"HS257\"" },
        { 1, "https://balcao.example", "https://balcao.example.evil" },
        { 1, "https://balcao.example", "http://balcao.example" },
        { 1, "balcao-api", "balcao-live" },
        { 1, "\"use\":\"access\"", "\"use\":\"refresh\"" },
        { 1, "\"use\":\"access\"", "\"x\":1" },
        { 1, "\"sub\":\"7\"", "\"sub\":7" },
        { 1, "\"sub\":\"7\"", "\"sub\":\"-7\"" },
        { 1, "\"sub\":\"7\"", "\"sub\":\"\"" },
        { 1, "\"sub\":\"7\"", "\"x\":\"7\"" },
        { 1, "\"sid\":9", "\"sid\":0" },
        { 1, "\"sid\":9", "\"sid\":\"9\"" },
        { 1, "\"sid\":9", "\"x\":9" },
        { 1, "\"gen\":3", "\"x\":3" },
        { 1, "\"exp\"", "\"x\"" },
        { 1, "\"nbf\"", "\"x\"" },
        { 1, "\"iat\"", "\"x\"" },
    };
    struct conf *conf = started();
    struct str token = crypto_token_issue(test_arena(), conf, &claims);
    struct str parts[2] = { part_of(token, 0), part_of(token, 1) };
    struct crypto_claims got;

    CHECK_OK(read_at(conf, forged(parts[0], parts[1]), NOW, &got));
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct str changed[2] = { parts[0], parts[1] };

        changed[rows[i].part] = with(parts[rows[i].part], rows[i].old, rows[i].new);
        CHECK_FAIL(read_at(conf, forged(changed[0], changed[1]), NOW, &got), ERR_UNAUTHENTICATED,
                   "access_invalid");
    }
}

TEST(a_token_of_another_installation_is_refused)
{
    struct conf *conf = started();
    struct str token = crypto_token_issue(test_arena(), conf, &claims);
    struct crypto_claims got;

    conf->public_url = "https://other.example";
    CHECK_FAIL(read_at(conf, token, NOW, &got), ERR_UNAUTHENTICATED, "access_invalid");
}

TEST(what_is_no_token_is_refused)
{
    static const struct str rows[] = {
        STR_INIT(""),          STR_INIT("."),
        STR_INIT(".."),        STR_INIT("..."),
        STR_INIT("a.b.c"),     STR_INIT("eyJ.eyJ."),
        STR_INIT("e30.e30."),  STR_INIT("bnVsbA.bnVsbA.x"),
        STR_INIT("W10.W10.x"), STR_INIT("\xFF.\xFF.\xFF"),
    };
    struct conf *conf = started();
    struct crypto_claims got;
    struct str token = crypto_token_issue(test_arena(), conf, &claims);
    struct str tail = str_fmt(test_arena(), "%.*s%cx", STR_ARG(token), '\0');
    char *longer = arena_alloc(test_arena(), 2000);

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK_FAIL(read_at(conf, rows[i], NOW, &got), ERR_UNAUTHENTICATED, "access_invalid");
    CHECK_FAIL(read_at(conf, tail, NOW, &got), ERR_UNAUTHENTICATED, "access_invalid");
    memset(longer, 'a', 2000);
    CHECK_FAIL(read_at(conf, (struct str){ longer, 2000 }, NOW, &got), ERR_UNAUTHENTICATED,
               "access_invalid");
}
