import { describe, expect, it } from 'vitest';
import type { Agent, Beginnings, Start } from '../api';
import { isWhole, linesOf, switched, takenFrom, withAgent, withoutAgent } from './agents';

const agent = (change: Partial<Agent> = {}): Agent => ({
  name: 'Lia',
  is_on: true,
  period_id: null,
  outside_flow_id: null,
  ...change,
});
const start = (change: Partial<Start> = {}): Start => ({
  kind: 'channel',
  flow_id: 1,
  channel_id: 7,
  department_id: null,
  first_text: null,
  ad_id: null,
  ref: null,
  agent: null,
  ...change,
});

const text = start({ kind: 'first_text', channel_id: null, first_text: 'oi', agent: 'Lia' });
const all: Beginnings = {
  agents: [agent(), agent({ name: 'Bia', is_on: false })],
  starts: [
    start({ agent: 'Lia' }),
    text,
    start({ channel_id: 8 }),
    start({ channel_id: 9, agent: 'Bia' }),
  ],
};

describe('an agent', () => {
  it('answers at its channels, and takes them over', () => {
    const lines = [{ channel_id: 8, flow_id: 3 }];
    const wanted = withAgent(all, 'Lia', { ...agent({ name: 'Lia Souza' }), lines });
    expect(wanted.agents.map(({ name }) => name)).toEqual(['Lia Souza', 'Bia']);
    expect(wanted.starts).toEqual([
      { ...text, agent: 'Lia Souza' },
      start({ channel_id: 9, agent: 'Bia' }),
      { kind: 'channel', channel_id: 8, flow_id: 3, agent: 'Lia Souza' },
    ]);
    expect(takenFrom(all, 'Lia', lines)).toEqual([start({ channel_id: 8 })]);
    expect(takenFrom(all, 'Lia', linesOf(all, 'Lia'))).toEqual([]);
  });

  it('that is new leaves the others alone', () => {
    const wanted = withAgent(all, undefined, { ...agent({ name: 'Nina' }), lines: [] });
    expect(wanted.agents).toHaveLength(3);
    expect(wanted.starts).toEqual(all.starts);
  });

  it('goes with its starts, and is switched with none of them', () => {
    expect(withoutAgent(all, 'Lia')).toEqual({
      agents: [agent({ name: 'Bia', is_on: false })],
      starts: [start({ channel_id: 8 }), start({ channel_id: 9, agent: 'Bia' })],
    });
    expect(switched(all, 'Bia', true).agents[1]?.is_on).toBe(true);
    expect(switched(all, 'Bia', true).starts).toBe(all.starts);
  });

  it('is whole with a name, each channel once, and a period with its flow or neither', () => {
    const lines = [{ channel_id: 7, flow_id: 1 }];
    expect(isWhole({ ...agent(), lines })).toBe(true);
    expect(isWhole({ ...agent({ name: ' ' }), lines })).toBe(false);
    expect(isWhole({ ...agent(), lines: [...lines, { channel_id: 7, flow_id: 2 }] })).toBe(false);
    expect(isWhole({ ...agent(), lines: [{ channel_id: 0, flow_id: 2 }] })).toBe(false);
    expect(isWhole({ ...agent({ period_id: 4 }), lines })).toBe(false);
    expect(isWhole({ ...agent({ period_id: 4, outside_flow_id: 2 }), lines })).toBe(true);
  });
});
