/* “Definir variável”: writes, clears, sums up, or adds to a list. */
#include "decimals.h"
#include "values.h"

enum { ITEMS_MAX = 20, LIST_MAX = 50 };

static const char *const ops[] = { "set", "clear", "add", "append", NULL };
static const char *const with_value[] = { "set", "add", "append", NULL };

static const struct card_field item[] = {
    { "variable", FIELD_VAR, "Variável", .is_required = true },
    { "op", FIELD_ENUM, "O que fazer", .initial = "\"set\"", .words = ops },
    { "value", FIELD_TEMPLATE, "Valor", .is_internal = true, .max = 2000,
      .only_if = { "op", with_value } },
    { 0 },
};
static const struct card_field fields[] = {
    { "items", FIELD_ITEMS, "Variáveis", .is_required = true, .min = 1, .max = ITEMS_MAX,
      .item = item },
    { 0 },
};

static void
clear(struct step *s, struct str name, struct str text)
{
    (void)text;
    step_clear(s, name);
}

/* What is added to is a list; a sum may be of numbers or of money; what is set is whatever it is set to. */
static void
writes(const struct json *settings, struct card_writes *out)
{
    const struct json *items = json_get(settings, "items");

    for (size_t i = 0; i < json_len(items); i++) {
        struct str op = json_get_text(json_at(items, i), "op");

        card_write_add(out,
                       (struct card_write){ .name = json_get_text(json_at(items, i), "variable"),
                                            .type = str_eq(op, STR("append")) ? VARIABLE_LIST : -1,
                                            .is_clear = str_eq(op, STR("clear")) });
    }
}

/* A variable that is missing counts as nothing; one that is no number is cleared, and said so. */
static void
add(struct step *s, struct str name, struct str text)
{
    struct variable_value now = { VARIABLE_NUMBER, STR("0") }, more = value_of(s, text);
    struct decimal a, b;

    if (more.type == VARIABLE_TEXT && !str_has(text, STR("{{")))
        more.text = value_spelled(s, VARIABLE_NUMBER, text);
    if (!step_value(s, name, &now) || now.text.len == 0)
        now =
            (struct variable_value){ more.type == VARIABLE_MONEY ? VARIABLE_MONEY : VARIABLE_NUMBER,
                                     STR("0") };
    if (!decimal_read(now.text, &a) || !decimal_read(more.text, &b)) {
        step_remark(s, "type");
        step_clear(s, name);
        return;
    }
    if (now.type == VARIABLE_MONEY && more.type != VARIABLE_MONEY)
        b = decimal_in_cents(b);
    if (now.type != VARIABLE_MONEY)
        now.type = VARIABLE_NUMBER;
    now.text = decimal_print(step_arena(s), decimal_add(a, b));
    step_set(s, name, now);
}

static struct str
in_one_line(struct arena *a, struct str text)
{
    char *line = arena_array(a, char, text.len);

    for (size_t i = 0; i < text.len; i++)
        line[i] = text.p[i] == '\n' ? ' ' : text.p[i];
    return (struct str){ line, text.len };
}

static void
append(struct step *s, struct str name, struct str text)
{
    struct variable_value list = { 0 };
    struct str more = in_one_line(step_arena(s), value_of(s, text).text), rest, line;
    int n = 0;

    if (!step_value(s, name, &list))
        list.text = STR("");
    rest = list.text;
    while (str_cut(&rest, '\n', &line))
        n += line.len > 0;
    if (more.len == 0)
        return;
    if (n >= LIST_MAX) {
        step_remark(s, "full");
        return;
    }
    list.type = VARIABLE_LIST;
    list.text =
        n == 0 ? more : str_fmt(step_arena(s), "%.*s\n%.*s", STR_ARG(list.text), STR_ARG(more));
    step_set(s, name, list);
}

static const struct {
    const char *op;
    void (*act)(struct step *s, struct str name, struct str text);
} acts[] = { { "set", value_set }, { "clear", clear }, { "add", add }, { "append", append } };

static void
enter(struct step *s)
{
    const struct json *items = step_setting(s, "items");

    for (size_t i = 0; i < json_len(items) && i < ITEMS_MAX; i++) {
        const struct json *one = json_at(items, i);

        for (size_t k = 0; k < sizeof acts / sizeof acts[0]; k++)
            if (str_eq(json_get_text(one, "op"), str_of(acts[k].op)))
                acts[k].act(s, json_get_text(one, "variable"), json_get_text(one, "value"));
    }
    step_leave(s, "next");
}

const struct card set_variable_card = {
    .type = "set_variable",
    .v = 1,
    .kind = CARD_TOOL,
    .label = "Definir variável",
    .help = "Guarda, apaga, soma ou acrescenta a variáveis.",
    .icon = "variable",
    .fields = fields,
    .writes = writes,
    .enter = enter,
};
