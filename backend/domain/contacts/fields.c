#include "fields.h"
#include "contacts_private.h"
#include "trail.h"

#include "base/fold.h"

#include "contacts_fields.sql.h"

struct err
fields_load(struct cx *cx, struct field_def out[FIELDS_MAX], int *n)
{
    struct db_rows rows;

    TRY(db_many(cx, &SQL_field_list, &rows, P_ID(cx->account)));
    *n = rows.count;
    for (int i = 0; i < rows.count; i++) {
        struct db_row row = db_row_at(&rows, i);

        out[i] = (struct field_def){
            .id = db_i64(&row, 0),
            .name = db_str(&row, 1),
            .kind = db_str(&row, 2),
            .choices = db_str(&row, 3),
            .is_required = db_bool(&row, 5),
        };
    }
    return OK;
}

static bool
read_text(struct arena *a, const struct field_def *field, struct str typed, struct str *out)
{
    (void)a;
    (void)field;
    *out = typed;
    return true;
}

/* 1234.5, 1234,5 and 1.234,5 are one number; a lone point is the decimal one. */
static bool
read_number(struct arena *a, const struct field_def *field, struct str typed, struct str *out)
{
    struct buf buf = { .arena = a };
    bool has_comma = str_find(typed, ',') >= 0, has_point = false;
    size_t digits = 0;

    (void)field;
    for (size_t i = 0; i < typed.len; i++) {
        char c = typed.p[i];

        if (c == '-' && i == 0) {
            buf_char(&buf, c);
        } else if (c >= '0' && c <= '9') {
            buf_char(&buf, c);
            digits++;
        } else if (c == ',' || (c == '.' && !has_comma)) {
            if (has_point)
                return false;
            has_point = true;
            buf_char(&buf, '.');
        } else if (c != '.' || has_point) {
            return false;
        }
    }
    *out = buf_str(&buf);
    return digits > 0 && digits <= 18 && !str_ends(*out, STR("."));
}

static bool
is_day(int64_t year, int64_t month, int64_t day)
{
    static const int lengths[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
    bool leaps = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

    return year >= 1800 && year <= 9999 && month >= 1 && month <= 12 && day >= 1 &&
           day <= lengths[month - 1] + (month == 2 && leaps ? 1 : 0);
}

static bool
read_date(struct arena *a, const struct field_def *field, struct str typed, struct str *out)
{
    char divider = str_find(typed, '/') >= 0 ? '/' : '-';
    struct str rest = typed, word;
    int64_t parts[3];

    (void)field;
    for (int i = 0; i < 3; i++)
        if (!str_cut(&rest, divider, &word) || !str_i64(word, &parts[i]))
            return false;
    if (rest.len > 0)
        return false;
    if (divider == '/') {
        int64_t day = parts[0];

        parts[0] = parts[2];
        parts[2] = day;
    }
    *out = str_fmt(a, "%04d-%02d-%02d", (int)parts[0], (int)parts[1], (int)parts[2]);
    return is_day(parts[0], parts[1], parts[2]);
}

static bool
read_flag(struct arena *a, const struct field_def *field, struct str typed, struct str *out)
{
    static const struct {
        const char *word;
        bool means;
    } words[] = {
        { "true", true }, { "sim", true },    { "s", true },    { "yes", true },
        { "1", true },    { "false", false }, { "não", false }, { "nao", false },
        { "n", false },   { "no", false },    { "0", false },
    };

    (void)a;
    (void)field;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq_nocase(typed, str_of(words[i].word))) {
            *out = words[i].means ? STR("true") : STR("false");
            return true;
        }
    return false;
}

/* As the account wrote it, whatever the case it was typed in. */
static bool
read_choice(struct arena *a, const struct field_def *field, struct str typed, struct str *out)
{
    const struct json *choices;

    if (json_parse(a, field->choices, &choices).code != ERR_NONE)
        return false;
    for (size_t i = 0; i < json_len(choices); i++)
        if (str_eq_nocase(json_text(json_at(choices, i)), typed)) {
            *out = json_text(json_at(choices, i));
            return true;
        }
    return false;
}

static const struct {
    const char *kind;
    bool (*read)(struct arena *a, const struct field_def *field, struct str typed, struct str *out);
} readers[] = {
    { "text", read_text }, { "number", read_number }, { "date", read_date },
    { "flag", read_flag }, { "choice", read_choice },
};

struct err
field_normalise(struct arena *a, const struct field_def *field, struct str typed, struct str *out)
{
    typed = str_trim(typed);
    *out = STR("");
    if (typed.len == 0)
        return OK;
    if (str_code_points(typed) > FIELD_VALUE_MAX)
        return FAIL(ERR_INVALID, "too_long");
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (str_eq(field->kind, str_of(readers[i].kind)))
            return readers[i].read(a, field, typed, out) ? OK : FAIL(ERR_INVALID, "value_invalid");
    BUG("kind=%.*s", STR_ARG(field->kind));
}

static const struct field_def *
find_field(const struct field_def *fields, int n, int64_t id)
{
    for (int i = 0; i < n; i++)
        if (fields[i].id == id)
            return &fields[i];
    return NULL;
}

static struct err
refuse(struct cx *cx, enum err_code code, const char *slug, int64_t id)
{
    return FAIL_FIELD(code, slug,
                      str_cstr(cx->arena, str_fmt(cx->arena, "fields.%lld", (long long)id)));
}

