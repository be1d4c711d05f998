import { Skeleton } from '@mantine/core';
import { Delayed } from '@/ui/Delayed';

/** The rows of a sheet that are on their way. */
export const Waiting = () => (
  <Delayed>
    <Skeleton height={72} mb={12} />
    <Skeleton height={72} mb={12} />
    <Skeleton height={72} />
  </Delayed>
);
