/** Around every file of journeys: none leaves a browser to the next, though modules are read once for all of them. */
import { afterAll } from 'vitest';

import { closeTheBrowser } from './screens.ts';

afterAll(closeTheBrowser);
