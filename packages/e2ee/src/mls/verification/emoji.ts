/** One of 64 pictures: six bits. */
export interface Emoji {
  readonly picture: string;
  /** Plain English, one word, to be read out. */
  readonly name: string;
}

/**
 * Chosen to be told apart at a glance and by ear: no two animals of one outline, no faces, no flags, no colours
 * that alone make the difference, all single code points of Unicode 6 to 9 that every system draws. The order is part of the
 * protocol.
 */
export const emojiTable: readonly Emoji[] = (
  '🐶dog 🐱cat 🦁lion 🐴horse 🐷pig 🐘elephant 🐰rabbit 🐼panda ' +
  '🐓rooster 🐧penguin 🐢turtle 🐟fish 🐙octopus 🦋butterfly 🐝bee 🐌snail ' +
  '🌵cactus 🌲tree 🍄mushroom 🌻sunflower 🌙moon 🌈rainbow 🔥fire 🌍globe ' +
  '🍌banana 🍎apple 🍓strawberry 🌽corn 🍕pizza 🍰cake 🍦icecream 🥕carrot ' +
  '🤖robot 👽alien 👻ghost 🎩hat 👓glasses 🔧wrench 🎅santa 👍thumb ' +
  '☂umbrella ⏳hourglass ⏰clock 🎁gift 💡lamp 📕book ✏pencil 📎paperclip ' +
  '✂scissors 🔒lock 🔑key 🔨hammer 📞telephone 🏁flag 🚂train 🚲bicycle ' +
  '✈airplane 🚀rocket 🏆trophy ⚽football 🎸guitar 🎺trumpet 🔔bell ⚓anchor'
)
  .split(' ')
  .map((entry) => {
    const [picture = ''] = entry;
    // Some are drawn as text unless told otherwise (variation selector 16).
    const drawn = /\p{Emoji_Presentation}/u.test(picture) ? picture : `${picture}\ufe0f`;
    return { picture: drawn, name: entry.slice(picture.length) };
  });

/** The first `count` times six bits, most significant first. */
export function emojiOf(bytes: Uint8Array, count: number): Emoji[] {
  const chosen: Emoji[] = [];
  for (let index = 0; index < count; index++) {
    let value = 0;
    for (let bit = index * 6; bit < index * 6 + 6; bit++) {
      value = value * 2 + (((bytes[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1);
    }
    const emoji = emojiTable[value];
    if (emoji !== undefined) chosen.push(emoji);
  }
  return chosen;
}
