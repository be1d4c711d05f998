/*
 * How rules compare: “igual a”, “maior que”, by the type of what is compared. Texts by their fold (neither case nor
 * accents), numbers exactly, dates by time, a list by any of its items. A date and a moment are compared by their days.
 *
 * What is missing is empty and is not anything; nothing else holds of it. What does not fit the type holds in no rule.
 */
#ifndef CARDS_COMPARE_H
#define CARDS_COMPARE_H

#include "cards.h"

/* eq ne contains not_contains starts_with gt gte lt lte between in empty not_empty */
extern const char *const compare_ops[];

/* rule: {op, value, value2?}; values are templates. `in` takes them apart at commas and line ends. */
bool compare_holds(struct step *s, struct variable_value value, const struct json *rule);

/* For `only_if` of value2. */
extern const char *const compare_between[];

#endif
