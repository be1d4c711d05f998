#include "base/testing/testing.h"

#include "crypto.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* A key that a test can know; every test starts from it. */
static const uint8_t master[32] = "0123456789abcdef0123456789abcde";

static const char *
key_file(const char *dir, const void *key, size_t bytes, mode_t mode)
{
    const char *path = str_fmt(test_arena(), "%s/master.key%c", dir, '\0').p;
    int fd;

    unlink(path);
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
    CHECK(fd >= 0 && write(fd, key, bytes) == (ssize_t)bytes);
    CHECK(fchmod(fd, mode) == 0);
    close(fd);
    return dir;
}

static const struct conf *
conf_with(const char *keys_dir)
{
    struct conf *conf = arena_new_of(test_arena(), struct conf);

    CHECK_OK(conf_load(test_arena(), NULL, conf));
    conf->keys_dir = keys_dir;
    conf->public_url = "https://balcao.example";
    conf->argon2_memory_kib = 64; /* quick; production asks for far more */
    conf->argon2_time = 1;
    return conf;
}

static const struct conf *
started(void)
{
    const struct conf *conf = conf_with(key_file(test_dir(), master, sizeof(master), 0400));

    CHECK_OK(crypto_init(conf));
    return conf;
}

/* The same installation with other keys. */
static void
change_keys(const struct conf *conf)
{
    uint8_t other[32];

    crypto_random(other, sizeof(other));
    key_file(conf->keys_dir, other, sizeof(other), 0400);
    CHECK_OK(crypto_init(conf));
}

static struct str
flipped(struct str s, size_t at)
{
    char *copy = arena_alloc(test_arena(), s.len);

    memcpy(copy, s.p, s.len);
    copy[at] ^= 1;
    return (struct str){ copy, s.len };
}

static struct str
hex_of(const uint8_t digest[CRYPTO_SHA256_BYTES])
{
    return crypto_hex(test_arena(), digest, CRYPTO_SHA256_BYTES);
}

TEST(a_master_key_is_32_bytes_that_others_cannot_read)
{
    const char *dir = test_dir();

    CHECK_FAIL(crypto_init(conf_with("/nonexistent")), ERR_UNAVAILABLE, "master_key_missing");
    CHECK_FAIL(crypto_init(conf_with(key_file(dir, master, 31, 0400))), ERR_INVALID,
               "master_key_invalid");
    CHECK_FAIL(crypto_init(conf_with(key_file(dir, "0123456789abcdef0123456789abcdef!", 33, 0400))),
               ERR_INVALID, "master_key_invalid");
    CHECK_FAIL(crypto_init(conf_with(key_file(dir, master, 32, 0404))), ERR_INVALID,
               "master_key_exposed");
    CHECK_FAIL(crypto_init(conf_with(key_file(dir, master, 32, 0420))), ERR_INVALID,
               "master_key_exposed");
    CHECK_OK(crypto_init(conf_with(key_file(dir, master, 32, 0440))));
}

