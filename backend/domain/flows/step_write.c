/*
 * Writing variables: those of the run, and the account's own fields of contact and ticket. A value fits its type or it
 * is not kept.
 */
#include "step_private.h"

#include "base/clock.h"
#include "base/fold.h"

enum { VALUE_UNITS_MAX = 2000, LIST_ITEMS_MAX = 50 };

struct run_variable *
step_variable(struct step *s, struct str name)
{
    struct run *run = s->run;
    struct run_variable *known = run_variable(run, name);
    size_t size = sizeof(*known);

    if (known != NULL)
        return known;
    if (run->variable_count == RUN_VARIABLES_MAX) {
        step_fall(s, "variables");
        return NULL;
    }
    run->variables = arena_grow(s->arena, run->variables, run->variable_count * size,
                                (run->variable_count + 1) * size);
    known = &run->variables[run->variable_count++];
    *known = (struct run_variable){ .name = name };
    return known;
}

/* --- what fits -------------------------------------------------------------------- */

/* How each type is spelled, and whose normal form that is; NULL: any text will do. */
static const char *const spelled_by[] = {
    [VARIABLE_NUMBER] = "number",     [VARIABLE_DATE] = "date",   [VARIABLE_TIME] = "time",
    [VARIABLE_DOCUMENT] = "cpf_cnpj", [VARIABLE_PHONE] = "phone", [VARIABLE_EMAIL] = "email",
    [VARIABLE__COUNT] = NULL,
};

static bool
is_whole(struct str text)
{
    int64_t whole;

    return str_i64(text, &whole);
}

/* Exact and plain: 1234.500 stays what it is, though people would read it as thousands. */
static bool
is_number(struct str text)
{
    size_t digits = 0, points = 0;

    for (size_t i = text.len > 0 && text.p[0] == '-' ? 1 : 0; i < text.len; i++) {
        digits += text.p[i] >= '0' && text.p[i] <= '9';
        points += text.p[i] == '.';
        if ((text.p[i] < '0' || text.p[i] > '9') && text.p[i] != '.')
            return false;
    }
    return digits > 0 && points <= 1;
}

static bool
is_moment(struct str text)
{
    int64_t us;

    return clock_parse(text, &us) || (text.len == 19 && text.p[10] == 'T');
}

/* In normal form already; written so by a card. */
static bool
is_normal(enum variable_type type, struct str text)
{
    switch (type) {
    case VARIABLE_NUMBER: return is_number(text);
    case VARIABLE_MONEY: return is_whole(text);
    case VARIABLE_BOOLEAN: return str_eq(text, STR("true")) || str_eq(text, STR("false"));
    case VARIABLE_DATETIME: return is_moment(text);
    case VARIABLE_TEXT:
    case VARIABLE_LIST:
    case VARIABLE_FILE:
    case VARIABLE_LOCATION: return true;
    case VARIABLE_DATE:
    case VARIABLE_TIME:
    case VARIABLE_DOCUMENT:
    case VARIABLE_PHONE:
    case VARIABLE_EMAIL:
    case VARIABLE__COUNT: break;
    }
    return false;
}

static bool
fits(struct step *s, enum variable_type type, struct str text, struct str *normal)
{
    struct said said = { .form = FORM_TEXT, .text = text };
    struct validator_limits limits = { .allows_international = true };
    struct validator_call call = { s->arena, &said, &limits, step_local_us(s) / US_PER_DAY };
    struct valid valid;

    *normal = text;
    if (is_normal(type, text))
        return true;
    if (spelled_by[type] == NULL ||
        validate(validators_find(str_of(spelled_by[type])), &call, &valid) != VERDICT_VALID)
        return false;
    *normal = valid.value;
    return true;
}

static struct str
bounded(struct variable_value value)
{
    struct str rest = value.text, item;
    int items = 0;

    if (value.type != VARIABLE_LIST)
        return fold_first_units(value.text, VALUE_UNITS_MAX);
    while (items < LIST_ITEMS_MAX && str_cut(&rest, '\n', &item))
        items++;
    if (rest.len > 0)
        value.text.len = (size_t)(rest.p - value.text.p) - 1;
    return fold_first_units(value.text, VALUE_UNITS_MAX * LIST_ITEMS_MAX / 10);
}

/* --- writing ---------------------------------------------------------------------- */

const struct flow_variable *
step_declared(const struct step *s, struct str name)
{
    const struct flow_document *flows[] = { s->document, step_root(s) };

    for (size_t i = 0; i < sizeof(flows) / sizeof(flows[0]); i++)
        for (int k = 0; flows[i] != NULL && k < flows[i]->variable_count; k++)
            if (str_eq(flows[i]->variables[k].name, name))
                return &flows[i]->variables[k];
    return NULL;
}

static bool
is_field(struct str name)
{
    return str_starts(name, STR("contact.fields.")) || str_starts(name, STR("ticket.fields."));
}

static void
say_written(struct step *s, struct str name, struct variable_value value)
{
    step_emit(s, EFFECT_VAR)->data = step_object(
        s, (struct pair[]){
               { "name", name },
               { "type", str_of(value.text.len > 0 ? variable_type_names[value.type] : NULL) },
               { "value", value.text },
               { "clear", str_of(value.text.len > 0 ? "" : "true") },
               { 0 } });
}

static void
write_value(struct step *s, struct str name, struct variable_value value)
{
    struct run_variable *variable;

    if (is_field(name)) {
        facts_set(s->arena, s->facts, name, value);
    } else {
        variable = step_variable(s, name);
        if (variable == NULL)
            return;
        variable->value = value;
        variable->is_sealed = false;
    }
    say_written(s, name, value);
}

void
step_set(struct step *s, struct str name, struct variable_value value)
{
    const struct flow_variable *declared = step_declared(s, name);

    if (s->next.what != NEXT_UNDECIDED)
        return;
    if (declared != NULL)
        value.type = declared->type;
    if (value.text.len > 0 && !fits(s, value.type, value.text, &value.text)) {
        step_remark(s, "type");
        value.text = (struct str){ 0 };
    }
    value.text = bounded(value);
    write_value(s, name, value);
}

void
step_clear(struct step *s, struct str name)
{
    struct variable_value nothing = { .type = VARIABLE_TEXT };

    if (s->next.what == NEXT_UNDECIDED)
        write_value(s, name, nothing);
}
