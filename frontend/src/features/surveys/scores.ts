import type { Scores } from './api';

/** Of nothing there is no average. */
export const averageOf = ({ sum, answered }: Pick<Scores, 'sum' | 'answered'>) =>
  answered === 0 ? null : sum / answered;

/** Each score between the least and the best that was given, the best first: what nobody gave is 0. */
export function spreadOf({ scores }: Pick<Scores, 'scores'>) {
  const given = scores.map(({ score }) => score);
  if (given.length === 0) return [];
  const least = Math.min(...given);
  const best = Math.max(...given);
  return Array.from({ length: best - least + 1 }, (_, down) => {
    const score = best - down;
    return { score, count: scores.find((one) => one.score === score)?.count ?? 0 };
  });
}

/** Several together. */
export const together = (list: readonly Pick<Scores, 'asked' | 'answered' | 'sum'>[]) =>
  list.reduce(
    (all, { asked, answered, sum }) => ({
      asked: all.asked + asked,
      answered: all.answered + answered,
      sum: all.sum + sum,
    }),
    { asked: 0, answered: 0, sum: 0 },
  );
