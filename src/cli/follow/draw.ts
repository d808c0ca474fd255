import { colors } from '../../operate/colors.js';
import type { Output } from '../text/output.js';
import { openDrawing } from '../../operate/terminal.js';

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];
const FRAME_MS = 100;

/** Redraws in place what `render` returns for a spinning wheel, until the work is done. */
export async function drawWhile<T>(
  output: Output,
  render: (wheel: string) => string,
  work: () => Promise<T>,
): Promise<T> {
  const { draw, clear, done } = await openDrawing({ showCursor: true });
  output.makeRoom = clear;
  let frame = 0;
  const timer = setInterval(() => draw(render(colors.cyan(FRAMES[frame++ % FRAMES.length] ?? ''))), FRAME_MS);
  try {
    return await work();
  } finally {
    clearInterval(timer);
    output.makeRoom = undefined;
    clear();
    done();
  }
}
