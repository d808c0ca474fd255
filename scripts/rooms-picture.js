// Draws docs/pictures/rooms.svg from the imports of src: `npm run rooms-picture`. A test holds the picture to them.
import { writeFile } from 'node:fs/promises';
import { drawRooms } from './rooms/draw.js';
import { readImports } from './rooms/imports.js';

const ROOT = new URL('../', import.meta.url);

await writeFile(new URL('docs/pictures/rooms.svg', ROOT), drawRooms(readImports(ROOT)));
