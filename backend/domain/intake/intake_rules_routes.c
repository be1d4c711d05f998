/*
 * What an account asks of new contacts, and its privacy terms: two forms over one row. Whenever the words
 * that people agree to change, they are kept under a new version.
 */
#include "intake.h"

#include "words.h"

#include "domain/audit/audit.h"
#include "domain/org/org.h"
#include "domain/variables/variables.h"

#include "intake.sql.h"

enum { TEXT_MAX_CHARS = 1000, URL_MAX_CHARS = 500, TRIES_MOST = 10 };

struct wishes {
    bool saves_contacts;
    struct str restriction; /* none, approve */
    bool asks_consent, asks_birth_date, asks_document;
    struct str request_text;
    int64_t tries;
    int64_t consent_version;
    struct str terms_url;
    bool requires_terms;
    int64_t terms_version;
    struct str locale;
    struct str terms_wording, consent_wording; /* of these versions; .p == NULL: none yet */
};

static struct wishes
wishes_from_row(const struct db_row *row)
{
    return (struct wishes){
        .saves_contacts = db_bool(row, 0),
        .restriction = db_str(row, 1),
        .asks_consent = db_bool(row, 2),
        .asks_birth_date = db_bool(row, 3),
        .asks_document = db_bool(row, 4),
        .request_text = db_str(row, 5),
        .tries = db_i64(row, 6),
        .consent_version = db_i64(row, 7),
        .terms_url = db_str(row, 8),
        .requires_terms = db_bool(row, 9),
        .terms_version = db_i64(row, 10),
        .locale = db_str(row, 11),
        .terms_wording = db_str(row, 12),
        .consent_wording = db_str(row, 13),
    };
}

static struct err
read_wishes(struct cx *cx, const struct db_stmt *stmt, struct wishes *out)
{
    struct db_row row;

    TRY(db_one(cx, stmt, &row, P_ID(cx->account)));
    *out = wishes_from_row(&row);
    return OK;
}

/* Words that nobody agreed to under this number yet. */
static void
renew(struct cx *cx, const char *kind, struct str wording, struct str *was, int64_t *version)
{
    if (was->p != NULL && str_eq(*was, wording))
        return;
    *was = wording;
    db_queue(cx, &SQL_wording_add, P_ID(cx->account), P_STR(str_of(kind)), P_I64(++*version),
             P_STR(wording), P_TIME(cx->now_us));
}

static struct err
save(struct cx *cx, const struct wishes *before, struct wishes *after)
{
    struct audit_change change = { 0 };
    struct str request =
        after->request_text.len > 0 ? after->request_text : words_request(after->locale);

    if (after->terms_url.len > 0)
        renew(cx, "terms", words_terms(cx->arena, after->locale, after->terms_url),
              &after->terms_wording, &after->terms_version);
    if (after->asks_consent)
        renew(cx, "data_storage", words_consent(cx->arena, after->locale, request),
              &after->consent_wording, &after->consent_version);
    db_queue(cx, &SQL_intake_settings_save, P_ID(cx->account), P_BOOL(after->saves_contacts),
             P_STR(after->restriction), P_BOOL(after->asks_consent), P_BOOL(after->asks_birth_date),
             P_BOOL(after->asks_document), P_STR(after->request_text), P_I64(after->tries),
             P_I64(after->consent_version), P_STR(after->terms_url), P_BOOL(after->requires_terms),
             P_I64(after->terms_version));
    audit_flag(&change, "asks_birth_date", before->asks_birth_date, after->asks_birth_date);
    audit_flag(&change, "asks_consent", before->asks_consent, after->asks_consent);
    audit_flag(&change, "asks_document", before->asks_document, after->asks_document);
    audit_text(&change, "request_text", before->request_text, after->request_text);
    audit_flag(&change, "requires_terms", before->requires_terms, after->requires_terms);
    audit_text(&change, "restriction", before->restriction, after->restriction);
    audit_flag(&change, "saves_contacts", before->saves_contacts, after->saves_contacts);
    audit_text(&change, "terms_url", before->terms_url, after->terms_url);
    audit_number(&change, "terms_version", before->terms_version, after->terms_version);
    audit_number(&change, "tries", before->tries, after->tries);
    audit_changed(cx, "settings.edited", "account", cx->account.v, &change);
    org_tell(cx);
    return OK;
}

static void
contacts_write(struct json_out *o, const void *value)
{
    const struct wishes *w = value;

    json_open(o, '{');
    json_kv_bool(o, "saves_contacts", w->saves_contacts);
    json_kv_str(o, "restriction", w->restriction);
    json_kv_bool(o, "asks_consent", w->asks_consent);
    json_kv_bool(o, "asks_birth_date", w->asks_birth_date);
    json_kv_bool(o, "asks_document", w->asks_document);
    json_kv_str(o, "request_text", w->request_text);
    json_kv_str(o, "request_default", words_request(w->locale));
    json_kv_i64(o, "tries", w->tries);
    json_close(o, '}');
}

