#include "base/clock.h"
#include "base/testing/testing.h"
#include "main/migrate.h"

#include <stdio.h>
#include <unistd.h>

#define FIRST                                                                                      \
    "-- locks: none\nCREATE PROCEDURE add_partitions(today date) LANGUAGE sql AS 'SELECT 1'"

static const struct db_stmt has_pets = { .name = "has_pets",
                                         .shape = DB_ONE,
                                         .text = "SELECT to_regclass('pets') IS NOT NULL" };

struct place {
    struct cx *admin; /* connected to another database of the cluster */
    struct cx *cx;    /* connected to an empty one */
    const char *folder;
};

static struct cx *
connected(const char *conninfo)
{
    struct cx *cx = arena_new_of(test_arena(), struct cx);

    cx->arena = test_arena();
    cx->db = db_open(conninfo, "migrate_test");
    return cx;
}

static void
clear(void *arg)
{
    struct place *place = arg;

    db_rollback(place->cx);
    db_close(place->cx->db);
    (void)db_script(place->admin->db, test_arena(), "DROP DATABASE IF EXISTS migrate_test");
    db_close(place->admin->db);
}

static struct place *
place(void)
{
    struct place *p = arena_new_of(test_arena(), struct place);

    p->admin = connected(test_conninfo(NULL));
    CHECK(db_script(p->admin->db, test_arena(), "CREATE DATABASE migrate_test") == NULL);
    p->cx = connected(str_cstr(
        test_arena(), str_fmt(test_arena(), "%s dbname=migrate_test", test_conninfo(NULL))));
    p->folder = test_dir();
    testing_at_end(clear, p);
    return p;
}

static const char *
path_of(const struct place *p, const char *name)
{
    return str_cstr(test_arena(), str_fmt(test_arena(), "%s/%s", p->folder, name));
}

static void
put(const struct place *p, const char *name, const char *text)
{
    FILE *file = fopen(path_of(p, name), "we");

    CHECK(file != NULL && fputs(text, file) >= 0);
    fclose(file);
}

/* As a command does: a new connection each time, since a failure leaves a lock behind. */
static struct err
run(struct place *p)
{
    struct err e = migrate(p->cx, p->folder);

    db_rollback(p->cx);
    db_close(p->cx->db);
    p->cx->db = db_open(str_cstr(test_arena(), str_fmt(test_arena(), "%s dbname=migrate_test",
                                                       test_conninfo(NULL))),
                        "migrate_test");
    return e;
}

static bool
pets_exist(struct place *p)
{
    struct db_row row;

    db_begin(p->cx, TX_READ);
    CHECK_OK(db_one_(p->cx, &has_pets, &row, NULL, 0));
    CHECK_OK(db_commit(p->cx));
    return db_bool(&row, 0);
}

TEST(each_file_is_applied_once)
{
    struct place *p = place();

    put(p, "0001_first.sql", FIRST);
    put(p, "notes.txt", "not a migration");
    CHECK_OK(run(p));
    CHECK(!pets_exist(p));
    put(p, "0002_pets.sql", "-- locks: none\nCREATE TABLE pets (id bigint);\n-- the end");
    CHECK_OK(run(p));
    CHECK_OK(run(p));
    CHECK(pets_exist(p));
}

TEST(a_file_that_fails_leaves_nothing)
{
    struct place *p = place();

    put(p, "0001_first.sql", FIRST);
    put(p, "0002_pets.sql", "-- locks: none\nCREATE TABLE pets (id bigint); SELECT 1 / 0;");
    CHECK_FAIL(run(p), ERR_INVALID, "migration_refused");
    CHECK(!pets_exist(p));
    put(p, "0002_pets.sql", "-- locks: none\nCREATE TABLE pets (id bigint);");
    CHECK_OK(run(p));
    CHECK(pets_exist(p));
}

TEST(an_applied_file_may_not_change_vanish_or_be_preceded)
{
    struct place *p = place();

    put(p, "0001_first.sql", FIRST);
    put(p, "0003_third.sql", "-- locks: none\nSELECT 1;");
    CHECK_OK(run(p));
    put(p, "0003_third.sql", "-- locks: none\nSELECT 2;");
    CHECK_FAIL(run(p), ERR_CONFLICT, "migration_changed");
    put(p, "0003_third.sql", "-- locks: none\nSELECT 1;");
    put(p, "0002_second.sql", "-- locks: none\nSELECT 1;");
    CHECK_FAIL(run(p), ERR_CONFLICT, "migration_late");
    CHECK_I64(unlink(path_of(p, "0002_second.sql")), 0);
    CHECK_I64(unlink(path_of(p, "0003_third.sql")), 0);
    CHECK_FAIL(run(p), ERR_CONFLICT, "migration_missing");
}

TEST(a_file_announces_its_locks)
{
    struct place *p = place();

    put(p, "0001_first.sql", "CREATE TABLE pets (id bigint);");
    CHECK_FAIL(run(p), ERR_INVALID, "migration_without_locks");
    CHECK_FAIL(migrate(p->cx, "/nonexistent"), ERR_INVALID, "migrations_unreadable");
}

/* What the API is told, with its own rights. */
static struct err
ask(void)
{
    struct cx *cx = connected(str_cstr(test_arena(), str_fmt(test_arena(), "%s dbname=migrate_test",
                                                             test_conninfo("balcao_api"))));
    struct err e;

    db_begin(cx, TX_READ);
    e = migrate_check(cx);
    db_rollback(cx);
    db_close(cx->db);
    return e;
}

TEST(a_program_knows_a_database_that_is_too_old)
{
    struct place *p = place();

    CHECK_FAIL(ask(), ERR_UNAVAILABLE, "migrations_missing"); /* no book at all */
    put(p, "0001_first.sql", FIRST);
    CHECK_OK(run(p));
    CHECK_FAIL(ask(), ERR_UNAVAILABLE, "migrations_missing");
    put(p, "9999_of_a_newer_program.sql", "-- locks: none\nSELECT 1;");
    CHECK_OK(run(p));
    CHECK_OK(ask());
}
