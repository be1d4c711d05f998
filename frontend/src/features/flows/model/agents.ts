import type { Agent, Beginnings, Start, Wish } from '../api';

/** Which flow answers at which channel. */
export type Line = { channel_id: number; flow_id: number };
export type AgentDraft = Agent & { lines: Line[] };
export type Wanted = { starts: Wish[]; agents: Agent[] };

const isChannel = ({ kind }: Wish) => kind === 'channel';
export const startsOf = ({ starts }: Beginnings, name: string): Start[] =>
  starts.filter(({ agent }) => agent === name);

export const linesOf = (all: Beginnings, name: string): Line[] =>
  startsOf(all, name).flatMap(({ kind, channel_id, flow_id }) =>
    kind === 'channel' && channel_id !== null ? [{ channel_id, flow_id }] : [],
  );

/**
 * Everything as it is once this agent is so. `before` is its name until now, if it has one. A channel answers to one: whatever began
 * there until now begins there no more. What the agent has besides channels stays its own.
 */
export function withAgent(
  { starts, agents }: Beginnings,
  before: string | undefined,
  { lines, ...agent }: AgentDraft,
): Wanted {
  const isTaken = ({ channel_id }: Wish) => lines.some((line) => line.channel_id === channel_id);
  const isIts = (start: Wish) => before !== undefined && start.agent === before;
  const others = starts.filter((start) => !isChannel(start) || !(isIts(start) || isTaken(start)));
  return {
    agents:
      before === undefined
        ? [...agents, agent]
        : agents.map((one) => (one.name === before ? agent : one)),
    starts: [
      ...others.map((start) => (isIts(start) ? { ...start, agent: agent.name } : start)),
      ...lines.map((line): Wish => ({ kind: 'channel', ...line, agent: agent.name })),
    ],
  };
}

/** Its starts go with it. */
export const withoutAgent = ({ starts, agents }: Beginnings, name: string): Wanted => ({
  agents: agents.filter((one) => one.name !== name),
  starts: starts.filter(({ agent }) => agent !== name),
});

export const switched = ({ starts, agents }: Beginnings, name: string, is_on: boolean): Wanted => ({
  agents: agents.map((one) => (one.name === name ? { ...one, is_on } : one)),
  starts,
});

/** Who answers at one of these channels today, and is not this agent. */
export const takenFrom = ({ starts }: Beginnings, before: string | undefined, lines: Line[]) =>
  starts.filter(
    (start) =>
      start.kind === 'channel' &&
      (before === undefined || start.agent !== before) &&
      lines.some(({ channel_id }) => channel_id === start.channel_id),
  );

/** Nothing is missing: a name, whole lines with each channel once, and a period with a flow or neither. */
export function isWhole({ name, lines, period_id, outside_flow_id }: AgentDraft): boolean {
  const channels = lines.map(({ channel_id }) => channel_id);
  return (
    name.trim() !== '' &&
    new Set(channels).size === channels.length &&
    lines.every(({ channel_id, flow_id }) => channel_id > 0 && flow_id > 0) &&
    (period_id === null) === (outside_flow_id === null)
  );
}
