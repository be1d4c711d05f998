/* Lists of words in settings, what a card keeps, and settings that are wrong together while each is right. */
#ifndef CARDS_SETTINGS_H
#define CARDS_SETTINGS_H

#include "cards.h"

#include "domain/flows/lint.h"

bool words_have(const struct json *list, struct str word);
void words_write(struct json_out *o, const struct json *list); /* [] when there is none */

/* What this card kept for itself; NULL: nothing. */
const struct json *kept(struct step *s);

/* “Preencha CAMPO em X.” (L103) */
void lint_field(struct lint *l, const char *setting, const char *label);

#endif
