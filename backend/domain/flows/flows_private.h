/* What the files of the store share. */
#ifndef DOMAIN_FLOWS_FLOWS_PRIVATE_H
#define DOMAIN_FLOWS_FLOWS_PRIVATE_H

#include "domain/flows/canonical.h"
#include "domain/flows/flow_tests.h"
#include "domain/flows/flows.h"
#include "domain/flows/lint.h"
#include "domain/flows/rewrite.h"

/* ERR_NOT_FOUND "not_found". Held until the transaction ends. */
MUST_CHECK struct err flows_lock(struct cx *cx, struct flow_id id);

/* Screens that show it ask again. */
void flows_tell(struct cx *cx, struct flow_id id);

/* A key that is free and looks like this one; taken: what is given away already. */
struct flow_keys {
    struct arena *arena;
    struct str *v;
    size_t n, room;
};
MUST_CHECK struct err flow_keys_read(struct cx *cx, struct flow_keys *out);
bool flow_keys_has(const struct flow_keys *keys, struct str key);
struct str flow_keys_free(struct flow_keys *keys, struct str like);
bool flow_is_key(struct str key);

/* --- a document on its way into the database -------------------------------------- */

struct flow_text {
    struct str text; /* filled and canonical */
    const struct json *json;
    struct flow_document *document;
    struct flow_words refs;
    struct lint_ref *things; /* what each of them is now */
    struct str key, name, hash;
};

/*
 * Fills and reads what somebody sent, and writes the present names of all that it refers to into it. What is wrong with
 * its shape goes into findings.
 */
MUST_CHECK struct err flow_text_read(struct cx *cx, struct str sent, struct findings *findings,
                                     struct flow_text *out);

/* Puts it under a new flow, as its first draft; findings are counted. ERR_CONFLICT "too_many_flows". */
MUST_CHECK struct err flows_add(struct cx *cx, const struct flow_text *text,
                                const struct findings *findings, struct flow_id *out);

/* What lists show of a flow, and what it refers to, are its draft's from now on. */
void flow_describe(struct cx *cx, struct flow_id id, const struct flow_text *text);

/* The checksum of a bundle: documents that canonical_require let through, without their meta. */
struct str flow_bundle_sum(struct arena *a, const struct json *const *documents, size_t n);

/* --- what the linter is told ---------------------------------------------------------- */

/* Things that are about to be made: the linter takes them as there. */
struct flow_promised {
    const struct lint_ref *v;
    size_t n;
};

/*
 * Reads the world around a flow (id 0: none yet) and adds what the linter says; channels: kinds that begin it besides
 * those that do already.
 */
MUST_CHECK struct err flow_lint(struct cx *cx, struct flow_id id, const struct flow_text *text,
                                unsigned channels, const struct flow_promised *promised,
                                struct findings *findings);

/* Live versions of the flows that these references reach (flow:key), but for one's own. */
MUST_CHECK struct err flow_closure(struct cx *cx, struct flow_id self, struct flow_words refs,
                                   struct flow_set *out);

/* When the house opens next, or a period or department that these flows mention; 0: not in sight. */
MUST_CHECK struct err flow_next_opening(struct cx *cx, struct flow_set flows, int64_t at_us,
                                        int64_t *out);

/* Of a channel's driver. False: none that speaks with flows. */
bool flow_channel_of(struct str driver_kind, enum flow_channel *out);

/* --- what its tests say ---------------------------------------------------------------- */

struct flow_tests_report {
    struct flow_tests
        tests; /* its own, then those of live flows that reach it and that it changes */
    struct covered covered; /* of its own cards, by its own */
};

/* Plays them as if it were live already. id 0: it is new, and nobody reaches it. */
MUST_CHECK struct err flow_tests_run(struct cx *cx, struct flow_id id, const struct flow_text *text,
                                     struct flow_tests_report *out);
/* L701 for each that differs. */
void flow_tests_find(const struct flow_tests_report *report, struct findings *findings);

/* findings with the flow's key on them, in the call's arena. */
struct findings flow_findings(struct cx *cx, struct str key);

/* --- parts of answers --------------------------------------------------------------------- */

/* "findings": […] and how many there are of each severity. */
void flow_findings_write(struct json_out *o, struct arena *a, const struct findings *findings);
/* The same beside a refusal. */
void flow_findings_refused(struct res *res, struct arena *a, const struct findings *findings);

#endif
