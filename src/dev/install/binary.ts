import type { Report } from '../report.js';

/** Where a server binary came from. */
export type BinarySource = 'setting' | 'path' | 'cache' | 'sdk-download' | 'go-install' | 'maven';

export interface ResolvedBinary {
  /** Path of an executable file. */
  path: string;
  source: BinarySource;
  /** Its own version line, if it was asked: `temporal version 1.5.1 (Server 1.29.1, UI 2.42.1)`. */
  version?: string;
}

/** A way to make the binary: it fills a new folder, which is then renamed into the cache as a whole. */
export interface BinaryMaker {
  source: BinarySource;
  /** For messages: "go install". */
  name: string;
  /** Folder of the result inside the cache folder; it names the version. */
  folder: string;
  /** The executable file inside that folder. */
  file: string;
  /** Fills the new folder; returns a sentence when it could not. */
  make(newFolder: string): Promise<string | undefined>;
}

export interface BinaryWanted {
  /** For messages: "Temporal dev server". */
  what: string;
  cacheFolder: string;
  /** A path that the user has set. It is used or refused, never silently ignored. */
  setting: { name: string; path: string | undefined };
  /** Looks where it may be installed. */
  installed?: { name: string; find(): Promise<string | undefined> };
  /** In order of preference. */
  makers: readonly BinaryMaker[];
  /** Returns the version line, or throws when the file does not work. */
  check(path: string): Promise<string | undefined>;
  /** What the reader may do when everything fails, with exact commands. */
  waysOut: readonly string[];
  report: Report;
}
