/* A workbook that somebody wants imported: any bytes, read to the end or refused. */
#include "domain/sheets/xlsx_read.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct err
take(void *arg, const struct xlsx_cell *cells, int n)
{
    size_t *bytes = arg;

    for (int i = 0; i < n; i++)
        for (size_t at = 0; at < cells[i].text.len; at++)
            *bytes += cells[i].text.p[at] != 0;
    return OK;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(1024);
    size_t bytes = 0;
    struct err e;
    /* A copy of exactly this size: a step beyond is seen. */
    char *copy = malloc(size + (size == 0));

    if (copy == NULL)
        return 0;
    if (size > 0)
        memcpy(copy, data, size);
    e = xlsx_read(a, (struct str){ copy, size }, take, &bytes);
    if (e.code != ERR_NONE && e.code != ERR_INVALID)
        BUG("what=workbook_refused_otherwise");
    free(copy);
    arena_free(a);
    return 0;
}
