import type { Server } from 'node:http';
import {
  LIMITS,
  type MeetingChoices,
  type MeetingId,
  type ParticipantId,
  type SessionId,
  SIGNAL_PATH,
  type View,
} from '@conclave/protocol';
import type { Context } from '../context.ts';
import type { Caller } from '../features/accounts/authenticate.ts';
import { restrictedSessions } from '../features/accounts/restrictedSessions.ts';
import { followBreakouts } from '../features/breakout/followBreakouts.ts';
import { followRoomFiles } from '../features/files/followRoomFiles.ts';
import { removeIdleFiles } from '../features/files/removeFiles.ts';
import { followRoom } from '../features/participation/followRoom.ts';
import type { GroupQuota } from '../features/participation/GroupQuota.ts';
import { endMeeting, signOut, sweep } from '../features/participation/leave.ts';
import { changePasscode, setCohosts, uninvite } from '../features/participation/moderate.ts';
import type { ParticipationPorts, Visitor } from '../features/participation/ports.ts';
import { renameMeeting } from '../features/participation/renameMeeting.ts';
import { applyChoices, applyPolicy, readChoicesAgain } from '../features/participation/rules.ts';
import type { MediaEvent } from '../media/MediaPort.ts';
import { startMedia } from '../media/startMedia.ts';
import { JOIN_ATTEMPTS } from '../policy/attempts.ts';
import { officeOf } from '../rooms/offices.ts';
import { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { addressKey } from '../security/addressKey.ts';
import { AttemptLimiter } from '../security/attempts.ts';
import { acceptSockets, type Entrance } from './acceptSockets.ts';
import { CallSockets } from './CallSockets.ts';
import { Outboxes } from './Outboxes.ts';
import { PendingNotices } from './PendingNotices.ts';
import { SocketSession } from './SocketSession.ts';
import { tellBreakout } from './tellBreakout.ts';
import { tellGroup, tellPending } from './tellGroup.ts';
import { tellLobby } from './tellLobby.ts';
import { tellMedia, tellRoom } from './tellRoom.ts';
import { visitorCookie } from './visitorCookie.ts';

const sweepEveryMs = 1_000;

/** The meetings that are going on: signalling sockets, rooms, and the media workers. */
export async function realtimePart(
  context: Context,
  server: Server,
): Promise<AsyncDisposable & { ready: boolean }> {
  await using opened = new AsyncDisposableStack();
  const onFault = (fault: unknown) => context.log.error({ fault }, 'a meeting met a fault');
  const media = opened.use(await startMedia(context));
  const rooms = new RoomRegistry();
  const outboxes = new Outboxes();
  const notices = opened.use(new PendingNotices((room) => tellPending(room, outboxes)));
  const sessions = new Set<SocketSession>();
  const channels = opened.use(new CallSockets(context, unrestricted, onFault));
  const ports: ParticipationPorts = {
    clock: context.clock,
    emit: context.emit,
    rooms,
    media,
    policy: context.policy,
    choices: new Map<MeetingId, MeetingChoices>(),
    turn: context.config.turn,
    proofAttempts: context.proofAttempts,
    joinAttempts: new AttemptLimiter(JOIN_ATTEMPTS),
    removals: context.meetings.removals,
    uninvited: new Map(),
    moderationRates: new Map(),
    audienceRates: new Map(),
    views: new Map<ParticipantId, View>(),
    groupQuotas: new Map<ParticipantId, GroupQuota>(),
    files: context.files,
    findForJoin: async (id) => context.testCalls.find(id) ?? (await context.meetings.findForJoin(id)),
    findInvitation: (id, secret) => context.meetings.findInvitation(id, secret),
    markInvitationUsed: (id) => void context.meetings.markInvitationUsed(id).catch(onFault),
    readChoices: (id) => void readChoicesAgain(ports, id).catch(onFault),
    markUsed: (id) => void context.meetings.markUsed(id).catch(onFault),
  };

  rooms.listen((event, room) => followRoom(ports, event, room));
  rooms.listen((event, room) => followBreakouts(ports, event, room));
  rooms.listen((event, room) => followRoomFiles(ports.files, event, room));
  rooms.listen((event, room) => tellLobby(event, room, outboxes));
  rooms.listen((event, room) => tellRoom(event, room, outboxes));
  rooms.listen((event, room) => tellBreakout(event, room, outboxes, context.clock()));
  rooms.listen((event, room) => tellGroup(event, room, outboxes, notices));
  media.listen((event) => {
    logTransport(context, event);
    tellMedia(event, rooms.find(event.room), outboxes);
  });
  context.presence.provide(
    (id) => rooms.participants(id),
    () => rooms.participantsInAll(),
    (id) => {
      const room = rooms.find(id);
      if (room === undefined) return null;
      return { form: room.state.rules.form, controlsOf: (account) => officeOf(room.state, account) };
    },
    (id) => rooms.find(id) !== undefined || rooms.isBreakout(id) || context.testCalls.find(id) !== null,
  );
  opened.use(
    context.meetings.onNews((event) => {
      // A new passcode keeps out whoever has the old link; those who are inside have proved themselves.
      if (event.news === 'deleted') endMeeting(ports, event.meetingId);
      if (event.news === 'renamed') renameMeeting(ports, event.meetingId, event.title);
      if (event.news === 'other-choices') applyChoices(ports, event.meetingId, event.choices);
      if (event.news === 'new-passcode') changePasscode(ports, event.meetingId);
      if (event.news === 'uninvited') uninvite(ports, event.meetingId, event.invitationId);
      if (event.news === 'other-cohosts') setCohosts(ports, event.meetingId, event.cohosts);
    }),
  );
  /** Counts what makes a socket's sign-in worth another look: it may have happened while the socket was being opened. */
  let lettingGo = 0;
  const letGo = (sessionId: SessionId) => {
    signOut(ports, sessionId);
    for (const session of sessions) session.signedOut(sessionId);
    channels.signedOut(sessionId);
  };
  // Who lacks what the organisation asks for from now on may come back as a guest.
  const letRestrictedGo = async () => {
    const ids = new Set([...sessions].flatMap(({ sessionId }) => sessionId ?? []));
    for (const sessionId of channels.sessions()) ids.add(sessionId);
    for (const room of rooms.all()) {
      for (const { sessionId } of room.state.members.values()) if (sessionId !== null) ids.add(sessionId);
    }
    for (const id of await restrictedSessions(context.accountsPorts, ids)) letGo(id);
  };
  opened.use(
    context.policy.onChange(({ changed }) => {
      applyPolicy(ports);
      if (changed.includes('secondFactor') || changed.includes('factors')) {
        lettingGo++;
        context.background.add(letRestrictedGo().catch(onFault));
      }
    }),
  );
  opened.use(
    context.onSessionEnded(({ sessionId }) => {
      lettingGo++;
      letGo(sessionId);
    }),
  );
  const lookAgain = async (sessionId: SessionId, cookieHeader: string | undefined) => {
    if ((await unrestricted(context, cookieHeader)) === null) letGo(sessionId);
  };
  const timer = setInterval(() => {
    for (const id of context.testCalls.expire()) endMeeting(ports, id);
    sweep(ports);
    removeIdleFiles(ports.files);
  }, sweepEveryMs);
  opened.defer(() => clearInterval(timer));
  opened.defer(() => {
    for (const session of sessions) session.stop();
  });
  const signalling: Entrance = {
    path: SIGNAL_PATH,
    messageBytes: LIMITS.webinarCommitMessageBytes,
    accept: async (request) => {
      const asOf = lettingGo;
      const { cookie } = request.headers;
      const { key, header } = visitorCookie(cookie);
      const account = await unrestricted(context, cookie);
      const visitor: Visitor = {
        account,
        visitorKey: key,
        keepsCookie: header === null,
        addressKey: addressKey(context.clientAddress(request)),
      };
      return {
        setCookie: header,
        open: (socket) => {
          const session = new SocketSession(socket, { ports, outboxes, visitor, onFault });
          sessions.add(session);
          socket.once('close', () => sessions.delete(session));
          // Whoever was let go in between was not among the sockets yet.
          const { sessionId } = session;
          if (sessionId !== null && asOf !== lettingGo) {
            context.background.add(lookAgain(sessionId, cookie).catch(onFault));
          }
          return session;
        },
      };
    },
  };
  opened.use(
    acceptSockets(server, {
      entrances: [signalling, channels.entrance],
      isAllowedOrigin: (origin) => context.isAllowedOrigin(origin),
      addressKey: (request) => addressKey(context.clientAddress(request)),
      onFault,
      onRefused: () => context.emit({ event: 'request.refused', surface: 'signal', code: 'request.origin' }),
    }),
  );

  const lifetime = opened.move();
  return {
    get ready() {
      return media.healthy;
    },
    [Symbol.asyncDispose]: () => lifetime.disposeAsync(),
  };
}

function logTransport({ emit }: Context, event: MediaEvent): void {
  if (event.type !== 'connected' && event.type !== 'lost') return;
  const participant = { meetingId: event.room, participantId: event.peer };
  if (event.type === 'connected') emit({ event: 'transport.connected', ...participant });
  else if (event.abuse === undefined) emit({ event: 'transport.lost', ...participant });
  else emit({ event: 'transport.cut_off', ...participant, reason: event.abuse });
}

/** Who must set up a second factor first is a guest meanwhile: they host nothing. */
async function unrestricted(context: Context, cookieHeader: string | undefined): Promise<Caller | null> {
  const caller = await context.authenticate(cookieHeader);
  return caller?.restricted === true ? null : caller;
}
