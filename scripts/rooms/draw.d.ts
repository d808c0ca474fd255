import type { Import } from './imports.js';

export function drawRooms(source: { files: string[]; imports: Import[] }): string;
