import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { JanusSession } from './JanusSession.ts';
import type { MediaProcess } from './MediaProcess.ts';
import type { Scenario } from './scenario.ts';

const ROOM = 1;
const PORT = 18_088;
const LIBRARY = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu/janus`;

/** Debian's janus with nothing but the videoroom and its HTTP interface on loopback. */
export async function startJanus(scenario: Scenario): Promise<MediaProcess> {
  const folder = mkdtempSync(join(tmpdir(), 'janus-'));
  writeFileSync(join(folder, 'janus.jcfg'), CONFIGURATION);
  writeFileSync(
    join(folder, 'janus.transport.http.jcfg'),
    `general: { json = "compact"\nbase_path = "/janus"\nhttp = true\nport = ${PORT}\nip = "127.0.0.1"\nhttps = false }\n`,
  );
  const child = spawn('janus', ['-F', folder], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const failed = new Promise<never>((_, reject) =>
    child.once('error', (cause) =>
      reject(new Error('Janus could not be started. On Debian: apt-get install janus', { cause })),
    ),
  );
  failed.catch(() => {});
  const close = async (): Promise<void> => {
    child.kill('SIGKILL');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const session = await Promise.race([failed, JanusSession.open(`http://127.0.0.1:${PORT}/janus`)]);
    await makeRoom(session, scenario);
    return { pid: child.pid ?? -1, ...calls(session, scenario), [Symbol.asyncDispose]: close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeRoom(session: JanusSession, { sources }: Scenario): Promise<void> {
  const handle = await session.attach('janus.plugin.videoroom');
  await session.send(handle, {
    ...{ request: 'create', room: ROOM, publishers: sources, videocodec: 'vp8', bitrate: 0 },
    ...{ transport_wide_cc_ext: true, notify_joining: false },
  });
}

function calls(session: JanusSession, { sources }: Scenario) {
  const feeds: number[] = [];
  const subscribers = new Map<string, number>();
  return {
    async publish(_peer: string, offer: string): Promise<string> {
      const handle = await session.attach('janus.plugin.videoroom');
      const joined = await session.send(handle, { request: 'join', ptype: 'publisher', room: ROOM });
      feeds.push(Number(joined.data['id']));
      const { jsep } = await session.send(
        handle,
        { request: 'publish', video: true },
        { type: 'offer', sdp: offer },
      );
      return jsep?.sdp ?? '';
    },
    async subscribe(peer: string): Promise<string> {
      if (feeds.length !== sources) throw new Error('Not all publishers are there.');
      const handle = await session.attach('janus.plugin.videoroom');
      subscribers.set(peer, handle);
      const streams = feeds.map((feed) => ({ feed }));
      const { jsep } = await session.send(handle, {
        request: 'join',
        ptype: 'subscriber',
        room: ROOM,
        streams,
      });
      return jsep?.sdp ?? '';
    },
    async accept(peer: string, answer: string): Promise<string> {
      await session.send(subscribers.get(peer) ?? -1, { request: 'start' }, { type: 'answer', sdp: answer });
      return '';
    },
  };
}

const CONFIGURATION = `
general: {
  plugins_folder = "${LIBRARY}/plugins"
  transports_folder = "${LIBRARY}/transports"
  debug_level = 1
  session_timeout = 0
}
plugins: {
  disable = "libjanus_audiobridge.so,libjanus_duktape.so,libjanus_echotest.so,libjanus_lua.so,libjanus_nosip.so,libjanus_recordplay.so,libjanus_sip.so,libjanus_streaming.so,libjanus_textroom.so,libjanus_videocall.so,libjanus_voicemail.so"
}
transports: {
  disable = "libjanus_mqtt.so,libjanus_nanomsg.so,libjanus_pfunix.so,libjanus_rabbitmq.so,libjanus_websockets.so"
}
`;
