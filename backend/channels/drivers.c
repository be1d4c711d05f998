/* The table of all drivers. A new channel is a file beside this one, and a row. */
#include "drivers.h"

const char *const channel_verdict_names[3] = {
    [CHANNEL_VALID] = "valid",
    [CHANNEL_INVALID] = "invalid",
    [CHANNEL_MISSING] = "missing",
};

const struct channel_driver *const channel_drivers[] = { &whatsapp_cloud_driver, &webchat_driver,
                                                         NULL };
