import { SAY_AGAIN } from '../files/sayAgain.ts';
import { MESSAGE_KINDS } from '../member-messages/memberMessage.ts';
import type { MeetingGroup } from '../mls/index.ts';
import type { Feature } from './Feature.ts';
import type { Files, FilesPorts } from './Files.ts';
import type { FileCallName, FileCalls } from './fileCalls.ts';
import type { ReceivedMessage } from './Membership.ts';

const tries = 5;
const pauseMs = 2_000;
/** Messages that wait for the script: whoever floods us meanwhile gains nothing. */
const mostWaiting = 200;

/** Questions of many who come back at the same time are spread over so long, ms. */
const spread = 1_000;

type FileHandlers = {
  readonly [N in FileCallName]: (ask: FileCalls[N]['ask']) => Promise<FileCalls[N]['reply']>;
};

/** `Files`, fetched when the first file is sent or offered: nobody waits for its script to join. */
export class LateFiles implements Feature {
  readonly kind = MESSAGE_KINDS.file;
  readonly #ports: Omit<FilesPorts, 'members'>;
  #files: Promise<Files> | null = null;
  #last: Promise<unknown> = Promise.resolve();
  #waiting = 0;
  #members: ReadonlySet<string> = new Set();
  /** A question of ours waits for its moment. */
  #asking = false;

  constructor(ports: Omit<FilesPorts, 'members'>) {
    this.#ports = ports;
  }

  /** In the order in which they came. */
  receive(message: ReceivedMessage): void {
    const isQuestion = message.body.length === 1 && message.body[0] === SAY_AGAIN;
    // Whoever answers it answers all who were away.
    if (isQuestion) this.#asking = false;
    if (this.#waiting === mostWaiting || (isQuestion && this.#files === null)) return;
    this.#waiting++;
    this.#last = this.#last
      .then(async () => (await this.#load(tries)).receive(message))
      .catch(() => {})
      .then(() => {
        this.#waiting--;
      });
  }

  enter(group: MeetingGroup): void {
    const others = group.members().filter(({ leafIndex }) => leafIndex !== group.ownLeaf);
    // A leaf that is taken again is somebody else: somebody who has reloaded the page, for one.
    this.#members = new Set(
      others.map(({ leafIndex, participantId, notAfter }) => `${leafIndex}/${participantId}/${notAfter}`),
    );
  }

  /** On another socket, in the same group: what was offered meanwhile is asked for. */
  returned(): void {
    if (this.#asking) return;
    this.#asking = true;
    this.#ports.after(this.#ports.random() * spread, () => {
      if (!this.#asking) return;
      this.#asking = false;
      this.#ports.send({ kind: this.kind, body: Uint8Array.of(SAY_AGAIN) }).catch(() => {});
    });
  }

  readonly handlers: FileHandlers = {
    'file-prepare': (ask) => this.#call('file-prepare', ask),
    'file-seal': (ask) => this.#call('file-seal', ask),
    'file-offer': (ask) => this.#call('file-offer', ask),
    'file-withdraw': (ask) => this.#call('file-withdraw', ask),
    'file-begin': (ask) => this.#call('file-begin', ask),
    'file-open': (ask) => this.#call('file-open', ask),
    'file-finish': (ask) => this.#call('file-finish', ask),
    'file-drop': (ask) => this.#call('file-drop', ask),
  };

  async #call<N extends FileCallName>(name: N, ask: FileCalls[N]['ask']): Promise<FileCalls[N]['reply']> {
    const { handlers }: { handlers: FileHandlers } = await this.#load(1);
    return await handlers[name](ask);
  }

  async #load(left: number): Promise<Files> {
    try {
      this.#files ??= import('./Files.ts').then(
        ({ Files: Loaded }) => new Loaded({ ...this.#ports, members: () => this.#members }),
      );
      return await this.#files;
    } catch (error) {
      this.#files = null;
      if (left <= 1) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return await this.#load(left - 1);
    }
  }
}
