/* Secrets and people's words live in memory: it is nobody else's to read. */
#ifndef BASE_DUMP_H
#define BASE_DUMP_H

/* For this process and its children until they exec. */
void dump_forbid_cores(void);
void dump_forbid_debuggers(void); /* of the same user, /proc/<pid>/mem included */

#endif
