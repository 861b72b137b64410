import type { AccountId, Control } from '@conclave/protocol';
import type { RoomState, Visitor } from './roomState.ts';

type Offices = Pick<RoomState, 'appointed' | 'cohosts'>;

/** The controls of this account in the meeting. */
export function officeOf({ appointed, cohosts }: Offices, accountId: AccountId): readonly Control[] {
  return appointed.get(accountId) ?? cohosts.get(accountId) ?? [];
}

/** Whoever has a control is a co-host. */
export function office(controls: readonly Control[]): Pick<Visitor, 'role' | 'controls'> {
  return { role: controls.length === 0 ? 'member' : 'cohost', controls };
}

/** A co-host is one by whatever way and device they come. */
export function withOffice<V extends Pick<Visitor, 'accountId' | 'role' | 'controls'>>(
  state: Offices,
  visitor: V,
): V {
  if (visitor.accountId === null || visitor.role === 'host') return visitor;
  return { ...visitor, ...office(officeOf(state, visitor.accountId)) };
}
