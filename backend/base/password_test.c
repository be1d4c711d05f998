#include "base/testing/testing.h"

#include "crypto.h"

#include <argon2.h>
#include <fcntl.h>
#include <unistd.h>

static struct conf *
started(void)
{
    struct conf *conf = arena_new_of(test_arena(), struct conf);
    const char *path;
    int fd;

    CHECK_OK(conf_load(test_arena(), NULL, conf));
    conf->keys_dir = test_dir();
    conf->argon2_memory_kib = 64; /* quick; production asks for far more */
    conf->argon2_time = 1;
    path = str_fmt(test_arena(), "%s/master.key%c", conf->keys_dir, '\0').p;
    fd = open(path, O_WRONLY | O_CREAT | O_EXCL, 0400);
    CHECK(fd >= 0 && write(fd, "0123456789abcdef0123456789abcdef", 32) == 32);
    close(fd);
    CHECK_OK(crypto_init(conf));
    return conf;
}

TEST(a_password_is_known_by_its_hash)
{
    struct conf *conf = started();
    struct str hash = crypto_password_hash(test_arena(), conf, STR("correct horse"));
    bool outdated;

    CHECK(str_starts(hash, STR("$argon2id$v=19$m=64,t=1,p=1$")));
    CHECK(crypto_password_check(conf, hash, STR("correct horse"), &outdated));
    CHECK(!outdated);
    CHECK(!crypto_password_check(conf, hash, STR("Correct horse"), &outdated));
    CHECK(!crypto_password_check(conf, hash, STR("correct horse "), &outdated));
    CHECK(!crypto_password_check(conf, hash, STR(""), &outdated));
    CHECK(!str_eq(hash, crypto_password_hash(test_arena(), conf, STR("correct horse"))));
}

TEST(bytes_after_a_nul_count)
{
    struct conf *conf = started();
    struct str hash = crypto_password_hash(test_arena(), conf, STR("a\0b"));
    bool outdated;

    CHECK(crypto_password_check(conf, hash, STR("a\0b"), &outdated));
    CHECK(!crypto_password_check(conf, hash, STR("a\0c"), &outdated));
    CHECK(!crypto_password_check(conf, hash, STR("a"), &outdated));
}

TEST(a_stolen_table_alone_is_no_use)
{
    struct conf *conf = started();
    struct str hash = crypto_password_hash(test_arena(), conf, STR("hunter2"));

    /* Plain argon2id over the right password does not match: the pepper is missing. */
    CHECK(argon2id_verify(str_cstr(test_arena(), hash), "hunter2", 7) != ARGON2_OK);
}

TEST(a_hash_of_lesser_cost_still_opens_and_is_outdated)
{
    struct conf *conf = started();
    struct str hash = crypto_password_hash(test_arena(), conf, STR("hunter2"));
    bool outdated = false;

    conf->argon2_memory_kib = 128;
    CHECK(crypto_password_check(conf, hash, STR("hunter2"), &outdated) && outdated);
    conf->argon2_memory_kib = 64;
    conf->argon2_time = 2;
    CHECK(crypto_password_check(conf, hash, STR("hunter2"), &outdated) && outdated);
    conf->argon2_time = 1;
    CHECK(crypto_password_check(conf, hash, STR("hunter2"), &outdated) && !outdated);
}

TEST(a_long_password_fits_and_a_longer_one_is_never_right)
{
    struct conf *conf = started();
    char *longest = arena_alloc(test_arena(), 513);
    struct str hash;
    bool outdated;

    memset(longest, 'x', 513);
    hash = crypto_password_hash(test_arena(), conf, (struct str){ longest, 512 });
    CHECK(crypto_password_check(conf, hash, (struct str){ longest, 512 }, &outdated));
    CHECK(!crypto_password_check(conf, hash, (struct str){ longest, 513 }, &outdated));
}

TEST(nobody_has_the_dummy_password)
{
    struct conf *conf = started();
    struct str dummy = crypto_password_dummy(conf);
    bool outdated;

    CHECK(str_starts(dummy, STR("$argon2id$v=19$m=64,t=1,p=1$")));
    CHECK(!crypto_password_check(conf, dummy, STR(""), &outdated));
    CHECK_STR(crypto_password_dummy(conf), str_cstr(test_arena(), dummy));
}

TEST(what_is_no_argon2id_hash_never_opens)
{
    static const char *const rows[] = {
        "",
        "$",
        "hunter2",
        "$argon2i$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$cGxhaW4",
        "$argon2id$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$cGxhaW4",
        "$argon2id$v=19$m=64,t=1$c2FsdHNhbHRzYWx0c2FsdA$cGxhaW4",
        "$argon2id$v=19$m=64,t=1,p=1,k=1$c2FsdHNhbHRzYWx0c2FsdA$cGxhaW4",
        "$argon2id$v=19$m=-64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$cGxhaW4",
        "$argon2id$v=19$m=4294967295,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$cGxhaW4",
        "$argon2id$v=19$m=64,t=1,p=1$",
        "$argon2id$v=19$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA$",
        "$2b$10$abcdefghijklmnopqrstuu",
    };
    struct conf *conf = started();
    bool outdated;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
        CHECK(!crypto_password_check(conf, str_of(rows[i]), STR("hunter2"), &outdated));
}
