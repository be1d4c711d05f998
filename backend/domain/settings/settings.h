/*
 * What an account says by itself and asks for: the words that greet and dismiss its
 * customers, the reasons a ticket may be closed with, the pace of its campaigns.
 */
#ifndef DOMAIN_SETTINGS_SETTINGS_H
#define DOMAIN_SETTINGS_SETTINGS_H

#include "base/db.h"
#include "base/http.h"

struct settings {
    struct str
        welcome_text; /* when a ticket begins, unless its channel or department has one; may be empty */
    struct str closing_text; /* when it ends and its reason says nothing of its own; may be empty */
    int64_t campaign_interval_s; /* between two sends; never so little that it looks like spam */
    bool requires_reason;        /* to close */
};

MUST_CHECK struct err settings_get(struct cx *cx, struct settings *out);
/* The same, holding the row until commit. */
MUST_CHECK struct err settings_lock(struct cx *cx, struct settings *out);

/* ERR_INVALID "out_of_range" of campaign_interval_s. Told to every screen of the account. */
MUST_CHECK struct err settings_save(struct cx *cx, const struct settings *before,
                                    const struct settings *after);

/* Reasons of closing --------------------------------------------------------- */

struct close_reason_id {
    int64_t v;
};

struct close_reason {
    struct close_reason_id id;
    struct str name;
    struct str message;  /* told to the customer instead of the account's; empty: the account's */
    bool forces_message; /* whoever closes can neither change it nor leave it out */
    bool is_active;
};

/* All of them, in their order. */
MUST_CHECK struct err close_reasons_list(struct cx *cx, struct db_rows *rows);
struct close_reason close_reasons_at(const struct db_rows *rows, int index);

/* ERR_NOT_FOUND "not_found". Locked until the transaction ends. */
MUST_CHECK struct err close_reasons_lock(struct cx *cx, struct close_reason_id id,
                                         struct close_reason *out);

/*
 * before NULL: a new one, last in order.
 *   ERR_CONFLICT "reason_name_is_taken"; ERR_INVALID "required" of message, when it is forced
 */
MUST_CHECK struct err close_reasons_save(struct cx *cx, const struct close_reason *before,
                                         const struct close_reason *after,
                                         struct close_reason *out);

/* One that no ticket was closed with. ERR_CONFLICT "reason_in_use". */
MUST_CHECK struct err close_reasons_remove(struct cx *cx, struct close_reason_id id);

/* Those named come first, in this order. ERR_NOT_FOUND "reason_unknown". */
MUST_CHECK struct err close_reasons_order(struct cx *cx, struct json_ids ids);

/*
 * What a customer is told when their ticket is closed for this reason (.v == 0: none given):
 * the reason's own words, else the account's, else nothing.
 *
 *   ERR_NOT_FOUND  "reason_unknown": not there, or not in use
 *   ERR_INVALID    "reason_required" of reason_id
 */
struct closing_words {
    struct str text; /* may be empty */
    bool is_forced;
};
MUST_CHECK struct err settings_closing(struct cx *cx, struct close_reason_id reason,
                                       struct closing_words *out);

extern const struct route settings_routes[];
extern const struct route close_reasons_routes[];

#endif
