/*
 * What a network shows of what a bot says: the one place that knows how long its texts, labels and lists may be. Pure,
 * and shared by the sender, the linter and the simulator, so that what was tried is what is sent.
 *
 * Marks are the author's alone: *bold*, _italic_, ~strike~ on one line, and mono between three back-quotes. What came
 * from a value (content.literals) is never one, whatever it holds; neither is anything inside of an address.
 */
#ifndef DOMAIN_FLOWS_RENDER_H
#define DOMAIN_FLOWS_RENDER_H

#include "domain/flows/effects.h"

enum control {
    CONTROL_NONE,
    CONTROL_BUTTONS,
    CONTROL_LIST,
    CONTROL_QUICK_REPLIES,
    CONTROL_KEYBOARD,
    CONTROL_DIGITS,
    CONTROL_LOCATION, /* "send where I am" */
    CONTROL_CONTACT,  /* "send my number" */
    CONTROL_FILE,     /* a picker */
    CONTROL__COUNT
};
/* none, buttons, list, quick_replies, keyboard, digits, location, contact, file */
extern const char *const control_names[CONTROL__COUNT];

enum text_unit { UNIT_UTF16, UNIT_BYTES };

/* How the author's marks leave. */
enum text_marks {
    MARKS_KEPT,   /* as they were typed */
    MARKS_HTML,   /* as tags, & < > escaped */
    MARKS_NONE,   /* taken away: they would be seen as stars */
    MARKS_SPOKEN, /* and addresses and pictures too; figures as one says them; & < > escaped */
};

struct channel_rules {
    int64_t text_max, caption_max,
        body_max; /* of a text, under a file, beside a control; 0: not at all */
    enum text_unit unit;
    enum text_marks marks;
    /* How many options a control holds, and the characters of their labels; 0: there is no such control. */
    int buttons_max, button_label_max;
    int list_max, list_title_max, list_description_max;
    int quick_max, quick_label_max;
    int keyboard_max, keyboard_pair_label_max; /* two in a row when all labels are this short */
    unsigned helpers;                          /* 1 << CONTROL_LOCATION, … that it has */
    bool always_numbers; /* the numbered text goes along with whatever is drawn */
    bool types;          /* can show that somebody writes */
    bool links_papers;   /* takes pictures and sounds only: other files go as a link */
    bool links_files;    /* takes no files at all */
};
extern const struct channel_rules channel_rules[FLOW_CHANNEL__COUNT];

enum { RENDER_PARTS_MAX = 3 };

/* One message as it leaves. */
struct rendered {
    struct str text; /* escaped for the place it goes to */
    enum control control;
    const struct effect_option *options; /* drawn ones; labels are never cut */
    size_t option_count;
    int columns;     /* keyboard */
    struct str file; /* file:<sha256>; empty: none */
    bool as_link;    /* the network does not take it: a signed link goes in its place */
    struct str name;
};
struct rendered_list {
    const struct rendered *v;
    size_t n;    /* 0: there is nothing to say */
    bool is_cut; /* the text did not fit in three parts */
};

/*
 * A send or an ask, as this kind of channel shows it. A long text is split at paragraphs, else at sentences, else at
 * spaces; white space at the cut is lost, nothing else. Options that no control can hold follow the question as
 * numbered text, and are never cut.
 */
struct rendered_list render(struct arena *a, enum flow_channel channel,
                            const struct effect *effect);

/* Length as the network counts it. */
int64_t render_length(enum text_unit unit, struct str text);

#endif
