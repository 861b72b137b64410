import type { Devices } from '@conclave/client';
import type { ReactNode } from 'react';
import styles from './BesidePicture.module.css';
import { DevicePicker } from './DevicePicker.tsx';
import { DeviceProblems } from './DeviceProblems.tsx';
import { Preview } from './Preview.tsx';

/** One's own picture, which nobody else sees, and beside it what is said and asked, the devices below that. */
export function BesidePicture(props: {
  readonly devices: Devices;
  readonly children: ReactNode;
  /** What else there is to try. */
  readonly below?: ReactNode;
}) {
  const { devices } = props;
  return (
    <div className={styles.columns}>
      <div className={styles.picture}>
        <Preview devices={devices} />
        <DeviceProblems devices={devices} />
      </div>
      <div className={styles.side}>
        {props.children}
        <hr className={styles.rule} />
        <DevicePicker devices={devices} />
        {props.below}
      </div>
    </div>
  );
}
