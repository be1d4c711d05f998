/*
 * Any text as one with variables: it is always said, as UTF-8 when it was UTF-8; whoever
 * escapes it gets it back as it was; what is wrong with it lies inside of it.
 */
#include "domain/variables/variables.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Half of the names have a value, which has braces of its own. */
static void
value(void *arg, struct str name, struct variable_value *out)
{
    const struct str *text = arg;
    const struct variable *variable = variables_find(name);

    out->type =
        variable == NULL ? (enum variable_type)(name.len % VARIABLE__COUNT) : variable->type;
    if (name.len % 2 == 0)
        out->text = *text;
    else if (variable != NULL)
        out->text = str_of(variable->example);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *a = arena_new(4096);
    struct str text = { (const char *)data, size };
    struct variables_source source = { value, &text, STR("2026-03-04T12:00:00") };
    struct variables_filled filled;
    struct variables_problems problems;

    if (size > 40000)
        return -1;
    filled = variables_render(a, text, &source);
    if (str_is_utf8(text) && !str_is_utf8(filled.text))
        BUG("what=text_became_none");
    for (size_t i = 0; i < filled.blank_count; i++)
        if (filled.blanks[i].position > (int64_t)str_code_points(filled.text))
            BUG("what=blank_beyond_the_text");

    filled = variables_render(a, variables_escape(a, text), &source);
    if (!str_eq(filled.text, text))
        BUG("what=escape_does_not_come_back");

    problems = variables_check(a, text, variables_is_known);
    for (size_t i = 0; i < problems.n; i++)
        if (problems.v[i].words.p < text.p ||
            problems.v[i].words.p + problems.v[i].words.len > text.p + text.len)
            BUG("what=problem_beyond_the_text");
    arena_free(a);
    return 0;
}
