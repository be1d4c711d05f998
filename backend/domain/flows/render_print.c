/*
 * Letters as text again, in the fashion of the place they go to.
 */
#include "render_private.h"

#include "base/fold.h"

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
/* Thin enough not to be seen, and white space to whoever looks for marks. */
#define HAIR_SPACE STR("\u200A")

static const struct {
    unsigned char look;
    struct str typed, tag;
} looks[] = {
    { LOOK_BOLD, STR_INIT("*"), STR_INIT("b") },
    { LOOK_ITALIC, STR_INIT("_"), STR_INIT("i") },
    { LOOK_STRIKE, STR_INIT("~"), STR_INIT("s") },
    { LOOK_MONO, STR_INIT("```"), STR_INIT("pre") },
};

static const struct {
    char sign;
    struct str escaped;
} escapes[] = {
    { '&', STR_INIT("&amp;") },
    { '<', STR_INIT("&lt;") },
    { '>', STR_INIT("&gt;") },
};

int64_t
render_length(enum text_unit unit, struct str text)
{
    return (int64_t)(unit == UNIT_BYTES ? text.len : fold_units(text));
}

/* What stands in mono is nothing else besides: networks that have tags refuse it. */
static unsigned char
tagged_look(const struct letter *l)
{
    return (l->look & LOOK_MONO) != 0 ? LOOK_MONO : l->look;
}

/* Tags stand in the order of the table, so what both looks begin with stays open. */
static void
change_tags(struct buf *to, unsigned char from_look, unsigned char to_look)
{
    size_t same = 0;

    while (same < COUNT(looks) && (from_look & looks[same].look) == (to_look & looks[same].look))
        same++;
    for (size_t i = COUNT(looks); i-- > same;)
        if ((from_look & looks[i].look) != 0)
            buf_fmt(to, "</%s>", looks[i].tag.p);
    for (size_t i = same; i < COUNT(looks); i++)
        if ((to_look & looks[i].look) != 0)
            buf_fmt(to, "<%s>", looks[i].tag.p);
}

static void
put_escaped(struct buf *to, const struct letter *l)
{
    for (size_t i = 0; i < COUNT(escapes); i++)
        if (l->point == (unsigned char)escapes[i].sign) {
            buf_add(to, escapes[i].escaped);
            return;
        }
    buf_add(to, (struct str){ l->p, l->n });
}

static void
print_html(struct buf *to, const struct letters *letters, size_t from, size_t to_letter)
{
    unsigned char look = 0;

    for (size_t i = from; i < to_letter; i++)
        if (letters->v[i].mark == MARK_NONE) {
            change_tags(to, look, tagged_look(letters->v + i));
            look = tagged_look(letters->v + i);
            put_escaped(to, letters->v + i);
        }
    change_tags(to, look, 0);
}

static unsigned char
look_at(const struct letters *letters, size_t i)
{
    return i < letters->n ? letters->v[i].look : 0;
}

static void
print_kept(struct buf *to, const struct letters *letters, size_t from, size_t to_letter)
{
    unsigned char before = look_at(letters, from), after = look_at(letters, to_letter);

    for (size_t i = 0; i < COUNT(looks); i++)
        if ((before & looks[i].look) != 0)
            buf_add(to, looks[i].typed);
    for (size_t i = from; i < to_letter; i++) {
        const struct letter *l = letters->v + i;

        if (l->is_apart)
            buf_add(to, HAIR_SPACE);
        buf_add(to, (struct str){ l->p, l->n });
        if (l->is_apart)
            buf_add(to, HAIR_SPACE);
    }
    for (size_t i = COUNT(looks); i-- > 0;)
        if ((after & looks[i].look) != 0)
            buf_add(to, looks[i].typed);
}

static void
print_plain(struct buf *to, const struct letters *letters, size_t from, size_t to_letter)
{
    for (size_t i = from; i < to_letter; i++)
        if (letters->v[i].mark == MARK_NONE)
            buf_add(to, (struct str){ letters->v[i].p, letters->v[i].n });
}

static void
print_spoken(struct buf *to, const struct letters *letters, size_t from, size_t to_letter)
{
    for (size_t i = from; i < to_letter; i++)
        put_escaped(to, letters->v + i);
}

void
letters_print(struct buf *to, const struct letters *letters, size_t from, size_t to_letter)
{
    static void (*const printers[])(struct buf *, const struct letters *, size_t, size_t) = {
        [MARKS_KEPT] = print_kept,
        [MARKS_HTML] = print_html,
        [MARKS_NONE] = print_plain,
        [MARKS_SPOKEN] = print_spoken,
    };

    printers[letters->marks](to, letters, from, to_letter);
}

int64_t
letter_cost(const struct letters *letters, size_t i)
{
    const struct letter *l = letters->v + i;
    int64_t own = render_length(letters->unit, (struct str){ l->p, l->n });

    if (letters->marks != MARKS_KEPT)
        return l->mark == MARK_NONE ? own : 0;
    return own + (l->is_apart ? 2 * render_length(letters->unit, HAIR_SPACE) : 0);
}

int64_t
letter_look_cost(const struct letters *letters, size_t i)
{
    unsigned char look = look_at(letters, i);
    int64_t cost = 0;

    for (size_t k = 0; k < COUNT(looks) && letters->marks == MARKS_KEPT; k++)
        if ((look & looks[k].look) != 0)
            cost += (int64_t)looks[k].typed.len;
    return cost;
}

int64_t
letters_length(const struct letters *letters, size_t from, size_t to_letter)
{
    int64_t length = letter_look_cost(letters, from) + letter_look_cost(letters, to_letter);

    for (size_t i = from; i < to_letter; i++)
        length += letter_cost(letters, i);
    return length;
}
