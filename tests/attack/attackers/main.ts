import type { AttackerMessage, Order } from '../harness/Attacker.ts';
import { authenticated } from './authenticated.ts';
import type { Attack, AttackContext } from './context.ts';
import { offPath } from './offPath.ts';
import { transports } from './transports.ts';

const attacks: Readonly<Record<string, Attack>> = { ...offPath, ...authenticated, ...transports };
const answers = new Map<number, (reply: { answer?: string; error?: string }) => void>();
let begin: () => void = () => {};
const begun = new Promise<void>((resolve) => {
  begin = resolve;
});
let connects = 0;

function tell(message: AttackerMessage): void {
  process.send?.(message);
}

process.on(
  'message',
  (message: { kind: string; order?: Order; id?: number; answer?: string; error?: string }) => {
    if (message.kind === 'order' && message.order !== undefined) void run(message.order);
    if (message.kind === 'start') begin();
    if (message.kind === 'answer' && message.id !== undefined) answers.get(message.id)?.(message);
  },
);
process.on('disconnect', () => process.exit(0));

async function run(order: Order): Promise<void> {
  const attack = attacks[order.attack];
  if (attack === undefined) throw new Error(`there is no attack ${order.attack}`);
  const context: AttackContext = {
    ...order,
    connect: (peer, offer) => {
      const id = ++connects;
      const reply = Promise.withResolvers<string>();
      answers.set(id, ({ answer, error }) => {
        answers.delete(id);
        if (answer !== undefined) reply.resolve(answer);
        else reply.reject(new Error(error));
      });
      tell({ kind: 'connect', id, peer, offer: { offer: offer.offer, lines: offer.lines } });
      return reply.promise;
    },
    begin: () => {
      tell({ kind: 'ready' });
      return begun;
    },
  };
  tell({ kind: 'done', deeds: await attack(context) });
}
