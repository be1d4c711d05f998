/*
 * What must hold of any recording: it passes on what it was recorded on, and one text, way or option that is changed where
 * it came by fails it just there.
 */
#include "domain/testing/story.h"

#include "recording.h"

enum { CASES = 25, LEVELS_MAX = 5, OPTIONS_MAX = 4 };

/* --- flows ---------------------------------------------------------------------------- */

enum change { NOTHING, A_TEXT, A_QUESTION, AN_OPTION, A_WAY_ON, A_WAY_OUT, CHANGE__COUNT };

/* Level after level a message and a menu; every option leads on. */
struct tale {
    int levels, options[LEVELS_MAX], chosen[LEVELS_MAX];
    enum change change;
    int at; /* level */
};

static bool
changes(const struct tale *t, enum change change, int level)
{
    return t->change == change && t->at == level;
}

/* Texts that say what is another day's or somebody's: a recording keeps them as such. */
static void
put_message(struct buf *b, const struct tale *t, int level)
{
    static const char *const texts[] = { "Olá, {{contact.first_name}}!", "São {{now.time}}.",
                                         "Protocolo {{ticket.protocol}}, *anote*.",
                                         "{{company.name}} agradece." };

    buf_fmt(b,
            "{\"id\":\"m%d\",\"type\":\"send_message\",\"v\":1,\"settings\":{\"text\":\"%s%s\"}},",
            level, texts[level % 4], changes(t, A_TEXT, level) ? " Mudou." : "");
}

static void
put_menu(struct buf *b, const struct tale *t, int level)
{
    buf_fmt(b,
            "{\"id\":\"q%d\",\"type\":\"question\",\"v\":1,\"settings\":{\"expect\":\"choice\","
            "\"text\":\"%s %d?\",\"options\":[",
            level, changes(t, A_QUESTION, level) ? "E agora" : "Qual", level);
    for (int i = 0; i < t->options[level]; i++)
        buf_fmt(b, "%s{\"id\":\"o%d\",\"label\":\"Caminho %c\",\"number\":%d}", i > 0 ? "," : "", i,
                'a' + i, i + 1);
    if (changes(t, AN_OPTION, level))
        buf_add(b, STR(",{\"id\":\"nova\",\"label\":\"Mais uma\",\"number\":9}"));
    buf_add(b, STR("]}},"));
}

static void
put_way(struct buf *b, const char *from, int level, const char *outlet, bool strays)
{
    struct str to = strays ? STR("longe") : (struct str){ 0 };

    if (to.len == 0)
        to = *from == 'm' ? str_fmt(test_arena(), "q%d", level)
                          : str_fmt(test_arena(), "m%d", level + 1);
    buf_fmt(b, "{\"from\":\"%s%d\",\"outlet\":\"%s\",\"to\":\"%.*s\"},", from, level, outlet,
            STR_ARG(to));
}

static struct flow_set
told(const struct tale *t)
{
    const struct flow_document **v = arena_array(test_arena(), const struct flow_document *, 1);
    struct buf b = { .arena = test_arena() };

    buf_add(&b, STR("{\"format\":\"balcao-flow\",\"format_version\":1,\"key\":\"main\","
                    "\"name\":\"x\",\"start\":\"m0\",\"channels\":[\"whatsapp\"],\"settings\":{"
                    "\"fallback\":{\"department\":\"department:1\"}},\"cards\":["));
    for (int i = 0; i < t->levels; i++) {
        put_message(&b, t, i);
        put_menu(&b, t, i);
    }
    buf_fmt(&b,
            "{\"id\":\"m%d\",\"type\":\"finish\",\"v\":1,\"settings\":{\"message\":\"Até mais!\"}},"
            "{\"id\":\"longe\",\"type\":\"finish\",\"v\":1,\"settings\":{\"message\":\"Longe.\"}}],"
            "\"connectors\":[",
            t->levels);
    for (int i = 0; i < t->levels; i++) {
        put_way(&b, "m", i, "next", changes(t, A_WAY_ON, i));
        for (int k = 0; k < t->options[i]; k++)
            put_way(&b, "q", i, str_cstr(test_arena(), str_fmt(test_arena(), "opt:o%d", k)),
                    changes(t, A_WAY_OUT, i) && k == t->chosen[i]);
    }
    b.len--; /* the last comma */
    buf_add(&b, STR("]}"));
    v[0] = story_read(buf_str(&b));
    return (struct flow_set){ v, 1 };
}

