import type { Budget } from './SteadyBudget.ts';

/** In the order in which they are served. */
export type BudgetPriority = 'screen' | 'focus' | 'tile';

/** One slot that wants video. */
export interface BudgetRequest {
  readonly priority: BudgetPriority;
  /** bit/s of each layer that it could have, the smallest first, up to the one its tile wants; not empty. */
  readonly bitrates: readonly number[];
  /** Index of the layer it had before; −1: none. */
  readonly former: number;
}

const ORDER: readonly BudgetPriority[] = ['screen', 'focus', 'tile'];
/** What is more than before must fit with this much room. */
const HEADROOM = 1.1;
/** What is shown already may cost so much more than there is: rates are measured, and waver with every key frame. */
const TOLERANCE = 1.1;

/** Whether what is shown already may go on at this cost. */
export function fits(cost: number, keep: number): boolean {
  return cost <= keep * TOLERANCE;
}

/**
 * Spends a budget on whole layers: sound is paid first, then the screen; then everybody's smallest layer, whoever has
 * the focus (pinned or speaking) before the other tiles; then better layers, the focus first, the tiles in turn.
 * @param budget bit/s, may be infinite
 * @param audio bit/s of the audio slots, which are sent whatever the budget is
 * @returns for each request the index of its layer, −1: nothing
 */
export function allocateBudget(budget: Budget, audio: number, requests: readonly BudgetRequest[]): number[] {
  let spent = audio;
  const layers = requests.map(() => -1);
  const raise = (index: number, layer: number): boolean => {
    const request = requests[index];
    const bitrate = request?.bitrates[layer];
    if (request === undefined || bitrate === undefined) return false;
    const before = request.bitrates[layers[index] ?? -1] ?? 0;
    const total = spent + Math.max(0, bitrate - before);
    const room = layer === 0 ? budget.begin : budget.raise;
    if (layer > request.former ? total > room / HEADROOM : !fits(total, budget.keep)) return false;
    spent = total;
    layers[index] = layer;
    return true;
  };
  const of = (priority: BudgetPriority) =>
    requests.flatMap((request, index) => (request.priority === priority ? [index] : []));

  for (const index of of('screen')) raiseToTop(index, layers, raise);
  for (const priority of ORDER) for (const index of of(priority)) if (layers[index] === -1) raise(index, 0);
  for (const index of of('focus')) if (layers[index] !== -1) raiseToTop(index, layers, raise);
  raiseInTurn(
    of('tile').filter((index) => layers[index] !== -1),
    layers,
    raise,
  );
  return layers;
}

type Raise = (index: number, layer: number) => boolean;

function raiseToTop(index: number, layers: readonly number[], raise: Raise): void {
  while (raise(index, (layers[index] ?? -1) + 1));
}

function raiseInTurn(indices: readonly number[], layers: readonly number[], raise: Raise): void {
  let open = indices;
  while (open.length > 0) open = open.filter((index) => raise(index, (layers[index] ?? -1) + 1));
}
