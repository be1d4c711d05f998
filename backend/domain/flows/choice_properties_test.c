/*
 * What must hold for any menu and whatever is typed: numbers choose, spelling is forgiven, and one option more takes no
 * answer away from the others.
 */
#include "domain/testing/chance.h"

#include "base/fold.h"
#include "choice.h"

enum { CASES = 50, SYNONYMS = 3, WORDS = 3 };

/* --- menus --------------------------------------------------------------------------- */

/* A word as an author writes it, and as somebody in a hurry does. */
static const struct word {
    const char *written, *typed;
} words[] = {
    { "Boleto", "BOLETO" },
    { "Cartão", "cartao" },
    { "São João", "SAO JOAO" },
    { "Ação", "AÇÃO" },
    { "2ª via", "2A VIA" },
    { "Pix", "píx" },
    { "d'Ávila", "D'AVILA" },
    { "Não", "nao" },
    { "Internet", "ïnternet" },
    { "lenta", "LÊNTA" },
    { "5", "５" },
    { "10", "１０" },
    { "🔥 Promoção", "🔥 promocao" },
    { "plano", "Plano" },
    { "Straße", "STRASSE" },
    { "três", "TRES" },
    { "Suporte", "suporte" },
    { "ﬁnanceiro", "Financeiro" },
};

enum { TAKEN_MAX = CHOICE_OPTIONS_MAX * (SYNONYMS + 3) };

struct menu {
    struct choice_option options[CHOICE_OPTIONS_MAX];
    struct str typed[CHOICE_OPTIONS_MAX]; /* their labels in a hurry */
    int n;
    struct str taken[TAKEN_MAX]; /* folds that one of them answers to */
    int taken_count;
};

static void
draw_phrase(struct str *written, struct str *typed)
{
    struct buf one = { .arena = test_arena() }, other = { .arena = test_arena() };

    for (int i = 1 + chance_below(WORDS); i > 0; i--) {
        const struct word *word = &CHANCE_OF(words);

        buf_fmt(&one, "%s%s", one.len > 0 ? " " : "", word->written);
        buf_fmt(&other, "%s%s", other.len > 0 ? " " : "", word->typed);
    }
    *written = buf_str(&one);
    *typed = buf_str(&other);
}

static bool
is_taken(const struct menu *menu, struct str phrase)
{
    struct str folded = fold(test_arena(), phrase);

    for (int i = 0; i < menu->taken_count; i++)
        if (str_eq(menu->taken[i], folded))
            return true;
    return false;
}

static void
take(struct menu *menu, struct str phrase)
{
    menu->taken[menu->taken_count++] = fold(test_arena(), phrase);
}

/* A number that nothing answers to, neither alone nor before this label. */
static int
draw_number(const struct menu *menu, struct str label)
{
    int number = chance_in(70) ? menu->n + 1 : 1 + chance_below(99);

    while (is_taken(menu, str_fmt(test_arena(), "%d", number)) ||
           is_taken(menu, str_fmt(test_arena(), "%d %.*s", number, STR_ARG(label))))
        number = 100 + chance_below(900);
    return number;
}

/* One more that L204 has nothing against: it answers to nothing that another does. */
static void
add_option(struct menu *menu)
{
    struct choice_option *option = &menu->options[menu->n];
    struct str *synonyms = arena_array(test_arena(), struct str, SYNONYMS);
    struct str typed;

    *option = (struct choice_option){ .synonyms = synonyms };
    do
        draw_phrase(&option->label, &menu->typed[menu->n]);
    while (is_taken(menu, option->label));
    option->number = draw_number(menu, option->label);
    take(menu, option->label);
    take(menu, str_fmt(test_arena(), "%d", option->number));
    take(menu, str_fmt(test_arena(), "%d %.*s", option->number, STR_ARG(option->label)));
    for (int i = chance_below(SYNONYMS + 1); i > 0; i--) {
        draw_phrase(&synonyms[option->synonym_count], &typed);
        if (!is_taken(menu, synonyms[option->synonym_count]))
            take(menu, synonyms[option->synonym_count++]);
    }
}

static void
draw_menu(struct menu *menu, int most)
{
    menu->n = menu->taken_count = 0;
    for (int n = 1 + chance_below(most); menu->n < n; menu->n++)
        add_option(menu);
}

static bool
is_same(const struct choice *a, const struct choice *b)
{
    bool same = a->by == b->by && a->count == b->count;

    for (int i = 0; same && i < a->count; i++)
        same = a->options[i] == b->options[i];
    return same;
}

/* --- numbers ------------------------------------------------------------------------- */

/* As it comes from keyboards and telephones. */
static struct str
typed_number(int number, int fashion)
{
    enum { WIDE = 5 }; /* the last is the one in boxes */
    struct arena *a = test_arena();
    struct str digits = str_fmt(a, "%d", number);
    struct buf b = { .arena = a };

    switch (fashion) {
    case 0: return digits;
    case 1: return str_fmt(a, "  %d ", number);
    case 2: return str_fmt(a, "%d.", number);
    case 3: return str_fmt(a, "(%d)\n", number);
    case 4: return str_fmt(a, "%dº", number);
    default: break;
    }
    for (size_t i = 0; i < digits.len; i++)
        buf_fmt(&b, fashion == WIDE ? "\xEF\xBC%c" : "%c\xEF\xB8\x8F\xE2\x83\xA3",
                fashion == WIDE ? (char)(0x90 + digits.p[i] - '0') : digits.p[i]);
    return buf_str(&b);
}

