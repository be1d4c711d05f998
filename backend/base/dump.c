#include "dump.h"

#include <sys/prctl.h>
#include <sys/resource.h>

void
dump_forbid(void)
{
    (void)prctl(PR_SET_DUMPABLE, 0);
    (void)setrlimit(RLIMIT_CORE, &(struct rlimit){ 0 });
}
