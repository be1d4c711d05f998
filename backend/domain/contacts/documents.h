/*
 * CPF and CNPJ: the numbers that Brazil knows people and companies by. Pure functions.
 *
 * A CPF is eleven digits, the last two made of the others modulo 11. A CNPJ is fourteen characters;
 * since July 2026 the first twelve may be letters too, and each counts as its ASCII code less 48, so the
 * same sum serves both and what was issued before stays as it is.
 */
#ifndef DOMAIN_CONTACTS_DOCUMENTS_H
#define DOMAIN_CONTACTS_DOCUMENTS_H

#include "base/str.h"

enum { CPF_LENGTH = 11, CNPJ_LENGTH = 14 };

/*
 * What was typed ("529.982.247-25", "12.abc.345/01de-35") as it is kept: digits of a CPF, digits and
 * capitals of a CNPJ. False: it is neither, or its check digits are wrong.
 */
bool document_normalise(struct arena *a, struct str typed, struct str *out);

/* What a document is made of, of whatever was typed: figures, and letters as capitals. */
struct str document_characters(struct arena *a, struct str typed);

/* How people write what is kept. */
struct str document_print(struct arena *a, struct str document);

/* The two check digits of the first nine (CPF) or twelve (CNPJ) characters, as digits. */
void document_check_digits(struct str stem, char out[2]);

#endif
