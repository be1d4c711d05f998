/*
 * A workbook among the imports: its first sheet is written out as lines of text beside it, in one go because a
 * packed file has no middle to go on from, and then read in batches like any other. A worker that dies on the way
 * leaves half a file that the next one writes anew.
 */
#include "imports.h"

#include "domain/sheets/sheets.h"

#include "contacts_imports.sql.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define DIVIDER ';'

const char *
import_path(struct cx *cx, const struct import *import)
{
    return str_cstr(cx->arena, str_fmt(cx->arena, "%s/%.*s%s", cx->conf->media_dir,
                                       STR_ARG(import->path), import->is_unpacked ? ".rows" : ""));
}

/* --- a file as memory ----------------------------------------------------------------- */

static void
unmap(void *arg)
{
    struct str *file = arg;

    munmap((void *)(uintptr_t)file->p, file->len);
}

/* Nobody writes to the files of the media store once they are there. */
static struct err
map(struct cx *cx, const char *path, struct str **out)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    struct stat info;
    void *bytes = MAP_FAILED;

    if (file >= 0 && fstat(file, &info) == 0 && info.st_size > 0)
        bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    if (file >= 0)
        close(file);
    if (bytes == MAP_FAILED)
        return FAIL(ERR_INVALID, "file_lost");
    *out = arena_new_of(cx->arena, struct str);
    **out = (struct str){ bytes, (size_t)info.st_size };
    arena_cleanup(cx->arena, unmap, *out);
    return OK;
}

/* --- its rows as lines ------------------------------------------------------------------ */

struct writer {
    struct arena *arena;
    FILE *file;
    bool is_document[CSV_CELLS_MAX]; /* the column holds CPFs or CNPJs */
    int64_t lines;
};

static bool
is_titled_document(struct arena *a, struct str title)
{
    struct str low = str_lower(a, title);

    return str_has(low, STR("cpf")) || str_has(low, STR("cnpj"));
}

/* Typed as a number it has lost the zeros before it: a CPF has eleven digits, a CNPJ fourteen. */
static struct str
document(struct arena *a, struct str digits)
{
    int64_t n;

    if (!str_i64(digits, &n) || n <= 0 || digits.len > 14)
        return digits;
    return str_fmt(a, "%0*lld", digits.len <= 11 ? 11 : 14, (long long)n);
}

static struct err
write_row(void *arg, const struct xlsx_cell *cells, int n)
{
    struct writer *w = arg;
    struct buf line = { .arena = w->arena };

    for (int i = 0; i < n; i++) {
        struct str text = cells[i].text;

        if (w->lines == 0)
            w->is_document[i] = is_titled_document(w->arena, text);
        else if (cells[i].is_number && w->is_document[i])
            text = document(w->arena, text);
        csv_put_as_is(&line, text, i + 1 == n ? '\n' : DIVIDER);
    }
    w->lines++;
    if (w->lines > IMPORT_LINES_MAX + 1)
        return FAIL(ERR_INVALID, "too_many_lines");
    return fwrite(line.p, 1, line.len, w->file) == line.len
               ? OK
               : FAIL(ERR_UNAVAILABLE, "media_store_away");
}

static struct err
write_rows(struct cx *cx, struct str workbook, const char *path, int64_t *size_bytes)
{
    struct writer w = { .arena = cx->arena, .file = fopen(path, "we") };
    struct err e;

    if (w.file == NULL)
        return FAIL(ERR_UNAVAILABLE, "media_store_away");
    e = xlsx_read(cx->arena, workbook, write_row, &w);
    *size_bytes = ftell(w.file);
    if (fclose(w.file) != 0 && e.code == ERR_NONE)
        e = FAIL(ERR_UNAVAILABLE, "media_store_away");
    if (e.code != ERR_NONE)
        unlink(path);
    return e;
}

struct err
import_unpack(struct cx *cx, struct import *import)
{
    const char *path = import_path(cx, import);
    struct str *workbook;
    int64_t size_bytes;

    TRY(map(cx, path, &workbook));
    import->is_unpacked = true;
    TRY(write_rows(cx, *workbook, import_path(cx, import), &size_bytes));
    return db_exec(cx, &SQL_import_unpacked, NULL, P_ID(cx->account), P_I64(import->id),
                   P_I64(size_bytes), P_STR(STR(";")));
}

void
import_forget_rows(struct cx *cx, const struct import *import)
{
    if (import->is_unpacked && unlink(import_path(cx, import)) != 0 && errno != ENOENT)
        log_warn("import.rows_left", "import=%lld errno=%d", (long long)import->id, errno);
}
