/*
 * Contacts from a file. The stages of an import are read, mapped, tried, run and perhaps undone; each
 * that takes long is a job that goes on in batches, and a batch and the note that it was done are one
 * transaction: whoever kills it in the middle loses a batch, and nothing is done twice.
 */
#ifndef DOMAIN_CONTACTS_IMPORTS_H
#define DOMAIN_CONTACTS_IMPORTS_H

#include "base/jobs.h"
#include "contacts.h"

enum {
    IMPORT_BATCH = 1000,
    IMPORT_LINES_MAX = 200000,
    IMPORT_BYTES_MAX = 30 * 1024 * 1024,
    IMPORT_CHUNK = 256 * 1024 /* of the file at a time; no record is longer */
};

struct import {
    int64_t id;
    struct str filename, state, why;
    struct str header, mapping; /* JSON arrays */
    int64_t group_id, read_bytes, size_bytes;
    int64_t line_count, done_count, new_count, same_count, wrong_count, kept_count;
    int64_t member_id, created_at_us;
    struct str path, divider; /* divider empty: no line was read yet */
    bool is_unpacked; /* a workbook, read from its rows as text; size and progress are theirs */
};

struct import import_from_row(const struct db_row *row);

/* Puts it into a stage that a job carries out, and queues the job. */
MUST_CHECK struct err import_start(struct cx *cx, int64_t id, const char *state);
void import_queue(struct cx *cx, int64_t id);

/* Where what is read lies. */
const char *import_path(struct cx *cx, const struct import *import);

/*
 * A workbook's rows as text, from which it is read from here on. ERR_INVALID with why it is none that can be
 * read; ERR_UNAVAILABLE "media_store_away".
 */
MUST_CHECK struct err import_unpack(struct cx *cx, struct import *import);
/* Those rows, once they are read: after the transaction that says so. */
void import_forget_rows(struct cx *cx, const struct import *import);

/* Job "contact.import": one batch of whatever stage it is in. */
struct err import_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                       struct job_outcome *out);

#endif
