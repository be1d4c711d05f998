/*
 * Flows of an account: what is being written, what speaks, and what begins it.
 *
 * A flow has one draft and any number of versions. The draft is saved as often as its author likes, by revision, so that
 * nobody overwrites what they have not read. Publishing makes the next version of it, which is never written again; what
 * is live is the version with the highest number. Documents are text (document.h): filled, canonical, the same bytes
 * wherever they are read.
 */
#ifndef DOMAIN_FLOWS_FLOWS_H
#define DOMAIN_FLOWS_FLOWS_H

#include "base/http.h"
#include "domain/flows/findings.h"

struct flow_id {
    int64_t v;
};

enum {
    FLOWS_MAX = 500, /* of an account */
    FLOW_NAME_MAX = 80,
    FLOW_NOTE_MAX = 1000
};

struct flow {
    struct flow_id id;
    struct str key, name;
    struct str channels; /* JSON array of kinds */
    bool is_enabled;
    int64_t live_number; /* 0: never published */
    int64_t published_at_us;
    struct member_id published_by;
    struct {
        int64_t revision;
        bool is_changed; /* differs from what is live */
        int64_t error_count, warning_count;
        int64_t saved_at_us;
        struct member_id saved_by;
    } draft;
    int64_t start_count;
    int64_t run_count; /* live ones */
};

struct flow_list {
    struct flow *v;
    size_t n;
    bool has_more;
};

/* By name; words narrow it (.p == NULL: all). */
MUST_CHECK struct err flows_list(struct cx *cx, struct str words, int64_t after, int64_t limit,
                                 struct flow_list *out);

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err flows_get(struct cx *cx, struct flow_id id, struct flow *out);

/*
 * A new flow with a draft: of a document (.p != NULL), whose key it keeps when that is free, or empty. The name is the
 * document's when none is given. Needs a write transaction.
 *
 *   ERR_INVALID   required, too_long, flow_key_invalid (key), and what document_fill says (document)
 *   ERR_CONFLICT  flow_key_is_taken (a key that was asked for), too_many_flows
 */
MUST_CHECK struct err flows_create(struct cx *cx, struct str name, struct str key,
                                   struct str document, struct flow_id *out);

/* Off: nobody begins it any more; who talks to it finishes. ERR_NOT_FOUND. */
MUST_CHECK struct err flows_enable(struct cx *cx, struct flow_id id, bool on);

/*
 * It is gone from every list; its versions stay for what was said with them. ERR_CONFLICT "flow_is_started",
 * "flow_is_used": *users (may be NULL) are the flows that name it, id, key and name in a row.
 */
MUST_CHECK struct err flows_remove(struct cx *cx, struct flow_id id, struct db_rows *users);

/* --- the draft ---------------------------------------------------------------- */

struct flow_draft {
    int64_t revision;
    struct str document, content_hash;
    int64_t error_count, warning_count; /* when it was saved */
    int64_t saved_at_us;
    struct member_id saved_by;
    struct str key;
};
MUST_CHECK struct err flow_draft_get(struct cx *cx, struct flow_id id, struct flow_draft *out);

/*
 * Saves what was made of this revision. *out is the draft afterwards; of a conflict, the draft as it is. findings: what
 * the linter says of it. Saving the same again changes nothing and raises no revision.
 *
 *   ERR_INVALID   as document_fill; flow_key_fixed: a flow's key never changes
 *   ERR_CONFLICT  flow_moved_on: somebody saved meanwhile; flow_is_held: another person holds the pencil (flow_pages.h)
 */
MUST_CHECK struct err flow_draft_save(struct cx *cx, struct flow_id id, int64_t revision,
                                      struct str document, struct flow_draft *out,
                                      struct findings *findings);

/* What the linter says of it now. */
MUST_CHECK struct err flow_draft_findings(struct cx *cx, struct flow_id id, int64_t *revision,
                                          struct findings *out);

/* --- versions ------------------------------------------------------------------- */

struct flow_version {
    int64_t number;
    struct str note;
    struct member_id published_by;
    int64_t published_at_us;
    struct str content_hash, logic_hash;
    int64_t draft_revision, reverts_to; /* one of them; 0: not of that */
    bool is_live;
    bool is_same_logic;  /* as the one before it */
    struct str document; /* .p == NULL in lists */
};
struct flow_version_list {
    struct flow_version *v;
    size_t n;
    bool has_more;
};

/* Newest first; before: a number, 0: from the newest. */
MUST_CHECK struct err flow_versions_list(struct cx *cx, struct flow_id id, int64_t before,
                                         int64_t limit, struct flow_version_list *out);
MUST_CHECK struct err flow_versions_get(struct cx *cx, struct flow_id id, int64_t number,
                                        struct flow_version *out);

struct flow_publication {
    int64_t revision; /* of the draft */
    struct str note;
    bool overrides_tests; /* although recorded conversations go on differently */
};

/*
 * Makes a version of the draft and lets it speak, when no recorded conversation of it or of a flow that reaches it
 * differs. The same revision again is the same version. findings: why not.
 *
 *   ERR_INVALID    required (note): there are warnings or tests to override, and nobody says why it is published all the same
 *   ERR_FORBIDDEN  permission_denied: who overrides tests holds flows.edit too, with which they could be recorded again
 *   ERR_CONFLICT   flow_moved_on, flow_has_errors, flow_tests_differ
 */
MUST_CHECK struct err flow_versions_publish(struct cx *cx, struct flow_id id,
                                            const struct flow_publication *how,
                                            struct flow_version *out, struct findings *findings);

