#include "rules.h"

void
rules_decide(struct step *s, rule_holds *holds)
{
    const struct json *rules = step_setting(s, "rules");

    for (size_t i = 0; i < json_len(rules) && i < RULES_MAX; i++) {
        const struct json *rule = json_at(rules, i);

        if (holds(s, rule)) {
            step_leave_option(s, "rule", json_get_text(rule, "id"));
            return;
        }
    }
    step_leave(s, "else");
}

void
rules_outlets(const struct json *settings, struct card_outlets *out)
{
    const struct json *rules = json_get(settings, "rules");

    for (size_t i = 0; i < json_len(rules) && i < RULES_MAX; i++) {
        const struct json *rule = json_at(rules, i);
        struct str id = json_get_text(rule, "id");

        card_outlet_add(out, str_cstr(out->arena, str_fmt(out->arena, "rule:%.*s", STR_ARG(id))),
                        str_cstr(out->arena, json_get_text(rule, "label")), true);
    }
    card_outlet_add(out, "else", "nenhuma destas", true);
}

static void
complain(struct lint *l, const struct json *rule)
{
    struct finding *found = lint_add(l, "L606");

    found->setting = STR("rules");
    found->option = json_get_text(rule, "id");
}

static bool
is_said_before(const struct json *rules, size_t before, const char *list, struct str word)
{
    for (size_t i = 0; i < before; i++)
        if (words_have(json_get(json_at(rules, i), list), word))
            return true;
    return false;
}

void
rules_lint_words(struct lint *l, const char *const *lists)
{
    const struct json *rules = json_get(l->card->settings, "rules");

    for (size_t i = 1; i < json_len(rules); i++) {
        size_t words = 0, fresh = 0;

        for (const char *const *list = lists; *list != NULL; list++) {
            const struct json *said = json_get(json_at(rules, i), *list);

            words += json_len(said);
            for (size_t k = 0; k < json_len(said); k++)
                fresh += !is_said_before(rules, i, *list, json_text(json_at(said, k)));
        }
        if (words > 0 && fresh == 0)
            complain(l, json_at(rules, i));
    }
}

/* A rule without what people call it. */
struct meaning {
    struct json_out out;
};

static void
add_meaning(struct str key, const struct json *v, void *arg)
{
    struct meaning *meaning = arg;

    if (str_eq(key, STR("id")) || str_eq(key, STR("label")))
        return;
    json_put_key(&meaning->out, key);
    json_put_raw(&meaning->out, json_print(meaning->out.buf->arena, v));
}

static struct str
meaning_of(struct arena *a, const struct json *rule)
{
    struct buf text = { .arena = a };
    struct meaning meaning = { { .buf = &text } };

    json_open(&meaning.out, '{');
    json_each(rule, add_meaning, &meaning);
    json_close(&meaning.out, '}');
    return buf_str(&text);
}

void
rules_lint_same(struct lint *l)
{
    const struct json *rules = json_get(l->card->settings, "rules");
    struct str said[RULES_MAX];

    for (size_t i = 0; i < json_len(rules) && i < RULES_MAX; i++) {
        said[i] = meaning_of(l->arena, json_at(rules, i));
        for (size_t k = 0; k < i; k++)
            if (str_eq(said[k], said[i])) {
                complain(l, json_at(rules, i));
                break;
            }
    }
}
