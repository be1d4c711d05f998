/** What the processes say of themselves: their log, and whether one of them died of a question. */
import { existsSync, readFileSync } from 'node:fs';

import { house } from './house.ts';
import { until } from './until.ts';

const log = (name: string): string => {
  const path = `${house.var}/log/${name}.log`;
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
};

/** The line of a request, in our log or, when nginx refused it, in nginx's. */
export function logged(request_id: string): Promise<string> {
  return until(`a line of the log about ${request_id}`, () =>
    [...log('api').split('\n'), ...log('nginx-access').split('\n')].find((line) => line.includes(request_id)),
  );
}

/** Children that ended by themselves since the house was started. */
export function deaths(): string[] {
  return ['api', 'worker', 'live'].flatMap((name) =>
    log(name)
      .split('\n')
      .filter((line) => /child_died|child_killed| bug |Sanitizer/.test(line)),
  );
}
