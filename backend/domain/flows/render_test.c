#include "base/testing/testing.h"

#include "base/fold.h"
#include "render_private.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* A text in which «» stand around what came from a value. */
static struct content
content_of(const char *written)
{
    static const struct str open = STR_INIT("«"), close = STR_INIT("»");
    struct literal *literals = arena_array(test_arena(), struct literal, 64);
    struct buf text = { .arena = test_arena() };
    struct content content = { .kind = CONTENT_TEXT };

    for (struct str rest = str_of(written); rest.len > 0;) {
        if (str_starts(rest, open)) {
            literals[content.literal_count].start = text.len;
            rest = (struct str){ rest.p + open.len, rest.len - open.len };
        } else if (str_starts(rest, close)) {
            struct literal *l = literals + content.literal_count++;

            l->len = text.len - l->start;
            rest = (struct str){ rest.p + close.len, rest.len - close.len };
        } else {
            buf_char(&text, *rest.p);
            rest = (struct str){ rest.p + 1, rest.len - 1 };
        }
    }
    content.text = buf_str(&text);
    content.literals = literals;
    return content;
}

static struct rendered_list
said(enum flow_channel channel, const char *written)
{
    return render(test_arena(), channel,
                  &(struct effect){ .kind = EFFECT_SEND, .content = content_of(written) });
}

static void
check_said(enum flow_channel channel, const char *written, const char *expected)
{
    struct rendered_list list = said(channel, written);

    CHECK_I64((int64_t)list.n, 1);
    CHECK_STR(list.v[0].text, expected);
    CHECK(!list.is_cut);
}

/* n options of this label, numbered; a digit at its end keeps them apart. */
static struct effect
asked(const char *text, const char *label, int n)
{
    struct effect_option *options = arena_array(test_arena(), struct effect_option, (size_t)n);

    for (int i = 0; i < n; i++)
        options[i] = (struct effect_option){
            .id = str_fmt(test_arena(), "o%d", i),
            .label = str_fmt(test_arena(), "%s%c", label, 'a' + i),
            .number = i + 1,
        };
    return (struct effect){ .kind = EFFECT_ASK,
                            .content = content_of(text),
                            .options = options,
                            .option_count = (size_t)n };
}

static struct rendered
drawn(enum flow_channel channel, const char *label, int n)
{
    struct effect ask = asked("Qual?", label, n);
    struct rendered_list list = render(test_arena(), channel, &ask);

    CHECK_I64((int64_t)list.n, 1);
    return list.v[0];
}

static void
check_control(enum flow_channel channel, const char *label, int n, const char *control)
{
    CHECK_STR(str_of(control_names[drawn(channel, label, n).control]), control);
}

TEST(marks_leave_in_the_fashion_of_the_network)
{
    const char *text = "*Oi*, _você_ e ~ela~: ```a*b*``` & <fim>";

    check_said(FLOW_WHATSAPP, text, "*Oi*, _você_ e ~ela~: ```a*b*``` & <fim>");
    check_said(FLOW_TELEGRAM, text,
               "<b>Oi</b>, <i>você</i> e <s>ela</s>: <pre>a*b*</pre> &amp; &lt;fim&gt;");
    check_said(FLOW_MESSENGER, text, "Oi, você e ela: a*b* & <fim>");
    check_said(FLOW_WEBCHAT, text, "Oi, você e ela: a*b* & <fim>");
    check_said(FLOW_TELEGRAM, "*um _dois* três_", "<b>um <i>dois</i></b><i> três</i>");
    check_said(FLOW_TELEGRAM, "*a ```b``` c*", "<b>a </b><pre>b</pre><b> c</b>");
}

TEST(what_only_looks_like_a_mark_is_none)
{
    static const char *const plain[] = {
        "2*3*4",
        "a_b_c",
        "* um *",
        "*sem fim",
        "*um\ndois*",
        "~",
        "**",
        "***",
        "``` sem fim",
        "nome_do_arquivo",
        "https://x.com/_a_/*b*",
        "`um`",
    };

    for (size_t i = 0; i < COUNT(plain); i++) {
        check_said(FLOW_MESSENGER, plain[i], plain[i]);
        check_said(FLOW_WHATSAPP, plain[i], plain[i]);
    }
    check_said(FLOW_MESSENGER, "*https://x.com/a_b_*", "https://x.com/a_b_");
}

