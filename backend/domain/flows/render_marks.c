/*
 * Reading an author's marks: which letters they are, and how what stands between them looks.
 */
#include "render_private.h"

#include "base/fold.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))

/* In pairs on one line. The last is nobody's here, but networks read it. */
static const struct {
    char sign;
    unsigned char look;
} pairs[] = {
    { '*', LOOK_BOLD },
    { '_', LOOK_ITALIC },
    { '~', LOOK_STRIKE },
    { '`', 0 },
};

struct page {
    struct letter *v;
    size_t n;
};

bool
letter_is_space(const struct letter *l)
{
    return l->point == ' ' || (l->point >= '\t' && l->point <= '\r') || l->point == 0xA0 ||
           (l->point >= 0x2000 && l->point <= 0x200A) || l->point == 0x3000;
}

/* Of a word: a mark beside it is none. */
static bool
is_of_word(const struct letter *l)
{
    uint32_t c = l->point;

    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
           (c >= 0x80 && fold_is_letter(c));
}

/*
 * How a letter is seen by whoever looks for marks. To the author a value is a word, whatever is in it: he could not know.
 * A network sees what is there.
 */
static bool
is_word_to(const struct letter *l, bool author)
{
    return (author && l->is_opaque) || is_of_word(l);
}

static bool
is_space_to(const struct letter *l, bool author)
{
    return author && l->is_opaque ? false : letter_is_space(l);
}

static bool
is_sign(const struct letter *l, char sign, bool author)
{
    if (l->point != (unsigned char)sign || l->is_apart || (l->look & LOOK_MONO) != 0)
        return false;
    return !author || (l->mark == MARK_NONE && !l->is_opaque);
}

static bool
opens(const struct page *page, size_t i, char sign, bool author)
{
    const struct letter *l = page->v + i;

    return is_sign(l, sign, author) && (i == 0 || !is_word_to(l - 1, author)) && i + 1 < page->n &&
           !is_space_to(l + 1, author) && !l[1].is_apart && l[1].point != (unsigned char)sign;
}

static bool
closes(const struct page *page, size_t i, char sign, bool author)
{
    const struct letter *l = page->v + i;

    return is_sign(l, sign, author) && !is_space_to(l - 1, author) && !l[-1].is_apart &&
           (i + 1 == page->n || !is_word_to(l + 1, author));
}

/* The mark that closes the one at i; n: there is none on its line. */
static size_t
closing(const struct page *page, size_t i, char sign, bool author)
{
    for (size_t j = i + 2; j < page->n && page->v[j - 1].point != '\n'; j++)
        if (closes(page, j, sign, author))
            return j;
    return page->n;
}

static void
mark_pair(struct page *page, size_t from, size_t to, unsigned char look)
{
    page->v[from].mark = MARK_OPENS;
    page->v[to].mark = MARK_CLOSES;
    for (size_t i = from + 1; i < to; i++)
        page->v[i].look |= look;
}

static void
read_pairs(struct page *page, char sign, unsigned char look)
{
    for (size_t i = 0; i < page->n; i++) {
        size_t to = opens(page, i, sign, true) ? closing(page, i, sign, true) : page->n;

        if (to < page->n) {
            mark_pair(page, i, to, look);
            i = to;
        }
    }
}

static bool
is_fence(const struct page *page, size_t i)
{
    for (size_t k = i; k < i + 3; k++)
        if (k >= page->n || page->v[k].point != '`' || page->v[k].is_opaque)
            return false;
    return true;
}

/* Three back-quotes, over as many lines as one likes. */
static void
read_mono(struct page *page)
{
    for (size_t i = 0; i < page->n; i++) {
        size_t to = i + 4;

        if (!is_fence(page, i))
            continue;
        while (to < page->n && !is_fence(page, to))
            to++;
        if (to >= page->n)
            return;
        for (size_t k = 0; k < 3; k++)
            mark_pair(page, i + k, to + k, 0);
        for (size_t k = i + 3; k < to; k++)
            page->v[k].look = LOOK_MONO;
        i = to + 2;
    }
}

/*
 * Holds apart what a network would read into a value: a star of it that opens or closes something. True: there was any.
 * Only those: a code that somebody will copy keeps its own letters wherever they mean nothing.
 */
static bool
part_values(struct page *page, char sign)
{
    bool any = false;

    for (size_t i = 0; i < page->n; i++) {
        size_t to = opens(page, i, sign, false) ? closing(page, i, sign, false) : page->n;

        while (to < page->n && (page->v[i].is_value || page->v[to].is_value)) {
            struct letter *l = page->v[i].is_value ? page->v + i : page->v + to;

            l->is_apart = any = true;
            to = opens(page, i, sign, false) ? closing(page, i, sign, false) : page->n;
        }
        if (to < page->n)
            i = to;
    }
    return any;
}

/* What is held apart may free another pair: until nothing is left, or nothing of any value is believed. */
static void
part_all_values(struct page *page)
{
    enum { ROUNDS = 8 };
    bool any = true;

    for (int round = 0; any && round < ROUNDS; round++) {
        any = false;
        for (size_t i = 0; i < COUNT(pairs); i++)
            any = part_values(page, pairs[i].sign) || any;
    }
    for (size_t i = 0; i < page->n; i++) {
        struct letter *l = page->v + i;
        bool is_fenced = l->point == '`' &&
                         ((i > 0 && l[-1].point == '`') || (i + 1 < page->n && l[1].point == '`'));

        if (l->is_value && (is_fenced || (any && l->point < 0x80 && strchr("*_~`", (int)l->point))))
            l->is_apart = true;
    }
}

/* https://… up to a space, without what closes the sentence behind it. */
static void
read_addresses(struct page *page, struct str text)
{
    for (size_t i = 0; i < page->n; i++) {
        struct str rest = { page->v[i].p, (size_t)(text.p + text.len - page->v[i].p) };
        size_t to = i;

        if (page->v[i].point != 'h' ||
            (!str_starts(rest, STR("https://")) && !str_starts(rest, STR("http://"))))
            continue;
        while (to < page->n && !letter_is_space(page->v + to))
            to++;
        while (to > i && !page->v[to - 1].is_value && page->v[to - 1].point < 0x80 &&
               strchr("*_~`.,;:!?)\"'", (int)page->v[to - 1].point) != NULL)
            to--;
        for (; i < to; i++)
            page->v[i].is_opaque = true;
    }
}

struct letters
letters_of(struct arena *a, const struct channel_rules *rules, struct str text,
           const struct literal *literals, size_t literal_count)
{
    struct page page = { arena_array(a, struct letter, text.len + 1), 0 };
    const char *p = text.p, *end = text.p + text.len, *from = p;
    size_t next = 0;
    uint32_t point;

    for (; p != end && fold_next(&p, end, &point); from = p) {
        size_t at = (size_t)(from - text.p);
        bool is_value;

        while (next < literal_count && literals[next].start + literals[next].len <= at)
            next++;
        is_value = next < literal_count && literals[next].start <= at;
        page.v[page.n++] = (struct letter){ .p = from,
                                            .n = (unsigned char)(p - from),
                                            .point = point,
                                            .is_value = is_value,
                                            .is_opaque = is_value };
    }
    read_addresses(&page, text);
    read_mono(&page);
    for (size_t i = 0; i < COUNT(pairs); i++)
        if (pairs[i].look != 0)
            read_pairs(&page, pairs[i].sign, pairs[i].look);
    if (rules->marks == MARKS_KEPT && literal_count > 0)
        part_all_values(&page);
    return (struct letters){ rules->unit, rules->marks, page.v, page.n };
}
