/* Programs of others, run to their end by a test, as a worker would. Everything ends with the test. */
#ifndef BASE_TESTING_PROGRAMS_H
#define BASE_TESTING_PROGRAMS_H

#include "base/program.h"

struct program_set *test_programs(void);

/* Waits for the next of the set that ends; tag may be NULL. */
struct httpc_answer test_program_ends(struct program_set *set, void **tag);

/* This one alone. */
struct httpc_answer test_run(const struct program_call *call);

#endif
