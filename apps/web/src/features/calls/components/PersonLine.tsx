import type { ReactNode } from 'react';
import { Row } from '../../../ui/Section.tsx';
import { Avatar } from '../../room/components/Avatar.tsx';

/** Somebody in a list of people. */
export function PersonLine(props: {
  readonly id: string;
  readonly name: string;
  readonly mark?: string | null;
  readonly detail: ReactNode;
  readonly end: ReactNode;
}) {
  return (
    <Row
      icon={<Avatar id={props.id} name={props.name} size={40} />}
      title={<bdi>{props.name}</bdi>}
      mark={props.mark ?? null}
      detail={props.detail}
      end={props.end}
    />
  );
}
