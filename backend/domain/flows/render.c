/*
 * From what is said to messages: which control an ask gets, where its numbers stand, what goes under a file.
 */
#include "render_private.h"

#include "base/fold.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
#define CHOOSE STR("Escolha uma opção:")
#define ANSWER STR("Responda pelo botão abaixo.")

struct page {
    struct arena *arena;
    const struct channel_rules *rules;
    struct rendered *v;
    size_t n, room;
    bool is_cut;
};

static struct rendered *
page_add(struct page *page)
{
    enum { FIRST_ROOM = 4 };

    if (page->n == page->room) {
        size_t room = page->room == 0 ? FIRST_ROOM : page->room * 2;

        page->v = arena_grow(page->arena, page->v, page->room * sizeof(*page->v),
                             room * sizeof(*page->v));
        page->room = room;
    }
    page->v[page->n] = (struct rendered){ 0 };
    return page->v + page->n++;
}

static struct letters
letters_in(const struct page *page, const struct content *content)
{
    struct letters letters = letters_of(page->arena, page->rules, content->text, content->literals,
                                        content->literal_count);
    struct literal whole = { 0 };
    struct str speech;

    if (page->rules->marks != MARKS_SPOKEN)
        return letters;
    speech = speech_of(page->arena, &letters);
    whole.len = speech.len;
    return letters_of(page->arena, page->rules, speech, &whole, 1);
}

/* Nothing at all when the text is blank. */
static void
say(struct page *page, const struct letters *letters)
{
    bool is_cut;
    struct flow_words parts =
        letters_split(page->arena, letters, page->rules->text_max, RENDER_PARTS_MAX, &is_cut);

    for (size_t i = 0; i < parts.n; i++)
        page_add(page)->text = parts.v[i];
    page->is_cut = page->is_cut || is_cut;
}

/* --- controls -------------------------------------------------------------------------- */

static int64_t
longest(const struct effect *ask, size_t member)
{
    int64_t most = 0;

    for (size_t i = 0; i < ask->option_count; i++) {
        const struct str *s = (const struct str *)((const char *)(ask->options + i) + member);
        int64_t length = (int64_t)fold_units(*s);

        most = length > most ? length : most;
    }
    return most;
}

#define LONGEST(ask, member) longest(ask, offsetof(struct effect_option, member))

/* Two buttons of one name would be a riddle, and networks refuse them. */
static bool
are_distinct(const struct effect *ask)
{
    for (size_t i = 0; i < ask->option_count; i++)
        for (size_t k = 0; k < i; k++)
            if (str_eq(ask->options[i].label, ask->options[k].label))
                return false;
    return true;
}

/* A control without a name can neither be seen nor read aloud. */
static bool
are_named(const struct effect *ask)
{
    for (size_t i = 0; i < ask->option_count; i++)
        if (str_trim(ask->options[i].label).len == 0)
            return false;
    return true;
}

static bool
fits_buttons(const struct channel_rules *rules, const struct effect *ask)
{
    return ask->option_count <= (size_t)rules->buttons_max &&
           LONGEST(ask, label) <= rules->button_label_max && are_distinct(ask);
}

static bool
fits_list(const struct channel_rules *rules, const struct effect *ask)
{
    return ask->option_count <= (size_t)rules->list_max &&
           LONGEST(ask, label) <= rules->list_title_max &&
           LONGEST(ask, description) <= rules->list_description_max;
}

static bool
fits_quick_replies(const struct channel_rules *rules, const struct effect *ask)
{
    return ask->option_count <= (size_t)rules->quick_max &&
           LONGEST(ask, label) <= rules->quick_label_max;
}

static bool
fits_keyboard(const struct channel_rules *rules, const struct effect *ask)
{
    return ask->option_count <= (size_t)rules->keyboard_max;
}

