/*
 * The guard in front of json-c: RFC 8259 to the letter, and a little narrower.
 * Its verdict is final; json-c only builds the tree of what passed.
 */
#ifndef BASE_JSON_SCAN_H
#define BASE_JSON_SCAN_H

#include "err.h"
#include "str.h"

/*
 * Refuses with the slugs of json_parse, except that two things are left to see in
 * the tree: doubles beyond range, and duplicate keys. For the latter *members is
 * how many members all objects of the document have together: a tree that holds
 * fewer has lost one to a duplicate.
 */
MUST_CHECK struct err json_scan(struct str text, size_t *members);

#endif
