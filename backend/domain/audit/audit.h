/*
 * The trail: who did what, from where. A row travels with the transaction it
 * tells about (db_queue), so a refused act leaves none and a done one always does.
 *
 * The rows of an account are sealed into a chain (chain.h, seal.c), so that a
 * changed, removed or inserted one is found (verify.h).
 */
#ifndef DOMAIN_AUDIT_AUDIT_H
#define DOMAIN_AUDIT_AUDIT_H

#include "base/cx.h"
#include "base/http.h"
#include "base/jobs.h"

/*
 * action: "ticket.taken"; subject_kind: "ticket". detail is JSON by our own
 * writer, keys in order, or empty. Never message text, passwords or tokens.
 */
void audit_add(struct cx *cx, const char *action, const char *subject_kind, int64_t subject_id,
               struct str detail);

/*
 * What a change changed: fields with the value before and after, in any order; equal
 * ones are left out. Zero is an empty change.
 *
 *     struct audit_change change = { 0 };
 *     audit_text(&change, "name", before.name, after.name);
 *     audit_id(&change, "department_id", before.department.v, after.department.v);
 *     audit_secret(&change, "access_token");
 *     audit_changed(cx, "channel.edited", "channel", id.v, &change);
 */
enum { AUDIT_FIELDS_MAX = 64 };

struct audit_change {
    struct audit_field {
        const char *name;
        enum audit_field_kind { AUDIT_TEXT, AUDIT_NUMBER, AUDIT_ID, AUDIT_SECRET } kind;
        struct str text_before, text_after;
        int64_t number_before, number_after;
    } fields[AUDIT_FIELDS_MAX];
    size_t count;
    struct str reason; /* a word of why; empty: none */
};

void audit_text(struct audit_change *change, const char *name, struct str before,
                struct str after); /* .p == NULL: nothing there */
void audit_number(struct audit_change *change, const char *name, int64_t before, int64_t after);
void audit_id(struct audit_change *change, const char *name, int64_t before,
              int64_t after); /* 0: nobody */
void audit_flag(struct audit_change *change, const char *name, bool before, bool after); /* 0, 1 */
void audit_secret(struct audit_change *change, const char *name); /* that it was set, no more */

/* {"after":{…},"before":{…},"reason":…}: keys sorted, text and whole numbers only. */
struct str audit_detail(struct arena *a, const struct audit_change *change);

/* audit_add with that. A row is left even when nothing differs: somebody did ask for it. */
void audit_changed(struct cx *cx, const char *action, const char *subject_kind, int64_t subject_id,
                   const struct audit_change *change);

/* What a sealed row of the account's trail is about. ERR_NOT_FOUND "not_found". */
struct audit_said {
    struct str subject_kind, detail; /* detail empty: none */
    int64_t subject_id;
};
MUST_CHECK struct err audit_get(struct cx *cx, int64_t id, struct audit_said *out);

extern const struct route audit_routes[];
extern const struct job_kind audit_jobs[];

#endif