/* In the order in which they are tried; a card that wishes for a list has it tried first. */
static const struct {
    enum control control;
    bool (*fits)(const struct channel_rules *rules, const struct effect *ask);
} controls[] = {
    { CONTROL_BUTTONS, fits_buttons },
    { CONTROL_QUICK_REPLIES, fits_quick_replies },
    { CONTROL_KEYBOARD, fits_keyboard },
    { CONTROL_LIST, fits_list },
};

static enum control
control_for(const struct channel_rules *rules, const struct effect *ask)
{
    if ((rules->helpers & (1u << CONTROL_DIGITS)) != 0)
        return CONTROL_DIGITS;
    if (str_eq(ask->style, STR("text")) || !are_named(ask))
        return CONTROL_NONE;
    if (str_eq(ask->style, STR("list")) && fits_list(rules, ask))
        return CONTROL_LIST;
    for (size_t i = 0; i < COUNT(controls); i++)
        if (controls[i].fits(rules, ask))
            return controls[i].control;
    return CONTROL_NONE;
}

/* What helps to give an awaited answer. */
static const struct {
    const char *validator;
    enum control control;
} helpers[] = {
    { "location", CONTROL_LOCATION }, { "phone", CONTROL_CONTACT }, { "image", CONTROL_FILE },
    { "document", CONTROL_FILE },     { "audio", CONTROL_FILE },
};

static enum control
helper_for(const struct channel_rules *rules, const struct effect *ask)
{
    enum control helper = CONTROL_NONE;

    if (ask->content.kind == CONTENT_LOCATION_REQUEST)
        helper = CONTROL_LOCATION;
    for (size_t i = 0; i < COUNT(helpers); i++)
        if (str_eq(ask->validator, str_of(helpers[i].validator)))
            helper = helpers[i].control;
    if ((rules->helpers & (1u << CONTROL_DIGITS)) != 0 && ask->kind == EFFECT_ASK)
        return CONTROL_DIGITS;
    return (rules->helpers & (1u << helper)) != 0 ? helper : CONTROL_NONE;
}

/* --- options as text ------------------------------------------------------------------- */

static bool
is_number(struct str label)
{
    int64_t ignored;

    return str_i64(label, &ignored);
}

/* "1 - Boleto", a line each; numbers that are labels need none of ours. */
static struct str
numbered(struct arena *a, const struct effect *ask)
{
    struct buf b = { .arena = a };
    bool all_numbers = true;

    for (size_t i = 0; i < ask->option_count; i++)
        all_numbers = all_numbers && is_number(ask->options[i].label);
    for (size_t i = 0; i < ask->option_count; i++) {
        if (i > 0)
            buf_char(&b, '\n');
        if (!all_numbers)
            buf_fmt(&b, "%d - ", ask->options[i].number);
        buf_add(&b, ask->options[i].label);
    }
    return buf_str(&b);
}

static struct str
spoken(struct arena *a, const struct effect *ask)
{
    struct buf b = { .arena = a };

    for (size_t i = 0; i < ask->option_count; i++)
        buf_fmt(&b, "%sPara %.*s, digite %d.", i > 0 ? "\n" : "", STR_ARG(ask->options[i].label),
                ask->options[i].number);
    return buf_str(&b);
}

/* Labels are plain: what looks like a mark in one is none. */
static struct letters
options_of(const struct page *page, const struct effect *ask)
{
    bool is_spoken = page->rules->marks == MARKS_SPOKEN;
    struct str text = is_spoken ? spoken(page->arena, ask) : numbered(page->arena, ask);
    struct literal whole = { 0, text.len };

    return letters_in(page,
                      &(struct content){ .text = text, .literals = &whole, .literal_count = 1 });
}

/* In the question's own message where there is room, else in one of its own. */
static void
say_options(struct page *page, const struct effect *ask, const struct str between)
{
    struct letters options = options_of(page, ask);
    struct rendered *last = page->n > 0 ? page->v + page->n - 1 : NULL;
    int64_t room = page->rules->text_max;

    if (last != NULL)
        room -= render_length(page->rules->unit, last->text) +
                render_length(page->rules->unit, between);
    if (last != NULL && letters_length(&options, 0, options.n) <= room) {
        struct buf b = { .arena = page->arena };

        buf_add(&b, last->text);
        buf_add(&b, between);
        letters_print(&b, &options, 0, options.n);
        last->text = buf_str(&b);
    } else {
        say(page, &options);
    }
}

