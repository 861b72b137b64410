import { type Observable, State } from '@conclave/client';
import { PEOPLE_ROUTES, type Person } from '@conclave/protocol';
import { call } from '../../../api/call.ts';

export interface PeopleState {
  readonly people: readonly Person[];
  readonly total: number;
  readonly more: boolean;
}

/** The people that are found by a search, page by page. Of several answers under way the latest search counts. */
export class PeopleList {
  readonly #state = new State<PeopleState | null>(null);
  #search = '';
  #turn = 0;

  get state(): Observable<PeopleState | null> {
    return this.#state;
  }

  /** @throws RequestError */
  async find(search: string): Promise<void> {
    this.#search = search;
    this.#turn += 1;
    const turn = this.#turn;
    const page = await call(PEOPLE_ROUTES.listPeople, { query: { search } });
    if (turn === this.#turn) this.#state.set(page);
  }

  /** @throws RequestError */
  async more(): Promise<void> {
    const shown = this.#state.get();
    const after = shown?.people.at(-1)?.id;
    if (shown === null || after === undefined) return;
    const turn = this.#turn;
    const page = await call(PEOPLE_ROUTES.listPeople, { query: { search: this.#search, after } });
    if (turn === this.#turn) this.#state.set({ ...page, people: [...shown.people, ...page.people] });
  }

  /** One that is known is as the server says now; one that is new comes first. */
  put(person: Person): void {
    const shown = this.#state.get();
    if (shown === null) return;
    const known = shown.people.some(({ id }) => id === person.id);
    const people = known
      ? shown.people.map((one) => (one.id === person.id ? person : one))
      : [person, ...shown.people];
    this.#state.set({ ...shown, people, total: shown.total + (known ? 0 : 1) });
  }
}
