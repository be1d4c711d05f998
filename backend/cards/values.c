#include "values.h"

enum { HOUR_S = 3600, DAY_S = 24 * HOUR_S };

static int64_t
local_seconds(struct step *s)
{
    return step_now_us(s) / 1000000 + step_facts(s)->utc_offset_s;
}

static struct str
local_now(struct step *s)
{
    int64_t now = local_seconds(s), second = (now % DAY_S + DAY_S) % DAY_S;
    struct str day = day_print(step_arena(s), (now - second) / DAY_S);

    return str_fmt(step_arena(s), "%.*sT%02d:%02d:%02d", STR_ARG(day), (int)(second / HOUR_S),
                   (int)(second / 60 % 60), (int)(second % 60));
}

static void
value_in(void *arg, struct str name, struct variable_value *out)
{
    if (!step_value(arg, name, out))
        *out = (struct variable_value){ 0 };
}

struct variables_filled
value_text(struct step *s, struct str text)
{
    return variables_render(
        step_arena(s), text,
        &(struct variables_source){
            .value = value_in, .arg = s, .now = local_now(s), .is_plain = true });
}

/* "flow.x" of “{{flow.x}}”; empty: the text is more than that. */
static struct str
bare_name(struct str text)
{
    struct str name;

    text = str_trim(text);
    if (!str_starts(text, STR("{{")) || !str_ends(text, STR("}}")) || text.len < 5)
        return (struct str){ 0 };
    name = str_trim((struct str){ text.p + 2, text.len - 4 });
    for (size_t i = 0; i < name.len; i++)
        if (memchr("abcdefghijklmnopqrstuvwxyz0123456789_.", name.p[i], 38) == NULL)
            return (struct str){ 0 };
    return name;
}

struct variable_value
value_of(struct step *s, struct str text)
{
    struct str name = bare_name(text);
    struct variable_value value = { 0 };

    if (name.len > 0) {
        value_in(s, name, &value);
        return value;
    }
    return (struct variable_value){ VARIABLE_TEXT, value_text(s, text).text };
}

void
value_set(struct step *s, struct str name, struct str text)
{
    struct variable_value value = value_of(s, text);

    if (value.text.len > 0)
        step_set(s, name, value);
    else
        step_clear(s, name);
}

static void
only_value(void *arg, struct str name, struct variable_value *out)
{
    (void)name;
    *out = *(const struct variable_value *)arg;
}

struct str
value_masked(struct step *s, struct variable_value value)
{
    return variables_render(step_arena(s), STR("{{it.is|mask}}"),
                            &(struct variables_source){ .value = only_value, .arg = &value })
        .text;
}

/* People's texts, but for the documents in them. */
static void
masked_value_in(void *arg, struct str name, struct variable_value *out)
{
    value_in(arg, name, out);
    if (out->type == VARIABLE_DOCUMENT && out->text.len > 0)
        *out = (struct variable_value){ VARIABLE_TEXT, value_masked(arg, *out) };
}

struct str
value_for_colleagues(struct step *s, struct str text)
{
    return variables_render(step_arena(s), text,
                            &(struct variables_source){
                                .value = masked_value_in, .arg = s, .now = local_now(s) })
        .text;
}

struct str
value_spelled(struct step *s, enum variable_type type, struct str text)
{
    static const char *const validator_of[VARIABLE__COUNT] = {
        [VARIABLE_NUMBER] = "number",     [VARIABLE_MONEY] = "number", [VARIABLE_DATE] = "date",
        [VARIABLE_DATETIME] = "date",     [VARIABLE_TIME] = "time",    [VARIABLE_EMAIL] = "email",
        [VARIABLE_DOCUMENT] = "cpf_cnpj", [VARIABLE_PHONE] = "phone",
    };
    const struct said said = { .form = FORM_TEXT, .text = text };
    const struct validator_limits limits = { 0 };
    struct valid valid = { 0 };

    if (validator_of[type] == NULL)
        return text;
    if (validate(validators_find(str_of(validator_of[type])),
                 &(struct validator_call){ .arena = step_arena(s),
                                           .said = &said,
                                           .limits = &limits,
                                           .today = local_seconds(s) / DAY_S },
                 &valid) != VERDICT_VALID)
        return (struct str){ 0 };
    return valid.value;
}
