import type { Control, Moderation, ParticipantRole } from '@conclave/protocol';

const needed: Readonly<Record<Moderation['action'], readonly Control[]>> = {
  stop: ['media'],
  hold: ['media'],
  remove: ['remove'],
  'let-back': ['remove'],
  lock: ['lock'],
  spotlight: ['spotlight'],
  chat: ['chat'],
  secure: ['lock', 'media'],
  appoint: ['appoint'],
  stage: ['media'],
  live: ['admit'],
  end: ['end'],
  'open-rooms': ['breakout'],
  'assign-room': ['breakout'],
  'time-rooms': ['breakout'],
  'close-rooms': ['breakout'],
};

/** Of whom it is asked what they may do to others. */
export interface Moderator {
  readonly role: ParticipantRole;
  readonly controls: readonly Control[];
}

export function has({ controls }: Pick<Moderator, 'controls'>, control: Control): boolean {
  return controls.includes(control);
}

/** Whether somebody may do this at all, whomever it is done to. Nobody hands over a control that they do not have. */
export function mayModerate(moderator: Moderator, moderation: Moderation): boolean {
  const may = needed[moderation.action].every((control) => has(moderator, control));
  if (moderation.action !== 'appoint') return may;
  return may && moderation.controls.every((control) => has(moderator, control));
}

/** Whether it may be done to this one: nobody rules over a host, and hosts alone rule over co-hosts. */
export function mayRule(moderator: Moderator, subject: { readonly role: ParticipantRole }): boolean {
  if (subject.role === 'host') return false;
  return subject.role !== 'cohost' || moderator.role === 'host';
}
