/* Secrets and people's words live in memory: it is nobody else's to read. */
#ifndef BASE_DUMP_H
#define BASE_DUMP_H

/* No core files, no debugger of the same user; for this process and its children until they exec. */
void dump_forbid(void);

#endif