static bool
is_called(const struct choice_option *option, struct str said)
{
    struct str folded = fold(test_arena(), said);

    if (str_eq(folded, fold(test_arena(), option->label)))
        return true;
    for (size_t i = 0; i < option->synonym_count; i++)
        if (str_eq(folded, fold(test_arena(), option->synonyms[i])))
            return true;
    return false;
}

TEST(every_number_that_is_typed_chooses_its_option)
{
    enum { FASHIONS = 7 };

    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct menu menu;
        int option, named = -1;
        struct choice found;
        struct str said;

        chance_begin(i);
        draw_menu(&menu, CHOICE_OPTIONS_MAX);
        option = chance_below(menu.n);
        said = typed_number(menu.options[option].number, chance_below(FASHIONS));
        for (int k = 0; k < menu.n; k++)
            if (is_called(&menu.options[k], said))
                named = k;
        found = choice_exact(test_arena(), said, menu.options, menu.n);
        chance_hold(found.count == 1 && found.options[0] == (named >= 0 ? named : option),
                    "a number chooses, unless an option is called by it");
        arena_rewind(test_arena(), mark);
    }
}

/* --- spelling ------------------------------------------------------------------------ */

/* A label or synonym alone, or within what people say around it. */
static void
draw_saying(const struct menu *menu, struct str *written, struct str *typed)
{
    static const struct word around[] = { { "", "" },
                                          { "quero ", "QUERO " },
                                          { "não ", "NAO " },
                                          { "é a ", "E À " },
                                          { "bom dia, preciso de ", "Bom dia, PRECISO de " } };
    const struct word *before = &CHANCE_OF(around);
    int option = chance_below(menu->n);

    *written =
        str_fmt(test_arena(), "%s%.*s", before->written, STR_ARG(menu->options[option].label));
    *typed = str_fmt(test_arena(), "%s%.*s", before->typed, STR_ARG(menu->typed[option]));
}

TEST(neither_case_nor_accents_nor_space_around_it_change_a_choice)
{
    static const char *const spaces[] = { "", " ", "\n", "\t ", "  \r\n" };

    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct choice one, other;
        struct menu menu;
        struct str written, typed;
        const char *before, *after;

        chance_begin(CASES + i);
        draw_menu(&menu, 8);
        draw_saying(&menu, &written, &typed);
        before = CHANCE_OF(spaces);
        after = CHANCE_OF(spaces);
        typed = str_fmt(test_arena(), "%s%.*s%s", before, STR_ARG(typed), after);
        one = choice_exact(test_arena(), written, menu.options, menu.n);
        other = choice_exact(test_arena(), typed, menu.options, menu.n);
        chance_hold(is_same(&one, &other), "exact rules forgive spelling");
        one = choice_lenient(test_arena(), written, menu.options, menu.n, false);
        other = choice_lenient(test_arena(), typed, menu.options, menu.n, false);
        chance_hold(is_same(&one, &other), "lenient rules forgive spelling");
        arena_rewind(test_arena(), mark);
    }
}

TEST(one_option_more_takes_no_exact_answer_away)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct choice before, after;
        struct menu menu;
        struct str said, typed;

        chance_begin(2 * CASES + i);
        draw_menu(&menu, CHOICE_OPTIONS_MAX - 1);
        draw_saying(&menu, &said, &typed);
        if (chance_in(40))
            said = typed_number(menu.options[chance_below(menu.n)].number, 0);
        before = choice_exact(test_arena(), said, menu.options, menu.n);
        add_option(&menu);
        after = choice_exact(test_arena(), said, menu.options, menu.n + 1);
        chance_hold(before.count == 0 || is_same(&before, &after),
                    "what chose an option chooses it still");
        arena_rewind(test_arena(), mark);
    }
}

/* --- folds --------------------------------------------------------------------------- */

static struct str
draw_text(void)
{
    static const char *const pieces[] = {
        "a",
        "Ã",
        "ç",
        "é",
        "E\xCC\x81",
        "ß",
        "İ",
        "ı",
        "ﬁ",
        "Ⅷ",
        "½",
        "①",
        "🔟",
        "5️⃣",
        "º",
        "ª",
        "👍🏽",
        "👩‍💻",
        "\xE2\x80\x8B",
        "\xE2\x80\xAE",
        "\xC2\xAD",
        "\xC2\xA0",
        "　",
        " ",
        "\n",
        "\t",
        ".",
        "-",
        "'",
        "*",
        "_",
        "{{",
        "}}",
        "<",
        "李",
        "ａ",
        "９",
        "ﾊﾞ",
        "한",
        "ȧ̈",
        "\xC3",
        "\xF0\x9F",
    };
    struct buf b = { .arena = test_arena() };

    for (int i = chance_below(12); i > 0; i--)
        buf_add(&b, str_of(CHANCE_OF(pieces)));
    return buf_str(&b);
}

TEST(what_was_made_comparable_is_so_already)
{
    static struct str (*const forms[])(struct arena *, struct str) = { fold_clean, fold,
                                                                       fold_plain };

    for (int i = 0; i < 5 * CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct str text, once;

        chance_begin(3 * CASES + i);
        text = draw_text();
        for (size_t k = 0; k < sizeof(forms) / sizeof(forms[0]); k++) {
            once = forms[k](test_arena(), text);
            chance_hold(str_eq(forms[k](test_arena(), once), once), "a fold is its own fold");
            chance_hold(str_is_utf8(once) || once.len == 0, "a fold is a text");
        }
        arena_rewind(test_arena(), mark);
    }
}
