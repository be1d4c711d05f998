/*
 * Files that flows send: kept by what is in them, named file:<sha256> in documents, and copied with each sending, so that
 * what was said stays whatever becomes of a flow.
 */
#ifndef DOMAIN_FLOWS_FLOW_MEDIA_H
#define DOMAIN_FLOWS_FLOW_MEDIA_H

#include "domain/messages/messages.h"

enum { FLOW_MEDIA_MAX = 25 * 1024 * 1024 };

struct flow_media {
    struct str sha256; /* hex */
    struct str name, mime, kind;
    int64_t size_bytes;
    struct str
        sound; /* pending, ready, failed: a recording being prepared; .p == NULL: it is none */
    int64_t duration_s; /* of a recording that is ready; 0 otherwise */
    int64_t added_at_us;
};

/*
 * An upload becomes such a file; the same bytes again are the file that there is.
 *
 *   ERR_TOO_LARGE    file_too_large
 *   ERR_UNSUPPORTED  file_kind_refused: of a kind that no flow may send; file_kind_mismatch
 *   ERR_INVALID      as messages_upload
 */
MUST_CHECK struct err flow_media_add(struct cx *cx, const struct upload *upload,
                                     struct flow_media *out);

/* The newest first. */
MUST_CHECK struct err flow_media_list(struct cx *cx, struct flow_media **out, size_t *n);

/* What to copy, and its name. ERR_NOT_FOUND "file_unknown". */
MUST_CHECK struct err flow_media_find(struct cx *cx, struct str ref, struct said_file *out);

/* "flow.media": a recording is converted once and its length measured; the subject is the attachment (flow_media_jobs.c). */
struct err flow_media_step(struct cx *cx, const struct job *job, const struct httpc_answer *answer,
                           struct job_outcome *out);

extern const struct route flow_media_routes[];

#endif
