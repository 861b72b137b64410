import type { MeetingState, ParticipantState, Question } from '@conclave/client';

export function isWebinar({ rules }: Pick<MeetingState, 'rules'>): boolean {
  return rules.form === 'webinar';
}

/** Whether one watches, and sends nothing. */
export function isAudience({ rules, stage }: Pick<MeetingState, 'rules' | 'stage'>): boolean {
  return rules.form === 'webinar' && stage !== 'on';
}

/** Whose pictures there are: of a meeting that is no webinar everybody. */
export function onStage(participants: readonly ParticipantState[]): readonly ParticipantState[] {
  return participants.every(({ stage }) => stage === 'on')
    ? participants
    : participants.filter(({ stage }) => stage === 'on');
}

/** Those who wait for a host's word, and not for the beginning alone. */
export function knocking({ lobby }: Pick<MeetingState, 'lobby'>): number {
  return lobby.filter(({ waitsFor }) => waitsFor === 'host').length;
}

/** Questions that somebody on stage has still to do something about. */
export function openQuestions(questions: readonly Question[]): readonly Question[] {
  return questions.filter(({ state, own }) => state === 'open' && !own);
}
