export type Arrow = [from: string, to: string];
export interface Import {
  from: string;
  to: string;
}

export function readImports(root: URL): { files: string[]; imports: Import[] };
export function importedPaths(text: string): string[];
export function roomOf(file: string): string;
export function siblingArrows(imports: readonly Import[]): Arrow[];
export function circles(arrows: readonly Arrow[]): Arrow[];
export function essential(arrows: readonly Arrow[]): Arrow[];
