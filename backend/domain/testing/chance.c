#include "chance.h"

#include <stdio.h>
#include <stdlib.h>

static struct {
    uint64_t state, seed;
    int at; /* case */
} chance;

static uint64_t
draw(void)
{
    chance.state ^= chance.state << 13;
    chance.state ^= chance.state >> 7;
    chance.state ^= chance.state << 17;
    return chance.state;
}

int
chance_below(int n)
{
    return (int)(draw() % (uint64_t)n);
}

bool
chance_in(int percent)
{
    return chance_below(100) < percent;
}

void
chance_begin(int at)
{
    const char *seed = getenv("BALCAO_SEED");

    chance.seed = seed != NULL ? strtoull(seed, NULL, 10) : 20261127;
    chance.at = at;
    chance.state = (chance.seed + 1) * UINT64_C(0x9E3779B97F4A7C15) + (uint64_t)at * 7919 + 1;
    for (int i = 0; i < 8; i++)
        draw();
}

void
chance_hold(bool holds, const char *property)
{
    if (!holds)
        fprintf(stderr, "%s: BALCAO_SEED=%llu, case %d\n", property,
                (unsigned long long)chance.seed, chance.at);
    testing_check(holds, property, __FILE__, __LINE__);
}
