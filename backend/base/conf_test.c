#include "base/testing/testing.h"

#include <stdio.h>
#include <stdlib.h>

/* A file in the test's own directory. */
static const char *
file_with(const char *text)
{
    const char *path = str_fmt(test_arena(), "%s/balcao.conf%c", test_dir(), '\0').p;
    FILE *file = fopen(path, "w");

    CHECK(file != NULL);
    fputs(text, file);
    fclose(file);
    return path;
}

static struct err
load(const char *text, struct conf *out)
{
    return conf_load(test_arena(), file_with(text), out);
}

static void
unset(void *name)
{
    unsetenv(name);
}

TEST(without_a_file_every_key_has_its_default)
{
    struct conf conf;

    CHECK_OK(conf_load(test_arena(), NULL, &conf));
    CHECK_STR(str_of(conf.public_url), "http://localhost:8080");
    CHECK_STR(str_of(conf.lab_url), "");
    CHECK_I64(conf.log_level, LOG_INFO);
    CHECK_I64(conf.job_lease_s, 60);
    CHECK_I64(conf.argon2_memory_kib, 19456);
    CHECK_I64(conf.hook_max_bytes, 5242880);
    CHECK(conf.api_children >= 4 && conf.api_children % 4 == 0);
}

TEST(a_file_is_lines_of_keys_values_and_comments)
{
    struct conf conf;

    CHECK_OK(load("# ours\n\n  JOB_LEASE_S = 30 \nDB_API=host=/run user=a\nLOG_LEVEL=debug\n"
                  "JOB_LEASE_S=31\nLAB_URL=\nAPI_CHILDREN=3",
                  &conf));
    CHECK_I64(conf.job_lease_s, 31);
    CHECK_STR(str_of(conf.db_api), "host=/run user=a");
    CHECK_I64(conf.log_level, LOG_DEBUG);
    CHECK_I64(conf.api_children, 3);
}

TEST(nobody_in_front_is_believed_unless_named)
{
    struct conf conf;

    CHECK_OK(conf_load(test_arena(), NULL, &conf));
    CHECK_STR(str_of(conf.trusted_hops), "");
    CHECK_OK(load("TRUSTED_HOPS=10.0.0.2, 2001:db8::1\n", &conf));
    CHECK_STR(str_of(conf.trusted_hops), "10.0.0.2, 2001:db8::1");
}

TEST(the_environment_overrides_the_file)
{
    struct conf conf;

    setenv("BALCAO_JOB_LEASE_S", "45", 1);
    testing_at_end(unset, "BALCAO_JOB_LEASE_S");
    CHECK_OK(load("JOB_LEASE_S=30\n", &conf));
    CHECK_I64(conf.job_lease_s, 45);
}

TEST(what_is_wrong_is_named)
{
    static const struct {
        const char *text, *slug, *field;
    } rows[] = {
        { "NO_SUCH_KEY=1", "conf_unknown_key", "NO_SUCH_KEY" },
        { "JOB_LEASE_S=60\njust words", "conf_syntax", "line 2" },
        { "=1", "conf_syntax", "line 1" },
        { "JOB_LEASE_S=", "conf_missing", "JOB_LEASE_S" },
        { "JOB_LEASE_S=soon", "conf_value", "JOB_LEASE_S" },
        { "JOB_LEASE_S=1", "conf_value", "JOB_LEASE_S" },
        { "JOB_LEASE_S=99999999999999999999", "conf_value", "JOB_LEASE_S" },
        { "API_CHILDREN=9223372036854775807/core", "conf_value", "API_CHILDREN" },
        { "API_CHILDREN=/core", "conf_value", "API_CHILDREN" },
        { "LOG_LEVEL=loud", "conf_value", "LOG_LEVEL" },
        { "RUN_DIR=run", "conf_value", "RUN_DIR" },
        { "RUN_DIR=/run/", "conf_value", "RUN_DIR" },
        { "PUBLIC_URL=localhost:8080", "conf_value", "PUBLIC_URL" },
        { "PUBLIC_URL=http://localhost:8080/", "conf_value", "PUBLIC_URL" },
        { "PUBLIC_URL=https://", "conf_value", "PUBLIC_URL" },
        { "LAB_URL=javascript:alert(1)", "conf_value", "LAB_URL" },
        { "TRUSTED_HOPS=10.0.0.0/8", "conf_value", "TRUSTED_HOPS" },
        { "TRUSTED_HOPS=10.0.0.2, proxy.example", "conf_value", "TRUSTED_HOPS" },
        { "TRUSTED_HOPS=10.0.0.2 10.0.0.3", "conf_value", "TRUSTED_HOPS" },
        { "DB_API=\xFF", "conf_value", "DB_API" },
    };

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct conf conf;
        struct err e = load(rows[i].text, &conf);

        CHECK_FAIL(e, ERR_INVALID, rows[i].slug);
        CHECK_STR(str_of(e.field), rows[i].field);
    }
}

TEST(a_file_that_is_not_there_is_unreadable)
{
    struct conf conf;

    CHECK_FAIL(conf_load(test_arena(), "/nonexistent/balcao.conf", &conf), ERR_UNAVAILABLE,
               "conf_unreadable");
    CHECK_FAIL(conf_load(test_arena(), "/", &conf), ERR_UNAVAILABLE, "conf_unreadable");
}

TEST(what_is_printed_loads_again_and_hides_passwords)
{
    struct buf b = { .arena = test_arena() };
    struct conf conf, again;

    CHECK_OK(
        load("JOB_LEASE_S=33\nLOG_LEVEL=warn\nDB_API=host=a password=hunter2 user=b\n", &conf));
    conf_print(&conf, &b);
    CHECK(!str_has(buf_str(&b), STR("hunter2")));
    CHECK(str_has(buf_str(&b), STR("DB_API=host=a password=*** user=b\n")));
    CHECK_OK(load(str_cstr(b.arena, buf_str(&b)), &again));
    CHECK_I64(again.job_lease_s, 33);
    CHECK_I64(again.log_level, LOG_WARN);
}
