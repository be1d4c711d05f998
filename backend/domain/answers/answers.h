/*
 * What a team says often: a text with variables, files, or both, found by a shortcut
 * behind "/". It belongs to a member, a department or the account; who neither is nor
 * serves there does not see it.
 */
#ifndef DOMAIN_ANSWERS_ANSWERS_H
#define DOMAIN_ANSWERS_ANSWERS_H

#include "domain/messages/messages.h"
#include "domain/variables/variables.h"

struct answer_id {
    int64_t v;
};

enum answer_scope { ANSWER_OWN, ANSWER_DEPARTMENT, ANSWER_ACCOUNT };
extern const char *const answer_scope_names[]; /* as stored; NULL ends the list */

struct answer {
    struct answer_id id;
    enum answer_scope scope;
    struct member_id member;         /* of scope own; .v == 0: another scope */
    struct department_id department; /* of scope department; .v == 0: another scope */
    struct str title;
    struct str shortcut; /* without the "/" */
    struct str body;     /* with variables; may be empty when there are files */
    bool is_active;
    int64_t use_count;
    int64_t last_used_at_us; /* 0: never */
    int64_t updated_at_us;
    const struct attachment *files;
    size_t file_count;
};

enum { ANSWER_FILES_MAX = 10 };

struct answer_list {
    struct answer *v;
    size_t n;
    bool has_more;
};

/* A page in order of titles, with inactive ones; scope and words narrow it (.p == NULL: all). */
struct answer_wish {
    struct str scope, words;
    int64_t after, limit;
};
MUST_CHECK struct err answers_list(struct cx *cx, const struct answer_wish *wish,
                                   struct answer_list *out);

/*
 * The active ones that words may mean, best first: the shortcut itself, then shortcuts and
 * titles that begin so, then any that hold it; among equals one's own and the most used.
 * Empty words: all of them, by that.
 */
MUST_CHECK struct err answers_suggest(struct cx *cx, struct str words, int64_t limit,
                                      struct answer_list *out);

/* ERR_NOT_FOUND "not_found". */
MUST_CHECK struct err answers_get(struct cx *cx, struct answer_id id, struct answer *out);

/*
 * Saves a new one (id 0) or a changed one; file_ids are uploads of the caller, or files that
 * it has already. Needs a write transaction. Writes *out only on success.
 *
 *   ERR_FORBIDDEN  permission_denied: not for this scope, before or after
 *   ERR_NOT_FOUND  not_found; department_unknown; attachment_unknown
 *   ERR_INVALID    required (title, shortcut, body), shortcut_invalid, and of variables_check (body)
 *   ERR_CONFLICT   shortcut_is_taken: by another one that the caller sees
 */
MUST_CHECK struct err answers_save(struct cx *cx, const struct answer *wanted,
                                   struct json_ids file_ids, struct answer *out);

/* ERR_NOT_FOUND "not_found"; ERR_FORBIDDEN "permission_denied". Its files go with it. */
MUST_CHECK struct err answers_remove(struct cx *cx, struct answer_id id);

/*
 * An active answer made ready for a ticket: its text with that customer's values, and its
 * files as unsent uploads of the caller. Counts as a use. ERR_NOT_FOUND "not_found".
 */
struct answer_ready {
    struct answer_id id;
    struct variables_filled text;
    const struct attachment *files;
    size_t file_count;
};
MUST_CHECK struct err answers_use(struct cx *cx, struct answer_id id, struct ticket_id ticket,
                                  struct answer_ready *out);

extern const struct route answers_routes[];

#endif