/* --- whole messages --------------------------------------------------------------------- */

static void
render_choice(struct page *page, const struct effect *ask)
{
    const struct channel_rules *rules = page->rules;
    struct letters question = letters_in(page, &ask->content);
    enum control control = control_for(rules, ask);
    struct rendered *last;

    say(page, &question);
    if (control == CONTROL_DIGITS)
        say_options(page, ask, STR("\n"));
    else if (control == CONTROL_NONE || rules->always_numbers)
        say_options(page, ask, STR("\n\n"));
    else if (page->n != 1 || letters_length(&question, 0, question.n) > rules->body_max)
        page_add(page)->text = CHOOSE;
    if (control == CONTROL_NONE)
        return;
    last = page->v + page->n - 1;
    last->control = control;
    last->options = ask->options;
    last->option_count = ask->option_count;
    if (control == CONTROL_KEYBOARD)
        last->columns = LONGEST(ask, label) <= rules->keyboard_pair_label_max ? 2 : 1;
}

static void
render_text(struct page *page, const struct effect *said)
{
    struct letters letters = letters_in(page, &said->content);

    enum control helper = said->kind == EFFECT_ASK ? helper_for(page->rules, said) : CONTROL_NONE;

    say(page, &letters);
    if (page->n == 0)
        return;
    /* A text that no button fits under goes first. */
    if (helper != CONTROL_NONE && helper != CONTROL_DIGITS &&
        (page->n != 1 || letters_length(&letters, 0, letters.n) > page->rules->body_max))
        page_add(page)->text = ANSWER;
    page->v[page->n - 1].control = helper;
}

/* Pictures and sounds, by their name: what they are is told by whoever has them. */
static bool
is_paper(struct str name)
{
    static const char *const shown[] = { ".png", ".jpg", ".jpeg", ".gif", ".webp", ".mp4",
                                         ".3gp", ".ogg", ".m4a",  ".mp3", ".aac",  ".wav" };

    for (size_t i = 0; i < COUNT(shown); i++)
        if (name.len >= strlen(shown[i]) &&
            str_eq_nocase((struct str){ name.p + name.len - strlen(shown[i]), strlen(shown[i]) },
                          str_of(shown[i])))
            return false;
    return name.len > 0;
}

/* A recording's text is its transcript, which is for eyes in the house. */
static void
render_file(struct page *page, const struct effect *said)
{
    const struct channel_rules *rules = page->rules;
    const struct content *content = &said->content;
    bool is_audio = content->kind == CONTENT_AUDIO;
    bool as_link = rules->links_files || (rules->links_papers && is_paper(content->name));
    struct rendered *message = page_add(page);
    struct letters caption = { 0 };

    message->file = content->file;
    message->name = content->name;
    message->as_link = as_link;
    if (is_audio)
        return;
    caption = letters_in(page, content);
    if (!as_link && letters_length(&caption, 0, caption.n) <= rules->caption_max) {
        struct buf b = { .arena = page->arena };

        letters_print(&b, &caption, 0, caption.n);
        message->text = buf_str(&b);
    } else {
        say(page, &caption);
    }
}

struct rendered_list
render(struct arena *a, enum flow_channel channel, const struct effect *effect)
{
    struct page page = { .arena = a, .rules = &channel_rules[channel] };
    bool is_file = effect->content.kind == CONTENT_FILE || effect->content.kind == CONTENT_AUDIO;

    if (is_file)
        render_file(&page, effect);
    else if (effect->kind == EFFECT_ASK && effect->option_count > 0)
        render_choice(&page, effect);
    else
        render_text(&page, effect);
    return (struct rendered_list){ page.v, page.n, page.is_cut };
}