TEST(sha256_and_hmac_give_the_published_vectors)
{
    static const struct {
        struct str key, text;
        const char *mac;
    } rows[] = {
        /* RFC 4231, cases 2 and 6 */
        { STR_INIT("Jefe"), STR_INIT("what do ya want for nothing?"),
          "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843" },
        { STR_INIT(
              "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
              "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
              "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
              "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
              "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
              "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"
              "\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa\xaa"),
          STR_INIT("Test Using Larger Than Block-Size Key - Hash Key First"),
          "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54" },
        /* Meta's webhook signatures: escaped, as they sign, and the same text as raw UTF-8 */
        { STR_INIT("app-secret-1"), STR_INIT("{\"object\":\"page\",\"entry\":[]}"),
          "79e65d5e06e173bb483d7f7824bf54a39a7509c6c05a3b16b7cce3660e6c7a6d" },
        { STR_INIT("app-secret-1"),
          STR_INIT("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":"
                   "[{\"field\":\"messages\",\"value\":{\"t\":\"ol\\u00e1\"}}]}]}"),
          "ec75615c322580436819a4826d61ae87e345de46b75fb01cd56ad29aad36dc30" },
        { STR_INIT("app-secret-1"),
          STR_INIT("{\"object\":\"whatsapp_business_account\",\"entry\":[{\"id\":\"1\",\"changes\":"
                   "[{\"field\":\"messages\",\"value\":{\"t\":\"ol\xC3\xA1\"}}]}]}"),
          "f45637a0a25cfb7395ab2b2280ae39b68594f47414cf2e555b07218fda9a0980" },
    };
    uint8_t digest[CRYPTO_SHA256_BYTES];

    crypto_sha256(STR("abc"), digest);
    CHECK_STR(hex_of(digest), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    crypto_sha256((struct str){ NULL, 0 }, digest);
    CHECK_STR(hex_of(digest), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        crypto_hmac_sha256(rows[i].key, rows[i].text, digest);
        CHECK_STR(hex_of(digest), rows[i].mac);
    }
}

TEST(hex_is_read_back_only_at_its_exact_length)
{
    uint8_t out[4];

    CHECK(crypto_unhex(STR("00fFA7e1"), out, 4));
    CHECK_STR(crypto_hex(test_arena(), out, 4), "00ffa7e1");
    CHECK(crypto_unhex(STR(""), out, 0));
    CHECK(!crypto_unhex(STR("00ffa7"), out, 4));
    CHECK(!crypto_unhex(STR("00ffa7e1a0"), out, 4));
    CHECK(!crypto_unhex(STR("00ffa7eg"), out, 4));
    CHECK(!crypto_unhex(STR("00ffa7e\0"), out, 4));
    CHECK(!crypto_unhex(STR(" 0ffa7e1"), out, 4));
}

TEST(random_text_is_43_characters_for_32_bytes_and_never_the_same)
{
    struct str one = crypto_random_text(test_arena(), 32);

    CHECK_I64((int64_t)one.len, 43);
    CHECK(!str_eq(one, crypto_random_text(test_arena(), 32)));
    CHECK_STR(crypto_base64url(test_arena(), (const uint8_t *)"\xFB\xFF\xBF", 3), "-_-_");
}

TEST(sameness_needs_equal_lengths)
{
    CHECK(crypto_same(STR("abc"), STR("abc")));
    CHECK(!crypto_same(STR("abc"), STR("abd")));
    CHECK(!crypto_same(STR("abc"), STR("abcd")));
    CHECK(crypto_same((struct str){ NULL, 0 }, STR("")));
}

TEST(short_hashes_depend_on_text_and_key)
{
    const struct conf *conf = started();
    int64_t before = crypto_hash64(STR("ticket 7"));

    CHECK_I64(crypto_hash64(STR("ticket 7")), before);
    CHECK(crypto_hash64(STR("ticket 8")) != before);
    change_keys(conf);
    CHECK(crypto_hash64(STR("ticket 7")) != before);
}

TEST(what_was_sealed_opens_in_its_place)
{
    struct str sealed, plain;

    started();
    sealed = crypto_seal(test_arena(), STR("channels|secret|1|9"), STR("hunter2"));
    CHECK_I64((int64_t)sealed.len, 1 + 4 + 24 + 7 + 16);
    CHECK(!str_has(sealed, STR("hunter2")));
    CHECK(crypto_unseal(test_arena(), STR("channels|secret|1|9"), sealed, &plain));
    CHECK_STR(plain, "hunter2");
    CHECK(!str_eq(sealed, crypto_seal(test_arena(), STR("channels|secret|1|9"), STR("hunter2"))));

    sealed = crypto_seal(test_arena(), STR("x"), STR(""));
    CHECK(crypto_unseal(test_arena(), STR("x"), sealed, &plain));
    CHECK_I64((int64_t)plain.len, 0);
}

TEST(a_secret_moved_to_another_row_or_account_does_not_open)
{
    struct str sealed, plain;

    started();
    sealed = crypto_seal(test_arena(), STR("channels|secret|1|9"), STR("hunter2"));
    CHECK(!crypto_unseal(test_arena(), STR("channels|secret|1|8"), sealed, &plain));
    CHECK(!crypto_unseal(test_arena(), STR("channels|secret|2|9"), sealed, &plain));
    CHECK(!crypto_unseal(test_arena(), STR(""), sealed, &plain));
}

TEST(a_secret_with_any_byte_changed_or_missing_does_not_open)
{
    struct str sealed, plain;

    started();
    sealed = crypto_seal(test_arena(), STR("here"), STR("hunter2"));
    for (size_t i = 0; i < sealed.len; i++) {
        CHECK(!crypto_unseal(test_arena(), STR("here"), flipped(sealed, i), &plain));
        CHECK(!crypto_unseal(test_arena(), STR("here"), (struct str){ sealed.p, i }, &plain));
    }
}

TEST(a_secret_does_not_open_with_other_keys)
{
    const struct conf *conf = started();
    struct str sealed = crypto_seal(test_arena(), STR("here"), STR("hunter2")), plain;

    change_keys(conf);
    CHECK(!crypto_unseal(test_arena(), STR("here"), sealed, &plain));
}

TEST(a_signed_text_gives_its_payload_for_its_purpose_only)
{
    struct str text, payload;

    started();
    text = crypto_sign(test_arena(), "cursor", STR("a.b.c"));
    CHECK(crypto_signed(test_arena(), "cursor", text, &payload));
    CHECK_STR(payload, "a.b.c");
    CHECK(!crypto_signed(test_arena(), "visitor", text, &payload));
    for (size_t i = 0; i < text.len; i++) {
        CHECK(!crypto_signed(test_arena(), "cursor", flipped(text, i), &payload));
        CHECK(!crypto_signed(test_arena(), "cursor", (struct str){ text.p, i }, &payload));
    }
    text = crypto_sign(test_arena(), "cursor", STR(""));
    CHECK(crypto_signed(test_arena(), "cursor", text, &payload));
    CHECK_I64((int64_t)payload.len, 0);
}
