#include "bare.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* From PostgreSQL's pg_type.dat, which never changes them. */
enum { OID_BOOL = 16, OID_BIGINT = 20, OID_SMALLINT = 21, OID_INT = 23 };

void
page_add(struct page *page, const char *text, size_t n)
{
    if (page->n + n > PAGE_MAX) {
        fprintf(stderr, "a page of more than %d bytes\n", PAGE_MAX);
        abort();
    }
    memcpy(page->text + page->n, text, n);
    page->n += n;
}

void
page_words(struct page *page, const char *words)
{
    page_add(page, words, strlen(words));
}

/* Runs of plain characters are copied whole. */
static void
put_text(struct page *page, const char *text)
{
    char escape[8];

    page_words(page, "\"");
    while (*text != '\0') {
        size_t plain = 0;

        while ((unsigned char)text[plain] >= 0x20 && text[plain] != '"' && text[plain] != '\\')
            plain++;
        page_add(page, text, plain);
        text += plain;
        if (*text != '\0') {
            snprintf(escape, sizeof escape, "\\u%04x", (unsigned)(unsigned char)*text++);
            page_words(page, escape);
        }
    }
    page_words(page, "\"");
}

static void
put_value(struct page *page, const PGresult *rows, int row, int column)
{
    const char *value = PQgetvalue(rows, row, column);

    if (PQgetisnull(rows, row, column)) {
        page_words(page, "null");
        return;
    }
    switch ((int)PQftype(rows, column)) {
    case OID_BIGINT:
    case OID_INT:
    case OID_SMALLINT: page_words(page, value); return;
    case OID_BOOL: page_words(page, *value == 't' ? "true" : "false"); return;
    default: put_text(page, value); return;
    }
}

void
page_row(struct page *page, const PGresult *rows, int row)
{
    for (int column = 0; column < PQnfields(rows); column++) {
        page_words(page, column == 0 ? "{\"" : ",\"");
        page_words(page, PQfname(rows, column));
        page_words(page, "\":");
        put_value(page, rows, row, column);
    }
    page_words(page, "}");
}

void
page_rows(struct page *page, const PGresult *rows)
{
    page_words(page, "{\"data\":[");
    for (int row = 0; row < PQntuples(rows); row++) {
        if (row > 0)
            page_words(page, ",");
        page_row(page, rows, row);
    }
    page_words(page, "]}");
}