TEST(values_are_literal_whatever_they_hold)
{
    check_said(FLOW_TELEGRAM, "Oi, *«<b>*Zé*»*!", "Oi, <b>&lt;b&gt;*Zé*</b>!");
    check_said(FLOW_MESSENGER, "Oi, «*Zé*» e *você*", "Oi, *Zé* e você");
    check_said(FLOW_MESSENGER, "*«Ana »*.", "Ana .");
    /* one star is the author's, the other is not */
    check_said(FLOW_MESSENGER, "*Oi «Zé*» você", "*Oi Zé* você");
    check_said(FLOW_MESSENGER, "«```»a«```»", "```a```");
}

TEST(a_network_does_not_find_marks_in_values_either)
{
    check_said(FLOW_WHATSAPP, "Oi, «*Zé*»", "Oi, \u200A*\u200AZé*");
    check_said(FLOW_WHATSAPP, "*Oi «Zé*» você", "*Oi Zé\u200A*\u200A você");
    check_said(FLOW_WHATSAPP, "«`a`» «```b```»",
               "\u200A`\u200Aa` \u200A`\u200A\u200A`\u200A\u200A`\u200Ab"
               "\u200A`\u200A\u200A`\u200A\u200A`\u200A");
    /* a code that is copied keeps its letters where they mean nothing */
    check_said(FLOW_WHATSAPP, "«5303986540510.00***6304A1B2_x»", "5303986540510.00***6304A1B2_x");
}

TEST(an_option_gets_the_first_control_that_holds_it)
{
    check_control(FLOW_WHATSAPP, "Boleto", 3, "buttons");
    check_control(FLOW_WHATSAPP, "Boleto", 4, "list");
    check_control(FLOW_WHATSAPP, "Estou sem internet 1", 3, "list"); /* 21 */
    check_control(FLOW_WHATSAPP, "Boleto", 11, "none");
    check_control(FLOW_WHATSAPP, "Contratar ou mudar plano", 2, "none"); /* 25 */
    check_control(FLOW_MESSENGER, "Boleto", 13, "quick_replies");
    check_control(FLOW_MESSENGER, "Boleto", 14, "none");
    check_control(FLOW_INSTAGRAM, "Boleto", 3, "quick_replies");
    check_control(FLOW_FACEBOOK, "Boleto", 2, "none");
    check_control(FLOW_TELEGRAM, "Contratar ou mudar plano", 20, "keyboard");
    check_control(FLOW_WEBCHAT, "Contratar ou mudar plano", 20, "buttons");
    check_control(FLOW_TELEPHONY, "Boleto", 9, "digits");
    /* an emoji counts two */
    check_control(FLOW_WHATSAPP, "😀😀😀😀😀😀😀😀😀", 3, "buttons");
    check_control(FLOW_WHATSAPP, "😀😀😀😀😀😀😀😀😀😀", 3, "list");
}

TEST(buttons_have_names_and_each_its_own)
{
    struct effect ask = asked("Qual?", "1", 2);
    struct effect_option same[] = { { .label = STR("Fatura"), .number = 1 },
                                    { .label = STR("Fatura"), .number = 2 } };

    ask.options = same;
    CHECK_I64(render(test_arena(), FLOW_WHATSAPP, &ask).v[0].control, CONTROL_LIST);
    CHECK_I64(render(test_arena(), FLOW_WEBCHAT, &ask).v[0].control, CONTROL_NONE);
    same[1].label = STR(" ");
    CHECK_I64(render(test_arena(), FLOW_WHATSAPP, &ask).v[0].control, CONTROL_NONE);
}

