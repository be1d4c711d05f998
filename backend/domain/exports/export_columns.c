/*
 * The columns of the file, a row each, in two languages: what the list and the contact's page show. The account's
 * own fields follow them.
 */
#include "exports_private.h"

#include "domain/auth/auth.h"

#include "exports.sql.h"

enum { PT, EN, LOCALES };
static const char *const locales[LOCALES] = { "pt-BR", "en" };

int
export_locale_find(struct str locale)
{
    for (int i = 0; i < LOCALES; i++)
        if (str_eq(locale, str_of(locales[i])))
            return i;
    return -1;
}

/* Columns of the statement. */
enum {
    ID,
    NAME,
    PHONES,
    EMAIL,
    ADDRESSES,
    DOCUMENTS,
    GROUPS,
    TAGS,
    CONSENT,
    MARKETING,
    TERMS,
    DATA_STORAGE,
    BIRTH,
    NOTES,
    BLOCKED,
    CREATED,
    ACTIVE,
    VALUES
};

/* --- how a cell is written --------------------------------------------------------------- */

static struct str
as_is(struct arena *a, struct str text, int locale)
{
    (void)a;
    (void)locale;
    return text;
}

/* Divided, so that no spreadsheet takes it for a number; without its +, which begins a formula. */
static struct str
print_phone(struct arena *a, struct str phone)
{
    if (str_starts(phone, STR("+")))
        return (struct str){ phone.p + 1, phone.len - 1 };
    if (str_starts(phone, STR("55")) && (phone.len == 12 || phone.len == 13) &&
        str_digits(a, phone).len == phone.len)
        return str_fmt(a, "55 %.2s %.*s-%.4s", phone.p + 2, (int)phone.len - 8, phone.p + 4,
                       phone.p + phone.len - 4);
    return str_fmt(a, "%.*s %.*s", phone.len > 2 ? 2 : (int)phone.len, phone.p,
                   phone.len > 2 ? (int)phone.len - 2 : 0, phone.p + 2);
}

static struct str
first_phone(struct arena *a, struct str phones, int locale)
{
    struct str first;

    (void)locale;
    return str_cut(&phones, ',', &first) ? print_phone(a, first) : STR("");
}

static struct str
join(struct arena *a, struct str list, struct str (*print)(struct arena *a, struct str one))
{
    struct buf out = { .arena = a };
    struct str one;

    while (str_cut(&list, ',', &one)) {
        if (out.len > 0)
            buf_add(&out, STR(", "));
        buf_add(&out, print(a, one));
    }
    return buf_str(&out);
}

static struct str
other_phones(struct arena *a, struct str phones, int locale)
{
    struct str first;

    (void)locale;
    return str_cut(&phones, ',', &first) ? join(a, phones, print_phone) : STR("");
}

/* Under a mask it is printed already. */
static struct str
print_document(struct arena *a, struct str document)
{
    return document.len == CPF_LENGTH || document.len == CNPJ_LENGTH ? document_print(a, document)
                                                                     : document;
}

static struct str
documents(struct arena *a, struct str list, int locale)
{
    (void)locale;
    return join(a, list, print_document);
}

/* What rows hold for programs, and people read. */
static const struct {
    const char *word, *said[LOCALES];
} words[] = {
    { "granted", { "Sim", "Yes" } }, { "withdrawn", { "Retirado", "Withdrawn" } },
    { "none", { "", "" } },          { "t", { "Sim", "Yes" } },
    { "f", { "Não", "No" } },        { "true", { "Sim", "Yes" } },
    { "false", { "Não", "No" } },
};

static struct str
in_words(struct arena *a, struct str word, int locale)
{
    (void)a;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq(word, str_of(words[i].word)))
            return str_of(words[i].said[locale]);
    return word;
}

/* "12.5" would be the twelfth of May in a Brazilian spreadsheet. */
static struct str
number(struct arena *a, struct str value, int locale)
{
    struct buf out = { .arena = a };

    for (size_t i = 0; i < value.len; i++)
        buf_char(&out, locale == PT && value.p[i] == '.' ? ',' : value.p[i]);
    return buf_str(&out);
}

/* --- the columns --------------------------------------------------------------------------- */

typedef struct str (*print_cell)(struct arena *a, struct str value, int locale);

