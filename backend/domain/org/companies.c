/* Companies, as their papers name them, and where they have branches. */
#include "companies.h"
#include "org_private.h"

#include "domain/audit/audit.h"
#include "domain/contacts/contacts.h"

#include "org_companies.sql.h"

static struct company
company_from_row(const struct db_row *row)
{
    return (struct company){
        .id = { db_i64(row, 0) },
        .name = db_str(row, 1),
        .legal_name = db_str(row, 2),
        .document = db_str(row, 3),
        .phone = db_str(row, 4),
    };
}

static struct branch
branch_from_row(const struct db_row *row)
{
    return (struct branch){
        .id = { db_i64(row, 0) },
        .company = { db_i64(row, 1) },
        .name = db_str(row, 2),
        .city = db_str(row, 3),
    };
}

/* before: zero for a new one. */
static void
leave_company_trail(struct cx *cx, const char *action, const struct company *before,
                    const struct company *after)
{
    struct audit_change change = { 0 };

    audit_text(&change, "document", before->document, after->document);
    audit_text(&change, "legal_name", before->legal_name, after->legal_name);
    audit_text(&change, "name", before->name, after->name);
    audit_text(&change, "phone", before->phone, after->phone);
    audit_changed(cx, action, "company", after->id.v, &change);
}

struct err
companies_save(struct cx *cx, const struct company *wanted, struct company *out)
{
    struct company before = { 0 };
    bool is_new = wanted->id.v == 0;
    struct str document = wanted->document;
    struct db_row row;

    db_assert_tx(cx);
    if (document.len > 0 &&
        (!document_normalise(cx->arena, document, &document) || document.len != CNPJ_LENGTH))
        return FAIL_FIELD(ERR_INVALID, "cnpj_invalid", "document");
    if (is_new) {
        TRY(db_one(cx, &SQL_company_add, &row, P_ID(cx->account), P_STR(wanted->name),
                   P_STR(wanted->legal_name), P_STR(document), P_STR(wanted->phone)));
    } else {
        TRY(db_one(cx, &SQL_company_lock, &row, P_ID(cx->account), P_ID(wanted->id)));
        before = company_from_row(&row);
        TRY(db_one(cx, &SQL_company_save, &row, P_ID(cx->account), P_ID(wanted->id),
                   P_STR(wanted->name), P_STR(wanted->legal_name), P_STR(document),
                   P_STR(wanted->phone)));
    }
    *out = company_from_row(&row);
    leave_company_trail(cx, is_new ? "company.created" : "company.edited", &before, out);
    org_tell(cx);
    return OK;
}

struct err
companies_remove(struct cx *cx, struct company_id id)
{
    TRY(org_remove(cx, &SQL_company_remove, id.v, "company_in_use"));
    audit_add(cx, "company.deleted", "company", id.v, STR(""));
    org_tell(cx);
    return OK;
}

struct err
companies_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_company_list, rows, P_ID(cx->account));
}

struct company
companies_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return company_from_row(&row);
}

/* before: zero for a new one. */
static void
leave_branch_trail(struct cx *cx, const char *action, const struct branch *before,
                   const struct branch *after)
{
    struct audit_change change = { 0 };

    audit_text(&change, "city", before->city, after->city);
    audit_id(&change, "company_id", before->company.v, after->company.v);
    audit_text(&change, "name", before->name, after->name);
    audit_changed(cx, action, "branch", after->id.v, &change);
}

struct err
branches_save(struct cx *cx, const struct branch *wanted, struct branch *out)
{
    struct branch before = { 0 };
    bool is_new = wanted->id.v == 0, found;
    struct db_row row;

    db_assert_tx(cx);
    if (is_new) {
        TRY(db_opt(cx, &SQL_branch_add, &found, &row, P_ID(cx->account), P_ID(wanted->company),
                   P_STR(wanted->name), P_STR(wanted->city)));
    } else {
        TRY(db_one(cx, &SQL_branch_lock, &row, P_ID(cx->account), P_ID(wanted->id)));
        before = branch_from_row(&row);
        TRY(db_opt(cx, &SQL_branch_save, &found, &row, P_ID(cx->account), P_ID(wanted->id),
                   P_ID(wanted->company), P_STR(wanted->name), P_STR(wanted->city)));
    }
    if (!found)
        return FAIL_FIELD(ERR_NOT_FOUND, "company_unknown", "company_id");
    *out = branch_from_row(&row);
    leave_branch_trail(cx, is_new ? "branch.created" : "branch.edited", &before, out);
    org_tell(cx);
    return OK;
}

struct err
branches_remove(struct cx *cx, struct branch_id id)
{
    TRY(org_remove(cx, &SQL_branch_remove, id.v, "branch_in_use"));
    audit_add(cx, "branch.deleted", "branch", id.v, STR(""));
    org_tell(cx);
    return OK;
}

struct err
branches_list(struct cx *cx, struct db_rows *rows)
{
    return db_many(cx, &SQL_branch_list, rows, P_ID(cx->account));
}

struct branch
branches_at(const struct db_rows *rows, int index)
{
    struct db_row row = db_row_at(rows, index);

    return branch_from_row(&row);
}
