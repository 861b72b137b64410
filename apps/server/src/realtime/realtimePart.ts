import type { Server } from 'node:http';
import type { MeetingChoices, MeetingId, ParticipantId, SessionId, View } from '@conclave/protocol';
import type { Context } from '../context.ts';
import type { Caller } from '../features/accounts/authenticate.ts';
import { restrictedSessions } from '../features/accounts/restrictedSessions.ts';
import { followRoomFiles } from '../features/files/followRoomFiles.ts';
import { removeIdleFiles } from '../features/files/removeFiles.ts';
import { followRoom } from '../features/participation/followRoom.ts';
import type { GroupQuota } from '../features/participation/GroupQuota.ts';
import { endMeeting, signOut, sweep } from '../features/participation/leave.ts';
import type { ParticipationPorts, Visitor } from '../features/participation/ports.ts';
import { renameMeeting } from '../features/participation/renameMeeting.ts';
import { applyChoices, applyPolicy, readChoicesAgain } from '../features/participation/rules.ts';
import type { MediaEvent } from '../media/MediaPort.ts';
import { startMedia } from '../media/startMedia.ts';
import { RoomRegistry } from '../rooms/RoomRegistry.ts';
import { addressKey } from '../security/addressKey.ts';
import { acceptSockets } from './acceptSockets.ts';
import { Outboxes } from './Outboxes.ts';
import { PendingNotices } from './PendingNotices.ts';
import { SocketSession } from './SocketSession.ts';
import { tellGroup, tellPending } from './tellGroup.ts';
import { tellMedia, tellRoom } from './tellRoom.ts';

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
  const ports: ParticipationPorts = {
    clock: context.clock,
    emit: context.emit,
    rooms,
    media,
    policy: context.policy,
    choices: new Map<MeetingId, MeetingChoices>(),
    turn: context.config.turn,
    proofAttempts: context.proofAttempts,
    views: new Map<ParticipantId, View>(),
    groupQuotas: new Map<ParticipantId, GroupQuota>(),
    files: context.files,
    findForJoin: (id) => context.meetings.findForJoin(id),
    readChoices: (id) => void readChoicesAgain(ports, id).catch(onFault),
    markUsed: (id) => void context.meetings.markUsed(id).catch(onFault),
  };

  rooms.listen((event, room) => followRoom(ports, event, room));
  rooms.listen((event, room) => followRoomFiles(ports.files, event, room));
  rooms.listen((event, room) => tellRoom(event, room, outboxes));
  rooms.listen((event, room) => tellGroup(event, room, outboxes, notices));
  media.listen((event) => {
    logTransport(context, event);
    tellMedia(event, rooms.find(event.room), outboxes);
  });
  context.presence.provide(
    (id) => rooms.participants(id),
    () => rooms.participantsInAll(),
  );
  opened.use(
    context.meetings.onNews((event) => {
      // A new passcode keeps out whoever has the old link; those who are inside have proved themselves.
      if (event.news === 'deleted') endMeeting(ports, event.meetingId);
      if (event.news === 'renamed') renameMeeting(ports, event.meetingId, event.title);
      if (event.news === 'other-choices') applyChoices(ports, event.meetingId, event.choices);
    }),
  );
  const letGo = (sessionId: SessionId) => {
    signOut(ports, sessionId);
    for (const session of sessions) session.signedOut(sessionId);
  };
  // Who lacks what the organisation asks for from now on may come back as a guest.
  const letRestrictedGo = async () => {
    const ids = new Set([...sessions].flatMap(({ sessionId }) => sessionId ?? []));
    for (const room of rooms.all()) {
      for (const { sessionId } of room.state.members.values()) if (sessionId !== null) ids.add(sessionId);
    }
    for (const id of await restrictedSessions(context.accountsPorts, ids)) letGo(id);
  };
  opened.use(
    context.policy.onChange(({ changed }) => {
      applyPolicy(ports);
      if (changed.includes('secondFactor') || changed.includes('factors')) {
        context.background.add(letRestrictedGo().catch(onFault));
      }
    }),
  );
  opened.use(context.onSessionEnded(({ sessionId }) => letGo(sessionId)));
  const timer = setInterval(() => {
    sweep(ports);
    removeIdleFiles(ports.files);
  }, sweepEveryMs);
  opened.defer(() => clearInterval(timer));
  opened.defer(() => {
    for (const session of sessions) session.stop();
  });
  opened.use(
    acceptSockets<Visitor>(server, {
      isAllowedOrigin: (origin) => context.isAllowedOrigin(origin),
      addressKey: (request) => addressKey(context.clientAddress(request)),
      identify: async (request) => ({
        account: await unrestricted(context, request.headers.cookie),
        addressKey: addressKey(context.clientAddress(request)),
      }),
      onSocket: (socket, visitor) => {
        const session = new SocketSession(socket, { ports, outboxes, visitor, onFault });
        sessions.add(session);
        socket.once('close', () => sessions.delete(session));
        return session;
      },
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
