import type { ParticipantState } from '@conclave/client';
import type { Control } from '@conclave/protocol';

type Ruler = Pick<ParticipantState, 'id' | 'role' | 'controls'>;

/** Whether it may be done to this one: nobody rules over a host or themselves, and hosts alone rule over co-hosts. */
export function mayRule(ruler: Ruler, subject: Pick<ParticipantState, 'id' | 'role'>): boolean {
  if (subject.role === 'host' || subject.id === ruler.id) return false;
  return subject.role !== 'cohost' || ruler.role === 'host';
}

/** What one may do to this one, of all that one may do. */
export function controlsOver(
  ruler: Ruler | undefined,
  subject: Pick<ParticipantState, 'id' | 'role'>,
): readonly Control[] {
  if (ruler === undefined) return [];
  return mayRule(ruler, subject)
    ? ruler.controls
    : ruler.controls.filter((control) => control === 'spotlight');
}
