#include "migrate.h"

#include "base/clock.h"
#include "base/crypto.h"
#include "base/db.h"
#include "migrate.sql.h"
#include "migrations.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#define FILE_MAX_BYTES (1024 * 1024)
#define MIGRATIONS_MAX 2000

struct migration {
    const char *name;
    const char *text; /* NUL-terminated */
    struct str hash;  /* SHA-256, hex */
    struct str locks; /* what its first line announces */
};

struct folder {
    const char *path;
    struct migration *files;
    size_t n;
};

static int
by_name(const void *a, const void *b)
{
    return strcmp(((const struct migration *)a)->name, ((const struct migration *)b)->name);
}

/* NNNN_words.sql: such a name needs no quoting anywhere. */
static bool
is_migration(const char *name)
{
    size_t len = strlen(name), words = strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789_");

    return len > 9 && strspn(name, "0123456789") == 4 && name[4] == '_' && words == len - 4 &&
           strcmp(name + words, ".sql") == 0;
}

static struct err
read_text(struct arena *a, const char *folder, struct migration *m)
{
    const char *path = str_cstr(a, str_fmt(a, "%s/%s", folder, m->name));
    FILE *file = fopen(path, "re");
    char *text = arena_alloc(a, FILE_MAX_BYTES);
    uint8_t hash[CRYPTO_SHA256_BYTES];
    struct str rest;
    size_t n;

    if (file == NULL)
        return FAIL_FIELD(ERR_INVALID, "migrations_unreadable", path);
    n = fread(text, 1, FILE_MAX_BYTES - 1, file);
    fclose(file);

    m->text = text;
    rest = (struct str){ text, n };
    crypto_sha256(rest, hash);
    m->hash = crypto_hex(a, hash, sizeof(hash));
    if (!str_cut(&rest, '\n', &m->locks) || !str_starts(m->locks, STR("-- locks: ")))
        return FAIL_FIELD(ERR_INVALID, "migration_without_locks", m->name);
    m->locks = (struct str){ m->locks.p + 3, m->locks.len - 3 };
    return OK;
}

static struct err
read_folder(struct arena *a, struct folder *folder)
{
    DIR *dir = opendir(folder->path);
    struct dirent *entry;

    if (dir == NULL)
        return FAIL_FIELD(ERR_INVALID, "migrations_unreadable", folder->path);
    folder->files = arena_array(a, struct migration, MIGRATIONS_MAX);
    while ((entry = readdir(dir)) != NULL && folder->n < MIGRATIONS_MAX)
        if (is_migration(entry->d_name))
            folder->files[folder->n++].name = str_cstr(a, str_of(entry->d_name));
    closedir(dir);

    qsort(folder->files, folder->n, sizeof(*folder->files), by_name);
    for (size_t i = 0; i < folder->n; i++)
        TRY(read_text(a, folder->path, &folder->files[i]));
    return OK;
}

/* The book must be a prefix of the folder, word for word. Gives how many are applied. */
static struct err
compare(struct cx *cx, const struct folder *folder, size_t *applied)
{
    struct db_rows rows;

    TRY(db_many_(cx, &SQL_migrations_applied, &rows, NULL, 0));
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);
        struct str name = db_str(&row, 0);
        const struct migration *file = &folder->files[i];
        int order = (size_t)i >= folder->n ? 1 : strcmp(file->name, str_cstr(cx->arena, name));

        if (order > 0)
            return FAIL_FIELD(ERR_CONFLICT, "migration_missing", str_cstr(cx->arena, name));
        if (order < 0)
            return FAIL_FIELD(ERR_CONFLICT, "migration_late", file->name);
        if (!str_eq(file->hash, db_str(&row, 1)))
            return FAIL_FIELD(ERR_CONFLICT, "migration_changed", file->name);
    }
    *applied = (size_t)rows.count;
    return OK;
}

static struct err
run_script(struct cx *cx, const char *what, struct str sql)
{
    const char *refused = db_script(cx->db, cx->arena, str_cstr(cx->arena, sql));

    if (refused == NULL)
        return OK;
    fprintf(stderr, "%s: %s\n", what, refused);
    /* The failed transaction is still open, unless the connection is gone. */
    (void)db_script(cx->db, cx->arena, "ROLLBACK");
    return FAIL_FIELD(ERR_INVALID, "migration_refused", what);
}

static struct err
apply(struct cx *cx, const struct migration *m)
{
    int64_t began_us = clock_monotonic_us();
    /* Who did not announce long locks does not make customers wait for them either. */
    const char *patience = str_eq(m->locks, STR("locks: long")) ? "0" : "5s";

    TRY(run_script(
        cx, m->name,
        str_fmt(cx->arena,
                "BEGIN ISOLATION LEVEL READ COMMITTED; "
                "SET LOCAL lock_timeout = '%s';\n%s\n; RESET ROLE; "
                "INSERT INTO schema_migrations (name, hash) VALUES ('%s', '%.*s'); COMMIT",
                patience, m->text, m->name, STR_ARG(m->hash))));
    printf("%-40s %.*s, %lld ms\n", m->name, STR_ARG(m->locks),
           (long long)((clock_monotonic_us() - began_us) / US_PER_MS));
    return OK;
}

struct err
migrate(struct cx *cx, const char *path)
{
    struct folder folder = { .path = path };
    struct db_row locked;
    size_t applied = 0;

    TRY(read_folder(cx->arena, &folder));
    TRY(run_script(cx, "schema_migrations",
                   STR("CREATE TABLE IF NOT EXISTS schema_migrations (name text PRIMARY KEY, "
                       "hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())")));

    db_begin(cx, TX_READ);
    TRY(db_one_(cx, &SQL_migrations_lock, &locked, NULL, 0));
    TRY(compare(cx, &folder, &applied));
    TRY(db_commit(cx));

    for (size_t i = applied; i < folder.n; i++)
        TRY(apply(cx, &folder.files[i]));
    /* Months and days ahead: the chores do it daily, an upgrade may come after a long sleep. */
    TRY(run_script(cx, "add_partitions", STR("CALL add_partitions(current_date)")));
    /* The programs ask whether they are new enough (migrate_check); their roles exist by now. */
    TRY(run_script(cx, "schema_migrations",
                   STR("GRANT SELECT ON schema_migrations TO balcao_api, balcao_worker, "
                       "balcao_live")));
    printf("%zu migrations, %zu applied now\n", folder.n, folder.n - applied);
    return OK;
}

struct err
migrate_check(struct cx *cx)
{
    struct db_row row;

    TRY(db_one_(cx, &SQL_migrations_readable, &row, NULL, 0));
    if (db_bool(&row, 0)) {
        TRY(db_one_(cx, &SQL_migrations_newest, &row, NULL, 0));
        if (strcmp(str_cstr(cx->arena, db_str(&row, 0)), MIGRATIONS_NEWEST) >= 0)
            return OK;
    }
    return FAIL_FIELD(ERR_UNAVAILABLE, "migrations_missing", MIGRATIONS_NEWEST);
}
