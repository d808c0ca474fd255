import type { SceneResult } from './simulate.js';

export function withTable(page: string, results: readonly SceneResult[]): string;
