import { chmod, mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a shell script that may use nothing but what the shell itself can do and absolute paths. */
export async function fakeExecutable(file: string, script: string): Promise<string> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, `#!/bin/sh\n${script}\n`);
  await chmod(file, 0o755);
  return file;
}

/** A stand-in for the Temporal CLI that only knows its version. */
export function fakeCli(file: string, version: string): Promise<string> {
  return fakeExecutable(file, `echo "temporal version ${version}"`);
}

/** A stand-in for Go whose `install` writes a fake CLI, noting each build as a line of a file. */
export function fakeGo(file: string, buildLog: string): Promise<string> {
  return fakeExecutable(
    file,
    `if [ "$1" = version ]; then echo "go version go1.26.0 linux/amd64"; exit 0; fi
echo "$1 $2" >> '${buildLog}'
/bin/sleep 0.3
echo '#!/bin/sh' > "$GOBIN/temporal"
echo 'echo "temporal version 0.0.0-built"' >> "$GOBIN/temporal"
/bin/chmod +x "$GOBIN/temporal"`,
  );
}