/* --- recordings ------------------------------------------------------------------------ */

static const struct json *
parsed(struct str text)
{
    const struct json *json;

    CHECK_OK(json_parse(test_arena(), text, &json));
    return json;
}

/* Tapped, or said in one of the ways that a menu understands. */
static void
put_answer(struct buf *b, int option)
{
    switch (chance_below(3)) {
    case 0: buf_fmt(b, ",{\"in\":{\"kind\":\"reply\",\"option\":\"o%d\"}}", option); break;
    case 1: buf_fmt(b, ",{\"in\":{\"kind\":\"message\",\"text\":\"%d\"}}", option + 1); break;
    default: buf_fmt(b, ",{\"in\":{\"kind\":\"message\",\"text\":\"caminho %c\"}}", 'a' + option);
    }
}

static struct recording
recorded(const struct tale *t)
{
    static const char given[] =
        "{\"channel\":\"whatsapp\",\"now\":\"2026-11-20T09:30:00-03:00\",\"protocol\":\"20261120"
        "0001\",\"contact\":{\"name\":\"Ana Exemplo\"},\"company\":{\"name\":\"Rede Exemplo\"}}";
    struct recording by_hand, kept;
    struct buf b = { .arena = test_arena() };

    buf_add(&b, STR("[{\"in\":{\"kind\":\"message\",\"text\":\"oi\"}}"));
    for (int i = 0; i < t->levels; i++)
        put_answer(&b, t->chosen[i]);
    buf_char(&b, ']');
    CHECK_OK(recording_make(test_arena(), STR("main"), parsed(str_of(given)), NULL,
                            parsed(buf_str(&b)), &by_hand));
    by_hand.id = by_hand.name = STR("t");
    CHECK_OK(recording_read(test_arena(), parsed(recording_write(test_arena(), &by_hand, told(t))),
                            &kept));
    return kept;
}

static struct tale
draw_tale(void)
{
    struct tale t = { .levels = 1 + chance_below(LEVELS_MAX) };

    for (int i = 0; i < t.levels; i++) {
        t.options[i] = 2 + chance_below(OPTIONS_MAX - 1);
        t.chosen[i] = chance_below(t.options[i]);
    }
    return t;
}

TEST(a_recording_passes_where_it_was_made)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct recording_result result;
        struct recording kept;
        struct tale t;

        chance_begin(i);
        t = draw_tale();
        kept = recorded(&t);
        result = recording_play(test_arena(), &kept, told(&t), NULL);
        chance_hold(result.has_passed, "it goes on as it went");
        chance_hold(result.step == 2 * t.levels + 3, "all of it was played");
        arena_rewind(test_arena(), mark);
    }
}

/* Steps from 1, what comes in and what is said to it by turns: a level is said to the answer of the one before. */
static int
said_at(int level)
{
    return 2 * level + 2;
}

TEST(one_change_on_its_path_fails_it_there_and_no_earlier)
{
    for (int i = 0; i < CASES; i++) {
        struct arena_mark mark = arena_mark(test_arena());
        struct recording_result result;
        struct recording kept;
        struct tale t;

        chance_begin(CASES + i);
        t = draw_tale();
        kept = recorded(&t);
        t.change = (enum change)(1 + chance_below(CHANGE__COUNT - 1));
        t.at = chance_below(t.levels);
        result = recording_play(test_arena(), &kept, told(&t), NULL);
        chance_hold(!result.has_passed, "what was changed on its path fails it");
        chance_hold(result.step == said_at(t.at + (t.change == A_WAY_OUT)),
                    "where it is said differently, and no earlier");
        arena_rewind(test_arena(), mark);
    }
}
