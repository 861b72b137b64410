import type { ChatEntry, ChatMessageEntry, ChatState } from './types.ts';

/** Not in any id. */
const privateMark = '/private';

/** What is kept of a conversation; the oldest go first. */
export const CHAT_ENTRIES = 500;

/** With what only the log itself needs. */
export interface LoggedMessage extends ChatMessageEntry {
  readonly id: string;
  /** The device that proved it: a message is changed and deleted by the same one only. */
  readonly device: string;
  /** Of one's own: what the others have while a change is on its way to them; null: what is shown. */
  readonly former: { readonly text: string; readonly edited: boolean } | null;
}
export type LogEntry = LoggedMessage | Extract<ChatEntry, { kind: 'gap' }>;

export interface ChatLog extends ChatState {
  readonly entries: readonly LogEntry[];
}

/** Who changes a message. */
export interface Change {
  readonly device: string;
}

export const emptyLog: ChatLog = { entries: [], received: 0 };

/**
 * Ids are their author's alone, and of what is for one person alone there are others than of what is for all: whoever
 * gives both the same id does not make one stand for the other.
 */
export function keyOf(participantId: string, id: string, privately = false): string {
  return `${participantId}/${id}${privately ? privateMark : ''}`;
}

/** What a key says; null: it is no message's. */
export function readKey(
  key: string,
): { readonly participantId: string; readonly id: string; readonly privately: boolean } | null {
  const privately = key.endsWith(privateMark);
  const [participantId, id] = (privately ? key.slice(0, -privateMark.length) : key).split('/');
  return participantId === undefined || id === undefined ? null : { participantId, id, privately };
}

/** What an answer answers: from one person to another it may be what all have read. */
export function answeredKey(
  log: ChatLog,
  answered: { readonly participantId: string; readonly id: string },
  privately: boolean,
): string {
  const { participantId, id } = answered;
  const own = keyOf(participantId, id, privately);
  return privately && find(log, own) === null ? keyOf(participantId, id) : own;
}

/** A message whose key is there already changes nothing. */
export function addMessage(log: ChatLog, message: LoggedMessage): ChatLog {
  if (log.entries.some(({ key }) => key === message.key)) return log;
  return {
    entries: [...log.entries, message].slice(-CHAT_ENTRIES),
    received: log.received + (message.author.self || message.text === null ? 0 : 1),
  };
}

/** One gap after the other is one gap. */
export function addGap(log: ChatLog, key: string, away: boolean): ChatLog {
  if (log.entries.at(-1)?.kind === 'gap') return log;
  return { ...log, entries: [...log.entries, { kind: 'gap' as const, key, away }].slice(-CHAT_ENTRIES) };
}

/** Another text takes the place of the former one; what is deleted stays so. */
export function editMessage(log: ChatLog, key: string, text: string, by: Change): ChatLog {
  return change(log, key, (message) => {
    if (message.text === null || message.text === text || !isBy(message, by)) return message;
    const { former, edited, author } = message;
    const kept = author.self ? (former ?? { text: message.text, edited }) : null;
    return { ...message, text, edited: true, former: kept };
  });
}

/** Of one's own: whether a change reached the others. */
export function settleEdit(log: ChatLog, key: string, delivered: boolean): ChatLog {
  return change(log, key, (message) => {
    if (message.text === null || message.former === null) return message;
    return { ...message, ...(delivered ? {} : message.former), former: null };
  });
}

/** The text is forgotten; that there was one stays. */
export function deleteMessage(log: ChatLog, key: string, by: Change): ChatLog {
  return change(log, key, (message) => (isBy(message, by) ? withoutText(message, null) : message));
}

/** The same by somebody who leads the meeting. @param by their name */
export function removeMessage(log: ChatLog, key: string, by: string): ChatLog {
  return change(log, key, (message) => (message.text === null ? message : withoutText(message, by)));
}

/** Of one's own that nobody has seen. */
export function dropMessage(log: ChatLog, key: string): ChatLog {
  return { ...log, entries: log.entries.filter((entry) => entry.key !== key) };
}

export function setDelivery(log: ChatLog, key: string, delivery: ChatMessageEntry['delivery']): ChatLog {
  return change(log, key, (message) => ({ ...message, delivery }));
}

export function find(log: ChatLog, key: string): LoggedMessage | null {
  const entry = log.entries.find((one) => one.key === key);
  return entry?.kind === 'message' ? entry : null;
}

/** Of one's own, whoever one was when one wrote it. */
export function findOwn(log: ChatLog, id: string): LoggedMessage | null {
  const own = log.entries.find((one) => one.kind === 'message' && one.author.self && one.id === id);
  return own?.kind === 'message' ? own : null;
}

function isBy({ device }: LoggedMessage, by: Change): boolean {
  return device === by.device;
}

function withoutText(message: LoggedMessage, deletedBy: string | null): LoggedMessage {
  return { ...message, text: null, replyTo: null, former: null, edited: false, deletedBy };
}

function change(log: ChatLog, key: string, edit: (message: LoggedMessage) => LoggedMessage): ChatLog {
  let changed = false;
  const entries = log.entries.map((entry) => {
    if (entry.kind !== 'message' || entry.key !== key) return entry;
    const edited = edit(entry);
    changed ||= edited !== entry;
    return edited;
  });
  return changed ? { ...log, entries } : log;
}
