#include "compare.h"

#include "decimals.h"
#include "values.h"

#include "base/fold.h"

const char *const compare_ops[] = {
    "eq", "ne",  "contains", "not_contains", "starts_with", "gt",        "gte",
    "lt", "lte", "between",  "in",           "empty",       "not_empty", NULL,
};
const char *const compare_between[] = { "between", NULL };

/* Two values in a form in which they can be held against each other. */
struct pair {
    struct step *s;
    enum variable_type type;
    struct str a, b;
};

/* An author writes as people do; a variable's value is already in its form. */
static struct str
operand(struct step *s, enum variable_type type, struct str text)
{
    struct variable_value value;

    if (!str_has(text, STR("{{"))) {
        struct str normal = value_spelled(s, type, text);

        value = (struct variable_value){ type == VARIABLE_MONEY      ? VARIABLE_NUMBER
                                         : type == VARIABLE_DATETIME ? VARIABLE_DATE
                                                                     : type,
                                         normal };
    } else {
        value = value_of(s, text);
    }
    /* Money is in cents, and numbers beside it in reais. */
    if (type == VARIABLE_MONEY && value.type != VARIABLE_MONEY) {
        struct decimal reais;

        if (!decimal_read(value.text, &reais))
            return (struct str){ 0 };
        return decimal_print(step_arena(s), decimal_in_cents(reais));
    }
    return value.text;
}

static bool
is_number(enum variable_type type)
{
    return type == VARIABLE_NUMBER || type == VARIABLE_MONEY;
}

static bool
is_moment(enum variable_type type)
{
    return type == VARIABLE_DATE || type == VARIABLE_DATETIME || type == VARIABLE_TIME;
}

/* -1, 0, 1; false: they have no order. */
static bool
order(const struct pair *pair, int *out)
{
    struct decimal a, b;
    struct str x = pair->a, y = pair->b;

    if (is_moment(pair->type) && x.len > 0 && y.len > 0) {
        size_t shorter = x.len < y.len ? x.len : y.len;

        *out = memcmp(x.p, y.p, shorter);
        return true;
    }
    if (pair->type == VARIABLE_LIST || !decimal_read(x, &a) || !decimal_read(y, &b))
        return false;
    *out = decimal_compare(a, b);
    return true;
}

static struct str
folded_boolean(struct arena *a, struct str text)
{
    struct str said = fold(a, text);

    if (str_eq(said, STR("sim")) || str_eq(said, STR("1")))
        return STR("true");
    if (str_eq(said, STR("nao")) || str_eq(said, STR("0")))
        return STR("false");
    return said;
}

static bool
is_equal(const struct pair *pair)
{
    struct arena *a = step_arena(pair->s);
    int how;

    if (is_number(pair->type) || is_moment(pair->type))
        return order(pair, &how) && how == 0;
    if (pair->type == VARIABLE_BOOLEAN)
        return str_eq(folded_boolean(a, pair->a), folded_boolean(a, pair->b));
    return str_eq(fold(a, pair->a), fold(a, pair->b));
}

static bool
has(const struct pair *pair)
{
    struct str part = fold(step_arena(pair->s), pair->b);

    return part.len > 0 && str_has(fold(step_arena(pair->s), pair->a), part);
}

static bool
starts(const struct pair *pair)
{
    struct str part = fold(step_arena(pair->s), pair->b);

    return part.len > 0 && str_starts(fold(step_arena(pair->s), pair->a), part);
}

static bool
is_ordered(const struct pair *pair, int low, int high)
{
    int how;

    if (!order(pair, &how)) {
        step_remark(pair->s, "type");
        return false;
    }
    how = (how > 0) - (how < 0);
    return how >= low && how <= high;
}

static bool
gt(const struct pair *pair)
{
    return is_ordered(pair, 1, 1);
}

static bool
gte(const struct pair *pair)
{
    return is_ordered(pair, 0, 1);
}

static bool
lt(const struct pair *pair)
{
    return is_ordered(pair, -1, -1);
}

static bool
lte(const struct pair *pair)
{
    return is_ordered(pair, -1, 0);
}

static const struct {
    const char *op;
    bool (*holds)(const struct pair *pair);
    bool is_denied;  /* the opposite of it, of every item of a list */
    bool is_of_text; /* whatever the type: a part of a number is no number of its own */
} ops[] = {
    { "eq", is_equal, false, false },       { "ne", is_equal, true, false },
    { "contains", has, false, true },       { "not_contains", has, true, true },
    { "starts_with", starts, false, true }, { "gt", gt, false, false },
    { "gte", gte, false, false },           { "lt", lt, false, false },
    { "lte", lte, false, false },
};

static bool
is_op(struct str op, const char *name)
{
    return str_eq(op, str_of(name));
}

/* One item of a list, or what is no list. */
static bool
holds_of(struct pair *pair, bool (*holds)(const struct pair *))
{
    struct str rest = pair->a;
    struct pair one = *pair;

    if (pair->type != VARIABLE_LIST)
        return holds(pair);
    one.type = VARIABLE_TEXT;
    while (str_cut(&rest, '\n', &one.a))
        if (one.a.len > 0 && holds(&one))
            return true;
    return false;
}

static bool
is_one_of(struct step *s, struct variable_value value, struct str list)
{
    struct str rest = str_has(list, STR("{{")) ? value_text(s, list).text : list, line, item;

    while (str_cut(&rest, '\n', &line))
        while (str_cut(&line, ',', &item)) {
            struct pair pair = { s, value.type, value.text,
                                 operand(s, value.type, str_trim(item)) };

            if (pair.b.len > 0 && holds_of(&pair, is_equal))
                return true;
        }
    return false;
}

static bool
fits(struct step *s, enum variable_type type, struct str operand_text)
{
    bool does = operand_text.len > 0 || type == VARIABLE_TEXT || type == VARIABLE_LIST;

    if (!does)
        step_remark(s, "type");
    return does;
}

static bool
is_between(struct pair *pair, const struct json *rule)
{
    struct str low = operand(pair->s, pair->type, json_get_text(rule, "value"));
    struct str high = operand(pair->s, pair->type, json_get_text(rule, "value2"));

    if (!fits(pair->s, pair->type, low) || !fits(pair->s, pair->type, high))
        return false;
    pair->b = low;
    if (!holds_of(pair, gte))
        return false;
    pair->b = high;
    return holds_of(pair, lte);
}

bool
compare_holds(struct step *s, struct variable_value value, const struct json *rule)
{
    struct str op = json_get_text(rule, "op"), other = json_get_text(rule, "value");
    struct pair pair = { s, value.type, value.text, { 0 } };

    if (is_op(op, "empty") || is_op(op, "not_empty"))
        return (value.text.len == 0) == is_op(op, "empty");
    if (value.text.len == 0)
        return is_op(op, "ne") || is_op(op, "not_contains");
    if (is_op(op, "in"))
        return is_one_of(s, value, other);
    if (is_op(op, "between"))
        return is_between(&pair, rule);
    for (size_t i = 0; i < sizeof ops / sizeof ops[0]; i++) {
        if (!is_op(op, ops[i].op))
            continue;
        pair.b = ops[i].is_of_text ? value_text(s, other).text : operand(s, value.type, other);
        return (ops[i].is_of_text || fits(s, value.type, pair.b)) &&
               holds_of(&pair, ops[i].holds) != ops[i].is_denied;
    }
    return false;
}
