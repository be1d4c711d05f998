/*
 * Cutting a text that is too long for one message where a reader would breathe.
 */
#include "render_private.h"

/* Where one may cut, the better the later. */
enum breath { BREATH_ANYWHERE, BREATH_SPACE, BREATH_SENTENCE, BREATH_PARAGRAPH, BREATH__COUNT };

static size_t
after_space(const struct letters *letters, size_t i)
{
    while (i < letters->n && letter_is_space(letters->v + i))
        i++;
    return i;
}

static size_t
before_space(const struct letters *letters, size_t from, size_t i)
{
    while (i > from && letter_is_space(letters->v + i - 1))
        i--;
    return i;
}

/* Belongs to the letter before it: an accent, a skin's colour, what joins two pictures to one. */
static bool
clings(const struct letter *l)
{
    uint32_t c = l->point;

    return (c >= 0x300 && c <= 0x36F) || c == 0x200D || (c >= 0xFE00 && c <= 0xFE0F) ||
           (c >= 0x1F3FB && c <= 0x1F3FF) || c == 0x20E3;
}

/* No mark is left without what it marks, no accent without its letter. */
static bool
may_cut(const struct letters *letters, size_t i)
{
    const struct letter *before = letters->v + i - 1;
    size_t next = after_space(letters, i);

    return before->mark != MARK_OPENS && before->point != 0x200D && !clings(letters->v + i) &&
           (next == letters->n || letters->v[next].mark != MARK_CLOSES);
}

/* Of a cut before letter i. */
static enum breath
breath_at(const struct letters *letters, size_t i)
{
    const struct letter *before = letters->v + i - 1;
    int line_feeds = 0;

    if (!letter_is_space(letters->v + i) || letter_is_space(before))
        return BREATH_ANYWHERE;
    for (size_t k = i; k < letters->n && letter_is_space(letters->v + k); k++)
        line_feeds += letters->v[k].point == '\n';
    if (line_feeds > 1)
        return BREATH_PARAGRAPH;
    if (line_feeds == 1 || (before->point < 0x80 && strchr(".!?:;", (int)before->point) != NULL))
        return BREATH_SENTENCE;
    return BREATH_SPACE;
}

/* The best place for a cut that leaves at most max, and at least `least` unless there is no such place. */
static size_t
best_cut(const struct letters *letters, size_t from, size_t end, int64_t max, int64_t least)
{
    size_t at[BREATH__COUNT] = { [BREATH_ANYWHERE] = from + 1 };
    int64_t length = letter_look_cost(letters, from);

    for (size_t i = from; i < end && length <= max; i++) {
        if (i > from && length + letter_look_cost(letters, i) <= max && may_cut(letters, i)) {
            enum breath breath = breath_at(letters, i);

            at[BREATH_ANYWHERE] = i;
            if (length >= least)
                at[breath] = i;
        }
        length += letter_cost(letters, i);
    }
    for (enum breath breath = BREATH_PARAGRAPH; breath > BREATH_ANYWHERE; breath--)
        if (at[breath] != 0)
            return at[breath];
    return at[BREATH_ANYWHERE];
}

struct flow_words
letters_split(struct arena *a, const struct letters *letters, int64_t max, int most_parts,
              bool *is_cut)
{
    struct str *parts = arena_array(a, struct str, (size_t)most_parts);
    const struct str dots = STR("…");
    size_t from = after_space(letters, 0), end = before_space(letters, from, letters->n), n = 0;

    *is_cut = false;
    while (from < end) {
        struct buf part = { .arena = a };
        int64_t left = most_parts - (int64_t)n - 1, length = letters_length(letters, from, end);
        bool ends = left == 0 && length > max;
        int64_t room = ends ? max - render_length(letters->unit, dots) : max;
        /* What the others cannot take, this one must; nor shall it be a mere greeting. */
        int64_t least = length - left * max;
        size_t cut = end;

        if (least < max / 4 || least > max)
            least = max / 4;
        if (length > max)
            cut = best_cut(letters, from, end, room, least);
        letters_print(&part, letters, from, before_space(letters, from, cut));
        if (ends)
            buf_add(&part, dots);
        parts[n++] = buf_str(&part);
        from = ends ? end : after_space(letters, cut);
        *is_cut = ends;
    }
    return (struct flow_words){ parts, n };
}
