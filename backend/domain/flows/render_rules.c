/*
 * The networks' limits, a row each. A network's own figures are these or larger; where its documents disagree, the
 * smaller one stands here.
 */
#include "render_private.h"

#include "domain/flows/choice.h"

#define HELPER(control) (1u << CONTROL_##control)

/* Our own page draws any number of buttons, and so may whoever comes by the API; but nobody knows if they do. */
enum { ANY_LABEL = 1000 };

const struct channel_rules channel_rules[FLOW_CHANNEL__COUNT] = {
    [FLOW_WHATSAPP] = { .text_max = 4096,
                        .caption_max = 1024,
                        .body_max = 1024,
                        .marks = MARKS_KEPT,
                        .buttons_max = 3,
                        .button_label_max = 20,
                        .list_max = 10,
                        .list_title_max = 24,
                        .list_description_max = 72,
                        .helpers = HELPER(LOCATION),
                        .types = true },
    [FLOW_MESSENGER] = { .text_max = 2000,
                         .body_max = 2000,
                         .marks = MARKS_NONE,
                         .quick_max = 13,
                         .quick_label_max = 20,
                         .types = true },
    /* Quick replies are not drawn on a desktop, so the numbers are always there too. */
    [FLOW_INSTAGRAM] = { .text_max = 1000,
                         .body_max = 1000,
                         .unit = UNIT_BYTES,
                         .marks = MARKS_NONE,
                         .quick_max = 13,
                         .quick_label_max = 20,
                         .always_numbers = true,
                         .types = true,
                         .links_papers = true },
    [FLOW_FACEBOOK] = { .text_max = 2000, .marks = MARKS_NONE, .links_files = true },
    [FLOW_TELEGRAM] = { .text_max = 4096,
                        .caption_max = 1024,
                        .body_max = 4096,
                        .marks = MARKS_HTML,
                        .keyboard_max = CHOICE_OPTIONS_MAX,
                        .keyboard_pair_label_max = 14,
                        .helpers = HELPER(LOCATION) | HELPER(CONTACT),
                        .types = true },
    /* Neither the page nor the agent's thread draws marks. */
    [FLOW_WEBCHAT] = { .text_max = 10000,
                       .caption_max = 10000,
                       .body_max = 10000,
                       .marks = MARKS_NONE,
                       .buttons_max = CHOICE_OPTIONS_MAX,
                       .button_label_max = ANY_LABEL,
                       .helpers = HELPER(LOCATION) | HELPER(FILE),
                       .types = true },
    [FLOW_API] = { .text_max = 10000,
                   .caption_max = 10000,
                   .body_max = 10000,
                   .marks = MARKS_NONE,
                   .buttons_max = CHOICE_OPTIONS_MAX,
                   .button_label_max = ANY_LABEL,
                   .helpers = HELPER(LOCATION) | HELPER(FILE),
                   .always_numbers = true },
    [FLOW_TELEPHONY] = { .text_max = 900, .marks = MARKS_SPOKEN, .helpers = HELPER(DIGITS) },
};

const char *const control_names[CONTROL__COUNT] = {
    [CONTROL_NONE] = "none",         [CONTROL_BUTTONS] = "buttons",
    [CONTROL_LIST] = "list",         [CONTROL_QUICK_REPLIES] = "quick_replies",
    [CONTROL_KEYBOARD] = "keyboard", [CONTROL_DIGITS] = "digits",
    [CONTROL_LOCATION] = "location", [CONTROL_CONTACT] = "contact",
    [CONTROL_FILE] = "file",
};
