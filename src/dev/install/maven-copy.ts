import { chmod, mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BinaryMaker } from './binary.js';
import { findOnPath, outputOf } from './executables.js';
import type { Report } from '../report.js';
import { reasonOf, runTool } from '../run-tool.js';

export const testServerVersion = '1.38.0';
const copyGoal = 'org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy-dependencies';
const copyMsMax = 10 * 60_000;

/** Copies the test server and what it needs (38 MB) from Maven Central and puts a start script beside them. */
export function mavenCopy(path: string | undefined, report: Report): BinaryMaker {
  return {
    source: 'maven',
    name: 'Maven',
    folder: `temporal-test-server-${testServerVersion}`,
    file: 'temporal-test-server',
    async make(newFolder) {
      const mvn = await findOnPath('mvn', path);
      if (mvn === undefined) return 'mvn is not on PATH';
      const projectFolder = join(newFolder, 'project');
      await mkdir(projectFolder);
      await writeFile(join(projectFolder, 'pom.xml'), projectFile);
      const failure = await runTool({
        command: mvn,
        args: [
          '-q',
          '-B',
          '-Dstyle.color=never',
          copyGoal,
          '-DincludeScope=runtime',
          `-DoutputDirectory=${newFolder}/lib`,
        ],
        cwd: projectFolder,
        ...(path === undefined ? {} : { env: { PATH: path } }),
        label: `Fetching the Temporal test server ${testServerVersion} with Maven`,
        timeoutMs: copyMsMax,
        report,
      });
      await rm(projectFolder, { recursive: true });
      return failure ?? (await writeStartScript(join(newFolder, 'temporal-test-server')));
    },
  };
}

async function writeStartScript(file: string): Promise<string | undefined> {
  await writeFile(file, startScript);
  await chmod(file, 0o755);
  return await outputOf(file, ['--check']).then(
    () => undefined,
    (error: unknown) => reasonOf(error),
  );
}

const projectFile = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>keboola-temporal</groupId>
  <artifactId>test-server</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency>
      <groupId>io.temporal</groupId>
      <artifactId>temporal-test-server</artifactId>
      <version>${testServerVersion}</version>
    </dependency>
  </dependencies>
</project>
`;

/** Only the first compiler tier: the server lives for seconds, and starts a third faster without the second. */
const startScript = `#!/bin/sh
java=java
if [ -n "$JAVA_HOME" ] && [ -x "$JAVA_HOME/bin/java" ]; then java="$JAVA_HOME/bin/java"; fi
if ! command -v "$java" > /dev/null; then
  echo "The Temporal test server needs Java 8 or newer: put java on PATH or set JAVA_HOME." >&2
  exit 127
fi
if [ "$1" = --check ]; then exec "$java" -version; fi
exec "$java" -XX:TieredStopAtLevel=1 -cp "$(dirname "$0")/lib/*" io.temporal.testserver.TestServer "$@"
`;
