/*
 * Texts of settings that the customer never reads: values for programs, as they are kept (1234.5, 2026-11-27), and for
 * the team, with documents masked.
 */
#ifndef CARDS_VALUES_H
#define CARDS_VALUES_H

#include "cards.h"

struct variables_filled value_text(struct step *s, struct str text);

/* What a text comes to: of one bare name its value with its type, else text. Empty: missing. */
struct variable_value value_of(struct step *s, struct str text);

/* Writes it; what is missing clears. */
void value_set(struct step *s, struct str name, struct str text);

/* A document or a telephone of which only the end is seen. */
struct str value_masked(struct step *s, struct variable_value value);

struct str value_for_colleagues(struct step *s, struct str text);

/* As an author spells it (“1.500,00”, “amanhã”, “529.982.247-25”) → its normal form; empty: it is none of this type. */
struct str value_spelled(struct step *s, enum variable_type type, struct str text);

#endif
