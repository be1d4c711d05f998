/* From SQLSTATE to what the caller should do; never from the text of a message. */
#include "db_private.h"
#include "log.h"

#include <stdlib.h>

static bool
is_class(const char *state, const char *prefix)
{
    return strncmp(state, prefix, strlen(prefix)) == 0;
}

static const char *
field_of(struct arena *a, const PGresult *result, int field)
{
    const char *text = PQresultErrorField(result, field);

    return text == NULL ? "" : str_cstr(a, str_of(text));
}

/* gate.refuse() puts the HTTP status behind "BA" and the slug into the message. */
static enum err_code
refusal_code(const char *status)
{
    static const struct {
        const char *status;
        enum err_code code;
    } codes[] = {
        { "400", ERR_INVALID },   { "401", ERR_UNAUTHENTICATED }, { "402", ERR_UNPAID },
        { "403", ERR_FORBIDDEN }, { "404", ERR_NOT_FOUND },       { "409", ERR_CONFLICT },
        { "410", ERR_GONE },      { "429", ERR_TOO_MANY },        { "503", ERR_UNAVAILABLE },
    };

    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
        if (strcmp(codes[i].status, status) == 0)
            return codes[i].code;
    BUG("gate.refuse() with status %s", status);
}

struct err
db_refusal(struct arena *a, const PGresult *result, const struct db_stmt *stmt)
{
    const char *name = stmt == NULL ? "sync" : stmt->name;
    const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);

    if (state == NULL || is_class(state, "08") || is_class(state, "57P0"))
        return DB_AWAY;
    if (is_class(state, "BA"))
        return FAIL(refusal_code(state + 2), field_of(a, result, PG_DIAG_MESSAGE_PRIMARY));
    if (is_class(state, "23505") || is_class(state, "23P01"))
        return FAIL(ERR_CONFLICT, field_of(a, result, PG_DIAG_CONSTRAINT_NAME));
    if (is_class(state, "23503") || is_class(state, "23514"))
        return FAIL(ERR_INVALID, field_of(a, result, PG_DIAG_CONSTRAINT_NAME));
    if (is_class(state, "22021") || is_class(state, "22P05"))
        return FAIL(ERR_INVALID, "invalid_text");
    if (is_class(state, "40001") || is_class(state, "40P01"))
        return FAIL(ERR_RETRY, "retry");
    if (is_class(state, "57014") || is_class(state, "55P03"))
        return FAIL(ERR_UNAVAILABLE, "busy");
    /* Disk full, out of memory or connections, a standby that took over: the world, not us. */
    if (is_class(state, "53") || is_class(state, "58") || is_class(state, "25006")) {
        log_error("db.exhausted", "statement=%s sqlstate=%s", name, state);
        return FAIL(ERR_UNAVAILABLE, "busy");
    }
    BUG("statement %s: %s %s", name, state, PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY));
}
