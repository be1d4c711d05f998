import { Loader } from '@mantine/core';
import { Delayed } from '@/ui/Delayed';
import classes from './canvas.module.css';

/** The canvas is on its way. */
export const Coming = () => (
  <Delayed>
    <div className={classes.coming}>
      <Loader size="sm" />
    </div>
  </Delayed>
);
