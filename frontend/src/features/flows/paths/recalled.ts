import * as z from 'zod/mini';

/** A recorded conversation, line by line, for whoever looks at it before it is kept. */
export type Line =
  | { who: 'customer'; text: string; form?: string; option?: { card: string; id: string } }
  | { who: 'bot'; text: string; card: string }
  | { who: 'clock'; seconds: number }
  | { who: 'agent'; act: 'taken' | 'returned' | 'closed' };

const text = z.catch(z.optional(z.string()), undefined);
const step = z.object({
  in: z.optional(z.object({ kind: z.string(), text, option: text, form: text })),
  out: z.optional(z.array(z.object({ send: text, ask: text, card: z.catch(z.string(), '') }))),
  advance_s: z.optional(z.number()),
  agent: z.optional(z.union([z.string(), z.record(z.string(), z.unknown())])),
});
const recording = z.object({ steps: z.catch(z.array(step), []) });

type Step = z.infer<typeof step>;

const ACTS = ['taken', 'returned', 'closed'] as const;

function agentOf(agent: Step['agent']): Line[] {
  const act = ACTS.find((one) =>
    typeof agent === 'object' ? one in agent : agent !== undefined && agent === one,
  );
  return act ? [{ who: 'agent', act }] : [];
}

/** What a recording does not hold to the letter: “<<ticket.protocol>>” is {ticket.protocol}, “<<*>>” anything. */
const shown = (text: string) =>
  text.replaceAll(/<<([^<>]+)>>/gu, (_, name: string) => (name === '*' ? '…' : `{${name}}`));

export function linesOf(test: unknown): Line[] {
  const read = recording.safeParse(test);
  let asked = '';
  return (read.success ? read.data.steps : []).flatMap((one): Line[] => {
    const { in: input, out, advance_s, agent } = one;
    if (input)
      return [
        {
          who: 'customer',
          text: input.text ?? '',
          ...(input.form ? { form: input.form } : {}),
          ...(input.option ? { option: { card: asked, id: input.option } } : {}),
        },
      ];
    if (out) {
      asked = out.findLast(({ ask }) => ask !== undefined)?.card ?? asked;
      return out.map(({ send, ask, card }) => ({
        who: 'bot',
        text: shown(send ?? ask ?? ''),
        card,
      }));
    }
    if (advance_s !== undefined) return [{ who: 'clock', seconds: advance_s }];
    return agentOf(agent);
  });
}