/* One of the list: kept or forgotten. *id says of which. */
static struct err
save_one(struct cx *cx, struct contact_id contact, const struct field_def *fields, int n,
         const struct json *one, int64_t *id, bool *is_kept)
{
    const struct field_def *field;
    struct str value;
    struct err e;

    if (!json_i64(json_get(one, "field_id"), id) || (field = find_field(fields, n, *id)) == NULL)
        return FAIL_FIELD(ERR_NOT_FOUND, "field_unknown", "fields");
    e = field_normalise(cx->arena, field, json_get_text(one, "value"), &value);
    if (e.code != ERR_NONE)
        return refuse(cx, e.code, e.slug, *id);
    *is_kept = value.len > 0;
    if (!*is_kept && field->is_required)
        return refuse(cx, ERR_INVALID, "required", *id);
    if (*is_kept)
        db_queue(cx, &SQL_value_put, P_ID(cx->account), P_ID(contact), P_I64(*id), P_STR(value));
    else
        db_queue(cx, &SQL_value_forget, P_ID(cx->account), P_ID(contact), P_I64(*id));
    return OK;
}

struct err
fields_save(struct cx *cx, struct contact_id id, const struct json *values, bool is_new)
{
    struct field_def fields[FIELDS_MAX];
    bool has[FIELDS_MAX] = { false };
    int n;

    if (json_len(values) == 0 && !is_new)
        return OK;
    TRY(fields_load(cx, fields, &n));
    for (size_t i = 0; i < json_len(values); i++) {
        bool is_kept = false;
        int64_t of = 0;

        TRY(save_one(cx, id, fields, n, json_at(values, i), &of, &is_kept));
        for (int f = 0; f < n; f++)
            has[f] = has[f] || (fields[f].id == of && is_kept);
    }
    for (int f = 0; is_new && f < n; f++)
        if (fields[f].is_required && !has[f])
            return refuse(cx, ERR_INVALID, "required", fields[f].id);
    return OK;
}

/* --- as programs call them ---------------------------------------------------------------- */

struct str
contacts_field_key(struct arena *a, struct str name)
{
    struct str words = fold(a, name);
    struct buf key = { .arena = a };

    /* Variables begin with a letter. */
    if (words.len > 0 && words.p[0] >= '0' && words.p[0] <= '9')
        buf_add(&key, STR("n_"));
    for (size_t i = 0; i < words.len && key.len < CONTACT_FIELD_KEY_MAX; i++) {
        char c = words.p[i];
        bool is_word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');

        if (is_word || (key.len > 0 && key.p[key.len - 1] != '_'))
            buf_char(&key, is_word ? c : '_');
    }
    while (key.len > 0 && key.p[key.len - 1] == '_')
        key.len--;
    return buf_str(&key);
}

struct err
contacts_field_keys(struct cx *cx, struct str **keys, size_t *n)
{
    struct field_def fields[FIELDS_MAX];
    int count;

    TRY(fields_load(cx, fields, &count));
    *keys = arena_array(cx->arena, struct str, (size_t)count + 1);
    *n = (size_t)count;
    for (int i = 0; i < count; i++)
        (*keys)[i] = contacts_field_key(cx->arena, fields[i].name);
    return OK;
}

void
contacts_ask_fields(struct cx *cx, struct contact_id id, struct db_rows *rows)
{
    db_ask(cx, &SQL_value_list, rows, P_ID(cx->account), P_ID(id));
}

struct contact_field
contacts_field_at(struct cx *cx, const struct db_rows *rows, int i)
{
    struct db_row row = db_row_at(rows, i);

    return (struct contact_field){ contacts_field_key(cx->arena, db_str(&row, 0)), db_str(&row, 1),
                                   db_str(&row, 2) };
}

static struct err
learn(struct cx *cx, struct contact_id id, const struct field_def *field, struct str typed)
{
    const char *name = str_cstr(cx->arena, str_fmt(cx->arena, "fields.%lld", (long long)field->id));
    struct audit_change change = { 0 };
    struct str value, before = { 0 };
    struct db_row row;
    bool found;

    TRY(field_normalise(cx->arena, field, typed, &value));
    if (value.len == 0 && field->is_required)
        return refuse(cx, ERR_INVALID, "required", field->id);
    TRY(db_opt(cx, &SQL_value_get, &found, &row, P_ID(cx->account), P_ID(id), P_I64(field->id)));
    if (found)
        before = db_str(&row, 0);
    if (str_eq(before, value))
        return OK;
    if (value.len > 0)
        db_queue(cx, &SQL_value_put, P_ID(cx->account), P_ID(id), P_I64(field->id), P_STR(value));
    else
        db_queue(cx, &SQL_value_forget, P_ID(cx->account), P_ID(id), P_I64(field->id));
    TRY(contacts_note_field(cx, id, &change, name, before, value));
    audit_changed(cx, "contact.edited", "contact", id.v, &change);
    contact_tell(cx, id);
    return OK;
}

struct err
contacts_learn(struct cx *cx, struct contact_id id, struct str key, struct str value)
{
    struct field_def fields[FIELDS_MAX];
    int n;

    TRY(contact_lock(cx, id));
    TRY(fields_load(cx, fields, &n));
    for (int i = 0; i < n; i++)
        if (str_eq(contacts_field_key(cx->arena, fields[i].name), key))
            return learn(cx, id, &fields[i], value);
    return FAIL(ERR_NOT_FOUND, "field_unknown");
}
