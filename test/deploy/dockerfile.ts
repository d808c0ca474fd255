/** One instruction of a Dockerfile. */
export interface Instruction {
  name: string;
  /** Everything behind the name. */
  text: string;
  args: string[];
}

/** As ours is written: one instruction a line. */
export function instructionsOf(dockerfile: string): Instruction[] {
  const lines = dockerfile.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('#'));
  return lines.map((line) => {
    const [, name = '', text = ''] = /^([A-Z]+) (.+)$/.exec(line) ?? [];
    return { name, text, args: text.split(' ') };
  });
}
