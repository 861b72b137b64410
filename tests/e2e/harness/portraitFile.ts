import { open } from 'node:fs/promises';

const width = 1280;
const height = 720;
const frames = 12;

export interface Portrait {
  /** Degrees on the colour wheel. */
  readonly backdrop: number;
  readonly clothes: number;
  readonly hair: number;
  /** 90 (dark) to 190 (light). */
  readonly skin: number;
}

/** Y, U, V of a colour of the wheel (BT.601, studio range). */
type Yuv = readonly [number, number, number];

/**
 * A raw video (YUV4MPEG2) of a drawn person who sways a little, for a fake camera: pictures of the room then
 * show people and not a test pattern.
 */
export async function writePortrait(path: string, portrait: Portrait): Promise<void> {
  await using file = await open(path, 'w');
  await file.write(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\n`);
  for (let frame = 0; frame < frames; frame++) {
    const sway = Math.sin((frame / frames) * 2 * Math.PI) * 12;
    await file.write('FRAME\n');
    await file.write(drawFrame(painter(portrait, width / 2 + sway)));
  }
}

function drawFrame(colourAt: (x: number, y: number) => Yuv): Uint8Array {
  const quarter = (width / 2) * (height / 2);
  const picture = new Uint8Array(width * height + 2 * quarter);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [luma, u, v] = colourAt(x, y);
      picture[y * width + x] = luma;
      if (x % 2 === 0 && y % 2 === 0) {
        const index = (y / 2) * (width / 2) + x / 2;
        picture[width * height + index] = u;
        picture[width * height + quarter + index] = v;
      }
    }
  }
  return picture;
}

function painter(
  { backdrop, clothes, hair, skin: light }: Portrait,
  centre: number,
): (x: number, y: number) => Yuv {
  const skin: Yuv = [light, 112, 150];
  const dark: Yuv = [40, 128, 128];
  const coat = colour(clothes, 110, 40);
  const locks = colour(hair, 60, 18);
  const inside = (x: number, y: number, cx: number, cy: number, rx: number, ry: number) =>
    ((x - cx) / rx) ** 2 + ((y - cy) / ry) ** 2 < 1;
  return (x, y) => {
    if (inside(x, y, centre - 42, 300, 11, 13) || inside(x, y, centre + 42, 300, 11, 13)) return dark;
    if (inside(x, y, centre, 372, 38, 14) && y > 372) return dark;
    if (inside(x, y, centre, 316, 118, 148) && y > 250) return skin;
    if (inside(x, y, centre, 286, 138, 158)) return locks;
    if (inside(x, y, centre, 450, 60, 90)) return skin;
    if (inside(x, y, centre, 760, 330, 270)) return coat;
    return colour(backdrop + (x / width) * 25, 205 - (y / height) * 70, 16);
  };
}

function colour(degrees: number, luma: number, strength: number): Yuv {
  const angle = (degrees / 180) * Math.PI;
  return [luma, 128 + Math.cos(angle) * strength, 128 + Math.sin(angle) * strength];
}