static const struct {
    int from;
    const char *title[LOCALES];
    print_cell print;
} columns[] = {
    { NAME, { "Nome", "Name" }, as_is },
    { PHONES, { "Telefone", "Phone" }, first_phone },
    { PHONES, { "Outros telefones", "Other phones" }, other_phones },
    { EMAIL, { "E-mail", "E-mail" }, as_is },
    { ADDRESSES, { "Outras identidades", "Other identities" }, as_is },
    { DOCUMENTS, { "CPF/CNPJ", "CPF/CNPJ" }, documents },
    { GROUPS, { "Grupos", "Groups" }, as_is },
    { TAGS, { "Etiquetas", "Tags" }, as_is },
    { CONSENT, { "Aceita mensagens", "Agrees to messages" }, in_words },
    { MARKETING, { "Aceita divulgação", "Agrees to marketing" }, in_words },
    { TERMS, { "Aceitou os termos", "Accepted the terms" }, in_words },
    { DATA_STORAGE, { "Autorizou guardar dados", "Agrees to data storage" }, in_words },
    { BIRTH, { "Nascimento", "Born" }, as_is },
    { NOTES, { "Anotações", "Notes" }, as_is },
    { BLOCKED, { "Bloqueado", "Blocked" }, in_words },
    { CREATED, { "Criado em", "Created" }, as_is },
    { ACTIVE, { "Última atividade", "Last active" }, as_is },
};
enum { COLUMNS = sizeof columns / sizeof columns[0] };

static print_cell
print_of(struct str kind)
{
    if (str_eq(kind, STR("number")))
        return number;
    return str_eq(kind, STR("flag")) ? in_words : as_is;
}

/* NULL is an empty cell. */
static struct str
whole(struct str text)
{
    return text.p == NULL ? STR("") : text;
}

static struct err
load_fields(struct cx *cx, const struct writing *w, struct db_rows *fields)
{
    return db_many(cx, &SQL_export_fields, fields, P_ID(cx->account), P_STR(w->field_ids));
}

struct err
export_put_titles(struct cx *cx, const struct writing *w, const struct export_format *format,
                  struct buf *rows)
{
    int locale = export_locale_find(w->locale);
    struct str cells[COLUMNS + OWN_COLUMNS_MAX];
    struct db_rows fields;

    TRY(load_fields(cx, w, &fields));
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = str_of(columns[i].title[locale]);
    for (int i = 0; i < fields.count; i++) {
        struct db_row field = db_row_at(&fields, i);

        cells[COLUMNS + i] = db_str(&field, 0);
    }
    format->put_row(rows, cells, (size_t)(COLUMNS + fields.count));
    return OK;
}

static struct err
put_contact(struct cx *cx, const struct export_format *format, const struct db_row *row, int locale,
            const struct db_rows *fields, struct buf *rows)
{
    struct str cells[COLUMNS + OWN_COLUMNS_MAX];
    const struct json *values;

    TRY(json_parse(cx->arena, db_str(row, VALUES), &values));
    for (size_t i = 0; i < COLUMNS; i++)
        cells[i] = columns[i].print(cx->arena, whole(db_str(row, columns[i].from)), locale);
    for (int i = 0; i < fields->count; i++) {
        struct db_row field = db_row_at(fields, i);

        cells[COLUMNS + i] = print_of(db_str(&field, 1))(
            cx->arena, whole(json_text(json_at(values, (size_t)i))), locale);
    }
    format->put_row(rows, cells, (size_t)(COLUMNS + fields->count));
    return OK;
}

struct err
export_put_contacts(struct cx *cx, const struct writing *w, const struct export_format *format,
                    const int64_t *ids, int n, struct buf *rows)
{
    int locale = export_locale_find(w->locale);
    struct db_rows contacts, fields;

    TRY(load_fields(cx, w, &fields));
    TRY(db_many(cx, &SQL_export_contacts, &contacts, P_ID(cx->account),
                db_p_i64s(cx->arena, ids, (size_t)n), P_STR(w->field_ids),
                P_BOOL(access_may(cx, "customers.view")), P_BOOL(access_may(cx, "consents.view"))));
    for (int i = 0; i < contacts.count; i++) {
        struct db_row row = db_row_at(&contacts, i);

        TRY(put_contact(cx, format, &row, locale, &fields, rows));
    }
    return OK;
}