static struct err
get_contacts_settings(struct cx *cx, struct req *req, struct res *res)
{
    struct wishes wishes;

    (void)req;
    TRY(read_wishes(cx, &SQL_intake_settings_get, &wishes));
    return res_json(res, 200, contacts_write, &wishes);
}

static const struct json_field contacts_fields[] = {
    { "asks_birth_date", JSON_FLAG, false, offsetof(struct wishes, asks_birth_date), 0 },
    { "asks_consent", JSON_FLAG, false, offsetof(struct wishes, asks_consent), 0 },
    { "asks_document", JSON_FLAG, false, offsetof(struct wishes, asks_document), 0 },
    { "request_text", JSON_STR, false, offsetof(struct wishes, request_text), TEXT_MAX_CHARS },
    { "restriction", JSON_STR, false, offsetof(struct wishes, restriction), 20 },
    { "saves_contacts", JSON_FLAG, false, offsetof(struct wishes, saves_contacts), 0 },
    { "tries", JSON_I64, false, offsetof(struct wishes, tries), 0 },
    { 0 },
};

static struct err
patch_contacts_settings(struct cx *cx, struct req *req, struct res *res)
{
    struct wishes before, after;

    TRY(read_wishes(cx, &SQL_intake_settings_lock, &before));
    after = before;
    TRY(req_body(req, contacts_fields, &after));
    after.request_text = str_trim(after.request_text);
    if (!str_eq(after.restriction, STR("none")) && !str_eq(after.restriction, STR("approve")))
        return FAIL_FIELD(ERR_INVALID, "unknown_value", "restriction");
    if (after.tries < 1 || after.tries > TRIES_MOST)
        return FAIL_FIELD(ERR_INVALID, "out_of_range", "tries");
    TRY(variables_require(cx, after.request_text, "request_text"));
    TRY(save(cx, &before, &after));
    return res_json(res, 200, contacts_write, &after);
}

static void
terms_write(struct json_out *o, const void *value)
{
    const struct wishes *w = value;

    json_open(o, '{');
    json_kv_str(o, "url", w->terms_url);
    json_kv_bool(o, "is_required", w->requires_terms);
    json_kv_i64(o, "version", w->terms_version);
    json_kv_str(o, "wording", w->terms_wording.p == NULL ? STR("") : w->terms_wording);
    json_close(o, '}');
}

static struct err
get_terms(struct cx *cx, struct req *req, struct res *res)
{
    struct wishes wishes;

    (void)req;
    TRY(read_wishes(cx, &SQL_intake_settings_get, &wishes));
    return res_json(res, 200, terms_write, &wishes);
}

/* A link that people are sent: encrypted, to a name, without blanks, braces or somebody's password in it. */
static struct err
check_url(struct str url)
{
    static const char scheme[] = "https://";
    struct str rest, host = STR("");

    if (url.len == 0)
        return OK;
    if (!str_starts(url, str_of(scheme)))
        return FAIL_FIELD(ERR_INVALID, "url_invalid", "url");
    rest = (struct str){ url.p + sizeof scheme - 1, url.len - (sizeof scheme - 1) };
    for (size_t i = 0; i < rest.len; i++)
        if ((unsigned char)rest.p[i] <= ' ' || strchr("{}<>\"\\^`|@", rest.p[i]) != NULL)
            return FAIL_FIELD(ERR_INVALID, "url_invalid", "url");
    (void)str_cut(&rest, '/', &host);
    return str_find(host, '.') > 0 ? OK : FAIL_FIELD(ERR_INVALID, "url_invalid", "url");
}

static const struct json_field terms_fields[] = {
    { "is_required", JSON_FLAG, false, offsetof(struct wishes, requires_terms), 0 },
    { "url", JSON_STR, false, offsetof(struct wishes, terms_url), URL_MAX_CHARS },
    { 0 },
};

static struct err
patch_terms(struct cx *cx, struct req *req, struct res *res)
{
    struct wishes before, after;

    TRY(read_wishes(cx, &SQL_intake_settings_lock, &before));
    after = before;
    TRY(req_body(req, terms_fields, &after));
    after.terms_url = str_trim(after.terms_url);
    TRY(check_url(after.terms_url));
    if (after.requires_terms && after.terms_url.len == 0)
        return FAIL_FIELD(ERR_INVALID, "required", "url");
    TRY(save(cx, &before, &after));
    return res_json(res, 200, terms_write, &after);
}

const struct route intake_rules_routes[] = {
    { GET, "/api/v1/settings/contacts", "settings.view", TX_READ, get_contacts_settings,
      ACCESS_MEMBER, BODY_NONE, NULL },
    { PATCH, "/api/v1/settings/contacts", "settings.manage", TX_WRITE, patch_contacts_settings,
      ACCESS_MEMBER, BODY_JSON, "settings.edited" },
    { GET, "/api/v1/settings/terms", "settings.view", TX_READ, get_terms, ACCESS_MEMBER, BODY_NONE,
      NULL },
    { PATCH, "/api/v1/settings/terms", "privacy_terms.manage", TX_WRITE, patch_terms, ACCESS_MEMBER,
      BODY_JSON, "settings.edited" },
    { 0 },
};
