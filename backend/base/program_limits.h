/* What a child becomes before it is a program of others. For program.c alone. */
#ifndef BASE_PROGRAM_LIMITS_H
#define BASE_PROGRAM_LIMITS_H

#include "program.h"

#include <sys/types.h>

enum { PROGRAM_CANNOT_START = 127 };

/* In the child: gives up what it has and becomes the program. out and complaints: where it writes. */
_Noreturn void program_become(const struct program_call *call, int out, int complaints,
                              pid_t parent);

#endif
