/*
 * The filters that may stand behind a name, and how a value is said when none does.
 */
#include "variables_private.h"

struct variable_value
filter_said(struct str text)
{
    return (struct variable_value){ VARIABLE_TEXT, text.len > 0 ? text : STR("") };
}

static struct variable_value
filter_default(const struct filter_call *call, struct variable_value value)
{
    return value.text.len > 0 ? value : filter_said(call->arguments[0]);
}

static int64_t
items_of(struct str list)
{
    struct str item;
    int64_t n = 0;

    while (str_cut(&list, '\n', &item))
        n += item.len > 0;
    return n;
}

static struct variable_value
filter_count(const struct filter_call *call, struct variable_value value)
{
    return (struct variable_value){
        VARIABLE_NUMBER,
        str_fmt(call->arena, "%lld", (long long)items_of(value.text)),
    };
}

static struct str
joined(struct arena *a, struct str list, struct str between)
{
    struct buf b = { .arena = a };
    struct str item;

    while (str_cut(&list, '\n', &item)) {
        if (item.len > 0 && b.len > 0)
            buf_add(&b, between);
        buf_add(&b, item);
    }
    return buf_str(&b);
}

static struct variable_value
filter_join(const struct filter_call *call, struct variable_value value)
{
    return filter_said(joined(call->arena, value.text, call->arguments[0]));
}

const struct filter filters[] = {
    { "default", 1, 1, NULL, filter_default },
    { "upper", 0, 0, NULL, filter_upper },
    { "lower", 0, 0, NULL, filter_lower },
    { "title", 0, 0, NULL, filter_title },
    { "first_name", 0, 0, NULL, filter_first_name },
    { "trim", 0, 0, NULL, filter_trim },
    { "digits", 0, 0, NULL, filter_digits },
    { "truncate", 1, 1, filter_fits_number, filter_truncate },
    { "mask", 0, 0, NULL, filter_mask },
    { "cpf", 0, 0, NULL, filter_cpf },
    { "cnpj", 0, 0, NULL, filter_cnpj },
    { "document", 0, 0, NULL, filter_document },
    { "phone", 0, 0, NULL, filter_phone },
    { "date", 0, 1, NULL, filter_date },
    { "time", 0, 0, NULL, filter_time },
    { "weekday", 0, 0, NULL, filter_weekday },
    { "relative", 0, 0, NULL, filter_relative },
    { "number", 0, 1, filter_fits_number, filter_number },
    { "money", 0, 0, NULL, filter_money },
    { "join", 1, 1, NULL, filter_join },
    { "count", 0, 0, NULL, filter_count },
    { "plural", 2, 2, NULL, filter_plural },
    { "spell", 0, 0, NULL, filter_spell },
    { "url", 0, 0, NULL, filter_url },
    { "json", 0, 0, NULL, filter_json },
    { 0 },
};

const struct filter *
filters_find(struct str name)
{
    for (const struct filter *f = filters; f->name != NULL; f++)
        if (str_eq(name, str_of(f->name)))
            return f;
    return NULL;
}

bool
filters_is_default(const struct filter *filter)
{
    return filter->apply == filter_default;
}

/* How a type is said that is not said as it is. */
static filter_apply *const printed[VARIABLE__COUNT] = {
    [VARIABLE_NUMBER] = filter_number,     [VARIABLE_DATE] = filter_date,
    [VARIABLE_DATETIME] = filter_date,     [VARIABLE_TIME] = filter_time,
    [VARIABLE_DOCUMENT] = filter_document, [VARIABLE_PHONE] = filter_phone,
    [VARIABLE_MONEY] = filter_money,
};

static struct str
said_boolean(struct str text)
{
    return str_eq(text, STR("true")) ? STR("sim") : str_eq(text, STR("false")) ? STR("não") : text;
}

struct str
filters_print(struct arena *a, struct variable_value value)
{
    const struct filter_call call = { .arena = a };

    if (value.type == VARIABLE_BOOLEAN)
        value.text = said_boolean(value.text);
    else if (value.type == VARIABLE_LIST)
        value.text = joined(a, value.text, STR(", "));
    else if (printed[value.type] != NULL)
        value.text = printed[value.type](&call, value).text;
    return filter_said(value.text).text;
}
