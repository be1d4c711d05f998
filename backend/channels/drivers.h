/*
 * The drivers by name, for the table and for tests. Everybody else walks
 * channel_drivers.
 */
#ifndef CHANNELS_DRIVERS_H
#define CHANNELS_DRIVERS_H

#include "domain/channels/driver.h"

extern const struct channel_driver whatsapp_cloud_driver;
extern const struct channel_driver webchat_driver;

#endif
