#include "settings.h"

#include "domain/audit/audit.h"
#include "domain/org/org.h"

#include "settings.sql.h"

enum { INTERVAL_LEAST_S = 5, INTERVAL_MOST_S = 3600 };

static struct settings
settings_from_row(const struct db_row *row)
{
    return (struct settings){
        .welcome_text = db_str(row, 0),
        .closing_text = db_str(row, 1),
        .campaign_interval_s = db_i64(row, 2),
        .requires_reason = db_bool(row, 3),
    };
}

struct err
settings_get(struct cx *cx, struct settings *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_settings_get, &row, P_ID(cx->account)));
    *out = settings_from_row(&row);
    return OK;
}

struct err
settings_lock(struct cx *cx, struct settings *out)
{
    struct db_row row;

    db_assert_tx(cx);
    TRY(db_one(cx, &SQL_settings_lock, &row, P_ID(cx->account)));
    *out = settings_from_row(&row);
    return OK;
}

struct err
settings_save(struct cx *cx, const struct settings *before, const struct settings *after)
{
    struct audit_change change = { 0 };

    db_assert_tx(cx);
    if (after->campaign_interval_s < INTERVAL_LEAST_S ||
        after->campaign_interval_s > INTERVAL_MOST_S)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", "campaign_interval_s");
    db_queue(cx, &SQL_settings_save, P_ID(cx->account), P_STR(after->welcome_text),
             P_STR(after->closing_text), P_I64(after->campaign_interval_s),
             P_BOOL(after->requires_reason));
    audit_number(&change, "campaign_interval_s", before->campaign_interval_s,
                 after->campaign_interval_s);
    audit_text(&change, "closing_text", before->closing_text, after->closing_text);
    audit_flag(&change, "requires_reason", before->requires_reason, after->requires_reason);
    audit_text(&change, "welcome_text", before->welcome_text, after->welcome_text);
    audit_changed(cx, "settings.edited", "account", cx->account.v, &change);
    org_tell(cx);
    return OK;
}

struct err
settings_closing(struct cx *cx, struct close_reason_id reason, struct closing_words *out)
{
    struct db_row row;

    TRY(db_one(cx, &SQL_settings_closing, &row, P_ID(cx->account), P_ID(reason)));
    if (reason.v == 0 && db_bool(&row, 0))
        return FAIL_FIELD(ERR_INVALID, "reason_required", "reason_id");
    if (reason.v != 0 && !db_bool(&row, 1))
        return FAIL_FIELD(ERR_NOT_FOUND, "reason_unknown", "reason_id");
    *out = (struct closing_words){ .text = db_str(&row, 2), .is_forced = db_bool(&row, 3) };
    return OK;
}
