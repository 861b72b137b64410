import type { FileNews, GroupView, TalkEvent } from '@conclave/e2ee';

/** The worker knows no language: somebody of whom nobody has told us a name that is proved has an empty one there. */
export function namePeople(view: GroupView, nameless: string): GroupView {
  if (view.people.every(({ name }) => name !== '')) return view;
  return { ...view, people: view.people.map((person) => named(person, nameless)) };
}

export function nameAuthors(events: readonly TalkEvent[], nameless: string): readonly TalkEvent[] {
  return events.map((event) =>
    'author' in event ? { ...event, author: named(event.author, nameless) } : event,
  );
}

export function nameGiver(news: FileNews, nameless: string): FileNews {
  if (news.type !== 'offered') return news;
  return { ...news, file: { ...news.file, from: named(news.file.from, nameless) } };
}

function named<T extends { readonly name: string }>(one: T, nameless: string): T {
  return one.name === '' ? { ...one, name: nameless } : one;
}