/*
 * Publishes an old version again under a new number; the draft stays as it is, and no test is played: it is the way back. live: the number that is live as far as
 * the caller knows, so that doing it twice is doing it once. Fails as publishing does; ERR_CONFLICT "flow_is_live".
 */
MUST_CHECK struct err flow_versions_revert(struct cx *cx, struct flow_id id, int64_t number,
                                           int64_t live, struct str note, struct flow_version *out,
                                           struct findings *findings);

/* --- what begins them --------------------------------------------------------------- */

enum flow_start_kind {
    START_CHANNEL,
    START_FIRST_TEXT,
    START_AD,
    START_LINK,
    START_DEPARTMENT,
    START_SURVEY
};
extern const char *const flow_start_kind_names[]; /* as stored; NULL ends the list */

struct flow_start {
    enum flow_start_kind kind;
    int64_t flow_id;
    int64_t channel_id;    /* 0: at any channel (first text, ad, link), or none */
    int64_t department_id; /* 0: of a survey, any without one of its own */
    struct str first_text; /* folded */
    struct str ad_id;      /* as its network knows the advertisement */
    struct str ref;        /* what links say of themselves, in whatever case */
    struct str agent;      /* name of whose it is; empty: nobody's */
};

/* Who answers customers: a set of starts under a name. */
struct flow_agent {
    struct str name;
    bool is_on;              /* off: nothing of it begins; what goes on goes on */
    int64_t period_id;       /* 0: its starts begin their own flows day and night */
    int64_t outside_flow_id; /* begins in their place outside of the period; 0 with it */
};
enum { FLOW_AGENTS_MAX = 50, FLOW_AGENT_NAME_MAX = 60 };
enum { FLOW_STARTS_MAX = 200, FLOW_FIRST_TEXT_MAX = 100, FLOW_AD_MAX = 64, FLOW_REF_MAX = 64 };

MUST_CHECK struct err flow_starts_list(struct cx *cx, struct flow_start **out, size_t *n);
MUST_CHECK struct err flow_agents_list(struct cx *cx, struct flow_agent **out, size_t *n);

/*
 * These and no others, of these agents and no others. findings: of the flow that does not fit, whose id is *unfit.
 *
 *   ERR_INVALID    required, unknown_value, too_long, start_twice (starts[2].…, agents[2].…)
 *   ERR_NOT_FOUND  flow_unknown, channel_unknown, department_unknown, period_unknown
 *   ERR_CONFLICT   flow_is_not_live, flow_does_not_fit: it has errors for that kind of channel; agent_name_is_taken
 */
MUST_CHECK struct err flow_agents_save(struct cx *cx, struct flow_agent *agents, size_t agent_count,
                                       struct flow_start *starts, size_t n, struct flow_id *unfit,
                                       struct findings *findings);
/* The same; agents stay as they are. */
MUST_CHECK struct err flow_starts_save(struct cx *cx, struct flow_start *starts, size_t n,
                                       struct flow_id *unfit, struct findings *findings);

/* --- files ------------------------------------------------------------------------------ */

struct flow_exporting {
    bool is_live;       /* what is live, else drafts */
    bool with_subflows; /* and all flows that it reaches */
    bool with_tests;
};

/* A bundle, without anything personal. */
MUST_CHECK struct err flow_export(struct cx *cx, struct flow_id id,
                                  const struct flow_exporting *how, struct str *bundle);

struct flow_import {
    const struct json *bundle;  /* or a lone document */
    struct str name;            /* of the first flow; .p == NULL: its own */
    bool creates_missing;       /* tags and departments, each if the caller may */
    const struct json *mapping; /* [{"ref":…,"to":…}], by hand; NULL: none */
};

/*
 * Takes flows in as drafts, all or none, bound to nothing. *report says what was made and what could not be found. A dry
 * run writes nothing and says the same. Needs a write transaction unless it is dry.
 *
 *   ERR_INVALID   flow_foreign: no export of ours; as document_fill; required, wrong_type, unknown_value (mapping)
 *   ERR_CONFLICT  too_many_flows
 */
MUST_CHECK struct err flow_import(struct cx *cx, const struct flow_import *wish, bool is_dry,
                                  struct str *report);

/* --- models ----------------------------------------------------------------------------- */

enum { FLOW_MODEL_FLOWS = 2, FLOW_MODEL_TESTS = 3 };

/* A file of backend/models, byte for byte. */
struct flow_model_file {
    const char *begin, *end; /* NULL: none */
};

/* A flow to start from, and those that come with it, with the conversations recorded on each. */
struct flow_model {
    const char *key; /* of the first */
    struct {
        const char *name, *description;
    } in_english;
    struct {
        struct flow_model_file document, tests[FLOW_MODEL_TESTS];
    } flows[FLOW_MODEL_FLOWS];
};

/* In the order in which they are offered; the last has no key. */
extern const struct flow_model flow_models[];

const struct flow_model *flow_model_find(struct str key); /* NULL: none */

/* The i-th document of it; empty: there are no more. */
struct str flow_model_text(const struct flow_model *model, size_t i);

/*
 * What flow_import takes: things that they name are placeholders, to be mapped or found by name. The recordings stand in
 * their documents' meta, and so are played before the flow is published.
 */
MUST_CHECK struct err flow_model_bundle(struct arena *a, const struct flow_model *model,
                                        const struct json **bundle);

extern const struct route flows_routes[];
extern const struct route flow_versions_routes[];
extern const struct route flow_starts_routes[];
extern const struct route flow_files_routes[];
extern const struct route flow_models_routes[];
extern const struct route flow_simulate_routes[];

#endif
