/*
 * What people typed, made comparable. Two forms: clean is what is kept and shown, fold is only compared with other
 * folds ("Ônibus, 2º!" and "onibus 2" are one). Both are idempotent. A character of a limit is a UTF-16 unit, the
 * strictest reading of the networks: an emoji counts two. By libutf8proc.
 */
#ifndef BASE_FOLD_H
#define BASE_FOLD_H

#include "str.h"

enum { FOLD_CLEAN_MAX = 4096 }; /* characters that clean keeps */

/*
 * NFC, no controls, no invisible or direction-changing characters, no white space at the ends; a run of white space is
 * one space, or one line feed when it holds any. Input that is no UTF-8 is cut where it stops being so.
 */
struct str fold_clean(struct arena *a, struct str typed);

/*
 * Clean, without case, accents and marks, digits of any fashion as 0-9 (1️⃣, ①, 🔟, 1º), whatever is no letter, digit or
 * picture as a space.
 */
struct str fold(struct arena *a, struct str typed);

/* A folded word without a plural's last s: of five letters and more. */
struct str fold_stem(struct str word);

/* Clean, with wide, circled and other compatible forms as the plain ones (NFKC). */
struct str fold_plain(struct arena *a, struct str typed);

/* Only put together (NFC): what documents are kept and hashed as. Of valid UTF-8. */
struct str fold_composed(struct arena *a, struct str s);

/* A letter of any script. */
bool fold_is_letter(uint32_t point);

/* One letter's other case; itself when it has none. */
uint32_t fold_upper(uint32_t point);
uint32_t fold_lower(uint32_t point);

/* Walks through valid UTF-8: the next code point, and *p after it. False at the end. */
bool fold_next(const char **p, const char *end, uint32_t *point);
void fold_put(struct buf *to, uint32_t point);

/* UTF-16 units of valid UTF-8. */
size_t fold_units(struct str s);

/* The longest beginning of whole code points within so many units. */
struct str fold_first_units(struct str s, size_t n);

#endif