TEST(a_page_of_ours_draws_buttons_and_needs_no_numbers)
{
    struct rendered shown = drawn(FLOW_WEBCHAT, "Boleto ", 2);

    CHECK_STR(shown.text, "Qual?");
    CHECK_I64((int64_t)shown.option_count, 2);
    CHECK_STR(drawn(FLOW_API, "Boleto ", 2).text, "Qual?\n\n1 - Boleto a\n2 - Boleto b");
}

TEST(a_style_that_cannot_be_falls_to_the_next)
{
    static const struct {
        enum flow_channel channel;
        const char *style, *control;
    } rows[] = {
        { FLOW_WHATSAPP, "auto", "buttons" },
        { FLOW_WHATSAPP, "list", "list" },
        { FLOW_WHATSAPP, "text", "none" },
        { FLOW_TELEGRAM, "list", "keyboard" },
        { FLOW_MESSENGER, "buttons", "quick_replies" },
        { FLOW_TELEPHONY, "text", "digits" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct effect ask = asked("Qual?", "Boleto", 3);
        struct rendered_list list;

        ask.style = str_of(rows[i].style);
        list = render(test_arena(), rows[i].channel, &ask);
        CHECK_STR(str_of(control_names[list.v[0].control]), rows[i].control);
    }
}

TEST(options_without_a_control_are_numbered_under_the_question)
{
    struct effect ask = asked("Que *dia*?", "1", 2);
    struct effect_option days[] = { { .label = STR("5"), .number = 1 },
                                    { .label = STR("10"), .number = 2 } };

    CHECK_STR(render(test_arena(), FLOW_FACEBOOK, &ask).v[0].text, "Que dia?\n\n1 - 1a\n2 - 1b");
    ask.options = days;
    CHECK_STR(render(test_arena(), FLOW_FACEBOOK, &ask).v[0].text, "Que dia?\n\n5\n10");
    /* they go along with controls that not everybody sees */
    CHECK_STR(render(test_arena(), FLOW_INSTAGRAM, &ask).v[0].text, "Que dia?\n\n5\n10");
    CHECK_STR(render(test_arena(), FLOW_TELEGRAM, &ask).v[0].text, "Que <b>dia</b>?");
    CHECK_I64(render(test_arena(), FLOW_TELEGRAM, &ask).v[0].columns, 2);
    CHECK_STR(drawn(FLOW_FACEBOOK, "*b*", 2).text, "Qual?\n\n1 - *b*a\n2 - *b*b");
    CHECK_STR(drawn(FLOW_TELEPHONY, "Boleto ", 2).text,
              "Qual?\nPara Boleto a, digite 1.\nPara Boleto b, digite 2.");
}

static const char *
repeated(const char *piece, int n)
{
    struct buf b = { .arena = test_arena() };

    for (int i = 0; i < n; i++)
        buf_add(&b, str_of(piece));
    return str_cstr(test_arena(), buf_str(&b));
}

TEST(a_question_too_long_to_stand_beside_its_control_goes_first)
{
    struct effect ask = asked(repeated("letra ", 180), "Boleto", 3);
    struct rendered_list list = render(test_arena(), FLOW_WHATSAPP, &ask);

    CHECK_I64((int64_t)list.n, 2);
    CHECK_I64(list.v[0].control, CONTROL_NONE);
    CHECK_STR(list.v[1].text, "Escolha uma opção:");
    CHECK_I64(list.v[1].control, CONTROL_BUTTONS);
}

TEST(a_long_text_is_cut_where_a_reader_breathes)
{
    struct str paragraph = str_of(repeated("Uma frase. ", 80));
    const char *text = str_cstr(test_arena(), str_fmt(test_arena(), "%.*s\n\nSegue.\n\n%.*s",
                                                      STR_ARG(paragraph), STR_ARG(paragraph)));
    struct rendered_list list = said(FLOW_INSTAGRAM, text);

    CHECK_I64((int64_t)list.n, 2);
    CHECK(str_ends(list.v[0].text, STR("frase. \n\nSegue.")));
    CHECK(str_starts(list.v[1].text, STR("Uma frase.")));

    list = said(FLOW_INSTAGRAM, repeated("Uma frase. ", 100));
    CHECK_I64((int64_t)list.n, 2);
    CHECK(str_ends(list.v[0].text, STR("frase.")));

    list = said(FLOW_INSTAGRAM, repeated("palavra ", 150));
    CHECK(str_ends(list.v[0].text, STR("palavra")));
    CHECK(str_starts(list.v[1].text, STR("palavra")));
}

TEST(what_three_parts_do_not_hold_is_cut_and_told)
{
    struct rendered_list list = said(FLOW_INSTAGRAM, repeated("x", 3001));

    CHECK_I64((int64_t)list.n, 3);
    CHECK(list.is_cut);
    CHECK(str_ends(list.v[2].text, STR("x…")));
    CHECK(!said(FLOW_INSTAGRAM, repeated("x", 3000)).is_cut);
    CHECK_I64((int64_t)said(FLOW_INSTAGRAM, repeated("x", 1000)).n, 1);
    /* an accent counts two bytes there */
    CHECK_I64((int64_t)said(FLOW_INSTAGRAM, repeated("é", 501)).n, 2);
}

TEST(a_cut_closes_marks_and_opens_them_again)
{
    struct rendered_list list =
        said(FLOW_WHATSAPP,
             str_cstr(test_arena(), str_fmt(test_arena(), "*%sfim*", repeated("letra ", 700))));

    CHECK_I64((int64_t)list.n, 2);
    CHECK(str_ends(list.v[0].text, STR("letra*")));
    CHECK(str_starts(list.v[1].text, STR("*letra")));
    CHECK(str_ends(list.v[1].text, STR("fim*")));
}

TEST(nothing_is_said_of_a_blank_text)
{
    CHECK_I64((int64_t)said(FLOW_WHATSAPP, "").n, 0);
    CHECK_I64((int64_t)said(FLOW_TELEGRAM, " \n ").n, 0);
    CHECK_I64((int64_t)said(FLOW_TELEPHONY, "😀 https://x.com").n, 0);
}

static struct rendered_list
sent(enum flow_channel channel, enum content_kind kind, const char *name, const char *text)
{
    struct effect effect = { .kind = EFFECT_SEND, .content = content_of(text) };

    effect.content.kind = kind;
    effect.content.file = STR("file:abc");
    effect.content.name = str_of(name);
    return render(test_arena(), channel, &effect);
}

TEST(a_file_has_its_caption_where_the_network_has_captions)
{
    struct rendered_list list = sent(FLOW_WHATSAPP, CONTENT_FILE, "a.pdf", "*Boleto*");

    CHECK_I64((int64_t)list.n, 1);
    CHECK_STR(list.v[0].text, "*Boleto*");
    CHECK_STR(list.v[0].file, "file:abc");

    list = sent(FLOW_MESSENGER, CONTENT_FILE, "a.pdf", "*Boleto*");
    CHECK_I64((int64_t)list.n, 2);
    CHECK_STR(list.v[0].text, "");
    CHECK_STR(list.v[1].text, "Boleto");

    CHECK(sent(FLOW_INSTAGRAM, CONTENT_FILE, "a.pdf", "").v[0].as_link);
    CHECK(!sent(FLOW_INSTAGRAM, CONTENT_FILE, "a.PNG", "").v[0].as_link);
    CHECK(sent(FLOW_FACEBOOK, CONTENT_FILE, "a.png", "").v[0].as_link);
    CHECK_I64((int64_t)sent(FLOW_WHATSAPP, CONTENT_FILE, "a.pdf", repeated("x", 1025)).n, 2);
    /* a recording's words are for the agent */
    list = sent(FLOW_WHATSAPP, CONTENT_AUDIO, "a.mp3", "transcrição");
    CHECK_I64((int64_t)list.n, 1);
    CHECK_STR(list.v[0].text, "");
}

TEST(an_awaited_answer_gets_the_helper_that_the_network_has)
{
    struct effect ask = { .kind = EFFECT_ASK, .content = content_of("Onde você está?") };

    ask.validator = STR("location");
    CHECK_I64(render(test_arena(), FLOW_WHATSAPP, &ask).v[0].control, CONTROL_LOCATION);
    CHECK_I64(render(test_arena(), FLOW_MESSENGER, &ask).v[0].control, CONTROL_NONE);
    ask.validator = STR("phone");
    CHECK_I64(render(test_arena(), FLOW_TELEGRAM, &ask).v[0].control, CONTROL_CONTACT);
    CHECK_I64(render(test_arena(), FLOW_WHATSAPP, &ask).v[0].control, CONTROL_NONE);
    ask.validator = STR("image");
    CHECK_I64(render(test_arena(), FLOW_WEBCHAT, &ask).v[0].control, CONTROL_FILE);
    ask.validator = STR("cpf");
    CHECK_I64(render(test_arena(), FLOW_TELEPHONY, &ask).v[0].control, CONTROL_DIGITS);
}

TEST(a_voice_says_figures_as_people_do)
{
    static const struct {
        const char *written, *heard;
    } rows[] = {
        { "*Olá*, «Ana <3»! 😀", "Olá, Ana &lt;3!" },
        { "Vence em 25/12/2026.", "Vence em 25 de dezembro de 2026." },
        { "Valor R$ 1.234,50, hoje", "Valor 1.234 reais e 50 centavos, hoje" },
        { "São R$ 1,00.", "São 1 real." },
        { "CPF 529.982.247-25", "CPF 5 2 9 9 8 2 2 4 7 2 5" },
        { "Protocolo 202611200001.", "Protocolo 2 0 2 6 1 1 2 0 0 0 0 1." },
        { "Ligue (49) 98841-2076", "Ligue 4 9 9 8 8 4 1 2 0 7 6" },
        { "Veja https://x.com/a, obrigado", "Veja, obrigado" },
        { "De 2 a 500", "De 2 a 500" },
        { "R$ ?", "?" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_said(FLOW_TELEPHONY, rows[i].written, rows[i].heard);
}

/* --- whatever is written -------------------------------------------------------------------- */

static uint64_t
chance(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static const char *const pieces[] = {
    "a",           "palavra ",   "*",
    "_",           "~",          "`",
    "```",         " ",          "\n",
    "\n\n",        ". ",         "é",
    "ção",         "😀",          "👨‍👩‍👧",
    "e\u0301",     "<",          ">",
    "&",           "&amp;",      "https://x.com/_a_*b* ",
    "R$ 1.234,50", "12/12/2026", "***",
    "1️⃣",     "«",          "»",
    "\t",          "中",
};

/* Long enough now and then to be cut. `marks`: with the author's. */
static const char *
written_by_chance(uint64_t *state, bool marks)
{
    struct buf b = { .arena = test_arena() };
    size_t n = chance(state) % 4 == 0 ? chance(state) % 4000 : chance(state) % 40;
    bool is_value = false;

    for (size_t i = 0; i < n; i++) {
        const char *piece = pieces[chance(state) % COUNT(pieces)];
        bool is_mark = strpbrk(piece, "*_~`") != NULL;

        if (strcmp(piece, is_value ? "«" : "»") == 0 || (is_mark && !marks && !is_value))
            continue;
        /* few enough for content_of */
        if (strcmp(piece, "«") == 0 && i > 60)
            continue;
        if (strcmp(piece, "«") == 0 || strcmp(piece, "»") == 0)
            is_value = !is_value;
        buf_add(&b, str_of(piece));
    }
    if (is_value)
        buf_add(&b, STR("»"));
    return str_cstr(test_arena(), buf_str(&b));
}

/* What is seen: tags gone, escapes undone; `letters`: white space and marks gone too. */
static struct str
seen(enum text_marks marks, struct str text, bool letters)
{
    static const struct {
        struct str escape;
        char sign;
    } escapes[] = { { STR_INIT("&amp;"), '&' },
                    { STR_INIT("&lt;"), '<' },
                    { STR_INIT("&gt;"), '>' } };
    bool has_tags = marks == MARKS_HTML || marks == MARKS_SPOKEN;
    struct buf b = { .arena = test_arena() };

    while (text.len > 0) {
        size_t n = 1;
        char c = *text.p;

        if (has_tags && c == '<') {
            n = (size_t)str_find(text, '>') + 1;
        } else if (has_tags && c == '&') {
            for (size_t i = 0; i < COUNT(escapes); i++)
                if (str_starts(text, escapes[i].escape)) {
                    n = escapes[i].escape.len;
                    buf_char(&b, escapes[i].sign);
                }
            CHECK(n > 1);
        } else if (letters && str_starts(text, STR("\u200A"))) {
            n = 3;
        } else if (!letters || strchr(" \n\t*_~`", c) == NULL) {
            buf_char(&b, c);
        }
        text = (struct str){ text.p + n, text.len - n };
    }
    return buf_str(&b);
}

TEST(whatever_is_said_stays_within_limits_and_is_the_whole)
{
    uint64_t state = UINT64_C(88172645463325252);

    for (int round = 0; round < 400; round++) {
        struct content content = content_of(written_by_chance(&state, true));
        struct effect effect = { .kind = EFFECT_SEND, .content = content };

        for (enum flow_channel channel = 0; channel < FLOW_TELEPHONY; channel++) {
            const struct channel_rules *rules = &channel_rules[channel];
            struct rendered_list list = render(test_arena(), channel, &effect);
            struct buf whole = { .arena = test_arena() };

            CHECK(list.n <= RENDER_PARTS_MAX);
            for (size_t i = 0; i < list.n; i++) {
                struct str text = list.v[i].text, shown = seen(rules->marks, text, false);

                CHECK(str_is_utf8(text) && text.len > 0);
                CHECK(render_length(rules->unit, shown) <= rules->text_max);
                buf_add(&whole, seen(rules->marks, text, true));
            }
            if (!list.is_cut)
                CHECK_STR(buf_str(&whole),
                          str_cstr(test_arena(), seen(MARKS_NONE, content.text, true)));
        }
    }
}

TEST(no_mark_comes_from_a_value)
{
    const struct channel_rules plain = { .marks = MARKS_NONE };
    uint64_t state = UINT64_C(362436069362436069);

    for (int round = 0; round < 400; round++) {
        struct content content = content_of(written_by_chance(&state, false));
        struct effect effect = { .kind = EFFECT_SEND, .content = content };
        struct rendered_list list = render(test_arena(), FLOW_WHATSAPP, &effect);

        for (size_t i = 0; i < list.n; i++) {
            struct letters read = letters_of(test_arena(), &plain, list.v[i].text, NULL, 0);

            for (size_t k = 0; k < read.n; k++)
                CHECK(read.v[k].mark == MARK_NONE);
        }
        list = render(test_arena(), FLOW_TELEGRAM, &effect);
        for (size_t i = 0; i < list.n; i++)
            CHECK(!str_has(list.v[i].text, STR("<")));
    }
}

TEST(labels_are_never_cut)
{
    uint64_t state = UINT64_C(521288629521288629);

    for (int round = 0; round < 400; round++) {
        int n = (int)(1 + chance(&state) % 20), long_by = (int)(chance(&state) % 24);
        struct effect ask = asked(written_by_chance(&state, true), repeated("é", long_by), n);

        for (enum flow_channel channel = 0; channel < FLOW_CHANNEL__COUNT; channel++) {
            struct rendered_list list = render(test_arena(), channel, &ask);
            struct buf all = { .arena = test_arena() };

            for (size_t i = 0; i < list.n; i++)
                buf_add(&all, list.v[i].text);
            for (size_t i = 0; i < ask.option_count; i++) {
                bool is_drawn = false;

                for (size_t k = 0; k < list.n; k++)
                    for (size_t o = 0; o < list.v[k].option_count; o++)
                        is_drawn =
                            is_drawn || str_eq(list.v[k].options[o].label, ask.options[i].label);
                CHECK(is_drawn || str_has(buf_str(&all), ask.options[i].label));
            }
        }
    }
}
