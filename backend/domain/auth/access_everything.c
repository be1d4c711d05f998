/* A file of its own: bench/ links it, and nothing else of the rooms. */
#include "access.h"

#include "auth_visible.sql.h"

/* Everything of the account, whole: no name of a bound value may be missing here. */
const char *const access_everything[BOUND__MAX] = {
    [BOUND_member] = NULL,      [BOUND_channels] = NULL,    [BOUND_sees_account] = "t",
    [BOUND_departments] = "{}", [BOUND_branches] = "{}",    [BOUND_pick_departments] = "{}",
    [BOUND_sees_bot] = "t",     [BOUND_sees_history] = "t", [BOUND_sees_contacts] = "t",
    [BOUND_masks] = "0",        [BOUND_is_bot] = "f",
};
