import { useQuery } from '@tanstack/react-query';
import { namesQuery } from './api';

/** How departments and people are called; of nobody, and of who is gone, nothing. */
export function useNames() {
  const { data } = useQuery(namesQuery);
  return {
    department: (id: number | null) => data?.departments.find((one) => one.id === id)?.name,
    agent: (id: number | null) => data?.members.find((one) => one.id === id)?.display_name,
  };
}
