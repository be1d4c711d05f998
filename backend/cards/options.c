#include "options.h"

#include "base/fold.h"

/* With “Ver mais” ten rows of a list, or nine digits of a telephone. */
enum { PAGE = 9, PAGE_SPOKEN = 8 };

const struct str options_more = STR_INIT("more");

static const struct str *
synonyms_of(struct arena *a, const struct json *list, size_t n)
{
    struct str *synonyms = arena_array(a, struct str, n);

    for (size_t i = 0; i < n; i++)
        synonyms[i] = json_text(json_at(list, i));
    return synonyms;
}

static void
read_option(struct arena *a, struct options *options, const struct json *option, int place)
{
    const struct json *synonyms = json_get(option, "synonyms");
    size_t n = json_len(synonyms) < CHOICE_SYNONYMS_MAX ? json_len(synonyms) : CHOICE_SYNONYMS_MAX;
    struct str id = json_get_text(option, "id"), label = json_get_text(option, "label");
    struct str value = json_get_text(option, "value");
    int64_t number;

    /* Of a draft: without an id it leads nowhere. */
    if (id.len == 0)
        return;
    if (!json_i64(json_get(option, "number"), &number) || number < 0 || number > 99)
        number = place;
    options->choices[options->n] =
        (struct choice_option){ label, synonyms_of(a, synonyms, n), n, (int)number };
    options->shown[options->n] =
        (struct effect_option){ id, label, json_get_text(option, "description"), (int)number };
    options->values[options->n++] = value.len > 0 ? value : label;
}

struct options *
options_read(struct arena *a, const struct json *list)
{
    struct options *options = arena_new_of(a, struct options);

    for (size_t i = 0; i < json_len(list) && i < CHOICE_OPTIONS_MAX; i++)
        read_option(a, options, json_at(list, i), (int)i + 1);
    return options;
}

static struct str
cut_label(struct arena *a, struct str label)
{
    if (fold_units(label) <= OPTION_LABEL_MAX)
        return label;
    return str_fmt(a, "%.*s…", STR_ARG(str_trim(fold_first_units(label, OPTION_LABEL_MAX - 1))));
}

static void
add_found(struct arena *a, struct options *page, const struct option_found *found)
{
    struct effect_option shown = { found->id, cut_label(a, found->label), found->description,
                                   page->n + 1 };

    if (shown.description.len == 0 && !str_eq(shown.label, found->label))
        shown.description = fold_first_units(found->label, OPTION_DESCRIPTION_MAX);
    page->choices[page->n] = (struct choice_option){ .label = shown.label, .number = shown.number };
    page->shown[page->n] = shown;
    page->values[page->n++] = found->id;
}

struct options *
options_page(struct step *s, const struct option_found *found, int n, int page)
{
    struct options *options = arena_new_of(step_arena(s), struct options);
    int size = step_facts(s)->channel == FLOW_TELEPHONY ? PAGE_SPOKEN : PAGE;
    int pages = (n + size - 1) / size, from = pages > 0 ? page % pages * size : 0;

    for (int i = from; i < n && i < from + size; i++)
        add_found(step_arena(s), options, &found[i]);
    if (pages > 1)
        add_found(step_arena(s), options,
                  &(struct option_found){ options_more, STR("Ver mais"), { 0 } });
    return options;
}

void
options_put(const struct options *options, struct question *out)
{
    out->kind = QUESTION_CHOICE;
    out->options = options->choices;
    out->shown = options->shown;
    out->option_count = options->n;
}

void
options_outlets(const struct json *list, struct card_outlets *out)
{
    for (size_t i = 0; i < json_len(list) && i < CHOICE_OPTIONS_MAX; i++) {
        const struct json *option = json_at(list, i);
        struct str id = json_get_text(option, "id");

        card_outlet_add(out, str_cstr(out->arena, str_fmt(out->arena, "opt:%.*s", STR_ARG(id))),
                        str_cstr(out->arena, json_get_text(option, "label")), true);
    }
}
