import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ModuleKind, ScriptTarget, transpileModule } from 'typescript';

/** Makes plain Node modules of `src/dev`, for a program that runs outside of this test and has to die. */
export async function transpileDevSources(targetFolder: string): Promise<void> {
  const source = new URL('../../src/dev/', import.meta.url);
  await mkdir(join(targetFolder, 'install'), { recursive: true });
  await writeFile(join(targetFolder, 'package.json'), '{ "type": "module" }');
  for (const name of await readdir(source, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const { outputText } = transpileModule(await readFile(new URL(name, source), 'utf8'), {
      compilerOptions: { module: ModuleKind.ESNext, target: ScriptTarget.ES2022 },
    });
    await writeFile(join(targetFolder, name.replace(/\.ts$/, '.js')), outputText);
  }
}
