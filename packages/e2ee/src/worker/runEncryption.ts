import { deviceKeyOf } from '../device-keys/deviceKeys.ts';
import { guestKeyOf } from '../device-keys/guestKeys.ts';
import { deriveBreakoutSecret, deriveMeetingSecret } from '../meeting-secret/meetingSecret.ts';
import { MeetingLender } from './breakout/MeetingLender.ts';
import { MeetingMembers } from './breakout/MeetingMembers.ts';
import type { Epochs } from './Epochs.ts';
import type { Feature } from './Feature.ts';
import { GroupSession } from './GroupSession.ts';
import { LateFiles } from './LateFiles.ts';
import { Media } from './Media.ts';
import type { CallName, Calls, FromWorker, LineOptions, ToWorker } from './messages.ts';
import { ServerLink } from './ServerLink.ts';
import { LateTalk } from './talk/LateTalk.ts';
import type { Transformer } from './transformer.ts';
import { BrowserPins } from './verification/PinStore.ts';
import { Verification } from './verification/Verification.ts';

/** The dedicated worker that this runs in. */
export interface WorkerScope {
  postMessage(message: FromWorker): void;
  onmessage: ((event: { readonly data: ToWorker }) => void) | null;
  /** W3C WebRTC Encoded Transform. */
  onrtctransform:
    | ((event: { readonly transformer: Transformer & { readonly options: LineOptions } }) => void)
    | null;
}

type Handlers = { readonly [N in CallName]: (ask: Calls[N]['ask']) => Promise<Calls[N]['reply']> };

/** Serves one stay in one meeting. Everything that is secret is in here, and nothing of it ever goes out. */
export function runEncryption(scope: WorkerScope): void {
  const tell = (message: FromWorker) => scope.postMessage(message);
  const server = new ServerLink(tell);
  let epochs: Epochs | null = null;
  let session: GroupSession | null = null;

  const media = new Media({
    participantAt: (epoch, leaf) => epochs?.participantAt(epoch, leaf, performance.now()) ?? null,
    onSender: (line, participantId) => tell({ type: 'sender', line, participantId }),
    onDoubt: (line, doubt) => tell({ type: 'doubt', line, doubt }),
  });
  const talk = new LateTalk({
    send: async (message, epoch) => await opened().send(message, epoch),
    tell: (events) => tell({ type: 'talk', events }),
    now: () => performance.now(),
    clock: () => Date.now(),
    random: () => Math.random(),
    after: (ms, run) => setTimeout(run, ms),
  });
  const verification = new Verification({
    pins: new BrowserPins(),
    send: async (message, epoch) => await opened().send(message, epoch),
    onView: (view) => tell({ type: 'verification', view }),
  });
  const opened = (): GroupSession => {
    if (session === null) throw new Error('The passcode is not known yet.');
    return session;
  };
  const files = new LateFiles({
    send: (message) => opened().send(message),
    tell: (news) => tell({ type: 'file', news }),
    now: () => performance.now(),
    random: () => Math.random(),
    after: (ms, run) => setTimeout(run, ms),
  });
  const lender = new MeetingLender();
  const features: readonly Feature[] = [verification, files, ...talk.features];

  const handlers: Handlers = {
    open: async ({ meetingId, passcode, breakout }) => {
      const ofMeeting = await deriveMeetingSecret(meetingId, passcode);
      const { proof, psk } =
        breakout === null ? ofMeeting : await deriveBreakoutSecret(ofMeeting, breakout.roomId);
      const meeting = breakout === null ? null : MeetingMembers.by(breakout.meeting, () => performance.now());
      session?.close();
      session = new GroupSession(breakout?.roomId ?? meetingId, psk, {
        meeting,
        request: (request) => server.request(request),
        onView: (view) => tell({ type: 'view', view }),
        onEpochs: (next) => {
          epochs = next;
          media.useKeys(next?.keys ?? null, next);
          if (next !== null) return;
          lender.leave();
          for (const feature of features) feature.leave?.();
        },
        onEpoch: (group) => {
          lender.enter(group);
          for (const feature of features) feature.enter?.(group);
        },
        onIntroduced: (group) => {
          for (const feature of features) feature.introduced?.(group);
        },
        onMessage: (message) => features.find(({ kind }) => kind === message.kind)?.receive(message),
        now: () => performance.now(),
        deviceKeyOf: (accountId) => lender.using(meeting?.device() ?? deviceKeyOf(accountId)),
        guestKeyOf: (participantId) => lender.using(meeting?.device() ?? guestKeyOf(participantId)),
      });
      return proof;
    },
    introduce: (ask) => opened().introduce(ask),
    claim: (ask) => opened().claim(ask),
    learn: async (ask) => {
      await opened().learn(ask);
      return null;
    },
    inspectKnocks: (ask) => opened().inspectKnocks(ask),
    signAdmissions: (ask) => opened().signAdmissions(ask),
    ...verification.handlers,
    ...files.handlers,
  };
  const call = async <N extends CallName>(name: N, ask: Calls[N]['ask']): Promise<Calls[N]['reply']> =>
    await handlers[name](ask);

  scope.onmessage = ({ data: message }) => {
    switch (message.type) {
      case 'call':
        call(message.name, message.ask as Calls[CallName]['ask'] & Calls['open']['ask']).then(
          (reply) => tell({ type: 'reply', id: message.id, reply }),
          (error: unknown) => tell({ type: 'failed', id: message.id, code: codeOf(error) }),
        );
        return;
      case 'news':
        session?.hear(message.news);
        // What was lost while the socket was away is asked for once the commits of that time are done.
        if (message.news.type === 'seat' && message.news.seat.role === 'member') {
          talk.returned();
          files.returned();
        }
        return;
      case 'lend':
        lender.lendTo(message.port);
        return;
      case 'talk':
        talk.ask(message.ask);
        return;
      case 'answer':
        server.answer(message.id, message.answer);
        return;
      case 'payload-types':
        media.setPayloadTypes(message.connection, message.codecs);
        return;
      case 'connection-closed':
        media.closeConnection(message.connection);
        return;
    }
  };
  scope.onrtctransform = ({ transformer }) => media.protect(transformer.options, transformer);
}

/** Names what failed and nothing else. */
function codeOf(error: unknown): string {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') return error.code;
  return 'failed';
}
