/*
 * Who was just said goodbye to and thanks for it wants nothing more: what they say stays in the ticket that was closed, and
 * begins nothing, no ticket, no flow, no welcome.
 */
#include "messages_private.h"

#include "base/clock.h"
#include "base/fold.h"

#define JUST_CLOSED_US (10 * US_PER_MIN)

enum { WORDS_MAX = 14 }; /* whoever says more than that says something */

/* Folded. */
static const char *const phrases[] = {
    /* thanks */
    "muito obrigado",
    "muito obrigada",
    "mto obrigado",
    "mto obrigada",
    "obrigado",
    "obrigada",
    "obrigadao",
    "obrigadinha",
    "obrigadinho",
    "brigado",
    "brigada",
    "brigadao",
    "obg",
    "obgd",
    "obgda",
    "obgdo",
    "muito grato",
    "muito grata",
    "grato",
    "grata",
    "gratidao",
    "agradecido",
    "agradecida",
    "agradeco",
    "valeu",
    "vlw",
    "vl",
    "deus abencoe",
    "deus te abencoe",
    "thank you",
    "thank u",
    "thanks",
    "thanx",
    "thx",
    "tks",
    "ty",
    "cheers",
    /* yes, all is said */
    "ok",
    "okay",
    "okey",
    "oki",
    "blz",
    "beleza",
    "ta bom",
    "ta certo",
    "ta ok",
    "esta bem",
    "esta certo",
    "certo",
    "certinho",
    "combinado",
    "perfeito",
    "maravilha",
    "otimo",
    "excelente",
    "show de bola",
    "show",
    "joia",
    "top",
    "entendi",
    "entendido",
    "all right",
    "alright",
    "great",
    "perfect",
    "got it",
    "sounds good",
    /* goodbye */
    "tchau tchau",
    "tchau",
    "tchauzinho",
    "xau",
    "ate mais",
    "ate logo",
    "ate breve",
    "ate amanha",
    "ate",
    "abraco",
    "abracos",
    "abs",
    "abcs",
    "bjs",
    "beijo",
    "beijos",
    "flw",
    "falou",
    "fui",
    "bye bye",
    "bye",
    "goodbye",
    "good bye",
    "see you later",
    "see you soon",
    "see you",
    "see ya",
    "take care",
};

/* What thanks are said with. By itself it may be a greeting, or the beginning of something. */
static const char *const companions[] = {
    "por tudo",
    "pela ajuda",
    "pela atencao",
    "pelo atendimento",
    "pelo otimo atendimento",
    "pela informacao",
    "pelas informacoes",
    "pelo retorno",
    "pela paciencia",
    "pela resposta",
    "era so isso",
    "e so isso",
    "so isso",
    "e so",
    "por enquanto",
    "de verdade",
    "de coracao",
    "mesmo",
    "muito",
    "demais",
    "entao",
    "viu",
    "ta",
    "a voce",
    "a voces",
    "voce",
    "voces",
    "a todos",
    "a todas",
    "e",
    "igualmente",
    "de nada",
    "um bom dia",
    "uma boa tarde",
    "uma boa noite",
    "bom dia",
    "boa tarde",
    "boa noite",
    "bom trabalho",
    "bom descanso",
    "bom fim de semana",
    "bom final de semana",
    "boa semana",
    "otimo dia",
    "otima tarde",
    "otima noite",
    "um otimo dia",
    "uma otima tarde",
    "uma otima noite",
    "tenha",
    "tenham",
    "moca",
    "moco",
    "querida",
    "querido",
    "amigo",
    "amiga",
    "so much",
    "very much",
    "a lot",
    "for your help",
    "for the help",
    "for everything",
    "for your time",
    "have a nice day",
    "have a good day",
    "have a great day",
    "you too",
    "and",
    "again",
    "a nice day",
    "good night",
};

