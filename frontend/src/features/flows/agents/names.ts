import { useQuery } from '@tanstack/react-query';
import { catalogueQuery, flowsQuery, hoursQuery } from '../api';

type Named = { id: number; name: string };

const nameIn = (list: readonly Named[], id: number | null) =>
  list.find((one) => one.id === id)?.name ?? '?';

/** What agents are made of, by name; flows are those that speak. */
export function useAgentNames() {
  const { data: catalogue } = useQuery(catalogueQuery);
  const { data: flows } = useQuery(flowsQuery(''));
  const { data: hours } = useQuery(hoursQuery);
  const channels = catalogue?.channels ?? [];
  const periods = hours?.periods ?? [];
  return {
    channels: channels.filter(({ is_active }) => is_active),
    flows: (flows?.data ?? []).filter(({ live, is_enabled }) => live && is_enabled),
    periods,
    channel: (id: number | null) => nameIn(channels, id),
    flow: (id: number | null) => nameIn(flows?.data ?? [], id),
    period: (id: number | null) => nameIn(periods, id),
  };
}
