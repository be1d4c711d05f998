/*
 * Companies, as their papers name them, and where they have branches.
 */
#ifndef DOMAIN_ORG_COMPANIES_H
#define DOMAIN_ORG_COMPANIES_H

#include "base/http.h"
#include "org.h"

struct branch_id {
    int64_t v;
};

struct company {
    struct company_id id;
    struct str name;
    struct str legal_name; /* .p == NULL: not said */
    struct str document;   /* CNPJ, as documents.h keeps it; .p == NULL: not said */
    struct str phone;      /* as customers are told it; may be empty */
};

struct branch {
    struct branch_id id;
    struct company_id company;
    struct str name;
    struct str city; /* .p == NULL: not said */
};

/* ERR_NOT_FOUND "not_found" when the id is not there; ERR_INVALID "cnpj_invalid"; id .v == 0: a new one. */
MUST_CHECK struct err companies_save(struct cx *cx, const struct company *wanted,
                                     struct company *out);
/* ERR_CONFLICT "company_in_use". */
MUST_CHECK struct err companies_remove(struct cx *cx, struct company_id id);
MUST_CHECK struct err companies_list(struct cx *cx, struct db_rows *rows);
struct company companies_at(const struct db_rows *rows, int index);

/* The same of a branch. ERR_NOT_FOUND "company_unknown"; ERR_CONFLICT "branch_name_is_taken", "branch_in_use". */
MUST_CHECK struct err branches_save(struct cx *cx, const struct branch *wanted, struct branch *out);
MUST_CHECK struct err branches_remove(struct cx *cx, struct branch_id id);
MUST_CHECK struct err branches_list(struct cx *cx, struct db_rows *rows);
struct branch branches_at(const struct db_rows *rows, int index);

extern const struct route companies_routes[];

#endif