/* Pictures that say as much; what gives hands their colour says nothing. */
static const uint32_t pictures[] = {
    0x1F44D,                                                       /* thumbs up */
    0x1F64F,                                                       /* folded hands */
    0x1F44B,                                                       /* waving */
    0x1F44C,                                                       /* OK hand */
    0x1F44F,                                                       /* clapping */
    0x1F64C,                                                       /* hands up */
    0x1F91D,                                                       /* handshake */
    0x1F917,                                                       /* hug */
    0x1F970, 0x1F60D, 0x1F618,                                     /* loving faces */
    0x1F600, 0x1F603, 0x1F604, 0x1F601, 0x1F60A, 0x1F642, 0x1F609, /* smiles */
    0x2764,  0x2665,  0x1F499, 0x1F49A, 0x1F49B, 0x1F9E1, 0x1F49C, /* hearts */
    0x1F339, 0x1F337, 0x1F490,                                     /* flowers */
    0x2705,  0x2714,                                               /* check marks */
};
enum { COLOUR_FIRST = 0x1F3FB, COLOUR_LAST = 0x1F3FF };

static bool
is_picture(uint32_t point)
{
    for (size_t i = 0; i < sizeof pictures / sizeof pictures[0]; i++)
        if (pictures[i] == point)
            return true;
    return false;
}

/* The letters of it, a space for each picture; *n: how many there were. */
static struct str
without_pictures(struct arena *a, struct str folded, size_t *n)
{
    const char *p = folded.p, *end = folded.p + folded.len;
    struct buf out = { .arena = a };
    uint32_t point;

    *n = 0;
    while (p < end && fold_next(&p, end, &point)) {
        bool is_colour = point >= COLOUR_FIRST && point <= COLOUR_LAST;

        if (is_colour || is_picture(point)) {
            buf_char(&out, ' ');
            if (!is_colour)
                (*n)++;
        } else {
            fold_put(&out, point);
        }
    }
    return str_trim(buf_str(&out));
}

/* "Valeuuu" is "valeu": people draw the last letter out. */
static bool
is_word(struct str said, struct str word)
{
    if (word.len == 0 || !str_starts(said, word))
        return false;
    for (size_t i = word.len; i < said.len; i++)
        if (said.p[i] != word.p[word.len - 1])
            return false;
    return true;
}

/* How many of these words the phrase is; 0: they do not begin so. */
static size_t
begins_with(const struct str *words, size_t n, const char *phrase)
{
    struct str rest = str_of(phrase), word;
    size_t count = 0;

    while (str_cut(&rest, ' ', &word)) {
        if (count == n || !is_word(words[count], word))
            return 0;
        count++;
    }
    return count;
}

static size_t
longest(const struct str *words, size_t n, const char *const *table, size_t size)
{
    size_t most = 0;

    for (size_t i = 0; i < size; i++) {
        size_t count = begins_with(words, n, table[i]);

        most = count > most ? count : most;
    }
    return most;
}

bool
thanks_only(struct arena *a, struct str text)
{
    size_t pictured, n = 0, said = 0;
    struct str rest = without_pictures(a, fold(a, text), &pictured), word;
    struct str words[WORDS_MAX];

    while (str_cut(&rest, ' ', &word)) {
        if (word.len == 0)
            continue;
        if (n == WORDS_MAX)
            return false;
        words[n++] = word;
    }
    for (size_t i = 0; i < n;) {
        size_t thanks = longest(words + i, n - i, phrases, sizeof phrases / sizeof phrases[0]);
        size_t beside =
            longest(words + i, n - i, companions, sizeof companions / sizeof companions[0]);

        if (thanks == 0 && beside == 0)
            return false;
        if (thanks >= beside)
            said++;
        i += thanks >= beside ? thanks : beside;
    }
    return said > 0 || (n == 0 && pictured > 0);
}

struct err
thanks_find(struct cx *cx, struct channel_id channel, struct identity_id who,
            const struct channel_event *event, bool *found, struct ticket *out)
{
    int64_t at_us = event->provider_at_us > 0 && event->provider_at_us < cx->now_us
                        ? event->provider_at_us
                        : cx->now_us;

    *found = false;
    if (strcmp(event->message_kind, "text") != 0 || !thanks_only(cx->arena, event->text))
        return OK;
    return tickets_lock_just_closed(cx, channel, who, at_us - JUST_CLOSED_US, found, out);
}
