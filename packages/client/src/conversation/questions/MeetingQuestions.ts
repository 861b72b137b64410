import {
  newId,
  QUESTION_LIMITS,
  type QuestionMessage,
  type TalkAsk,
  type TalkEvent,
  toQuestionText,
} from '@conclave/e2ee';
import type { Participant } from '@conclave/protocol';
import { State } from '../../observable.ts';
import { plausibleTime } from '../plausibleTime.ts';
import type { Question, Questions } from './types.ts';

/** Questions that are kept: the oldest ones that are settled go first. */
const most = 500;

export interface QuestionPorts {
  ask(ask: TalkAsk): void;
  participants(): readonly Participant[];
  self(): { readonly participantId: string; readonly name: string } | null;
  /** ms since 1970. */
  now(): number;
}

/**
 * What the audience of a webinar asks. Those on stage have all questions; everybody has their own, and those that were
 * answered. Whose question it was is said to those on stage alone.
 */
export class MeetingQuestions implements Questions, Disposable {
  readonly all = new State<readonly Question[]>([]);
  readonly #ports: QuestionPorts;

  constructor(ports: QuestionPorts) {
    this.#ports = ports;
  }

  ask(typed: string): boolean {
    const text = toQuestionText(typed, QUESTION_LIMITS.question);
    const self = this.#ports.self();
    if (text === null || self === null) return false;
    const [id, sentAt] = [newId(), this.#ports.now()];
    this.#put({ id, text, at: sentAt, by: self.name, own: true, state: 'pending', answer: null });
    this.#ports.ask({ type: 'question', message: { type: 'ask', id, sentAt, text } });
    return true;
  }

  answer(id: string, typed: string): boolean {
    const question = this.#find(id);
    const answer = typed.trim() === '' ? null : toQuestionText(typed, QUESTION_LIMITS.answer);
    if (question === undefined || !this.#isOnStage(this.#ports.self()?.participantId)) return false;
    if (answer === null && typed.trim() !== '') return false;
    this.#say({ type: 'answer', id, question: question.text, answer });
    return true;
  }

  dismiss(id: string): void {
    if (this.#isOnStage(this.#ports.self()?.participantId)) this.#say({ type: 'dismiss', id });
  }

  hear(event: Extract<TalkEvent, { type: 'question' | 'question-settled' }>): void {
    if (event.type === 'question-settled') {
      const { message, delivered } = event;
      if (message.type === 'ask') this.#change(message.id, { state: delivered ? 'open' : 'failed' });
      else if (delivered) this.#follow(message);
      return;
    }
    const { author, message } = event;
    const bySpeaker = this.#isOnStage(author.participantId);
    if (message.type !== 'ask') {
      if (bySpeaker) this.#follow(message);
      return;
    }
    // The audience hears of no question; whoever shows one to it is not to be trusted with it.
    if (!this.#isOnStage(this.#ports.self()?.participantId) || this.#find(message.id) !== undefined) return;
    const at = plausibleTime(message.sentAt, this.#ports.now());
    const { id, text } = message;
    // Who of the audience it is, is known to hosts; to a speaker who is none nobody has told it.
    const isKnown = this.#ports.participants().some((one) => one.id === author.participantId);
    const by = isKnown ? author.name : null;
    this.#put({ id, text, at, by, own: false, state: 'open', answer: null });
  }

  [Symbol.dispose](): void {
    this.all.set([]);
  }

  #say(message: QuestionMessage): void {
    this.#ports.ask({ type: 'question', message });
  }

  #follow(message: Exclude<QuestionMessage, { type: 'ask' }>): void {
    if (message.type === 'dismiss') {
      this.#change(message.id, { state: 'dismissed' });
      return;
    }
    const { id, question: text, answer } = message;
    const known = this.#find(id);
    const at = this.#ports.now();
    if (known === undefined) this.#put({ id, text, at, by: null, own: false, state: 'answered', answer });
    else this.#change(id, { state: 'answered', answer });
  }

  #find(id: string): Question | undefined {
    return this.all.get().find((one) => one.id === id);
  }

  #change(id: string, change: Partial<Question>): void {
    this.all.set(this.all.get().map((one) => (one.id === id ? { ...one, ...change } : one)));
  }

  #put(question: Question): void {
    const all = this.all.get();
    const settled = all.find(({ state }) => state === 'answered' || state === 'dismissed');
    const kept = all.length < most ? all : all.filter((one) => one !== (settled ?? all[0]));
    this.all.set([...kept, question]);
  }

  #isOnStage(participantId: string | undefined): boolean {
    return this.#ports.participants().find(({ id }) => id === participantId)?.stage === 'on';
  }
}
