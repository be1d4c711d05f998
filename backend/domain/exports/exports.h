/*
 * The address book as a file: what a member's list of contacts shows, as CSV or as a workbook, made by a job
 * with the rights that its member has while it runs and masked as the list is for them.
 *
 * It is written in pieces, each added to the file before the transaction that says so: a worker that dies leaves
 * a tail that nothing knows of, and the next one cuts it off and goes on. When the rights of the member change
 * on the way it begins anew, so that no file holds what one of its readers' moments did not allow; and one that
 * is done is only handed to the member who asked, while their rights are still those it was written with.
 */
#ifndef DOMAIN_EXPORTS_EXPORTS_H
#define DOMAIN_EXPORTS_EXPORTS_H

#include "base/jobs.h"
#include "domain/messages/messages.h"

struct export_id {
    int64_t v;
};

enum {
    EXPORTS_AN_HOUR = 10, /* of a member */
    EXPORT_DAYS = 7,      /* then the file is gone */
    EXPORT_LISTED = 20
};

struct export_wish {
    struct str format; /* csv, xlsx */
    struct str locale; /* of titles: pt-BR, en */
    struct str filter; /* query of the list; empty: all of it */
};

struct export
{
    struct export_id id;
    struct str state; /* running done canceled access_lost failed expired */
    struct str why;   /* slug, when failed */
    struct str format, filter;
    int64_t done_count, total_count; /* total -1: not counted yet */
    int64_t size_bytes;
    int64_t created_at_us, expires_at_us; /* 0: not done */
};

/*
 * Begins. ERR_INVALID "unknown_value" with the field, and what the list says of such a filter; ERR_TOO_MANY
 * "too_many_exports"; ERR_FORBIDDEN "token_not_allowed" for a program that is nobody's.
 */
MUST_CHECK struct err exports_start(struct cx *cx, struct res *res, const struct export_wish *wish,
                                    struct export *out);

/* One's own, nobody else's: ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err exports_get(struct cx *cx, struct export_id id, struct export *out);

/* ERR_CONFLICT "export_over". */
MUST_CHECK struct err exports_cancel(struct cx *cx, struct export_id id, struct export *out);

/*
 * Hands the file over to nginx. ERR_CONFLICT "media_not_ready", or "access_changed" when the member may see
 * other things now than when it was written; ERR_GONE "media_expired".
 */
MUST_CHECK struct err exports_download(struct cx *cx, struct res *res, struct export_id id);

void export_write_json(struct json_out *o, const void *value);

extern const struct route exports_routes[];
extern const struct job_kind exports_jobs[];

#endif
