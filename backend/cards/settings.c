#include "settings.h"

bool
words_have(const struct json *list, struct str word)
{
    for (size_t i = 0; i < json_len(list); i++)
        if (str_eq(json_text(json_at(list, i)), word))
            return true;
    return false;
}

void
words_write(struct json_out *o, const struct json *list)
{
    json_open(o, '[');
    for (size_t i = 0; i < json_len(list); i++)
        json_put_str(o, json_text(json_at(list, i)));
    json_close(o, ']');
}

const struct json *
kept(struct step *s)
{
    const struct json *scratch;
    struct str text = step_run(s)->scratch;

    if (text.len == 0 || json_parse(step_arena(s), text, &scratch).code != ERR_NONE)
        return NULL;
    return scratch;
}

void
lint_field(struct lint *l, const char *setting, const char *label)
{
    struct finding *found = lint_add(l, "L103");

    found->setting = str_of(setting);
    found->args[0] = str_of(label);
    found->args[1] = l->card->name;
}
